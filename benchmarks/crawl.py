"""A crawl of 300 simulated stations on loopback: throughput, CPU, memory, and the spacing that hosts really see.

    python benchmarks/crawl.py                      everything: some five minutes, and Scrapy is installed once
    python benchmarks/crawl.py --quick              20 stations, without Scrapy: under 20 s (CI)
    python benchmarks/crawl.py --fetch-only         the ways to fetch alone: no extraction, no store
    python benchmarks/crawl.py --pages 100000       only the memory of one long crawl, told every 10,000 pages
    --stations N, --stories N, --delay SECONDS, --threads N, --pairs N, --json

Every station has an address of its own in 127/8, a robots.txt, a feed, a news sitemap and 40 stories of the size of
real Grove pages (70 to 85 KB, 11 to 17 KB on the wire). One process serves all of them; the kernel stamps when requests
come, so that spacing is what a webmaster would see. Spacing is scaled down to 50 ms a host; all else of the settings is
as shipped, but for the loopback addresses that are let in.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from _pages import table

HERE = Path(__file__).parent / "crawling"
SHIPPED_DELAY = 5.0
"""Seconds between requests to a host in the settings as shipped: what the pass without news is run with."""

NAMES = {
    "plain": "plain httpx loop",
    "fetch_only": "our fetcher, all of it",
    "scrapy": "Scrapy",
    "plain_whole": "plain loop + extract + insert",
    "run": "scraper run",
    "again": "scraper run, all pages due: 304",
    "quiet": "scraper run, nothing new: 304",
    "unsaid": "scraper run, nothing new, no 304",
}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="scraper-crawl-") as folder, serving(options) as port:
        bench = Bench(options, port, Path(folder))
        results = bench.long() if options.pages else bench.all()
    if options.json:
        print(json.dumps(results, indent=1))
    elif options.pages:
        _print_memory(results)
    else:
        _print(results, options)
        if wrong := list(_wrong(results)):
            raise SystemExit("\n".join(wrong))


def _wrong(results: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What must not be, on any machine: a request too close to the one before, a story that was not had."""
    for way in ("fetch_only", "run", "again", "quiet", "unsaid"):
        result = results.get(way, {})
        if "error" in result:
            yield f"{NAMES[way]} has failed: {result['error']}"
        elif result and result["server"]["spacing"]["closer_than_delay"]:
            yield f"{NAMES[way]}: requests came closer to each other than the settings allow"
    had = {
        way: results[way]["pages"] for way in ("plain", "fetch_only", "run", "again") if "pages" in results.get(way, {})
    }
    if len(set(had.values())) > 1:
        yield f"not every way had all stories: {had}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stations", type=int)
    parser.add_argument("--stories", type=int)
    parser.add_argument("--delay", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=32, help="requests under way at once, in every way")
    parser.add_argument("--pairs", type=int, help="how often the plain loop and our fetcher are run, in turns: 5")
    parser.add_argument("--pages", type=int, help="only a crawl of so many pages, for its memory")
    parser.add_argument("--fetch-only", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.pairs = options.pairs or (1 if options.quick else 5)
    options.stations = options.stations or (20 if options.quick else 300)
    options.passes = -(-options.pages // 50_000) if options.pages else 1
    each = -(-options.pages // options.passes // options.stations) if options.pages else 10 if options.quick else 40
    options.stories = options.stories or each
    return options


@contextmanager
def serving(options: argparse.Namespace) -> Iterator[int]:
    """The server's port, for as long as the block runs. Ports are tried from 8020 on."""
    for port in range(8020, 8040):
        command = [sys.executable, str(HERE / "server.py"), str(options.stations), str(options.stories), str(port)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            if server.stdout is not None and server.stdout.readline():
                yield port
                return
        finally:
            server.kill()
            server.wait()
    raise SystemExit("no port from 8020 to 8039 is free on all addresses of 127.1")


class Bench:
    """The contestants, one after the other, each in a process of its own, on one server."""

    def __init__(self, options: argparse.Namespace, port: int, folder: Path) -> None:
        self._options = options
        self._port = port
        self._folder = folder

    def all(self) -> dict[str, dict[str, Any]]:
        results = self._pair()
        if not self._options.quick:
            results["scrapy"] = self._scrapy()
        if not self._options.fetch_only:
            results["plain_whole"] = self._ours("plain_whole", store="plain.db")
            results["run"] = self._ours("run", store="run.db")
            if (store := self._folder / "run.db").exists():
                results["run"]["store_bytes"] = store.stat().st_size
            results["again"] = self._ours("again", store="run.db")
            for way in ("quiet", "unsaid"):
                results[way] = self._ours(way, store="run.db", delay=1.0 if self._options.quick else SHIPPED_DELAY)
        return results

    def _pair(self) -> dict[str, dict[str, Any]]:
        """The plain loop and our fetcher in turns, and of these pairs the one with the middle ratio: on a machine that
        has other work to do, one pair may say anything.
        """
        pairs = [
            {"plain": self._ours("plain"), "fetch_only": self._ours("fetch_only")} for _ in range(self._options.pairs)
        ]
        pairs.sort(key=lambda pair: _speed(pair, "fetch_only") / max(_speed(pair, "plain"), 0.001))
        print(
            "pairs:",
            *(f"{_speed(pair, 'fetch_only'):.0f}/{_speed(pair, 'plain'):.0f}" for pair in pairs),
            file=sys.stderr,
        )
        return pairs[len(pairs) // 2]

    def long(self) -> dict[str, Any]:
        return self._ours("long", store="long.db", talk=True)

    def _ours(self, way: str, *, store: str = "none.db", delay: float | None = None, talk: bool = False) -> Any:
        return self._measured([sys.executable, str(HERE / "contestants.py"), way], store, delay, talk=talk)

    def _scrapy(self) -> dict[str, Any]:
        try:
            python = scrapy_python()
        except subprocess.CalledProcessError as error:
            return {"error": f"Scrapy cannot be installed here (pip ends with {error.returncode})"}
        return self._measured([python, str(HERE / "spider.py")], "none.db", None)

    def _measured(self, command: list[str], store: str, delay: float | None, *, talk: bool = False) -> dict[str, Any]:
        delay = self._options.delay if delay is None else delay
        task = {
            "port": self._port,
            "stations": self._options.stations,
            "stories": self._options.stories,
            "threads": self._options.threads,
            "delay": delay,
            "store": str(self._folder / store),
            "passes": self._options.passes,
        }
        self._ask("reset")
        done = subprocess.run(
            [*command, json.dumps(task)],
            check=False,
            stdout=subprocess.PIPE,
            stderr=None if talk else subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            return {"error": (done.stderr or "").strip().rpartition("\n")[2] or f"ended with code {done.returncode}"}
        return json.loads(done.stdout.splitlines()[-1]) | {"delay": delay, "server": self._ask(f"stats?delay={delay}")}

    def _ask(self, what: str) -> Any:
        try:
            with urlopen(f"http://127.1.0.1:{self._port}/-/{what}", timeout=30) as answer:
                return json.load(answer)
        except URLError as error:
            raise SystemExit(f"the simulated stations do not answer: {error}") from error


def scrapy_python() -> str:
    """The interpreter of an environment with Scrapy, made on the first call and kept in the temporary folder."""
    folder = Path(tempfile.gettempdir()) / f"scraper-benchmark-scrapy-{os.getuid()}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "scrapy"]
        subprocess.run(pip, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        (folder / "ready").touch()
    return str(python)


def _print(results: dict[str, dict[str, Any]], options: argparse.Namespace) -> None:
    print(f"{options.stations} stations, {options.stories} stories each, {options.threads} requests at once\n")
    head = "requests/s|pages/s|ms CPU a request|of workers|MB|workers|delay ms|kept: min|1 %|too close".split("|")
    print(table(["", *head], [[NAMES[way], *_row(result)] for way, result in results.items() if "error" not in result]))
    for way, result in results.items():
        if "error" in result:
            print(f"{NAMES[way]}: {result['error']}")
    _print_ratios(results)


def _row(result: dict[str, Any]) -> list[str]:
    requests, spacing = result["server"]["requests"], result["server"]["spacing"]
    close = str(spacing["closer_than_delay"]) if spacing["min"] is not None else "-"
    return [
        f"{requests / result['seconds']:,.0f}",
        f"{result['pages'] / result['seconds']:,.0f}",
        f"{result['cpu'] * 1000 / max(requests, 1):.2f}",
        f"{result['workers_cpu'] * 1000 / requests:.2f}" if result["workers_cpu"] else "-",
        f"{result['peak_main']:.0f}",
        f"{result['peak_workers']:.0f}" if result["peak_workers"] else "-",
        f"{result['delay'] * 1000:g}",
        _ms(spacing["min"]),
        _ms(spacing["p1"]),
        close,
    ]


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:.1f}"


def _speed(results: dict[str, dict[str, Any]], way: str) -> float:
    """Requests a second, 0 for what has failed."""
    result = results.get(way, {})
    return result["server"]["requests"] / result["seconds"] if "server" in result else 0.0


def _print_ratios(results: dict[str, dict[str, Any]]) -> None:
    print()
    for ours, theirs in (("fetch_only", "plain"), ("fetch_only", "scrapy"), ("run", "plain_whole")):
        if (own := _speed(results, ours)) and (other := _speed(results, theirs)):
            print(f"{NAMES[ours]}: {own / other:.0%} of the throughput of {NAMES[theirs]}")
    for way in ("quiet", "unsaid"):
        result = results.get(way, {})
        if "server" in result:
            floor = result["delay"] * (result["server"]["requests"] / max(result["server"]["stations"], 1) - 1)
            print(
                f"{NAMES[way]}: {result['seconds']:.1f} s, of which spacing asks for at least {floor:.1f} s; "
                f"{result['cpu'] + result['workers_cpu']:.1f} s CPU"
            )
    if "store_bytes" in results.get("run", {}):
        run = results["run"]
        print(
            f"a page: {run['server']['bytes'] / run['server']['requests'] / 1024:.1f} KiB of transfer, "
            f"{run['store_bytes'] / max(run['written'], 1) / 1024:.1f} KiB of store"
        )


def _print_memory(result: dict[str, Any]) -> None:
    if "error" in result:
        raise SystemExit(result["error"])
    print(
        table(
            ["pages", "pass", "MB"], [[f"{m['pages']:,}", str(m["pass"]), f"{m['main']:.0f}"] for m in result["marks"]]
        )
    )
    print(
        f"\n{result['pages']:,} pages in {result['seconds']:,.0f} s; peak {result['peak_main']:.0f} MB, "
        f"workers {result['peak_workers']:.0f} MB"
    )


if __name__ == "__main__":
    main()
