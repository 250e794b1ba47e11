"""CPU time of short commands, from the start of the process to its end, beside trafilatura's own and a bare Python.

    python benchmarks/startup.py            some 20 seconds
    python benchmarks/startup.py --quick    a few seconds
    python benchmarks/startup.py --json

The commands take turns. Modules are compiled beforehand, as in an installed package.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from _pages import FIXTURES, median, table

PAGE = FIXTURES / "grove" / "wnlk-three-authors-ice-road.html"
TEXT = FIXTURES / "text"


def commands() -> dict[str, tuple[list[str], Path | None]]:
    """What is measured: a name, the command, and the file on its standard input."""
    scraper, trafilatura = _script("scraper"), _script("trafilatura")
    text = sorted(TEXT.glob("*.txt"))[0]
    return {
        "python -c pass": ([sys.executable, "-c", "pass"], None),
        "scraper --version": ([*scraper, "--version"], None),
        "scraper --help": ([*scraper, "--help"], None),
        "scraper extract PAGE": ([*scraper, "extract", str(PAGE)], None),
        "scraper extract PAGE --json": ([*scraper, "extract", str(PAGE), "--json"], None),
        "scraper extract TEXT": ([*scraper, "extract", str(text)], None),
        "trafilatura < PAGE": (trafilatura, PAGE),
    }


def _script(name: str) -> list[str]:
    """The command as it stands beside the interpreter, else run as a module."""
    script = Path(sys.executable).with_name(name)
    return [str(script)] if script.exists() else [sys.executable, "-m", name]


def cpu_ms(command: list[str], stdin: Path | None) -> float:
    """User and system time of one run, with that of its children. Raises where the command fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with (stdin or Path(os.devnull)).open("rb") as source:
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} has ended with code {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def measure(runs: int) -> dict[str, list[float]]:
    """Milliseconds of each run of each command; a first round compiles modules and does not count."""
    times: dict[str, list[float]] = {name: [] for name in commands()}
    for number in range(runs + 1):
        for name, (command, stdin) in commands().items():
            spent = cpu_ms(command, stdin)
            if number:
                times[name].append(spent)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=20, help="how often each command is run (20)")
    parser.add_argument("--quick", action="store_true", help="three runs")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    times = measure(3 if options.quick else options.runs)
    figures = {name: {"min_ms": min(values), "median_ms": median(values)} for name, values in times.items()}
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    rows = [[name, f"{f['min_ms']:.0f}", f"{f['median_ms']:.0f}"] for name, f in figures.items()]
    print(table(["CPU ms of a whole process", "least", "median"], rows))


if __name__ == "__main__":
    main()
