"""``scraper show``: what is in the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._options import complete_any_station, moment, talk
from scraper.commands._shown import Printer
from scraper.commands._sources import words_of_stdin
from scraper.commands._talk import say, still_libraries
from scraper.commands.extract import FORMATS
from scraper.errors import SourceError

if TYPE_CHECKING:
    from scraper.writer.archive import Archive

_DEFAULT_STORE = "stories.db"
_FEW = 20


@click.command()
@click.argument("what", required=False, metavar="[ID|URL|-]")
@options.store("Where to look; by default the store of --config, else stories.db.")
@options.config_file("The settings.")
@click.option("--station", metavar="HOST", shell_complete=complete_any_station, help="Only those of this station.")
@click.option("--since", metavar="DATE", callback=moment, help="Only those published on this day or later.")
@click.option("--until", metavar="DATE", callback=moment, help="Only those published up to this day.")
@click.option("--fields", metavar="NAME,...", help="Only these fields: title,station.name,authors.name,...")
@click.option("--format", "format_", type=click.Choice((*FORMATS, "jsonl", "csv")),
              help="How to print records; text for a single one.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Short for --format json: whole records, one a line.")
@click.option("--removed", is_flag=True, help="Show what was taken out of the page, too.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N",
              help=f"So many of the newest: {_FEW} where no date is given, else all.")  # fmt: skip
@talk
def command(
    *,
    what: str | None,
    store: str | None,
    config_file: str,
    station: str | None,
    since: datetime | None,
    until: datetime | None,
    fields: str | None,
    format_: str | None,
    as_json: bool,
    removed: bool,
    limit: int | None,
) -> int:
    """Show one stored record by its id or address; without one, list the newest. With - those that standard input
    names, one a line.

    The list is a table on a terminal, and JSON Lines in a pipe.

    \b
    scraper show
    scraper show bpr.org/news/…
    scraper show --since 2024-05-01 --fields published,title,authors.name --format csv > may.csv
    scraper show --limit 1000 | jq -r .title
    """
    if as_json and format_ not in (None, "json", "jsonl"):
        raise click.UsageError(f"--json and --format {format_} contradict each other")
    if since and until and since.date() > until.date():
        raise click.UsageError(f"--since {since.date()} is after --until {until.date()}")
    if what is not None and (station or since or until or limit):
        raise click.UsageError("--station, --since, --until and --limit are for lists, not for one story")
    printer = Printer("json" if as_json or format_ == "jsonl" else format_, _paths(fields), removed=removed)
    still_libraries()
    from scraper.writer.archive import Archive

    with Archive.open(store_of(store, config_file), create=False) as archive:
        if what == "-":
            return _several(archive, printer)
        if what is not None:
            _one(archive, what, printer)
            return 0
        days = since.date() if since else None, until.date() if until else None
        number = limit or (None if since or until else _FEW)
        found = archive.newest(number, station, since=days[0], until=days[1])
        if not found:
            say(f"no stories{f' of {station}' if station else ''} in {archive.store}", level=0)
        printer.newest(found, archive.count())
    return 0


def _paths(fields: str | None) -> tuple[str, ...]:
    if fields is None:
        return ()
    from scraper.writer.fields import UnknownField, parse

    try:
        return parse(fields)
    except UnknownField as error:
        raise click.BadParameter(str(error), param_hint="'--fields'") from None


def store_of(store: str | None, config_file: str) -> str:
    """The store to look into. A configuration that is wrong is told of only when it was asked for."""
    if store is not None:
        return store
    asked = click.get_current_context().get_parameter_source("config_file") != click.core.ParameterSource.DEFAULT
    if not asked and not Path(config_file).exists():
        return _DEFAULT_STORE
    from scraper.commands.run import configuration

    return configuration(config_file, None, ()).store


def _one(archive: Archive, what: str, printer: Printer) -> None:
    found = archive.find(what)
    if not found:
        raise SourceError(f"no story {what} in {archive.store}")
    if printer.lines:
        printer.all(found)
        return
    printer.one(found[0].article)
    if len(found) > 1:
        hosts = ", ".join(stored.host for stored in found[1:6])
        say(f"{len(found) - 1} more of this id: {hosts}; --json shows all", level=0)


def _several(archive: Archive, printer: Printer) -> int:
    """The stories that standard input names; those that are not there are told of."""
    found, missing = [], 0
    for word in words_of_stdin():
        stored = archive.story(word)
        if stored is None:
            say(f"no story {word} in {archive.store}")
            missing += 1
        else:
            found.append(stored)
    printer.all(found)
    return SourceError.exit_code if missing and not found else int(bool(missing))
