"""turbohtml's article, and its date of first publication."""

from typing import Any

from turbohtml import parse


def reader(_: str) -> Any:
    return lambda page: parse(page.body).article(), answer


def answer(found: Any) -> dict[str, Any]:
    date = found.date
    return {
        "text": found.text,
        "title": found.title,
        "authors": [found.byline] if found.byline else [],
        "date": date.isoformat() if hasattr(date, "isoformat") else date,
    }
