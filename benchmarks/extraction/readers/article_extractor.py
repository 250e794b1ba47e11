"""article-extractor, in Python alone."""

from typing import Any

from article_extractor import extract_article


def reader(_: str) -> Any:
    return lambda page: extract_article(page.body, page.url or ""), answer


def answer(found: Any) -> dict[str, Any]:
    return {
        "html": found.content if found.success else "",
        "title": found.title,
        "authors": [found.author] if found.author else [],
        "date": found.date_published,
    }
