"""Given a text that was a page once, when it is read, then its lines are sorted into the story and the rest."""

from __future__ import annotations

import pytest

from scraper.article import Article
from scraper.errors import NotAnArticle
from scraper.extractor.plain import read
from scraper.extractor.textkind import kind_of_page
from scraper.extractor.textlines import Line, is_byline, is_dated, kind_of, paragraphs
from scraper.page import Page

HEAD = "Play Live Radio\nNext Up:\n0:00 0:00\nAvailable On Air Stations\nThe ferry runs again\nKXYZ | By Ana Ruiz\n"
FIRST = "The county said on Monday that the ferry would run again by June, if the ice lets it."
SECOND = '"We have the boat," said Captain Odile Brandt. "What we do not have is the river."'


def article(text: str, url: str | None = None) -> Article:
    return read(Page(text.encode(), url=url))


def story(text: str, url: str | None = None) -> list[str]:
    return [block.text for block in article(text, url).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Ruiz",
        "By: Ana Ruiz",
        "WUFT | By Ana Ruiz,",
        "Posted by Bo Li",
        "By Max Roe / Health Reporter",
        "KXYZ | By",
        "Por Inés Ruiz",
    ],
)
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line", ["By Monday, the water had gone.", "By Friday, 41 people rode.", "By then it was dark", "ANA RUIZ, HOST:"]
)
def test_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "Published June 14, 2022 at 4:00 AM CDT",
        "OCTOBER 21, 2020 | 5:00 AM",
        "Wednesday, January 22, 2025 • 5:08 PM EST",
    ],
)
def test_dates(line: str) -> None:
    assert is_dated(line)


def test_a_player_and_a_notice_inside_a_line_are_parted_from_the_rest() -> None:
    text = (
        "Play Live Radio Next Up: 0:00 0:00 Available On Air Stations The ferry runs again\n"
        f"{FIRST} Copyright 2021 NPR. To see more, visit https://www.npr.org. Ana Ruiz is a reporter at NPR."
    )
    assert paragraphs(text) == [
        "Play Live Radio Next Up: 0:00 0:00 Available On Air Stations",
        "The ferry runs again",
        FIRST,
        "Copyright 2021 NPR. To see more, visit https://www.npr.org.",
        "Ana Ruiz is a reporter at NPR.",
    ]


def test_the_host_under_the_date_is_no_byline() -> None:
    head = HEAD.replace("KXYZ | By Ana Ruiz", "Published May 1, 2011 at 1:00 PM EDT")
    text = f"{head}ANA RUIZ, HOST:\n{FIRST}\nBO LI: It will.\nRUIZ: Thanks."
    found = article(text)
    assert found.byline is None
    assert found.transcript is not None
    assert [turn.speaker for turn in found.transcript.turns] == ["Ana Ruiz", "Bo Li", "Ana Ruiz"]


@pytest.mark.parametrize(
    "picture",
    [
        "A boat at a pier\nJo Bly\n/\nKXYZ\nThe boat waits at the pier in Ander on April 3.",
        "A boat waits at the pier.\nAnder Harbor Volunteer Fleet\nA boat waits at the pier.",
        "A boat at a pier\nProvided by Jo Bly.",
        "The boat waits at the pier. (Photo by Jo Bly/KXYZ)",
        "A boat at a pier\nKXYZ",
        "1 of 2 — boat.jpg\nThe boat in its shed\nJo Bly\n2 of 2 — pier.jpg\nThe pier in April.\nJo Bly",
        "A worker sprays water on an ice wall.\nJo Bly | Lake News",
    ],
)
def test_pictures_before_the_story(picture: str) -> None:
    assert story(f"{HEAD}{picture}\n{FIRST}\n{SECOND}") == [FIRST, SECOND]


def test_a_picture_between_paragraphs() -> None:
    assert story(
        f"{HEAD}{FIRST}\nJo Bly\n/\nKXYZ\nThe boat in its shed in Ander on April 3.\n{SECOND}\n{FIRST} Yes."
    ) == [
        FIRST,
        SECOND,
        f"{FIRST} Yes.",
    ]


def test_the_only_paragraph_is_no_caption() -> None:
    only = "The boat is in its shed at the pier."
    assert story(f"{HEAD}A boat\nJo Bly / KXYZ\n{only}\nCopyright 2024 KXYZ") == [only]


def test_a_crosshead_is_no_caption() -> None:
    text = f"{HEAD}What the boat needs\n{FIRST}\nWhat the river needs\n{SECOND}"
    assert story(text) == ["What the boat needs", FIRST, "What the river needs", SECOND]


def test_a_box_inside_the_story_ends_where_it_goes_on() -> None:
    text = f"{HEAD}{FIRST}\nRelated Content\nA bridge for Ander\n{SECOND}\n{FIRST} Yes.\nTags\nBoats"
    found = article(text)
    assert [block.text for block in found.blocks] == [FIRST, SECOND, f"{FIRST} Yes."]
    assert found.tags == ["Boats"]


def test_after_the_notice_people_are_introduced() -> None:
    people = "Ana Ruiz is a host who came to radio from the law.\nBo Li\nCo Ray is a producer."
    text = f"{HEAD}{FIRST}\nCopyright 2021 NPR\n{people}"
    found = article(text)
    assert [block.text for block in found.blocks] == [FIRST]
    assert [item.kind for item in found.removed[-4:]] == ["copyright", "bio", "bio", "bio"]


def test_a_post_goes_with_the_line_that_signs_it() -> None:
    assert story(
        f"{HEAD}{FIRST}\nShe floats.\n— Ander Ferry (@anderferry) May 1, 2024\npic.twitter.com/abc\n{SECOND}"
    ) == [FIRST, SECOND]


def test_an_author_alone_on_a_line_at_the_end_is_cut_short() -> None:
    assert story(f"{HEAD}{FIRST}\n{SECOND}\n{FIRST} Yes.\nAna Rui") == [FIRST, SECOND, f"{FIRST} Yes."]


def kind(*texts: str, url: str | None = None) -> str:
    return kind_of_page([Line(text, mark=kind_of(text)) for text in texts], 0, url)[0]


@pytest.mark.parametrize(
    ("texts", "url", "expected"),
    [
        (("Contact us today", "Office: 541-463-6000", "Mail: news@kxyz.example", "Eugene OR 97401"), None, "other"),
        (("Contest Rules", FIRST), "https://kxyz.example/contest-rules", "other"),
        (("Berkshires", "A", "Listen • 2:14", "B", "Listen • 1:40", "C", "Listen • 3:33"), None, "list"),
        (("404 - Page not found", "Please check the address."), "https://kxyz.example/news/2019-07-02/gone", "error"),
        (("The ferry runs again", "By Ana Ruiz", "401 W. Third Street is its new address.", FIRST), None, "article"),
        (("The ferry runs again", FIRST), "https://kxyz.example/show/boats/2024-01-02/ferry", "episode"),
        (("A streetcar and its goats", "By Ana Ruiz", FIRST), "https://kxyz.example/goats/", "article"),
    ],
)  # fmt: skip
def test_kinds_of_pages(texts: tuple[str, ...], url: str | None, expected: str) -> None:
    assert kind(*texts, url=url) == expected


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(NotAnArticle):
        article("—\n•\n")
