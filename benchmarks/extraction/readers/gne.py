"""GNE, made for news in Chinese."""

from typing import Any

from gne import GeneralNewsExtractor
from gne.exceptions import NoContentException


def reader(_: str) -> Any:
    extractor = GeneralNewsExtractor()

    def read(page: Any) -> Any:
        try:
            return extractor.extract(page.html, host=page.url or "")
        except NoContentException:
            return {"content": "", "title": None, "author": None, "publish_time": ""}

    return read, answer


def answer(found: Any) -> dict[str, Any]:
    return {
        "text": found["content"],
        "title": found["title"],
        "authors": [found["author"]] if found["author"] else [],
        "date": found["publish_time"].replace(" ", "T"),
    }
