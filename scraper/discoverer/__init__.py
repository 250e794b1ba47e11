"""The discoverer: which stories a station has, told by its feeds, sitemaps and list pages.

    discovery = discover(station, get, platform="grove", robots_sitemaps=permission.sitemaps)
    for found in discovery.found: ...

It fetches nothing itself: `get` is handed in.
"""

from __future__ import annotations

from scraper.discoverer.discover import discover
from scraper.discoverer.model import Discovery, Found, Limits, SourceReport

__all__ = ["Discovery", "Found", "Limits", "SourceReport", "discover"]
