"""What a run would fetch, without fetching it and without writing anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from scraper.config import Config
from scraper.errors import ConfigError
from scraper.run.find import find
from scraper.run.halt import Halt
from scraper.run.one_pass import MOST_THREADS
from scraper.run.onlooker import existing, onlooking
from scraper.run.site import Site, sites_of
from scraper.run.summary import Summary
from scraper.writer.archive import Archive

if TYPE_CHECKING:
    from scraper.discoverer import Discovery


class Planned(NamedTuple):
    """A page that a run would fetch. `source` is what lists it; `known` tells that an earlier run found it."""

    station: str
    url: str
    source: str | None
    known: bool


def preview(
    config: Config,
    *,
    halt: Halt,
    only: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    summary: Summary | None = None,
    clock: Callable[[], float] = time.time,
) -> Iterator[Planned]:
    """The pages that `scrape` would fetch now, station by station; at most `limit`. Dates are those of `scrape`.

    Feeds, sitemaps and list pages are fetched to know that; the store is only read, and need not exist. Sources that
    cannot be read are told of in `summary`. Raises `ConfigError`.
    """
    sites = sites_of(config, only)
    if not config.contact:
        raise ConfigError("contact: feeds are fetched for this, too, so that webmasters must be able to write to you")
    summary = summary or Summary()
    left = limit
    with ExitStack() as closing:
        archive = existing(config.store, closing)
        fetcher = closing.enter_context(onlooking(config, sites, halt=halt, archive=archive))
        threads = ThreadPoolExecutor(min(len(sites), MOST_THREADS))
        closing.callback(threads.shutdown, cancel_futures=True)
        closing.callback(halt.event.set)  # whoever stops listening wants no more requests
        look = partial(find, fetcher=fetcher, summary=summary, halted=lambda: bool(halt), since=since, until=until)
        plan = partial(_planned, look=partial(look, archive=archive, clock=clock), archive=archive, now=clock())
        for pages in threads.map(plan, sites):
            yield from pages[:left]
            left = None if left is None else left - len(pages[:left])
            if left == 0 or halt:
                return


def _planned(
    site: Site,
    *,
    look: Callable[[Site], Discovery | None],
    archive: Archive | None,
    now: float,
) -> list[Planned]:
    discovery = look(site)
    found = discovery.found if discovery else []
    fresh = set(archive.unknown(item.url for item in found)) if archive is not None else {item.url for item in found}
    planned = [Planned(site.host, item.url, item.sources[0], False) for item in found if item.url in fresh]
    due = archive.due([site.host], now) if archive is not None else []
    return planned + [Planned(site.host, page.url, page.source, True) for page in due]
