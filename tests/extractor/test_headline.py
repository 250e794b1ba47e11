"""Given the lines of a text, when its headline is looked for, then address, byline and shape point to it."""

from __future__ import annotations

import pytest

from scraper.extractor.headline import after_player, find_headline, page_heading
from scraper.extractor.textlines import Line, kind_of

PLAYER = ["© 2024 Basin Radio", "Play Live Radio", "Next Up:", "0:00 0:00", "Available On Air Stations"]
PROSE = "The county said on Monday that the ferry would run again by June, if the ice lets it."


def lines(*texts: str) -> list[Line]:
    return [Line(text, mark=kind_of(text)) for text in texts]


def headline(*texts: str, url: str | None = None) -> str | None:
    found = lines(*texts)
    at = find_headline(found, url)
    return None if at is None else found[at].text


def test_the_address_agrees_with_it() -> None:
    url = "https://kxyz.example/news/2024-01-02/ferry-runs-again-in-june"
    assert (
        headline(*PLAYER, "Boats", "The Ferry Runs Again In June", "A boat", PROSE, url=url)
        == "The Ferry Runs Again In June"
    )


def test_words_of_the_address_may_be_inflected() -> None:
    url = "https://kxyz.example/news/2024-01-02/hot-springs-cool"
    title = "A hot spring has cooled by two degrees"
    assert headline(*PLAYER, "Our tower gets a new lamp", title, PROSE, url=url) == title


@pytest.mark.parametrize(
    "title",
    [
        "Turtle boom",
        "The river ran dry. Then the anglers came to help.",
        "Who gets to name a star?",
        "Power outage leaves 6,000 in the county without heat",
        "A goat, a ballpark and " + "a very long list of things " * 4 + "that it ate",
    ],
)
def test_a_byline_follows_it_whatever_its_shape(title: str) -> None:
    assert headline(*PLAYER, "News", title, "KXYZ | By Ana Ruiz", PROSE) == title


def test_a_second_headline_before_the_byline_is_not_the_first() -> None:
    dek = "A new play puts three generations on one dock."
    assert headline(*PLAYER, "The tide clock keeps time", dek, "By Ana Ruiz", PROSE) == "The tide clock keeps time"


def test_without_byline_and_address_it_is_the_first_heading_after_the_player() -> None:
    alert = "KXYZ 90.1 is off the air while we repair a line to our transmitter."
    ask = "Help us reach our goal by midnight!"
    assert (
        headline(*PLAYER, alert, ask, "News", "The ferry runs again", "Jo Bly", "/", "KXYZ", PROSE)
        == "The ferry runs again"
    )


def test_what_reads_like_an_alert_is_the_headline_where_nothing_else_can_be() -> None:
    title = "Storm outage keeps schools closed"
    assert headline(*PLAYER, "WXYZ is off the air. Our crew is working to fix it.", title, PROSE) == title


@pytest.mark.parametrize(
    "line",
    ["Courtesy of the Ferry Company", "Jo Bly / KXYZ", "Updated May 1, 2024 at 4:01 PM ET", "Copyright 2024 KXYZ"],
)
def test_credits_notes_and_notices_are_none(line: str) -> None:
    assert headline(line, PROSE) is None


def test_the_player_ends_at_a_byline() -> None:
    found = lines("On Air", "Now Playing", "The ferry runs again", "By Ana Ruiz", "Listen Now", "0:00 | 0:47", PROSE)
    assert after_player(found) == 2


@pytest.mark.parametrize(
    ("url", "texts", "heading"),
    [
        ("https://kxyz.example/tags/trombones", ("Listen Now", "trombones", "May 7, 2019", "A price"), "trombones"),
        ("https://kxyz.example/event/banjo-camp-30-08-2024", ("Music", "Banjo Camp", "Bring a lunch."), "Banjo Camp"),
        ("https://kxyz.example/playlist", ("Playlist", "9:02 AM", "Coal Creek"), "Playlist"),
        ("https://kxyz.example/", ("Top Stories", "A bear in a Honda"), None),
    ],
)  # fmt: skip
def test_pages_that_are_no_story_have_a_heading(url: str, texts: tuple[str, ...], heading: str | None) -> None:
    assert page_heading(lines(*PLAYER, *texts), url) == heading
