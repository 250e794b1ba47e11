"""When a failed request is tried again, and how long after: tenacity, with a wait and a stop of our own.

Waits grow exponentially, with jitter; the server's word (Retry-After) can make them longer, never shorter. All of it,
waits included, keeps to the page's budget; a wait that is too long is not slept but handed up, so that the host can be
asked again later.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
from tenacity import RetryCallState, Retrying, retry_if_exception_type
from tenacity.stop import stop_base, stop_when_event_set
from tenacity.wait import wait_base

from scraper.config import FetchSettings, RetrySettings
from scraper.fetcher.model import Budget

LONGEST = 24 * 3600.0
"""Seconds above which no server is believed: a host is asked again after a day at the latest."""

_SECONDS = re.compile(r"0*([0-9]+(?:\.[0-9]+)?)")
_BETWEEN = re.compile(r",(?!\s*[0-9]{1,2}[ -]+[A-Za-z])")  # a comma, but not the one after a date's day of the week
_MOST_VALUES = 16
_DIGITS = 32  # of a number; with more, it is above `LONGEST` anyway


class Trouble(Exception):
    """One request came to nothing. `kind` names the policy that decides on another try:

    status (an answer worth retrying), name (unknown host), certificate, connect, timeout, read (the
    connection broke), protocol (no valid HTTP), final (an answer that another try would not change).
    `status` is set wherever there was an answer. `retry_after` is what the server asked for, in seconds; `partial` what
    was had of a body that broke off; `stale` that the request went out on a connection kept from before, and was not
    answered: the host may have closed it meanwhile.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        partial: Any = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status
        self.retry_after = retry_after
        self.partial = partial
        self.stale = False


class TooLong(Exception):
    """Another try is due, but only after `seconds`, which is more than this page may wait."""

    def __init__(self, trouble: Trouble, seconds: float) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble
        self.seconds = seconds


class Policy(msgspec.Struct, frozen=True):
    """How often a page is tried in all when it meets one kind of trouble, the seconds before the second try (doubled
    each time), and those after which there is no other, waits included.
    """

    attempts: int
    first_wait: float
    budget: float


PROTOCOL_ATTEMPTS = 2
"""Who does not speak HTTP is asked no more often, unless the settings say so."""


def policies(settings: FetchSettings) -> dict[str, Policy]:
    """The policy of each kind of trouble, by the settings; `final` is never tried again."""
    table = {"final": Policy(1, 0.0, settings.budget)}
    for name in settings.retries.__struct_fields__:
        own: RetrySettings = getattr(settings.retries, name)
        most = min(settings.attempts, PROTOCOL_ATTEMPTS) if name == "protocol" else settings.attempts
        attempts = most if own.attempts is None else own.attempts
        budget = settings.budget if own.budget is None else min(own.budget, settings.budget)
        table[name] = Policy(max(attempts, 1), own.first_wait, budget)
    return table


def parse_retry_after(value: str | None, *, now: float, served: str | None = None) -> float | None:
    """Seconds to wait by a Retry-After header, from 0 to `LONGEST`; None where it says nothing usable.

    `now` is the time of the answer (epoch); `served` its Date header, which a date is measured against first, so that a
    wrong clock on either side does no harm. A date that is past means 0; a negative number means nothing. Of several
    values, as of a header that stands there twice, the longest counts.

    >>> parse_retry_after("120", now=0), parse_retry_after("-5", now=0), parse_retry_after("soon", now=0)
    (120.0, None, None)
    >>> parse_retry_after("Thu, 01 Jan 1970 00:02:00 GMT", now=60)
    60.0
    >>> parse_retry_after("2, 3", now=0)
    3.0
    """
    start = _epoch(served)
    values = _BETWEEN.split(value or "", maxsplit=_MOST_VALUES)[:_MOST_VALUES]
    waits = [_wait(text.strip(), now if start is None else start) for text in values]
    return max((wait for wait in waits if wait is not None), default=None)


def _wait(text: str, start: float) -> float | None:
    """What one value asks for."""
    if found := _SECONDS.fullmatch(text):
        return min(float(found[1][:_DIGITS]), LONGEST)
    until = _epoch(text)
    return None if until is None else min(max(until - start, 0.0), LONGEST)


def _epoch(text: str | None) -> float | None:
    if not text or len(text) > 64:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.timestamp() if moment.tzinfo else moment.replace(tzinfo=UTC).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


class WaitAsAsked(wait_base):
    """Seconds before the next try: twice as long each time, shortened by up to a half at random so that many pages do
    not come back together; never above `cap`. Longer where the server asks for it; its "at once" is no leave to hurry.
    """

    def __init__(self, table: dict[str, Policy], *, cap: float, random: Callable[[], float]) -> None:
        self.table = table
        self.cap = cap
        self.random = random

    def __call__(self, retry_state: RetryCallState) -> float:
        trouble = trouble_of(retry_state)
        longest = self.table[trouble.kind].first_wait * 2.0 ** min(retry_state.attempt_number - 1, 32)
        return max(trouble.retry_after or 0.0, min(longest, self.cap) * (1 - self.random() / 2))


class StopByPolicy(stop_base):
    """No further try when its policy allows none, or when the wait before it is above `cap`, or would use up the page's
    budget or the policy's.
    """

    def __init__(self, table: dict[str, Policy], *, cap: float, budget: Budget) -> None:
        self.table = table
        self.cap = cap
        self.budget = budget

    def __call__(self, retry_state: RetryCallState) -> bool:
        return self.is_last(retry_state) or self.is_too_long(retry_state, retry_state.upcoming_sleep)

    def is_last(self, retry_state: RetryCallState) -> bool:
        return retry_state.attempt_number >= self.policy(retry_state).attempts

    def is_too_long(self, retry_state: RetryCallState, seconds: float) -> bool:
        left = self.budget.left() - (self.budget.seconds - self.policy(retry_state).budget)
        return seconds > self.cap or seconds >= left

    def policy(self, retry_state: RetryCallState) -> Policy:
        return self.table[trouble_of(retry_state).kind]

    def give_up(self, retry_state: RetryCallState) -> Any:
        """tenacity's last word: raises the trouble itself, or `TooLong` where the server asked for a longer wait."""
        trouble = trouble_of(retry_state)
        asked = trouble.retry_after
        if asked is not None and self.is_too_long(retry_state, asked):
            raise TooLong(trouble, asked) from trouble
        raise trouble


def trouble_of(retry_state: RetryCallState) -> Trouble:
    """The trouble that a state of tenacity ended in."""
    error = retry_state.outcome.exception() if retry_state.outcome else None
    if not isinstance(error, Trouble):
        raise TypeError(f"only troubles are retried, not {error!r}")
    return error


def retrying(
    settings: FetchSettings,
    budget: Budget,
    *,
    sleep: Callable[[float], None],
    random: Callable[[], float],
    before_retry: Callable[[Trouble, float], None],
    stop: threading.Event,
) -> Retrying:
    """The policy object of one request: call it with a function that raises `Trouble`.

    It raises the last `Trouble`, or `TooLong`. `before_retry` hears of each wait before it is slept.
    """
    table = policies(settings)
    cap = settings.retry_after_cap
    limits = StopByPolicy(table, cap=cap, budget=budget)
    wait = WaitAsAsked(table, cap=cap, random=random)
    return Retrying(
        retry=retry_if_exception_type(Trouble),
        wait=wait,
        stop=limits | stop_when_event_set(stop),
        sleep=sleep,
        before_sleep=lambda state: before_retry(trouble_of(state), state.upcoming_sleep),
        retry_error_callback=limits.give_up,
    )
