"""The visible words of a page in page order, each in its line, so that a record can be held against them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.extractor.dom import INLINE, is_silent
from scraper.extractor.text import clean, fold

_WORD = re.compile(r"\w+")


class Word(msgspec.Struct, eq=False):
    """A word (or all of a line that holds none, such as "* * *"): where it stands in its line, and its letters folded.
    `marks` are the numbers that the elements around it were given, outermost first."""

    line: int
    start: int
    end: int
    letters: str
    marks: tuple[int, ...] = ()


class PageWords:
    """`lines` as they are read, white space collapsed; `words` of all lines; `elements`, a short path to where each line
    stands ("article > div.story > p"; empty for a plain text)."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[Word] = []
        self.elements: list[str] = []

    def add(self, line: str, element: str = "", marks: tuple[tuple[int, tuple[int, ...]], ...] = ()) -> None:
        """One more line. `marks`: from which character on which marks hold; words end there, too, since elements that are
        set apart by their style alone have no space between them."""
        number = len(self.lines)
        parts = [0, *(start for start, _ in marks), len(line)]
        found = [m.span() for start, end in pairwise(parts) for m in _WORD.finditer(line, start, end)]
        spans = found or [(0, len(line))]
        told = iter(marks)
        following = next(told, None)
        now: tuple[int, ...] = ()
        for start, end in spans:
            while following is not None and following[0] <= start:
                now, following = following[1], next(told, None)
            letters = letters_of(line[start:end])
            if letters:
                self.words.append(Word(number, start, end, letters, now))
        self.lines.append(line)
        self.elements.append(element)


def letters_of(text: str) -> str:
    """What is compared: letters and digits folded, nothing between them; of a text that has none, all but white space.

    >>> letters_of("Don’t go, Señor!"), letters_of("* * *")
    ('dontgosenor', '***')
    """
    folded = fold(text)
    return "".join(_WORD.findall(folded)) or "".join(folded.split())


def of_text(lines: Collection[str]) -> PageWords:
    """The words of a plain text."""
    page = PageWords()
    for raw in lines:
        if line := clean(raw):
            page.add(line)
    return page


def of_html(tree: LexborHTMLParser, marked: Mapping[int, int]) -> PageWords:
    """The words of a page. `marked`: elements (by `mem_id`) and the number that their words are to carry."""
    page = PageWords()
    if tree.body is not None:
        _Reader(page, marked).read(tree.body)
    return page


class _Open(msgspec.Struct, eq=False):
    children: Iterator[LexborNode]
    node: LexborNode
    block: bool
    marked: bool


class _Reader:
    """Walks with a stack of its own: pages may be nested deeper than Python's."""

    def __init__(self, page: PageWords, marked: Mapping[int, int]) -> None:
        self.page = page
        self.marked = marked
        self.text: list[tuple[str, tuple[int, ...]]] = []
        self.marks: tuple[int, ...] = ()

    def read(self, body: LexborNode) -> None:
        stack = [self._enter(body, block=True)]
        while stack:
            top = stack[-1]
            child = next(top.children, None)
            if child is None:
                if top.block:
                    self._flush(stack)
                if top.marked:
                    self.marks = self.marks[:-1]
                stack.pop()
            elif child.tag == "-text":
                mark = self.marked.get(child.mem_id)
                self.text.append((child.text(), self.marks if mark is None else (*self.marks, mark)))
            elif child.tag == "br":
                self._flush(stack)
            elif not is_silent(child.tag) and child.tag != "title":
                block = child.tag not in INLINE
                if block:
                    self._flush(stack)
                stack.append(self._enter(child, block=block))

    def _enter(self, node: LexborNode, *, block: bool) -> _Open:
        mark = self.marked.get(node.mem_id)
        if mark is not None:
            self.marks = (*self.marks, mark)
        return _Open(node.iter(include_text=True), node, block, mark is not None)

    def _flush(self, stack: list[_Open]) -> None:
        """The text gathered so far is a line."""
        line = ""
        marks: list[tuple[int, tuple[int, ...]]] = []
        for raw, held in self.text:
            text = clean(raw)
            if not text:
                line = line if not line or line[-1] == " " or not raw else f"{line} "
                continue
            apart = " " if line and line[-1] != " " and raw[0].isspace() else ""
            line += apart
            marks.append((len(line), held))
            line += text + (" " if raw[-1].isspace() else "")
        self.text = []
        if line := line.rstrip():
            self.page.add(line, _path(stack), tuple(marks))


def _path(stack: list[_Open]) -> str:
    """The last elements of a path, as CSS would name them; enough to find the place."""
    nodes = [level.node for level in stack if level.block][-3:]
    return " > ".join(_name(node) for node in nodes)


def _name(node: LexborNode) -> str:
    id_ = (node.attributes.get("id") or "").split()
    classes = (node.attributes.get("class") or "").split()
    return "".join([node.tag or "", *(f"#{each}" for each in id_[:1]), *(f".{each}" for each in classes[:2])])
