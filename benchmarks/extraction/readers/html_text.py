"""html-text: all of the page's visible text. The floor: what no extraction at all gives."""

from typing import Any

from html_text import extract_text


def reader(_: str) -> Any:
    return lambda page: extract_text(page.html), lambda found: {"text": found}
