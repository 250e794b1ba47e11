"""A month, and a year, of daily passes with all that goes wrong. The year takes half an hour: ``-m slow``."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from simulated_year import Simulation, Told


def lived(folder: Path, monkeypatch: pytest.MonkeyPatch, *, number: int, days: int, changes: int, seed: int) -> Told:
    logging.getLogger("scraper").setLevel(logging.CRITICAL)
    try:
        told = Simulation(folder, monkeypatch, number=number, days=days, changes=changes, seed=seed).live()
    finally:
        logging.getLogger("scraper").setLevel(logging.NOTSET)
    assert told.problems == []
    assert told.doubled == 0
    return told


def test_a_month_of_five_stations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = lived(tmp_path, monkeypatch, number=5, days=30, changes=0, seed=1)
    assert set(told.faults) >= {"outage", "429"}
    assert (told.lost, told.false) == (0, [])
    assert told.stories > 250


@pytest.mark.parametrize("generation", ["renamed", "scripted", "stranger"])
def test_a_station_that_gets_a_new_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, generation: str) -> None:
    monkeypatch.setattr("simulated_year.GENERATIONS", (generation,))
    monkeypatch.setattr("simulated_year.Simulation._faults", lambda *_: None)
    told = lived(tmp_path, monkeypatch, number=1, days=24, changes=1, seed=2)
    assert [told.late(host) in (1, 2) for host in told.changes] == [True]
    assert told.false == []


@pytest.mark.slow
def test_a_year_of_thirty_stations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = lived(tmp_path, monkeypatch, number=30, days=365, changes=12, seed=7)
    assert set(told.faults) == {"outage", "429", "clock", "killed", "full disk"}
    assert told.lost == 0
    assert len(told.false) < 12
    assert len(told.changes) == 12
    assert all(told.late(host) in (1, 2) for host in told.changes)
    assert told.uncleared == []
    (early, early_stories), (late, late_stories) = told.sizes[3], told.sizes[-1]
    assert late / late_stories < 1.1 * early / early_stories
    third = len(told.seconds) // 3
    first, last = told.seconds[third : 2 * third], told.seconds[-third:]
    assert cost(last) < 1.5 * cost(first)


def cost(passes: list[tuple[float, int]]) -> float:
    """Processor seconds of a page, all told."""
    return sum(seconds for seconds, _ in passes) / sum(pages for _, pages in passes)
