"""What sends the reader elsewhere: lead-ins ("RELATED: …"), rows of linked headlines, and what stands under "Related"."""

from __future__ import annotations

import re

from scraper import addresses
from scraper.article import Removed
from scraper.extractor import dom, furniture, wording
from scraper.extractor.hints import starts
from scraper.extractor.piece import Piece, Stream
from scraper.extractor.text import clean, fold

_BOXES = ("div", "aside", "section", "header", "td")
_WRAPPERS = 3
"""Elements around a heading that may hold nothing else, its box included."""


def promo(piece: Piece, stream: Stream) -> bool:
    """Lines that send the reader elsewhere: "RELATED: …" alone, or as the first or last line of a paragraph."""
    if piece.kind not in ("paragraph", "heading") or (piece.node is not None and not piece.links):
        return False
    if piece.links and _linked_rows(piece):
        stream.append(Removed(rule="promo.links", kind="promo", text=clean(piece.text)))
        return True
    kept: list[str] = []
    sent = False
    for line in piece.text.split("\n"):
        start = _away(line, piece, led=sent)
        sent = start is not None
        if start is None or line[:start]:
            kept.append(line[:start].rstrip())
        if start is not None:
            if kept:
                stream.append(Piece(piece.kind, "\n".join(kept), piece.node, level=piece.level))
                kept = []
            stream.append(Removed(rule="promo.lead-in", kind="promo", text=line[start:]))
    if "\n".join(kept) == piece.text:
        return _bare_link(piece, stream)
    if kept:
        stream.append(Piece(piece.kind, "\n".join(kept), piece.node, level=piece.level))
    return True


def _away(line: str, piece: Piece, *, led: bool) -> int | None:
    """Where a line begins to send the reader away: at its head, or after its last sentence ("… Tuesday. RELATED: …").

    `led`: the line before did so; then a linked headline alone goes the same way.
    """
    if _sends_away(line, piece) or (led and _is_link(line, piece)):
        return 0
    if piece.links and not starts(line[-300:].lower()).isdisjoint(wording.LEADS):
        for found in re.finditer(r"[.!?…”\"’)]\s+(?=[A-Z])", line[-300:]):
            start = len(line[:-300]) + found.end()
            if _sends_away(line[start:], piece):
                return start
    return None


def _linked_rows(piece: Piece) -> bool:
    """A short line with nothing but linked headlines under it, or behind its colon ("You might also like: …")."""
    if len(piece.text) > 500:
        return False
    head, *rows = piece.text.split("\n")
    if not rows:
        head, _, rest = head.partition(":")
        rows = re.split(r"\s+(?:and|or|\|)\s+|; ", rest) if len(piece.links) > 1 else [rest]
    if not rows or len(head) > 60 or len(head.split()) > 6 or not head or re.search(r"[.!?…](?: |$)", head):
        return False
    return all(
        len(row.split()) > 2 and row.strip()[-1] not in ".!" and _is_link(row, piece, story=True) for row in rows
    )


def _is_link(line: str, piece: Piece, *, story: bool = False) -> bool:
    folded = fold(line.strip("-•* "))
    return any(
        fold(node.text()) == folded
        and not (story and addresses.kind((node.attributes.get("href") or "").strip()) != "story")
        for node in piece.links
    )


def _sends_away(line: str, piece: Piece) -> bool:
    start = wording.promo_lead(line) if line else 0
    if not start:
        return False
    lead, rest = line[:start], line[start:]
    if piece.node is None:
        return lead.isupper() or fold(lead).startswith(("related", "also read", "read also", "read more", "see also"))
    linked = fold(" ".join(clean(a.text()) for a in piece.links))
    return bool(linked) and (
        fold(rest) in linked or fold(line) in linked or (linked in fold(line) and len(linked) > 0.6 * len(rest))
    )


def _bare_link(piece: Piece, stream: Stream) -> bool:
    """A paragraph that is nothing but another story's linked headline, without a full stop."""
    text = piece.text
    if piece.node is None or not 4 <= len(text.split()) <= 25 or text[-1] in ".?!:;”\"’'" or not piece.wholly("a"):
        return False
    if len(piece.links) != 1:
        return False
    href = (piece.links[0].attributes.get("href") or "").strip()
    if addresses.kind(href) != "story" and not re.match(r"[A-Z][A-Z '’-]{3,30}: ", text):
        return False
    stream.append(Removed(rule="promo.bare-link", kind="promo", text=text))
    return True


def under_headings(stream: Stream, language: str | None = None) -> Stream:
    """A heading such as "Related Content" takes the linked list (or linked headlines) under it along, and all of a box
    that it opens."""
    out: Stream = []
    taking = False
    boxed: set[int] = set()  # pieces by their place in the stream
    for index, item in enumerate(stream):
        if index in boxed:
            out.append(Removed(rule="promo.boxed", kind="promo", text=clean(item.text)))
            continue
        if isinstance(item, Piece):
            short = item.kind != "list" and len(item.text) < 60
            found = furniture.phrase(item.text, language=language) if short else None
            if (found and found[0] == "promo.section") or (
                item.text[-1:] == ":" and wording.promo_lead(item.text + "|")
            ):
                taking = True
                boxed.update(_box(stream, index))
            elif taking and item.node is not None and item.wholly("a"):
                out.append(Removed(rule="promo.under-heading", kind="promo", text=clean(item.text)))
                continue
            else:
                taking = False
        out.append(item)
    return out


def _box(stream: Stream, opener: int) -> list[int]:
    """Places of the pieces that share a box with the heading at its start. None where no link stands in it, or where
    most of the story does."""
    heading = stream[opener]
    if not isinstance(heading, Piece) or heading.kind != "heading" or heading.node is None:
        return []
    box = heading.node.parent
    for _ in range(_WRAPPERS):
        if box is None or box.tag not in _BOXES:
            return []
        inside = [
            index
            for index, item in enumerate(stream)
            if isinstance(item, Piece) and item.node is not None and dom.is_inside(item.node, box)
        ]
        if len(inside) > 1:
            break
        box = box.parent
    else:
        return []
    if inside[0] != opener or box.css_first("a[href]") is None:
        return []
    size = sum(len(stream[index].text) for index in inside)
    total = sum(len(item.text) for item in stream if isinstance(item, Piece))
    return inside[1:] if 2 * size < total else []
