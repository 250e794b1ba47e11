"""What the discoverer's modules speak of: items as sources list them, addresses as the union holds them, reports."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from scraper import addresses


class Limits(NamedTuple):
    """Bounds on what a source may cost, however it was made. Bytes are of the decoded text.

    `sitemaps` counts the files read for one station, `depth` indexes inside indexes; `newest` is how many files of an
    index are read where nobody asked for older stories; `sections` how many section pages are followed from the home
    page of a platform whose address grammar is known.
    """

    feed_bytes: int = 10 * 1024 * 1024
    feed_items: int = 2000
    sitemap_bytes: int = 50 * 1024 * 1024
    sitemap_items: int = 50_000
    sitemaps: int = 500
    depth: int = 3
    newest: int = 2
    page_links: int = 5000
    sections: int = 3
    url_length: int = 2048
    found: int = 200_000


class Item(NamedTuple):
    """One entry of a source. Times are RFC 3339 in UTC, or a day; `news` marks an entry of a news sitemap."""

    url: str
    published: str | None = None
    title: str | None = None
    lastmod: str | None = None
    news: bool = False

    @property
    def day(self) -> str | None:
        """The best guess at when it was published."""
        return self.published or addresses.date_in(self.url) or self.lastmod


class Listing(NamedTuple):
    """What a source was read to: its items, the sitemaps that an index names, and whether a part is missing."""

    items: list[Item]
    children: list[Item]
    partial: str | None = None
    """Why a part is missing, in one plain line."""


class UnreadableError(ValueError):
    """The answer is no such source at all. The message is one plain line."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One address to fetch, as it was given first. `key` is its identity, `sources` where it was listed.

    `published`, `title` and `lastmod` are the sources' words, to sort and to show by; the page has the last word.
    `foreign`: on a host of somebody else, as in a statewide pool.
    """

    url: str
    key: str
    sources: tuple[str, ...]
    published: str | None = None
    title: str | None = None
    lastmod: str | None = None
    foreign: bool = False

    @property
    def day(self) -> str | None:
        """When it was published, as far as anybody told: RFC 3339 or a day."""
        return self.published or addresses.date_in(self.url) or self.lastmod


class SourceReport(msgspec.Struct, frozen=True, kw_only=True):
    """How one source was read. `kind` is feed, sitemap or page.

    `entries` counts what it lists, `kept` what of it may be a story inside the dates asked for. No entries is normal:
    Grove's /index.rss is often an empty stub and a news sitemap holds two days. `error` is one plain line, `partial`
    the same where a part was read. `newest` is the latest date it lists. `default`: nobody configured it, so that its
    absence means nothing. `status` is the HTTP status of the answer where one was had.
    """

    url: str
    kind: str
    entries: int = 0
    kept: int = 0
    error: str | None = None
    partial: str | None = None
    newest: str | None = None
    default: bool = False
    status: int | None = None


class Discovery(msgspec.Struct, frozen=True, kw_only=True):
    """All addresses that the sources of one station list, newest first, and how each source was read."""

    found: list[Found]
    sources: list[SourceReport]

    @property
    def failed(self) -> bool:
        """Whether no source at all could be read."""
        return all(source.error for source in self.sources)
