"""``scraper run``: one pass over the stations of the configuration."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.commands import _options as options
from scraper.commands._options import allow_host, complete_configured, moment, station_hosts, talk
from scraper.commands._talk import flush, is_terminal, put, say, still_libraries, tell, verbosity
from scraper.errors import Unavailable

if TYPE_CHECKING:
    from scraper.config import Config


@click.command()
@options.config_file()
@options.store("Where the records go, instead of the configuration's store.")
@click.option(
    "--station",
    "stations",
    multiple=True,
    metavar="HOST...",
    callback=station_hosts,
    shell_complete=complete_configured,
    help="Only these of the stations. May be repeated.",
)
@click.argument("more", nargs=-1, metavar="", callback=station_hosts, shell_complete=complete_configured)
@click.option("--since", metavar="DATE", callback=moment, help="Look for stories back to this day, too.")
@click.option("--until", metavar="DATE", callback=moment, help="Look for stories up to this day only, older ones too.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Fetch at most so many pages.")
@click.option(
    "--log-format", type=click.Choice(("text", "json")), help="How the log is written, in its file and by -v."
)
@click.option("--dry-run", is_flag=True, help="Only list the pages that would be fetched.")
@allow_host
@talk
def command(
    *,
    config_file: str,
    store: str | None,
    stations: tuple[str, ...],
    more: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    log_format: str | None,
    dry_run: bool,
    allow_hosts: tuple[str, ...],
) -> int:
    """One scheduled pass: discover, fetch, extract and write the stories of the stations in config.yaml.

    Without a terminal it says nothing, unless something needs you. A second run on the same store is refused while
    the first one lives.

    \b
    scraper run
    scraper run --station bpr.org wunc.org --since 2024-05-01 --until 2024-05-31
    scraper run --dry-run --limit 20
    """
    if since and until and since.date() > until.date():
        raise click.UsageError(f"--since {since.date()} is after --until {until.date()}")
    config = configuration(config_file, store, allow_hosts)
    only = dict.fromkeys((*stations, *more))
    days = {"since": since.date() if since else None, "until": until.date() if until else None}
    still_libraries()
    if log_format is not None:
        from msgspec.structs import replace

        config = replace(config, log=replace(config.log, format=log_format))
    if dry_run:
        return _list(config, only=only, limit=limit, **days)
    return _scrape(config, only=only, limit=limit, **days)


def configuration(file: str, store: str | None, allow_hosts: tuple[str, ...]) -> Config:
    """The settings of a file, or of standard input (-), with what the command line says instead. Paths in it are seen
    from the file's place. Raises `ConfigError`.
    """
    from msgspec.structs import replace

    config = settings_of(file)
    folder = Path() if file == "-" else Path(file).parent

    def placed(name: str) -> str:
        return str(folder / Path(name).expanduser())

    where = store or config.store
    if not store and "://" not in where:
        where = placed(where)
    return replace(
        config,
        store=where,
        platforms=tuple(map(placed, config.platforms)),
        metrics=placed(config.metrics) if config.metrics is not None else None,
        log=replace(config.log, file=placed(config.log.file)) if config.log.file is not None else config.log,
        fetch=replace(config.fetch, allow_hosts=(*config.fetch.allow_hosts, *allow_hosts)),
    )


def settings_of(file: str) -> Config:
    """What a file says, or standard input (-); hosts are checked against the directory. Raises `ConfigError`."""
    from scraper.config import load

    if file == "-":
        return loaded(sys.stdin.buffer.read().decode("utf-8", "replace"), "standard input")
    return load(file, **_directory())


def loaded(text: str, name: str) -> Config:
    """As `settings_of`, from a text; `name` stands before each problem."""
    from scraper.config import loads

    return loads(text, name, **_directory())


def _directory() -> dict[str, Any]:
    """What the configuration's reader asks of the directory."""
    from scraper import stations

    return {"known": lambda host: stations.get(host) is not None, "hosts": stations.hosts(aliases=True)}


def _scrape(config: Config, **options: object) -> int:
    from scraper.commands._logfile import logging_to
    from scraper.commands._monitored import Monitored
    from scraper.commands._passes import conclude, graceful, table, watching
    from scraper.run import scrape

    with logging_to(config.log), graceful() as halt, Monitored(config) as monitored:
        with watching(wanted=True) as watch:
            summary = scrape(config, halt=halt, watch=watch, begun=monitored.begun, **options)  # type: ignore[arg-type]
        monitored.done(summary)
        if verbosity() > 0 or (verbosity() == 0 and is_terminal(sys.stderr)):
            tell(table(summary))
        return conclude(summary, halt, config.failure_threshold)


def _list(config: Config, **options: object) -> int:
    from scraper.commands._passes import graceful
    from scraper.run import Summary, preview

    number = 0
    summary = Summary(lambda happening: say(happening.detail) if happening.detail else None)
    with graceful() as halt:
        for page in preview(config, halt=halt, summary=summary, **options):  # type: ignore[arg-type]
            put(page.url)
            flush()
            number += 1
        if halt.signal is not None:
            say(str(halt.reason))
            return 128 + halt.signal
    if is_terminal(sys.stderr):
        say(f"a run would fetch {number:,} page{'s' * (number != 1)}", level=0)
    return Unavailable.exit_code if summary.total.unreachable else 0
