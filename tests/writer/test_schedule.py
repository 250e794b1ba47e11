from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.writer.schedule import HOUR, Trouble, after_failure
from scraper.writer.times import not_before, seconds, stamp, tidy


def run_through(*statuses: int | None, hours: float = 0.0) -> Trouble:
    """Failures one after the other, each asked for when it was due, or `hours` after the one before."""
    trouble, now = None, 0.0
    for status in statuses:
        trouble = after_failure(trouble, now=now, status=status)
        now = now + hours * HOUR if hours else trouble.next_try_at or now
    assert trouble
    return trouble


def test_a_page_that_cannot_be_had_is_tried_after_1_6_and_48_hours_then_never() -> None:
    waits, trouble, now = [], None, 1000.0
    for _ in range(4):
        trouble = after_failure(trouble, now=now, status=503)
        waits.append(None if trouble.next_try_at is None else (trouble.next_try_at - now) / HOUR)
        now = trouble.next_try_at or now
    assert waits == [1, 6, 48, None]
    assert trouble
    assert not trouble.gone


def test_other_waits_are_as_configured() -> None:
    waits, trouble = [], None
    for _ in range(3):
        trouble = after_failure(trouble, now=0.0, status=None, waits=(60.0, 90.0))
        waits.append(trouble.next_try_at)
    assert waits == [60, 90, None]
    assert after_failure(None, now=0.0, status=503, waits=()).next_try_at is None
    assert after_failure(None, now=0.0, status=404, waits=()).next_try_at == 6 * HOUR


def test_no_answer_counts_as_a_server_that_errs() -> None:
    assert run_through(None, 503, None).attempts == 3


def test_410_is_gone_at_once() -> None:
    assert run_through(410) == Trouble(attempts=1, since=0.0, not_found=False, gone=True)


def test_404_is_gone_after_three_checks_over_48_hours() -> None:
    assert not run_through(404).gone
    assert not run_through(404, 404).gone
    third = run_through(404, 404, 404)
    assert third.gone
    assert third.next_try_at is None


def test_404_is_not_gone_before_48_hours_have_passed() -> None:
    early = run_through(404, 404, 404, 404, hours=10)
    assert not early.gone
    assert early.next_try_at == 48 * HOUR
    assert run_through(404, 404, 404, hours=24).gone


def test_trouble_of_another_kind_starts_a_new_count() -> None:
    assert run_through(404, 404, 503).attempts == 1
    assert run_through(503, 503, 404).attempts == 1


def test_the_site_may_ask_for_more_time_but_not_for_less() -> None:
    assert after_failure(None, now=0.0, status=503, earliest=9 * HOUR).next_try_at == 9 * HOUR
    assert after_failure(None, now=0.0, status=503, earliest=5.0).next_try_at == HOUR


def test_a_clock_set_back_delays_nothing() -> None:
    later = after_failure(None, now=1e9, status=404)
    assert after_failure(later, now=0.0, status=404).next_try_at == 48 * HOUR


@settings(deadline=None)
@given(st.lists(st.sampled_from([None, 404, 410, 429, 500]), min_size=1, max_size=8), st.floats(0, 100))
def test_every_failure_has_an_end_or_another_try_in_the_future(statuses: list[int | None], hours: float) -> None:
    trouble, now = None, 0.0
    for status in statuses:
        trouble = after_failure(trouble, now=now, status=status)
        assert trouble.next_try_at is None or trouble.next_try_at >= now + HOUR
        assert not (trouble.gone and trouble.next_try_at)
        assert trouble.attempts >= 1
        now += hours * HOUR


@settings(deadline=None)
@given(st.floats(0, 2e11), st.floats(0, 2e11))
def test_stamps_sort_as_the_times_do(one: float, other: float) -> None:
    assert (stamp(one) <= stamp(other)) == (one // 1 <= other // 1)
    assert seconds(stamp(one)) <= one <= seconds(not_before(one))
    assert tidy(stamp(one)) == stamp(one)


def test_absurd_times_stay_times() -> None:
    assert stamp(1e300) == not_before(1e300) == not_before(float("inf")) == "9999-12-31T23:59:59Z"
    assert stamp(-5.0) == "1970-01-01T00:00:00Z"
