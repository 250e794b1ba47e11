"""breadability: the story's HTML."""

import logging
from typing import Any

from breadability.readable import Article

logging.disable(logging.CRITICAL)


def reader(_: str) -> Any:
    return lambda page: Article(page.html, url=page.url).readable, lambda found: {"html": found}
