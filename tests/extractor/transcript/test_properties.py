"""What holds for any text: no error, no word lost, doubled or moved, one turn a turn block, the same answer twice."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.article import Block
from scraper.extractor import transcript
from scraper.extractor.transcript import Parsed, marks

LABELS = [
    "ANN POE, HOST:", "BO DREW, BYLINE: ", "POE: ", "DREW: ", "JO BELL: ", "BELL:", "NEIL: ", "MARTINEZ: ", "HOST: ",
    "Mr. DREW (Author): ", "ANN POE, host: ", "Unidentified Man #1: ", "UNIDENTIFIED PERSON: ", "Q: ", "NOTE: ",
    "WASHINGTON: ", "Zoe Hart: ", "[Lucía]: ", "ÁLVAREZ: ", "JR.", "MCDREW", "de la", "AND", "#1",
]  # fmt: skip
MARKS = [
    "(SOUNDBITE OF MUSIC)", " (LAUGHTER) ", "(Laughter) ", " (ph)", "Transcript:", "Transcript",
    "Copyright 2022 NPR.", "Copyright © 2023 NPR. All rights reserved.", "NPR transcripts are created on a rush.",
    "[POST-BROADCAST CORRECTION: no.]", "This interview has been edited.",
]  # fmt: skip
SPEECH = [
    "I'm Ann Poe", "And I'm Jo Bell. ", "NPR's Bo Drew reports.", "Bo Drew, NPR News, Elm.",
    "For NPR News, I'm Jo Bell.", "some words", "More words here. ", "Álvarez", "7:30", "http://x.y",
]  # fmt: skip
SIGNS = [*"()[]:\n 'ßİÉ“-—’", "::", ". ", "...", "'s", "\u00a0", "\u2028", "\x00"]
PIECES = LABELS + MARKS + SPEECH + SIGNS
KINDS = ["paragraph"] * 8 + ["heading", "quote", "list", "note"]

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=14).map("".join)
blocks_of_text = st.builds(lambda kind, text: Block(kind=kind, text=text), st.sampled_from(KINDS), texts)
stories = st.lists(blocks_of_text, max_size=9)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def given_words(story: list[Block]) -> list[str]:
    return [word for block in story for word in words(block.text)]


def answered(parsed: Parsed) -> Counter[str]:
    """All words of an answer: of its blocks, its labels, and what it took out."""
    found: Counter[str] = Counter()
    for text in (
        *(block.text for block in parsed.blocks),
        *(turn.label or "" for turn in parsed.transcript.turns),
        *parsed.footer,
        *parsed.markers,
    ):
        found.update(words(text))
    return found


def label_words(story: list[Block]) -> set[str]:
    """All that stands before a colon: words of labels, of which a neighbour's repetition may go."""
    return {word for block in story for head in re.findall(r"[^:\n]{1,230}:", block.text) for word in words(head)}


@settings(max_examples=250, deadline=None)
@given(stories, st.booleans(), st.lists(st.sampled_from(["Ann Poe", "Jo Bell", "", "José Martínez", "X"]), max_size=3))
def test_no_word_is_lost_or_doubled(story: list[Block], certain: bool, people: list[str]) -> None:
    parsed = transcript.parse(story, certain=certain, people=people)

    if parsed is None:
        return
    there, out = Counter(given_words(story)), answered(parsed)
    assert not out - there
    assert set(there - out) <= label_words(story)
    turns = [block for block in parsed.blocks if block.kind == "turn"]
    assert [(b.speaker, b.role) for b in turns] == [(t.speaker, t.role) for t in parsed.transcript.turns]
    assert [b.text for b in parsed.blocks if b.kind == "sound"] == parsed.transcript.sounds
    assert all(turn.text and turn.text == turn.text.strip() for turn in parsed.transcript.turns)
    assert all(turn.role in ("host", "reporter", "guest", "unidentified") for turn in parsed.transcript.turns)
    assert any(turn.label for turn in parsed.transcript.turns)
    assert 0 <= parsed.spoken_from < len(story)
    assert parsed == transcript.parse(story, certain=certain, people=people)


@settings(max_examples=150, deadline=None)
@given(stories)
def test_words_keep_their_order(story: list[Block]) -> None:
    parsed = transcript.parse(story, certain=True)

    if parsed is None:
        return
    there = iter(given_words(story))
    for block in parsed.blocks:
        for word in words(block.text):
            assert any(word == other for other in there), word


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_splits_without_loss(text: str) -> None:
    line = text.replace("\n", " ")

    pieces = marks.split(line)

    assert "".join("".join(piece.split()) for _, piece in pieces) == "".join(line.split())


LONG = 400_000


@pytest.mark.parametrize("certain", [False, True])
@pytest.mark.parametrize(
    "unit",
    [
        "A: ",
        "AA: ",
        ". DREW: x",
        "DREW: x\n",
        "JO BELL: Hi. IVY COLE: No.\n",
        "(",
        "((a)",
        "(SOUNDBITE OF ",
        "[POST-BROADCAST CORRECTION ",
        "(Laughter) ",
        "AB CD ",
        "Copyright 2020 x ",
        "Copyright 2020 x. ",
        "I'm Ann Poe ",
        "Bo Drew, NPR News, ",
        "For NPR News, I'm Bo ",
        "joins us ",
        "Mr. Mr. ",
        "Transcript: ",
        "O'",
        "a.b",
        "Á",
        "\n",
    ],
)
def test_megabytes_of_one_thing_come_to_an_end(unit: str, certain: bool) -> None:
    story = [
        Block(kind="paragraph", text="ANN POE, HOST: Hello. Bo Drew is here."),
        Block(kind="paragraph", text=unit * (LONG // len(unit))),
        Block(kind="paragraph", text="BO DREW: Goodbye."),
    ]

    parsed = transcript.parse(story, certain=certain)

    assert parsed is not None
    assert parsed.transcript.turns[0].speaker == "Ann Poe"
    assert parsed.transcript.turns[-1].text.endswith("Goodbye.")


def test_thousands_of_people() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    lines = [f"{a}O{b}{c} {c}E{a}ST: hi" for a in letters for b in letters for c in letters[:6]]
    story = [Block(kind="paragraph", text="ANN POE, HOST: Hello."), Block(kind="paragraph", text="\n".join(lines))]

    parsed = transcript.parse(story)

    assert parsed is not None
    assert len(parsed.transcript.turns) == len(lines) + 1
