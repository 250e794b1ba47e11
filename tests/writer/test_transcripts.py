"""Transcripts in the layouts of others."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from scraper.article import Article, Block, Transcript, Turn
from scraper.errors import NoTranscript
from scraper.writer.render import render

Make = Callable[..., Article]

TURNS = [
    Turn(speaker=None, label=None, role="host", text="The ferry is back."),
    Turn(speaker="Ida Marsh", label="IDA MARSH, HOST", role="host", text="Who rides it?\nAnd who does not?"),
    Turn(speaker="Zoë O'Neil", label="ZOE O'NEIL, BYLINE", role="reporter", text="Gulls <mostly> & me."),
    Turn(speaker="Ida Marsh", label="MARSH", role="host", text="Thanks."),
    Turn(speaker="Unidentified Person #1", label="UNIDENTIFIED PERSON #1", role="unidentified", text="Hey."),
]
BLOCKS = [
    Block(kind="turn", text="The ferry is back.", role="host"),
    Block(kind="turn", text="Who rides it?\nAnd who does not?", speaker="Ida Marsh", role="host"),
    Block(kind="sound", text="(SOUNDBITE OF FERRY HORN)"),
    Block(kind="turn", text="Gulls <mostly> & me.", speaker="Zoë O'Neil", role="reporter"),
    Block(kind="note", text="Editor's note: names were changed."),
]


def test_podcast_has_a_cite_a_speaker_and_no_times(make: Make) -> None:
    html = render(make(blocks=BLOCKS, transcript=Transcript(turns=TURNS)), "podcast")
    tree = LexborHTMLParser(html)
    assert [node.text() for node in tree.css("cite")] == ["Ida Marsh:", "Zoë O'Neil:"]
    assert [node.text() for node in tree.css("p")] == [
        "The ferry is back.",
        "Who rides it?",
        "And who does not?",
        "(SOUNDBITE OF FERRY HORN)",
        "Gulls <mostly> & me.",
    ]
    assert {node.tag for node in tree.css("body *")} == {"cite", "p"}


def test_mediasum_has_one_speaker_an_utterance_and_one_string_a_person(make: Make) -> None:
    record = json.loads(render(make(blocks=BLOCKS, transcript=Transcript(turns=TURNS)), "mediasum"))
    assert list(record) == ["id", "program", "date", "url", "title", "summary", "utt", "speaker"]
    assert record["utt"] == [turn.text for turn in TURNS]
    assert record["speaker"] == [
        "",
        "IDA MARSH, HOST",
        "ZOË O'NEIL, BYLINE",
        "IDA MARSH, HOST",
        "UNIDENTIFIED PERSON #1",
    ]
    assert (record["date"], record["program"], record["summary"]) == ("2031-08-11", "Morning Tide", "The boat is back.")


@pytest.mark.parametrize("layout", ["podcast", "mediasum"])
def test_a_story_without_transcript_is_refused(make: Make, layout: str) -> None:
    with pytest.raises(NoTranscript, match="has no transcript"):
        render(make(transcript=None), layout)  # type: ignore[arg-type]
