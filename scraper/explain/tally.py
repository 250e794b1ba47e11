"""What became of a page's words, counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.extractor.account import FATES, Passage
from scraper.extractor.explanation import Explanation

_WORD = re.compile(r"\w+")


class Count(NamedTuple):
    """Passages of one fate and kind, and their words."""

    fate: str
    kind: str
    passages: int
    words: int


def words_in(text: str) -> int:
    return len(_WORD.findall(text))


def counts(passages: list[Passage]) -> list[Count]:
    """By fate in the order of `FATES`, then by kind, those with most words first.

    >>> counts([Passage(fate="kept", kind="note", text="So be it"), Passage(fate="kept", kind="note", text="Yes")])
    [Count(fate='kept', kind='note', passages=2, words=4)]
    """
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for passage in passages:
        number, size = found.get((passage.fate, passage.kind), (0, 0))
        found[passage.fate, passage.kind] = (number + 1, size + words_in(passage.text))
    every = [Count(*key, *value) for key, value in found.items()]
    return sorted(every, key=lambda count: (FATES.index(count.fate), -count.words, count.kind))


def template(told: Explanation) -> str:
    """The template with the time in which it looked so, where that is known: "npr (until 2021-03-31)"."""
    parts = [f"{word} {day}" for word, day in (("since", told.since), ("until", told.until)) if day]
    return f"{told.platform} ({' '.join(parts)})" if parts else told.platform
