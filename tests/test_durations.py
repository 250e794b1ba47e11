"""Lengths of time and points in time as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from scraper.durations import parse_duration, parse_since

NOW = datetime(2024, 2, 7, 12, 30, tzinfo=timezone(timedelta(hours=-5)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("5m", 300),
        ("5min", 300),
        ("3h", 10800),
        ("1h30m", 5400),
        ("1h 30m 5s", 5405),
        ("1.5h", 5400),
        ("7d", 604800),
        ("2w", 1209600),
        ("1D12H", 129600),
        ("0s", 0),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "fast", "90", "-5m", "5x", "30m1h", "1h1h", "1h30", "h", "1e3s", "∞s"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a length of time|wrong order"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("7d", "2024-01-31T17:30:00+00:00"),
        ("36h", "2024-02-06T05:30:00+00:00"),
        ("2024-01-31", "2024-01-31T00:00:00+00:00"),
        ("2024-01-31T10:00:00Z", "2024-01-31T10:00:00+00:00"),
        ("2024-01-31T20:00:00-05:00", "2024-02-01T01:00:00+00:00"),
        ("2024-01-31 20:00", "2024-01-31T20:00:00+00:00"),
    ],
)
def test_since(text: str, moment: str) -> None:
    found = parse_since(text, NOW)
    assert found.isoformat() == moment
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["", "yesterdayish", "2024-02-30", "2024-1-1", "99999999999w", "0001-01-01T00:00:00+23:00"]
)
def test_what_is_no_point_in_time(text: str) -> None:
    with pytest.raises(ValueError, match="such as 7d, a day such as 2024-01-31"):
        parse_since(text, NOW)
