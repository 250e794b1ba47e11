"""jusText with the stop words of the language that the page declares, else English."""

import re
from typing import Any

from justext import get_stoplist, justext

_LANGUAGE = re.compile(r"""<html\b[^>]*\blang=["']?([a-z]{2})""", re.I)
_LISTS = {"en": "English", "es": "Spanish", "de": "German", "fr": "French", "ru": "Russian"}


def reader(_: str) -> Any:
    lists = {code: get_stoplist(name) for code, name in _LISTS.items()}

    def read(page: Any) -> str:
        declared = _LANGUAGE.search(page.html)
        words = lists.get(declared[1].lower() if declared else "en", lists["en"])
        return "\n".join(part.text for part in justext(page.html, words) if not part.is_boilerplate)

    return read, lambda found: {"text": found}
