"""What the discoverer's modules speak of: items as sources list them, addresses as the union holds them, reports."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from scraper import addresses

MINUTE = 60.0
HOUR = 60 * MINUTE

FIRST = 1 * HOUR
"""The interval between polls that a source begins with: a daily pass asks each time, one every ten minutes does not."""


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
    `lastmods` has the lastmod of each source that gave one, `lastmod` the latest of them.
    `foreign`: on a host of somebody else, as in a statewide pool.
    """

    url: str
    key: str
    sources: tuple[str, ...]
    published: str | None = None
    title: str | None = None
    lastmod: str | None = None
    lastmods: tuple[tuple[str, str], ...] = ()
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
    absence means nothing. `status` is the HTTP status of the answer where one was had: 304 says that nothing has
    changed since the last time. `skipped`: it was not asked, since its next poll (`next_poll`, RFC 3339) has not come;
    then `error` is what it said last.
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
    skipped: bool = False
    next_poll: str | None = None


class Child(NamedTuple):
    """A source that another one leads to: a file of an index, a feed or a section that a home page names."""

    url: str
    kind: str


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one source of one station. Times are seconds since the epoch.

    `etag`, `last_modified` (verbatim), `sha256` (of the body), `listed` (of what it lists), `newest` (RFC 3339) and
    `children` are of the answer last read whole, at `read_at`; `unchanged` counts the answers since then that said
    that nothing had changed, the last of them at `unchanged_at`. `next_poll_at` null: at the next pass. `failures` in
    a row end with `error`. `lying`: its validators were found to lie.
    """

    url: str
    kind: str
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    listed: str | None = None
    newest: str | None = None
    children: tuple[Child, ...] = ()
    asked_at: float | None = None
    read_at: float | None = None
    unchanged_at: float | None = None
    unchanged: int = 0
    next_poll_at: float | None = None
    interval: float = FIRST
    failures: int = 0
    lying: bool = False
    status: int | None = None
    error: str | None = None


class Version(NamedTuple):
    """One version of a source, read whole."""

    etag: str | None
    last_modified: str | None
    sha256: str
    listed: str
    newest: str | None
    children: tuple[Child, ...]


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking a source once, at `at`: a `version`, an `error`, neither (nothing has changed), or an answer
    that was not read to its end (`part`). `missing`: there is no such source there. `before` is what was known.
    """

    url: str
    kind: str
    default: bool
    at: float
    before: SourceState | None = None
    status: int | None = None
    version: Version | None = None
    part: bool = False
    error: str | None = None
    missing: bool = False


class Discovery(msgspec.Struct, frozen=True, kw_only=True):
    """All addresses that the sources of one station list, newest first, and how each source was read.

    `polls` has what is to be remembered of the sources that were asked, once what they list is safe.
    """

    found: list[Found]
    sources: list[SourceReport]
    polls: list[Poll] = []

    @property
    def failed(self) -> bool:
        """Whether no source at all could be read."""
        return all(source.error for source in self.sources)
