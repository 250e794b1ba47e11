"""Which of many patterns are worth trying on a text, told by the beginnings of its words in one look-up.

There are hundreds of patterns for what stands around stories, and a page has dozens of lines. Each pattern names its
hints, words or beginnings of words of which one must stand in the text. Looking for each of them in each text would cost
more than parsing the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from scraper.extractor.text import fold

NUMBER = "#"
"""The hint that stands for a number, whichever."""

_LETTERS = 4
_WORDS = bytes(
    0x30 if chr(byte).isdigit() else byte if byte > 0x7F or chr(byte).isalnum() else 0x20 for byte in range(256)
)
"""Bytes of words as they are, all digits as one, everything between words as a space."""


class Hinted(Protocol):
    """Something with hints: what is to stand in a folded text. A hint that begins with a letter (or a space before one)
    stands at the beginning of a word, and is one whole word where a space ends it; signs stand anywhere."""

    @property
    def hints(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Hinted)
Starts = set[bytes]


def starts(folded: str) -> Starts:
    """The first letters of each word of a folded text."""
    return {word[:_LETTERS] for word in folded.encode("utf-8", "replace").translate(_WORDS).split()}


class Lookup(Generic[T]):
    """The things that have hints, to be found by these."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things

    @cached_property
    def _tables(self) -> tuple[frozenset[bytes], dict[bytes, list[tuple[str, int]]], list[tuple[str, int]]]:
        """Hints with the numbers of their things: by first letters (all of which come first), and those that may stand
        anywhere."""
        by_start: dict[bytes, list[tuple[str, int]]] = {}
        anywhere: list[tuple[str, int]] = []
        for number, thing in enumerate(self._things):
            for hint in thing.hints:
                keys, text = _keys(hint)
                for key in keys:
                    by_start.setdefault(key, []).append((text, number))
                if not keys:
                    anywhere.append((text, number))
        return frozenset(by_start), by_start, anywhere

    def among(self, folded: str, starts: Starts) -> list[T]:
        """The things of which a hint stands in the text, in their order."""
        known, by_start, anywhere = self._tables
        found = [number for hint, number in anywhere if hint in folded]
        for start in known & starts:
            found += [number for hint, number in by_start[start] if hint in folded]
        return [self._things[number] for number in sorted(set(found))] if found else []


def _keys(hint: str) -> tuple[list[bytes], str]:
    """How the word with which a hint begins may start, and what is then looked for in the text. No start for a hint that
    may stand anywhere, or whose word is too short to know how it goes on."""
    if hint == NUMBER:
        return [b"0" * length for length in range(1, _LETTERS + 1)], ""
    text = fold(hint)
    parts = text.encode().translate(_WORDS).split()
    if not parts or not text[0].isalnum():
        return [], text
    is_whole = len(parts) > 1 or hint.endswith(" ")
    if len(parts[0]) < _LETTERS and not is_whole:
        return [], f" {text}" if hint.startswith(" ") else text
    return [parts[0][:_LETTERS]], text
