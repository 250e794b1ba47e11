"""``scraper report``: the store as one page for people."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._browser import open_in_browser
from scraper.commands._options import talk
from scraper.commands._several import output_to
from scraper.commands._talk import is_terminal, say, still_libraries
from scraper.commands.show import store_of

if TYPE_CHECKING:
    from scraper.report import Report

_NAME = "report.html"
_MOST_DAYS = 1200
"""The store keeps measures for little longer (`scraper.writer.measures.MOST_WEEKS`)."""


@click.command()
@options.output("Write it there, whole or not at all; - is stdout.")
@options.store("The store to report on; by default the store of --config, else stories.db.")
@options.config_file("The settings.")
@click.option(
    "--days",
    type=click.IntRange(min=1, max=_MOST_DAYS),
    default=30,
    show_default=True,
    metavar="N",
    help="So many days back, today included.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, on one line.")
@click.option("--open", "open_", is_flag=True, help="Open the page in a browser.")
@talk
def command(*, output: str | None, store: str | None, config_file: str, days: int, as_json: bool, open_: bool) -> int:
    """Write one HTML page on the stations: coverage, latency, alarms, newest stories, what was removed most.

    It goes to stdout where that is a pipe or a file, else to report.html. It needs no network to be read.

    \b
    scraper report --open
    scraper report --days 365 -o /var/www/html/stations.html
    scraper report --json | jq '.stations[] | {host, coverage: .series.whole.coverage}'
    """
    if open_ and (as_json or output == "-"):
        raise click.UsageError("--open shows an HTML page in a file")
    still_libraries()
    from scraper.report import gather
    from scraper.writer.archive import Archive

    with Archive.open(store_of(store, config_file), create=False) as archive:
        report = gather(archive, days=days, now=time.time())
    named = output is None and not as_json and (open_ or is_terminal(sys.stdout))
    output = _NAME if named else output
    _write(report, output, as_json=as_json)
    if named:
        say(f"written to {output}", level=0)
    if open_:
        open_in_browser(Path(output or ""))
    return 0


def _write(report: Report, output: str | None, *, as_json: bool) -> None:
    with output_to(output) as write:
        if as_json:
            import msgspec

            write(msgspec.json.encode(report).decode() + "\n")
            return
        from scraper.report import to_html

        for part in to_html(report):
            write(part)
