"""An invented store: stations with a past, one of which changes its template half-way. No randomness: the same
arguments make the same store, and its figures vary by station and day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Table

from scraper import stations as directory
from scraper.article import Article, Block, Removed
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive
from scraper.writer.characters import record_json
from scraper.writer.measure import COUNTS, bucket
from scraper.writer.measures import DAY_DAYS, RUN_DAYS, put_alarms
from scraper.writer.schema import measures, pages, runs, sources, stories
from scraper.writer.times import stamp

DAY = 86400.0
KINDS = ("navigation", "player", "appeal", "share", "caption", "promo", "newsletter", "footer")


def hosts(number: int) -> list[str]:
    """So many hosts of the directory."""
    return list(directory.hosts()[:number])


def fill(archive: Archive, *, stations: int, days: int, now: float, a_day: int = 3, length: int = 800) -> None:
    """One pass a day over so many stations, each with `a_day` new stories of `length` characters. Measures stand in the
    grains that the store would have brought them to. The first station has changed its template for the last third of
    the time, the second did for a while."""
    names = hosts(stations)
    with archive._writing() as connection:  # a thousand times quicker than page by page

        def insert(table: Table, rows: Iterable[dict[str, Any]]) -> None:
            rest = iter(rows)
            while batch := list(islice(rest, 1000)):
                connection.execute(table.insert(), batch)

        insert(runs, (_run(run, now - (days - run) * DAY, stations, a_day) for run in range(1, days + 1)))
        insert(measures, _measures(names, days, now, a_day))
        insert(stories, _stories(names, days, now, a_day, length))
        insert(pages, _pages(names, days, now, a_day))
        insert(sources, (_source(host, now) for host in names[2::20]))
        put_alarms(connection, _alarms(names, days, now))


def _run(run: int, at: float, stations: int, a_day: int) -> dict[str, Any]:
    total = {"found": stations * 40, "new": stations * a_day, "updated": stations, "failed": run % 4}
    summary = msgspec.json.encode({"seconds": 600.0 + run % 7 * 60, "total": total}).decode()
    return {
        "number": run,
        "started": stamp(at),
        "ended": stamp(at + 600),
        "exit_code": run % 9 == 0,
        "summary": summary,
    }


def _measures(names: list[str], days: int, now: float, a_day: int) -> Iterator[dict[str, Any]]:
    for place, host in enumerate(names):
        for ago in range(days):
            grain = "run" if ago < RUN_DAYS else "day" if ago < DAY_DAYS else "week"
            if grain == "week" and ago % 7:
                continue
            times = 7 if grain == "week" else 1
            broken = (place == 0 and ago < days // 3) or (place == 1 and days // 3 < ago < days // 2)
            read = times * (a_day + (ago + place) % 3)
            values = dict.fromkeys(COUNTS, 0) | {"visits": times, "tried": read, "had": read, "read": read}
            values |= {"records": read, "title": read, "date": read, "authors": read * 2 // 3, "new": times * a_day}
            values |= {"ruled": 0 if broken else read, "body": read // 6 if broken else read, "updated": times}
            seconds = {bucket(0.2 + place % 9 / 10 + ago % 5 / 20): read}
            common = {"host": host, "run": days - ago, "grain": grain, "at": stamp(now - ago * DAY), "newest": None}
            common |= dict.fromkeys(("lengths", "paragraphs", "refusals", "samples"), "{}")
            yield common | values | {"platform": "grove", "seconds": msgspec.json.encode(seconds).decode()}
            lost = dict.fromkeys(COUNTS, 0) | {"tried": times, "failed": (ago + place) % 11 == 0, "refused": times}
            yield common | lost | {"platform": "", "seconds": "{}"}


def _each(names: list[str], days: int, a_day: int) -> Iterator[tuple[int, str, int, str]]:
    """Number, host, days ago and address of each story, the oldest first."""
    number = 0
    for ago in range(days - 1, -1, -1):
        for host in names:
            for one in range(a_day):
                number += 1
                yield number, host, ago, f"https://www.{host}/news/{ago}/{one}"


def _stories(names: list[str], days: int, now: float, a_day: int, length: int) -> Iterator[dict[str, Any]]:
    text = ("The ferry to Little Gull Island runs again, the county said on Monday. " * (length // 70 + 1))[:length]
    for number, host, ago, url in _each(names, days, a_day):
        at = stamp(now - ago * DAY)
        gone = [Removed(rule=f"grove.{kind}", kind=kind, text="Out.") for kind in KINDS[: 2 + number % 7]]
        article = Article(
            id=f"url:{number:016x}",
            url=url,
            canonical_url=url,
            page_type="article",
            platform="grove",
            title=f"Ferry number {number} runs again",
            published=at,
            text=text,
            blocks=[Block(kind="paragraph", text=text)],
            removed=gone,
        )
        row = {name: getattr(article, name) for name in ("id", "url", "canonical_url", "title", "published", "text")}
        row |= {
            "host": host,
            "page_type": "article",
            "platform": "grove",
            "revision": 1,
            "record": record_json(article),
        }
        yield row | {"number": number, "first_seen": at, "last_seen": at, "changed_at": at}


def _pages(names: list[str], days: int, now: float, a_day: int) -> Iterator[dict[str, Any]]:
    for number, host, ago, url in _each(names, days, a_day):
        at = stamp(now - ago * DAY)
        yield {"key": url.partition("www.")[2], "url": url, "host": host, "published": at, "first_seen": at} | {
            "state": "done", "attempts": 0, "fetched_at": at, "story": number
        }  # fmt: skip
    for host in names:
        url = f"{host}/news/waiting"
        yield {"key": url, "url": f"https://{url}", "host": host, "published": None, "first_seen": stamp(now)} | {
            "state": "new", "attempts": 0, "fetched_at": None, "story": None
        }  # fmt: skip


def _source(host: str, now: float) -> dict[str, Any]:
    values = {"station": host, "key": f"{host}/news.rss", "url": f"https://{host}/news.rss", "kind": "feed"}
    values |= {"children": "[]", "unchanged": 0, "interval": 3600.0, "failures": 3, "lying": False}
    return values | {"status": 503, "error": "it answers 503", "read_at": stamp(now - 4 * DAY)}


def _alarms(names: list[str], days: int, now: float) -> Iterator[Alarm]:
    raised = stamp(now - days // 3 * DAY)
    told = {"scope": "host", "kind": "body", "figure": 0.16, "past": 0.99, "pages": 12, "past_pages": 400}
    told |= {"cause": "the template has probably changed, and the story's container is not found any more"}
    told |= {"samples": [f"https://{names[0]}/news/1/{number}" for number in range(3)], "seen_at": stamp(now)}
    yield Alarm(subject=names[0], raised_at=raised, raised_run=days * 2 // 3, **told)  # type: ignore[arg-type]
    if len(names) > 1:
        past = {"cleared_at": raised, "cleared_run": days * 2 // 3, "ended": "back"}
        yield Alarm(subject=names[1], raised_at=stamp(now - days // 2 * DAY), raised_run=days // 2, **(told | past))  # type: ignore[arg-type]
