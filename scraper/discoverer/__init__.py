"""The discoverer: which stories a station has, told by its feeds, sitemaps and list pages.

    discovery = discover(station, get, platform="grove", robots_sitemaps=permission.sitemaps)
    for found in discovery.found: ...

It fetches nothing itself, and keeps nothing: `get` is handed in, and so is what earlier polls taught (`memory`). What a
poll teaches stands in ``discovery.polls``; `settle` makes of it what is to be remembered.
"""

from __future__ import annotations

from scraper.discoverer.discover import discover
from scraper.discoverer.model import Discovery, Found, Limits, Poll, SourceReport, SourceState
from scraper.discoverer.polling import settle, with_next_polls

__all__ = [
    "Discovery",
    "Found",
    "Limits",
    "Poll",
    "SourceReport",
    "SourceState",
    "discover",
    "settle",
    "with_next_polls",
]
