"""What lines say: furniture is told from story, and story is left alone."""

from __future__ import annotations

import pytest

from scraper.extractor import asks, furniture, rights, wording


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Play Live Radio", "player"),
        ("Next Up:", "player"),
        ("0:00 0:00", "player"),
        ("Available On Air Stations", "player"),
        ("On Air Now Playing WXYZ", "player"),
        ("Listen • 1:46", "player"),
        ("13-Minute Listen", "player"),
        ("- Facebook", "share"),
        ("Facebook Twitter LinkedIn Email", "share"),
        ("hide caption toggle caption", "caption"),
        ("Enlarge this image", "caption"),
        ("Web_Banner_Bridge (1).png", "banner"),
        ("Advertisement", "ad"),
        ("Become a WXYZ sponsor", "ad"),
        ("See stories by Ana Ruiz", "bio"),
        ("Related Content", "promo"),
        ("Search results for “ferry”", "navigation"),
        ("Tax ID: 00-1234567", "footer"),
        ("Transcript provided by NPR, Copyright NPR.", "copyright"),
        ('<iframe src="https://www.npr.org/player/embed/1/2" width="100%">', "player"),
    ],
)
def test_furniture(line: str, kind: str) -> None:
    found = furniture.phrase(line)
    assert found is not None
    assert found[1] == kind


@pytest.mark.parametrize(
    "line",
    [
        "More people listened on Friday than on any day before.",
        "The station is licensed, but nobody has heard it for years.",
        "It was 7:30 when the ferry left.",
        "Share the road, she tells the drivers.",
        "Copyright law has not caught up with the choir.",
        "He spent $3,000 on banners.",
        "Listen to the river long enough and it answers, he says.",
        "The bakery moved to 41 Orchard Road in March.",
    ],
)
def test_story_lines_are_no_furniture(line: str) -> None:
    assert furniture.phrase(line) is None
    assert wording.notice(line) is None


@pytest.mark.parametrize(
    "text",
    [
        "If you value stories like this one, please consider making a donation to the station today.",
        "Your support makes local journalism possible. Become a sustaining member of WXYZ now.",
        "Sign up for our weekly newsletter and get the valley's news in your inbox.",
        "Thank you for supporting our fall member drive! Give now to unlock a $10,000 match.",
        "This reporting is made possible by listeners like you. Donate at wxyz.example/give.",
        "Listen to every episode of Long Water sponsor-free and support our work at plus.npr.org.",
    ],
)
def test_asks(text: str) -> None:
    assert asks.appeal(text) in ("appeal", "newsletter")


@pytest.mark.parametrize(
    "text",
    [
        "The food bank is asking for donations after the flood, and its director said that canned fruit goes first.",
        "“We need your support,” she told the council, which voted to support local bakeries instead.",
        "Members of the public can sign up to speak at the hearing on Tuesday.",
        "The library's newsletter has 300 subscribers and one editor.",
        "The county will match every gift to the shelter, officials said.",
        "Public radio lost a tower in the storm; engineers expect to have it back by Friday.",
    ],
)
def test_stories_about_giving_are_no_asks(text: str) -> None:
    assert asks.appeal(text) is None


@pytest.mark.parametrize(
    ("text", "holder", "year"),
    [
        ("Copyright 2024 NPR. To see more, visit https://www.npr.org.", "NPR", 2024),
        ("Copyright 2020 North Carolina Public Radio", "North Carolina Public Radio", 2020),
        ("© 2025 All Rights reserved WXYZ", "WXYZ", 2025),
        ("© 1996 - 2023 Hour Productions LLC. All Rights Reserved.", "Hour Productions LLC", 2023),
        ("Copyright © 2023 NPR. All rights reserved. Visit our website terms of use.", "NPR", 2023),
        ("© 2024", None, 2024),
        ("[Copyright 2024 WXYZ 89.1]", "WXYZ 89.1", 2024),
    ],
)
def test_notices(text: str, holder: str | None, year: int) -> None:
    found = rights.parse_notice(text)
    assert found is not None
    assert (found.holder, found.year) == (holder, year)


@pytest.mark.parametrize(
    "text",
    [
        "Correction: An earlier version of this story misspelled the name of the bridge.",
        "Correction Aug. 6, 2019: A previous version said that the crossing is 32 miles long.",
        "[POST-BROADCAST CORRECTION: The ferry seats 90.]",
        "An earlier version of this story gave the wrong year.",
    ],
)
def test_corrections(text: str) -> None:
    assert wording.is_correction(text)


@pytest.mark.parametrize(
    "text",
    [
        "Editor's note: This story contains a description of a flood.",
        "Updated October 17, 2023 at 6:01 PM ET",
        "UPDATED:",
    ],
)
def test_notes(text: str) -> None:
    assert wording.is_note(text)
    assert not wording.is_correction(text)


@pytest.mark.parametrize(
    "text", ["The correction came too late for the baker.", "Updates are posted on the door of the hall."]
)
def test_no_notes(text: str) -> None:
    assert not wording.is_note(text)
    assert not wording.is_correction(text)


@pytest.mark.parametrize(
    "line", ["RELATED: The ferry is back", "Read more: The ferry is back", "ALSO READ — The ferry is back"]
)
def test_lead_ins(line: str) -> None:
    assert wording.promo_lead(line)


def test_biographies() -> None:
    bio = "Ana Ruiz is a reporter at WXYZ. She covers water and has won an award for her reporting."
    assert wording.biography(bio)
    assert wording.biography("Ruiz covers water for the station.", ("Ana Ruiz",))
    assert not wording.biography("Ana Ruiz is the captain of the ferry, and she has never missed a tide.")
    assert not wording.biography("The reporter covers water for the station and hosts a show.")
