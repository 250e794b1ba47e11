"""Is this story a transcript? Labels are counted before any of them is believed.

A written story may hold colons after capitals: headings, recipes, listings, printed interviews. One label with a role
tells a transcript; without a role it takes two people who speak twice each, and lines that mostly go on as speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.article import Block, Struct
from scraper.extractor.transcript import labels, marks, words
from scraper.extractor.transcript.labels import Label
from scraper.extractor.transcript.names import Spelling

_ROLE_MARKS = (", HOST:", ", BYLINE:", ", host:")
_HAS_SMALL = re.compile(r"[a-zß-öø-ÿ]")
SPEECH_KINDS = ("paragraph", "heading", "quote")
"""Kinds of blocks in which a label may stand."""


class Found(Struct, frozen=True, eq=False):
    """One label at the head of a line: number of its block and of its line there, and the place where its words begin.

    `words`: words follow on the line; `rubric`: without a small letter among them, as in "NEWSMAKER: NEGROPONTE" or
    "DREW (R): 45%", which is no speech to know a speaker by.
    """

    block: int
    line: int
    label: Label
    at: int
    words: bool
    rubric: bool


def scan(blocks: Sequence[Block], *, mixed: bool = False) -> list[Found]:
    """All labels at the heads of lines, sounds before them aside."""
    found: list[Found] = []
    for number, block in enumerate(blocks):
        if block.kind not in SPEECH_KINDS:
            continue
        for place, line in enumerate(block.text.split("\n")):
            text = marks.first_words(line)
            read = labels.read(text, mixed=mixed)
            if read:
                label, at = read
                rubric = label.role is None and at < len(text) and not _HAS_SMALL.search(text, at)
                found.append(Found(block=number, line=place, label=label, at=at, words=at < len(text), rubric=rubric))
    return found


def has_glued_role(blocks: Sequence[Block]) -> bool:
    """A label with a role that stands inside a paragraph: turns that run together behind an introduction."""
    return any(mark in block.text for block in blocks if block.kind == "paragraph" for mark in _ROLE_MARKS)


def is_transcript(found: Sequence[Found], blocks: Sequence[Block], spelling: Spelling, *, certain: bool) -> bool:
    """The judgement. Where the page itself says that it is one (`certain`), only a printed interview is none."""
    people = [each for each in found if each.label.somebody and not each.rubric]
    if any(each.label.strong for each in people):
        return True
    if len({each.label.key for each in people if each.label.formal}) > 1:
        return True
    asked = Counter(
        each.label.key for each in found if labels.asks(each.label) and not _ends_a_name(each.label, people)
    )
    if any(count > 1 for count in asked.values()):
        return False
    if certain:
        return True
    voices = [each for each in people if each.label.kind != "stranger"]
    speakers = _speakers(voices)
    if len(speakers) < 2 or not _has_words(people, blocks):
        return False
    if not any(" " in name for name in speakers) and not _known(speakers, spelling):
        return False
    return _goes_on(people, blocks)


def _speakers(found: Sequence[Found]) -> set[str]:
    """Who speaks twice or more: full names, and surnames together with the one full name that they shorten."""
    keys = Counter(each.label.key for each in found)
    surnames = Counter(each.label.surname for each in found)
    twice = {name for name, count in keys.items() if count > 1}
    covered = {name.rpartition(" ")[2] for name in twice}
    full = {each.label.surname: each.label.key for each in found if " " in each.label.key}
    return twice | {full.get(name, name) for name, count in surnames.items() if count > 1 and name not in covered}


def _ends_a_name(label: Label, people: Sequence[Found]) -> bool:
    tail = " " + label.key
    return any(each.label.key.endswith(tail) for each in people)


def _has_words(people: Sequence[Found], blocks: Sequence[Block]) -> bool:
    """Labels that nothing follows (headings, empty lists of names) are no speech."""
    labelled = {each.block for each in people}
    spoken = 0
    for each in people:
        after = each.block + 1
        if (
            each.words
            or "\n" in blocks[each.block].text
            or (after < len(blocks) and after not in labelled and blocks[after].kind == "paragraph")
        ):
            spoken += 1
    return spoken * 2 > len(people)


def _known(speakers: set[str], spelling: Spelling) -> bool:
    """Surnames alone: one of them at least must be somebody's whom the text or the byline names in full."""
    return any(spelling.full_name(name) for name in sorted(speakers)[:20])


def _goes_on(people: Sequence[Found], blocks: Sequence[Block]) -> bool:
    """The labels must carry the text: an exchange quoted in a written story is followed by prose."""
    first, last = people[0].block, people[-1].block
    lines = sum(block.text.count("\n") + 1 for block in blocks[first : last + 1] if block.kind in SPEECH_KINDS)
    if len(people) < 0.2 * lines:
        return False
    tail = 0
    for block in blocks[last + 1 :]:
        if block.kind not in ("paragraph", "quote"):
            break
        pieces = marks.split(block.text)
        if marks.is_afterword(block.text) or all(kind != "words" for kind, _ in pieces):
            break
        tail += 1
    return tail <= max(3, len(people) // 2)


def mixed_labels(blocks: Sequence[Block]) -> list[Found]:
    """Labels in mixed case of a page that is known to be a transcript and has none in capitals."""
    found = [
        each
        for each in scan(blocks, mixed=True)
        if each.label.somebody and not each.rubric and not labels.asks(each.label)
    ]
    speakers = _speakers(found)
    if len(speakers) < 2 or not any(" " in each.label.key for each in found):
        return []
    tails = {name.rpartition(" ")[2] for name in speakers}
    return [each for each in found if each.label.surname in tails or _reads_like_name(each.label)]


def _reads_like_name(label: Label) -> bool:
    return " " in label.key and words.COMMON.isdisjoint(label.key.split())
