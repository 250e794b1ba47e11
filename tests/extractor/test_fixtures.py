"""Given a fixture's page, when it is read, then the record beside it comes out, field by field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pages import fixture_records, load, page_of, read_page

from scraper.article import STORY_TYPES

EXACT = (
    "schema url canonical_url page_type platform title subtitle teaser station section program tags byline authors"
    " published modified dateline language blocks text transcript images audio links copyright corrections"
).split()
OF_NO_STORY = "url page_type platform station".split()

RECORDS = fixture_records()


def names(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_there_are_enough() -> None:
    assert len(RECORDS) >= 40
    assert len({path.parent.name for path in RECORDS}) >= 7


@pytest.mark.parametrize("record", RECORDS, ids=names)
def test_record(record: Path) -> None:
    want = load(record)
    got = read_page(page_of(record), want["url"]).to_dict()
    fields = EXACT if want["page_type"] in STORY_TYPES else OF_NO_STORY
    assert {key: got[key] for key in fields} == {key: want[key] for key in fields}
    if want["page_type"] in STORY_TYPES:
        assert set(got) - set(want) <= {"provenance"}
        assert got["id"].startswith(want["id"])
        assert origin(got) == origin(want)
        assert set(want["quality"]["flags"]) <= set(got["quality"]["flags"])
        assert unaccounted(want["removed"], got["removed"]) == []


def origin(record: dict[str, Any]) -> object:
    """Name, domain, address and the kinds of evidence: the words of an evidence after its colon are for people."""
    found = record["origin"]
    return found and {**found, "evidence": sorted({sign.partition(":")[0] for sign in found["evidence"]} - {"line"})}


def unaccounted(want: list[dict[str, str]], got: list[dict[str, str]]) -> list[str]:
    """Expected removals whose beginning stands nowhere under `removed` (regions are cut, credits freed of a word)."""
    removed = ["".join(piece["text"].split()) for piece in got]
    starts = [re.sub(r"^(?:Credit |[-•] )", "", piece["text"])[:60].rstrip("…") for piece in want]
    return [start for start in starts if not any("".join(start.split()) in text for text in removed)]
