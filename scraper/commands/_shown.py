"""Stored records on stdout: whole, or some fields of them, one or many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from scraper.commands._table import columns
from scraper.commands._talk import is_terminal, put, say
from scraper.commands.extract import LINES
from scraper.errors import NoTranscript

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.writer.results import Stored

_OF_FIELDS = ("json", "csv", "text")


class Printer:
    """Prints records in a format (None: what suits) or, with `paths`, those fields. Raises `click.UsageError` for
    what does not go together.
    """

    def __init__(self, format_: str | None, paths: Sequence[str] = (), *, removed: bool = False) -> None:
        if paths and format_ not in (None, *_OF_FIELDS):
            raise click.UsageError(f"--fields goes with --format json, jsonl, csv or text, not with {format_}")
        if format_ == "csv" and not paths:
            from scraper.writer.fields import USUAL

            paths = USUAL
        if removed and paths:
            raise click.UsageError("--removed goes with whole records; its field is named removed")
        self._format = format_
        self._paths = tuple(paths)
        self._removed = removed

    @property
    def lines(self) -> bool:
        """Whether a record is a line, so that one may follow another."""
        return bool(self._paths) or self._format in LINES

    def one(self, article: Article) -> None:
        """A single record; text where nothing is said. Raises `NoTranscript`."""
        put(self._rendered(article, self._format or "text"))

    def all(self, found: Sequence[Stored]) -> None:
        """Many records; JSON Lines where nothing is said."""
        if self._paths:
            self._rows([stored.article for stored in found])
            return
        format_ = self._format or "json"
        written = 0
        for stored in found:
            between = "\n" if written and format_ not in LINES else ""
            with suppress(NoTranscript):
                put(between + self._rendered(stored.article, format_))
                written += 1
        if written < len(found):
            say(f"{len(found) - written} of {len(found)} stories have no transcript", level=0)

    def newest(self, found: Sequence[Stored], number: int) -> None:
        """As `all`; on a terminal a table, where no format is asked for. `number` is how many there are."""
        if self._format is not None or not found or not is_terminal(sys.stdout):
            self.all(found)
            return
        if self._paths:
            self._table([stored.article for stored in found])
        else:
            put(columns([_row(stored) for stored in found], ("PUBLISHED", "STATION", "TITLE", "ID"), cut=2))
        say(f"{len(found)} of {number:,}; scraper show ID shows one", level=0)

    def _rows(self, articles: Sequence[Article]) -> None:
        from scraper.writer.fields import as_csv, as_json, as_line, cells

        if self._format == "csv":
            put(as_csv(self._paths))
        for article in articles:
            if self._format in (None, "json"):
                put(as_json(article, self._paths))
            elif self._format == "csv":
                put(as_csv(cells(article, self._paths)))
            else:
                put(as_line(cells(article, self._paths)))

    def _table(self, articles: Sequence[Article]) -> None:
        from scraper.writer.fields import cells

        rows = [[" ".join(cell.split()) for cell in cells(article, self._paths)] for article in articles]
        widest = max(range(len(self._paths)), key=lambda column: max(len(row[column]) for row in rows))
        put(columns(rows, [path.upper() for path in self._paths], cut=widest))

    def _rendered(self, article: Article, format_: str) -> str:
        from scraper.writer.render import render

        return render(article, format_, removed=self._removed)  # type: ignore[arg-type]


def _row(stored: Stored) -> tuple[str, ...]:
    article = stored.article
    station = article.station.call_sign or article.station.name if article.station else stored.host
    return (article.published or "")[:10], station, " ".join((article.title or article.text[:80]).split()), article.id
