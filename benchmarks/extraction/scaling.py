"""How extraction grows: two processes against one, memory over many pages, and time against parsing and resiliparse."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from .cases import Case
from .environments import Unavailable, python_of
from .peers import BARE, OURS, Peer
from .process import Process

Pages = list[tuple[str, str | None]]

WORKERS = 1.8
"""Aim: so many times one worker's pages a second with two of them."""
TIMES, PLUS_MS = 2.0, 0.2
"""Aim for a Grove or npr.org page: so many times bare parsing, plus so many milliseconds."""
_KNOWN = ("grove", "npr")
_FAST = "resiliparse"


def scaling(cases: list[Case], every: dict[str, Peer], envs: Path, *, pages: int) -> str:
    """The three figures as text. `pages` is how many are read for the memory."""
    cases = [case for case in cases if case.html]
    listed: Pages = [(str(case.path), case.url) for case in cases]
    ours = every[OURS]
    python = python_of(ours, envs)
    parts = [_workers(ours, python, listed), _memory(ours, python, listed, pages), _speed(cases, every, envs)]
    return "\n\n".join(parts)


# ---------------------------------------------------------------------- two workers
def _workers(peer: Peer, python: Path, pages: Pages) -> str:
    """Pages a second of one process and of two that read the same at once, best of five turns each."""
    pair = [Process(peer, python), Process(peer, python)]
    repeat = max(1, 1000 // len(pages))
    for process in pair:
        process.batch(pages, 1)  # warms up
    one, two = 0.0, 0.0
    for _ in range(5):
        done = pair[0].batch(pages, repeat)
        one = max(one, done["pages"] / done["wall"])
        for process in pair:
            process.begin_batch(pages, repeat)
        both = [process.end_batch() for process in pair]
        two = max(two, sum(done["pages"] for done in both) / max(done["wall"] for done in both))
    for process in pair:
        process.close()
    return (
        f"workers: one process {one:,.0f} pages/s, two {two:,.0f}: {two / one:.2f} times"
        f" (aim {WORKERS:g}; wall time, so other load on the machine counts against it)"
    )


# ---------------------------------------------------------------------- memory
def _memory(peer: Peer, python: Path, pages: Pages, total: int) -> str:
    """Resident memory of one process after each tenth of the pages."""
    process = Process(peer, python)
    repeat = max(1, total // 10 // len(pages))
    told = []
    for _ in range(10):
        done = process.batch(pages, repeat)
        told.append(done["now_mb"])
    process.close()
    read = 10 * repeat * len(pages)
    grown = told[-1] - told[1]
    return (
        f"memory: {read:,} pages, MB after each tenth: {' '.join(f'{mb:.1f}' for mb in told)};"
        f" grown by {grown:.1f} MB from the second tenth to the last"
    )


# ---------------------------------------------------------------------- speed
def _speed(cases: list[Case], every: dict[str, Peer], envs: Path) -> str:
    """CPU time page by page, quickest of ten rounds in turns, beside bare parsing and resiliparse's plain text."""
    processes, missing = {}, ""
    for name in (OURS, BARE, _FAST):
        try:
            processes[name] = Process(every[name], python_of(every[name], envs))
        except Unavailable as reason:
            missing = f"\n{name} is left out: {reason}"
    platforms, ms = _times(cases, processes)
    for process in processes.values():
        process.close()
    lines = [f"speed: CPU ms a page, medians; aim {TIMES:g}x parse + {PLUS_MS:g} ms on {' and '.join(_KNOWN)}"]
    for platform in sorted(set(platforms)):
        places = [place for place, name in enumerate(platforms) if name == platform]
        lines.append(_speed_line(platform, places, ms))
    lines.append(_speed_line("all", list(range(len(cases))), ms))
    return "\n".join(lines) + missing


def _times(cases: list[Case], processes: dict[str, Process]) -> tuple[list[str], dict[str, list[float]]]:
    listed: Pages = [(str(case.path), case.url) for case in cases]
    answers = [processes[OURS].ask(case.path, case.url) for case in cases]
    ms = {name: [float("inf")] * len(cases) for name in processes}
    for _ in range(10):
        for name, process in processes.items():
            ms[name] = [min(pair) for pair in zip(ms[name], process.time(listed), strict=True)]
    return [answer.get("platform") or "no story" for answer in answers], ms


def _speed_line(name: str, places: list[int], ms: dict[str, list[float]]) -> str:
    ours, bare = [ms[OURS][p] for p in places], [ms[BARE][p] for p in places]
    within = sum(mine <= TIMES * parse + PLUS_MS for mine, parse in zip(ours, bare, strict=True))
    line = (
        f"  {name:<16} {len(places):>4} pages  parse {median(bare):.2f}  record {median(ours):.2f}"
        f"  {median(mine / parse for mine, parse in zip(ours, bare, strict=True)):.1f}x"
        f"  within the aim {within} of {len(places)}"
    )
    if _FAST in ms:
        fast = [ms[_FAST][p] for p in places]
        quicker = sum(mine < theirs for mine, theirs in zip(ours, fast, strict=True))
        line += f"  {_FAST} {median(fast):.2f}, slower than ours on {quicker} of {len(places)}"
    return line
