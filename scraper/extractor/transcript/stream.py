"""The story as a stream of events: labels, words, sounds, notes, notices, and blocks that are no speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from scraper.article import Block
from scraper.extractor.transcript import labels, marks
from scraper.extractor.transcript.cast import tails
from scraper.extractor.transcript.evidence import SPEECH_KINDS, Found
from scraper.extractor.transcript.labels import Label
from scraper.extractor.transcript.names import Spelling

_BOUNDARY = re.compile(r"(?<=[.!?…\"”’')\]\-–—])[ \n]+")
_CAPITALS = re.compile(r"[^\W\d_a-z]{4}")
_SINGS = re.compile(r"\((?:[Ss]inging|[Rr]apping|[Vv]ocalizing|[Cc]hanting)\b")
"""Behind a label it tells a band, whatever its name: "THE LEAKY BUCKETS: (Singing) ..."."""
_WINDOW = 120
"""How far before a colon inside a paragraph its label may begin."""


class Event:
    """`kind` is label, words, sound, note, footer, marker or block; `block` the number of the block it comes from."""

    __slots__ = ("block", "kind", "label", "source", "text")

    def __init__(
        self, kind: str, block: int, text: str = "", *, label: Label | None = None, source: Block | None = None
    ) -> None:
        self.kind = kind
        self.block = block
        self.text = text
        self.label = label
        self.source = source


class Reader:
    """Reads events off blocks. `found` are the labels at the heads of lines; `certain` as in `parse`.

    With `mixed`, names in mixed case are read too, but only those in `found`.
    """

    def __init__(self, found: Sequence[Found], spelling: Spelling, *, certain: bool, mixed: bool) -> None:
        self._mixed = mixed
        self._heads = {(each.block, each.line): each for each in found}
        self._spelling = spelling
        self._uses = Counter(each.label.key for each in found)
        self._bare = certain or sum(not each.words and each.label.role is None for each in found) > 2
        self._seen: set[str] = set()
        self._known: set[str] = set()
        for each in found:
            if each.label.somebody and not each.rubric:
                self._known.add(each.label.key)
                self._known.update(tails(each.label.key))

    def events(self, blocks: Sequence[Block]) -> Iterator[Event]:
        """All events in reading order."""
        for number, block in enumerate(blocks):
            if block.kind not in SPEECH_KINDS:
                yield Event("block", number, source=block)
            elif block.kind == "paragraph":
                yield from self._lines(number, block)
            elif marks.is_marker(block.text):
                yield Event("marker", number, block.text)
            else:
                inside = list(self._lines(number, block))
                if any(event.kind == "label" for event in inside):
                    yield from inside
                else:
                    yield Event("block", number, source=block)

    def _lines(self, number: int, block: Block) -> Iterator[Event]:
        for place, line in enumerate(block.text.split("\n")):
            if marks.is_marker(line):
                yield Event("marker", number, line)
                continue
            head = self._heads.get((number, place))
            first = True
            for kind, text in marks.split(line):
                if kind != "words":
                    yield Event(kind, number, text)
                    continue
                read = ((head.label, head.at) if head else None) if first else labels.read(text)
                rubric = first and head is not None and head.rubric
                first = False
                yield from self._speech(number, text, read, rubric=rubric)

    def _speech(self, number: int, text: str, read: tuple[Label, int] | None, *, rubric: bool) -> Iterator[Event]:
        """A run of words: the label that was read at its head, where it is somebody's, and those glued inside."""
        if read and self._accepts(read[0], text[read[1] :], rubric=rubric):
            yield self._label(number, read[0])
            text = text[read[1] :]
        if ":" in text:
            yield from self._inside(number, text)
        elif text := text.strip():
            yield Event("words", number, text)

    def _label(self, number: int, label: Label) -> Event:
        if label.key not in self._seen:
            self._seen.update((label.key, *tails(label.key)))
            self._known.update((label.key, *tails(label.key)))
        return Event("label", number, label=label)

    def _accepts(self, label: Label, rest: str, *, rubric: bool = False) -> bool:
        """Is the label at the head of a line somebody who speaks here?"""
        if label.kind != "name" or label.role is not None:
            return True
        if label.mixed and not (self._mixed or label.shown.startswith("[")):
            return False
        if not label.somebody and not self._bears(label) and not _SINGS.match(rest):
            return False
        if rubric and label.key not in self._known and _CAPITALS.search(rest):
            return False
        return bool(rest) or self._bare or label.formal or self._uses[label.key] > 1 or label.key in self._seen

    def _bears(self, label: Label) -> bool:
        """Is a word that is nobody's name elsewhere the surname of somebody here?"""
        if label.key in self._seen:
            return True
        return self._uses[label.key] > 1 and (label.key in self._known or self._spelling.of_people(label.name))

    def _inside(self, number: int, text: str) -> Iterator[Event]:
        """Split a run of words where the label of a known voice follows the end of a sentence."""
        at = last = 0
        colon = text.find(":")
        while colon > 0:
            found = self._glued(text, last, colon) if _may_end_label(text, colon) else None
            last = colon + 1
            if found:
                start, label = found
                if text[at:start].strip():
                    yield Event("words", number, text[at:start].strip())
                yield self._label(number, label)
                at = colon + 1
            colon = text.find(":", colon + 1)
        rest = text[at:].strip()
        if rest:
            yield Event("words", number, rest)

    def _glued(self, text: str, last: int, colon: int) -> tuple[int, Label] | None:
        """The longest known label that ends at `colon` and begins after a sentence's end, behind the colon `last`."""
        for found in _BOUNDARY.finditer(text, max(last, colon - _WINDOW), colon):
            label = labels.parse(text[found.end() : colon].strip())
            if label and not label.mixed and self._knows(label):
                return found.end(), label
        return None

    def _knows(self, label: Label) -> bool:
        if label.kind == "stranger":
            return label.name.isupper() or "#" in label.name or label.key.startswith("unidentified")
        if label.role is not None:
            return label.kind == "name"
        if label.key in self._known:
            return label.somebody or label.key in self._seen
        return " " in label.key and not label.titled and label.somebody and self._spelling.mentions(label.name)


def _may_end_label(text: str, colon: int) -> bool:
    beyond = text[colon + 1 : colon + 2]
    if beyond and not beyond.isspace():
        return False
    before = text[colon - 1]
    return before.isupper() or before.isdigit() or before in ")." or text.endswith(("host", "reporting"), 0, colon)
