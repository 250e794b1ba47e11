"""What was learned, applied: to the pieces of a page, and to the lines of a text."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from scraper.article import Removed
from scraper.extractor.learned.model import RULE, Learned, is_label, key_of
from scraper.extractor.piece import Piece, Stream
from scraper.extractor.text import fold
from scraper.extractor.textlines import Line

_SPOKEN = 3
"""Labelled paragraphs from which a stream is a transcript: between the first and the last of them nothing is taken out."""


def strip(stream: Stream, learned: Learned) -> Stream:
    """The stream with learned paragraphs and items taken out. A story is never left without a paragraph."""
    spoken = _spoken([item.text if isinstance(item, Piece) else "" for item in stream])
    edges = _edges(stream, learned)
    out: Stream = []
    for place, item in enumerate(stream):
        if isinstance(item, Removed) or place in spoken:
            out.append(item)
        elif item.kind == "list":
            out += _list(item, learned, at_edge=place in edges)
        else:
            kind = _kind(item, learned, at_edge=place in edges)
            out.append(Removed(rule=RULE, kind=kind, text=item.text) if kind else item)
    return out if _holds_story(out) or not _holds_story(stream) else stream


def mark(lines: Sequence[Line], learned: Learned) -> None:
    """Mark the learned lines of a text that nothing else has marked, before its headline is looked for."""
    keys = [key_of(fold(_words(line.text))) for line in lines]
    spoken = _spoken([line.text for line in lines])
    told = learned.anywhere.keys() | learned.edges.keys()
    prose = [place for place, line in enumerate(lines) if line.prose and not line.mark and keys[place] not in told]
    for place, line in enumerate(lines):
        if line.mark or place in spoken:
            continue
        kind = learned.anywhere.get(keys[place])
        if kind is None and prose and not prose[0] <= place <= prose[-1]:
            kind = learned.edges.get(keys[place])
        if kind:
            line.mark = (RULE, kind)


def _spoken(texts: Sequence[str]) -> range:
    """The places of a transcript's turns; the last one's paragraphs have no end that can be seen."""
    labels = [place for place, text in enumerate(texts) if is_label(text)]
    return range(labels[0], labels[-1] + 1) if len(labels) >= _SPOKEN else range(0)


def _edges(stream: Stream, learned: Learned) -> set[int]:
    """Places before the first and after the last piece that is the story's; headings and what is removed already are
    passed over."""
    found: set[int] = set()
    if not learned.edges:
        return found
    for places in (range(len(stream)), range(len(stream) - 1, -1, -1)):
        for place in places:
            item = stream[place]
            if isinstance(item, Piece) and item.kind != "heading" and not _all_learned(item, learned):
                break
            found.add(place)
    return found


def _all_learned(piece: Piece, learned: Learned) -> bool:
    keys = [key_of(fold(item)) for item in piece.items] if piece.kind == "list" else [key_of(piece.folded)]
    return piece.kind in ("list", "paragraph") and all(key in learned.anywhere or key in learned.edges for key in keys)


def _kind(piece: Piece, learned: Learned, *, at_edge: bool) -> str | None:
    return _known(piece.folded, learned, at_edge=at_edge) if piece.kind == "paragraph" else None


def _known(folded: str, learned: Learned, *, at_edge: bool) -> str | None:
    key = key_of(folded)
    return learned.anywhere.get(key) or (learned.edges.get(key) if at_edge else None)


def _list(piece: Piece, learned: Learned, *, at_edge: bool) -> Stream:
    """A list keeps its other items; one that has none goes whole."""
    kinds = [_known(fold(item), learned, at_edge=at_edge) for item in piece.items]
    if not any(kinds):
        return [piece]
    out: Stream = [
        Removed(rule=RULE, kind=kind, text=item) for item, kind in zip(piece.items, kinds, strict=True) if kind
    ]
    kept = [item for item, kind in zip(piece.items, kinds, strict=True) if not kind]
    if kept:
        out.append(msgspec.structs.replace(piece, items=kept, text="\n".join(kept), _folded=None))
    return out


def _holds_story(stream: Stream) -> bool:
    return any(isinstance(item, Piece) and item.kind not in ("heading", "note") for item in stream)


def _words(text: str) -> str:
    """A line as it is when it stands in a list: without its bullet."""
    return text[1:].lstrip() if text[:2] in ("- ", "* ", "• ") else text
