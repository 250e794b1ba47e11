"""Parsing alone, with the parser that this package uses: what no extractor on it can go below."""

from typing import Any

from selectolax.lexbor import LexborHTMLParser


def reader(_: str) -> Any:
    return lambda page: LexborHTMLParser(page.body), lambda _: {}
