"""The generic path: known furniture is cut out of the page, then trafilatura decides what is left.

Its precision mode measured best on public-radio pages (``benchmarks/``); the standard mode fuses headline and byline on
short briefs. lxml and trafilatura are imported here and nowhere else, so that known templates never pay for them.
"""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.article import Removed
from scraper.extractor.platforms.base import Platform
from scraper.extractor.platforms.generic import PLATFORM
from scraper.extractor.text import clean, fold
from scraper.extractor.walk import Piece, Walked, words_of

_ENOUGH = 250
"""Characters of prose from which a page that nothing marks as a story is taken for one."""


def walk(tree: LexborHTMLParser, platform: Platform, url: str | None) -> Walked:
    """What was pruned, then the pieces of the story as trafilatura sees it on the pruned page, each with the element
    that it came from. The page itself is left as it was."""
    pruned = tree.clone()
    drops = (*PLATFORM.drops, *(() if platform is PLATFORM else platform.drops))
    removed = _prune(pruned, drops)
    pieces = _pieces(pruned.html or "", url)
    if not pieces and removed:  # a class name lied: look again at the whole page
        removed, pieces = [], _pieces(tree.html or "", url)
    _attach(pieces, tree)
    figures = [node for selector in PLATFORM.figures for node in (tree.body.css(selector) if tree.body is not None else [])]
    return Walked([*removed, *pieces], figures if pieces else [])


def is_story(walked: Walked, tree: LexborHTMLParser) -> bool:
    """True where the pieces read like one story: prose enough, little of it links, no row of teasers."""
    prose = [item for item in walked.stream if isinstance(item, Piece) and item.kind in ("paragraph", "quote")]
    text = sum(len(item.text) for item in prose)
    linked = sum(len(clean(a.text())) for item in prose if item.node is not None for a in item.node.css("a[href]"))
    cut = sum(item.text.endswith(("…", "...")) for item in prose)
    shown = len(words_of(tree.body)) if tree.body is not None else 0
    return text >= _ENOUGH and linked < 0.4 * text and cut < 0.4 * len(prose) and text > 0.08 * shown


def _prune(tree: LexborHTMLParser, drops: tuple[Any, ...]) -> list[Removed]:
    """Cut out the furniture, but never what holds most of the page's words: class names lie."""
    removed: list[Removed] = []
    body = tree.body
    if body is None:
        return removed
    most = 0.5 * len(words_of(body))
    for drop in drops:
        for node in body.css(drop.select):
            text = words_of(node)
            if node.tag in ("body", "main", "article") or len(text) > most:
                continue
            if text:
                removed.append(Removed(rule=drop.rule, kind=drop.kind, text=text if len(text) <= 200 else text[:199] + "…"))
            node.decompose()
    return removed


def _pieces(html: str, url: str | None) -> list[Piece]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any = trafilatura.bare_extraction(
        html, url=url, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(document, "body", None)
    pieces: list[Piece] = []
    for element in body if body is not None else ():
        _element(element, pieces)
    return pieces


def _element(element: Any, pieces: list[Piece]) -> None:
    """trafilatura's own small vocabulary (p, head, list, quote, table) to pieces."""
    tag = element.tag
    if tag == "list":
        items = [text for item in element.iter("item") if (text := clean("".join(item.itertext())))]
        if items:
            pieces.append(Piece("list", "\n".join(items), items=items, ordered=element.get("rend") == "ol"))
    elif tag == "table":
        for row in element.iter("row"):
            cells = [text for cell in row.iter("cell") if (text := clean("".join(cell.itertext())))]
            if cells:
                pieces.append(Piece("paragraph", " | ".join(cells)))
    elif isinstance(tag, str):
        for lb in element.iter("lb"):
            lb.tail = "\n" + (lb.tail or "")
        text = "\n".join(line for raw in "".join(element.itertext()).split("\n") if (line := clean(raw)))
        if text:
            kind = {"head": "heading", "quote": "quote"}.get(tag, "paragraph")
            rend = str(element.get("rend") or "")
            level = int(rend[1]) if kind == "heading" and rend[1:2].isdigit() else None
            pieces.append(Piece(kind, clean(text) if kind == "heading" else text, level=level))


def _attach(pieces: list[Piece], tree: LexborHTMLParser) -> None:
    """Give each piece the page's own element with the same words, for its links and its emphasis."""
    if tree.body is None or not pieces:
        return
    nodes: dict[str, LexborNode] = {}
    for node in tree.body.css("p,h1,h2,h3,h4,h5,h6,blockquote,li,td,div"):
        if node.tag != "div" or node.css_first("p,div,ul,table") is None:
            nodes.setdefault(_letters(node.text()), node)
    for piece in pieces:
        piece.node = nodes.get(_letters(piece.text))
        if piece.node is not None:
            piece.links = piece.node.css("a[href]")


def _letters(text: str | None) -> str:
    return "".join(fold(text or "").split())
