"""Pings over a real connection."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from watchman import Watchman, watchman

from scraper.errors import Refused
from scraper.monitoring.ping import LONGEST, TRIES, Pinger


@pytest.fixture
def heard() -> Iterator[Watchman]:
    with watchman() as heard:
        yield heard


def pinger(url: str, *allowed: str, waits: list[float] | None = None) -> Pinger:
    return Pinger(url, allow_hosts=allowed, sleep=(waits if waits is not None else []).append)


def test_given_a_run_when_it_starts_and_ends_then_three_addresses_hear_of_it(heard: Watchman) -> None:
    with pinger(heard.url, heard.host) as ping:
        assert ping.started() is None
        assert ping.ended(0, "3 new – all well") is None
        assert ping.ended(75, "later") is None
    assert [(ping.method, ping.path, ping.body) for ping in heard.pings] == [
        ("POST", "/check-1/start", ""),
        ("POST", "/check-1", "3 new – all well"),
        ("POST", "/check-1/fail", "later"),
    ]
    assert heard.pings[1].headers["user-agent"].startswith("public-radio-scraper/")
    assert heard.pings[1].headers["content-length"] == "18"


def test_it_is_tried_again_and_then_left(heard: Watchman) -> None:
    heard.statuses = [503, 200, *[500] * TRIES]
    waits: list[float] = []
    with pinger(heard.url, heard.host, waits=waits) as ping:
        assert ping.ended(0, "") is None
        line = ping.ended(0, "")
    assert line is not None
    assert "it answers 500" in line
    assert "check-1" not in line  # who knows the address can send pings
    assert len(heard.pings) == 2 + TRIES
    assert len(waits) == 1 + TRIES - 1


def test_a_long_body_is_cut(heard: Watchman) -> None:
    with pinger(heard.url, heard.host) as ping:
        ping.ended(0, "x" * 2 * LONGEST)
    assert len(heard.pings[0].body) == LONGEST


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host = f"127.0.0.1:{taken.getsockname()[1]}"
    with pinger(f"http://{host}/x", host) as ping:
        line = ping.started()
    assert line is not None
    assert "no connection" in line


def test_an_address_in_the_house_must_be_allowed(heard: Watchman) -> None:
    with pinger(heard.url) as ping:
        line = ping.started()
        with pytest.raises(Refused, match="not a public address"):
            ping.check()
    assert line is not None
    assert "not a public address" in line
    assert heard.pings == []
