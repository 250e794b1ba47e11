from __future__ import annotations

import re
import threading
import time

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import Refused
from scraper.fetcher.apart import Stopped
from scraper.fetcher.guard import Guard, NameUnknown, is_public, parse_allowed, resolve
from scraper.fetcher.model import Exchange

PRIVATE = """127.0.0.1 127.8.9.1 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1
    192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    ::1 :: ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:a9fe:a9fe ::127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a00:1
    2002:7f00:1:: 2002:c0a8:101::1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 fec0::1 ff02::1 2001:db8::1 2001::1
    nonsense 1.2.3 2130706433""".split()
PUBLIC = """8.8.8.8 93.184.216.34 1.1.1.1 172.32.0.1 2606:4700:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808
    2002:808:808::1""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_given_an_address_that_is_not_public_then_it_is_told(address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_given_a_public_address_then_it_is_told(address) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_given_any_ipv4_address_when_wrapped_in_ipv6_then_the_judgement_is_the_same(address) -> None:
    number = int(address)
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::"):
        assert is_public(wrapped) == is_public(str(address))


class Inner(httpcore.NetworkBackend):
    """Connects to nothing, and keeps the list."""

    def __init__(self, failing: frozenset[str] = frozenset()) -> None:
        self.failing = failing
        self.reached: list[str] = []
        self.timeouts: list[float] = []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.reached.append(host)
        self.timeouts.append(timeout)
        if host in self.failing:
            raise httpcore.ConnectTimeout
        return httpcore.MockStream([])


def guard(
    found: list[str], *, allow: tuple[str, ...] = (), failing: frozenset[str] = frozenset()
) -> tuple[Guard, Inner]:
    made = Guard(allow, resolve=lambda host, port: found)
    made._inner = inner = Inner(failing)
    return made, inner


def test_given_a_name_with_public_and_private_addresses_when_connected_then_public_ones_alone_are_reached() -> None:
    made, inner = guard(["10.0.0.1", "8.8.8.8", "::1", "1.1.1.1"], failing=frozenset(["8.8.8.8"]))
    made.connect_tcp("station.example", 443, 5.0)
    assert inner.reached == ["8.8.8.8", "1.1.1.1"]
    assert inner.timeouts == [2.5, 5.0]


@pytest.mark.parametrize("host", ["station.example", "127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_given_private_addresses_alone_when_connected_then_it_is_refused(host) -> None:
    made, inner = guard(["127.0.0.1"])
    name = f"[{host}]" if ":" in host else host  # as `parse_allowed` reads it
    assert parse_allowed([f"{name}:443"]) == {(host, 443)}
    with pytest.raises(Refused, match=re.escape(f"--allow-host {name}:443 lets it be reached")):
        made.connect_tcp(host, 443, 5.0)
    assert inner.reached == []


def test_given_an_allowed_host_when_connected_then_it_may_be_anywhere_but_on_its_port_only() -> None:
    made, inner = guard(["127.0.0.1"], allow=("Demo.example:8000",))
    made.connect_tcp("demo.EXAMPLE", 8000, 5.0)
    assert inner.reached == ["127.0.0.1"]
    for port in (80, 8001):
        with pytest.raises(Refused):
            made.connect_tcp("demo.example", port, 5.0)


@pytest.mark.parametrize("port", [0, 22, 25, 6379, 9200, 99999])
def test_given_a_port_of_other_services_when_checked_then_it_is_refused(port) -> None:
    with pytest.raises(Refused, match=f"port {port} is not one"):
        guard([])[0].check("www.example.org", port)


def test_given_no_address_at_all_when_connected_then_the_name_is_unknown() -> None:
    with pytest.raises(NameUnknown):
        guard([])[0].connect_tcp("station.example", 443, 5.0)


def test_given_a_resolver_that_hangs_when_asked_then_the_timeout_holds(monkeypatch) -> None:
    over = threading.Event()
    monkeypatch.setattr("scraper.fetcher.guard.socket.getaddrinfo", lambda *args, **kwargs: over.wait(30) and [])
    with pytest.raises(httpcore.ConnectTimeout, match=r"not resolved in 0\.05 s"):
        Guard().connect_tcp("station.example", 443, 0.05)
    over.set()


class Stuck(httpcore.NetworkBackend):
    """Makes a connection only when it is told to."""

    def __init__(self) -> None:
        self.begun, self.over, self.closed = threading.Event(), threading.Event(), threading.Event()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.begun.set()
        self.over.wait(30)
        stream = httpcore.MockStream([])
        stream.close = self.closed.set
        return stream


def stopped_while(made: Guard, begun: threading.Event) -> None:
    """Connects, with a stop event that is set as soon as that has begun."""
    stop = threading.Event()
    made.begin(Exchange(60.0, time.monotonic, stop))
    threading.Thread(target=lambda: begun.wait(30) and stop.set(), daemon=True).start()
    with pytest.raises(Stopped):
        made.connect_tcp("station.example", 443, 60.0)


def test_given_a_stop_event_when_a_name_is_looked_up_then_nobody_waits_for_it() -> None:
    begun, over = threading.Event(), threading.Event()

    def look_up(host, port):
        begun.set()
        over.wait(30)
        return []

    stopped_while(Guard(resolve=look_up), begun)
    assert not over.is_set()
    over.set()


def test_given_a_stop_event_when_a_connection_is_made_then_nobody_waits_and_it_is_closed_when_it_comes() -> None:
    made, _ = guard(["8.8.8.8", "1.1.1.1"])
    made._inner = inner = Stuck()
    stopped_while(made, inner.begun)
    assert not inner.closed.is_set()
    inner.over.set()
    assert inner.closed.wait(30)


@pytest.mark.parametrize("name", ["localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
def test_given_a_spelling_of_loopback_when_resolved_then_its_address_is_plain(name) -> None:
    assert not any(is_public(address) for address in resolve(name, 80))


@pytest.mark.parametrize("name", ["a..b", "x" * 300, "é" * 80])
def test_given_a_name_that_cannot_be_one_when_resolved_then_it_is_unknown(name) -> None:
    with pytest.raises(NameUnknown):
        resolve(name, 80)


def test_given_a_deadline_that_is_past_when_connected_then_it_is_a_timeout() -> None:
    made, inner = guard(["8.8.8.8"])
    now = [100.0]
    made.begin(Exchange(10.0, lambda: now[0]))
    now[0] += 11
    with pytest.raises(httpcore.TimeoutException, match="deadline"):
        made.connect_tcp("station.example", 443, 5.0)
    assert inner.reached == []
    made.end()
    made.connect_tcp("station.example", 443, 5.0)
