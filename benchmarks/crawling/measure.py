"""CPU and memory of this process and of the processes that it starts."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType

_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024 * 1024


class Measure:
    """Wall time, CPU seconds and peak memory while the block runs. Workers are told apart from the main process.

    Memory is looked at every second (resident set, in MB); what parent and workers share counts for each of them.
    """

    def __init__(self) -> None:
        self.seconds = self.cpu = self.workers_cpu = self.peak_main = self.peak_workers = 0.0
        self._seen: dict[str, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Measure:
        self._began, self._cpu_before = time.perf_counter(), time.process_time()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds = time.perf_counter() - self._began
        self.cpu = time.process_time() - self._cpu_before
        self._over.set()
        self._thread.join()
        self.workers_cpu = max(sum(self._seen.values()), _ended_children() - self._ended_before)

    def to_dict(self) -> dict[str, float]:
        return {
            "seconds": self.seconds,
            "cpu": self.cpu,
            "workers_cpu": self.workers_cpu,
            "peak_main": self.peak_main,
            "peak_workers": self.peak_workers,
        }

    def _watch(self) -> None:
        self._ended_before = _ended_children()
        while True:
            self.peak_main = max(self.peak_main, resident("self"))
            total = 0.0
            for child in _children():
                total += resident(child)
                self._seen[child] = max(_cpu_of(child), self._seen.get(child, 0.0))
            self.peak_workers = max(self.peak_workers, total)
            if self._over.wait(1.0):
                return


def resident(process: str) -> float:
    """The resident set of a process in MB, 0 where there is none."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MB
    except (OSError, IndexError):
        return 0.0


def _children() -> list[str]:
    mine = str(os.getpid())
    return [entry.name for entry in os.scandir("/proc") if entry.name.isdigit() and _parent_of(entry.name) == mine]


def _parent_of(process: str) -> str:
    return (_fields(process) or ["", ""])[1]


def _fields(process: str) -> list[str]:
    """What the kernel tells of a process, from its state on; nothing where it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_of(process: str) -> float:
    fields = _fields(process)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _ended_children() -> float:
    times = os.times()
    return times.children_user + times.children_system
