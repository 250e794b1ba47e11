"""Newspaper4k, with fetching of images off."""

from typing import Any

from newspaper import Article


def reader(_: str) -> Any:
    return read, answer


def read(page: Any) -> Any:
    article = Article(page.url or "https://unknown.example/", fetch_images=False)
    article.download(input_html=page.html)
    article.parse()
    return article


def answer(found: Any) -> dict[str, Any]:
    date = found.publish_date.isoformat() if hasattr(found.publish_date, "isoformat") else found.publish_date
    return {"text": found.text, "title": found.title, "authors": list(found.authors), "date": date or None}
