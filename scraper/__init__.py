"""public-radio-scraper: a page of a public-radio site goes in, a clean record comes out.

    from scraper import extract, fetch

    article = extract(html, url="https://www.bpr.org/…")
    article = fetch("https://www.bpr.org/…")

Names are imported when first used, so that ``import scraper`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.__about__ import __version__ as __version__

if TYPE_CHECKING:
    from scraper.api import extract as extract
    from scraper.api import fetch as fetch
    from scraper.article import Article as Article
    from scraper.errors import NotAnArticle as NotAnArticle

_HOMES = {
    "Article": "scraper.article",
    "NotAnArticle": "scraper.errors",
    "extract": "scraper.api",
    "fetch": "scraper.api",
}
__all__ = ["Article", "NotAnArticle", "__version__", "extract", "fetch"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
