"""Where the story stands on a page that no template explains.

The page's words are read once, in order, as lines with the share of them that is linked. A line is likely the story's
where it is prose among prose (teasers are prose too, but each stands between links), and less so where trafilatura
would drop it. Of all elements, the one is taken whose lines agree best (expected F1) with those likelihoods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from selectolax.lexbor import LexborNode

from scraper.extractor import edges
from scraper.extractor.dom import INLINE, is_silent, words_of
from scraper.extractor.text import letters

_SKIPPED = frozenset("button select iframe audio video textarea".split())
_NO_CONTAINER = frozenset("p h1 h2 h3 h4 h5 h6 a li dt figcaption caption hr".split())
_STOPS = ".!?…:;\"”»’')]。！？」"
_SURE = 400
"""Letters of prose in a row from which it is surely a story's."""
_AROUND_PICTURES = frozenset("a b button center div figure font li picture section span table tbody td tr".split())
_CAPTION = 300
"""Letters that a caption has at most."""
_SET_APART = 60
"""Letters from which a sentence between headline and story is its first paragraph."""
_HEADLINE = 250
_BETWEEN = 12
"""Lines between headline and story at most; more are no head."""
_LONG = 200
"""Letters of a line by which it is looked up in a text."""


class Line(msgspec.Struct, eq=False):
    """A line of the page without its white space: `size` of it in letters, those `linked`, and how likely (0 to 1) it
    is the story's. Furniture has no size. `node` is the block that holds it."""

    text: str
    node: LexborNode
    size: int
    linked: int
    prose: bool
    likely: float = 0.0

    @property
    def is_paragraph(self) -> bool:
        """A sentence long enough to be the story's first paragraph where it stands apart from the rest."""
        return self.prose and self.size >= _SET_APART and self.text[-1] in _STOPS


class Region(msgspec.Struct, eq=False):
    """An element and the lines in it: `lines[start:end]`."""

    node: LexborNode
    start: int
    end: int


class Survey(msgspec.Struct, eq=False):
    """The lines of a page, the elements that hold them (outer before inner), and those of them that are
    furniture by their names, each with the share of the prose that furniture of its kind may hold."""

    lines: list[Line]
    regions: list[Region]
    suspects: list[tuple[Region, float]]

    def spare(self) -> set[int]:
        """Blank the lines of furniture. Names lie: elements that hold more of the prose than furniture does are none;
        these are returned (by `mem_id`)."""
        self.weigh()
        total = self._mass(0, len(self.lines))
        spared = {r.node.mem_id for r, most in self.suspects if self._mass(r.start, r.end) > most * total}
        for region, _ in self.suspects:
            if region.node.mem_id not in spared:
                for line in self.lines[region.start : region.end]:
                    line.size, line.linked, line.prose = 0, 0, False
        self.weigh()
        return spared

    def vote(self, text: str) -> None:
        """Halve the likelihood of lines that another judge of the page has not kept in its `text`."""
        kept = "".join(text.split())
        for line in self.lines if kept else ():
            if line.likely and line.text[:_LONG] not in kept:
                line.likely /= 2

    def best(self) -> Region | None:
        """The element whose words agree best with what is likely, with the least furniture in it; None where nothing is."""
        sizes, hits = [0.0], [0.0]
        for line in self.lines:
            sizes.append(sizes[-1] + line.size)
            hits.append(hits[-1] + line.size * line.likely)
        chosen: Region | None = None
        score = 0.0
        for region in self.regions:
            hit = hits[region.end] - hits[region.start]
            agreement = 2 * hit / (sizes[region.end] - sizes[region.start] + hits[-1]) if hit else 0.0
            tighter = chosen is not None and region.end - region.start < chosen.end - chosen.start
            if agreement > score or (agreement == score > 0 and tighter):
                chosen, score = region, agreement
        return chosen

    def head(self, region: Region, titles: Sequence[str]) -> tuple[str | None, list[Line]]:
        """The headline and the lines between it and the story's element, where a few set both apart: byline, date, and in
        many templates the first paragraph."""
        headline: int | None = None
        for number, line in enumerate(self.lines[: region.start]):
            if line.size and line.size < _HEADLINE and edges.is_title(words_of(line.node), titles):
                headline = number
        if headline is None:
            return None, []
        between = [line for line in self.lines[headline + 1 : region.start] if line.size]
        return words_of(self.lines[headline].node), between if len(between) <= _BETWEEN else []

    def measure(self, region: Region) -> tuple[float, float, float]:
        """Letters of a region that are likely the story's, and what part they are of its own and of all the page's."""
        mass = self._mass(region.start, region.end)
        own = sum(line.size for line in self.lines[region.start : region.end])
        return mass, mass / max(own, 1), mass / max(sum(line.size for line in self.lines), 1)

    def weigh(self) -> None:
        """Fill in how likely each line is the story's."""
        for run in self._runs():
            prose = [line.size for line in run if line.prose]
            certain = min(1.0, sum(prose) / _SURE) * (1.0 if len(prose) > 1 else 0.5)
            for line in run:
                line.likely = certain if line.prose else 0.5 * certain

    def _runs(self) -> Iterator[list[Line]]:
        """Stretches of lines without a line of links, or furniture, between them."""
        run: list[Line] = []
        for line in self.lines:
            if 2 * line.linked >= line.size:
                line.likely = 0.0
                yield run
                run = []
            else:
                run.append(line)
        yield run

    def _mass(self, start: int, end: int) -> float:
        return sum(line.size * line.likely for line in self.lines[start:end])


class _Open(msgspec.Struct, eq=False):
    """An element whose children are being read: does it begin and end a line, is it a link?"""

    children: Iterator[LexborNode]
    region: Region
    block: bool
    link: bool = False


def survey(body: LexborNode, suspects: Mapping[int, float]) -> Survey:
    """All lines of the element in page order. `suspects`: elements (by `mem_id`) that are furniture by their
    names, and what share of the prose such furniture may hold."""
    return _Surveyor(suspects).over(body)


class _Surveyor:
    def __init__(self, suspects: Mapping[int, float]) -> None:
        self.suspects = suspects
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.linked = 0
        self.breaks = 0

    def over(self, body: LexborNode) -> Survey:
        """Walked with a stack of its own: pages may be nested deeper than Python's."""
        root = Region(body, 0, 0)
        found: list[Region] = []
        stack = [_Open(body.iter(include_text=True), root, block=True)]
        links = 0
        while stack:
            inside = stack[-1]
            child = next(inside.children, None)
            if child is None:
                stack.pop()
                links -= inside.link
                if inside.block:
                    self.flush(inside.region.node)
                inside.region.end = len(self.lines)
                continue
            tag = child.tag
            if tag == "-text":
                self.add(child.text(), linked=links > 0)
            elif tag == "br":
                self.line_break(self.holder(stack))
            elif not is_silent(tag) and tag not in _SKIPPED:
                block = tag not in INLINE or child.mem_id in self.suspects
                if block:
                    self.flush(self.holder(stack))
                inner = Region(child, len(self.lines), 0)
                found.append(inner)
                link = tag == "a" and child.attributes.get("href") is not None
                links += link
                stack.append(_Open(child.iter(include_text=True), inner, block=block, link=link))
        held = [region for region in found if region.end > region.start]
        return Survey(
            self.lines,
            [root, *(region for region in held if region.node.tag not in _NO_CONTAINER)],
            [(region, self.suspects[region.node.mem_id]) for region in held if region.node.mem_id in self.suspects],
        )

    def add(self, text: str | None, *, linked: bool) -> None:
        if text and not text.isspace():
            self.breaks = 0
            self.text.append(text)
            self.linked += letters(text) if linked else 0

    def holder(self, stack: Sequence[_Open]) -> LexborNode:
        return next(open_.region.node for open_ in reversed(stack) if open_.block)

    def line_break(self, node: LexborNode) -> None:
        """Two in a row end a paragraph."""
        self.breaks += 1
        if self.breaks > 1:
            self.flush(node)

    def flush(self, node: LexborNode) -> None:
        self.breaks = 0
        text, self.text = "".join(self.text), []
        size, linked, self.linked = letters(text), self.linked, 0
        if size:
            free = size - linked
            prose = linked <= 0.4 * size and (free >= 80 or (free >= 30 and text.rstrip()[-1] in _STOPS))
            self.lines.append(Line("".join(text.split()), node, size, linked, prose))


def pictures(story: LexborNode) -> set[int]:
    """Elements (by `mem_id`) of a story that hold a picture and at most some words beside it, its caption: the widest
    around each picture. Where most of the words stand so, the pictures are the story, and none is returned."""
    own = letters(words_of(story))
    most = min(_CAPTION, own // 5)
    found: dict[int, int] = {}
    for image in story.css("img,picture,video"):
        if _is_small(image):
            continue
        node, parent, size = image, image.parent, 0
        while parent is not None and parent.mem_id != story.mem_id and parent.tag in _AROUND_PICTURES:
            words = letters(words_of(parent))
            if words > most or (parent.tag in INLINE and letters(parent.text(deep=False)) >= _SET_APART):
                break
            node, parent, size = parent, parent.parent, words
        if node.mem_id != image.mem_id and not edges.is_label(words_of(node)):
            found[node.mem_id] = size
    return set(found) if sum(found.values()) <= own // 2 else set()


def _is_small(image: LexborNode) -> bool:
    """A bullet, a quotation mark, a spacer: by the size that the page declares."""
    sizes = [(image.attributes.get(side) or "").removesuffix("px") for side in ("width", "height")]
    return any(size.isdigit() and int(size) < 60 for size in sizes)
