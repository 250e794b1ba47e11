from __future__ import annotations

import threading
from email.utils import formatdate

import pytest

from scraper.config import FetchSettings, RetriesSettings, RetrySettings
from scraper.fetcher.model import Budget
from scraper.fetcher.retry import LONGEST, TooLong, Trouble, parse_retry_after, policies, retrying

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("1.5", 1.5),
        ("-1", None),
        ("+5", None),
        ("1e3", None),
        ("²", None),
        ("١٢", None),
        ("inf", None),
        ("nan", None),
        ("9" * 18, LONGEST),
        ("9" * 19, LONGEST),
        ("9" * 400, LONGEST),
        ("9" * 60_000, LONGEST),
        ("0" * 400 + "5", 5.0),
        ("0." + "0" * 400, 0.0),
        ("2, 3", 3.0),
        ("3,2", 3.0),
        ("-1, 4, soon", 4.0),
        (f"7, {formatdate(NOW + 90, usegmt=True)}", 90.0),
        (f"{formatdate(NOW + 90, usegmt=True)}, {formatdate(NOW + 60, usegmt=True)}", 90.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT, 12", 12.0),
        ("1, " * 20_000, 1.0),
        (",", None),
        ("soon", None),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        ("Sun Nov  6 08:49:37 1994", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST),
        ("Fri, 99 Foo 2027 99:99:99 GMT", None),
        ("Fri, 15 Jan 99999999999 08:00:00 GMT", None),
    ],
)
def test_given_a_retry_after_when_read_then_it_is_safe(value, seconds) -> None:
    assert parse_retry_after(value, now=NOW) == seconds


def test_given_a_servers_own_date_when_a_date_is_read_then_that_clock_counts() -> None:
    value, served = formatdate(1030, usegmt=True), formatdate(1000, usegmt=True)
    assert parse_retry_after(value, now=NOW, served=served) == 30.0
    assert parse_retry_after(value, now=1010, served="broken") == 20.0


class Run:
    """Drives the policy object with a clock that only sleeping moves."""

    def __init__(self, random: float = 0.0, **settings: object) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self.told: list[tuple[str, float]] = []
        self.stop = threading.Event()
        self.tries = 0
        self.settings = FetchSettings(**{"budget": 100.0, "retry_after_cap": 60.0, "attempts": 3, **settings})
        self.budget = Budget(self.settings.budget, lambda: self.now)
        self.random = random

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self, *troubles: Trouble, takes: float = 0.0) -> str:
        left = list(troubles)

        def attempt() -> str:
            self.tries += 1
            self.now += takes
            if left:
                raise left.pop(0)
            return "page"

        retry = retrying(
            self.settings,
            self.budget,
            sleep=self.sleep,
            random=lambda: self.random,
            before_retry=lambda trouble, seconds: self.told.append((str(trouble), seconds)),
            stop=self.stop,
        )
        return retry(attempt)


def busy(seconds: float | None = None) -> Trouble:
    return Trouble("status", "busy", status=503, retry_after=seconds)


def test_given_trouble_that_passes_when_retried_then_the_page_is_had() -> None:
    run = Run()
    assert run(busy(), Trouble("timeout", "slow")) == "page"
    assert run.told == [("busy", 2.0), ("slow", 2.0)]


def test_given_a_servers_wish_when_retried_then_it_is_kept_to_the_second() -> None:
    run = Run(random=1.0)
    run(busy(7.0), busy(8.0))
    assert run.slept == [7.0, 8.0]


def test_given_a_wish_to_be_asked_at_once_when_retried_then_our_own_wait_holds() -> None:
    run = Run(attempts=5)
    run(busy(0.0), busy(1.0), busy(9.0), busy(0.5))
    assert run.slept == [2.0, 4.0, 9.0, 16.0]


def test_given_jitter_when_retried_then_waits_are_shortened_by_half_at_most() -> None:
    waits = []
    for random in (0.0, 0.5, 1.0):
        run = Run(random=random, attempts=5)
        run(*[busy() for _ in range(4)])
        waits.append(run.slept)
    assert waits == [[2, 4, 8, 16], [1.5, 3, 6, 12], [1, 2, 4, 8]]


@pytest.mark.parametrize(
    ("kind", "tries"),
    [
        ("status", 4),
        ("connect", 4),
        ("timeout", 4),
        ("read", 4),
        ("protocol", 2),
        ("name", 1),
        ("certificate", 1),
        ("final", 1),
    ],
)
def test_given_a_kind_of_trouble_when_it_lasts_then_its_policy_counts_the_tries(kind, tries) -> None:
    run = Run(attempts=4)
    trouble = Trouble(kind, "no")
    with pytest.raises(Trouble) as error:
        run(*[trouble] * 9)
    assert error.value is trouble
    assert run.tries == tries
    assert set(policies(run.settings)) >= {kind}


def test_given_policies_of_their_own_when_retried_then_each_class_of_trouble_keeps_to_its_own() -> None:
    own = RetriesSettings(
        timeout=RetrySettings(attempts=5, first_wait=3.0),
        read=RetrySettings(attempts=9, first_wait=4.0, budget=20.0),
        protocol=RetrySettings(attempts=4),
        name=RetrySettings(attempts=2),
    )
    for kind, waits in (
        ("timeout", [3, 6, 12, 24]),
        ("read", [4, 8]),  # a third wait would end after 28 seconds
        ("protocol", [1, 2, 4]),
        ("name", [1]),
        ("connect", [1, 2]),
        ("certificate", []),
    ):
        run = Run(attempts=3, retries=own)
        with pytest.raises(Trouble):
            run(*[Trouble(kind, "no")] * 9)
        assert run.slept == waits, kind


def test_given_a_wish_beyond_its_class_of_troubles_budget_when_retried_then_it_is_handed_up() -> None:
    run = Run(attempts=9, budget=100.0, retries=RetriesSettings(status=RetrySettings(budget=50.0)))
    with pytest.raises(TooLong):
        run(*[busy(30.0)] * 9)
    assert run.slept == [30.0]


def test_given_a_wish_above_the_cap_when_retried_then_it_is_handed_up_unslept() -> None:
    run = Run()
    with pytest.raises(TooLong) as error:
        run(busy(60.5))
    assert (error.value.seconds, error.value.trouble.status, run.slept, run.tries) == (60.5, 503, [], 1)


def test_given_waits_that_add_up_when_retried_then_the_budget_covers_them_all() -> None:
    run = Run(attempts=9, budget=100.0)
    with pytest.raises(TooLong):
        run(*[busy(30.0)] * 9, takes=4.0)
    assert run.slept == [30.0, 30.0]
    assert run.now < 103


def test_given_growing_waits_when_the_budget_ends_then_the_trouble_itself_is_raised() -> None:
    run = Run(attempts=50, budget=20.0)
    with pytest.raises(Trouble, match="slow"):
        run(*[Trouble("timeout", "slow")] * 50)
    assert run.now < 20


def test_given_the_stop_event_when_trouble_comes_then_nothing_is_tried_again() -> None:
    run = Run()
    run.stop.set()
    with pytest.raises(Trouble):
        run(busy())
    assert run.slept == []


def test_given_another_error_when_raised_then_it_passes_untouched() -> None:
    run = Run()
    retry = retrying(
        run.settings, run.budget, sleep=run.sleep, random=lambda: 0, before_retry=lambda *told: None, stop=run.stop
    )
    with pytest.raises(KeyboardInterrupt):
        retry(lambda: (_ for _ in ()).throw(KeyboardInterrupt()))
    assert run.slept == []
