"""The fetcher: an address goes in, a `scraper.page.Page` comes out.

    with Fetcher(settings, contact="archive@example.org") as fetcher:
        page = fetcher.fetch("https://www.bpr.org/…")

What is imported here costs nothing until it is used; httpx is loaded when `Fetcher` is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.fetcher.fetcher import Fetcher as Fetcher
    from scraper.fetcher.gate import Permission as Permission
    from scraper.fetcher.model import Clock as Clock
    from scraper.fetcher.model import Event as Event
    from scraper.fetcher.model import Validators as Validators
    from scraper.fetcher.model import Watch as Watch
    from scraper.fetcher.quirks import Quirk as Quirk
    from scraper.fetcher.state import FetchState as FetchState
    from scraper.fetcher.state import HostState as HostState
    from scraper.fetcher.state import MemoryState as MemoryState
    from scraper.fetcher.state import Recalled as Recalled
    from scraper.fetcher.state import RobotsEntry as RobotsEntry

_HOMES = {
    "Clock": "model",
    "Event": "model",
    "FetchState": "state",
    "Fetcher": "fetcher",
    "HostState": "state",
    "MemoryState": "state",
    "Permission": "gate",
    "Quirk": "quirks",
    "Recalled": "state",
    "RobotsEntry": "state",
    "Validators": "model",
    "Watch": "model",
}
__all__ = [
    "Clock",
    "Event",
    "FetchState",
    "Fetcher",
    "HostState",
    "MemoryState",
    "Permission",
    "Quirk",
    "Recalled",
    "RobotsEntry",
    "Validators",
    "Watch",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"scraper.fetcher.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
