"""Given every transcript at hand, when its page is read, then its turns are right: who, in what role, which words.

`pytest -s tests/extractor/test_turns.py` prints the figures.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from pages import fixture_records, load, page_of, read_page, real_pages

from scraper.article import STORY_TYPES, Turn

Said = tuple[str | None, str | None, str]
"""Speaker, role, words on one line."""

OLD_ERA = (", host", " reporting", "Mr. ", "Ms. ", "Unidentified ")


class Script(NamedTuple):
    """One transcript: the turns that it has, and those that were read."""

    name: str
    want: list[Said]
    got: list[Said]

    @property
    def right(self) -> int:
        matcher = difflib.SequenceMatcher(None, self.want, self.got, autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks())

    @property
    def there(self) -> int:
        return max(len(self.want), len(self.got))


def said(turns: Sequence[dict[str, Any]]) -> list[Said]:
    return [(turn["speaker"], turn["role"], " ".join(turn["text"].split())) for turn in turns]


def read_turns(page: Any, url: str | None) -> list[Said]:
    transcript = read_page(page, url).transcript
    turns: list[Turn] = transcript.turns if transcript else []
    return [(turn.speaker, turn.role, " ".join(turn.text.split())) for turn in turns]


def fixtures() -> Iterator[tuple[str, dict[str, Any], list[Said]]]:
    """Name, record and turns as read, of each story among the fixtures."""
    for record in fixture_records():
        want = load(record)
        if want["page_type"] in STORY_TYPES:
            yield f"{record.parent.name}/{record.stem}", want, read_turns(page_of(record), want["url"])


def share(scripts: Sequence[Script]) -> float:
    right, there = sum(each.right for each in scripts), sum(each.there for each in scripts)
    for each in scripts:
        if each.right < each.there:
            print(f"{each.name}: {each.right} of {each.there}")
    print(f"{right} of {there} turns right on {len(scripts)} transcripts")
    return right / there


def test_turns_of_the_fixtures() -> None:
    scripts, labels = [], []
    for name, want, got in fixtures():
        if want["transcript"]:
            scripts.append(Script(name, said(want["transcript"]["turns"]), got))
            labels.append([turn["label"] or "" for turn in want["transcript"]["turns"]])
    old = [each for each in labels if any(mark in label for label in each for mark in OLD_ERA)]

    assert len(scripts) >= 40
    assert len(old) >= 8
    assert share(scripts) >= 0.99


def test_turns_of_the_real_pages() -> None:
    scripts = [
        Script(gold["file"], said(gold["transcript_turns"]), read_turns(page, gold.get("url")))
        for page, gold in real_pages()
        if gold.get("transcript_turns")
    ]
    if not scripts:
        pytest.skip("no real pages beside this checkout")

    assert share(scripts) >= 0.99


def test_no_written_story_is_a_transcript() -> None:
    taken = [name for name, want, got in fixtures() if got and not want["transcript"]]

    assert taken == []
