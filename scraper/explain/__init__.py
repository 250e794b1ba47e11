"""Explanations for people: a page with what became of each of its words, as HTML, as a diff, or as data."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.extractor.explanation import Explanation
    from scraper.extractor.rules import Rules
    from scraper.page import Page

FORMATS = ("html", "text", "json")


def explain(page: Page, *, captured: datetime | None = None, rules: Rules | None = None) -> Explanation:
    """Why the record of a page is as it is. Raises `NotAnArticle` where there are no words to explain."""
    from scraper import extractor
    from scraper.api import DIRECTORY

    return extractor.explain(page, stations=DIRECTORY, captured=captured, rules=rules)


def work(task: tuple[Page, datetime | None, Rules | None]) -> Explanation:
    """`explain` for a worker process: page, `captured` and `rules` in one argument."""
    page, captured, rules = task
    return explain(page, captured=captured, rules=rules)


def render(told: Explanation, format_: str, *, source: str, colour: bool = False) -> str:
    """An explanation in one of `FORMATS`. `source` is how the page was named; `colour` is for text on a terminal."""
    if format_ == "html":
        from scraper.explain.html import to_html

        return to_html(told, source=source)
    if format_ == "json":
        from scraper.explain.data import to_json

        return to_json(told, source=source)
    from scraper.explain.text import to_text

    return to_text(told, source=source, colour=colour)
