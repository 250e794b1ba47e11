"""Pages with gold, from each layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pages import needs_shared

from benchmarks.extraction import corpus
from benchmarks.extraction.cases import Furniture, case_of
from benchmarks.extraction.markup import text_of


def test_every_fixture_is_taken_up() -> None:
    cases = corpus.fixtures()
    assert len(cases) == len(list(corpus.FIXTURES.glob("*/*.json")))
    assert {case.group for case in cases} >= {"fixtures/grove", "fixtures/npr", "fixtures/text"}
    stories = [case for case in cases if case.story and case.paragraphs]
    assert stories
    assert all(case.titles for case in stories if case.html)


def test_a_record_as_gold() -> None:
    record = {
        "page_type": "article",
        "url": "https://wrvl.example/goats",
        "title": "Goats",
        "byline": "Odile Marsh",
        "teaser": None,
        "authors": [{"name": "Odile Marsh"}],
        "published": "2024-05-06",
        "blocks": [
            {"kind": "paragraph", "text": "One."},
            {"kind": "list", "text": "- two\n- three", "items": ["two", "three"]},
            {"kind": "turn", "text": "Four.\nFive."},
        ],
        "removed": [{"kind": "caption", "text": "A goat."}],
        "transcript": None,
    }
    case = case_of(Path("goats.html"), record, "made")
    assert case.paragraphs == ("One.", "two", "three", "Four.", "Five.")
    assert case.authors == (frozenset({"Odile Marsh"}),)
    assert case.exact
    assert set(case.furniture) == {
        Furniture("title", "Goats", "line"),
        Furniture("byline", "Odile Marsh", "line"),
        Furniture("byline", "By Odile Marsh", "line"),
        Furniture("caption", "A goat.", "run"),
    }


def test_own_pages_beside_their_gold(tmp_path: Path) -> None:
    (tmp_path / "station").mkdir()
    (tmp_path / "station" / "a.html").write_text("<p>One.</p>", "utf-8")
    gold = {"page_type": "article", "title": "A", "paragraphs": ["One."], "must_not_contain": ["Give now"]}
    (tmp_path / "station" / "a.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "station" / "no-page.json").write_text("{}", "utf-8")
    (case,) = corpus.own(tmp_path)
    assert (case.group, case.name, case.paragraphs, case.authors) == ("station", "a", ("One.",), ())
    assert Furniture("marked", "Give now", "string") in case.furniture


def test_own_pages_laid_out_as_the_shared_ones(tmp_path: Path) -> None:
    for folder in ("pages/html", "gold/html"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pages/html/a.html").write_text("<p>One.</p>", "utf-8")
    (tmp_path / "gold/html/a.json").write_text(json.dumps({"page_type": "list", "paragraphs": []}), "utf-8")
    (case,) = corpus.own(tmp_path)
    assert case.group == "radio"
    assert not case.story


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>One.</p>", "utf-8")
    with pytest.raises(ValueError, match="no page with gold"):
        corpus.own(tmp_path)


def test_no_shared_pages_are_no_error(tmp_path: Path) -> None:
    assert corpus.shared(tmp_path) == []


def test_the_shared_pages_are_parted_by_their_gold() -> None:
    needs_shared()
    groups = {case.group for case in corpus.shared()}
    assert groups == {"radio", "page text", "broadcasters (human gold)", "broadcasters (reviewed)"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b>\nthree</p><p>Four<br>five", "One two three\nFour\nfive"),
        ("<ul><li>a</li><li>b</li></ul><script>x()</script>c &amp; d", "a\nb\nc & d"),
        ("<style>p {}</style><div> <div>one</div> </div>", "one"),
    ],
)
def test_text_of_html(html: str, text: str) -> None:
    assert text_of(html) == text
