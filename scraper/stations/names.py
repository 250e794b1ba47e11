"""Stations by what bylines and notices call them: call signs and names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from scraper.stations.table import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Mapping

_CALL = r"[KW][A-Z]{2,3}"
# What is said around a call sign and changes nothing: "WBUR-FM", "89.3 KPCC", "KUNC News".
_ADORNMENTS = frozenset(
    (
        "am",
        "fm",
        "hd",
        "hd1",
        "hd2",
        "tv",
        "the",
        "news",
        "newsroom",
        "radio",
        "public",
        "media",
        "station",
        "network",
        "npr",
    )
)


def fold(text: str) -> str:
    """Text for comparison: without case, accents and apostrophes, white space and dashes in one form.

    >>> fold("Hawaiʻi  Public Radio"), fold("HAGÅTÑA")
    ('hawaii public radio', 'hagatna')
    """
    if not text.isascii():
        from unicodedata import combining, normalize

        text = "".join(char for char in normalize("NFKD", text) if not combining(char))
        text = text.translate({0x2BB: None, 0x2018: None, 0x2019: None, 0x2013: "-", 0x2014: "-"})
    return " ".join(text.casefold().replace("'", "").split())


@cache
def _by_call() -> Mapping[str, Entry]:
    """Call sign -> station; where two list one, it is that of which it is the own."""
    found: dict[str, Entry] = {}
    every = entries()
    for entry in every:
        for call in entry.call_signs:
            found.setdefault(call, entry)
    found.update((entry.call_sign, entry) for entry in every if entry.call_sign)
    return found


@cache
def _by_name() -> Mapping[str, Entry]:
    return {fold(name).removeprefix("the "): entry for entry in entries() for name in (entry.name, *entry.other_names)}


def by_call(word: str) -> Entry | None:
    """The station of a call sign in capitals, also with a service behind it ("WUFT", "KUT-FM"); None if unknown.

    In small letters it is no call sign: KNOW and WILL are stations, know and will are words.

    >>> by_call("WUFT-FM").domain, by_call("Will")
    ('wuft.org', None)
    """
    found = re.fullmatch(rf"({_CALL})(?:-(?:FM|AM|TV|HD\d?))?", word.strip())
    return _by_call().get(found[1]) if found else None


def by_name(text: str) -> Entry | None:
    """The station that a byline prefix or a copyright holder names: exactly by a name, or by a call sign with nothing
    but a frequency and words such as News or Public Radio around it; None for anything else.

    >>> by_name("North Carolina Public Radio").domain, by_name("90.1 WUSF Public Media").domain, by_name("WUSF fan")
    ('wunc.org', 'wusf.org', None)
    """
    named = _by_name().get(fold(text).removeprefix("the "))
    if named is not None:
        return named
    words = [word.strip(".,;:|") for word in re.split(r"[\s/]+|-(?=[A-Z])", text.strip())]
    calls = {word for word in words if re.fullmatch(_CALL, word)}
    if len(calls) != 1:
        return None
    rest = {word.casefold() for word in words if word not in calls}
    if any(word not in _ADORNMENTS and not re.fullmatch(r"\d{2,4}(?:\.\d)?|", word) for word in rest):
        return None
    return by_call(calls.pop())
