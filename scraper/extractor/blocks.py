"""Pieces to blocks, blocks to text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scraper import addresses
from scraper.article import Block, Link
from scraper.extractor.piece import Piece
from scraper.extractor.text import clean


def from_pieces(pieces: Iterable[Piece]) -> list[Block]:
    """The blocks of the record. A heading that nothing follows is left to the caller's eye: it stays."""
    blocks: list[Block] = []
    for piece in pieces:
        if piece.kind == "heading":
            blocks.append(Block(kind="heading", text=clean(piece.text), level=piece.level or 2))
        elif piece.kind == "list":
            blocks.append(
                Block(
                    kind="list",
                    text="\n".join(f"- {item}" for item in piece.items),
                    items=piece.items,
                    ordered=bool(piece.ordered),
                )
            )
        elif piece.kind == "quote":
            blocks.append(Block(kind="quote", text=piece.text, attribution=piece.attribution))
        else:
            blocks.append(Block(kind=piece.kind, text=piece.text))
    return blocks


def render(blocks: Sequence[Block]) -> str:
    """The clean story: blocks joined by one empty line, a list one "- item" a line, a turn "SPEAKER: words"."""
    from scraper.extractor.transcript import render_turn

    parts: list[str] = []
    for block in blocks:
        if block.kind == "turn":
            parts.append(render_turn(block))
        else:
            parts.append(block.text)
    return "\n\n".join(part for part in parts if part)


def links(pieces: Iterable[Piece], base: str | None) -> list[Link]:
    """The links inside the story's own pieces, each address once, absolute where the page's address is known."""
    found: dict[str, Link] = {}
    for piece in pieces:
        words = clean(piece.text) if piece.links else ""
        for node in piece.links:
            href = (node.attributes.get("href") or "").strip()
            text = clean(node.text())
            if not text or not href or href.startswith(("#", "javascript:", "mailto:", "tel:")) or text not in words:
                continue
            url = addresses.join(base, href)
            if url is not None:
                found.setdefault(url, Link(url=url, text=text))
    return list(found.values())
