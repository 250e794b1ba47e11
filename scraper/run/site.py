"""A station as a run needs it: the configuration's word, completed from the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from scraper import addresses, stations
from scraper.config import Config, StationSettings
from scraper.errors import ConfigError


class Site(NamedTuple):
    """`settings` has the address where the station is really served; `hosts` are all of its licensee's."""

    settings: StationSettings
    platform: str | None
    hosts: tuple[str, ...]

    @property
    def host(self) -> str:
        """What its pages are queued under."""
        return self.settings.host.removeprefix("www.")

    @property
    def url(self) -> str:
        return self.settings.url or f"https://{self.settings.host}"

    @property
    def place(self) -> str:
        """The host as politeness counts it: without "www.", with an unusual port."""
        parts = addresses.split(self.url)
        port = parts.port if parts else None
        name = addresses.bare_host(self.url) or self.host
        return name if port in (None, 80, 443) else f"{name}:{port}"


def sites_of(config: Config, only: Iterable[str] = ()) -> list[Site]:
    """The stations of a configuration, or those of them that `only` names.

    A station is named by its host, or by any host of the directory that is the same station's. Raises `ConfigError`
    where there is none, or where one of `only` is not configured.
    """
    sites = [_site(settings) for settings in config.stations]
    if not sites:
        raise ConfigError("stations: name at least one station, such as bpr.org")
    wanted = [_named(name, sites) for name in dict.fromkeys(only)]
    return [site for site in sites if site in wanted] if wanted else sites


def _site(settings: StationSettings) -> Site:
    entry = stations.get(settings.host)
    platform = settings.platform or stations.platform_of(settings.url or settings.host)
    if entry is None:
        return Site(settings, platform, ())
    if settings.url is None:
        settings = msgspec.structs.replace(settings, url=entry.home.rstrip("/"))
        platform = platform or stations.platform_of(settings.url)
    return Site(settings, platform, entry.hosts)


def named(name: str, sites: Sequence[Site]) -> Site | None:
    """The site that a host names: its own, or any host of the directory that is the same station's."""
    host = name.lower().removeprefix("www.")
    return next((site for site in sites if host == site.host or host in site.hosts), None)


def _named(name: str, sites: Sequence[Site]) -> Site:
    if (site := named(name, sites)) is not None:
        return site
    host = name.lower().removeprefix("www.")
    from difflib import get_close_matches

    near = get_close_matches(host, [site.host for site in sites], n=1)
    hint = f", did you mean {near[0]}?" if near else "; its stations are " + ", ".join(site.host for site in sites[:10])
    raise ConfigError(f"the configuration has no station {name}{hint}")


def group_of(sites: Iterable[Site]) -> dict[str, str]:
    """The platform group of each place that shares servers with others: all Grove stations are on one platform."""
    return {site.place: group for site in sites if (group := group_at(site.platform))}


def group_at(platform: str | None) -> str | None:
    """The group of a platform whose stations share servers; None for one whose stations have their own."""
    return platform if platform == "grove" else None
