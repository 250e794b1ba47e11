"""resiliparse: the main content as plain text, with line breaks kept."""

from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree


def reader(_: str) -> Any:
    return read, lambda found: {"text": found}


def read(page: Any) -> str:
    tree = HTMLTree.parse_from_bytes(page.body, detect_encoding(page.body))
    return extract_plain_text(tree, main_content=True, alt_texts=False)
