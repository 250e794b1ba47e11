"""Goose3, with fetching of images off."""

from typing import Any

from goose3 import Goose


def reader(_: str) -> Any:
    goose = Goose({"enable_image_fetching": False, "strict": False})
    return lambda page: goose.extract(raw_html=page.html, url=page.url), answer


def answer(found: Any) -> dict[str, Any]:
    names: list[str] = []
    for name in found.authors or []:  # a list of names may be one of them
        names += name if isinstance(name, list) else [name]
    return {
        "text": found.cleaned_text,
        "title": found.title,
        "authors": names,
        "date": found.publish_date,
    }
