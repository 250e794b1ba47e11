"""Whatever the bytes: a record or a clear refusal, in bounded time and memory.

The cases are mutations of all fixtures (`mutations.py`). They run in worker processes as in a scheduled run, so that a
page that hangs or crashes the parser is named by its seed.
"""

from __future__ import annotations

import pytest

from scraper.workers import WorkerCrashed, WorkerPool

BATCH = 50
SHORT, LONG = 1_000, 200_000


def faults(first: int, cases: int) -> list[str]:
    """What is wrong with the cases from `first` on, in their order."""
    found: list[str] = []
    with WorkerPool("fuzz_job.run", timeout=120.0) as pool:
        batches = [range(start, min(start + BATCH, first + cases)) for start in range(first, first + cases, BATCH)]
        for batch, future in zip(batches, pool.map(batches), strict=True):
            try:
                found += future.result()
            except WorkerCrashed as crash:
                found += _guilty(pool, batch) or [f"cases {batch}: {crash}, together only"]
    return found


def _guilty(pool: WorkerPool, batch: range) -> list[str]:
    """One by one: which cases a worker does not live through."""
    found = []
    for seed in batch:
        try:
            found += pool.call(range(seed, seed + 1))
        except WorkerCrashed as crash:
            found.append(f"case {seed}: {crash}" + "".join(f"\n{note}" for note in getattr(crash, "__notes__", ())))
    return found


def test_broken_pages_give_a_record_or_a_refusal() -> None:
    assert faults(0, SHORT) == []


@pytest.mark.slow
def test_broken_pages_give_a_record_or_a_refusal_long() -> None:
    assert faults(SHORT, LONG) == []
