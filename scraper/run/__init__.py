"""One scheduled pass over the stations of a configuration: discover, fetch, extract, write.

This is the only place, beside `scraper.api`, where the rooms meet. Nothing here prints.

    summary = scrape(config, halt=Halt())        # or preview(config): what it would fetch
    raise SystemExit(summary.exit_code)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.run.dry import preview as preview
    from scraper.run.halt import Halt as Halt
    from scraper.run.one_pass import scrape as scrape
    from scraper.run.site import Site as Site
    from scraper.run.site import sites_of as sites_of
    from scraper.run.summary import Happening as Happening
    from scraper.run.summary import Summary as Summary
    from scraper.run.summary import Tally as Tally

_HOMES = {
    "Halt": "halt",
    "Happening": "summary",
    "Site": "site",
    "Summary": "summary",
    "Tally": "summary",
    "preview": "dry",
    "scrape": "one_pass",
    "sites_of": "site",
}
__all__ = ["Halt", "Happening", "Site", "Summary", "Tally", "preview", "scrape", "sites_of"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
