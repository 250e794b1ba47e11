"""Given a page, when it is explained, then each of its words has a fate, and the fates are those of the record."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pages import fixture_records, load, needs_shared, page_of, read_page, real_pages

from scraper.api import DIRECTORY
from scraper.article import Article, Block
from scraper.errors import NotAnArticle
from scraper.extractor import explain
from scraper.extractor.account import FIELD, KEPT, REMOVED, UNLISTED
from scraper.extractor.dom import words_of
from scraper.extractor.explanation import Explanation
from scraper.extractor.pagewords import letters_of
from scraper.page import Page

RECORDS = fixture_records()
REAL = real_pages()
MOST = 8
"""Words of a page that may stand nowhere in its record: a label beside a field ("Twitter"), a caption glued to its own
controls. On nearly all pages there are none."""
SHARE = 0.0005
"""The same, of all words of all fixtures."""


def told(path: Path, url: str | None) -> Explanation:
    return explain(Page(path.read_bytes(), url=url), stations=DIRECTORY)


def of(html: str, url: str | None = None) -> Explanation:
    return explain(Page(html.encode(), url=url), stations=DIRECTORY)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def names(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def shown(page: Page) -> str:
    """All letters of a page in order, read without the explanation's own walk."""
    if page.kind == "text":
        return letters_of(page.text)
    for node in page.tree.css("body title"):
        node.decompose()
    return letters_of(words_of(page.tree.body)) if page.tree.body is not None else ""


def check(path: Path, url: str | None) -> Explanation:
    got = told(path, url)
    text = "".join(letters_of(passage.text) for passage in got.passages if words(passage.text))
    assert text == shown(Page(path.read_bytes(), url=url)), "words of the page are missing, or out of order"
    assert sum(len(words(p.text)) for p in got.passages if p.fate == UNLISTED) <= MOST
    if got.record is not None and got.record.is_story:
        check_story(got, got.record)
    return got


def check_story(got: Explanation, record: Article) -> None:
    parts: dict[str, str] = {}
    for passage in got.passages:
        if passage.at and passage.fate in (KEPT, REMOVED):
            parts[passage.at] = parts.get(passage.at, "") + letters_of(passage.text)
    fields = {letters_of(passage.text) for passage in got.passages if passage.fate == FIELD}
    for number, block in enumerate(record.blocks):
        assert parts.get(f"/blocks/{number}") == letters_of(said(block)), block.text
    for number, entry in enumerate(record.removed):
        text = letters_of(entry.text)
        listed_twice = any(text in part for part in parts.values())
        assert f"/removed/{number}" in parts or text in fields or listed_twice, entry


def said(block: Block) -> str:
    return " ".join(block.items) if block.items else block.text


@pytest.mark.parametrize("record", RECORDS, ids=names)
def test_given_a_fixture_then_every_word_has_its_fate_and_the_record_is_the_usual_one(record: Path) -> None:
    path, url = page_of(record), load(record)["url"]
    got = check(path, url)
    assert got.record == read_page(path, url)
    assert got.page_type == load(record)["page_type"]
    assert got.sign
    assert got.why


def test_given_all_fixtures_then_next_to_no_word_is_unlisted() -> None:
    fates: Counter[str] = Counter()
    for record in RECORDS:
        for passage in told(page_of(record), load(record)["url"]).passages:
            fates[passage.fate] += len(words(passage.text))
    assert fates[KEPT] > 1000
    assert fates[UNLISTED] <= SHARE * fates.total()


@pytest.mark.parametrize("number", range(len(REAL) or 1))
def test_given_a_real_page_then_the_letters_are_all_there_in_order(number: int) -> None:
    needs_shared()
    path, gold = REAL[number]
    page = Page(path.read_bytes(), url=gold.get("url"))
    try:
        got = told(path, gold.get("url"))
    except NotAnArticle:
        return
    assert "".join(letters_of(p.text) for p in got.passages if words(p.text)) == shown(page)


STORY = """<html><head><title>Ferry</title><meta property=og:type content=article></head><body>
<nav>Home News Music</nav><article><h1>Ferry returns</h1>
<p class=byline>By Ann Poe</p>
<p>The ferry returned to Pell Point on Tuesday with forty-one passengers and a cargo of seed potatoes.</p>
<div class=share-links>Facebook Email</div>
<p>Its engine had been out of service since the harbor froze in the first days of a long December.</p>
<p>RELATED: <a href=/2024/05/11/oysters-cut-a-channel>Oyster boats cut a channel</a></p>
<p>Captain Lou Reyes said that he would sail again on Thursday, whatever the ice on the river does.</p>
</article><footer>Copyright 2024 Coastal Radio</footer></body></html>"""


def test_given_a_story_then_pieces_stand_in_page_order_with_their_rules() -> None:
    got = [(p.fate, p.kind, p.rule, p.text[:12]) for p in of(STORY).passages]
    assert got == [
        (REMOVED, "navigation", "generic.navigation", "Home News Mu"),
        (FIELD, "title", "head.headline", "Ferry return"),
        (FIELD, "byline", "generic.byline", "By Ann Poe"),
        (KEPT, "paragraph", None, "The ferry re"),
        (REMOVED, "share", "generic.share", "Facebook Ema"),
        (KEPT, "paragraph", None, "Its engine h"),
        (REMOVED, "promo", "promo.lead-in", "RELATED: Oys"),
        (KEPT, "paragraph", None, "Captain Lou "),
        (REMOVED, "footer", "generic.footer", "Copyright 20"),
    ]


def test_given_a_long_region_then_it_is_shown_whole_though_the_record_cuts_it() -> None:
    record = next(path for path in RECORDS if path.stem == "kunc-irrigation-ditch-lede-thrice")
    got = told(page_of(record), load(record)["url"])
    assert got.record
    cut = {f"/removed/{n}": r.text for n, r in enumerate(got.record.removed) if r.rule == "grove.header"}
    shown_at = {p.at: p.text for p in got.passages if p.rule == "grove.header" and len(p.text) > 200}
    assert shown_at
    assert all(len(cut[at or ""]) == 200 for at in shown_at)


def test_given_words_that_stand_twice_then_the_story_is_the_one_in_the_story() -> None:
    first = re.findall(r"<p>(The ferry.*?)</p>", STORY)[0]
    page = STORY.replace("<p class=byline>", f"<div class=teaser><a href=/x>{first}</a></div><p class=byline>")
    assert [p.fate for p in of(page).passages if p.text == first] == [REMOVED, KEPT]


def test_given_a_page_without_story_then_its_type_and_the_sign_are_told() -> None:
    got = of("<html><body><h1>Page not found</h1><p>Sorry about that.</p></body></html>")
    assert (got.page_type, got.sign) == ("error", "it says “Page not found”")
    assert {(p.fate, p.rule) for p in got.passages if p.fate != FIELD} == {(REMOVED, "page.error")}


def test_given_a_page_with_nothing_to_read_then_the_reason_is_told_and_the_page_shown() -> None:
    page = "<html><body class='ArtP '><div class='ArtP-articleBody'><form>Your mail</form></div></body></html>"
    got = of(page)
    assert got.record is None
    assert got.reason == "the page holds no story text"
    assert [(p.fate, p.rule, p.text) for p in got.passages] == [(REMOVED, "page.other", "Your mail")]


def test_given_plain_text_then_lines_have_their_fates() -> None:
    record = next(path for path in RECORDS if path.parent.name == "text" and load(path)["blocks"])
    got = told(page_of(record), load(record)["url"])
    assert got.platform == "text"
    assert {KEPT, REMOVED, FIELD} <= {p.fate for p in got.passages}
    assert all(not p.element for p in got.passages)


def test_given_a_transcript_then_the_speaker_is_told() -> None:
    record = next(path for path in RECORDS if path.parent.name == "npr" and load(path).get("transcript"))
    turns = [p for p in told(page_of(record), load(record)["url"]).passages if p.kind == "turn"]
    assert turns
    assert all(p.speaker for p in turns)


def test_given_fields_then_their_sources_are_told() -> None:
    page = STORY.replace("<head>", "<head><meta property=article:published_time content=2024-05-11T10:00:00Z>")
    assert of(page).sources["published"] == "meta:article:published_time"
    assert of(page).sources["title"] == "article h1"


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4", b"\x00\x01\x02" * 9])
def test_given_no_words_then_it_is_refused(body: bytes) -> None:
    with pytest.raises(NotAnArticle):
        explain(Page(body))


def test_given_the_same_word_a_hundred_thousand_times_then_it_ends() -> None:
    got = of(
        f"<html><body><article><h1>Echo</h1><p>{'yeah ' * 100_000}</p><p>{'yeah. ' * 900}</p></article></body></html>"
    )
    assert sum(len(words(p.text)) for p in got.passages) == 100_901
