"""What stands outside the story (header, player, navigation, aside, footer), and the question whether an element stands
in furniture at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.article import Removed
from scraper.extractor import asks
from scraper.extractor.dom import is_silent, words_of
from scraper.extractor.platforms.base import Drop, Platform
from scraper.extractor.text import clean, fold

_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("div", "p", "ul", "ol", "table", "tbody", "tr", "td", "section", "article", "main", "header", *_TITLES)
_SMALL = 60
LONGEST = 200
"""Characters of a region's text that are kept, the last of them an ellipsis where it was longer."""


class Regions:
    """The regions of one page. `bodies` are the story's containers: what holds them, or stands in them, is no region."""

    def __init__(self, tree: LexborHTMLParser, platform: Platform, bodies: Sequence[LexborNode]) -> None:
        self._tree = tree
        self._platform = platform
        self._bodies = {body.mem_id for body in bodies}
        self.containers = bodies
        self._first = bodies[0] if bodies else None
        self._order: dict[int, tuple[int, ...]] = {}
        self.listed: list[tuple[Removed, list[int]]] = []
        """What `removed` has listed, each entry with the nodes (by `mem_id`) that hold its words."""
        around = {id_ for body in bodies for id_ in ancestry(body)}
        self.drops: dict[int, Drop] = {}
        self._nodes: list[LexborNode] = []
        for drop in platform.regions:
            for node in tree.css(drop.select):
                if node.mem_id not in around and node.mem_id not in self.drops:
                    self.drops[node.mem_id] = drop
                    self._nodes.append(node)

    def removed(self, inside: Sequence[Removed], said: Collection[str] = ()) -> list[Removed]:
        """Regions before the story, then `inside` (what was taken out of the story), then the regions after it: one
        entry a region, its text cut. `said`: lines that have a field of their own (headline, byline)."""
        if self._platform.rest and self._first is not None and self._tree.body is not None:
            outside = Outside(self._platform, self._tree, self.containers, said)
            before, after = outside.read(self._tree.body)
            self.listed = outside.listed
            return [*before, *inside, *after]
        story = self._place(self._first) if self._first is not None else ()
        before, after = [], []
        for node in sorted(self._nodes, key=self._place):
            above = ancestry(node)
            if self._bodies.intersection(above) or self._stands_in_its_like(node, above[1:]):
                continue
            text = cut(words_of(node, enough=2 * LONGEST))
            if text:
                drop = self.drops[node.mem_id]
                entry = Removed(rule=drop.rule, kind=drop.kind, text=text)
                (before if self._place(node) < story or not story else after).append(entry)
                self.listed.append((entry, [node.mem_id]))
        return [*before, *inside, *after]

    def _stands_in_its_like(self, node: LexborNode, above: Sequence[int]) -> bool:
        """In a region of the same kind: its words are there already."""
        kind = self.drops[node.mem_id].kind
        return any(id_ in self.drops and self.drops[id_].kind == kind for id_ in above)

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


class Outside:
    """All words outside the story's containers, for templates whose regions are not all known by name."""

    def __init__(
        self, platform: Platform, tree: LexborHTMLParser, bodies: Sequence[LexborNode], said: Collection[str]
    ) -> None:
        self._bodies = {body.mem_id for body in bodies}
        self._path = {id_ for body in bodies for id_ in ancestry(body)}
        self._said = {fold(line) for line in said}
        self._figures = {node.mem_id for node in tree.css(",".join(platform.figures))} if platform.figures else set()
        self._drops: dict[int, Drop] = {}
        self._holders = set(self._path)
        for drop in (*platform.regions, *platform.drops):
            for node in tree.css(drop.select):
                if node.mem_id not in self._path and node.mem_id not in self._drops:
                    self._drops[node.mem_id] = drop
                    self._holders.update(ancestry(node)[1:])
        for headline in tree.css("h1"):
            for id_ in ancestry(headline)[1:]:
                self._holders.add(id_)
                self._drops.pop(id_, None)
        self._before: list[Removed] = []
        self._after: list[Removed] = []
        self._passed = False
        self._loose: list[str] = []
        self._loose_ids: list[int] = []
        self.listed: list[tuple[Removed, list[int]]] = []
        """All entries in page order, each with the nodes (by `mem_id`) that hold its words."""

    def read(self, top: LexborNode) -> tuple[list[Removed], list[Removed]]:
        """What stands before the story and what after it, in page order."""
        if top.mem_id not in self._bodies:
            self._open(top)
        return self._before, self._after

    def _open(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.mem_id in self._bodies:
                self._close()
                self._passed = True
            elif child.tag == "-text":
                self._gather(clean(child.text()), child)
            elif not is_silent(child.tag) and child.mem_id not in self._figures:
                self._element(child)
        self._close()

    def _element(self, node: LexborNode) -> None:
        drop = self._drops.get(node.mem_id)
        if drop is None and node.mem_id in self._holders:
            self._close()
            self._open(node)
            return
        text = words_of(node, enough=4 * LONGEST)
        if drop is not None:
            self._close()
            self._add(drop, text, [node.mem_id])
        elif len(text) > LONGEST and _is_layout(node):
            self._close()
            self._open(node)
        else:
            self._gather(text, node)

    def _gather(self, text: str, node: LexborNode) -> None:
        """Small neighbours make one entry: a heading and its list, the links of a row."""
        if len(" ".join(self._loose)) > _SMALL:
            self._close()
        if text and fold(text) not in self._said:
            self._loose.append(text)
            self._loose_ids.append(node.mem_id)

    def _close(self) -> None:
        text, self._loose = " ".join(self._loose), []
        ids, self._loose_ids = self._loose_ids, []
        asked = asks.appeal(text) if len(text) > _SMALL else None
        unnamed = Drop("outside.after", "promo", "") if self._passed else Drop("outside.before", "banner", "")
        self._add(Drop(f"{asked}.weighed", asked, "") if asked else unnamed, text, ids)

    def _add(self, drop: Drop, text: str, ids: list[int]) -> None:
        if any(char.isalnum() for char in text) and fold(text) not in self._said:
            entries = self._after if self._passed else self._before
            entry = Removed(rule=drop.rule, kind=drop.kind, text=cut(text))
            entries.append(entry)
            self.listed.append((entry, ids))


def _is_layout(node: LexborNode) -> bool:
    """True for an element that parts the page: blocks inside it, none of them its title."""
    blocks = [child for child in node.iter() if child.tag in _BLOCKS]
    return bool(blocks) and blocks[0].tag not in _TITLES and node.tag not in ("ul", "ol", "p")


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
