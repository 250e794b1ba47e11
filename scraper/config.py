"""config.yaml as typed settings. See the commented ``config.yaml`` at the root of the project for their meaning."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all sections: immutable, unknown keys are errors."""


class FetchSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages are fetched. Times are seconds, sizes bytes of the decoded body.

    `timeout` is for one operation on the network, `deadline` for one request from its start to its last byte, `budget`
    for a page with all its attempts, redirects and waits. `delay` is the time from one request to the next at a host,
    `group_delay` the same over all hosts of one platform. A host that cannot be reached is left alone for
    `rest_after_failure`; one whose robots.txt asks for more than `crawl_delay_cap` is not crawled.
    """

    timeout: float = 20.0
    deadline: float = 60.0
    max_bytes: int = 10 * 1024 * 1024
    delay: float = 5.0
    attempts: int = 3
    budget: float = 120.0
    retry_statuses: tuple[int, ...] = (408, 425, 429, 500, 502, 503, 504)
    retry_after_cap: float = 60.0
    allow_hosts: tuple[str, ...] = ()
    concurrency: int = 32
    group_concurrency: int = 2
    group_delay: float = 0.5
    crawl_delay_cap: float = 120.0
    rest_after_failure: float = 600.0


class StationSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One station to scrape: a host of the directory, or one of the user's own."""

    host: str
    url: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    delay: float | None = None


class Config(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    contact: str | None = None
    store: str = "stories.db"
    stations: tuple[StationSettings, ...] = ()
    max_runtime: float = 3 * 3600.0
    failure_threshold: float = 0.2
    fetch: FetchSettings = FetchSettings()
