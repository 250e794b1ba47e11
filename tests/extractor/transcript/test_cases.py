"""Given an invented transcript, when parsed, then these turns: true structure of both eras, one case a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.article import Block
from scraper.extractor import transcript

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
WRITTEN = sorted((HERE / "written").glob("*.txt"))
KINDS = {"## ": "heading", "> ": "quote", "- ": "list", "! ": "note"}


def blocks_of(path: Path) -> list[Block]:
    """Paragraphs apart by an empty line; a sign and a space before one make it a heading, quote, list or note."""
    blocks = []
    for part in path.read_text(encoding="utf-8").rstrip("\n").split("\n\n"):
        kind = next((sign for sign in KINDS if part.startswith(sign)), "")
        blocks.append(
            Block(kind=KINDS.get(kind, "paragraph"), text=part[len(kind) :], level=2 if kind == "## " else None)
        )
    return blocks


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_transcript(path: Path) -> None:
    want = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    parsed = transcript.parse(blocks_of(path), certain=want["certain"], people=want["people"])

    assert parsed is not None
    got = parsed.transcript.turns
    assert [(t.speaker, t.label, t.role, t.text) for t in got] == [
        (t["speaker"], t["label"], t["role"], t["text"]) for t in want["turns"]
    ]
    assert [t.tape for t in got] == [t.get("tape", False) for t in want["turns"]]
    assert [t.cues for t in got] == [t.get("cues", []) for t in want["turns"]]
    assert parsed.transcript.sounds == want["sounds"]
    assert [b.kind for b in parsed.blocks] == want["kinds"]
    assert [b.text for b in parsed.blocks if b.kind == "note"] == want["notes"]
    assert parsed.footer == want["footer"]
    assert parsed.corrections == want["corrections"]
    assert parsed.markers == want["markers"]
    assert parsed.spoken_from == want["spoken_from"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_blocks_say_what_turns_say(path: Path) -> None:
    want = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    parsed = transcript.parse(blocks_of(path), certain=want["certain"], people=want["people"])

    assert parsed is not None
    turns = [block for block in parsed.blocks if block.kind == "turn"]
    assert [(b.speaker, b.role) for b in turns] == [(t.speaker, t.role) for t in parsed.transcript.turns]
    assert [b.text for b in turns] == [t.get("shown", t["text"]) for t in want["turns"]]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_written_story_stays_as_it_is(path: Path) -> None:
    assert transcript.parse(blocks_of(path)) is None


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 30
    assert len(WRITTEN) >= 15
