"""When sources are asked, how, and when their validators are no longer believed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discoverer.model import FIRST, HOUR, MINUTE, Child, Poll, SourceState, Version
from scraper.discoverer.polling import (
    DAY,
    LONGEST,
    SHORTEST,
    SLACK,
    STALE,
    WHOLE_AFTER,
    WHOLE_EVERY,
    due,
    found_lying,
    polled,
    validators,
)

NOW = 1_944_309_600.0  # 2031-08-12T14:00:00Z
URL = "https://www.wgul.example/news.rss"
ONE = ('"1"', "Tue, 12 Aug 2031 09:00:00 GMT")


def version(listed: str = "a", etag: str | None = ONE[0], modified: str | None = ONE[1], **more: Any) -> Version:
    values: dict[str, Any] = {"sha256": listed, "newest": None, "children": ()} | more
    return Version(etag=etag, last_modified=modified, listed=listed, **values)


def poll(before: SourceState | None = None, at: float = NOW, **fields: Any) -> Poll:
    return Poll(url=URL, kind="feed", **({"default": False, "at": at, "before": before} | fields))


def read(**fields: Any) -> SourceState:
    state = polled(poll(version=version(), status=200), news=3)
    from msgspec.structs import replace

    return replace(state, **fields)


results = st.one_of(
    st.just({"version": version()}),
    st.just({}),
    st.just({"part": True}),
    st.just({"error": "it answers 503", "status": 503}),
    st.just({"error": "it answers 404", "status": 404, "missing": True}),
)


@given(st.lists(st.tuples(results, st.integers(0, 5), st.floats(1, 3 * DAY)), max_size=40), st.booleans())
def test_whatever_happens_a_source_is_asked_in_time(steps: list[tuple[Any, int, float]], default: bool) -> None:
    now, state = NOW, None
    for result, news, pause in steps:
        if due(state, default=default, now=now):
            state = polled(poll(state, now, default=default, **result), news=news if "version" in result else 0)
            assert state.next_poll_at is not None
            wait = state.next_poll_at - now
            assert SHORTEST <= state.interval <= LONGEST
            if not (result.get("missing") and default):
                assert SHORTEST * (1 - SLACK) <= wait <= LONGEST * (1 - SLACK)
                assert due(state, default=default, now=now + DAY - 5 * HOUR)
            if result.get("error") and not default:
                assert due(state, default=False, now=now)
            else:
                assert not due(state, default=default, now=now + 10 * MINUTE)
        now += pause


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60))
def test_more_news_more_polls(news: list[int]) -> None:
    state = None
    for number in news:
        before = state.interval if state else FIRST
        state = polled(poll(state, version=version()), news=number)
        assert state.interval == min(max(before * (0.8 if number else 1.5), SHORTEST), LONGEST)


@given(st.lists(st.floats(1, DAY), min_size=30, max_size=60))
def test_a_source_is_read_whole_every_seventh_time_and_every_day(pauses: list[float]) -> None:
    now, state, asked = NOW, None, 0
    for pause in pauses:
        whole = validators(state, now=now) == (None, None)
        asked = 0 if whole else asked + 1
        assert asked < WHOLE_EVERY
        if state is not None and state.read_at is not None:
            assert whole == (asked == 0)
            assert whole or now - state.read_at < WHOLE_AFTER
        state = polled(poll(state, now, **({"version": version()} if whole else {"status": 304})), news=0)
        now += pause


def test_a_clock_set_back_makes_all_due() -> None:
    assert due(read(), default=True, now=NOW - 1)
    assert validators(read(), now=NOW - 1) == (None, None)


def test_validators_are_those_of_the_last_whole_read() -> None:
    first = read()
    assert validators(first, now=NOW + HOUR) == ONE
    same = polled(poll(first, NOW + HOUR, version=version(etag='"2"')), news=0)
    assert validators(same, now=NOW + 2 * HOUR) == ('"2"', ONE[1])  # the body was the same
    part = polled(poll(same, NOW + 2 * HOUR, part=True), news=1)
    assert (part.etag, part.read_at) == ('"2"', NOW + HOUR)
    assert polled(poll(same, error="it answers 503"), news=0).etag == '"2"'


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, [3, 6, 12, 24, 30, 30]),
        ({"read_at": NOW}, [0.75, 0.75, 3, 6]),  # it was there once
    ],
)
def test_a_source_that_nobody_configured_and_that_is_not_there(fields: dict[str, Any], days: list[float]) -> None:
    state: SourceState | None = SourceState(url=URL, kind="feed", **fields)
    for wait in days:
        missing = poll(state, default=True, error="it answers 404", status=404, missing=True)
        state = polled(missing, news=0)
        assert state.next_poll_at == NOW + wait * DAY
        assert due(state, default=False, now=NOW)  # once somebody configures it
        assert polled(missing, news=0, stuck=True).next_poll_at is None
    assert state is not None
    assert polled(poll(state, version=version()), news=1).failures == 0


@pytest.mark.parametrize(
    ("known", "now", "lies"),
    [
        ({}, version("b"), True),
        ({}, version("b", etag='W/"1"'), True),
        ({}, version("b", modified=None), True),  # the ETag decides
        ({}, version("a", sha256="other"), False),  # a time stamp in a comment
        ({}, version("b", etag='"2"'), False),
        ({"etag": None}, version("b", etag=None), True),
        ({"etag": None, "last_modified": None}, version("b", None, None), False),
        ({"listed": None}, version("b"), False),
        # It still said "not modified" at 14:00, and what is there now was made at 07:00, or at 09:00.
        ({"unchanged_at": NOW}, version("b", '"2"', "Tue, 12 Aug 2031 07:00:00 GMT"), True),
        ({"unchanged_at": NOW}, version("b", '"2"', "Tue, 12 Aug 2031 09:00:00 GMT"), False),
        ({"unchanged_at": NOW}, version("b", '"2"', "soon"), False),
        ({"unchanged_at": None}, version("b", '"2"', "Tue, 12 Aug 2031 07:00:00 GMT"), False),
        ({"unchanged_at": NOW}, version("b", '"2"', None, newest="2031-08-12T07:00:00Z"), True),
        ({"unchanged_at": NOW}, version("b", '"2"', None, newest="2031-08-12T09:00:00Z"), False),
        ({"unchanged_at": NOW, "kind": "sitemap"}, version("b", '"2"', None, newest="2031-08-12T07:00:00Z"), False),
        ({"unchanged_at": NOW, "newest": "2031-08-12T08:00:00Z"}, version("b", '"2"', None), False),
    ],
)
def test_signs_of_a_lie(known: dict[str, Any], now: Version, lies: bool) -> None:
    assert STALE == 6 * HOUR
    assert found_lying(read(**known), now) is lies


def test_a_liar_is_read_whole_from_then_on() -> None:
    liar = polled(poll(read(), version=version("b")), news=1)
    assert liar.lying
    for _ in range(3):
        liar = polled(poll(liar, version=version("b", '"9"')), news=0)
        assert validators(liar, now=NOW) == (None, None)


@pytest.mark.parametrize(
    ("told", "whole"),
    [("2031-08-12T14:00:01Z", True), ("2031-08-12T14:00:00Z", False), ("2031-08-13", False), (None, False)],
)
def test_a_change_that_an_index_tells_of(told: str | None, whole: bool) -> None:
    assert due(read(), default=False, now=NOW + 1, told=told) is whole
    assert (validators(read(), now=NOW + 1, told=told) == (None, None)) is whole


def test_children_stay_known_while_nothing_changes() -> None:
    children = (Child("https://wgul.example/1.xml", "sitemap"),)
    state = polled(poll(version=version(children=children)), news=0)
    for result in ({"status": 304}, {"error": "it answers 503"}, {"part": True}):
        assert polled(poll(state, **result), news=0).children == children
