"""Retry-After: never negative, never above a day, in both forms; and no wait beyond what may be slept."""

from __future__ import annotations

import threading
from email.utils import format_datetime, formatdate

from hypothesis import given
from hypothesis import strategies as st

from scraper.config import FetchSettings
from scraper.fetcher.model import Budget
from scraper.fetcher.retry import LONGEST, TooLong, Trouble, parse_retry_after, retrying

NOW = 1_800_000_000.0
SECONDS = st.integers(0, 4 * 86400)


@given(st.integers(0, 10**17))
def test_given_seconds_when_read_then_they_are_those_or_a_day(seconds) -> None:
    assert parse_retry_after(str(seconds), now=NOW) == min(seconds, LONGEST)


@given(st.integers(-(10**6), 10**6), st.none() | st.integers(-(10**6), 10**6))
def test_given_a_date_when_read_then_the_servers_clock_counts_and_the_past_is_now(ahead, skew) -> None:
    here = NOW + (skew or 0)
    served = None if skew is None else formatdate(here, usegmt=True)
    seconds = parse_retry_after(formatdate(here + ahead, usegmt=True), now=NOW, served=served)
    assert seconds == min(max(ahead, 0), LONGEST)


@given(st.integers(max_value=-1))
def test_given_a_negative_number_when_read_then_it_means_nothing(seconds) -> None:
    assert parse_retry_after(str(seconds), now=NOW) is None


@given(
    st.text(max_size=80) | st.integers().map(str) | st.floats().map(str) | st.datetimes().map(format_datetime),
    st.none() | st.text(max_size=40),
)
def test_given_anything_when_read_then_it_is_nothing_or_within_a_day(value, served) -> None:
    seconds = parse_retry_after(value, now=NOW, served=served)
    assert seconds is None or 0 <= seconds <= LONGEST


KINDS = ("status", "connect", "timeout", "read", "protocol", "name", "certificate", "final")
TROUBLES = st.lists(st.tuples(st.sampled_from(KINDS), st.none() | SECONDS), max_size=30)
SETTINGS = st.builds(
    FetchSettings, attempts=st.integers(1, 20), budget=st.floats(0, 300), retry_after_cap=st.floats(0, 100)
)


@given(TROUBLES, SETTINGS, st.floats(0, 1), st.floats(0, 30))
def test_given_any_troubles_when_retried_then_waits_keep_to_cap_budget_and_attempts(
    troubles, settings, random, takes
) -> None:
    now, slept, tries = [0.0], [], [0]
    left = [Trouble(kind, "no", retry_after=wait) for kind, wait in troubles]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    def attempt() -> str:
        tries[0] += 1
        now[0] += takes
        if left:
            raise left.pop(0)
        return "page"

    retry = retrying(
        settings,
        Budget(settings.budget, lambda: now[0]),
        sleep=sleep,
        random=lambda: random,
        before_retry=lambda trouble, seconds: None,
        stop=threading.Event(),
    )
    too_long = None
    try:
        assert retry(attempt) == "page"
    except TooLong as error:
        too_long = error.seconds
    except Trouble:
        pass
    cap = settings.retry_after_cap
    assert too_long is None or too_long > cap or too_long + now[0] >= settings.budget
    assert tries[0] <= settings.attempts
    assert len(slept) == tries[0] - 1
    assert all(0 <= seconds <= cap for seconds in slept)
    assert sum(slept) <= settings.budget
