"""Sources asked for one after another; hosts that are down or want rest are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scraper import addresses
from scraper.errors import ScraperError, TryLater, Unavailable
from scraper.page import Page

Get = Callable[[str, str, str | None, str | None], Page]
"""Fetches an address; the second argument is feed, sitemap or page. The others are the ETag and the Last-Modified of
the version known (null: read it whole), for which a page of status 304 may come back. Raises `ScraperError`."""

_SILENT_ANSWERS = 2
"""After so many requests without an answer in a row a host is left alone for the rest of the discovery."""


class Answer(NamedTuple):
    """A page, or one line on why there is none. `asked` is false where that is no fault of the source: its host is down
    or wants rest.
    """

    page: Page | None
    error: str | None = None
    status: int | None = None
    asked: bool = True


class Asking:
    """Asks for sources with `get`, and remembers for one discovery which hosts are to be left alone."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self._silent: dict[str, int] = {}
        self._resting: dict[str, str] = {}

    def ask(self, url: str, kind: str, etag: str | None, last_modified: str | None) -> Answer:
        """The answer of one source."""
        host = addresses.host(url) or ""
        if host in self._resting:
            return Answer(None, f"not asked: {self._resting[host]}", asked=False)
        try:
            page = self._get(url, kind, etag, last_modified)
        except ScraperError as error:
            line = next(iter(str(error).splitlines()), "") or type(error).__name__
            status = error.status if isinstance(error, Unavailable) else None
            silent = isinstance(error, Unavailable) and status is None
            self._silent[host] = self._silent.get(host, 0) + 1 if silent else 0
            if isinstance(error, TryLater) or self._silent[host] >= _SILENT_ANSWERS:
                self._resting[host] = line
            return Answer(None, line, status, asked=not isinstance(error, TryLater))
        self._silent[host] = 0
        return Answer(page)
