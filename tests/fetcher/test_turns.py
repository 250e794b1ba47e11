"""Threads that wait for a full place are woken in the order of coming, and only as many as places are given back."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from scraper.fetcher import hosts
from scraper.fetcher.hosts import Turns
from scraper.fetcher.politeness import HostSlots, Limits, Place, Wait

MANY_SECONDS = 60.0


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    monkeypatch.setattr(hosts, "PATIENCE", MANY_SECONDS)  # who is woken was called, not out of patience
    return Turns()


def waiting(turns: Turns, full: str, woken: list[str]) -> Callable[[str], threading.Thread]:
    """Starts a thread that waits, and returns when it does."""

    def start(name: str) -> threading.Thread:
        def wait() -> None:
            turns.wait(full)
            woken.append(name)

        before = len(turns._waiting.get(full, ()))
        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        while len(turns._waiting.get(full, ())) == before:
            pass
        return thread

    return start


def test_given_waiting_threads_when_places_are_given_back_then_each_wakes_one_in_order(turns: Turns) -> None:
    woken: list[str] = []
    start = waiting(turns, "", woken)
    threads = [start(name) for name in ("first", "second", "third")]
    for number, thread in enumerate(threads, 1):
        turns.call(Place("a.example", None, True))
        thread.join(MANY_SECONDS)
        assert woken == ["first", "second", "third"][:number]


def test_given_a_full_group_when_its_place_is_given_back_then_its_own_are_woken(turns: Turns) -> None:
    woken: list[str] = []
    other, own = waiting(turns, "npr", woken)("other"), waiting(turns, "grove", woken)("own")
    turns.call(Place("a.example", "grove", True))
    own.join(MANY_SECONDS)
    assert woken == ["own"]
    turns.call(Place("b.example", "npr", True))
    other.join(MANY_SECONDS)
    assert woken == ["own", "other"]


def test_given_no_call_when_patience_ends_then_the_thread_looks_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "PATIENCE", 0.0)
    turns = Turns()
    turns.wait("")
    assert not turns._waiting[""]


def test_given_places_that_are_full_when_claimed_then_the_wait_names_what_is_full() -> None:
    slots = HostSlots(
        Limits(delay=0.0, group_delay=0.0, per_group=1, per_process=2), group_of={"g1": "g", "g2": "g"}.get
    )
    taken = [slots.claim("g1"), slots.claim("a")]
    assert all(isinstance(place, Place) for place in taken)
    found = [slots.claim(host) for host in ("g2", "b", "a")]
    assert [(wait.reason, wait.full) for wait in found if isinstance(wait, Wait)] == [
        ("busy", "g"),
        ("busy", ""),
        ("busy", None),
    ]
