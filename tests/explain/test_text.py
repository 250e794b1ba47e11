"""Given an explanation, when it is printed as a diff, then each line of the page has its sign and its rule."""

from __future__ import annotations

from scraper.explain import render
from scraper.extractor.account import Passage
from scraper.extractor.explanation import Explanation

TOLD = Explanation(
    record=None,
    page_type="article",
    sign="its og:type says so",
    platform="npr",
    since="2010-01-01",
    until="2021-03-31",
    why="its host is npr.org",
    passages=[
        Passage(fate="removed", kind="navigation", rule="npr.header", text="Home\nNews"),
        Passage(fate="field", kind="title", text="Ferry returns"),
        Passage(fate="kept", kind="paragraph", text="It came \x1b[2J back."),
        Passage(fate="unlisted", kind="", text="Twitter"),
    ],
)


def test_given_no_terminal_then_signs_alone() -> None:
    assert render(TOLD, "text", source="page.html").splitlines() == [
        "--- page.html",
        "+++ article: its og:type says so",
        "@@ npr (since 2010-01-01 until 2021-03-31): its host is npr.org @@",
        "@@ words: 4 paragraph kept, 2 navigation removed, 2 title field, 1 words unlisted @@",
        "-Home [npr.header]",
        "-News [npr.header]",
        "=Ferry returns [title]",
        " It came ?[2J back.",
        "?Twitter",
    ]


def test_given_a_terminal_then_colours_around_whole_lines() -> None:
    lines = render(TOLD, "text", source="a\x1b[2Jb", colour=True).splitlines()
    assert "\x1b[31m-Home [npr.header]\x1b[0m" in lines
    assert " It came ?[2J back." in lines
    assert lines[0] == "\x1b[1m--- a?[2Jb\x1b[0m"
