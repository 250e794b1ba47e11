"""``scraper show``: what is in the store."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands._options import complete_station, talk
from scraper.commands._table import columns
from scraper.commands._talk import is_terminal, put, say, still_libraries
from scraper.commands.extract import FORMATS, LINES
from scraper.errors import NoTranscript, SourceError

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.writer.archive import Archive
    from scraper.writer.results import Stored

_DEFAULT_STORE = "stories.db"


@click.command()
@click.argument("what", required=False, metavar="[ID|URL]")
@click.option("--store", metavar="PATH|URL", help="Where to look; by default the store of --config, else stories.db.")
@click.option("--config", "config_file", default="config.yaml", show_default=True, metavar="FILE", help="The settings.")
@click.option("--station", metavar="HOST", shell_complete=complete_station, help="Only the newest of this station.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="How to print records; text for a single one.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json: whole records, one a line.")
@click.option("--removed", is_flag=True, help="Show what was taken out of the page, too.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="So many of the newest.",
)
@talk
def command(
    *,
    what: str | None,
    store: str | None,
    config_file: str,
    station: str | None,
    format_: str | None,
    as_json: bool,
    removed: bool,
    limit: int,
) -> int:
    """Show one stored record by its id or address; without one, list the newest.

    The list is a table on a terminal, and JSON Lines in a pipe.

    \b
    scraper show
    scraper show bpr.org/news/…
    scraper show --limit 1000 | jq -r .title
    """
    if as_json and format_ not in (None, "json"):
        raise click.UsageError(f"--json and --format {format_} contradict each other")
    format_ = "json" if as_json else format_
    still_libraries()
    from scraper.writer.archive import Archive

    with Archive.open(store_of(store, config_file), create=False) as archive:
        if what is not None:
            _one(archive, what, format_ or "text", removed)
        else:
            found = archive.newest(limit, station)
            if not found:
                say(f"no stories{f' of {station}' if station else ''} in {archive.store}", level=0)
            _newest(archive, found, format_, removed)
    return 0


def store_of(store: str | None, config_file: str) -> str:
    """The store to look into. A configuration that is wrong is told of only when it was asked for."""
    if store is not None:
        return store
    asked = click.get_current_context().get_parameter_source("config_file") != click.core.ParameterSource.DEFAULT
    if not asked and not Path(config_file).exists():
        return _DEFAULT_STORE
    from scraper.commands.run import configuration

    return configuration(config_file, None, ()).store


def _one(archive: Archive, what: str, format_: str, removed: bool) -> None:
    found = archive.find(what)
    if not found:
        raise SourceError(f"no story {what} in {archive.store}")
    if format_ == "json":
        for stored in found:
            put(_rendered(stored.article, format_, removed))
        return
    put(_rendered(found[0].article, format_, removed))
    if len(found) > 1:
        hosts = ", ".join(stored.host for stored in found[1:6])
        say(f"{len(found) - 1} more of this id: {hosts}; --json shows all", level=0)


def _newest(archive: Archive, found: list[Stored], format_: str | None, removed: bool) -> None:
    if format_ is None and found and is_terminal(sys.stdout):
        put(columns([_row(stored) for stored in found], ("PUBLISHED", "STATION", "TITLE", "ID"), cut=2))
        say(f"{len(found)} of {archive.count():,}; scraper show ID shows one", level=0)
    else:
        written = 0
        for stored in found:
            between = "\n" if written and format_ not in (None, *LINES) else ""
            with suppress(NoTranscript):
                put(between + _rendered(stored.article, format_ or "json", removed))
                written += 1
        if written < len(found):
            say(f"{len(found) - written} of {len(found)} stories have no transcript", level=0)


def _row(stored: Stored) -> tuple[str, ...]:
    article = stored.article
    station = article.station.call_sign or article.station.name if article.station else stored.host
    return (article.published or "")[:10], station, " ".join((article.title or article.text[:80]).split()), article.id


def _rendered(article: Article, format_: str, removed: bool) -> str:
    from scraper.writer.render import render

    return render(article, format_, removed=removed)  # type: ignore[arg-type]
