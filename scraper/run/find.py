"""What a station has, as its sources tell: robots.txt asked first, then the discoverer; and what of it is queued."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date
from typing import TYPE_CHECKING

from scraper.errors import ConfigError, ScraperError, TryLater
from scraper.run.lastmods import Noise, believed, noisy
from scraper.run.site import Site
from scraper.run.summary import Summary
from scraper.writer.results import Found, Learned

if TYPE_CHECKING:
    from scraper.discoverer import Discovery, SourceReport, SourceState
    from scraper.fetcher import Fetcher
    from scraper.page import Page
    from scraper.writer.archive import Archive

log = logging.getLogger("scraper.run")


def find(
    site: Site,
    fetcher: Fetcher,
    summary: Summary,
    *,
    halted: Callable[[], bool],
    since: date | None = None,
    until: date | None = None,
    archive: Archive | None = None,
    clock: Callable[[], float] = time.time,
) -> Discovery | None:
    """The stories that a station lists; None where it may not or cannot be asked at all. Nothing is written.

    `archive` knows which sources are due and what they said last; without it all are read whole. Sources that cannot be
    read are noted in the summary; those that nobody configured, only when there is no other.
    """
    try:
        discovery = look(site, fetcher, since=since, until=until, archive=archive, clock=clock)
    except ConfigError:
        raise
    except ScraperError as error:
        if not halted():
            summary.trouble(site.host, " ".join(str(error).split()), unreachable=not isinstance(error, TryLater))
        return None
    if not halted():
        _note(site, discovery, summary)
    return discovery


def look(
    site: Site,
    fetcher: Fetcher,
    *,
    since: date | None = None,
    until: date | None = None,
    archive: Archive | None = None,
    clock: Callable[[], float] = time.time,
) -> Discovery:
    """As `find`; raises `ScraperError` where the station may not or cannot be asked at all."""
    from scraper.discoverer import SourceState, discover

    return discover(
        site.settings,
        _getting(fetcher),
        platform=site.platform,
        hosts=site.hosts,
        robots_sitemaps=fetcher.robots(site.url).sitemaps,
        since=since,
        until=until,
        memory=archive.sources(site.host, SourceState) if archive is not None else (),
        clock=clock,
    )


def queue(site: Site, discovery: Discovery, archive: Archive, summary: Summary, *, now: float) -> int:
    """Queues what was found, and remembers the sources together with it. Returns the number of new pages."""
    from scraper.discoverer import settle

    told = archive.known_until(found.url for found in discovery.found if found.lastmod)
    noise = noisy(discovery.found, told, now)
    for source, what in noise.items():
        summary.trouble(site.host, f"{source}: {what}")

    def states(news: Set[str]) -> list[SourceState]:
        settled = settle(discovery, news)
        for poll, state in zip(discovery.polls, settled, strict=True):
            if state.lying and not (poll.before and poll.before.lying):
                log.info("%s: its validators do not tell of changes; it is read whole from now on", poll.url)
        return settled

    learned = Learned(site.host, states) if discovery.polls else None
    return archive.add_found(_to_queue(site, discovery, noise, now), learned)


def _to_queue(site: Site, discovery: Discovery, noise: Mapping[str, Noise], now: float) -> Iterator[Found]:
    for found in discovery.found:
        modified, doubted = believed(found, noise, now)
        yield Found(
            url=found.url,
            source=found.sources[0],
            published=found.published,
            modified=modified,
            doubted=doubted,
            host=site.host,
        )


def _getting(fetcher: Fetcher) -> Callable[[str, str, str | None, str | None], Page]:
    from scraper.fetcher import Validators

    def get(url: str, kind: str, etag: str | None, last_modified: str | None) -> Page:
        return fetcher.fetch(url, accept=kind, validators=Validators(etag=etag, last_modified=last_modified))

    return get


def _note(site: Site, discovery: Discovery, summary: Summary) -> None:
    for source in discovery.sources:
        if (source.error and discovery.failed) or (not source.default and (source.error or source.partial)):
            summary.trouble(site.host, trouble_of(source))
    if discovery.failed:
        summary.trouble(site.host, "" if discovery.sources else "it has no sources", unreachable=True)


def trouble_of(source: SourceReport) -> str:
    """A line on a source that could not be read, or not to its end, with its address."""
    error = source.error or source.partial or ""
    return error if source.url in error else f"{source.url}: {error}"
