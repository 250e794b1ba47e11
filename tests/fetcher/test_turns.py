"""Places that are given back go to those who wait for them, in the order of coming."""

from __future__ import annotations

import threading

import pytest

from scraper.fetcher import hosts
from scraper.fetcher.hosts import Turns
from scraper.fetcher.politeness import HostSlots, Limits, Place, Wait

MANY_SECONDS = 60.0
GROUPS = {"g1.example": "grove", "g2.example": "grove", "g3.example": "grove"}


class World:
    """Slots with one place for each group and two for the process, and threads that wait for them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **limits: float) -> None:
        monkeypatch.setattr(hosts, "PATIENCE", MANY_SECONDS)  # who is woken was called, not out of patience
        given = {"delay": 0.0, "group_delay": 0.0, "per_group": 1, "per_process": 2} | limits
        self.slots = HostSlots(Limits(**given), group_of=GROUPS.get)  # type: ignore[arg-type]
        self.stop = threading.Event()
        self.turns = Turns(self.slots, self.stop)
        self.had: list[tuple[str, Place | None]] = []

    def take(self, host: str) -> Place:
        place = self.slots.claim(host)
        assert isinstance(place, Place)
        return place

    def give_back(self, place: Place) -> None:
        self.slots.release(place)
        self.turns.call()

    def wait(self, full: str, host: str) -> threading.Thread:
        """Starts a thread that waits, and returns when it does."""

        def wait() -> None:
            self.had.append((host, self.turns.wait(full, host, spaced=True)))

        before = self._waiting()
        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        while thread.is_alive() and self._waiting() == before:
            pass
        return thread

    def _waiting(self) -> int:
        return sum(map(len, self.turns._waiting.values()))

    @property
    def names(self) -> list[str]:
        return [host for host, place in self.had if place]


def test_given_waiting_threads_when_places_are_given_back_then_each_gets_one_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch)
    places = [world.take("a.example"), world.take("b.example")]
    hosts_of_all = ["first.example", "second.example", "third.example"]
    threads = [world.wait("", host) for host in hosts_of_all]
    for number, thread in enumerate(threads, 1):
        world.give_back(places.pop(0))
        thread.join(MANY_SECONDS)
        assert world.names == hosts_of_all[:number]
        places.append(world.had[-1][1] or places[0])
        assert isinstance(world.slots.claim("late.example"), Wait), "nobody is quicker than who has waited"


def test_given_a_full_group_when_its_place_is_given_back_then_its_own_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, per_process=9)
    other, place = world.take("a.example"), world.take("g1.example")
    own = world.wait("grove", "g2.example")
    world.give_back(other)
    assert own.is_alive()
    world.give_back(place)
    own.join(MANY_SECONDS)
    assert world.names == ["g2.example"]


def test_given_a_full_group_when_its_host_is_first_in_the_queue_then_others_pass_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch)
    first, other = world.take("g1.example"), world.take("a.example")
    grove, free = world.wait("", "g2.example"), world.wait("", "b.example")
    world.give_back(other)
    free.join(MANY_SECONDS)
    assert world.names == ["b.example"]
    world.give_back(first)
    grove.join(MANY_SECONDS)
    assert world.names == ["b.example", "g2.example"]


def test_given_a_place_free_since_when_a_thread_comes_to_wait_then_it_has_it_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch)
    assert isinstance(world.turns.wait("", "a.example", spaced=True), Place)


def test_given_a_host_that_rests_when_it_is_first_then_its_thread_looks_for_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch)
    world.slots.rest("a.example", MANY_SECONDS, "it asked for it")
    assert world.turns.wait("", "a.example", spaced=True) is None


def test_given_the_stop_event_when_patience_ends_then_the_thread_leaves_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hosts, "PATIENCE", 0.001)
    stop = threading.Event()
    slots = HostSlots(Limits(delay=0.0, per_process=1))
    turns = Turns(slots, stop)
    place = slots.claim("a.example")
    assert isinstance(place, Place)
    threading.Timer(0.01, stop.set).start()
    assert turns.wait("", "b.example", spaced=True) is None
    slots.release(place)
    turns.call()
    assert isinstance(slots.claim("c.example"), Place), "who has left holds no place"


def test_given_the_stop_event_when_a_place_is_given_back_then_all_leave_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(monkeypatch)
    places = [world.take("a.example"), world.take("b.example")]
    threads = [world.wait("", f"{name}.example") for name in "cde"]
    world.stop.set()
    world.give_back(places[0])
    for thread in threads:
        thread.join(MANY_SECONDS)
    assert [place for _, place in world.had] == [None, None, None]


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
