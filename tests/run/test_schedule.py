from __future__ import annotations

import pytest

from scraper.run.schedule import DAY, last_visit, refused_again, story_again

NOW = 1_944_309_600.0  # 2031-08-12T14:00:00Z


@pytest.mark.parametrize(
    ("published", "days"),
    [
        ("2031-08-12T14:00:00Z", 1),
        ("2031-08-12T10:00:00-04:00", 1),
        ("2031-08-11T14:00:00Z", 6),
        ("2031-08-10T14:00:00Z", 5),
        ("2031-08-05T14:00:00Z", None),
        ("2011-01-01", None),
        ("2032-01-01T00:00:00Z", 1),  # a clock that is wrong, there or here
        (None, 1),
        ("soon", 1),
    ],
)
def test_a_story_is_looked_at_again_when_it_is_a_day_and_a_week_old(published: str | None, days: int | None) -> None:
    assert story_again(published, NOW) == (None if days is None else NOW + days * DAY)


@pytest.mark.parametrize(
    ("page_type", "published", "days"),
    [
        ("list", None, 30),
        ("event", "2030-01-01", 30),
        ("other", "2031-08-12T08:00:00Z", 1),  # the text may come with the evening
        ("error", None, 7),
        ("error", "2031-08-11T14:00:00Z", 1),
        ("consent", None, 7),
        (None, "2031-08-12T08:00:00Z", 7),  # robots.txt
    ],
)
def test_what_is_no_story_is_left_alone_for_long(page_type: str | None, published: str | None, days: int) -> None:
    assert refused_again(page_type, published, NOW) == NOW + days * DAY


def test_the_visit_after_a_week_is_the_last() -> None:
    assert [last_visit("2031-08-12T14:00:00Z", NOW + days * DAY) for days in (0, 1, 6.9, 7, 8)] == [
        False, False, False, True, True,
    ]  # fmt: skip
