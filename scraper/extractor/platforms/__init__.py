"""The templates that are known. Every module of this package with a `PLATFORM` is one: adding a template means adding
its module (and its fixtures), nothing else. A user's own come from a file (`own.py`) and are the very same tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from selectolax.lexbor import LexborHTMLParser

from scraper import addresses
from scraper.extractor.platforms.base import Platform
from scraper.page import Page

# Asked in this order where several templates leave a mark (a Grove page may quote a WordPress asset); others follow.
_FIRST = ("grove", "npr", "npr-text", "pbs-newshour", "nypr", "core-publisher")
_LAST = ("drupal", "wordpress")
_NO_TEMPLATES = ("base", "generic", "own")


@cache
def platforms() -> tuple[Platform, ...]:
    """All templates but `generic`, most telling marks first; earlier versions of one follow it, newest first."""
    found: dict[str, tuple[Platform, ...]] = {}
    for module in iter_modules(__path__):
        if module.name not in _NO_TEMPLATES:
            loaded = import_module(f"{__name__}.{module.name}")
            found[loaded.PLATFORM.name] = (loaded.PLATFORM, *getattr(loaded, "EARLIER", ()))
    middle = [name for name in sorted(found) if name not in _FIRST + _LAST]
    return tuple(version for name in (*_FIRST, *middle, *_LAST) for version in found.get(name, ()))


def recognise(page: Page, *, day: str | None = None, own: Sequence[Platform] = ()) -> Platform:
    """The template of a page: its host where that says it, else the marks that it carries, else `generic`.

    `day` (2021-03-31) is when the page was served, where that is known: of several versions of a template the one of
    that day is taken, else the newest whose container is on the page. `own` are a user's platforms: asked first, in
    their order, and in place of a known one of the same name.
    """
    mine = {platform.name for platform in own}
    known = (*own, *(platform for platform in platforms() if platform.name not in mine))
    name = _by_host(page, known) or _by_marks(page.tree, known)
    versions = [platform for platform in known if platform.name == name]
    if not versions or (versions[0].mixed and not any(_holds(version, page.tree) for version in versions)):
        from scraper.extractor.platforms.generic import PLATFORM

        return PLATFORM
    return _version(versions, page.tree, day)


def _by_host(page: Page, known: Sequence[Platform]) -> str | None:
    host = addresses.bare_host(page.final_url or page.url)
    if not host:
        return None
    owners = [(h, p.name) for p in known for h in p.hosts if host == h or host.endswith("." + h)]
    return max(owners, key=lambda owner: len(owner[0]))[1] if owners else None


def _by_marks(tree: LexborHTMLParser, known: Sequence[Platform]) -> str | None:
    for platform in known:
        if platform.marks and tree.css_first(",".join(platform.marks)) is not None:
            return platform.name
    return None


def why(page: Page, platform: Platform) -> str:
    """What tells that a page is of a template.

    >>> from scraper.extractor.platforms.generic import PLATFORM
    >>> why(Page(b"<p>Hello"), PLATFORM)
    'neither its host nor a mark on it is of a known template'
    """
    if _by_host(page, [platform]):
        return f"its host is {addresses.bare_host(page.final_url or page.url)}"
    for mark in platform.marks:
        if page.tree.css_first(mark) is not None:
            return f"it carries {mark}"
    return "neither its host nor a mark on it is of a known template"


def _version(versions: Sequence[Platform], tree: LexborHTMLParser, day: str | None) -> Platform:
    """Of one template's versions the one of the day. A site that changed earlier or later than others, and a page of no
    known day, are told by the container that is there."""
    if len(versions) == 1:
        return versions[0]
    likely = versions
    if day:  # the last version may leave open since when: of several that fit, the first to end is meant
        likely = sorted(versions, key=lambda version: (not version.covers(day), version.until or "9999"))
    for version in likely:
        if _holds(version, tree):
            return version
    return likely[0]


def _holds(version: Platform, tree: LexborHTMLParser) -> bool:
    """Whether a container of the template's stories is on the page."""
    return any(tree.css_first(selector) is not None for selector in (*version.body, *version.spoken))
