"""What holds for every page there is, fixture or real: the known failures of general tools on short radio pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import fixture_records, load, needs_shared, page_of, read_page, real_pages

from scraper.article import STORY_TYPES, Article
from scraper.errors import NotAnArticle

REAL = real_pages()


def fold(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def check(article: Article) -> None:
    """The invariants of one record."""
    blocks = [block for block in article.blocks if block.kind in ("paragraph", "quote")]
    longer = [fold(block.text) for block in blocks if len(block.text.split()) >= 5]
    assert len(longer) == len(set(longer)), "a paragraph stands twice"
    lines = {fold(line) for line in article.text.split("\n")} - {""}
    title = fold(article.title)
    assert title not in lines, "the headline stands in the text"
    if title and article.byline:
        assert not any(line.startswith(title) and fold(article.byline) in line for line in lines), (
            "headline fused to byline"
        )
    assert article.text == article.text.strip()
    assert (article.text == "") == (not article.blocks)
    for image in article.images:
        assert not image.caption or len(image.caption.split()) < 5 or fold(image.caption) not in lines, (
            "a caption stands in the text"
        )
    for author in article.authors:
        assert not author.bio or fold(author.bio) not in lines, "a biography stands in the text"
        assert author.name == " ".join(author.name.split())
    if article.transcript:
        turns = [block for block in article.blocks if block.kind == "turn"]
        assert len(turns) == len(article.transcript.turns)
    for value in (
        article.title,
        article.subtitle,
        article.teaser,
        article.byline,
        article.section,
        article.program,
        article.published,
    ):
        assert value is None or value.strip() == value != ""
    assert Article.from_json(article.to_json()) == article


@pytest.mark.parametrize("record", fixture_records(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixture(record: Path) -> None:
    article = read_page(page_of(record), load(record)["url"])
    check(article)
    if article.page_type in STORY_TYPES:
        want = sum(len(block["text"]) for block in load(record)["blocks"])
        assert sum(len(block.text) for block in article.blocks) >= 0.95 * want, (
            "the body is shorter than what the page shows"
        )


@pytest.mark.parametrize("number", range(len(REAL) or 1))
def test_real_page(number: int) -> None:
    needs_shared()
    page, gold = REAL[number]
    try:
        article = read_page(page, gold.get("url"))
    except NotAnArticle:
        assert gold["page_type"] not in STORY_TYPES
        return
    check(article)
    shown = " ".join(gold.get("paragraphs") or [])
    if article.page_type in STORY_TYPES and shown:
        assert len(article.text) >= 0.9 * len(shown), "the body is shorter than what the page shows"


def test_the_same_bytes_give_the_same_record() -> None:
    for record in fixture_records()[::7]:
        page, url = page_of(record), load(record)["url"]
        assert read_page(page, url).to_json() == read_page(page, url).to_json()
