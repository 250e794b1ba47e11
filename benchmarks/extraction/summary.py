"""Scores of pages to figures of a set: one row a peer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from .cases import Case
from .measure import Column, Run
from .peers import BARE
from .scoring import Score


@dataclass(frozen=True)
class Row:
    """A peer on a set of pages. Shares are means over the story pages; leaks and losses are counts over all of them.

    `times_bare` is the median over pages of CPU time against bare parsing of the same page. `peak_mb` is of the whole
    run. `failures` are pages without an answer.
    """

    peer: str
    version: str | None
    floor: bool
    pages: int
    stories: int
    paragraph_f1: float | None
    precision: float | None
    recall: float | None
    token_f1: float | None
    leaks: int
    leaking_pages: int
    leaks_by_kind: dict[str, int]
    lost: int
    title: float | None
    authors: float | None
    date: float | None
    turns: float | None
    roles: float | None
    false_stories: int
    missed_stories: int
    failures: int
    median_ms: float | None
    mean_ms: float | None
    times_bare: float | None
    peak_mb: float


@dataclass(frozen=True)
class Table:
    """A set of pages: its name, how many of its gold paragraphs there are, and a row for each peer that reads them."""

    name: str
    cases: list[Case]
    paragraphs: int
    rows: list[Row] = field(default_factory=list)


def tables(run: Run) -> list[Table]:
    """The sets that stand for much first (all real pages with human gold, all fixtures), then each group of pages."""
    groups = list(dict.fromkeys(case.group for case in run.cases))
    wanted: list[tuple[str, Callable[[Case], bool]]] = []
    real = [group for group in groups if not group.startswith("fixtures/")]
    if len(real) > 1:
        wanted.append(("all real pages, human gold", lambda c: c.group in real and c.human and c.html))
    if len(groups) - len(real) > 1:
        wanted.append(("all fixtures", lambda c: c.group not in real and c.html))
    wanted += [(group, lambda c, group=group: c.group == group) for group in groups]  # type: ignore[misc]
    return [table for name, belongs in wanted if (table := _table(run, name, belongs)).cases]


def _table(run: Run, name: str, belongs: Callable[[Case], bool]) -> Table:
    places = [place for place, case in enumerate(run.cases) if belongs(case)]
    cases = [run.cases[place] for place in places]
    table = Table(name, cases, sum(len(case.paragraphs) for case in cases if case.story))
    bare = next((column for column in run.columns if column.peer.name == BARE), None)
    for column in run.columns:
        if not column.peer.bare and any(column.scores[place] for place in places):
            table.rows.append(_row(column, run.cases, places, bare))
    return table


def _row(column: Column, cases: list[Case], places: list[int], bare: Column | None) -> Row:
    judged = [(cases[p], score) for p in places if (score := column.scores[p]) is not None]
    stories = [score for case, score in judged if case.story]
    kinds = Counter(kind for score in stories for kind, _ in score.leaks)
    answers = [answer for p in places if (answer := column.answers[p]) is not None]
    shares: dict[str, Any] = {name: _mean(stories, name) for name in _SHARES}
    return Row(
        peer=column.peer.name,
        version=column.version,
        floor=column.peer.floor,
        pages=len(judged),
        stories=len(stories),
        leaks=kinds.total(),
        leaking_pages=sum(bool(score.leaks) for score in stories),
        leaks_by_kind=dict(kinds.most_common()),
        lost=sum(len(score.lost) for score in stories),
        false_stories=sum(not score.decided for case, score in judged if not case.story),
        missed_stories=sum(not score.decided for case, score in judged if case.story),
        failures=sum(bool(answer.failure) for answer in answers),
        peak_mb=column.peak_mb,
        **shares,
        **_times(column, places, bare),
    )


_SHARES = ("paragraph_f1", "precision", "recall", "token_f1", "title", "authors", "date", "turns", "roles")


def _mean(scores: list[Score], name: str) -> float | None:
    values = [value for score in scores if (value := getattr(score, name)) is not None]
    return fmean(values) if values else None


def _times(column: Column, places: list[int], bare: Column | None) -> dict[str, float | None]:
    ms = [value for place in places if (value := column.ms[place]) is not None]
    ratios = [
        mine / parse
        for place in places
        if bare and (mine := column.ms[place]) is not None and (parse := bare.ms[place])
    ]
    return {
        "median_ms": median(ms) if ms else None,
        "mean_ms": fmean(ms) if ms else None,
        "times_bare": median(ratios) if ratios else None,
    }


def worst(column: Column, cases: list[Case], count: int) -> list[tuple[Case, Score]]:
    """The pages on which a peer does worst: failures, then low token F1, leaks and losses; none that is faultless."""
    judged = [(case, score) for case, score in zip(cases, column.scores, strict=True) if score is not None]
    faulty = [(case, score) for case, score in judged if _fault(score) > 0]
    return sorted(faulty, key=lambda pair: -_fault(pair[1]))[:count]


def _fault(score: Score) -> float:
    wrong = [
        value for value in (score.title, score.authors, score.date, score.turns) if value is not None and value < 1
    ]
    text = 1 - min(value for value in (score.token_f1, score.paragraph_f1, 1.0) if value is not None)
    return text + 0.05 * (len(score.leaks) + len(score.lost)) + 0.1 * len(wrong) + 0.5 * (not score.decided)
