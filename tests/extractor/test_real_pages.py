"""The real pages with gold: what the project promises of them. Their words stay where they are."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest
from pages import SHARED, needs_shared, read_page, real_pages

from scraper.article import STORY_TYPES, Article


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """The summary that the scorer prints over all real radio pages."""
    needs_shared()
    results = tmp_path_factory.mktemp("records")
    for page, gold in real_pages():
        article = read_page(page, gold.get("url"))
        folder = results / page.parent.name
        folder.mkdir(exist_ok=True)
        (folder / f"{page.stem}.json").write_text(article.to_json() if article.is_story else "", encoding="utf-8")
    scorer = SHARED.parent / "tools" / "score_real.py"
    call = [sys.executable, str(scorer), str(results), str(SHARED / "gold"), "--brief"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    summary: dict[str, dict[str, dict[str, float]]] = msgspec.json.decode(done.stdout.strip().splitlines()[-1])
    return {kind: figures["all"] for kind, figures in summary.items()}


def test_html(scores: dict[str, dict[str, float]]) -> None:
    html = scores["html"]
    assert html["para"] >= 0.97
    assert html["token"] >= 0.99
    assert html["leaks"] == 0
    assert html["false_stories"] == html["missed_stories"] == 0
    assert html["title"] == html["authors"] == html["published"] == html["type_story"] == 1.0


def test_seed(scores: dict[str, dict[str, float]]) -> None:
    text = scores["text"]
    assert text["recall"] == text["precision"] == text["title"] == text["turns"] == text["roles"] == 1.0
    assert text["leaks"] == 0


def test_seed_in_the_records_terms() -> None:
    needs_shared()
    page, gold = next((page, gold) for page, gold in real_pages() if page.name == "seed_bpr.txt")
    article = read_page(page, None)
    assert article.page_type == "transcript"
    assert article.transcript is not None
    assert [(turn.speaker, turn.role) for turn in article.transcript.turns] == [
        (turn["speaker"], turn["role"]) for turn in gold["transcript_turns"]
    ]
    kept = {line for label, line in gold["lines"] if label not in ("K", "T")}
    assert {piece.text for piece in article.removed} == kept


def test_no_story_is_refused() -> None:
    needs_shared()
    for page, gold in real_pages():
        if gold["page_type"] not in STORY_TYPES:
            article: Article = read_page(page, gold.get("url"))
            assert not article.is_story, page.name
