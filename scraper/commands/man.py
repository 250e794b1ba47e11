"""``scraper man``: the manual page."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from scraper.commands import _options as options
from scraper.commands._options import talk
from scraper.commands._several import output_to


@click.command()
@options.output("Write it there instead, whole or not at all.")
@talk
def command(*, output: str | None) -> None:
    """Print the manual page, made from what --help knows of every command.

    \b
    scraper man | man -l -
    scraper man -o ~/.local/share/man/man1/scraper.1
    """
    from scraper.commands._manual import manual

    with output_to(output) as write:
        write(manual(_date()))


def _date() -> str:
    """The day of this version's files; SOURCE_DATE_EPOCH sets it, for builds that are to come out the same twice."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    time = float(seconds) if seconds.isdecimal() else Path(__file__).stat().st_mtime
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")
