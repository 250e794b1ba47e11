"""One walk over the story's container: elements become pieces in reading order, furniture becomes `removed`.

Selection is lexbor's work; only the container itself is walked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec
from selectolax.lexbor import LexborNode

from scraper.article import Removed
from scraper.extractor.dom import INLINE, is_silent, outermost, words_of
from scraper.extractor.piece import Piece
from scraper.extractor.platforms.base import Drop
from scraper.extractor.text import clean, clean_lines

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_WIDGETS = {
    "iframe": "embed",
    "form": "form",
    "button": "button",
    "nav": "navigation",
    "audio": "player",
    "video": "player",
}
_BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,ul,ol,blockquote,table,figure,section,article"
_SLOW = "br,script,style,noscript,template,svg,button,iframe,img,form,select,audio,video"


class Walked(msgspec.Struct, eq=False):
    """`stream` holds pieces and removed pieces in page order; `figures` are the pictures met on the way,
    `dropped` the elements cut out (by `mem_id`), `containers` what was walked."""

    stream: list[Piece | Removed]
    figures: list[LexborNode]
    dropped: dict[int, Drop] = {}
    containers: list[LexborNode] = []


def walk(
    containers: Sequence[LexborNode],
    drops: Iterable[Drop],
    *,
    figures: str = "figure",
    quotes: str = "",
    quote_by: str = "",
    speakers: str = "",
    notes: str = "",
    spared: Collection[int] = (),
    pictures: Collection[int] = (),
) -> Walked:
    """All pieces of the containers in order. `drops` are cut out (but for the elements in `spared`, by `mem_id`),
    `figures` (CSS) and `pictures` (by `mem_id`) are set aside for the images, `quotes` (CSS) are read as quotations beside
    <blockquote> (`quote_by`: who said it, inside one), `speakers` (CSS) as labels of the paragraph that follows, `notes` (CSS) as one
    note each."""
    walker = _Walker(spared, quote_by)
    walker._figure_ids.update(pictures)
    for container in containers:
        walker.prepare(container, drops, figures, quotes, notes)
        if speakers:
            walker.speaker_ids.update(node.mem_id for node in container.css(speakers))
        walker.whole(container)
        walker.flush()
        walker.link(container)
    return Walked(walker.stream, walker.figures, walker.dropped, list(containers))


class _Walker:
    def __init__(self, spared: Collection[int] = (), quote_by: str = "") -> None:
        self.spared = spared
        self.quote_by = quote_by
        self.speaker_ids: set[int] = set()
        self._speaker = ""
        self.stream: list[Piece | Removed] = []
        self.figures: list[LexborNode] = []
        self.dropped: dict[int, Drop] = {}
        self._figure_ids: set[int] = set()
        self._quote_ids: set[int] = set()
        self._note_ids: set[int] = set()
        self._slow: set[int] = set()
        self._inline: list[str] = []
        self._inline_node: LexborNode | None = None

    def prepare(
        self, container: LexborNode, drops: Iterable[Drop], figures: str = "", quotes: str = "", notes: str = ""
    ) -> None:
        """Mark what is dropped and where the slow reading of a paragraph is needed: selection is done in C, once."""
        top = container.mem_id
        if figures:
            self._figure_ids.update(node.mem_id for node in container.css(figures))
        if notes:
            self._note_ids.update(node.mem_id for node in outermost(container, notes))
        if quotes:
            self._quote_ids.update(node.mem_id for node in outermost(container, quotes))
        for drop in drops:
            for node in container.css(drop.select):
                if node.mem_id != top and node.mem_id not in self.spared:
                    self.dropped.setdefault(node.mem_id, drop)
                    self._mark(node, top)
        for node in container.css(_SLOW):
            self._mark(node, top)

    def _mark(self, node: LexborNode, top: int) -> None:
        parent = node.parent
        while parent is not None and parent.mem_id != top and parent.mem_id not in self._slow:
            self._slow.add(parent.mem_id)
            parent = parent.parent

    def link(self, container: LexborNode) -> None:
        """Give each piece the links inside it: one selection for all, then a short climb for each."""
        owners: dict[int, list[Piece]] = {}  # a paragraph parted by empty lines owns several pieces
        for item in self.stream:
            if isinstance(item, Piece) and item.node is not None:
                owners.setdefault(item.node.mem_id, []).append(item)
        for anchor in container.css("a[href]"):
            node: LexborNode | None = anchor
            pieces = owners.get(anchor.mem_id)
            while not pieces and node is not None and node.mem_id != container.mem_id:
                node = node.parent
                pieces = owners.get(node.mem_id) if node is not None else None
            loose = len(pieces or ()) > 1 or (node is not None and node.mem_id == container.mem_id)
            words = clean(anchor.text()) if loose else ""
            for piece in pieces or ():
                if not loose or words in clean(piece.text):
                    piece.links.append(anchor)

    def whole(self, container: LexborNode) -> None:
        """Read a container, which may itself be one note."""
        if container.mem_id in self._note_ids:
            self.stream.append(Piece("note", words_of(container), container))
        else:
            self.block(container)

    def block(self, node: LexborNode) -> None:
        """Read the children of a block container."""
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                text = child.text()
                if text:
                    self._inline.append(text)
                    self._inline_node = self._inline_node or node
            elif child.mem_id in self.dropped:
                self.flush()
                self._drop(child)
            elif child.mem_id in self._figure_ids:
                self.flush()
                self.figures.append(child)
            elif tag in INLINE:
                if self._has_blocks(child):
                    self.flush()
                    self.block(child)
                else:
                    self._inline_node = self._inline_node or node
                    self._collect(child, self._inline)
            elif tag == "br":
                self._inline.append("\n")
            elif tag is None or is_silent(tag):
                continue
            else:
                self.flush()
                self._element(child, tag)
        self.flush()

    def _element(self, node: LexborNode, tag: str) -> None:
        if node.mem_id in self.speaker_ids:
            self._speaker = f"{words_of(node).rstrip(': ').upper()}: "
        elif node.mem_id in self._note_ids:
            self.stream.append(Piece("note", words_of(node), node))
        elif tag == "p" and node.mem_id not in self._quote_ids:
            self._paragraph(node)
        elif tag in _HEADINGS:
            text = self._text(node)
            if text:
                self.stream.append(Piece("heading", clean(text), node, level=_HEADINGS[tag]))
        elif tag in ("ul", "ol"):
            self._list(node, ordered=tag == "ol")
        elif tag == "blockquote" or node.mem_id in self._quote_ids:
            self._quote(node)
        elif tag == "table":
            self._table(node)
        elif tag in _WIDGETS:
            self._drop(node, Drop(f"element.{tag}", _WIDGETS[tag], tag))
        elif tag not in ("hr", "figcaption"):
            self.block(node)

    def _paragraph(self, node: LexborNode) -> None:
        if node.mem_id in self._slow and self._has_blocks(node):
            self.block(node)
            return
        self._paragraphs(self._text(node), node)

    def _paragraphs(self, text: str, node: LexborNode | None) -> None:
        """One paragraph, or several where an empty line (two <br>) parts them."""
        if self._speaker and text:
            text, self._speaker = self._speaker + text, ""
        if "\n" not in text:
            if text:
                self.stream.append(Piece("paragraph", text, node))
            return
        part: list[str] = []
        for raw in [*text.split("\n"), ""]:
            line = clean(raw)
            if line:
                part.append(line)
            elif part:
                self.stream.append(Piece("paragraph", "\n".join(part), node))
                part = []

    def flush(self) -> None:
        """Loose text between blocks is a paragraph of its own."""
        if self._inline:
            text = "".join(self._inline)
            node, self._inline, self._inline_node = self._inline_node, [], None
            if text and not text.isspace():
                self._paragraphs("\n".join(clean(line) for line in text.split("\n")), None if node is None else node)

    def _list(self, node: LexborNode, *, ordered: bool) -> None:
        items: list[str] = []
        for child in node.iter():
            if child.mem_id in self.dropped:
                self._drop(child)
                continue
            if child.tag != "li" or child.css_first("figure,table") is not None:
                self.block(child)
                continue
            nested = [n for n in child.css("ul,ol") if n.parent is not None]
            text = clean(self._own_text(child) if nested else self._text(child))
            if text:
                items.append(text)
            for inner in nested:
                items += (
                    [line for li in inner.css("li") if (line := clean(self._text(li)))] if inner is nested[0] else []
                )
        if items:
            self.stream.append(Piece("list", "\n".join(items), node, items=items, ordered=ordered))

    def _own_text(self, node: LexborNode) -> str:
        parts: list[str] = []
        for child in node.iter(include_text=True):
            if child.tag not in ("ul", "ol"):
                self._collect(child, parts)
        return "".join(parts)

    def _quote(self, node: LexborNode) -> None:
        inner = _Walker(quote_by=self.quote_by)
        inner.dropped, inner._figure_ids, inner._slow = self.dropped, self._figure_ids, self._slow
        cites = [n for n in node.css("cite,footer,[class*='ttribution']") if n.text().strip()]
        said_by = outermost(node, self.quote_by) if self.quote_by else cites[-1:]
        attribution = ", ".join(text for n in said_by if (text := words_of(n).lstrip("—–- "))) or None
        cites += said_by if self.quote_by else []
        for cite in cites:
            self.dropped[cite.mem_id] = Drop("quote.attribution", "attribution", "cite")
            self._mark(cite, -1)
        inner.block(node)
        self.figures += inner.figures
        pieces = [item for item in inner.stream if isinstance(item, Piece)]
        # a pull quote set as a heading is a quotation all the same
        said = ("heading",) if all(item.kind == "heading" for item in pieces) else ("paragraph", "quote")
        quotes = [item for item in pieces if item.kind in said]
        for item in inner.stream:
            if isinstance(item, Piece) and item.kind in said:
                last = attribution if item is quotes[-1] else item.attribution
                self.stream.append(Piece("quote", item.text, item.node, attribution=last))
            elif isinstance(item, Piece) or item.rule != "quote.attribution":
                self.stream.append(item)

    def _table(self, node: LexborNode) -> None:
        """A table of data is a paragraph a row; a table for layout is read through."""
        if node.css_first("p,div,table table,ul") is not None:
            self.block(node)
            return
        for row in node.css("tr"):
            cells = [text for cell in row.css("td,th") if (text := clean(self._text(cell)))]
            if cells:
                self.stream.append(Piece("paragraph", " | ".join(cells), row))

    def _text(self, node: LexborNode) -> str:
        if node.mem_id not in self._slow:
            return clean(node.text())
        parts: list[str] = []
        for child in node.iter(include_text=True):
            self._collect(child, parts)
        return "\n".join(clean(line) for line in "".join(parts).split("\n")).strip("\n")

    def _collect(self, node: LexborNode, parts: list[str]) -> None:
        """Inline text of an element, <br> as line break, without what is dropped."""
        tag = node.tag
        if tag == "-text":
            parts.append(" ".join(text.split("\n")) if "\n" in (text := node.text()) else text)
        elif tag == "br":
            parts.append("\n")
        elif node.mem_id in self.dropped:
            self._drop(node)
        elif node.mem_id in self._figure_ids:
            self.figures.append(node)
        elif tag in _WIDGETS:
            self._drop(node, Drop(f"element.{tag}", _WIDGETS[tag], tag))
        elif is_silent(tag):
            return
        elif node.mem_id in self._slow:
            for child in node.iter(include_text=True):
                self._collect(child, parts)
        else:
            parts.append(" ".join(node.text().split("\n")))

    def _has_blocks(self, node: LexborNode) -> bool:
        """True where a block element stands inside (`css` counts the element itself)."""
        return any(found.mem_id != node.mem_id for found in node.css(_BLOCKS))

    def _drop(self, node: LexborNode, drop: Drop | None = None) -> None:
        drop = drop or self.dropped[node.mem_id]
        text = words_of(node)
        if text:
            self.stream.append(Removed(rule=drop.rule, kind=drop.kind, text=text))


def lines_of(node: LexborNode) -> str:
    """The words of an element with <br> kept as line break."""
    walker = _Walker()
    walker.prepare(node, ())
    walker._slow.add(node.mem_id)
    return clean_lines(walker._text(node))
