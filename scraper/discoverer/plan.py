"""Where to look: a station's sources, from its settings, from robots.txt, or from what is known of its platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urljoin

from scraper import addresses
from scraper.config import StationSettings
from scraper.discoverer.model import Item
from scraper.platforms import PLATFORMS, Known


class Source(NamedTuple):
    """`kind` is feed, sitemap or page. `default`: not configured. `home`: a page that may name feeds and sections."""

    url: str
    kind: str
    default: bool = False
    home: bool = False


GENERIC = Known(archives=("/sitemap.xml",))
"""For a platform that is not known: the home page and the feeds it names, the sitemaps of robots.txt."""


def sources(
    station: StationSettings, platform: str | None, robots_sitemaps: Sequence[str], *, backfill: bool
) -> list[Source]:
    """The sources of a station, cheapest first. `backfill`: older stories are wanted, so archives are read too.

    What is configured takes the place of what is known, kind by kind. A station of no known platform for which
    anything is configured has that alone.
    """
    base = (station.url or f"https://{station.host}").rstrip("/") + "/"
    known = PLATFORMS.get(platform or "")
    configured = bool(station.feeds or station.sitemaps or station.sections)
    if known is None:
        known = Known(pages=()) if configured else GENERIC
        robots_sitemaps = () if configured else robots_sitemaps
    found = [Source(url, "feed") for url in station.feeds] or [Source(url, "feed", True) for url in known.feeds]
    if station.sitemaps:
        found += [Source(url, "sitemap") for url in station.sitemaps]
    else:
        found += [Source(url, "sitemap", True) for url in _sitemaps(known, robots_sitemaps, backfill=backfill)]
    found += [Source(url, "page", True, True) for url in known.pages]
    found += [Source(url, "page") for url in station.sections]
    unique: dict[str, Source] = {}
    for source in found:
        url = urljoin(base, source.url)
        unique.setdefault(addresses.key(url), source._replace(url=url))
    return list(unique.values())


def _sitemaps(known: Known, robots: Sequence[str], *, backfill: bool) -> list[str]:
    """The sitemaps of robots.txt win over those known; those of the newest stories are enough without `backfill`."""
    named = [url for url in robots if not _other_media(url)]
    recent = [url for url in named if re.search(r"latest|news|recent", _file(url))]
    if backfill:
        return named or [*known.sitemaps, *known.archives]
    return recent or list(known.sitemaps) or named or list(known.archives)


def _file(url: str) -> str:
    return url.partition("?")[0].rstrip("/").rpartition("/")[2].lower()


def _other_media(url: str) -> bool:
    return re.search(r"video|image|attachment", _file(url)) is not None


def lists_stories(url: str) -> bool:
    """Whether a sitemap's name says that it lists stories, so that an address without a date may be one.

    >>> lists_stories("https://x.org/wp-sitemap-posts-post-1.xml"), lists_stories("https://x.org/page-sitemap.xml")
    (True, False)
    """
    return re.search(r"(?<![a-z])(?:posts?-(?:sitemap|post)|news|articles?|stor(?:y|ies))", _file(url)) is not None


def choose(
    children: Iterable[Item], since: date | None, until: date | None, *, newest: int, most: int
) -> tuple[list[str], int]:
    """The files of an index to read, newest first, and how many wanted ones were left out because of `most`.

    A file is judged by the month (or the days) in its name, else by its lastmod: what was last changed before `since`
    cannot hold newer stories. Without dates the `newest` files are enough.
    """
    named = [(item, span(item.url)) for item in children if not _not_stories(item.url)]
    wanted = [(item, days) for item, days in named if _in_range(item, days, since, until)]
    order = sorted(
        enumerate(wanted),
        key=lambda entry: (entry[1][1][1].isoformat() if entry[1][1] else entry[1][0].lastmod or "", entry[0]),
        reverse=True,
    )
    urls = [item.url for _, (item, _) in order]
    limit = most if since or until else min(newest, most)
    return urls[:limit], max(len(urls) - most, 0) if since or until else 0


def _not_stories(url: str) -> bool:
    words = "categor(?:y|ies)|tags?|taxonom(?:y|ies)|authors?|users?|people|pages?|events?|images?|videos?|attachments?"
    return re.search(rf"(?<![a-z])(?:{words})(?![a-z])", _file(url)) is not None and not lists_stories(url)


def _in_range(item: Item, days: tuple[date, date] | None, since: date | None, until: date | None) -> bool:
    if days:
        return (until is None or days[0] <= until) and (since is None or days[1] >= since)
    return since is None or item.lastmod is None or item.lastmod[:10] >= since.isoformat()


def span(url: str) -> tuple[date, date] | None:
    """The first and the last day that a sitemap's name speaks of.

    >>> [day.isoformat() for day in span("https://x.org/sitemap-202402.xml")]
    ['2024-02-01', '2024-02-29']
    """
    digits = r"(?<!\d)((?:19|20)\d\d)(?:[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)"
    found = [_days(*match) for match in re.findall(digits, _file(url))]
    known = [days for days in found if days]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def _days(year: str, month: str, day: str) -> tuple[date, date] | None:
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last = first.replace(month=12, day=31) if not month else _month_end(first)
    return first, last


def _month_end(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
