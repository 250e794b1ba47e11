"""A config.yaml of one's own: the project's, with all its comments, and one's own values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from scraper.deploy import template

_PLAIN = re.compile(r"[A-Za-z/][\w@./+:=?&~-]*[\w/]")
_WORDS = frozenset("y n yes no on off true false null".split())


class OwnStation(NamedTuple):
    """A station to write down: a host of the directory, or any host with the address where it is served."""

    host: str
    url: str | None = None


def config_text(
    *, contact: str | None, stations: Sequence[OwnStation], store: str = "stories.db", allow_hosts: Sequence[str] = ()
) -> str:
    """The text of the file. Values are taken as they are: whoever has them checks them."""
    text = template("config.yaml")
    text = _with(text, r"^contact:$", f"contact: {scalar(contact)}" if contact else "contact:")
    text = _with(text, r"^store: stories\.db$", f"store: {scalar(store)}")
    text = _with(text, r"^stations:\n  - bpr\.org$", "\n".join(["stations:", *map(_station, stations)]))
    allowed = ", ".join(json.dumps(host) for host in allow_hosts)
    return _with(text, r"^  allow_hosts: \[\]$", f"  allow_hosts: [{allowed}]")


def _station(station: OwnStation) -> str:
    if station.url is None:
        return f"  - {scalar(station.host)}"
    return f"  - host: {scalar(station.host)}\n    url: {scalar(station.url)}"


def scalar(text: str) -> str:
    """A text as YAML has it: bare where that is safe, else between quotes.

    >>> scalar("bpr.org"), scalar("no"), scalar("12.5"), scalar("a: b #c")
    ('bpr.org', '"no"', '"12.5"', '"a: b #c"')
    """
    safe = _PLAIN.fullmatch(text) and text.lower() not in _WORDS and ": " not in text
    return text if safe else json.dumps(text, ensure_ascii=False)


def _with(text: str, line: str, value: str) -> str:
    """`text` with the one place that fits `line` replaced."""
    changed, number = re.subn(line, lambda _: value, text, flags=re.M)
    if number != 1:
        raise ValueError(f"config.yaml has {number} places for {line}")
    return changed
