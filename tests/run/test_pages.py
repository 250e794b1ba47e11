"""One page after the other: what is fetched, what it turns out to be, and what stands in the store after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.article import Article
from scraper.config import StationSettings
from scraper.errors import NotAnArticle, OutputError, Refused, ScraperError, TryLater, Unavailable
from scraper.page import Page
from scraper.run.halt import Halt
from scraper.run.measuring import Measuring
from scraper.run.pages import PageWork
from scraper.run.schedule import DAY
from scraper.run.site import Site
from scraper.run.summary import Summary
from scraper.workers import WorkerCrashed
from scraper.writer.archive import Archive
from scraper.writer.results import Due, Found

NOW = 1_944_309_600.0  # 2031-08-12T14:00:00Z
URL = "https://www.wgul.example/news/2031-08-12/ferry"
CRASH = "the worker process failed"
SITE = Site(StationSettings(host="wgul.example"), None, ())


class World:
    """A store with one page that is due, and the two things that may come of it: `page` and `article`, or errors."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.summary = Summary()
        self.halt = Halt()
        self.run = archive.start_run()
        self.page: Page | ScraperError = Page(b"<p>x", url=URL, status=200, headers={"etag": '"1"'})
        self.article: Article | ScraperError = Article(id="url:1", url=URL, page_type="article", platform="grove")
        self.asked: list[Due] = []
        self.work = PageWork(
            archive=archive,
            fetch=self.fetch,
            extract=lambda page: self.given(self.article),
            summary=self.summary,
            halt=self.halt,
            clock=lambda: NOW,
            measuring=Measuring(1, lambda: NOW, lambda: 0.25),
        )
        archive.add_found([Found(url=URL, published="2031-08-12T09:00:00Z", host="wgul.example")])

    def fetch(self, due: Due) -> Page:
        self.asked.append(due)
        return self.given(self.page)

    @staticmethod
    def given(what: Any) -> Any:
        if isinstance(what, Exception):
            raise what
        return what

    def do(self) -> bool:
        (due,) = self.archive.lease(["wgul.example"], NOW + 40 * DAY, 1, self.run)
        return self.work.do(SITE, due)

    def state(self) -> tuple[str, str | None, float | None]:
        """State, error, and the days until the page is due again."""
        with self.archive._reading() as connection:
            row = connection.exec_driver_sql("SELECT state, error, unixepoch(next_try_at) - ? FROM pages", (NOW,)).one()
        return row[0], row[1], None if row[2] is None else row[2] / DAY

    def counts(self) -> dict[str, int]:
        total = self.summary.total
        return {
            kind: number
            for kind in total.__struct_fields__
            if isinstance(number := getattr(total, kind), int) and number
        }


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Archive.open(str(tmp_path / "stories.db"), clock=lambda: NOW) as archive:
        yield World(archive)


def test_a_story_is_stored_and_looked_at_again(world: World) -> None:
    assert world.do()
    assert world.state() == ("done", None, pytest.approx(19 / 24))
    assert world.counts() == {"tried": 1, "fetched": 1, "new": 1}
    world.do()
    assert world.asked[1].etag == '"1"'
    assert world.counts() == {"tried": 2, "fetched": 2, "new": 1, "unchanged": 1}


def test_a_page_that_has_not_changed(world: World) -> None:
    world.do()
    world.page = Page(b"", url=URL, status=304)
    assert world.do()
    assert world.counts() == {"tried": 2, "fetched": 2, "new": 1, "unchanged": 1}
    assert world.archive.count() == 1


@pytest.mark.parametrize(
    ("page", "article", "state", "counts"),
    [
        (None, NotAnArticle("list", "it lists"), ("refused", "list page: it lists", 1), {"fetched", "refused"}),
        (NotAnArticle("other", "a PDF"), None, ("refused", "other page: a PDF", 1), {"refused"}),
        (Refused(f"{URL}: robots.txt forbids it"), None, ("refused", "robots.txt forbids it", 7), {"refused"}),
        (Unavailable(f"{URL}: it answers 503", status=503), None, ("failed", "it answers 503", 1 / 24), {"failed"}),
        (Unavailable(f"{URL}: it answers 404", status=404), None, ("failed", "it answers 404", 6 / 24), {"gone"}),
        (Unavailable(f"{URL}: it answers 410", status=410), None, ("gone", "it answers 410", None), {"gone"}),
        (None, WorkerCrashed("killed by signal 11"), ("failed", f"{CRASH}: killed by signal 11", 1 / 24), {"failed"}),
    ],
)  # fmt: skip
def test_pages_that_come_to_nothing(
    world: World, page: ScraperError | None, article: ScraperError | None, state: tuple[Any, ...], counts: set[str]
) -> None:
    world.page = page or world.page
    world.article = article or world.article
    assert world.do()
    assert world.state() == (*state[:2], state[2] if state[2] is None else pytest.approx(state[2]))
    assert world.counts() == dict.fromkeys({"tried", *counts}, 1)
    kind = next(iter(counts - {"fetched"}))
    assert world.summary.total.why == {kind: {state[1]: 1}}
    (measure,) = world.archive.watching().measures()
    assert (measure.host, measure.platform, measure.tried, getattr(measure, kind)) == ("wgul.example", "", 1, 1)
    assert measure.read == ("fetched" in counts or isinstance(article, WorkerCrashed))
    assert measure.median_seconds == pytest.approx(0.25)
    assert world.archive.count() == 0


def test_a_robots_file_that_cannot_be_had_just_now_puts_the_page_off_as_long(world: World) -> None:
    world.page = Refused(
        "https://b.example: robots.txt answers 503; without it nothing is fetched", retry_at=NOW + 3600
    )
    world.do()
    assert world.state()[0] == "new"
    assert world.state()[2] == pytest.approx(1 / 24)
    assert world.counts() == {"later": 1}


def test_a_site_that_wants_to_be_asked_later(world: World) -> None:
    world.page = TryLater("rests", retry_at=NOW + 2 * DAY)
    assert not world.do()  # its other pages would hear the same
    assert world.state() == ("new", None, 2)
    assert world.counts() == {"later": 1}


def test_somebody_elses_host_that_rests_does_not_stop_the_station(world: World) -> None:
    world.page = TryLater("rests", retry_at=None)
    other = Due(
        key="npr.org/x", url="https://www.npr.org/x", host="wgul.example", source=None, published=None, attempts=0,
        etag=None, last_modified=None,
    )  # fmt: skip
    assert world.work.do(SITE, other)


@pytest.mark.parametrize(
    ("what", "error"), [("page", TryLater("stopped")), ("article", WorkerCrashed("the pool was closed"))]
)
def test_what_a_stop_cuts_short_stays_due(world: World, what: str, error: ScraperError) -> None:
    setattr(world, what, error)
    world.halt.time_is_up()
    world.do()
    assert world.counts() == {}
    assert world.archive.release(world.run) == 1
    assert world.state()[:2] == ("new", None)


def test_a_store_that_cannot_be_written_is_no_fault_of_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OutputError("the disk is full")

    monkeypatch.setattr(world.archive, "write", full)
    with pytest.raises(OutputError):
        world.do()
    assert world.counts() == {}


def test_a_story_without_a_date_is_counted_from_when_it_was_found(world: World) -> None:
    due = Due(
        key="x.example/a", url="https://x.example/a", host="wgul.example", source=None, published=None, attempts=0,
        etag=None, last_modified=None, first_seen="2031-08-05T14:00:00Z",
    )  # fmt: skip
    assert world.work._again(due, None) is None
    assert world.work._again(due, "2031-08-12T14:00:00Z") == NOW + DAY
