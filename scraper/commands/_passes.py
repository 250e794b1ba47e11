"""What `run` and `demo` share: a pass with signals and a live line, and its summary in words."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from scraper.commands._exits import internal
from scraper.commands._table import columns
from scraper.commands._talk import is_terminal, say, verbosity
from scraper.run.halt import Halt

if TYPE_CHECKING:
    from scraper.run.summary import Summary, Tally, Watch
    from scraper.writer.alarm import Alarm

_MOST_TROUBLE = 20
_MOST_ALARMS = 20


@contextmanager
def graceful() -> Iterator[Halt]:
    """A halt that SIGINT and SIGTERM set: what is in flight is finished. A second signal ends the process at once;
    the store does not mind, since all of a page is one transaction."""
    halt = Halt()

    def stop(number: int, _: FrameType | None) -> None:
        if halt.signal is not None:
            os._exit(128 + number)
        halt.by_signal(number)
        if is_terminal(sys.stderr):  # by os.write: we may be in the middle of a print
            os.write(2, b"\nstopping when the pages in flight are done; once more stops at once\n")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield halt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def watching(wanted: bool) -> Iterator[Watch | None]:
    """The live line, where it is wanted and stderr is a terminal that nothing else is written to."""
    if not wanted or verbosity() != 0 or not is_terminal(sys.stderr):
        yield None
        return
    from scraper.commands._live import LiveLine

    with LiveLine() as line:
        yield line.watch


def table(summary: Summary) -> str:
    """The counts of a run and the reasons behind them."""
    total = summary.total
    rows = [
        ("found", total.found, f"{total.queued} of them new"),
        ("fetched", total.fetched, ""),
        ("retried", total.retried, ""),
        ("written", total.written, f"{total.new} new, {total.updated} updated; {total.unchanged} unchanged"),
        *_with_reasons("refused", total.refused, total),
        *_with_reasons("gone", total.gone, total),
        *_with_reasons("failed", total.failed, total),
        *_with_reasons("later", total.later, total),
    ]
    return columns([(word, f"{number:>6,}" if number is not None else "", why) for word, number, why in rows], cut=2)


def _with_reasons(kind: str, number: int, total: Tally) -> Iterator[tuple[str, int | None, str]]:
    reasons = sorted(total.why.get(kind, {}).items(), key=lambda item: -item[1])
    if kind in ("refused", "failed") or number:
        first, *others = [f"{count} × {reason}" for reason, count in reasons] or [""]
        yield kind, number, first
        for other in others:
            yield "", None, other


def alarmed(alarms: Sequence[Alarm]) -> None:
    """Says on stderr which figures are not as usual, with an address or some to look at."""
    from scraper.watch import sentence

    for alarm in alarms[:_MOST_ALARMS]:
        say(f"alarm: {sentence(alarm)}")
        for url in alarm.samples:
            say(f"  {url}")
    if len(alarms) > _MOST_ALARMS:
        say(f"{len(alarms) - _MOST_ALARMS} more alarms; scraper status shows all")


def conclude(summary: Summary, halt: Halt, threshold: float) -> int:
    """Says on stderr what a person or a mail from cron needs to know of the end of a run; gives its exit code."""
    for crash in summary.crashes:
        internal(crash)
    alarmed(summary.alarms)
    failed = summary.failed_share() > threshold
    if summary.exit_code == 1 and failed:
        total = summary.total
        say(f"{summary.failed_share():.0%} of the pages failed, more than the {threshold:.0%} of failure_threshold:")
        for reason, number in sorted(total.why.get("failed", {}).items(), key=lambda item: -item[1]):
            say(f"  {number} × {reason}")
        for line in total.trouble[:_MOST_TROUBLE]:
            say(f"  {line}")
    elif verbosity() >= 0 and is_terminal(sys.stderr):
        for line in summary.total.trouble[:_MOST_TROUBLE]:
            say(line)
    if halt.signal is not None:
        say(f"{halt.reason}; the rest is left for the next run")
    elif halt.reason and is_terminal(sys.stderr):
        say(f"stopped: {halt.reason}; the rest is left for the next run", level=0)
    return summary.exit_code
