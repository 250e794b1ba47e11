from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from scraper.article import (
    Article,
    Audio,
    Author,
    Block,
    Copyright,
    Image,
    Link,
    Origin,
    Provenance,
    Removed,
    Station,
    Transcript,
    Turn,
)
from scraper.writer.archive import Archive
from scraper.writer.schema import metadata

Make = Callable[..., Article]

BLOCKS = [
    Block(kind="note", text="Updated August 12, 2031 at 9:14 AM ET"),
    Block(kind="paragraph", text="The ferry to Little Gull Island runs again, the county said."),
    Block(kind="heading", text="What it costs", level=3),
    Block(kind="list", text="- adults: $4\n- children: free", items=["adults: $4", "children: free"], ordered=False),
    Block(kind="quote", text="Nobody missed the noise.\nBut we missed the mail.", attribution="Ada Quill, postmaster"),
    Block(kind="turn", text="A short word of welcome.", role="host"),
    Block(kind="turn", text="It was quiet.\nThen it was not.", speaker="Ida Marsh", role="reporter"),
    Block(kind="sound", text="(SOUNDBITE OF FOGHORN)"),
]
TEXT = """Updated August 12, 2031 at 9:14 AM ET

The ferry to Little Gull Island runs again, the county said.

What it costs

- adults: $4
- children: free

Nobody missed the noise.
But we missed the mail.

A short word of welcome.

IDA MARSH: It was quiet.
Then it was not.

(SOUNDBITE OF FOGHORN)"""


@pytest.fixture
def make() -> Make:
    """A record of an invented story in which every field is filled; keywords replace fields."""

    def _make(**fields: Any) -> Article:
        url = fields.get("url", "https://www.wgul.example/news/2031-08-11/ferry-runs-again")
        values: dict[str, Any] = {
            "id": "url:00000000000000aa",
            "url": url,
            "canonical_url": url,
            "page_type": "article",
            "platform": "grove",
            "title": "Ferry runs again",
            "subtitle": "After three winters",
            "teaser": "The boat is back.",
            "station": Station(name="WGUL", call_sign="WGUL", domain="wgul.example", city="Gull Harbor", state="ME"),
            "origin": Origin(name="WTERN", domain="wtern.example", evidence=["canonical"]),
            "section": "News",
            "program": "Morning Tide",
            "tags": ["ferries", "islands"],
            "byline": "Ida Marsh",
            "authors": [Author(name="Ida Marsh", role="reporter")],
            "published": "2031-08-11T20:21:00Z",
            "modified": "2031-08-12T13:14:00Z",
            "dateline": "GULL HARBOR",
            "language": "en",
            "blocks": BLOCKS,
            "text": TEXT,
            "transcript": Transcript(
                turns=[Turn(speaker="Ida Marsh", label="MARSH", role="reporter", text="It was quiet.")]
            ),
            "images": [
                Image(
                    url="https://img.example/f.jpg",
                    alt="A ferry",
                    caption="The boat.",
                    credit="J. Doe",
                    provider="WGUL",
                )
            ],
            "audio": [Audio(url="https://audio.example/f.mp3", title="Hear the ferry", duration_seconds=211)],
            "links": [Link(url="https://county.example/ferry", text="the county")],
            "copyright": Copyright(notice="Copyright 2031 WGUL", holder="WGUL", year=2031),
            "removed": [Removed(rule="pledge", kind="appeal", text="Give today!")],
            "provenance": Provenance(fetched_at="2031-08-12T14:00:00Z", status=200, content_sha256="ab" * 32),
        }
        return Article(**(values | fields))

    return _make


class Clock:
    """A clock that moves when told to. Starts at 2031-08-12T14:00:00Z."""

    def __init__(self) -> None:
        self.now = 1944309600.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, hours: float) -> float:
        self.now += hours * 3600
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stories.db"


@pytest.fixture
def archive(path: Path, clock: Clock) -> Iterator[Archive]:
    with Archive.open(str(path), clock=clock) as opened:
        yield opened


@pytest.fixture
def rows(archive: Archive) -> Callable[[str], list[dict[str, Any]]]:
    """What stands in a table of the store, row by row."""

    def _rows(name: str) -> list[dict[str, Any]]:
        table = metadata.tables[name]
        with archive._reading() as connection:
            query = select(table).order_by(*table.primary_key.columns)
            return [dict(row._mapping) for row in connection.execute(query)]

    return _rows
