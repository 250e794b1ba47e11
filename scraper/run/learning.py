"""What was learned of hosts, for one run: the rules of each page, and what its story shows."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from msgspec.structs import replace

from scraper import addresses
from scraper.article import Article
from scraper.extractor.learned.model import Learned, Sighting, Verdict
from scraper.extractor.learned.observe import observe
from scraper.extractor.learned.weigh import weigh
from scraper.extractor.rules import NONE, Rules
from scraper.page import Page
from scraper.writer.stories import host_of

if TYPE_CHECKING:
    from scraper.writer.archive import Archive


class HostRules:
    """Rules of pages, each with what was learned of its host alone. Thread-safe.

    A host is weighed when its first page of the run is at hand, before any of its stories is written: so the rules are
    those of all runs before, and stay the same to the end of this one.
    """

    def __init__(self, archive: Archive, rules: Rules | None) -> None:
        self._learning = archive.learning(Sighting, Verdict)
        self._rules = rules or NONE
        self._known: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def of(self, page: Page) -> Rules:
        """The rules for a page that was had."""
        host = addresses.bare_host(page.final_url) or addresses.bare_host(page.url) or ""
        with self._lock:
            if host not in self._known:
                version, verdicts = self._learning.learn(host, weigh)
                self._known[host] = replace(self._rules, learned=Learned.of(host, version, verdicts))
            return self._known[host]


def sighting_of(article: Article) -> Sighting | None:
    """What a story shows of what may recur at its host."""
    return observe(article, host_of(article))
