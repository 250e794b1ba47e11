"""readability-python, a port of Mozilla's Readability by way of Go."""

from typing import Any

from readability import Readability


def reader(_: str) -> Any:
    return lambda page: Readability().parse(page.html, url=page.url), answer


def answer(found: Any) -> dict[str, Any]:
    article = found[0] if isinstance(found, tuple) else found
    if article is None:
        return {"title": None, "authors": [], "date": None}
    date = article.published_time
    return {
        "html": article.content or "",
        "title": article.title,
        "authors": [article.byline] if article.byline else [],
        "date": date.isoformat() if date else None,
    }
