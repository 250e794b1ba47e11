"""config.yaml as typed settings. See the commented ``config.yaml`` at the root of the project for their meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.errors import ConfigError
from scraper.platforms import PLATFORMS

if TYPE_CHECKING:
    from scraper._yaml import Document
    from scraper._yaml import Path as Where

_LARGEST_FILE = 1024 * 1024
_DAY = 86400


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all sections: immutable, unknown keys are errors."""


class RetrySettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One class of trouble: how often a page is tried in all when it meets this, the seconds before the second try
    (doubled each time), and the seconds after which it is not tried again, waits included. What is null is that of
    `FetchSettings`.
    """

    attempts: int | None = None
    first_wait: float = 1.0
    budget: float | None = None


class RetriesSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The classes of trouble: an answer of `retry_statuses` (`status`), no connection (`connect`), silence (`timeout`),
    a connection that broke (`read`), no valid HTTP (`protocol`, at most twice where nothing is said), a name that does
    not exist (`name`), a certificate that is not valid (`certificate`).
    """

    status: RetrySettings = RetrySettings(first_wait=2.0)
    connect: RetrySettings = RetrySettings()
    timeout: RetrySettings = RetrySettings()
    read: RetrySettings = RetrySettings()
    protocol: RetrySettings = RetrySettings()
    name: RetrySettings = RetrySettings(attempts=1)
    certificate: RetrySettings = RetrySettings(attempts=1)


class FetchSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages are fetched. Times are seconds, sizes bytes of the decoded body.

    `timeout` is for one operation on the network, `deadline` for one request from its start to its last byte, `budget`
    for a page with all its attempts, redirects and waits. `delay` is the time from one request to the next at a host,
    `group_delay` the same over all hosts of one platform. A host that cannot be reached is left alone for
    `rest_after_failure`; one whose robots.txt asks for more than `crawl_delay_cap` is not crawled. `trust_env` lets
    proxy and CA bundle come from the usual environment variables; off by default, since behind a proxy nobody can check
    which address is really reached.
    """

    timeout: float = 20.0
    deadline: float = 60.0
    max_bytes: int = 10 * 1024 * 1024
    delay: float = 5.0
    attempts: int = 3
    budget: float = 120.0
    retry_statuses: tuple[int, ...] = (408, 425, 429, 500, 502, 503, 504)
    retry_after_cap: float = 60.0
    retries: RetriesSettings = RetriesSettings()
    allow_hosts: tuple[str, ...] = ()
    concurrency: int = 32
    group_concurrency: int = 2
    group_delay: float = 0.5
    crawl_delay_cap: float = 120.0
    rest_after_failure: float = 600.0
    trust_env: bool = False


class StationSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One station to scrape: a host of the directory, or one of the user's own.

    `url` is where it is really served, when that is not https://HOST. `feeds`, `sitemaps` and `sections` are paths or
    whole addresses. `platform` is one of `scraper.platforms.PLATFORMS`.
    """

    host: str
    url: str | None = None
    platform: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    delay: float | None = None


class LogSettings(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a run's log goes: `file` (null: nowhere), `format` text or json, `level` debug, info or warning."""

    file: str | None = None
    format: str = "text"
    level: str = "info"


class Config(Settings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file. `contact` may be absent here: whoever starts a scheduled run has to insist on it.

    `retry_later` are the seconds after the first, second, … run that failed on a page until it is tried again; one more
    failure is the last. `platforms` are files with templates of the user's own. `learn` has what recurs over the pages
    of a host learned and taken out. `metrics` is a text file for Prometheus that is written after each run, `ping` the
    address that hears of a run's start and end (`scraper.monitoring`); neither where null.
    """

    contact: str | None = None
    store: str = "stories.db"
    stations: tuple[StationSettings, ...] = ()
    max_runtime: float = 3 * 3600.0
    failure_threshold: float = 0.2
    retry_later: tuple[float, ...] = (3600.0, 6 * 3600.0, 48 * 3600.0)
    platforms: tuple[str, ...] = ()
    learn: bool = True
    metrics: str | None = None
    ping: str | None = None
    log: LogSettings = LogSettings()
    fetch: FetchSettings = FetchSettings()


def load(path: str | Path, *, known: Callable[[str], bool] | None = None, hosts: Iterable[str] = ()) -> Config:
    """The settings of a file.

    `known` tells whether the directory has a host: one that it lacks needs a `url`. `hosts` are the directory's hosts,
    to propose the nearest one. Raises `ConfigError` with a line for each problem.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; scraper init writes one, --config names another") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    if len(data) > _LARGEST_FILE:
        raise ConfigError(f"{path}: larger than {_LARGEST_FILE} bytes, which no configuration is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: not UTF-8; save the file with that encoding") from None
    return loads(text, str(path), known=known, hosts=hosts)


def loads(
    text: str,
    name: str = "config.yaml",
    *,
    known: Callable[[str], bool] | None = None,
    hosts: Iterable[str] = (),
) -> Config:
    """As `load`, from a text; `name` stands before each problem."""
    from scraper._yaml import read

    document = read(text)
    reading = _Reading(document, known, hosts)
    values = reading.config() if document.data is not None else {}
    if document.problems:
        raise ConfigError("\n".join(f"{name}:{line}: {message}" for line, message in sorted(document.problems)))
    return msgspec.convert(values, Config)


class _Reading:
    """One pass over a document: what is right is kept, what is wrong is added to the document's problems."""

    def __init__(self, document: Document, known: Callable[[str], bool] | None, hosts: Iterable[str]) -> None:
        from scraper import _values as v

        self.document = document
        self.known = known
        self.hosts = tuple(hosts)
        self.values = v
        self.fetch_readers: dict[str, Callable[[Any], Any]] = {
            "timeout": v.seconds(0.1, 600),
            "deadline": v.seconds(0.1, 3600),
            "max_bytes": v.whole(1024, 2**30, "a number of bytes"),
            "delay": v.seconds(0, 3600),
            "attempts": v.whole(1, 20),
            "budget": v.seconds(0, _DAY),
            "retry_statuses": v.whole(400, 599, "an HTTP status"),
            "retry_after_cap": v.seconds(0, _DAY),
            "allow_hosts": v.host_and_port,
            "concurrency": v.whole(1, 1000),
            "group_concurrency": v.whole(1, 1000),
            "group_delay": v.seconds(0, 3600),
            "crawl_delay_cap": v.seconds(0, _DAY),
            "rest_after_failure": v.seconds(0, _DAY),
            "trust_env": v.switch,
        }
        self.station_readers: dict[str, Callable[[Any], Any]] = {
            "host": v.host,
            "url": v.address,
            "platform": v.one_of(PLATFORMS),
            "feeds": v.place,
            "sitemaps": v.place,
            "sections": v.place,
            "delay": v.seconds(0, 3600),
        }
        self.top_readers: dict[str, Callable[[Any], Any]] = {
            "contact": v.contact,
            "store": v.store,
            "max_runtime": v.seconds(1, 30 * _DAY),
            "failure_threshold": v.share,
            "platforms": v.path,
            "learn": v.switch,
            "metrics": v.path,
            "ping": v.address,
            "retry_later": v.seconds(60, 365 * _DAY),
        }
        self.log_readers: dict[str, Callable[[Any], Any]] = {
            "file": v.path,
            "format": v.one_of(("text", "json")),
            "level": v.one_of(("debug", "info", "warning")),
        }
        self.retry_readers: dict[str, Callable[[Any], Any]] = {
            "attempts": v.whole(1, 20),
            "first_wait": v.seconds(0, _DAY),
            "budget": v.seconds(0, _DAY),
        }

    def config(self) -> dict[str, Any]:
        data = self.document.data
        if not isinstance(data, dict):
            self.problem((), f"expected keys with values, got {self.values.shown(data)}")
            return {}
        sections = {"stations": data.get("stations"), "fetch": data.get("fetch"), "log": data.get("log")}
        plain = {key: value for key, value in data.items() if key not in sections}
        values = self.section((), plain, self.top_readers, Config)
        values["stations"] = self.stations(sections["stations"])
        values["fetch"] = self.fetch(sections["fetch"])
        values["log"] = self.section(("log",), self.keys(("log",), sections["log"]), self.log_readers, LogSettings)
        return values

    def fetch(self, data: Any) -> dict[str, Any]:
        """The section, and the sections in it for classes of trouble, which keep their own defaults."""
        where: Where = ("fetch",)
        data = self.keys(where, data)
        retries = data.get("retries")
        values = self.section(
            where, {key: value for key, value in data.items() if key != "retries"}, self.fetch_readers, FetchSettings
        )
        if retries is None:
            return values
        kinds = {field.name: field.default for field in msgspec.structs.fields(RetriesSettings)}
        values["retries"] = {}
        for kind, given in self.keys((*where, "retries"), retries).items():
            path = (*where, "retries", kind)
            if kind not in kinds:
                self.problem(path, f"unknown key{self.values.nearest(kind, kinds)}")
                continue
            chosen = self.section(path, self.keys(path, given), self.retry_readers, RetrySettings)
            values["retries"][kind] = msgspec.to_builtins(kinds[kind]) | chosen
        return values

    def keys(self, where: Where, data: Any) -> dict[str, Any]:
        """A section's keys with their values; none where nothing or something else stands there."""
        if data is not None and not isinstance(data, dict):
            self.problem(where, f"expected keys with values, got {self.values.shown(data)}")
        return data if isinstance(data, dict) else {}

    def stations(self, data: Any) -> list[dict[str, Any]]:
        if not data:
            self.problem(("stations",), "name at least one station, such as bpr.org")
            return []
        if not isinstance(data, list):
            self.problem(("stations",), f"expected a list of stations, got {self.values.shown(data)}")
            return []
        stations: list[dict[str, Any]] = []
        first: dict[str, int] = {}
        for index, item in enumerate(data):
            where: Where = ("stations", index)
            station = self.station(where, item)
            name = station.get("host", "").removeprefix("www.")
            if name and name in first:
                self.problem(where, f"{name} is listed twice, first on line {first[name]}")
            elif name:
                first[name] = self.line(where)
                self.check_known(where, station)
            stations.append(station)
        return stations

    def station(self, where: Where, item: Any) -> dict[str, Any]:
        """A host alone, or a mapping with a host."""
        if isinstance(item, str):
            host = self.value(where, item, self.values.host)
            return {"host": host} if host else {}
        if not isinstance(item, dict):
            self.problem(where, f"expected a host such as bpr.org, or keys with values, got {self.values.shown(item)}")
            return {}
        if "host" not in item:
            self.problem(where, "the station's host is missing")
        return self.section(where, item, self.station_readers, StationSettings)

    def check_known(self, where: Where, station: dict[str, Any]) -> None:
        host = station["host"]
        given = (*where, "url") in self.document.lines  # right or wrong: a wrong one has its own line
        if self.known is None or given or self.known(host):
            return
        hint = self.values.nearest(host, self.hosts)
        end = hint or "; give its url (with host: and url:) to scrape it all the same"
        self.problem(where, f"the directory has no station {host}{end}")

    def section(
        self, where: Where, data: dict[str, Any], readers: dict[str, Callable[[Any], Any]], struct: type[Settings]
    ) -> dict[str, Any]:
        """Every key of a section read by its reader. Null stands for "not given" where the default is null."""
        fields = {field.name: field for field in msgspec.structs.fields(struct)}
        values: dict[str, Any] = {}
        for key, value in data.items():
            path = (*where, key)
            if key not in fields:
                self.problem(path, f"unknown key{self.values.nearest(key, fields)}")
            elif value is None and fields[key].default is None:
                continue
            elif isinstance(fields[key].default, tuple):
                values[key] = self.many(path, value, readers[key])
            else:
                values[key] = self.value(path, value, readers[key])
        return values

    def many(self, path: Where, value: Any, reader: Callable[[Any], Any]) -> list[Any]:
        if not isinstance(value, list):
            self.problem(path, f"expected a list, got {self.values.shown(value)}")
            return []
        return [self.value((*path, index), item, reader) for index, item in enumerate(value)]

    def value(self, path: Where, value: Any, reader: Callable[[Any], Any]) -> Any:
        try:
            return reader(value)
        except ValueError as error:
            self.problem(path, str(error))
            return None

    def problem(self, path: Where, message: str) -> None:
        from scraper._yaml import dotted

        place = dotted(path)
        self.document.problems.append((self.line(path), f"{place}: {message}" if place else message))

    def line(self, path: Where) -> int:
        while path not in self.document.lines and path:
            path = path[:-1]
        return self.document.lines.get(path, 1)
