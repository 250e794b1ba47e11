"""What `scraper report` costs: seconds, peak memory and size of the page, over an invented store of all stations.

    python benchmarks/report.py                      265 stations, 365 days
    python benchmarks/report.py --stations 20 --days 30 --a-day 1

Each row is a process of its own. The store is made first, in the temporary folder, and removed in the end.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stations", type=int, default=265)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--a-day", type=int, default=3, help="new stories of each station a day")
    parser.add_argument("--measure", nargs=2, metavar=("STORE", "DAYS"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measure(args.measure[0], int(args.measure[1]))
        return
    sys.path.insert(0, str(ROOT))
    from benchmarks.invented import fill
    from scraper.writer.archive import Archive

    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "stories.db")
        with Archive.open(store) as archive:
            fill(archive, stations=args.stations, days=args.days, now=time.time(), a_day=args.a_day)
            number = archive.count()
        size = Path(store).stat().st_size / 1e6
        print(f"{args.stations} stations, {args.days} days, {number:,} stories, store {size:,.0f} MB")
        print(f"{'report':>12} {'s':>7} {'CPU s':>7} {'peak MB':>8} {'page MB':>8}")
        for days in dict.fromkeys((30, 62, 365, args.days)):
            command = [sys.executable, __file__, "--measure", store, str(days)]
            subprocess.run(command, check=True, cwd=ROOT)


def measure(store: str, days: int) -> None:
    from scraper.report import gather, to_html
    from scraper.writer.archive import Archive

    begun, size = time.perf_counter(), 0
    with Archive.open(store, create=False) as archive:
        report = gather(archive, days=days, now=time.time())
    for part in to_html(report):
        size += len(part.encode())
    took, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{f'{days} days':>12} {took:7.2f} {cpu:7.2f} {peak:8.0f} {size / 1e6:8.2f}")


if __name__ == "__main__":
    main()
