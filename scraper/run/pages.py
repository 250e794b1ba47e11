"""One page of a run: fetched, extracted, written, all in one go. What came of it stands in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable

from msgspec.structs import replace

from scraper.article import Article
from scraper.errors import NotAnArticle, Refused, ScraperError, TryLater, Unavailable
from scraper.page import Page
from scraper.run.halt import Halt
from scraper.run.measuring import Measuring
from scraper.run.schedule import refused_again, story_again
from scraper.run.site import Site
from scraper.run.summary import Summary, reason_of
from scraper.writer.archive import Archive
from scraper.writer.frontier import queue_of
from scraper.writer.learned import Sighting
from scraper.writer.measure import Measure
from scraper.writer.results import Due, PageResult

log = logging.getLogger("scraper.run")

GONE_STATUSES = (404, 410)
SHORTEST_REST = 60.0
"""Seconds for which a page is put off at least, so that it does not come back in the same run."""


class PageWork:
    """Does pages, for many threads. `fetch` takes a page that is due, `extract` a page that was had.

    `extract` raises `NotAnArticle` where there is no story, any other `ScraperError` where the page could not be read.
    `observe` gives what is remembered of a story's lines, to learn what recurs; None for nothing.
    """

    def __init__(
        self,
        *,
        archive: Archive,
        fetch: Callable[[Due], Page],
        extract: Callable[[Page], Article],
        summary: Summary,
        halt: Halt,
        clock: Callable[[], float],
        measuring: Measuring,
        observe: Callable[[Article], Sighting | None] | None = None,
    ) -> None:
        self._archive = archive
        self._fetch = fetch
        self._extract = extract
        self._summary = summary
        self._halt = halt
        self._clock = clock
        self._measuring = measuring
        self._observe = observe or (lambda _: None)

    def do(self, site: Site, due: Due) -> bool:
        """Settles one page. False when the station wants to be left alone for longer than a run waits.

        Raises what the store raises: then nothing of the page is stored, and it stays due.
        """
        try:
            page = self._fetch(due)
        except TryLater as error:
            return self._later(site, due, error, error.retry_at)
        except NotAnArticle as error:
            self._refuse(site, due, PageResult(url=due.url, status=200, page_type=error.page_type), error)
        except Refused as error:
            if error.retry_at is not None:  # robots.txt cannot be had just now: that says nothing of the page
                return self._later(site, due, error, error.retry_at)
            self._refuse(site, due, PageResult(url=due.url), error)
        except Unavailable as error:
            self._lose(site, due, PageResult(url=due.url, status=error.status), error)
        else:
            self._had(site, due, page)
        return True

    def _had(self, site: Site, due: Due, page: Page) -> None:
        if page.status == 304:
            same = self._result(page, due, self._again(due, None), measure=self._measuring.same(site.host))
            self._archive.not_modified(same)
            self._counted(site, due, "unchanged")
            return
        try:
            article = self._extract(page)
        except NotAnArticle as error:
            self._refuse(site, due, PageResult.of(page, page_type=error.page_type), error, fetched=True)
        except ScraperError as error:
            if self._halt:  # the worker was ended, not the page's fault
                return
            self._lose(site, due, PageResult.of(page, error=str(error)), error)
        else:
            again = self._again(due, article.published)
            measure = self._measuring.record(site.host, due, article)
            result = self._result(page, due, again, article.page_type, measure)
            outcome = self._archive.write(article, result, self._observe(article))
            self._counted(site, due, outcome)

    def _again(self, due: Due, published: str | None) -> float | None:
        return story_again(published or due.published or due.first_seen, self._clock())

    @staticmethod
    def _result(
        page: Page, due: Due, again: float | None, page_type: str | None = None, measure: Measure | None = None
    ) -> PageResult:
        return PageResult.of(page, url=due.url, page_type=page_type, next_try_at=again, measure=measure)

    def _counted(self, site: Site, due: Due, outcome: str) -> None:
        self._tried(site, fetched=True)
        self._summary.count(site.host, outcome, url=due.url)
        log.info("%s %s", outcome, due.url)

    def _tried(self, site: Site, *, fetched: bool) -> None:
        self._summary.count(site.host, "tried")
        if fetched:
            self._summary.count(site.host, "fetched")

    def _refuse(self, site: Site, due: Due, result: PageResult, error: ScraperError, *, fetched: bool = False) -> None:
        reason = reason_of(error, due.url)
        again = refused_again(result.page_type, due.published, self._clock())
        measure = self._measuring.refusal(site.host, due, result.page_type, read=fetched)
        self._archive.refuse(_with(result, error=reason, next_try_at=again, measure=measure))
        self._tried(site, fetched=fetched)
        self._summary.count(site.host, "refused", url=due.url, reason=reason)
        log.info("refused %s: %s", due.url, reason)

    def _lose(self, site: Site, due: Due, result: PageResult, error: ScraperError) -> None:
        reason = reason_of(error, due.url)
        gone = result.status in GONE_STATUSES
        had = result.content_sha256 is not None
        self._archive.fail(
            _with(result, error=reason, measure=self._measuring.loss(site.host, due, gone=gone, had=had))
        )
        kind = "gone" if gone else "failed"
        self._tried(site, fetched=False)
        self._summary.count(site.host, kind, url=due.url, reason=reason)
        log.log(logging.INFO if kind == "gone" else logging.WARNING, "%s %s: %s", kind, due.url, reason)

    def _later(self, site: Site, due: Due, error: ScraperError, retry_at: float | None) -> bool:
        if self._halt:
            return False
        now = self._clock()
        self._archive.put_off(due.key, max(retry_at or 0.0, now + SHORTEST_REST))
        self._summary.count(site.host, "later", url=due.url, reason=reason_of(error, due.url))
        log.info("later %s: %s", due.url, error)
        return queue_of(due.url) != site.place  # a host of somebody else's: the station's own pages go on


def _with(result: PageResult, **values: object) -> PageResult:
    return replace(result, **values)
