"""The columns of a table: heading, figure, how it is printed, and whether more or less of it is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .summary import Row


@dataclass(frozen=True)
class Measure:
    """`better` is +1 where the highest figure is best, -1 where the lowest is."""

    key: str
    head: str
    says: str
    better: int
    show: Callable[[float], str]


def _share(value: float) -> str:
    return f"{value:.3f}"


def _count(value: float) -> str:
    return f"{value:.0f}"


def _time(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


MEASURES = (
    Measure("paragraph_f1", "para", "F1 of whole paragraphs, exactly equal", +1, _share),
    Measure("precision", "tok P", "precision of words", +1, _share),
    Measure("recall", "tok R", "recall of words", +1, _share),
    Measure("token_f1", "tok F1", "F1 of words", +1, _share),
    Measure("leaks", "leaks", "pieces of furniture in the text", -1, _count),
    Measure("leaking_pages", "on", "pages with furniture in the text", -1, _count),
    Measure("lost", "lost", "paragraphs of the story that are missing", -1, _count),
    Measure("false_stories", "false", "pages that are no story, but taken for one", -1, _count),
    Measure("missed_stories", "missed", "stories not taken for one", -1, _count),
    Measure("title", "title", "share of headlines right", +1, _share),
    Measure("authors", "author", "share of pages whose set of authors is right", +1, _share),
    Measure("date", "date", "share of days of publication right", +1, _share),
    Measure("turns", "turns", "share of turns with speaker and words right", +1, _share),
    Measure("roles", "roles", "share of turns with speaker, role and words right", +1, _share),
    Measure("failures", "fail", "pages without an answer: crash or time-out", -1, _count),
    Measure("median_ms", "ms", "CPU time a page, median", -1, _time),
    Measure("mean_ms", "mean", "CPU time a page, mean", -1, _time),
    Measure("times_bare", "x parse", "CPU time against bare lexbor parsing of the same page, median", -1, _time),
    Measure("peak_mb", "MB", "peak memory of the process over the run", -1, _count),
)


def shown(measure: Measure, row: Row) -> str:
    """The figure as it is printed; a dash where the peer offers none."""
    value = getattr(row, measure.key)
    return "-" if value is None else measure.show(value)


def present(rows: list[Row]) -> list[Measure]:
    """The measures that mean something on these pages: some row has a figure."""
    return [measure for measure in MEASURES if any(getattr(row, measure.key) is not None for row in rows)]


def best(measure: Measure, rows: list[Row]) -> str | None:
    """The best figure of a column as it is printed. What gives whole pages does not compete, nor a column of equals."""
    values = [getattr(row, measure.key) for row in rows if not row.floor and getattr(row, measure.key) is not None]
    if not values:
        return None
    top = max(values) if measure.better > 0 else min(values)
    return None if len(values) > 1 and min(values) == max(values) else measure.show(top)
