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

_LETTERS = 3
_NO_WORD = bytes(byte if byte > 0x7F or chr(byte).isalnum() else 0x20 for byte in range(256))


class Hinted(Protocol):
    """Something with hints: what is to stand in a folded text, at the beginning of a word where it begins with a letter
    or with a space before one, else anywhere."""

    @property
    def hints(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Hinted)
Starts = set[bytes]


def starts(folded: str) -> Starts:
    """The first letters of each word of a folded text."""
    return {word[:_LETTERS] for word in folded.encode("utf-8", "replace").translate(_NO_WORD).split()}


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
                start = _start(hint)
                (by_start.setdefault(start, []) if start else anywhere).append((_folded(hint), number))
        return frozenset(by_start), by_start, anywhere

    def among(self, folded: str, starts: Starts) -> list[T]:
        """The things of which a hint stands in the text, in their order."""
        known, by_start, anywhere = self._tables
        found = {number for hint, number in anywhere if hint in folded}
        for start in known & starts:
            found.update(number for hint, number in by_start[start] if hint in folded)
        return [self._things[number] for number in sorted(found)] if found else []


def _folded(hint: str) -> str:
    """Folding strips white space, which counts in a hint."""
    return hint[: len(hint) - len(hint.lstrip())] + fold(hint) + hint[len(hint.rstrip()) :]


def _start(hint: str) -> bytes:
    """The first letters of the word with which a hint begins; none where it may stand anywhere, or where that word is
    too short to know how it goes on."""
    words = fold(hint).encode().translate(_NO_WORD)
    first = words.split()[0] if words.split() else b""
    whole = len(first) >= _LETTERS or (words + hint[-1:].encode())[len(first) : len(first) + 1] == b" "
    return first[:_LETTERS] if words[:1].strip() and whole else b""
