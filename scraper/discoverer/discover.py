"""Discovery for one station: its sources read one after another, what they list united."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from scraper import addresses
from scraper.config import StationSettings
from scraper.discoverer import polling
from scraper.discoverer.asking import Answer, Asking, Get
from scraper.discoverer.model import (
    Child,
    Discovery,
    Item,
    Limits,
    Listing,
    Poll,
    SourceReport,
    SourceState,
    UnreadableError,
)
from scraper.discoverer.plan import Source, choose, lists_stories, sources
from scraper.discoverer.union import Union
from scraper.discoverer.when import at
from scraper.page import Page


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
    memory: Iterable[SourceState] = (),
    clock: Callable[[], float] = time.time,
) -> Discovery:
    """The stories that a station's sources list.

    `platform` is the station's template where the settings do not say it, `hosts` the licensee's other hosts,
    `robots_sitemaps` what its robots.txt names (on any host). Without dates the newest stories are looked for; with
    `since` or `until` (both inclusive) the archives are read too, as far as their files reach into those days.

    `memory` is what `scraper.discoverer.polling` made of the polls of earlier discoveries: then sources that are not
    due are skipped, and the others asked whether they have changed. With dates every source is read whole, and none of
    it is to be remembered, since a part of what was listed is not kept.

    A source that fails is told of in its report and stops nothing else; errors that are not the package's own are
    raised.
    """
    limits = limits or Limits()
    union = Union((station.host, addresses.host(station.url) or "", *hosts), since, until, limits)
    found = sources(station, station.platform or platform, robots_sitemaps, backfill=bool(since or until))
    known = {addresses.key(state.url): state for state in memory}
    pass_ = _Pass(
        get,
        union,
        limits,
        dates=(since, until),
        memory=known,
        clock=clock,
        follow=not station.sections,
        feeds=not any(source.kind == "feed" for source in found),
    )
    for source in found:
        if not pass_.seen(source.url):
            pass_.read(source)
    return Discovery(found=union.newest_first(), sources=pass_.reports, polls=pass_.polls)


class _Pass:
    """What one discovery has read so far. `follow`: a home page leads to the sections of its stories, `feeds`: to the
    feeds that it names.
    """

    def __init__(
        self,
        get: Get,
        union: Union,
        limits: Limits,
        *,
        dates: tuple[date | None, date | None],
        memory: Mapping[str, SourceState],
        clock: Callable[[], float],
        follow: bool,
        feeds: bool,
    ) -> None:
        self.reports: list[SourceReport] = []
        self.polls: list[Poll] = []
        self._asking = Asking(get)
        self._union = union
        self._dates = dates
        self._limits = limits
        self._memory = memory
        self._clock = clock
        self._follow = follow
        self._feeds = feeds
        self._seen: set[str] = set()
        self._sitemaps = 0

    def seen(self, url: str) -> bool:
        return addresses.key(url) in self._seen

    def read(self, source: Source, *, depth: int = 0, told: str | None = None) -> None:
        """Reads a source and what it leads to: the files of an index; from a home page its feeds and the sections of
        its stories. `told` is when it changed last, as an index says.
        """
        self._seen.add(addresses.key(source.url))
        self._sitemaps += source.kind == "sitemap"
        before, now = self._before(source), self._clock()
        if before is not None and not polling.due(before, default=source.default, now=now, told=told):
            self._skip(source, before)
            self._go_on(source, before.children, depth)
            return
        etag, last_modified = polling.validators(before, now=now, told=told)
        answer = self._asking.ask(source.url, source.kind, etag, last_modified)
        poll = Poll(url=source.url, kind=source.kind, default=source.default, at=now, before=before)
        if answer.page is None:
            self._failed(source, poll, answer)
        elif answer.page.status == 304:
            self._unchanged(source, poll, conditional=bool(etag or last_modified), depth=depth)
        else:
            self._read(source, poll, answer.page, depth)

    def _before(self, source: Source) -> SourceState | None:
        known = None if any(self._dates) else self._memory.get(addresses.key(source.url))
        return known if known is not None and known.kind == source.kind else None

    def _skip(self, source: Source, before: SourceState) -> None:
        again = None if before.next_poll_at is None else at(before.next_poll_at)
        self._report(source, error=before.error, status=before.status, skipped=True, next_poll=again)

    def _failed(self, source: Source, poll: Poll, answer: Answer, *, missing: bool = False) -> None:
        missing = missing or answer.status in polling.DEAD_STATUSES
        if answer.asked:
            self._remember(poll, status=answer.status, error=answer.error, missing=missing)
        self._report(source, error=answer.error, status=answer.status)

    def _unchanged(self, source: Source, poll: Poll, *, conditional: bool, depth: int) -> None:
        if not conditional:
            self._failed(source, poll, Answer(None, "it answers 304, although the whole was asked for", 304))
            return
        self._remember(poll, status=304)
        self._report(source, status=304)
        self._go_on(source, poll.before.children if poll.before else (), depth)

    def _read(self, source: Source, poll: Poll, page: Page, depth: int) -> None:
        try:
            listing = self._parse(source, page)
        except UnreadableError as unreadable:
            self._failed(source, poll, Answer(None, str(unreadable), page.status), missing=True)
            return
        children, left = self._children(source, page, listing)
        kept = self._keep(source, listing.items)
        partial = listing.partial or ("the answer was cut" if page.truncated else None)
        if left:
            partial = f"names {left} more sitemaps than are read"
        elif self._union.full:
            partial = f"more than {self._limits.found} stories, the rest was not kept"
        version = None if partial else polling.version(page.body, page.headers, listing, children)
        self._remember(poll, status=page.status, version=version, part=partial is not None)
        self._report(source, listing, kept=kept, partial=partial, status=page.status)
        self._go_on(source, children, depth, {item.url: item.lastmod for item in listing.children})

    def _remember(self, poll: Poll, **values: object) -> None:
        import msgspec

        if not any(self._dates):
            self.polls.append(msgspec.structs.replace(poll, **values))

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
        because somebody configured them. Addresses of other hosts count where a feed lists them (a pool of several
        stations), or a sitemap that somebody configured: a sitemap speaks for its own site (sitemaps.org).
        """
        certain = source.kind == "feed" or (
            source.kind == "sitemap" and (not source.default or lists_stories(source.url))
        )
        foreign = source.kind == "feed" or (source.kind == "sitemap" and not source.default)
        return sum(self._union.add(item, source.url, certain=certain or item.news, foreign=foreign) for item in items)

    def _children(self, source: Source, page: Page, listing: Listing) -> tuple[list[Child], int]:
        """What a source leads to, and how many files of an index were left out."""
        if source.home:
            return self._leads(page, listing), 0
        if not listing.children:
            return [], 0
        left = max(self._limits.sitemaps - self._sitemaps, 0)
        known = [child for child in listing.children if len(child.url) <= self._limits.url_length]
        urls, out = choose(known, *self._dates, newest=self._limits.newest, most=left)
        return [Child(url, "sitemap") for url in urls], out

    def _leads(self, page: Page, listing: Listing) -> list[Child]:
        from scraper.discoverer.links import feeds_of, sections_of

        own = [item.url for item in listing.items if self._union.is_own(item.url)]
        feeds = [Child(url, "feed") for url in feeds_of(page)[: self._limits.sections]]
        return feeds + [Child(url, "page") for url in sections_of(own, self._limits.sections)]

    def _go_on(
        self, source: Source, children: Iterable[Child], depth: int, told: Mapping[str, str | None] | None = None
    ) -> None:
        """Reads what a source leads to, now or when it was last read whole: an index that has not changed may name
        files that have.
        """
        wanted = {"sitemap": not source.home, "feed": source.home and self._feeds, "page": source.home and self._follow}
        for url, kind in children:
            if not wanted.get(kind) or self.seen(url):
                continue
            if kind == "sitemap":
                self._read_file(source._replace(url=url), depth + 1, (told or {}).get(url))
            else:
                self.read(Source(url, kind, True))

    def _read_file(self, source: Source, depth: int, told: str | None) -> None:
        if depth > self._limits.depth:
            self._report(source, error=f"an index inside {depth} others is not read")
        elif self._sitemaps < self._limits.sitemaps and addresses.split(source.url):
            self.read(source, depth=depth, told=told)

    def _report(
        self,
        source: Source,
        listing: Listing | None = None,
        *,
        kept: int = 0,
        error: str | None = None,
        partial: str | None = None,
        status: int | None = None,
        skipped: bool = False,
        next_poll: str | None = None,
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
                skipped=skipped,
                next_poll=next_poll,
            )
        )
