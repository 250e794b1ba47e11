"""Where the story stands on a page that no template explains.

The page's words are read once, in order, as lines with the share of them that is linked. A line is likely part of the
story where it is prose among prose: teasers are prose too, but between links. Of all elements the one is taken whose
lines agree best (expected F1) with those likelihoods.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborNode

from scraper.extractor.walk import INLINE, is_silent

_SKIPPED = frozenset("nav button select iframe audio video textarea".split())
_NO_CONTAINER = frozenset("p h1 h2 h3 h4 h5 h6 a dt figcaption caption br hr".split())
_STOPS = ".!?…:;\"”»’')]。！？」"
_ENOUGH = 400
"""Letters of prose in a row from which it is surely a story's."""


class Line(msgspec.Struct, eq=False):
    """Letters of a line, those of them in links, and how likely (0 to 1) it belongs to the story."""

    size: int
    linked: int
    prose: bool
    likely: float = 0.0


class Region(msgspec.Struct, eq=False):
    """An element and the lines in it: `lines[start:end]`."""

    node: LexborNode
    start: int
    end: int


class Survey(msgspec.Struct, eq=False):
    lines: list[Line]
    regions: list[Region]


def find(body: LexborNode, furniture: set[int]) -> LexborNode | None:
    """The element that holds the story best, or None where no line reads like one. Elements whose `mem_id` is in
    `furniture` are passed over."""
    survey = read(body, furniture)
    weigh(survey.lines)
    return best(survey)


def best(survey: Survey) -> LexborNode | None:
    sizes, hits = [0.0], [0.0]
    for line in survey.lines:
        sizes.append(sizes[-1] + line.size)
        hits.append(hits[-1] + line.size * line.likely)
    chosen, score = None, 0.0
    for region in survey.regions:
        hit = hits[region.end] - hits[region.start]
        value = 2 * hit / (sizes[region.end] - sizes[region.start] + hits[-1]) if hit else 0.0
        if value > score or (value == score and chosen is not None and region.end - region.start == chosen.end - chosen.start):
            chosen, score = region, value
    return chosen.node if chosen is not None else None


def weigh(lines: list[Line]) -> None:
    """Fill in how likely each line is the story's."""
    for start, end in _runs(lines):
        prose = [line for line in lines[start:end] if line.prose]
        amount = sum(line.size for line in prose)
        certain = min(1.0, amount / _ENOUGH) * (1.0 if len(prose) > 1 else 0.5)
        for line in lines[start:end]:
            line.likely = certain if line.prose else 0.5 * certain


def _runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines without a line of links in them."""
    start = 0
    for index, line in enumerate(lines):
        if 2 * line.linked > line.size:
            if index > start:
                yield start, index
            start = index + 1
    if start < len(lines):
        yield start, len(lines)


def read(body: LexborNode, furniture: set[int]) -> Survey:
    """All lines of the element in page order, and the elements that hold some of them."""
    return _Survey(furniture).over(body)


class _Survey:
    def __init__(self, furniture: set[int]) -> None:
        self.furniture = furniture
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.linked = 0
        self.breaks = 0

    def over(self, body: LexborNode) -> Survey:
        regions: list[Region] = []
        root = Region(body, 0, 0)
        stack = [(body.iter(include_text=True), root, False, False)]
        links = 0
        while stack:
            children, region, block, link = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                links -= link
                if block:
                    self.flush()
                region.end = len(self.lines)
                continue
            tag = child.tag
            if tag == "-text":
                self.add(child.text(), links > 0)
            elif tag == "br":
                self.line_break()
            elif is_silent(tag) or tag in _SKIPPED or child.mem_id in self.furniture:
                continue
            else:
                block = tag not in INLINE
                if block:
                    self.flush()
                inner = Region(child, len(self.lines), 0)
                if tag not in _NO_CONTAINER:
                    regions.append(inner)
                link = tag == "a" and child.attributes.get("href") is not None
                links += link
                stack.append((child.iter(include_text=True), inner, block, link))
        self.flush()
        root.end = len(self.lines)
        return Survey(self.lines, [root, *(r for r in regions if r.end > r.start)])

    def add(self, text: str, linked: bool) -> None:
        if not text or text.isspace():
            return
        self.breaks = 0
        self.text.append(text)
        if linked:
            self.linked += letters(text)

    def line_break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self.flush()

    def flush(self) -> None:
        self.breaks = 0
        if self.text:
            text = "".join(self.text)
            size = letters(text)
            free = size - self.linked
            ended = text.rstrip()[-1:] in _STOPS
            if size:
                self.lines.append(Line(size, self.linked, prose=self.linked <= 0.4 * size and (free >= 80 or (free >= 30 and ended))))
            self.text, self.linked = [], 0


def letters(text: str) -> int:
    """Length without white space; a Chinese, Japanese or Korean letter says as much as two and a half others."""
    size = len("".join(text.split()))
    return size if text.isascii() else size + int(1.5 * sum("\u3040" <= c <= "\uffdc" for c in text))
