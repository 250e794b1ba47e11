from __future__ import annotations

import threading

import pytest

from scraper.fetcher.politeness import FAILURES, JITTER, WIDEST, HostSlots, Limits, Place, Wait


class Ticker:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Slots(HostSlots):
    """Host slots with a clock at hand; `go` waits as long as it takes and takes a place."""

    def __init__(self, limits: Limits | None = None, **options: object) -> None:
        self.ticker = Ticker()
        super().__init__(limits, **{"clock": self.ticker, "random": lambda: 0.0, **options})

    def go(self, host: str = "a", *, spaced: bool = True) -> Place:
        while isinstance(got := self.claim(host, spaced=spaced), Wait):
            self.ticker.now += got.seconds
        return got

    def request(self, host: str = "a", status: int = 200, latency: float = 0.1, takes: float = 0.1) -> float:
        """One whole request; gives its start."""
        place, start = self.go(host), self.ticker.now
        self.ticker.now += takes
        self.answered(host, status, latency)
        self.release(place, sent_at=start)
        return start

    def spacing(self, host: str = "a") -> float:
        return super().spacing(host)


def test_given_a_host_when_requests_follow_then_starts_are_a_delay_apart() -> None:
    slots = Slots()
    starts = [slots.request() for _ in range(4)]
    assert starts == [1000.0, 1005.0, 1010.0, 1015.0]
    assert slots.next_start("a") == 1020.0
    assert slots.next_start("b") == slots.ticker.now


def test_given_jitter_when_requests_follow_then_spacing_is_longer_and_never_shorter() -> None:
    slots = Slots(random=lambda: 1.0)
    starts = [slots.request() for _ in range(3)]
    assert starts == [1000.0, pytest.approx(1000 + 5 * (1 + JITTER)), pytest.approx(1000 + 10 * (1 + JITTER))]


def test_given_a_request_that_left_late_when_released_then_spacing_counts_from_its_leaving() -> None:
    slots = Slots()
    place = slots.go()
    slots.ticker.now += 3
    slots.release(place, sent_at=slots.ticker.now)
    assert slots.next_start("a") == 1008.0


def test_given_a_request_that_is_part_of_another_when_claimed_then_spacing_is_left_as_it_is() -> None:
    slots = Slots()
    slots.release(slots.go(spaced=False), sent_at=1000.0)
    assert slots.next_start("a") == 1000.0
    slots.request()
    slots.release(slots.go(spaced=False), sent_at=slots.ticker.now)
    assert slots.next_start("a") == 1005.0


@pytest.mark.parametrize("status", [429, 503])
def test_given_a_busy_server_when_it_says_so_then_spacing_doubles_up_to_two_minutes(status) -> None:
    slots = Slots()
    widths = []
    for _ in range(7):
        slots.request(status=status)
        widths.append(slots.spacing())
    assert widths == [10, 20, 40, 80, WIDEST, WIDEST, WIDEST]


def test_given_wide_spacing_when_answers_come_then_only_good_ones_narrow_it_and_never_below_the_delay() -> None:
    slots = Slots()
    for _ in range(3):
        slots.request(status=429)
    for status in (404, 301, 500, 204):
        slots.request(status=status)
        assert slots.spacing() == 40
    widths = []
    for _ in range(12):
        slots.request()
        widths.append(slots.spacing())
    assert widths[:3] == [22.5, 13.75, 9.375]
    assert widths[-1] == pytest.approx(5, abs=0.02)
    assert min(widths) >= 5


def test_given_wide_spacing_when_nothing_has_changed_then_304_narrows_it_as_200_does() -> None:
    slots = Slots()
    slots.request(status=429)
    slots.request(status=304)
    assert slots.spacing() == 7.5


def test_given_a_slow_server_when_it_answers_then_it_is_kept_busy_half_the_time() -> None:
    slots = Slots()
    slots.request(latency=6.0, status=404)
    assert slots.spacing() == 12.0
    slots.request(latency=2000.0)
    assert slots.spacing() == WIDEST


def test_given_a_crawl_delay_when_told_then_it_is_the_floor_from_the_next_request_on() -> None:
    slots = Slots(delays={"b": 30.0})
    slots.request()
    slots.at_least("a", 20.0)
    assert slots.next_start("a") == 1020.0
    slots.at_least("a", 1.0)
    slots.request()
    assert slots.spacing() == 20.0
    slots.at_least("b", 20.0)
    assert slots.spacing("b") == 30.0


def test_given_a_delay_above_the_adaptive_bound_when_answers_come_then_it_stands() -> None:
    slots = Slots(delays={"a": 300.0})
    for status in (200, 429, 503, 200):
        slots.request(status=status)
        assert slots.spacing() == 300.0


def test_given_a_rest_when_claimed_then_it_says_how_long_and_why_even_for_what_is_not_spaced() -> None:
    slots = Slots()
    slots.rest("a", 60, "asked for it")
    slots.rest("a", 10, "less")
    assert slots.claim("a") == slots.claim("a", spaced=False) == Wait(60, "asked for it", rest=True)
    slots.ticker.now += 60
    assert isinstance(slots.claim("a"), Place)


def test_given_failures_in_a_row_when_enough_then_the_host_rests() -> None:
    slots = Slots()
    told = [slots.failed("a", 600, "down", at_once=False) for _ in range(FAILURES)]
    assert told == [False] * (FAILURES - 1) + [True]
    assert slots.failed("b", 600, "unreachable", at_once=True)
    assert slots.next_start("a") == slots.next_start("b") == 1600.0


def test_given_an_answer_between_failures_when_counted_then_the_row_starts_anew() -> None:
    slots = Slots()
    for _ in range(3):
        for _ in range(FAILURES - 1):
            assert not slots.failed("a", 600, "down", at_once=False)
        slots.request(status=404)


def test_given_places_that_are_full_when_claimed_then_it_waits_for_release() -> None:
    slots = Slots(Limits(delay=0.0, per_process=2))
    first, _ = slots.go("a"), slots.go("b")
    assert slots.claim("a").reason == slots.claim("c").reason == "busy"
    slots.release(first)
    assert isinstance(slots.claim("c"), Place)
    assert slots.claim("a").reason == "busy"


def test_given_hosts_of_one_platform_when_claimed_then_the_group_has_limits_of_its_own() -> None:
    slots = Slots(group_of=lambda host: "grove" if host.startswith("g") else None)
    first = slots.go("g1")
    assert slots.claim("g2") == Wait(0.5, "group")
    assert isinstance(slots.claim("other"), Place)
    slots.ticker.now += 0.5
    assert isinstance(slots.claim("g2"), Place)
    slots.ticker.now += 0.5
    assert slots.claim("g3").reason == "busy"
    slots.release(first)
    assert isinstance(slots.claim("g3"), Place)


def test_given_a_host_that_joins_a_group_while_busy_when_released_then_counts_stay_right() -> None:
    slots = Slots(Limits(delay=0.0, group_delay=0.0, per_group=1))
    place = slots.go("a")
    slots.join("a", "grove")
    slots.join("a", "another")
    slots.join("b", "grove")
    other = slots.go("b")
    slots.release(place)
    assert slots.claim("a").reason == "busy"
    slots.release(other)
    assert isinstance(slots.claim("a"), Place)


def test_given_what_was_learned_when_settled_in_the_next_run_then_it_goes_on() -> None:
    slots = Slots()
    slots.request(status=429)
    slots.rest("a", 100, "asked for it")
    later = Slots(delays={"b": 8.0})
    later.settle("a", *slots.learned("a"))
    assert later.learned("a") == (10.0, pytest.approx(100.0), "asked for it")
    later.settle("b", 0.1, -5, "")
    assert (later.spacing("b"), later.learned("b")[:2]) == (8.0, (0.0, 0.0))


def test_given_a_delay_that_is_shortened_when_the_next_run_starts_then_it_holds_at_once() -> None:
    slots = Slots(delays={"a": 300.0})
    slots.request()
    later = Slots(Limits(delay=1.0))
    later.settle("a", *slots.learned("a"))
    assert later.spacing("a") == 1.0


def test_given_many_threads_when_they_claim_then_no_cap_is_ever_passed() -> None:
    slots = HostSlots(Limits(delay=0.0, per_process=3, per_host=2))
    most: dict[str, int] = {"all": 0, "a": 0, "b": 0}
    held = dict(most)
    lock = threading.Lock()

    def work(host: str) -> None:
        done = 0
        while done < 50:
            place = slots.claim(host)
            if isinstance(place, Wait):
                continue
            with lock:
                for name in ("all", host):
                    held[name] += 1
                    most[name] = max(most[name], held[name])
            with lock:
                for name in ("all", host):
                    held[name] -= 1
            slots.release(place)
            done += 1

    threads = [threading.Thread(target=work, args=(host,)) for host in "aabb"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most["all"] <= 3
    assert max(most["a"], most["b"]) <= 2
