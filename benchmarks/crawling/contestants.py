"""The ways to fetch all stories of all stations, each run in a process of its own. Prints one line of JSON.

python benchmarks/crawling/contestants.py WAY '{"port": 8020, "stations": 300, "stories": 40, "delay": 0.05, …}'
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, NamedTuple

from measure import Measure, resident
from stations import address

_SOURCES_DUE = "UPDATE sources SET next_poll_at = ?"
_LINK = re.compile(r"<link>([^<]+/news/[^<]+)</link>")


class Task(NamedTuple):
    """`store` is the database's file; `passes` is how often `long` makes all stories new."""

    port: int
    stations: int
    stories: int
    threads: int
    delay: float
    store: str
    passes: int = 1

    @property
    def origins(self) -> list[str]:
        return [f"http://{address(number)}:{self.port}" for number in range(self.stations)]


def plain(task: Task, use: Callable[[str, bytes], None] | None = None) -> dict[str, Any]:
    """httpx with threads and nothing else: a thread takes a station, a client fetches its feed and its stories."""
    import httpx

    tls = httpx.create_ssl_context()

    def station(origin: str) -> int:
        with httpx.Client(verify=tls, timeout=20) as client:
            links = _LINK.findall(client.get(f"{origin}/index.rss").text)
            for link in links:
                body = client.get(link).content
                if use is not None:
                    use(link, body)
            return len(links)

    with ThreadPoolExecutor(task.threads) as threads:
        return {"pages": sum(threads.map(station, task.origins))}


def plain_whole(task: Task) -> dict[str, Any]:
    """The plain loop with the whole work: each story is extracted and put into a table, in the same threads."""
    from scraper import extract

    table = sqlite3.connect(task.store, check_same_thread=False, isolation_level=None)
    table.execute("PRAGMA journal_mode = WAL")
    table.execute("PRAGMA synchronous = NORMAL")
    table.execute("CREATE TABLE stories (id PRIMARY KEY, url, title, text, record)")
    lock = threading.Lock()

    def use(url: str, body: bytes) -> None:
        article = extract(body, url=url)
        row = (article.id, url, article.title, article.text, article.to_json())
        with lock:
            table.execute("INSERT INTO stories VALUES (?, ?, ?, ?, ?)", row)

    done = plain(task, use)
    return done | {"written": table.execute("SELECT count(*) FROM stories").fetchone()[0]}


def fetch_only(task: Task) -> dict[str, Any]:
    """Our fetcher with all it does (robots.txt, spacing, guard, deadlines, retries, own decoding); nothing after it."""
    from scraper.fetcher import Fetcher
    from scraper.run.one_pass import MOST_THREADS

    waiting = deque(task.origins)
    pages: list[int] = []

    def station(fetcher: Fetcher) -> None:
        while waiting:
            origin = waiting.popleft()
            links = _LINK.findall(fetcher.fetch(f"{origin}/index.rss", accept="feed").text)
            for link in links:
                fetcher.fetch(link)
            pages.append(len(links))

    with Fetcher(_settings(task), contact="benchmark@example.org") as fetcher:
        threads = [threading.Thread(target=station, args=(fetcher,)) for _ in range(min(MOST_THREADS, task.stations))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return {"pages": sum(pages)}


def run(task: Task) -> dict[str, Any]:
    """`scraper run`: discovery, fetching, extraction in worker processes, the store."""
    from scraper.run import Halt, scrape

    total = scrape(_config(task), halt=Halt()).total
    return {"pages": total.fetched, "written": total.written, "unchanged": total.unchanged, "found": total.found}


def again(task: Task) -> dict[str, Any]:
    """`scraper run` when every stored story is of yesterday and due to be looked at again: 304 for all of them."""
    _settle(task, "UPDATE pages SET next_try_at = '2025-12-03T00:00:00Z', published = ?", days=1)
    return run(task)


def quiet(task: Task) -> dict[str, Any]:
    """`scraper run` when all sources are due and have nothing new, and say so where they are asked: 304."""
    _settle(task, _SOURCES_DUE, days=1)
    _settle(task, "DELETE FROM hosts")  # what was learned with another spacing
    return run(task)


def unsaid(task: Task) -> dict[str, Any]:
    """The same of sources that know no conditional requests: all of them are had and read whole."""
    _settle(task, "UPDATE sources SET etag = NULL, last_modified = NULL")
    return quiet(task)


def _settle(task: Task, statement: str, *, days: int | None = None) -> None:
    """Changes the store, between runs; `days` ago is its parameter."""
    ago = () if days is None else ((datetime.now(UTC) - timedelta(days)).strftime("%Y-%m-%dT%H:%M:%SZ"),)
    with closing(sqlite3.connect(task.store)) as store, store:
        store.execute(statement, ago)


def long(task: Task) -> dict[str, Any]:
    """`scraper run` over more and more stories in one process, telling its memory every 10,000 pages."""
    from urllib.request import urlopen

    from scraper.run import Halt, scrape

    pages = 0
    marks: list[dict[str, float]] = []

    def watch(happening: Any) -> None:
        nonlocal pages
        if happening.kind in ("new", "updated", "unchanged"):
            with lock:
                pages += 1
                due = pages % 10_000 == 0
            if due:
                marks.append({"pages": pages, "pass": edition, "main": resident("self")})
                print(json.dumps(marks[-1]), file=sys.stderr, flush=True)

    lock = threading.Lock()
    for edition in range(1, task.passes + 1):
        urlopen(f"{task.origins[0]}/-/reset?edition={edition}").close()
        if edition > 1:
            _settle(task, _SOURCES_DUE, days=1)
        scrape(_config(task), halt=Halt(), watch=watch)
    return {"pages": pages, "marks": marks}


def _settings(task: Task) -> Any:
    from scraper.config import FetchSettings

    allowed = tuple(origin.removeprefix("http://") for origin in task.origins)
    return FetchSettings(delay=task.delay, concurrency=task.threads, allow_hosts=allowed)


def _config(task: Task) -> Any:
    from scraper.config import Config, StationSettings

    stations = tuple(
        StationSettings(
            host=f"county{number}.example", url=origin, feeds=("/index.rss",), sitemaps=("/news-sitemap.xml",)
        )
        for number, origin in enumerate(task.origins)
    )
    return Config(
        contact="benchmark@example.org", store=task.store, stations=stations, fetch=_settings(task), max_runtime=86400.0
    )


NEEDED = {
    True: ("httpx",),
    False: ("scraper.run.one_pass", "scraper.fetcher.fetcher", "scraper.workers", "scraper.discoverer.feeds"),
}
WAYS = {way.__name__: way for way in (plain, plain_whole, fetch_only, run, again, quiet, unsaid, long)}

if __name__ == "__main__":
    way, task = WAYS[sys.argv[1]], Task(**json.loads(sys.argv[2]))
    for module in NEEDED[sys.argv[1] == "plain"]:  # what they cost to import is none of this
        import_module(module)
    with Measure() as measure:
        result = way(task)
    print(json.dumps(result | measure.to_dict()))
