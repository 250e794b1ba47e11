"""Discovery for one station: its sources read one after another, what they list united."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from scraper import addresses
from scraper.config import StationSettings
from scraper.discoverer.model import Discovery, Item, Limits, Listing, SourceReport, UnreadableError
from scraper.discoverer.plan import Source, choose, lists_stories, sources
from scraper.discoverer.union import Union
from scraper.errors import ScraperError, TryLater, Unavailable
from scraper.page import Page

Get = Callable[[str, str], Page]
"""Fetches an address; the second argument is feed, sitemap or page. Raises `scraper.errors.ScraperError`."""

_SILENT_ANSWERS = 2
"""After so many requests without an answer in a row a host is left alone for the rest of the discovery."""


def discover(
    station: StationSettings,
    get: Get,
    *,
    platform: str | None = None,
    hosts: Iterable[str] = (),
    robots_sitemaps: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    limits: Limits | None = None,
) -> Discovery:
    """The stories that a station's sources list.

    `platform` is the station's template where the settings do not say it, `hosts` the licensee's other hosts,
    `robots_sitemaps` what its robots.txt names (on any host). Without dates the newest stories are looked for; with
    `since` or `until` (both inclusive) the archives are read too, as far as their files reach into those days.

    A source that fails is told of in its report and stops nothing else; errors that are not the package's own are
    raised.
    """
    limits = limits or Limits()
    union = Union((station.host, addresses.host(station.url) or "", *hosts), since, until, limits)
    pass_ = _Pass(get, union, since, until, limits)
    found = sources(station, station.platform or platform, robots_sitemaps, backfill=bool(since or until))
    for source in found:
        if not pass_.seen(source.url):
            pass_.read(source, follow=not station.sections, feeds=not any(other.kind == "feed" for other in found))
    return Discovery(found=union.newest_first(), sources=pass_.reports)


class _Pass:
    """What one discovery has read so far."""

    def __init__(self, get: Get, union: Union, since: date | None, until: date | None, limits: Limits) -> None:
        self.reports: list[SourceReport] = []
        self._get = get
        self._union = union
        self._since = since
        self._until = until
        self._limits = limits
        self._seen: set[str] = set()
        self._sitemaps = 0
        self._silent: dict[str, int] = {}
        self._resting: dict[str, str] = {}

    def seen(self, url: str) -> bool:
        return addresses.key(url) in self._seen

    def read(self, source: Source, *, follow: bool = False, feeds: bool = False, depth: int = 0) -> None:
        """Reads a source and what it leads to: the files of an index; from a home page its feeds (`feeds`) and the
        sections of its stories (`follow`).
        """
        self._seen.add(addresses.key(source.url))
        self._sitemaps += source.kind == "sitemap"
        page, error = self._fetch(source)
        if page is None:
            self._report(source, error=error)
            return
        if page.status == 304:
            self._report(source, status=304)
            return
        try:
            listing = self._parse(source, page)
        except UnreadableError as unreadable:
            self._report(source, error=str(unreadable), status=page.status)
            return
        wanted, left = self._children(listing)
        kept = self._keep(source, listing.items)
        partial = listing.partial or ("the answer was cut" if page.truncated else None)
        if left:
            partial = f"names {left} more sitemaps than are read"
        elif self._union.full:
            partial = f"more than {self._limits.found} stories, the rest was not kept"
        self._report(source, listing, kept=kept, partial=partial, status=page.status)
        for url in wanted:
            if not self.seen(url):
                self._read_child(source._replace(url=url), depth + 1)
        if source.home:
            self._lead_on(page, listing, follow=follow, feeds=feeds)

    def _fetch(self, source: Source) -> tuple[Page | None, str | None]:
        """The answer, or one line on why there is none. A host that is down or asks for rest is asked no more."""
        host = addresses.host(source.url) or ""
        if host in self._resting:
            return None, f"not asked: {self._resting[host]}"
        try:
            page = self._get(source.url, source.kind)
        except ScraperError as error:
            line = next(iter(str(error).splitlines()), "") or type(error).__name__
            silent = isinstance(error, Unavailable) and error.status is None
            self._silent[host] = self._silent.get(host, 0) + 1 if silent else 0
            if isinstance(error, TryLater) or self._silent[host] >= _SILENT_ANSWERS:
                self._resting[host] = line
            return None, line
        self._silent[host] = 0
        return page, None

    def _parse(self, source: Source, page: Page) -> Listing:
        url = page.final_url or page.url or source.url
        if source.kind == "feed":
            from scraper.discoverer.feeds import parse_feed

            return parse_feed(page.body, url=url, content_type=page.headers.get("content-type"), limits=self._limits)
        if source.kind == "sitemap":
            from scraper.discoverer.sitemaps import parse_sitemap

            return parse_sitemap(page.body, url=url, limits=self._limits)
        from scraper.discoverer.links import parse_page

        return parse_page(page, self._limits)

    def _keep(self, source: Source, items: Sequence[Item]) -> int:
        """How many items may be stories. Feeds list stories; so do sitemaps by their name, their news entries, or
        because somebody configured them. Links of a page count on the station's own hosts alone.
        """
        certain = source.kind == "feed" or (
            source.kind == "sitemap" and (not source.default or lists_stories(source.url))
        )
        return sum(
            self._union.add(item, source.url, certain=certain or item.news, foreign=source.kind != "page")
            for item in items
        )

    def _children(self, listing: Listing) -> tuple[list[str], int]:
        if not listing.children:
            return [], 0
        left = max(self._limits.sitemaps - self._sitemaps, 0)
        children = [child for child in listing.children if len(child.url) <= self._limits.url_length]
        return choose(children, self._since, self._until, newest=self._limits.newest, most=left)

    def _read_child(self, source: Source, depth: int) -> None:
        if depth > self._limits.depth:
            self._report(source, error=f"an index inside {depth} others is not read")
        elif self._sitemaps < self._limits.sitemaps and addresses.split(source.url):
            self.read(source, depth=depth)

    def _lead_on(self, page: Page, listing: Listing, *, follow: bool, feeds: bool) -> None:
        from scraper.discoverer.links import feeds_of, sections_of

        own = [item.url for item in listing.items if self._union.is_own(item.url)]
        found = [Source(url, "feed", True) for url in feeds_of(page)[: self._limits.sections]] if feeds else []
        if follow:
            found += [Source(url, "page", True) for url in sections_of(own, self._limits.sections)]
        for another in found:
            if not self.seen(another.url):
                self.read(another)

    def _report(
        self,
        source: Source,
        listing: Listing | None = None,
        *,
        kept: int = 0,
        error: str | None = None,
        partial: str | None = None,
        status: int | None = None,
    ) -> None:
        items = [*listing.items, *listing.children] if listing else []
        self.reports.append(
            SourceReport(
                url=source.url,
                kind=source.kind,
                entries=len(items),
                kept=kept,
                error=error,
                partial=partial,
                newest=max((item.day for item in items if item.day), default=None),
                default=source.default,
                status=status,
            )
        )
