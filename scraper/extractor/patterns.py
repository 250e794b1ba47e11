"""Patterns that are compiled when they are first asked for: compiling one can cost more than reading a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


def lazily(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that gives the compiled pattern, compiled once.

    >>> words = lazily(r"[a-z]+")
    >>> words().findall("one, two")
    ['one', 'two']
    """
    return cache(lambda: re.compile(pattern, flags))
