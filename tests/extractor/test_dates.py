"""Dates as pages write them, to UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.extractor import dates


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("2019-07-09T17:34:39Z", "2019-07-09T17:34:39Z"),
        ("2025-12-19T03:02:56.937Z", "2025-12-19T03:02:56Z"),
        ("2023-12-22T05:00:45-05:00", "2023-12-22T10:00:45Z"),
        ("2023-12-22T05:00:45-0500", "2023-12-22T10:00:45Z"),
        ("2024-02-30T10:00:00Z", None),
        ("2021-08-11", "2021-08-11"),
        ("2021-08-11T10:00:00", "2021-08-11"),
        ("soon", None),
    ],
)
def test_iso(value: str, want: str | None) -> None:
    assert dates.from_iso(value) == want


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("2019-07-09T13:34:39Z", "2019-07-09T17:34:39Z"),  # summer: four hours
        ("2025-12-18T22:02:56Z", "2025-12-19T03:02:56Z"),  # winter: five, and the next day
    ],
)
def test_eastern_wall_time_under_a_false_z(value: str, want: str) -> None:
    assert dates.from_iso(value, wall=dates.zone(dates.EASTERN)) == want


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("Published July 7, 2021 at 5:35 PM MDT", "2021-07-07T23:35:00Z"),
        ("Published December 18, 2025 at 10:02 PM EST", "2025-12-19T03:02:00Z"),
        ("Wednesday, January 22, 2025 • 5:08 PM EST", "2025-01-22T22:08:00Z"),
        ("October 17, 2023 6:01 PM ET", "2023-10-17T22:01:00Z"),
        ("December 15, 2016 3:33 PM ET", "2016-12-15T20:33:00Z"),
        ("August 11, 20215:00 AM ET", "2021-08-11T09:00:00Z"),
        ("Published March 12, 2024 at 6:00 AM AKDT", "2024-03-12T14:00:00Z"),
        ("Aug 14, 2020", "2020-08-14"),
        ("Publicado el 9 de mayo de 2024", "2024-05-09"),
        ("Jan. 3, 2024 12:05 a.m.", "2024-01-03"),
        ("January 32, 2024", None),
        ("nothing here", None),
    ],
)
def test_words(value: str, want: str | None) -> None:
    assert dates.from_words(value) == want


def test_a_time_without_a_zone_is_the_stations() -> None:
    assert dates.from_words("July 7, 2021 5:35 PM", local=dates.zone("US/Mountain")) == "2021-07-07T23:35:00Z"


def test_ago_needs_the_day_of_capture() -> None:
    assert dates.from_words("16 hours ago") is None
    assert dates.from_words("16 hours ago", captured=datetime(2020, 6, 11, 10, tzinfo=UTC)) == "2020-06-10"


@pytest.mark.parametrize("name", ["US/Eastern", "America/Los_Angeles", "PT", "AKST", "Pacific/Honolulu"])
def test_zones(name: str) -> None:
    assert dates.zone(name) is not None


def test_unknown_zone() -> None:
    assert dates.zone("Middle Earth") is None
    assert dates.zone(None) is None
