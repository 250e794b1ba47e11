"""What stands outside the story (header, player, navigation, aside, footer), and the question whether an element stands
in furniture at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.article import Removed
from scraper.extractor.platforms.base import Drop, Platform
from scraper.extractor.walk import words_of

LONGEST = 200
"""Characters of a region's text that are kept, the last of them an ellipsis where it was longer."""


class Regions:
    """The regions of one page. `bodies` are the story's containers: what holds them, or stands in them, is no region."""

    def __init__(self, tree: LexborHTMLParser, platform: Platform, bodies: Sequence[LexborNode]) -> None:
        self._bodies = {body.mem_id for body in bodies}
        self._first = bodies[0] if bodies else None
        self._order: dict[int, tuple[int, ...]] = {}
        around = {id_ for body in bodies for id_ in ancestry(body)}
        self.drops: dict[int, Drop] = {}
        self._nodes: list[LexborNode] = []
        for drop in platform.regions:
            for node in tree.css(drop.select):
                if node.mem_id not in around and node.mem_id not in self.drops:
                    self.drops[node.mem_id] = drop
                    self._nodes.append(node)

    def removed(self, inside: Sequence[Removed]) -> list[Removed]:
        """Regions before the story, then `inside` (what was taken out of the story), then the regions after it: one
        entry a region, its text cut."""
        story = self._place(self._first) if self._first is not None else ()
        before: list[Removed] = []
        after: list[Removed] = []
        for node in sorted(self._nodes, key=self._place):
            if self._bodies.intersection(ancestry(node)):
                continue
            text = cut(words_of(node, enough=4 * LONGEST))
            if text:
                drop = self.drops[node.mem_id]
                (before if self._place(node) < story or not story else after).append(
                    Removed(rule=drop.rule, kind=drop.kind, text=text)
                )
        return [*before, *inside, *after]

    def _place(self, node: LexborNode) -> tuple[int, ...]:
        """Where the element stands, comparable in page order: its number among its siblings, from the root down."""
        known = self._order.get(node.mem_id)
        if known is None:
            number, sibling = 0, node.prev
            while sibling is not None:
                number, sibling = number + 1, sibling.prev
            parent = node.parent
            known = (*(self._place(parent) if parent is not None else ()), number)
            self._order[node.mem_id] = known
        return known


def holding(node: LexborNode, drops: Mapping[int, Drop]) -> Drop | None:
    """The innermost of the dropped elements that the element stands in, itself included; None where it is free."""
    for id_ in ancestry(node):
        if id_ in drops:
            return drops[id_]
    return None


def ancestry(node: LexborNode) -> list[int]:
    """The element and all that it stands in, innermost first."""
    chain: list[int] = []
    current: LexborNode | None = node
    while current is not None:
        chain.append(current.mem_id)
        current = current.parent
    return chain


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
