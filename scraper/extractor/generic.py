"""The generic path: the page is rid of what is known to be furniture, then trafilatura and the shape of the page decide
together where the story stands, and that element is walked like any template's.

trafilatura judges line by line in its precision mode, which measured best alone; `fast` spares the fallbacks that a judge
does not need. Its text itself is not taken: it fuses the paragraphs of old pages, drops some, and takes lists of teasers
for the story. lxml and trafilatura are imported here and nowhere else, so that known templates never pay for them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.extractor import container, edges
from scraper.extractor.dom import words_of
from scraper.extractor.edges import Edges
from scraper.extractor.platforms.base import Drop, Platform
from scraper.extractor.platforms.generic import PLATFORM
from scraper.extractor.regions import ancestry
from scraper.extractor.walk import Walked, walk

_ENOUGH = 200
"""Letters that are likely a story's, from which a page that nothing marks as a story is taken for one."""


class Found(msgspec.Struct, eq=False):
    """The story of a page: its pieces, what its head says of it, and how sure it is that there is one: `likely` letters
    of it (expected), their `density` among those of its container, and their `share` of all on the page."""

    walked: Walked
    head: Edges
    likely: float = 0.0
    density: float = 0.0
    share: float = 0.0

    @property
    def is_story(self) -> bool:
        """Good enough for a page that says nothing of its kind: no list of teasers, no line of welcome."""
        return self.likely >= _ENOUGH and self.density >= 0.5

    @property
    def is_plain(self) -> bool:
        """Good enough to outweigh an address that speaks of a list."""
        return self.likely >= 5 * _ENOUGH and self.density >= 0.75 and self.share >= 0.4

    def fits(self, page_type: str, *, known: bool, addressed: bool) -> bool:
        """True where it may stand as the story of a page that was taken for `page_type`, by its address (`addressed`) or
        for want of marks. Of a `known` template more is asked."""
        if page_type in ("list", "other"):
            return self.is_plain if addressed or page_type == "list" else self.is_story
        return self.is_story or not known


def find(tree: LexborHTMLParser, platform: Platform, titles: Sequence[str]) -> Found | None:
    """The story, or None where no part of the page reads like one. `titles`: what the page calls itself. The tree is left
    as it was."""
    if tree.body is None:
        return None
    drops = (*PLATFORM.drops, *(() if platform is PLATFORM else platform.drops), *PLATFORM.regions)
    survey = container.survey(tree.body, _suspects(tree.body, drops))
    spared = survey.spare()
    survey.vote(_judged(_pruned(tree, ",".join(drop.select for drop in drops), spared)))
    best = survey.best()
    if best is None:
        return None
    headline, above = survey.head(best, titles)
    lead = [line.node for line in above if line.is_paragraph][:2]
    shown = container.pictures(best.node)
    walked = walk([*lead, best.node], drops, figures=",".join(PLATFORM.figures), spared=spared, pictures=shown)
    head = edges.trim(walked.stream, titles, behind=headline is not None)
    head.headline = head.headline or headline
    head.read(words_of(line.node) for line in above if not line.is_paragraph)
    walked.stream = head.stream
    return Found(walked, head, *survey.measure(best))


def _suspects(body: LexborNode, drops: Sequence[Drop]) -> dict[int, float]:
    """What is furniture by its name (by `mem_id`), and what share of the page's prose such furniture may hold: consent and
    comments can be longer than a story."""
    suspects: dict[int, float] = {}
    for drop in drops:
        share = 0.7 if drop.kind in ("consent", "comments") else 0.5
        for node in body.css(drop.select):
            suspects[node.mem_id] = min(share, suspects.get(node.mem_id, 1.0))
    return suspects


def _pruned(tree: LexborHTMLParser, furniture: str, spared: set[int]) -> str:
    """The page's source without the furniture."""
    copy = tree.clone()
    if tree.body is None or copy.body is None:
        return ""
    cut = [node.mem_id not in spared and node.tag != "body" for node in tree.body.css(furniture)]
    gone: set[int] = set()
    outer = []
    for node, go in zip(copy.body.css(furniture), cut, strict=True):
        if go and not gone.intersection(ancestry(node)):
            gone.add(node.mem_id)
            outer.append(node)
    for node in outer:
        node.decompose()
    return copy.html or ""


def _judged(html: str) -> str:
    """The story's text as trafilatura sees it; empty where it sees none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(html, fast=True, favor_precision=True, include_comments=False) or ""
