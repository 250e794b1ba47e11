"""When a page that failed is tried again, over many runs. A pure function of what is known and the time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

HOUR = 3600.0
WAITS = (1 * HOUR, 6 * HOUR, 48 * HOUR)
"""The wait after the first, second and third run that failed on a page, where nothing else is configured; a fourth
failure is the last."""

GONE = 410
NOT_FOUND = 404
NOT_FOUND_CHECKS = 3
NOT_FOUND_FOR = 48 * HOUR
NOT_FOUND_WAIT = 6 * HOUR
"""A page that is not found is looked for again after `NOT_FOUND_WAIT`; it is gone once so many checks in a row, over so
long a time, have said so."""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A page's failures in a row, all of one kind: it was not found, or it could not be had.

    `since` is the time of the first (seconds since the epoch). `next_try_at` is null when there will be no other try:
    then the page is `gone`, or has failed for good.
    """

    attempts: int
    since: float
    not_found: bool
    gone: bool = False
    next_try_at: float | None = None


def after_failure(
    before: Trouble | None,
    *,
    now: float,
    status: int | None,
    earliest: float | None = None,
    waits: Sequence[float] = WAITS,
) -> Trouble:
    """What one more failure at `now` makes of a page.

    `status` is the HTTP status, null when there was no answer; `earliest` is when the site wants to be asked again.
    Failures of another kind than before start a new count. `waits` is what `WAITS` says, as configured.
    """
    not_found = status == NOT_FOUND
    same = before is not None and before.not_found == not_found
    attempts = before.attempts + 1 if before and same else 1
    since = min(before.since, now) if before and same else now  # the clock may have been set back
    if status == GONE or (not_found and attempts >= NOT_FOUND_CHECKS and now - since >= NOT_FOUND_FOR):
        return Trouble(attempts=attempts, since=since, not_found=not_found, gone=True)
    wait: float | None
    if not_found:
        wait = NOT_FOUND_WAIT if attempts == 1 else max(since + NOT_FOUND_FOR - now, HOUR)
    else:
        wait = waits[attempts - 1] if attempts <= len(waits) else None
    next_try_at = None if wait is None else max(now + wait, earliest or 0.0)
    return Trouble(attempts=attempts, since=since, not_found=not_found, next_try_at=next_try_at)
