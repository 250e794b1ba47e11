"""Lengths of time: what is written is what is meant, and junk is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.durations import parse_duration

UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}


@given(st.dictionaries(st.sampled_from(list(UNITS)), st.integers(0, 10_000), min_size=1), st.sampled_from(["", " "]))
def test_given_any_parts_when_written_largest_first_then_their_sum_is_read(parts, gap) -> None:
    ordered = [unit for unit in UNITS if unit in parts]
    text = gap.join(f"{parts[unit]}{unit}" for unit in ordered)
    assert parse_duration(text) == parse_duration(text.upper()) == sum(parts[unit] * UNITS[unit] for unit in parts)


@given(st.lists(st.sampled_from(list(UNITS)), min_size=2, max_size=4))
def test_given_units_that_stand_twice_or_in_the_wrong_order_when_read_then_it_is_an_error(units) -> None:
    text = "".join(f"1{unit}" for unit in units)
    sizes = [UNITS[unit] for unit in units]
    if sizes == sorted(set(sizes), reverse=True):
        assert parse_duration(text) == sum(sizes)
        return
    with pytest.raises(ValueError, match="wrong order or twice"):
        parse_duration(text)


@given(st.text(max_size=20))
def test_given_any_text_when_read_then_it_is_seconds_from_zero_up_or_an_error(text) -> None:
    try:
        seconds = parse_duration(text)
    except ValueError:
        return
    assert 0 <= seconds < float("inf")
