"""A year of daily passes over invented stations, with all that goes wrong: the real `scrape`, store, discoverer and
extractor; the network, the workers' processes and the clock are stand-ins."""

from __future__ import annotations

import hashlib
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from invented_station import SUBJECTS, _sentence
from watch_year import _poisson

from scraper.config import Config, FetchSettings, StationSettings
from scraper.errors import OutputError, TryLater, Unavailable
from scraper.page import Page
from scraper.run import Halt, Summary, scrape
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive

START = 1_925_020_800.0  # 2031-01-01T16:00:00Z
DAY = 86400.0
GENERATIONS = ("renamed", "scripted", "stranger")
"""What a new template may be: the story's container has another class; it comes by JavaScript; no mark is left of the
platform."""
LISTED = 40


class Killed(BaseException):
    """The process is gone from here on."""


@dataclass
class Story:
    path: str
    title: str
    author: str
    born: float
    paragraphs: list[str]


@dataclass
class Station:
    host: str
    rate: float
    weekend: float
    off: frozenset[int]
    change: range = range(0)
    generation: str = "renamed"
    stories: list[Story] = field(default_factory=list)

    def publish(self, day: int, now: float, dice: random.Random) -> None:
        mean = 0.0 if day in self.off else self.rate * (self.weekend if day % 7 in (5, 6) else 1.0)
        for number in range(_poisson(dice, mean) if day else LISTED):
            born = now - dice.uniform(0, 0.9) * DAY - (0 if day else number * DAY / max(self.rate, 0.2))
            subject = dice.choice(list(SUBJECTS))
            words = SUBJECTS[subject]
            title = f"{_sentence(words, dice)[:60].rstrip()}, number {len(self.stories)}"
            texts = [_sentence(words, dice) + " " + _sentence(words, dice) for _ in range(dice.randint(4, 9))]
            slug = "-".join("".join(c for c in title.lower() if c.isalnum() or c == " ").split())
            path = f"/news/{datetime.fromtimestamp(born, UTC).date()}/{slug}"
            author = dice.choice(("Ida Quill", "Bo Marsh", "Lena Ostrow", "Rosa Tam", ""))
            self.stories.append(Story(path, title, author, born, texts))

    def feed(self) -> bytes:
        latest = sorted(self.stories, key=lambda story: -story.born)[:LISTED]
        items = "".join(
            f"<item><title>{story.title}</title><link>https://{self.host}{story.path}</link>"
            f"<pubDate>{format_datetime(datetime.fromtimestamp(story.born, UTC))}</pubDate></item>"
            for story in latest
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()

    def page(self, path: str, day: int) -> bytes | None:
        story = next((story for story in self.stories if story.path == path), None)
        return None if story is None else page(self.host, story, self.generation if day in self.change else "known")


def page(host: str, story: Story, generation: str) -> bytes:
    """A story as Grove serves it, or in a template that came after."""
    body = "".join(f"<p>{text}</p>" for text in story.paragraphs)
    day = datetime.fromtimestamp(story.born, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    by = f'<div class="ArtP-authors"><span class="ArtP-authorBy">By <a href="/people/x">{story.author}</a></span></div>'
    inner = {
        "known": f'<div class="ArtP-articleBody">{body}</div>',
        "renamed": f'<div class="Sty2-copy">{body}</div>',
        "scripted": '<div id="story-root"></div><script src="/app.js"></script>',
        "stranger": f'<div class="copy">{body}</div>',
    }[generation]
    meta = f"""<title>{story.title} | {host}</title><meta property="og:title" content="{story.title}">
<meta property="og:type" content="article"><meta property="article:published_time" content="{day}Z">
<link rel="canonical" href="https://{host}{story.path}">"""
    if generation == "stranger":
        text = f"""<html lang="en"><head><meta charset="UTF-8">{meta}</head><body><main><article>
<h1>{story.title}</h1>{inner}</article></main></body></html>"""
    else:
        text = f"""<html class="ArtP aside" lang="en"><head><meta charset="UTF-8">{meta}
<meta name="brightspot.contentId" content="{hashlib.sha256(story.path.encode()).hexdigest()[:16]}"></head>
<body class="Page-body"><main class="ArtP-main"><article class="ArtP-mainContent">
<h1 class="ArtP-headline">{story.title}</h1><div class="ArtP-byline">{by if story.author else ""}
<div class="ArtP-timestamp"><meta content="{day}Z"></div></div>{inner}</article></main>
<footer class="Page-footer">{host}</footer></body></html>"""
    return f"<!DOCTYPE html>{text}".encode()


@dataclass
class World:
    """Stations, the time, and what goes wrong today. Stands in for a fetcher, too."""

    stations: dict[str, Station]
    day: int = 0
    now: float = START
    down: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    requests: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> World:
        self.requests.clear()
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def robots(self, url: str) -> Any:
        self._answers(url)
        return SimpleNamespace(sitemaps=[])

    def fetch(self, url: str, *, accept: str = "page", validators: Any = None) -> Page:
        station = self._answers(url)
        path = url.removeprefix(f"https://{station.host}")
        body = station.feed() if path == "/news.rss" else station.page(path, self.day)
        if body is None:
            raise Unavailable(f"{url}: it answers 404 Not Found", status=404)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        kind = "application/rss+xml" if path == "/news.rss" else "text/html; charset=utf-8"
        same = validators is not None and validators.etag == etag
        at = datetime.fromtimestamp(self.now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        headers = {"etag": etag, "content-type": kind}
        return Page(
            b"" if same else body, url=url, final_url=url, headers=headers, status=304 if same else 200, fetched_at=at
        )

    def _answers(self, url: str) -> Station:
        host = url.split("/")[2]
        self.requests[host] += 1
        if host in self.down:
            raise Unavailable(f"{url}: it answers 503 Service Unavailable", status=503)
        if host in self.busy and self.requests[host] > 3:
            raise TryLater(f"{url}: asks to come back in 3,600 s", retry_at=self.now + 3600)
        return self.stations[host]


class Inline:
    """Stands in for the pool of worker processes."""

    def __init__(self, *_: object, **__: object) -> None:
        from scraper.api import work

        self.call: Callable[[Any], Any] = work

    def close(self) -> None:
        pass

    def __enter__(self) -> Inline:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Fuse:
    """Ends what is written, from a transaction on: `error` is raised in it, before its commit, and in all after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from scraper.writer import archive

        self.left: int | None = None
        self.error: Callable[[], BaseException] = Killed
        real = archive.writing

        @contextmanager
        def writing(engine: Any) -> Iterator[Any]:
            with real(engine) as connection:
                yield connection
                if self.left is not None:
                    self.left -= 1
                    if self.left < 0:
                        raise self.error()

        monkeypatch.setattr(archive, "writing", writing)


@dataclass
class Told:
    """What a simulated year came to."""

    passes: int = 0
    stories: int = 0
    lost: int = 0
    doubled: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    changes: dict[str, tuple[int, list[int], int]] = field(default_factory=dict)
    """Host -> days from the change of its template to the alarm (0: never came), the pages read in each pass that read
    any till then, and the pages that raised it."""
    false: list[tuple[int, Alarm]] = field(default_factory=list)
    uncleared: list[Alarm] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    """Bytes of the store and stories in it, a month each."""
    seconds: list[tuple[float, int]] = field(default_factory=list)
    """Processor seconds of each pass, and the pages tried in it."""
    problems: list[str] = field(default_factory=list)

    def late(self, host: str) -> int | None:
        """The passes until the alarm, counted from the one by which three pages in the new template had been read:
        fewer tell nothing. None where none came."""
        days, pages, _ = self.changes[host]
        told = [sum(pages[: number + 1]) >= 3 for number in range(len(pages))]
        return max(sum(told), 1) if days else None


def stations(number: int, days: int, dice: random.Random, changes: int) -> dict[str, Station]:
    """So many of them, `changes` of which change their template once, and back twelve days later or more."""
    found: dict[str, Station] = {}
    for index in range(number):
        rate = (0.7, 1.0, 1.5, 2.0, 3.0, 4.0)[index % 6]
        week = dice.randrange(days)
        off = frozenset({*range(week, week + 7), 0, 185, 329, 357, 358, 359})
        found[f"s{index}.example"] = Station(f"s{index}.example", rate, dice.choice((0.0, 0.3, 0.6)), off)
    for station in dice.sample(list(found.values()), changes):
        begin = dice.randrange(18, max(days - 45, 19))
        station.change = range(begin, begin + dice.randrange(12, 25))
        station.generation = dice.choice(GENERATIONS)
    return found


class Simulation:
    """Drives `scrape` through the days."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, number: int, days: int, changes: int, seed: int
    ):
        self.dice = random.Random(seed)
        self.world = World(stations(number, days, self.dice, changes))
        self.days = days
        self.told = Told()
        settings = tuple(
            StationSettings(host=host, url=f"https://{host}", feeds=("/news.rss",)) for host in self.world.stations
        )
        self.config = Config(
            contact="tests@example.org",
            store=str(folder / "year.db"),
            stations=settings,
            fetch=FetchSettings(delay=0.0),
            failure_threshold=0.9,
        )
        monkeypatch.setattr("scraper.run.one_pass.fetcher_for", lambda *_, **__: self.world)
        monkeypatch.setattr("scraper.workers.WorkerPool", Inline)
        self.fuse = Fuse(monkeypatch)
        self._since: dict[str, list[int]] = {}

    def live(self) -> Told:
        for day in range(self.days):
            self.world.day, self.world.now = day, START + day * DAY + self.dice.uniform(-1800, 1800)
            for station in self.world.stations.values():
                station.publish(day, self.world.now, self.dice)
            quiet = day < 3 or day > self.days - 8  # at its end the last stories can be had
            self._faults(quiet)
            summary = self._pass(self.world.now + self._jump(quiet))
            if summary is not None:
                self._note(day, summary)
            if day % 30 == 29 or day == self.days - 1:
                self._measure()
        self._count()
        return self.told

    def _faults(self, quiet: bool) -> None:
        dice, hosts = self.dice, list(self.world.stations)
        self.world.down = self.world.busy = frozenset()
        self.fuse.left = None
        if quiet:
            return
        if dice.random() < 0.2:
            self.world.down = frozenset(dice.sample(hosts, dice.randint(1, max(len(hosts) // 2, 1))))
            self.told.faults["outage"] += 1
        if dice.random() < 0.2:
            self.world.busy = frozenset(dice.sample(hosts, dice.randint(1, max(len(hosts) // 3, 1))))
            self.told.faults["429"] += 1
        if dice.random() < 0.06:
            kind = dice.choice(("killed", "full disk"))
            self.fuse.left = dice.randrange(4 * len(hosts))
            self.fuse.error = Killed if kind == "killed" else (lambda: OutputError("cannot write: the disk is full"))
            self.told.faults[kind] += 1

    def _jump(self, quiet: bool) -> float:
        if quiet or self.dice.random() > 0.02:
            return 0.0
        self.told.faults["clock"] += 1
        return self.dice.choice((-200, -3, 0.2, 3, 40, 400)) * DAY

    def _pass(self, now: float) -> Summary | None:
        began = time.thread_time(), resource.getrusage(resource.RUSAGE_SELF)
        try:
            summary = scrape(self.config, halt=Halt(), clock=lambda: now)
        except (Killed, OutputError):
            return None
        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = usage.ru_utime + usage.ru_stime - began[1].ru_utime - began[1].ru_stime
        self.told.seconds.append((spent, summary.total.tried))
        self.told.passes += 1
        self.told.problems += [f"{type(crash).__name__}: {crash}" for crash in summary.crashes]
        return summary

    def _note(self, day: int, summary: Summary) -> None:
        """Which of the alarms raised in this pass are right."""
        for host, station in self.world.stations.items():
            tally = summary.stations.get(host)
            if day in station.change and host not in self.told.changes and tally is not None:
                pages = tally.new + tally.updated + tally.refused
                if pages:
                    self._since.setdefault(host, []).append(pages)
        raised = [alarm for alarm in summary.alarms if alarm.raised_run == summary.run]
        for alarm in raised:
            station = self.world.stations.get(alarm.subject)
            real = [station] if station else list(self.world.stations.values())
            if any(day in one.change for one in real):
                if station and station.host not in self.told.changes:
                    passes = day - station.change.start + 1
                    self.told.changes[station.host] = (passes, self._since.get(station.host, []), alarm.pages)
            elif not any(day - 3 < one.change.stop <= day for one in real):
                self.told.false.append((day, alarm))
        self._last = summary.alarms

    def _measure(self) -> None:
        with Archive.open(self.config.store) as archive:
            archive.checkpoint()
            self.told.sizes.append((Path(self.config.store).stat().st_size, archive.count()))

    def _count(self) -> None:
        for host, station in self.world.stations.items():
            if station.change and host not in self.told.changes:
                self.told.changes[host] = (0, [], 0)
        published = {
            f"https://{host}{story.path}" for host, one in self.world.stations.items() for story in one.stories
        }
        with Archive.open(self.config.store) as archive:
            stored = Counter(one.article.url for one in archive.newest(10**6))
            self.told.problems += archive.check()
        self.told.stories = len(published)
        self.told.lost = len(published - set(stored))
        self.told.doubled = sum(count - 1 for count in stored.values())
        self.told.uncleared = self._last
