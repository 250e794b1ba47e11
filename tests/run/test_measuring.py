from __future__ import annotations

from typing import Any

import pytest

from scraper.article import Article, Author, Block, Quality
from scraper.discoverer import Discovery, SourceReport
from scraper.run.measuring import LEAST_BODY, Measuring
from scraper.writer.results import Due

NOW = 1_944_309_600.0  # 2031-08-12T14:00:00Z
MEASURING = Measuring(7, lambda: NOW, lambda: 0.5)
LONG = "The ferry to Little Gull Island runs again after three winters, the county said on Monday. " * 3


def due(**values: Any) -> Due:
    told = {"key": "a.example/x", "url": "https://a.example/x", "host": "a.example", "source": None, "attempts": 0}
    return Due(**(told | {"published": "2031-08-11T20:21:00Z", "etag": None, "last_modified": None} | values))


def article(*texts: str, **values: Any) -> Article:
    blocks = [Block(kind="paragraph", text=text) for text in texts]
    told = {"id": "url:1", "page_type": "article", "platform": "grove", "title": "Ferry", "byline": "Ida Marsh"}
    told |= {"published": "2031-08-11T20:21:00Z", "blocks": blocks, "text": "\n\n".join(texts)}
    return Article(**(told | values))


def test_a_record_with_all_of_it() -> None:
    measure = MEASURING.record("a.example", due(), article(LONG, LONG + "More.", "Short."))
    signs = ("tried", "had", "read", "body", "records", "title", "date", "authors", "ruled", "several", "bodies")
    assert [getattr(measure, sign) for sign in signs] == [1] * len(signs)
    assert (measure.fallback, measure.platform, measure.run, measure.at) == (0, "grove", 7, "2031-08-12T14:00:00Z")
    assert (measure.newest, list(measure.paragraphs)) == ("2031-08-11T20:21:00Z", [LONG[:48]])
    assert measure.samples == {"any": ["https://a.example/x"]}
    assert measure.median_length == pytest.approx(2 * len(LONG), rel=0.06)


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ({"title": None}, {"title"}),
        ({"published": None}, {"date"}),
        ({"byline": None}, {"authors"}),
        ({"byline": None, "authors": [Author(name="Ida Marsh")]}, set()),
        ({"platform": "generic"}, {"ruled"}),
        ({"platform": "text"}, {"ruled"}),
        ({"quality": Quality(flags=["fallback"], score=0.8)}, {"ruled"}),
        ({"text": "x" * (LEAST_BODY - 1)}, {"body"}),
        ({"text": "", "blocks": []}, {"body", "several"}),
        ({"blocks": [Block(kind="paragraph", text=LONG), Block(kind="heading", text="x")]}, {"several"}),
    ],
)
def test_each_thing_that_may_be_missing_is_counted_and_shown(values: dict[str, Any], signs: set[str]) -> None:
    measure = MEASURING.record("a.example", due(), article(LONG, LONG, **values))
    assert {
        sign for sign in ("body", "title", "date", "authors", "ruled", "several") if not getattr(measure, sign)
    } == signs
    assert set(measure.samples) == signs | {"any"}


def test_what_a_backfill_brings_tells_nothing_of_today() -> None:
    old = due(published="2014-02-03")
    assert MEASURING.record("a.example", old, article(LONG)).read == 0
    assert MEASURING.record("a.example", old, article(LONG)).had == 1
    assert MEASURING.refusal("a.example", old, "other", read=True).read == 0
    assert MEASURING.loss("a.example", old, gone=False, had=True).read == 0
    unknown = due(published=None, first_seen="2031-08-12T13:00:00Z")
    assert MEASURING.record("a.example", unknown, article(LONG)).read == 1
    assert MEASURING.record("a.example", due(published="soon"), article(LONG)).read == 1


def test_what_becomes_no_record() -> None:
    empty = MEASURING.refusal("a.example", due(), "other", read=True)
    assert (empty.read, empty.body, empty.refusals, list(empty.samples)) == (1, 0, {"other": 1}, ["body"])
    assert MEASURING.refusal("a.example", due(), "other", read=False).read == 0  # a PDF
    assert MEASURING.refusal("a.example", due(), "consent", read=False).read == 1
    forbidden = MEASURING.refusal("a.example", due(), None, read=False)
    assert (forbidden.refused, forbidden.had, forbidden.read) == (1, 0, 0)
    assert MEASURING.loss("a.example", due(), gone=True, had=False).gone == 1
    crashed = MEASURING.loss("a.example", due(), gone=False, had=True)
    assert (crashed.failed, crashed.read, crashed.body) == (1, 1, 0)
    same = MEASURING.same("a.example")
    assert (same.had, same.unchanged, same.read) == (1, 1, 0)


def source(**values: Any) -> SourceReport:
    return SourceReport(url="https://a.example/feed", kind="feed", **values)


@pytest.mark.parametrize(
    ("discovery", "told"),
    [
        (None, (0, 1)),
        (Discovery(found=[], sources=[source(), source(error="it answers 500")]), (1, 0)),
        (Discovery(found=[], sources=[source(error="it answers 500")]), (0, 1)),
        (Discovery(found=[], sources=[source(skipped=True, error="it answers 500")]), None),
        (Discovery(found=[], sources=[source(skipped=True)]), None),
        (Discovery(found=[], sources=[]), (0, 1)),
    ],
)
def test_a_visit(discovery: Discovery | None, told: tuple[int, int] | None) -> None:
    visit = MEASURING.visit("a.example", discovery)
    assert (None if visit is None else (visit.visits, visit.unread)) == told


def test_paragraphs_of_the_longest_body_are_bounded() -> None:
    texts = [f"{number}: {LONG}" for number in range(400)]
    found = list(MEASURING.record("a.example", due(), article(*texts)).paragraphs)
    assert len(found) == 128
    assert found[0].startswith("0: ")
    assert found[-1].startswith("399: ")
