"""Where and when a run was made: what a reader needs to repeat it."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Facts:
    """`processor` as the system names it, `cores` that this process may use, `command` as it was called."""

    date: str
    python: str
    system: str
    processor: str
    cores: int
    command: str
    rounds: int

    def line(self) -> str:
        return (
            f"{self.date}, Python {self.python}, {self.system}, {self.processor}, {self.cores} cores;"
            f" CPU time, quickest of {self.rounds} rounds"
        )


def facts(rounds: int) -> Facts:
    return Facts(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        command=f"python -m benchmarks.extraction {shlex.join(_argument(word) for word in sys.argv[1:])}".strip(),
        rounds=rounds,
    )


def _argument(word: str) -> str:
    """An argument as it may be shown: of a path only its last part, since the rest is this machine's alone."""
    return Path(word).name if os.sep in word else word


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"
