"""What a station has, as its sources tell: robots.txt asked first, then the discoverer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from scraper.errors import ConfigError, ScraperError, TryLater
from scraper.run.site import Site
from scraper.run.summary import Summary

if TYPE_CHECKING:
    from scraper.discoverer import Discovery, SourceReport
    from scraper.fetcher import Fetcher


def find(
    site: Site, fetcher: Fetcher, summary: Summary, *, since: date | None, halted: Callable[[], bool]
) -> Discovery | None:
    """The stories that a station lists; None where it may not or cannot be asked at all.

    Sources that cannot be read are noted in the summary; those that nobody configured, only when there is no other.
    """
    try:
        permission = fetcher.robots(site.url)
    except ConfigError:
        raise
    except ScraperError as error:
        if not halted():
            summary.trouble(site.host, " ".join(str(error).split()), unreachable=not isinstance(error, TryLater))
        return None
    from scraper.discoverer import discover

    discovery = discover(
        site.settings,
        lambda url, kind: fetcher.fetch(url, accept=kind),
        platform=site.platform,
        hosts=site.hosts,
        robots_sitemaps=permission.sitemaps,
        since=since,
    )
    if not halted():
        _note(site, discovery, summary)
    return discovery


def _note(site: Site, discovery: Discovery, summary: Summary) -> None:
    for source in discovery.sources:
        if source.error and (discovery.failed or not source.default):
            summary.trouble(site.host, _line(source))
    if discovery.failed:
        summary.trouble(site.host, "" if discovery.sources else "it has no sources", unreachable=True)


def _line(source: SourceReport) -> str:
    error = source.error or ""
    return error if source.url in error else f"{source.url}: {error}"
