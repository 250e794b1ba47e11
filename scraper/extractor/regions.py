"""What stands outside the story (header, player, navigation, aside, footer): one `removed` entry each, in page order."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.article import Removed
from scraper.extractor.platforms.base import Platform
from scraper.extractor.walk import words_of

LONGEST = 200
"""Characters of a region's text that are kept, the last of them an ellipsis where it was longer."""


def removed(
    tree: LexborHTMLParser,
    platform: Platform,
    bodies: Sequence[LexborNode],
    inside: list[Removed],
    captions: list[Removed],
) -> list[Removed]:
    """Regions before the story, then what was taken out of the story, then the regions after it."""
    around = {id_ for body in bodies for id_ in _ancestry(body)}
    rules: dict[int, tuple[str, str]] = {}
    for drop in platform.regions:
        for node in tree.css(drop.select):
            if node.mem_id not in around:
                rules.setdefault(node.mem_id, (drop.rule, drop.kind))
    first = bodies[0].mem_id if bodies else None
    contained = {n.mem_id for body in bodies for n in body.css("*")} if bodies and rules else set()
    before: list[Removed] = []
    after: list[Removed] = []
    passed = False
    selector = ",".join(drop.select for drop in platform.regions)
    for node in tree.css(selector + ("," + ",".join(platform.body) if platform.body else "")) if selector else []:
        passed = passed or node.mem_id == first
        rule = rules.pop(node.mem_id, None)
        if rule is None or node.mem_id in contained:
            continue
        text = cut(words_of(node))
        if text:
            (after if passed else before).append(Removed(rule=rule[0], kind=rule[1], text=text))
    return [*before, *_in_order(inside, captions), *after]


def _in_order(inside: list[Removed], captions: list[Removed]) -> list[Removed]:
    return [*captions, *inside]


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _ancestry(node: LexborNode) -> list[int]:
    """The element and all that it stands in: none of these can be a region."""
    chain: list[int] = []
    current: LexborNode | None = node
    while current is not None:
        chain.append(current.mem_id)
        current = current.parent
    return chain
