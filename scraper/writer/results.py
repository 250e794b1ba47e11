"""What the store is told and what it tells: plain structs, free of the database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence, Set
from typing import Any, Literal, NamedTuple

import msgspec

from scraper import addresses
from scraper.article import Article
from scraper.page import Page
from scraper.writer.measure import Measure

Outcome = Literal["new", "updated", "unchanged"]
"""What writing a record came to."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An address that discovery came upon.

    `source` is where (a feed, a sitemap, a section page); `published` and `modified` are what that source says of it,
    RFC 3339. `doubted` is a change that was told of but is not believed: it is remembered, and leads to no visit.
    `host` is the station that it is queued under, where that is not the host of the address.
    """

    url: str
    source: str | None = None
    published: str | None = None
    modified: str | None = None
    doubted: str | None = None
    host: str | None = None

    @property
    def lastmod(self) -> str | None:
        """The last change that was told of, believed or not."""
        return max(self.modified or "", self.doubted or "") or None


class Added(NamedTuple):
    """The keys of pages that are new in the queue, and of those due again since they have changed."""

    new: list[str]
    changed: list[str]


class Learned(NamedTuple):
    """What is to be remembered of a station's sources. `states` is called with the keys of the pages that are news, new
    or changed: how often a source is asked depends on them.
    """

    station: str
    states: Callable[[Set[str]], Sequence[msgspec.Struct]]


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A page to fetch now, leased to one run. `etag` and `last_modified` are of the version that is stored.

    `whole`: they are not to be sent, for they were found to lie, or a source tells of a change after the last visit, or
    no story is stored, so that there is nothing to be left unchanged.
    """

    key: str
    url: str
    host: str
    source: str | None
    published: str | None
    attempts: int
    etag: str | None
    last_modified: str | None
    first_seen: str | None = None
    whole: bool = False


class Validators(NamedTuple):
    """What the server gave to recognise a version by, verbatim."""

    etag: str | None
    last_modified: str | None


class PageResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of fetching one page.

    `url` is the address as it was queued, `fetched_at` RFC 3339 in UTC (null: now). `next_try_at` (seconds since the
    epoch) is when the site wants to be asked again, or when a page that went well is to be looked at again; null leaves
    it to the schedule of failures, or means never. `error` is one line for people. `measure` is what the page was like,
    counted in together with it.
    """

    url: str
    final_url: str | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_sha256: str | None = None
    fetched_at: str | None = None
    page_type: str | None = None
    error: str | None = None
    next_try_at: float | None = None
    measure: Measure | None = None

    @property
    def key(self) -> str:
        """What names the page in the store: see `scraper.addresses.key`."""
        return addresses.key(self.url)

    @classmethod
    def of(cls, page: Page, **more: Any) -> PageResult:
        """The result of a page that was fetched; keywords fill or replace fields.

        Raises ValueError for a page without an address.
        """
        if page.url is None:
            raise ValueError("a page without an address has no place in the store")
        values: dict[str, Any] = {
            "url": page.url,
            "final_url": page.final_url,
            "status": page.status,
            "etag": page.headers.get("etag"),
            "last_modified": page.headers.get("last-modified"),
            "content_sha256": hashlib.sha256(page.body).hexdigest(),
            "fetched_at": page.fetched_at,
        }
        return cls(**(values | more))


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A record and what the store knows of it beside.

    `revision` counts from 1; `first_seen`, `last_seen` (fetched), `changed_at` and `gone_at` are RFC 3339 in UTC.
    """

    article: Article
    host: str
    revision: int
    first_seen: str
    last_seen: str
    changed_at: str
    gone_at: str | None
