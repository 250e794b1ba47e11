"""``scraper status``: how the stations of a store are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands._options import talk
from scraper.commands._table import columns
from scraper.commands._talk import harmless, put, still_libraries
from scraper.commands.show import store_of

if TYPE_CHECKING:
    from scraper.run.status import StationStatus, Status

_MOST_SOURCES = 20
_HEADER = (
    "STATION",
    "STORIES",
    "NEWEST",
    "NEW",
    "UPD",
    "GONE",
    "BODY",
    "BYLINE",
    "RULES",
    "DUE",
    "LATER",
    "FAILED",
    "",
)


@click.command()
@click.option("--store", metavar="PATH|URL", help="Where to look; by default the store of --config, else stories.db.")
@click.option("--config", "config_file", default="config.yaml", show_default=True, metavar="FILE", help="The settings.")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@talk
def command(*, store: str | None, config_file: str, as_json: bool) -> int:
    """How the stations are: the last pass, what is not as usual, what came, and what waits.

    Alarms stand first. Exit code 1 while there are any, so that a script may ask; else 0.

    \b
    scraper status
    scraper status --json | jq '.alarms[].sentence'
    """
    still_libraries()
    from scraper.run.status import status_of
    from scraper.writer.archive import Archive

    with Archive.open(store_of(store, config_file), create=False) as archive:
        status = status_of(archive, _hosts(store, config_file))
    if as_json:
        from msgspec.json import encode

        put(encode(status.to_dict()).decode())
    else:
        put("\n".join(_lines(status)))
    return 1 if status.alarms else 0


def _hosts(store: str | None, config_file: str) -> list[str] | None:
    """The stations of the configuration, where its store is looked at; null for all that the store has."""
    if store is not None or (config_file != "-" and not Path(config_file).exists()):
        return None
    from scraper.commands.run import configuration
    from scraper.run import sites_of

    return [site.host for site in sites_of(configuration(config_file, None, ()))]


def _lines(status: Status) -> Iterator[str]:
    from scraper.watch import sentence

    for alarm in status.alarms:
        yield f"ALARM  {harmless(sentence(alarm))}"
        yield from (f"       {harmless(url)}" for url in alarm.samples)
    if status.alarms:
        yield ""
    yield _last(status)
    size = "" if status.size is None else f", {_bytes(status.size)}"
    yield f"store  {status.store}: {status.stories:,} stories{size}"
    if status.stations:
        yield ""
        yield columns([_row(station) for station in status.stations], _HEADER, cut=0)
    if status.unread:
        yield ""
        yield "sources that cannot be read:"
        for source in status.unread[:_MOST_SOURCES]:
            yield harmless(f"  {source.url}: {source.error} ({source.failures} × in a row)")
        if len(status.unread) > _MOST_SOURCES:
            yield f"  and {len(status.unread) - _MOST_SOURCES} more; --json shows all"


def _last(status: Status) -> str:
    last = status.last
    if last is None:
        return "no pass yet: scraper run makes one"
    if last["ended"] is None:
        return f"last pass {last['number']}, begun {last['started']}: under way, or killed"
    total = last.get("total") or {}
    counts = ", ".join(f"{total.get(name, 0):,} {name}" for name in ("new", "updated", "gone", "failed"))
    stopped = f" ({last['stopped']})" if last.get("stopped") else ""
    ends = f"exit code {last['exit_code']}{stopped}"
    return (
        f"last pass {last['number']}, ended {last['ended']} after {last.get('seconds', 0):,.0f} s with {ends}: {counts}"
    )


def _row(station: StationStatus) -> tuple[str, ...]:
    queue, measure = station.queue, station.measure
    counts = (station.new, station.updated, station.gone)
    shares = (measure.share("body", "read"), measure.share("authors"), measure.share("ruled"))
    waits = (queue.due, queue.later, queue.failed + queue.lost)
    return (
        station.host,
        f"{queue.stories:>7,}",
        (queue.newest or "")[:10],
        *(f"{number:,}" for number in counts),
        *("" if share is None else f"{share:.0%}" for share in shares),
        *(f"{number:,}" for number in waits),
        "ALARM" if station.alarms else "",
    )


def _bytes(size: int) -> str:
    number = float(size)
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1000 or unit == "GB":
            break
        number /= 1000
    return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"
