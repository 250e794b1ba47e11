"""The templates that are known. Every module of this package with a `PLATFORM` is one: adding a template means adding
its module (and its fixtures), nothing else."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scraper import addresses
from scraper.extractor.platforms.base import Platform
from scraper.page import Page

# Asked in this order where several templates leave a mark (a Grove page may quote a WordPress asset); others follow.
_FIRST = ("grove", "npr", "npr-text", "pbs-newshour", "nypr", "core-publisher")
_LAST = ("drupal", "wordpress")


@cache
def platforms() -> tuple[Platform, ...]:
    """All templates but `generic`, most telling marks first."""
    found: dict[str, Platform] = {}
    for module in iter_modules(__path__):
        if module.name not in ("base", "generic"):
            platform: Platform = import_module(f"{__name__}.{module.name}").PLATFORM
            found[platform.name] = platform
    middle = [name for name in sorted(found) if name not in _FIRST + _LAST]
    return tuple(found[name] for name in (*_FIRST, *middle, *_LAST) if name in found)


def recognise(page: Page) -> Platform:
    """The template of a page: its host where that says it, else the marks that it carries, else `generic`."""
    host = addresses.bare_host(page.final_url or page.url)
    if host:
        owners = [(h, p) for p in platforms() for h in p.hosts if host == h or host.endswith("." + h)]
        if owners:
            return max(owners, key=lambda owner: len(owner[0]))[1]
    tree = page.tree
    for platform in platforms():
        if platform.marks and tree.css_first(",".join(platform.marks)) is not None:
            return platform
    from scraper.extractor.platforms.generic import PLATFORM

    return PLATFORM
