"""Readers of single values of config.yaml. Private to `scraper.config`.

A reader takes what YAML gave and returns the value for the struct, or raises ValueError with what was expected and
what stood there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from scraper import addresses
from scraper.durations import parse_duration

Reader = Callable[[Any], Any]

_EMAIL = r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+"
_HOST = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """A value as it stands in a message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"}"'
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f"{value}"


def nearest(word: str, words: Iterable[str]) -> str:
    """`, did you mean "…"?` where one of the words is near, else nothing.

    >>> nearest("timout", ["timeout", "delay"])
    ', did you mean "timeout"?'
    """
    close = get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return f', did you mean "{close[0]}"?' if close else ""


def _wrong(expected: str, value: object) -> ValueError:
    return ValueError(f"expected {expected}, got {shown(value)}")


def _number(value: object) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if good else None  # type: ignore[arg-type]


def seconds(low: float, high: float) -> Reader:
    """A number of seconds, or a text such as 90s, 5m, 1h30m."""

    def read(value: object) -> float:
        number = _number(value)
        if isinstance(value, str):
            try:
                number = float(value) if re.fullmatch(r"\d{1,9}", value) else parse_duration(value)
            except ValueError:
                number = None
        if number is None:
            raise _wrong("a length of time such as 20, 90s or 1h30m", value)
        if not low <= number <= high:
            raise _wrong(f"a number of seconds from {low:.12g} to {high:.12g}", value)
        return number

    return read


def whole(low: int, high: int, what: str = "a whole number") -> Reader:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wrong(what, value)
        if not low <= value <= high:
            raise _wrong(f"{what} from {low} to {high}", value)
        return value

    return read


def share(value: object) -> float:
    number = _number(value)
    if number is None or not 0 <= number <= 1:
        raise _wrong("a share from 0 to 1", value)
    return number


def switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong("true or false", value)
    return value


def one_of(words: Iterable[str]) -> Reader:
    choices = tuple(words)

    def read(value: object) -> str:
        if value not in choices:
            hint = nearest(value, choices) if isinstance(value, str) else ""
            raise ValueError(f"expected one of {', '.join(choices)}, got {shown(value)}{hint}")
        return str(value)

    return read


def contact(value: object) -> str:
    """An e-mail address or the address of a page, where a webmaster can complain."""
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(_EMAIL, text) and not addresses.split(text):
        raise _wrong("an e-mail address or the address of a page", value)
    return text


def store(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    scheme, mark, _ = text.partition("://")
    if not text or (mark and not re.fullmatch(r"(?:sqlite|postgresql)(?:\+\w+)?", scheme)):
        hint = ', did you mean "postgresql://…"?' if scheme == "postgres" else ""
        got = shown(re.sub(r":[^:@/]*@", ":***@", text) if text else value)
        raise ValueError(
            f"expected a path such as stories.db, or a database URL (sqlite or postgresql), got {got}{hint}"
        )
    return text


def path(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong("the name of a file", value)
    return value.strip()


def host(value: object) -> str:
    """A host such as bpr.org, in lower case."""
    text = value.strip().lower().rstrip(".") if isinstance(value, str) else ""
    if text and not text.isascii():
        text = addresses.host(f"https://{text}/") or ""
    if re.fullmatch(_HOST, text):
        return text
    hint = addresses.bare_host(text) or addresses.bare_host(f"https://{text}")
    raise ValueError(
        f"expected a host such as bpr.org, got {shown(value)}" + (f', did you mean "{hint}"?' if hint else "")
    )


def host_and_port(value: object) -> str:
    text = value.strip().lower() if isinstance(value, str) else ""
    parts = addresses.split(f"http://{text}") if text else None
    if parts is None or "/" in text or parts.query or parts.fragment or "@" in text:
        raise _wrong("a host with a port such as 127.0.0.1:8000", value)
    return text


def address(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if text and addresses.split(text):
        return text
    bare = re.fullmatch(rf"{_HOST}\.[a-z]{{2,}}(?:/\S*)?", text.lower())
    hint = f', did you mean "https://{text}"?' if bare else ""
    raise ValueError(f"expected an address such as https://www.example.org, got {shown(value)}{hint}")


def place(value: object) -> str:
    """A path on the station's site, or a whole address."""
    text = value.strip() if isinstance(value, str) else ""
    if (text.startswith("/") and not text.startswith("//")) or (text and addresses.split(text)):
        return text
    hint = f', did you mean "/{text}"?' if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*/?", text) else ""
    raise ValueError(f"expected a path such as /news or an address, got {shown(value)}{hint}")
