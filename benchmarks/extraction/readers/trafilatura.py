"""Trafilatura with metadata, as it comes or leaning to precision or recall. Comments stay apart from the text."""

from typing import Any

from trafilatura import bare_extraction


def reader(mode: str) -> Any:
    leaning = {"precision": {"favor_precision": True}, "recall": {"favor_recall": True}, "fast": {"fast": True}}
    options: dict[str, Any] = leaning.get(mode, {})
    return lambda page: bare_extraction(page.body, url=page.url, with_metadata=True, **options), answer


def answer(found: Any) -> dict[str, Any]:
    if found is None:
        return {"title": None, "authors": [], "date": None}
    names = [name.strip() for name in (found.author or "").split(";")]
    return {"text": found.text, "title": found.title, "authors": [n for n in names if n], "date": found.date}
