"""Hostile sizes: each comes back, as a record or as a refusal, and none as a crash."""

from __future__ import annotations

import pytest

from scraper.api import extract
from scraper.errors import NotAnArticle
from scraper.extractor import read
from scraper.page import Page

HEAD = '<html class="ArtP"><head><title>T</title><meta name="brightspot.contentId" content="x"></head><body><main>'
OPEN = HEAD + '<article class="ArtP-mainContent"><h1 class="ArtP-headline">The ferry</h1><div class="ArtP-articleBody">'
WORDS = "The ferry left at noon and came back at one with everybody who had missed it. "


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "x" + "</div>" * 100_000,
        OPEN + "<b>" * 100_000 + "x",
        OPEN + "<div>" * 15_000 + WORDS * 5,
    ],
    ids=["nested and closed", "left open", "below the count"],
)
def test_nested_too_deep(page: str) -> None:
    with pytest.raises(NotAnArticle, match="nested"):
        extract(page)


@pytest.mark.parametrize("value", ["", "=1", "='>'", '="a > b"', " = x"], ids=repr)
def test_too_many_attributes(value: str) -> None:
    attributes = " ".join(f"a{number}{value}" for number in range(200_000))
    with pytest.raises(NotAnArticle, match="attributes"):
        extract(OPEN + f"<p {attributes}>{WORDS}</p>")


@pytest.mark.parametrize("name", ["script", "style", "script-like"])
def test_too_many_attributes_of_a_script(name: str) -> None:
    attributes = " ".join(f"a{number}" for number in range(20_000))
    with pytest.raises(NotAnArticle, match="attributes"):
        extract(OPEN + f"<{name} {attributes}></{name}><p>{WORDS}</p>")


def test_what_stands_in_scripts_and_comments_is_no_tag() -> None:
    code = "if (i <n || " + "a b c " * 20_000 + ")"
    article = extract(OPEN + f"<script>{code}</script><style>{code}</style><!-- {code} --><p>{WORDS}</p>")
    assert article.text == WORDS.strip()


def test_many_attributes_but_bearable() -> None:
    tags = "".join(f"<p {' '.join(f'a{n}=1' for n in range(150))}>{number} {WORDS}</p>" for number in range(50))
    assert len(extract(OPEN + tags).blocks) == 50


@pytest.mark.parametrize("paragraph", ["<p>The ferry left at noon and came back.", "<p>x</p>", "<i></i>"])
def test_too_many_elements(paragraph: str) -> None:
    with pytest.raises(NotAnArticle, match="elements"):
        extract(OPEN + paragraph * 60_000)


def test_the_same_paragraph_again_and_again() -> None:
    article = extract(OPEN + f"<p>{WORDS}</p>" * 20_000)
    assert article.text == WORDS.strip()


def test_deep_but_bearable() -> None:
    article = extract(OPEN + "<div>" * 800 + f"<p>{WORDS}</p>" + "</div>" * 800)
    assert article.text == WORDS.strip()


def test_many_paragraphs() -> None:
    article = extract(OPEN + "".join(f"<p>{number} {WORDS}</p>" for number in range(20_000)))
    assert len(article.blocks) == 20_000


def test_unclosed_paragraphs_are_not_nested() -> None:
    article = extract(OPEN + "".join(f"<p>{number} {WORDS}" for number in range(25_000)))
    assert len(article.blocks) == 25_000


def test_many_links_in_one_paragraph() -> None:
    links = "".join(f'<a href="https://www.bpr.org/{number}">stop {number}</a>, ' for number in range(10_000))
    article = extract(OPEN + f"<p>The ferry stops at {links} and nowhere else.</p>")
    assert len(article.links) == 10_000


def test_one_long_line_of_text() -> None:
    article = extract("The ferry is back\n\n" + WORDS * 20_000, kind="text")
    assert article.text


def test_many_short_lines_of_text() -> None:
    lines = "\n".join(f"Line {number} of the log of the ferry." for number in range(50_000))
    article = extract(f"The ferry keeps a log\nBy Ana Ruiz\n{WORDS}\n{lines}", kind="text")
    assert len(article.blocks) > 49_000


def test_one_long_word_among_lines_of_text() -> None:
    article = read(Page(("Port Alder\nSlip two\nDeck\n" + "<br>" * 100_000 + "\nOffice").encode(), kind="text"))
    assert article.page_type
