"""What was discovered of a station, as tables for people and as JSON Lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from scraper.commands._table import columns
from scraper.commands._talk import harmless

if TYPE_CHECKING:
    from scraper.discoverer import Found, SourceReport

_INDENT = " " * 4


def source_table(sources: Sequence[SourceReport]) -> str:
    """A row a source, numbered; what is wrong with one stands below it."""
    rows = [
        (
            str(number),
            source.kind,
            str(source.status or "-"),
            f"{source.entries:>6,}",
            f"{source.kept:>6,}",
            (source.newest or "")[:10],
            source.url,
        )
        for number, source in enumerate(sources, 1)
    ]
    header = ("", "KIND", "STATUS", "LISTED", "  KEPT", "NEWEST", "SOURCE")
    return _with_notes(columns(rows, header), [_note(source) for source in sources])


def address_table(found: Sequence[Found], sources: Sequence[SourceReport]) -> str:
    """A row an address, with the numbers of the sources that list it; its title stands below it."""
    numbers = {source.url: str(number) for number, source in enumerate(sources, 1)}
    rows = [
        ((item.day or "")[:10], ",".join(numbers[url] for url in item.sources if url in numbers), item.url)
        for item in found
    ]
    return _with_notes(
        columns(rows, ("DATE", "FROM", "ADDRESS")), [" ".join((item.title or "").split()) for item in found]
    )


def _note(source: SourceReport) -> str:
    return (source.error or source.partial or "").removeprefix(f"{source.url}: ")


def _with_notes(table: str, notes: Sequence[str]) -> str:
    header, *rows = table.splitlines()
    lines = [header]
    for row, note in zip(rows, notes, strict=True):
        lines += [row, f"{_INDENT}{harmless(note)}"] if note else [row]
    return "\n".join(lines)


def as_json(sources: Sequence[SourceReport], found: Sequence[Found], known: Collection[str] | None) -> Iterator[str]:
    """A line a source (``"type": "source"``), then a line an address (``"type": "address"``). `known` are the addresses
    that the store has; null where it was not asked.
    """
    from msgspec import to_builtins
    from msgspec.json import encode

    for source in sources:
        yield encode({"type": "source", **to_builtins(source)}).decode()
    for item in found:
        record = {
            "type": "address",
            "url": item.url,
            "date": item.day,
            "title": item.title,
            "sources": item.sources,
            "modified": item.lastmod,
            "foreign": item.foreign,
            "known": None if known is None else item.url in known,
        }
        yield encode(record).decode()
