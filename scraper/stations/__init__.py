"""The directory of public-radio stations: who serves a host, who a call sign is, which station a word finds.

Facts are after NPR's Station Finder (snapshot of July 2026) and were gone through by hand; ``stations.tsv`` is the
table, `scraper.stations.table` tells its columns. A site is known by its host alone, never by its looks: copies of
station sites under other hosts exist. npr.org is no station.

Names and search are imported when first used: most processes ask for one host alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.stations.table import Entry as Entry
from scraper.stations.table import get as get
from scraper.stations.table import hosts as hosts
from scraper.stations.table import platform_of as platform_of
from scraper.stations.table import station_of as station_of

if TYPE_CHECKING:
    from scraper.stations.names import by_call as by_call
    from scraper.stations.names import by_name as by_name
    from scraper.stations.search import find as find
    from scraper.stations.search import suggest as suggest

_HOMES = {"by_call": "names", "by_name": "names", "find": "search", "suggest": "search"}
__all__ = ["Entry", "by_call", "by_name", "find", "get", "hosts", "platform_of", "station_of", "suggest"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
