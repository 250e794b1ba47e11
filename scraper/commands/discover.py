"""``scraper discover``: what a run would fetch of a station, and from where."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._options import allow_host, complete_any_station, moment, talk
from scraper.commands._talk import flush, is_terminal, put, say, still_libraries, verbosity
from scraper.errors import SourceError, Unavailable

if TYPE_CHECKING:
    from scraper.config import Config
    from scraper.discoverer import Discovery, Found
    from scraper.fetcher import Event
    from scraper.run import Site

DEFAULT_STORE = "stories.db"


@click.command()
@click.argument("station", metavar="STATION", shell_complete=complete_any_station)
@click.option("--since", metavar="DATE", callback=moment, help="Look for stories back to this day, in archives too.")
@click.option("--until", metavar="DATE", callback=moment, help="Look for stories up to this day only.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List so many of the newest.")
@click.option("--new", "only_new", is_flag=True, help="List only what the store does not know yet.")
@options.store("That store, instead of the configuration's.")
@click.option(
    "--json", "as_json", is_flag=True, help="All that is known, one JSON object a line: sources, then stories."
)
@options.config_file()
@allow_host
@talk
def command(
    *,
    station: str,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    only_new: bool,
    store: str | None,
    as_json: bool,
    config_file: str,
    allow_hosts: tuple[str, ...],
) -> int:
    """List the stories that a station's feeds, sitemaps and list pages name, the newest first; fetch none of them.

    STATION is a host of the directory, or one of config.yaml; without such a file the directory is enough. On a
    terminal a table tells how each source was read and what it lists; a pipe gets one address a line.

    \b
    scraper discover bpr.org
    scraper discover bpr.org --since 2024-05-01 --until 2024-05-31 > may.txt
    scraper discover bpr.org --new --json | jq -r 'select(.type == "address").url'
    """
    if since and until and since.date() > until.date():
        raise click.UsageError(f"--since {since.date()} is after --until {until.date()}")
    still_libraries()
    config = _config(config_file, store, allow_hosts)
    config, site = _site(station, config, allow_hosts)
    with _watching() as watch:
        discovery = _look(config, site, watch, since, until)
    known = _known(store or config.store, discovery.found) if only_new or store else None
    found = [item for item in discovery.found if not (only_new and known and item.url in known)]
    _print(discovery, found[:limit], known, as_json=as_json)
    flush()
    _conclude(site, discovery, len(found), limit, only_new=only_new)
    return Unavailable.exit_code if discovery.failed else 0


def _config(file: str, store: str | None, allow_hosts: tuple[str, ...]) -> Config | None:
    """The settings; none where nobody asked for a file and there is none."""
    asked = click.get_current_context().get_parameter_source("config_file") is not click.core.ParameterSource.DEFAULT
    if not asked and not Path(file).exists():
        return None
    from scraper.commands.run import configuration

    return configuration(file, store, allow_hosts)


def _site(name: str, config: Config | None, allow_hosts: tuple[str, ...]) -> tuple[Config, Site]:
    """The station of the configuration that `name` is a host of, else that of the directory."""
    from msgspec.structs import replace

    from scraper import stations
    from scraper.config import Config, FetchSettings, StationSettings
    from scraper.run import sites_of
    from scraper.run.site import named

    host = name.strip().lower().partition("://")[2].partition("/")[0] if "://" in name else name.strip().rstrip("/")
    if config is not None and (site := named(host, sites_of(config))) is not None:
        return config, site
    entry = stations.get(host)
    if entry is None:
        raise click.BadParameter(_unknown(host, config), param_hint="STATION")
    if config is None:
        config = Config(fetch=FetchSettings(allow_hosts=allow_hosts))
    config = replace(config, stations=(StationSettings(host=entry.domain),))
    return config, sites_of(config)[0]


def _unknown(host: str, config: Config | None) -> str:
    from difflib import get_close_matches

    from scraper.stations import suggest

    own = [station.host for station in config.stations] if config else []
    near = [*get_close_matches(host.lower(), own, n=1), *suggest(host)]
    if near:
        return f"there is no station {host!r}; did you mean {' or '.join(dict.fromkeys(near))}?"
    return (
        f"there is no station {host!r} in the directory (scraper stations WORD searches it); "
        "one of your own goes into config.yaml, with its url"
    )


@contextmanager
def _watching() -> Iterator[Callable[[Event], None]]:
    """What hears of requests and waits: a live line on a terminal, else -v."""
    if verbosity() != 0 or not is_terminal(sys.stderr):
        from scraper.commands._sources import tell_event

        yield tell_event
        return
    from scraper.commands._live import Doing

    with Doing() as doing:
        yield doing.hear


def _look(
    config: Config, site: Site, watch: Callable[[Event], None], since: datetime | None, until: datetime | None
) -> Discovery:
    """Reads the sources as a run does; without a contact as somebody at the shell."""
    from scraper.run import Halt
    from scraper.run.find import look
    from scraper.run.onlooker import onlooking

    with onlooking(config, [site], halt=Halt(), watch=watch, crawl=bool(config.contact)) as fetcher:
        return look(site, fetcher, since=since.date() if since else None, until=until.date() if until else None)


def _known(store: str, found: Sequence[Found]) -> set[str]:
    """The addresses of `found` that the store knows already."""
    from scraper.writer.archive import Archive

    try:
        with Archive.open(store, create=False) as archive:
            return {item.url for item in found}.difference(archive.unknown(item.url for item in found))
    except SourceError:
        say(f"there is no store {store} yet, so that all is new", level=0)
        return set()


def _print(discovery: Discovery, found: Sequence[Found], known: set[str] | None, *, as_json: bool) -> None:
    from scraper.commands import _discovered

    if as_json:
        for line in _discovered.as_json(discovery.sources, found, known):
            put(line)
    elif is_terminal(sys.stdout):
        put(_discovered.source_table(discovery.sources))
        if found:
            put("\n" + _discovered.address_table(found, discovery.sources))
    else:
        for item in found:
            put(item.url)


def _conclude(site: Site, discovery: Discovery, number: int, limit: int | None, *, only_new: bool) -> None:
    """Says what could not be read, unless it was just shown, and how much there is."""
    from scraper.run.find import trouble_of

    if not is_terminal(sys.stdout):
        for source in discovery.sources:
            if source.error or source.partial:
                say(trouble_of(source), level=-1 if discovery.failed or not source.default else 1)
    read = sum(source.error is None for source in discovery.sources)
    if not discovery.sources:
        say(f"{site.host}: it has no sources")
    kind = "new stories" if only_new else "stories"
    shown = f"; the newest {limit} are listed" if limit is not None and limit < number else ""
    say(f"{site.host}: {number:,} {kind} in {read} of {len(discovery.sources)} sources{shown}", level=0)
