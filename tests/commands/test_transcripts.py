"""Transcripts on the command line, in the layouts of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Cli = Callable[..., tuple[int, str, str]]
PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
SPOKEN = PAGES / "grove" / "wypr-transcript-lighthouse-keepers.html"
OLD = PAGES / "grove" / "wvpe-old-era-transcript-almanac.html"
WRITTEN = PAGES / "grove" / "wusf-oyster-gardeners.html"


def test_several_stories_make_a_corpus_and_those_without_transcript_are_named(cli: Cli) -> None:
    code, out, err = cli("extract", SPOKEN, WRITTEN, OLD, "--format", "mediasum")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 65
    assert err == f"scraper: {WRITTEN}: the story has no transcript\n"
    assert [len(record["utt"]) == len(record["speaker"]) > 3 for record in records] == [True, True]


def test_a_podcast_transcript_of_one_story_goes_to_a_file_whole_or_not_at_all(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "transcript.html"
    assert cli("extract", SPOKEN, "--format", "podcast", "-o", out) == (0, "", "")
    assert out.read_text().count("<cite>") > 3
    before = out.read_text()
    assert cli("extract", WRITTEN, "--format", "podcast", "-o", out)[0] == 65
    assert out.read_text() == before
    assert cli("extract", SPOKEN, OLD, "--format", "podcast")[0] == 2
