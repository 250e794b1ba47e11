"""What one page, or one visit of a station, adds to the measures of a run. Pure but for the clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from scraper.article import Article
from scraper.writer.characters import storable
from scraper.writer.measure import MOST_PARAGRAPHS, Measure, bucket
from scraper.writer.results import Due
from scraper.writer.times import stamp

if TYPE_CHECKING:
    from scraper.discoverer import Discovery

LEAST_BODY = 200
"""Characters of a body that counts as one."""
YOUNG = 30 * 86400.0
"""Pages this young say how a station's pages are now. What a backfill brings has templates of its time."""
LEAST_PARAGRAPH = 40
"""Characters of a paragraph that is looked for in other bodies."""
_BEGINNING = 48
_NO_RULES = ("generic", "text")
_PROSE = ("paragraph", "turn", "quote", "list")
_INSTEAD = ("consent", "empty", "error")  # what comes in place of a story
ANY = "any"
"""The sign of samples that are just the last pages read."""


class Measuring:
    """Makes the measures of one run. `latency` gives the seconds of the last response in this thread, or None."""

    def __init__(self, run: int, clock: Callable[[], float], latency: Callable[[], float | None]) -> None:
        self._run = run
        self._clock = clock
        self._at = stamp(clock())
        self._latency = latency

    def visit(self, host: str, discovery: Discovery | None) -> Measure | None:
        """One visit of a station; None where no source was due. `discovery` null: it could not be asked at all."""
        asked = [source for source in discovery.sources if not source.skipped] if discovery else []
        if discovery is not None and not asked and discovery.sources:
            return None
        read = any(source.error is None for source in asked)
        return Measure(host=host, run=self._run, at=self._at, visits=int(read), unread=int(not read))

    def record(self, host: str, due: Due, article: Article) -> Measure:
        """A page that became a record."""
        measure = self._page(host, article.platform)
        measure.had = 1
        if not self._young(due):
            return measure
        text, url = article.text, storable(due.url)
        signs = {
            "body": len(text) >= LEAST_BODY,
            "title": bool(article.title),
            "date": bool(article.published),
            "authors": bool(article.authors or article.byline),
            "ruled": article.platform not in _NO_RULES and "fallback" not in article.quality.flags,
            "several": sum(block.kind in _PROSE for block in article.blocks) > 1,
        }
        for sign, there in signs.items():
            setattr(measure, sign, int(there))
        measure.read = measure.records = measure.bodies = 1
        measure.fallback = int("fallback" in article.quality.flags)
        measure.lengths = {bucket(len(text)): 1} if text else {}
        measure.paragraphs = dict.fromkeys(_beginnings(article), 1)
        measure.samples = {ANY: [url]} | {sign: [url] for sign, there in signs.items() if not there}
        measure.newest = article.published
        return measure

    def refusal(self, host: str, due: Due, page_type: str | None, *, read: bool) -> Measure:
        """A page that is no story (of `page_type`), or may not be had (null). `read`: it was, and no PDF or picture."""
        measure = self._page(host)
        measure.refused = 1
        measure.had = int(page_type is not None)
        if page_type is not None and (read or page_type in _INSTEAD) and self._young(due):
            measure.read = 1
            measure.refusals = {page_type: 1}
            measure.samples = {"body": [storable(due.url)]}
        return measure

    def loss(self, host: str, due: Due, *, gone: bool, had: bool) -> Measure:
        """A page that is gone, or could not be had; or that was `had` and could not be read."""
        measure = self._page(host)
        measure.gone, measure.failed = int(gone), int(not gone)
        if had and self._young(due):
            measure.read = 1
            measure.samples = {"body": [storable(due.url)]}
        return measure

    def same(self, host: str) -> Measure:
        """A page that has not changed, as its server says."""
        measure = self._page(host)
        measure.had = measure.unchanged = 1
        return measure

    def _page(self, host: str, platform: str = "") -> Measure:
        seconds = self._latency()
        measure = Measure(host=host, platform=platform, run=self._run, at=self._at, tried=1)
        measure.seconds = {} if seconds is None else {bucket(seconds): 1}
        return measure

    def _young(self, due: Due) -> bool:
        try:
            born = datetime.fromisoformat(due.published or due.first_seen or "")
        except ValueError:
            return True
        born = born if born.tzinfo else born.astimezone()
        return self._clock() - born.timestamp() < YOUNG


def _beginnings(article: Article) -> list[str]:
    """How the longer paragraphs begin; no more than are looked at of one body."""
    texts = (" ".join(block.text.split()) for block in article.blocks if block.kind in _PROSE)
    found = dict.fromkeys(storable(text[:_BEGINNING]) for text in texts if len(text) >= LEAST_PARAGRAPH)
    kept = list(found)
    return kept if len(kept) <= MOST_PARAGRAPHS else [*kept[: MOST_PARAGRAPHS // 2], *kept[-(MOST_PARAGRAPHS // 2) :]]
