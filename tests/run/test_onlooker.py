"""Asking hosts without being a run: what a run has stored of them is heeded, and nothing is stored."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scraper.config import Config, FetchSettings, StationSettings
from scraper.errors import TryLater
from scraper.fetcher import HostState, RobotsEntry
from scraper.run import Halt, sites_of
from scraper.run.onlooker import onlooking
from scraper.writer.archive import Archive

HOST = "127.0.0.1:9"


def test_a_rest_that_a_host_asked_for_is_heeded_and_the_store_left_alone(tmp_path: Path) -> None:
    store = str(tmp_path / "stories.db")
    rest = HostState(interval=5.0, rest_until=time.time() + 5000, reason="it asked for it")
    with Archive.open(store) as archive:
        archive.host_memory(RobotsEntry, HostState).put_host(HOST, rest)
    station = StationSettings(host="wgul.example", url=f"http://{HOST}")
    config = Config(
        contact="a@example.org", store=store, stations=(station,), fetch=FetchSettings(allow_hosts=(HOST,), delay=0)
    )
    with onlooking(config, sites_of(config), halt=Halt()) as fetcher, pytest.raises(TryLater, match="it asked for it"):
        fetcher.fetch(f"http://{HOST}/news")
    with Archive.open(store) as archive:
        kept = archive.host_memory(RobotsEntry, HostState)
        assert kept.get_host(HOST) == rest
        assert kept.get_robots(f"http://{HOST}") is None


def test_without_a_store_none_is_made(tmp_path: Path) -> None:
    store = tmp_path / "stories.db"
    config = Config(contact="a@example.org", store=str(store), stations=(StationSettings(host="bpr.org"),))
    with onlooking(config, sites_of(config), halt=Halt()):
        pass
    assert not store.exists()
