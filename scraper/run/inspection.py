"""What a run would meet: its files, its store, its lock and, where asked, each station's sources. Nothing changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from scraper.config import Config
from scraper.errors import ConfigError, OutputError, Refused, ScraperError, SourceError, TryLater, Unavailable
from scraper.run import lock
from scraper.run.one_pass import MOST_THREADS
from scraper.run.site import Site, sites_of
from scraper.writer.archive import Archive
from scraper.writer.examine import StoreState, examine

if TYPE_CHECKING:
    from scraper.fetcher import Fetcher, Permission

LITTLE = 200 * 1024 * 1024
"""Bytes free on a disk below which its owner is told."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at. `state` is ok, note (worth knowing, a run goes on) or problem, which `exit_code` is of."""

    what: str
    state: str
    detail: str
    exit_code: int = 0


class SourceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, sitemap or page that a run would read. `status`, `listed` and `error` where it was read."""

    kind: str
    url: str
    default: bool
    status: int | None = None
    listed: int | None = None
    error: str | None = None


class StationReport(msgspec.Struct, kw_only=True):
    """What a run would do at a station. `delay` is the spacing of requests in seconds, `due` the known pages whose time
    has come. Of a station that was asked: `robots` (the verdict on its home page), `opt_outs` (of robots.txt), `found`
    (addresses listed), `new` (those not known yet), and `error` where it cannot be scraped now.
    """

    host: str
    url: str
    platform: str | None
    delay: float
    due: int
    sources: list[SourceLine]
    robots: str | None = None
    opt_outs: tuple[str, ...] = ()
    found: int | None = None
    new: int | None = None
    error: str | None = None
    exit_code: int = 0


def inspect_files(config: Config) -> Iterator[Finding]:
    """The findings on all but the stations: the contact, files of platforms, monitoring, the store and its lock."""
    yield from _checked("contact", _contact(config))
    if config.platforms:
        yield from _checked("platforms", lambda: _platforms(config))
    if config.metrics is not None:
        yield from _checked("metrics", lambda: _metrics(config.metrics or ""))
    if config.ping is not None:
        yield from _checked("ping", lambda: _ping(config))
    yield from _store(config)


def _checked(what: str, look: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(what=what, state="ok", detail=look())
    except ScraperError as error:
        yield _problem(what, error)


def _problem(what: str, error: ScraperError) -> Finding:
    return Finding(what=what, state="problem", detail=" ".join(str(error).split()), exit_code=error.exit_code)


def _contact(config: Config) -> Callable[[], str]:
    def look() -> str:
        from scraper.fetcher.fetcher import user_agent

        return f"requests say {user_agent(config.contact, crawl=True)}"

    return look


def _platforms(config: Config) -> str:
    from scraper.api import rules_of

    rules = rules_of(config.platforms)
    return f"{len(rules.platforms) if rules else 0} templates of your own"


def _metrics(file: str) -> str:
    folder = Path(file).parent
    if not folder.is_dir():
        raise OutputError(f"cannot write {file}: no such directory: {folder}")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"cannot write {file}: no permission")
    return file


def _ping(config: Config) -> str:
    from scraper.monitoring.ping import Pinger, shown

    url = config.ping or ""
    with Pinger(url, allow_hosts=config.fetch.allow_hosts) as pinger:
        try:
            pinger.check()
        except Refused as error:
            raise ConfigError(f"ping: {str(error).partition(';')[0]}; fetch.allow_hosts lets it be reached") from error
    return shown(url)


def _store(config: Config) -> Iterator[Finding]:
    try:
        state = examine(config.store)
    except ScraperError as error:
        yield _problem("store", error)
        return
    yield Finding(what="store", state="ok", detail=_told(state))
    if state.free is not None and state.free < LITTLE:
        yield Finding(what="disk", state="note", detail=f"{state.free // 2**20} MiB are left where the store is")
    if (who := lock.holder(config.store)) is not None:
        detail = f"{who} holds the lock {lock.lock_path(config.store)}; a second one would be refused"
        yield Finding(what="lock", state="problem", detail=detail, exit_code=TryLater.exit_code)
    else:
        yield Finding(what="lock", state="ok", detail="free")


def _told(state: StoreState) -> str:
    if not state.exists:
        return f"{state.store} is not there yet; the first run makes it"
    if not state.current:
        return f"{state.store}, schema {state.version or 'none'}; the next run brings it up to date"
    return f"{state.store}, {state.stories:,} stories, schema {state.version}, sound"


def inspect_stations(
    config: Config, only: Iterable[str] = (), *, clock: Callable[[], float] = time.time
) -> list[tuple[Site, StationReport]]:
    """What a run would do at each station, as far as that can be told without asking any. Raises `ConfigError`."""
    from scraper.discoverer.plan import sources

    found = []
    with ExitStack() as closing:
        archive = _readable(config.store, closing)
        for site in sites_of(config, only):
            plan = sources(site.settings, site.platform, (), backfill=False)
            report = StationReport(
                host=site.host,
                url=site.url,
                platform=site.platform,
                delay=config.fetch.delay if site.settings.delay is None else site.settings.delay,
                due=len(archive.due([site.host], clock())) if archive is not None else 0,
                sources=[SourceLine(kind=one.kind, url=one.url, default=one.default) for one in plan],
            )
            found.append((site, report))
    return found


def _readable(store: str, closing: ExitStack) -> Archive | None:
    """The store, where it is there and of today: to look into an older one would change it."""
    try:
        if examine(store).current:
            return closing.enter_context(Archive.open(store, create=False))
    except (SourceError, OutputError, TryLater):  # told of already
        return None
    return None


def ask_stations(
    config: Config, stations: list[tuple[Site, StationReport]], fetcher: Fetcher, *, stop: Callable[[], None]
) -> None:
    """Reads robots.txt and all sources of each station, and adds what they say to its report. `stop` ends the fetcher's
    waits; it is called when nobody waits for more.
    """
    with ExitStack() as closing:
        archive = _readable(config.store, closing)
        threads = ThreadPoolExecutor(max(min(len(stations), MOST_THREADS), 1))
        closing.callback(threads.shutdown, cancel_futures=True)
        closing.callback(stop)
        for asked in [threads.submit(_ask, site, report, fetcher, archive) for site, report in stations]:
            asked.result()


def _ask(site: Site, report: StationReport, fetcher: Fetcher, archive: Archive | None) -> None:
    from scraper.run.find import look, trouble_of

    try:
        _permitted(report, fetcher.robots(site.url))
        discovery = look(site, fetcher)
    except ScraperError as error:
        report.error, report.exit_code = " ".join(str(error).split()), error.exit_code
        return
    report.sources = [
        SourceLine(
            kind=one.kind,
            url=one.url,
            default=one.default,
            status=one.status,
            listed=one.entries,
            error=trouble_of(one).removeprefix(f"{one.url}: ") if one.error else None,
        )
        for one in discovery.sources
    ]
    urls = [found.url for found in discovery.found]
    report.found = len(urls)
    report.new = len(archive.unknown(urls)) if archive is not None else len(urls)
    if discovery.failed:
        report.error, report.exit_code = "none of its sources can be read", Unavailable.exit_code


def _permitted(report: StationReport, permission: Permission) -> None:
    report.robots = permission.reason
    report.opt_outs = permission.opt_outs
    report.delay = max(report.delay, permission.crawl_delay or 0.0)


def exit_code_of(reports: Iterable[StationReport], threshold: float) -> int:
    """The code for stations that were asked: their own where none can be scraped, 1 where more than `threshold` of them
    cannot.
    """
    codes = [report.exit_code for report in reports]
    bad = [code for code in codes if code]
    if bad and len(bad) == len(codes):
        return bad[0] if len(set(bad)) == 1 else Unavailable.exit_code
    return 1 if codes and len(bad) / len(codes) > threshold else 0
