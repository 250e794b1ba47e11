"""news-please's extraction from HTML that is already there."""

from typing import Any

from newsplease import NewsPlease


def reader(_: str) -> Any:
    return lambda page: NewsPlease.from_html(page.html, url=page.url, fetch_images=False), answer


def answer(found: Any) -> dict[str, Any]:
    date = found.date_publish.isoformat() if found.date_publish else None
    return {"text": found.maintext, "title": found.title, "authors": list(found.authors or []), "date": date}
