"""All peers over all pages: what each says, and how long it takes once warm."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .answers import Answer, answer_of
from .cases import Case
from .environments import Unavailable, python_of
from .peers import Peer
from .process import PageLost, Process
from .scoring import Score, judge

SLOW = 60.0
"""CPU seconds for all pages from which a peer is not read again: the times of its first round stand."""


@dataclass
class Column:
    """A peer's results, place by place as the cases stand: the answer and its score (None where the peer cannot read
    such a page), and the quickest CPU time in ms (None where there is none)."""

    peer: Peer
    version: str | None
    answers: list[Answer | None] = field(default_factory=list)
    scores: list[Score | None] = field(default_factory=list)
    ms: list[float | None] = field(default_factory=list)
    peak_mb: float = 0.0


@dataclass
class Run:
    """A whole run. `left_out` says of peers that could not take part why."""

    cases: list[Case]
    columns: list[Column] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def measure(cases: list[Case], peers: Sequence[Peer], *, envs: Path, rounds: int, timeout: float) -> Run:
    """The first round gives the answers and warms up; in the others all take turns, for the time."""
    run, processes = Run(cases), []
    for peer in peers:
        process = _started(peer, envs, timeout, run.left_out)
        if process is None:
            continue
        column = Column(peer, next(iter(process.versions.values()), None))
        _note(f"{peer.name}: reading {len(cases)} pages")
        column.answers = [_ask(process, case) for case in cases]
        column.scores = [
            judge(case, answer) if answer else None for case, answer in zip(cases, column.answers, strict=True)
        ]
        column.ms = _first_times(column.answers)
        run.columns.append(column)
        processes.append(process)
    timed = [pair for pair in zip(run.columns, processes, strict=True) if not any(pair[0].ms)]
    for number in range(rounds):
        _note(f"timing, round {number + 1} of {rounds}")
        for column, process in timed:
            _round(column, process, cases)
    for column, process in zip(run.columns, processes, strict=True):
        column.peak_mb = process.peak_mb
        process.close()
    return run


def _started(peer: Peer, envs: Path, timeout: float, left_out: dict[str, str]) -> Process | None:
    process = None
    try:
        process = Process(peer, python_of(peer, envs), timeout=timeout)
        process.start()
    except (Unavailable, PageLost) as reason:
        left_out[peer.name] = str(reason)
        _note(f"{peer.name} is left out: {reason}")
        if process is not None:
            process.close()
        return None
    return process


def _ask(process: Process, case: Case) -> Answer | None:
    """The answer; None for plain text where the peer reads HTML only."""
    if not case.html and not process.peer.text:
        return None
    try:
        return answer_of(process.ask(case.path, case.url))
    except PageLost as reason:
        return Answer(failure=str(reason))


def _first_times(answers: list[Answer | None]) -> list[float | None]:
    """The times of the first round for a slow peer; of others that round only warms up."""
    ms = [answer.seconds * 1000 if answer and not answer.failure else None for answer in answers]
    return ms if sum(value or 0 for value in ms) > SLOW * 1000 else [None] * len(ms)


def _round(column: Column, process: Process, cases: list[Case]) -> None:
    """One reading of all pages that were answered; a round that a page breaks off is lost."""
    places = [place for place, answer in enumerate(column.answers) if answer is not None and not answer.failure]
    try:
        times = process.time([(str(cases[place].path), cases[place].url) for place in places])
    except PageLost as reason:
        _note(f"{column.peer.name}: a round is lost: {reason}")
        return
    for place, ms in zip(places, times, strict=True):
        before = column.ms[place]
        column.ms[place] = ms if before is None else min(ms, before)


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
