"""The generic path: known furniture is cut out of the page, then trafilatura decides what is left.

Its precision mode measured best on public-radio pages (``benchmarks/``); the standard mode fuses headline and byline on
short briefs. lxml and trafilatura are imported here and nowhere else, so that known templates never pay for them.
"""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser

from scraper.article import Removed
from scraper.extractor.platforms.base import Platform
from scraper.extractor.text import clean
from scraper.extractor.walk import Piece, Walked, words_of
from scraper.page import Page


def walk(page: Page, platform: Platform) -> Walked:
    """Pieces of the story as trafilatura sees it on the pruned page, after what was pruned."""
    tree = LexborHTMLParser(page.text)
    removed = _prune(tree, platform)
    html = tree.html or ""
    pieces = _pieces(html, page.url)
    figures = [node for selector in platform.figures for node in (tree.body.css(selector) if tree.body is not None else [])]
    return Walked([*removed, *pieces], figures if pieces else [])


def _prune(tree: LexborHTMLParser, platform: Platform) -> list[Removed]:
    """Cut out the furniture, but never what holds most of the page's words: class names lie."""
    removed: list[Removed] = []
    body = tree.body
    if body is None:
        return removed
    most = 0.5 * len(words_of(body))
    for drop in platform.drops:
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
    if body is None:
        return []
    pieces: list[Piece] = []
    for element in body:
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
        rows = [" | ".join(c for cell in row.iter("cell") if (c := clean("".join(cell.itertext())))) for row in element.iter("row")]
        rows = [row for row in rows if row]
        pieces += [Piece("paragraph", row) for row in rows]
    elif isinstance(tag, str):
        for lb in element.iter("lb"):
            lb.tail = "\n" + (lb.tail or "")
        text = "\n".join(line for raw in "".join(element.itertext()).split("\n") if (line := clean(raw)))
        if text:
            kind = {"head": "heading", "quote": "quote"}.get(tag, "paragraph")
            rend = str(element.get("rend") or "")
            level = int(rend[1]) if kind == "heading" and rend[1:2].isdigit() else None
            pieces.append(Piece(kind, clean(text) if kind == "heading" else text, level=level))
