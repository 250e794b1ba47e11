from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from scraper.config import FetchSettings
from scraper.fetcher import Clock, Event, Fetcher


def _load() -> ModuleType:
    name = "hostile_server"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("server.py"))
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


h = _load()


class Time:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> Clock:
        return Clock(wall=lambda: self.now, monotonic=lambda: self.now)


class Log(list[Event]):
    def kinds(self) -> list[str]:
        return [event.kind for event in self]

    def of(self, kind: str) -> list[Event]:
        return [event for event in self if event.kind == kind]


@pytest.fixture
def server() -> Iterator[object]:
    server = h.Server()
    yield server
    server.close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def make(server: object, log: Log) -> Iterator[Callable[..., Fetcher]]:
    """Makes fetchers that may reach the server, with short times; `settings` and others as keywords."""
    made: list[Fetcher] = []

    def make(*, settings: dict[str, object] | None = None, **options: object) -> Fetcher:
        values = {"timeout": 0.3, "deadline": 0.3, "budget": 5.0, "attempts": 1, "delay": 0.0, "max_bytes": 256 * 1024}
        values |= {"allow_hosts": (server.host,), "group_delay": 0.0, **(settings or {})}
        options = {"crawl": False, "watch": log.append, **options}
        made.append(Fetcher(FetchSettings(**values), **options))
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.fixture
def fake(make: Callable[..., Fetcher], time: Time) -> Callable[..., Fetcher]:
    """As `make`, with a clock that only sleeping moves; network operations then have real timeouts alone."""

    def fake(**options: object) -> Fetcher:
        return make(clock=time.clock(), sleep=time.sleep, random=lambda: 0.0, **options)

    return fake
