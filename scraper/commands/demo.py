"""``scraper demo``: a station on loopback, scraped end to end by the code of `scraper run`."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._options import talk
from scraper.commands._talk import coloured, flush, put, say, still_libraries

if TYPE_CHECKING:
    from scraper.config import Config
    from scraper.demo import Served
    from scraper.run import Summary


_KNOWN = """All of its pages are known already from an earlier demo, and none is due again: a second pass asks only for
what is new. To begin anew, delete {store}, or name another file by --store.

"""


@click.command()
@options.store("Where the records go.", default="demo.db")
@click.option("--port", type=click.IntRange(0, 65535), help="The port of the station; by default 8017, or a free one.")
@click.option("--serve", "serve_only", is_flag=True, help="Only serve the station, until interrupted.")
@talk
def command(*, store: str, port: int | None, serve_only: bool) -> int:
    """Scrape a small station on this machine, end to end.

    WRVL is an invented station with some thirty pages: stories, transcripts and podcasts in several templates, and
    pages that are busy, gone, forbidden or no story at all. It is served on a loopback port and scraped as any other.
    """
    from scraper.demo import serve

    still_libraries()
    with serve(port) as station:
        put(f"{station.site.name}, a station that does not exist, answers at {station.address}")
        flush()
        return _wait(station) if serve_only else _scrape(station, store)


def settings(station: Served, store: str) -> Config:
    """The configuration of the demo: spacing is scaled down, and this one loopback address allowed."""
    from scraper.config import Config, FetchSettings, StationSettings

    site = StationSettings(
        host="wrvl.example", url=station.address, feeds=("/news.rss",), sitemaps=("/sitemap.xml",), sections=("/",)
    )
    fetch = FetchSettings(delay=0.02, group_delay=0.0, timeout=5.0, deadline=10.0, allow_hosts=(station.host,))
    return Config(contact="demo@wrvl.example", store=store, stations=(site,), fetch=fetch)


def _scrape(station: Served, store: str) -> int:
    from scraper.commands._passes import conclude, graceful, table, watching
    from scraper.run import scrape

    config = settings(station, store)
    with graceful() as halt:
        with watching(wanted=True) as watch:
            summary = scrape(config, halt=halt, watch=watch)
        put(table(summary))
        put(_ending(summary, store))
        return conclude(summary, halt, config.failure_threshold)


def program() -> str:
    """How this command is called from where the user is: by its name where the shell finds it, else by its path."""
    called = sys.argv[0]
    found = shutil.which("scraper")
    return (
        "scraper"
        if (found and Path(found).resolve() == Path(called).resolve()) or not called.endswith("scraper")
        else called
    )


def _ending(summary: Summary, store: str) -> str:
    from scraper.writer.archive import Archive

    with Archive.open(store, create=False) as archive:
        number = archive.count()
    show = shlex.join([program(), "show", "--store", store])
    command = click.style(show, bold=True) if coloured(sys.stdout) else show
    total = summary.total
    idle = number and not (total.tried or total.queued or total.trouble or summary.stopped)
    known = _KNOWN.format(store=store) if idle else ""
    return f"\n{known}{number} records are in {store}; this shows them:\n\n    {command}\n"


def _wait(station: Served) -> int:
    from scraper.commands._exits import Stopped

    named = shlex.join(
        [program(), "init", station.address, "--allow-host", station.host, "--contact", "you@example.org"]
    )
    put(f"""This writes a config.yaml for it, and scrapes it from another terminal:

    {named}
    {program()} run
""")
    flush()
    try:
        signal.pause()
    except Stopped as stopped:
        if stopped.number != signal.SIGINT:
            raise
        say("stopped", level=0)  # Ctrl-C is how this ends
    return 0
