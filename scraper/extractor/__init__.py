"""Pages to records. `read` gives the record of any page; `extract` only that of a story; `explain` says why it is so.

The room knows nobody but the ground (article, page, addresses, errors): the directory of stations, what was learned
about a host, and the day a page was saved are handed in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from scraper.errors import NotAnArticle
from scraper.page import Page

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.extractor.explanation import Explanation
    from scraper.extractor.rights import Directory
    from scraper.extractor.rules import Rules

_BINARY = {
    "empty": "it is empty",
    "pdf": "it is a PDF file",
    "image": "it is a picture",
    "audio": "it is an audio file",
    "media": "it is an audio or video file",
    "archive": "it is a compressed archive",
    "binary": "it is binary data, neither HTML nor text",
    "feed": "it is an XML feed or sitemap",
}


def read(
    page: Page, *, stations: Directory | None = None, captured: datetime | None = None, rules: Rules | None = None
) -> Article:
    """The record of a page, whatever its type. `rules` are what is known beyond the package's own.

    Raises `NotAnArticle` where there is nothing to read (empty, binary, no words at all).
    """
    _refuse_binary(page)
    from scraper.extractor.rules import NONE

    if page.kind == "text":
        from scraper.extractor.plain import read as read_text

        return read_text(page, stations=stations, captured=captured, rules=rules or NONE)
    from scraper.extractor.bounds import check, deep_reading
    from scraper.extractor.reader import read as read_html

    check(page.body)
    with deep_reading():
        return read_html(page, stations=stations, captured=captured, rules=rules or NONE)


def extract(
    page: Page, *, stations: Directory | None = None, captured: datetime | None = None, rules: Rules | None = None
) -> Article:
    """The record of a story. Raises `NotAnArticle`, with the page's type and the reason, for everything else."""
    article = read(page, stations=stations, captured=captured, rules=rules)
    if not article.is_story:
        raise NotAnArticle(article.page_type, REASONS.get(article.page_type, "nothing marks it as a story"))
    return article


def explain(
    page: Page, *, stations: Directory | None = None, captured: datetime | None = None, rules: Rules | None = None
) -> Explanation:
    """Why the record of a page is as it is: every visible word with what became of it. For people: it costs several times
    a reading.

    Raises `NotAnArticle` where there are no words to explain.
    """
    from scraper.extractor import explanation as explaining
    from scraper.extractor.bounds import check, deep_reading
    from scraper.extractor.rules import NONE

    _refuse_binary(page)
    if page.kind == "text":
        return explaining.explain_text(page, stations, captured, rules or NONE)
    check(page.body)
    with deep_reading():
        return explaining.explain_html(page, stations, captured, rules or NONE)


def _refuse_binary(page: Page) -> None:
    reason = _BINARY.get(page.kind)
    if reason:
        raise NotAnArticle("other", reason)


REASONS = {
    "event": "it announces an event",
    "list": "it lists other stories",
    "person": "it presents a person",
    "consent": "it asks for consent to cookies; the story is behind it",
    "error": "it reports an error in place of a story",
    "other": "nothing marks it as a story",
}
