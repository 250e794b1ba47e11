"""Host slots under a clock of the test's own: any order of requests, answers, rests and waits keeps every promise."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from scraper.fetcher.politeness import WIDEST, HostSlots, Limits, Place, Wait

HOSTS = st.sampled_from(["a", "b", "g1", "g2", "g3"])


class Machine(RuleBasedStateMachine):
    """Any order of requests, answers, rests and waits keeps every promise."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.slots = HostSlots(
            Limits(delay=2.0, per_process=3),
            group_of=lambda host: "g" if host.startswith("g") else None,
            clock=lambda: self.now,
            random=lambda: self.jitter,
        )
        self.jitter = 0.0
        self.held: list[Place] = []
        self.starts: dict[str, float] = {}
        self.group_start = float("-inf")
        self.rests: dict[str, float] = {}

    @rule(host=HOSTS)
    def claim(self, host: str) -> None:
        now, spacing = self.now, self.slots.spacing(host)
        got = self.slots.claim(host)
        if isinstance(got, Wait):
            assert got.seconds > 0
            return
        assert now >= self.rests.get(host, 0)
        assert now >= self.starts.get(host, float("-inf")) + min(spacing, 2.0)
        assert got.group != "g" or now >= self.group_start + 0.5
        self.starts[host] = now
        self.group_start = now if got.group == "g" else self.group_start
        self.held.append(got)

    @precondition(lambda self: self.held)
    @rule(status=st.sampled_from([200, 304, 404, 429, 500, 503]), latency=st.floats(0, 50))
    def answer(self, status: int, latency: float) -> None:
        place = self.held.pop()
        before = self.slots.spacing(place.host)
        self.slots.answered(place.host, status, latency)
        after = self.slots.spacing(place.host)
        assert 2.0 <= after <= WIDEST
        assert status in (200, 304) or after >= before
        self.slots.release(place, sent_at=self.starts[place.host])
        assert self.slots.next_start(place.host) >= self.starts[place.host] + after

    @precondition(lambda self: self.held)
    @rule()
    def break_off(self) -> None:
        """A request that never left gives its place back, and no interval is lowered by it."""
        place = self.held.pop(0)
        before = self.slots.spacing(place.host)
        self.slots.release(place)
        assert self.slots.spacing(place.host) == before

    @rule(host=HOSTS, delay=st.floats(0, 60))
    def crawl_delay(self, host: str, delay: float) -> None:
        self.slots.at_least(host, delay)
        assert self.slots.spacing(host) >= max(delay, 2.0)

    @rule(jitter=st.floats(0, 1))
    def jitters(self, jitter: float) -> None:
        self.jitter = jitter

    @rule(host=HOSTS, seconds=st.floats(0, 100))
    def rest(self, host: str, seconds: float) -> None:
        self.slots.rest(host, seconds, "told to")
        self.rests[host] = max(self.rests.get(host, 0), self.now + seconds)

    @rule(seconds=st.floats(0.01, 200))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def caps_hold(self) -> None:
        hosts = [place.host for place in self.held]
        assert len(hosts) <= 3
        assert len(set(hosts)) == len(hosts)
        assert sum(host.startswith("g") for host in hosts) <= 2


TestMachine = Machine.TestCase
TestMachine.settings = settings(stateful_step_count=40)
