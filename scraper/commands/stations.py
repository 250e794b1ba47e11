"""``scraper stations``: the directory, searched by a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scraper.commands._options import talk
from scraper.commands._table import columns
from scraper.commands._talk import put, say

if TYPE_CHECKING:
    from scraper.stations import Entry


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--json", "as_json", is_flag=True, help="All that is known, one JSON object a line.")
@talk
def command(*, words: tuple[str, ...], as_json: bool) -> int:
    """Search the directory of public-radio stations: by host, call sign, name, city or state.

    The hosts are what config.yaml takes as stations.

    \b
    scraper stations ohio
    scraper stations WUNC
    """
    from scraper import stations

    word = " ".join(words)
    entries = stations.find(word)
    if not entries:
        say(_none(word))
    elif as_json:
        from msgspec.json import encode

        put("\n".join(encode(_record(entry)).decode() for entry in entries))
    else:
        put(columns([_row(entry) for entry in entries], ("HOST", "CALL", "NAME", "CITY", "PLATFORM"), cut=2))
    return 0


def _none(word: str) -> str:
    from scraper.stations import suggest

    near = suggest(word)
    return f"no station fits {word!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _row(entry: Entry) -> tuple[str, ...]:
    city = ", ".join(part for part in (entry.city, entry.state) if part)
    return entry.domain, entry.call_sign or "", entry.name, city, entry.platform or ""


def _record(entry: Entry) -> dict[str, object]:
    return {
        "domain": entry.domain,
        "name": entry.name,
        "call_signs": entry.call_signs,
        "city": entry.city,
        "state": entry.state,
        "platform": entry.platform,
        "home": entry.home,
        "aliases": entry.aliases,
        "other_names": entry.other_names,
    }
