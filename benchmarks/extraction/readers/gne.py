"""GNE, made for news in Chinese."""

from typing import Any

from gne import GeneralNewsExtractor


def reader(_: str) -> Any:
    extractor = GeneralNewsExtractor()
    return lambda page: extractor.extract(page.html, host=page.url or ""), answer


def answer(found: Any) -> dict[str, Any]:
    return {
        "text": found["content"],
        "title": found["title"],
        "authors": [found["author"]] if found["author"] else [],
        "date": found["publish_time"].replace(" ", "T"),
    }
