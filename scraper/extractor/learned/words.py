"""What the words of a line say of it: what kind of furniture it may be, and whether a story has the same words."""

from __future__ import annotations

import re
from collections.abc import Set

from scraper.extractor import asks
from scraper.extractor.text import fold
from scraper.extractor.textlines import is_alert, is_ask

_LONG = re.compile(r"[^\W\d_]{5,}")
_STEM = 6
_COMMON = frozenset(
    "about above after again against among around because become before behind being below between beyond could during"
    " every everyone first found going great having itself later might never often other people place really right"
    " should since still their theirs there these thing things think third those though three through today toward"
    " under until using wants where whether which while whole whose within without would years yours".split()
)
_PROMO = re.compile(r"\b(?:podcasts?|episodes?|download|app|follow|subscribe|listen|tune in|stream)\b")
_PART, _HALF, _MOST = 0.15, 0.35, 0.6


def told(text: str, *, linked: bool) -> tuple[str, int]:
    """The kind that a line's words name, `recurring` where they name none; and from 0 to 2, how plainly it speaks to the
    reader or for the house, as a story does not.

    >>> told("We keep this newsroom open because of you. Give what you can.", linked=False)
    ('appeal', 2)
    >>> told("The river supplies 40 million people in seven states.", linked=False)
    ('recurring', 0)
    """
    folded = fold(text)
    voice = min(2, asks.voice(text, folded))
    kind = asks.appeal(text, folded=folded, tail=True, linked=linked)
    if kind:
        return kind, 2
    if not voice and not linked:
        return "recurring", 0
    if is_alert(text):
        return "alert", 2
    if linked or is_ask(text):
        return ("newsletter" if re.search(asks.ADDRESS, folded) else "appeal"), 2
    return ("promo" if _PROMO.search(folded) else "recurring"), voice


def stems(folded: str) -> set[str]:
    """The telling words of a folded text: five letters and more, cut to six, so that "rivers" is "river's" own."""
    return {word[:_STEM] for word in _LONG.findall(folded) if word not in _COMMON}


def tie(mine: Set[str], others: Set[str]) -> int:
    """How much of a line's telling words the rest of its story has: 0 (hardly any) to 3 (most).

    What a paragraph explains is what its story is about; an appeal stands in any story.
    """
    share = len(mine & others) / len(mine) if mine else 0.0
    return (share >= _PART) + (share >= _HALF) + (share >= _MOST)
