"""When a source is asked again, how, and whether its validators are to be believed. Pure functions.

A source is asked more often while it brings news and less often while it brings none. Between two whole reads it is
asked whether it has changed; a source whose validators were found to lie is always read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

import msgspec

from scraper.discoverer.model import HOUR, MINUTE, Child, Discovery, Listing, Poll, SourceState, Version
from scraper.discoverer.when import at
from scraper.page import same_version

DAY = 24 * HOUR

SHORTEST, LONGEST = 15 * MINUTE, 24 * HOUR
"""The bounds of an interval: a station's newsroom posts a few times a day, and a day late is as late as news may be."""
MORE_OFTEN, LESS_OFTEN = 0.8, 1.5
"""Factors after a read that brought news, and after one that brought none."""
SLACK = 0.25
"""This share of an interval may be missing: passes that a timer starts once a day do not come to a source to the
minute, and the longest interval must not let a daily pass go by."""

WHOLE_EVERY, WHOLE_AFTER = 7, 24 * HOUR
"""Every so many polls, and after so much time, a source is read whole whatever its validators say: a server that lies
is found out within a day, at a seventh of the price of never asking conditionally."""
STALE = 6 * HOUR
"""A version that was there for so long while the server still denied it was denied falsely. Less may be a cache."""

DEAD_STATUSES = (404, 410)
DEAD_AFTER, DEAD_FIRST, DEAD_LONGEST = 3, 3 * DAY, 30 * DAY
"""A source that nobody configured and that is not there is asked again after three days, then six, up to a month:
platforms add files now and then. One that was there once must be missing three times in a row first."""


def due(state: SourceState | None, *, default: bool, now: float, told: str | None = None) -> bool:
    """Whether a source is to be asked now. One that somebody configured and that fails always is (`default` false);
    so is one of whose change another one tells (`told`, RFC 3339).
    """
    if state is None or state.asked_at is None or state.next_poll_at is None or now < state.asked_at:
        return True
    return now >= state.next_poll_at or (state.failures > 0 and not default) or told_after(state, told)


def validators(state: SourceState | None, *, now: float, told: str | None = None) -> tuple[str | None, str | None]:
    """ETag and Last-Modified to send; nothing where the source is to be read whole.

    That is: they lie, it was not read whole for too long, or another source tells of a change since then.
    """
    if state is None or state.lying or state.read_at is None or told_after(state, told):
        return None, None
    if state.unchanged >= WHOLE_EVERY - 1 or not 0 <= now - state.read_at < WHOLE_AFTER:
        return None, None
    return state.etag, state.last_modified


def told_after(state: SourceState, told: str | None) -> bool:
    """Whether a change is told of that came after the last whole read. A day without a time tells too little."""
    moment = _epoch(told) if told and len(told) > 10 else None
    return moment is not None and state.read_at is not None and moment > state.read_at


def polled(poll: Poll, *, news: int, stuck: bool = False) -> SourceState:
    """What is known of a source after a poll that brought so many `news`: stories not known before, or changed.

    `stuck`: no source of the station could be read. Then all are asked at the next pass: a site that is down, or
    answers everything with 404 for an hour, must not be lost for days.
    """
    before = poll.before or SourceState(url=poll.url, kind=poll.kind)
    values: dict[str, object] = {"url": poll.url, "asked_at": poll.at, "status": poll.status, "error": poll.error}
    interval = min(max(before.interval * (MORE_OFTEN if news else LESS_OFTEN), SHORTEST), LONGEST)
    wait = interval * (1 - SLACK)
    if poll.error is not None:
        values["failures"] = before.failures + 1
        wait = _wait_for_missing(before) if poll.missing and poll.default else wait
    else:
        values["failures"] = 0
    if poll.version is not None:
        values |= poll.version._asdict() | {"read_at": poll.at, "unchanged": 0, "unchanged_at": None}
        values["lying"] = before.lying or found_lying(before, poll.version)
    elif poll.error is None and not poll.part:
        values |= {"unchanged": before.unchanged + 1, "unchanged_at": poll.at}
    again = None if stuck else poll.at + wait
    return msgspec.structs.replace(before, **values, interval=interval, next_poll_at=again)


def settle(discovery: Discovery, news: Set[str]) -> list[SourceState]:
    """What is known of the sources after a discovery of which these keys are news."""
    brought = Counter(source for found in discovery.found if found.key in news for source in found.sources)
    return [polled(poll, news=brought[poll.url], stuck=discovery.failed) for poll in discovery.polls]


def with_next_polls(discovery: Discovery, states: Iterable[SourceState]) -> Discovery:
    """The discovery, with the time of the next poll in the reports of sources that were asked."""
    again = {state.url: at(state.next_poll_at) for state in states if state.next_poll_at is not None}
    replace = msgspec.structs.replace
    reports = [replace(source, next_poll=source.next_poll or again.get(source.url)) for source in discovery.sources]
    return replace(discovery, sources=reports)


def _wait_for_missing(before: SourceState) -> float:
    late = before.failures + 1 - (DEAD_AFTER if before.read_at is not None else 1)
    return LONGEST * (1 - SLACK) if late < 0 else min(DEAD_FIRST * 2.0 ** min(late, 10), DEAD_LONGEST)


def found_lying(before: SourceState, now: Version) -> bool:
    """Whether a whole read shows that the validators known before are not to be believed.

    What counts is what the source lists: a time stamp in a comment is no change. Either it lists something else under
    the same validators; or the server still said "not modified" hours after the version that is there now was made, as
    its own Last-Modified or the newest entry of a feed tells.
    """
    if before.listed is None or before.listed == now.listed or not (before.etag or before.last_modified):
        return False
    if same_version((before.etag, before.last_modified), (now.etag, now.last_modified)):
        return True
    if before.unchanged_at is None:
        return False
    made = [_http_date(now.last_modified)]
    if before.kind == "feed" and (now.newest or "") > (before.newest or ""):
        made.append(_epoch(now.newest))
    return any(moment is not None and moment + STALE < before.unchanged_at for moment in made)


def version(body: bytes, headers: Mapping[str, str], listing: Listing, children: Iterable[Child]) -> Version:
    """The version of a source that an answer holds. `headers` have lower-case names."""
    entries = sorted(f"{item.url} {item.published} {item.lastmod}" for item in (*listing.items, *listing.children))
    return Version(
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        sha256=sha256(body).hexdigest(),
        listed=sha256("\n".join(entries).encode("utf-8", "surrogatepass")).hexdigest(),
        newest=max((item.published for item in listing.items if item.published), default=None),
        children=tuple(children),
    )


def _epoch(text: str | None) -> float | None:
    """Seconds since the epoch of an RFC 3339 time; None for a day alone."""
    return datetime.fromisoformat(text).timestamp() if text and len(text) > 10 else None


def _http_date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, OverflowError, OSError):  # servers write anything there
        return None
