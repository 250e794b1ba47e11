"""The union of all sources: one entry for each identity of an address, with what each source knew of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scraper import addresses
from scraper.discoverer.model import Found, Item, Limits


class Union:
    """Collects items and gives them back as `Found`, newest first. Dates outside `since` and `until` are not kept.

    `hosts` are those of the station's licensee; on any other host an address is foreign.
    """

    def __init__(self, hosts: Iterable[str], since: date | None, until: date | None, limits: Limits) -> None:
        self._hosts = tuple({name.lower().removeprefix("www.") for name in hosts if name})
        self._since = since.isoformat() if since else None
        self._until = until.isoformat() if until else None
        self._limits = limits
        self._found: dict[str, Found] = {}
        self.full = False
        """Whether anything was left out because there were too many."""

    def add(self, item: Item, source: str, *, certain: bool, foreign: bool = True) -> bool:
        """Whether the item may be a story to fetch. `certain`: a source that lists stories, so that an address whose
        grammar tells nothing is believed; `foreign`: addresses on other hosts are wanted.
        """
        if len(item.url) > self._limits.url_length or addresses.split(item.url) is None:
            return False
        kind = addresses.kind(item.url)
        if kind != "story" and not (kind is None and certain):
            return False
        elsewhere = not self.is_own(item.url)
        if (elsewhere and not foreign) or not self._in_range(item):
            return False
        key = addresses.key(item.url)
        known = self._found.get(key)
        if known is None and len(self._found) >= self._limits.found:
            self.full = True
            return False
        self._found[key] = _merged(known, item, source) if known else _made(item, key, source, foreign=elsewhere)
        return True

    def is_own(self, url: str) -> bool:
        """Whether an address is on a host of the licensee, or on a subdomain of one."""
        name = addresses.host(url) or ""
        return any(name == own or name.endswith("." + own) for own in self._hosts)

    def newest_first(self) -> list[Found]:
        """By date as far as it is known; what has no date stands last, in the order in which it was seen."""
        return sorted(self._found.values(), key=lambda found: found.day or "", reverse=True)

    def _in_range(self, item: Item) -> bool:
        """A day is in range when any source of it says so: a path has the local day, a feed the day in UTC. What was
        last changed before `since` was not published after it.
        """
        days = [day[:10] for day in (item.published, addresses.date_in(item.url)) if day]
        if self._since and (max(days) if days else (item.lastmod or self._since)[:10]) < self._since:
            return False
        return not (self._until and days and min(days) > self._until)


def _made(item: Item, key: str, source: str, *, foreign: bool) -> Found:
    return Found(
        url=item.url,
        key=key,
        sources=(source,),
        published=item.published,
        title=item.title,
        lastmod=item.lastmod,
        lastmods=((source, item.lastmod),) if item.lastmod else (),
        foreign=foreign,
    )


def _merged(known: Found, item: Item, source: str) -> Found:
    """The address that came first is kept; what it lacked is taken from the new item, and the later change wins."""
    return Found(
        url=known.url,
        key=known.key,
        sources=known.sources if source in known.sources else (*known.sources, source),
        published=known.published or item.published,
        title=known.title or item.title,
        lastmod=max(known.lastmod or "", item.lastmod or "") or None,
        lastmods=(*known.lastmods, (source, item.lastmod)) if item.lastmod else known.lastmods,
        foreign=known.foreign,
    )
