"""readability-lxml: title and the story's HTML."""

import logging
from typing import Any

from readability import Document
from readability.readability import Unparseable

logging.getLogger("readability").setLevel(logging.CRITICAL)


def reader(_: str) -> Any:
    def read(page: Any) -> tuple[str, str | None]:
        document = Document(page.html, url=page.url)
        try:
            return document.summary(html_partial=True), document.short_title()
        except Unparseable:
            return "", None

    return read, lambda found: {"html": found[0], "title": found[1]}
