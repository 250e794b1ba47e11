"""The generic path: the page is rid of what is known to be furniture, then trafilatura and the shape of the page decide
together where the story stands, and that element is walked like any template's.

trafilatura's precision mode measured best (``benchmarks/``). Its text alone is not taken: it fuses the paragraphs of
old pages, drops some, and takes lists of teasers for the story. lxml and trafilatura are imported here and nowhere
else, so that known templates never pay for them.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from scraper.extractor import container
from scraper.extractor.platforms.base import Platform
from scraper.extractor.platforms.generic import PLATFORM
from scraper.extractor.regions import ancestry
from scraper.extractor.text import clean
from scraper.extractor.walk import Piece, Walked, words_of
from scraper.extractor.walk import walk as walk_over

_ENOUGH = 250
"""Characters of prose from which a page that nothing marks as a story is taken for one."""


def walk(tree: LexborHTMLParser, platform: Platform) -> Walked:
    """The pieces of the story. The page itself is left as it was."""
    if tree.body is None:
        return Walked([], [])
    drops = (*PLATFORM.drops, *(() if platform is PLATFORM else platform.drops), *PLATFORM.regions)
    survey = container.survey(tree.body, {node.mem_id for drop in drops for node in tree.body.css(drop.select)})
    spared = survey.spare()
    survey.vote(_judged(_pruned(tree, ",".join(drop.select for drop in drops), spared)))
    story = survey.best()
    if story is None:
        return Walked([], [])
    return walk_over([story], drops, figures=",".join(PLATFORM.figures), spared=spared)


def is_story(walked: Walked, tree: LexborHTMLParser) -> bool:
    """True where the pieces read like one story: prose enough, little of it links, no row of teasers."""
    prose = [item for item in walked.stream if isinstance(item, Piece) and item.kind in ("paragraph", "quote")]
    text = sum(len(item.text) for item in prose)
    linked = sum(len(clean(a.text())) for item in prose for a in item.links)
    cut = sum(item.text.endswith(("…", "...")) for item in prose)
    shown = len(words_of(tree.body)) if tree.body is not None else 0
    return text >= _ENOUGH and linked < 0.4 * text and cut < 0.4 * len(prose) and text > 0.08 * shown


def _pruned(tree: LexborHTMLParser, furniture: str, spared: set[int]) -> str:
    """The page's source without the furniture."""
    places = [node.mem_id not in spared for node in tree.css(furniture)]
    copy = tree.clone()
    inside: set[int] = set()
    outer = []
    for node, cut in zip(copy.css(furniture), places, strict=True):
        if cut and not inside.intersection(ancestry(node)):
            inside.add(node.mem_id)
            outer.append(node)
    for node in outer:
        node.decompose()
    return copy.html or ""


def _judged(html: str) -> str:
    """The story's text as trafilatura sees it; empty where it sees none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(html, favor_precision=True, include_comments=False, include_tables=True) or ""
