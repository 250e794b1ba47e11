"""Inscriptis: all of the page's text as a browser lays it out. A floor as well."""

from typing import Any

from inscriptis import get_text


def reader(_: str) -> Any:
    return lambda page: get_text(page.html), lambda found: {"text": found}
