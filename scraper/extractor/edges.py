"""Head and foot of a story whose template is unknown: what stands in its container before the first sentence (headline,
section, byline, date, labels) and after the last one (agencies, tags, share rows, links to other stories)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from scraper.article import Removed
from scraper.extractor import dates, wording
from scraper.extractor.patterns import lazily
from scraper.extractor.piece import Piece
from scraper.extractor.spoken import Talk
from scraper.extractor.text import clean, fold, letters, words

Stream = list[Piece | Removed]

_CLOSING = "\"”»’')]」 \n"
_ENDS = tuple(".!?…。！？")
_LONG = 80
"""Letters from which a line is prose though no full stop ends it."""
_SHORT = 25
"""Letters below which a line is no prose though a full stop ends it."""
_CODE = lazily(r"^(?:var|let|const|function)\s+\w+\s*[=(]|^\s*[\w.]+\s*=\S.*;$|\w\(.*\);?$|^[{}]$|^return \w+;$", re.M)
_NEAR = 4
"""Pieces after the first sentence among which a byline may still stand: some print it under the first paragraph."""
_PLAIN = 4
"""Words from which a plain paragraph behind the story is one of its own, though no full stop ends it."""
_PARTED = lazily(r"\s+[·•|]\s+")
_BYLINE = lazily(
    r"(?:(?:Reported|Written|Story|Text|Posted|Report) )?"
    r"(?:[Bb]y|BY|[Pp]or|POR|[Vv]on|VON|[Pp]ar|PAR|[Dd]i|Da|Автор:?)\s*:?\s+(?=[A-ZÀ-ÞА-Я])[^!?]{2,120}"
)
_DATED = lazily(
    r"(?:19|20)\d\d|\d{1,2}[:.]\d\d\s*(?:[ap]\.?m|GMT|BST|UTC|Uhr|[A-Z]{2,4}T\b)|\b(?:[Uu]pdated|[Pp]ublished|[Pp]osted)\b"
)


class Edges(msgspec.Struct, eq=False):
    """The stream without head and foot (they became removed pieces), and what the head says."""

    stream: Stream
    headline: str | None = None
    byline: str | None = None
    dates: list[str] = []

    def read(self, lines: Iterable[str]) -> None:
        """Take byline and dates from lines of the head; a dot or a bar parts one from the other."""
        for line in (part for whole in lines for part in _PARTED().split(whole)):
            if is_byline(line):
                self.byline = self.byline or line
            elif _DATED().search(line):
                self.dates.append(line)


def trim(stream: Sequence[Piece | Removed], titles: Sequence[str], *, behind: bool = False) -> Edges:
    """`titles`: what the page calls itself, to tell the headline by. `behind`: the headline stands above the stream."""
    talk = Talk([item.text for item in stream if isinstance(item, Piece) and item.kind == "paragraph"])
    said = [
        index
        for index, item in enumerate(stream)
        if isinstance(item, Piece) and (is_prose(item) or (item.kind == "paragraph" and talk.holds(item.text)))
    ]
    result = Edges(list(stream))
    if said:
        _trim_head(result, said[0], said[-1], titles, behind=behind)
        _trim_middle(result, said[0], said[-1])
        _trim_foot(result, said[-1])
    return result


def _trim_head(result: Edges, first: int, last: int, titles: Sequence[str], *, behind: bool) -> None:
    """What stands before the first sentence goes, but for its own heading and short sentences behind headline or byline."""
    stream = result.stream
    levels = {item.level for item in stream[first:last] if isinstance(item, Piece) and item.kind == "heading"}
    for index, item in enumerate(stream[:first]):
        if not isinstance(item, Piece):
            continue
        opens = item.kind == "heading" and item.level in levels and index == first - 1
        if is_title(item.text, titles) or not (opens or (behind and _is_short_sentence(item))):
            result.stream[index] = _head(item, result, titles)
            behind = behind or result.headline is not None or result.byline is not None


def _trim_middle(result: Edges, first: int, last: int) -> None:
    """Between the first sentence and the last: a byline, lines of links, script, a summary cut short."""
    stream = list(result.stream)
    for index, item in enumerate(stream[first + 1 : first + _NEAR], first + 1):
        if isinstance(item, Piece) and item.kind == "paragraph" and is_byline(line := clean(item.text)):
            result.read([line])
            result.stream[index] = Removed(rule="head.byline", kind="banner", text=line)
    for index in range(first, last):
        item = stream[index]
        if isinstance(item, Piece) and _leads_away(item):
            result.stream[index] = Removed(rule="middle.links", kind="promo", text=clean(item.text))
        elif isinstance(item, Piece) and _is_code(item.text):
            result.stream[index] = Removed(rule="middle.code", kind="embed", text=clean(item.text))
        elif isinstance(item, Piece) and _is_cut(item, stream[index + 1 : index + 1 + 2 * _NEAR]):
            result.stream[index] = Removed(rule="head.summary", kind="banner", text=clean(item.text))


def _trim_foot(result: Edges, last: int) -> None:
    """What follows the last sentence goes, but for endings; plain lines are such up to the first label."""
    near = True
    for index, item in enumerate(result.stream[last + 1 :], last + 1):
        if isinstance(item, Piece) and not (_is_ending(item) or (near and _is_plain(item))):
            near = False
            result.stream[index] = Removed(
                rule="foot.label", kind="promo" if item.links else "banner", text=clean(item.text)
            )


def _head(piece: Piece, result: Edges, titles: Sequence[str]) -> Removed:
    text = clean(piece.text)
    if is_title(text, titles) or (piece.level == 1 and result.headline is None and not dates.is_date(text)):
        result.headline = result.headline or text
        return Removed(rule="head.headline", kind="banner", text=text)
    result.read(piece.text.split("\n"))
    return Removed(rule="head.label", kind="banner", text=text)


def is_prose(piece: Piece) -> bool:
    """True where the piece says something: a sentence, or a list without links; no byline, date line or headline."""
    text = piece.text
    if piece.kind == "heading" or _is_code(text):
        return False
    size = letters(text)
    if sum(letters(link.text() or "") for link in piece.links) > 0.5 * size:
        return False
    if size >= _LONG:
        return size >= 2 * _LONG or _is_ended(text) or not is_label(text)
    return size >= _SHORT and _is_ended(text) and not is_label(text)


def _is_short_sentence(piece: Piece) -> bool:
    """A paragraph too short for prose that ends as a sentence does: no date, no link."""
    text = clean(piece.text)
    if piece.kind != "paragraph" or piece.node is None or piece.node.tag != "p" or piece.links:
        return False
    return _is_ended(text) and len(text.split()) > 1 and not is_label(text) and _DATED().search(text) is None


def _is_ended(text: str) -> bool:
    """True where the text ends as a sentence does, quotation marks and brackets aside."""
    return text.rstrip(_CLOSING).endswith(_ENDS)


def is_title(text: str, titles: Sequence[str]) -> bool:
    """True where the text is one of the titles, or the most of one (sites add their names, and cut long ones)."""
    folded = fold(text)
    if len(folded) < 3:
        return False
    own = words(text)
    for title in titles:
        if folded == fold(title):
            return True
        named = set(words(title))
        shared = len(named.intersection(own))
        if len(own) >= 3 and shared >= 0.7 * len(set(own)) and shared >= 0.4 * len(named) and text[-1] not in ".。！":
            return True
    return False


def is_byline(line: str) -> bool:
    """True for "By …" in the languages of the Americas and western Europe.

    >>> is_byline("Von Nina Magoley"), is_byline("By the end of the day, it was gone.")
    (True, False)
    """
    return len(line) < 100 and _BYLINE().fullmatch(line) is not None


def is_label(text: str) -> bool:
    """A byline or a date line."""
    return len(text) < 120 and (
        _BYLINE().fullmatch(text) is not None or (_DATED().search(text) is not None and not _is_ended(text))
    )


def _leads_away(piece: Piece) -> bool:
    """A list of nothing but links, or a line that is one, between paragraphs; linked headings may be the story's."""
    if not piece.links or _is_ended(piece.text):
        return False
    linked = sum(len(clean(link.text())) for link in piece.links)
    return piece.kind in ("list", "paragraph") and linked >= 0.8 * len(piece.text)


def _is_code(text: str) -> bool:
    """Script that stands in the page as text, and signs without a word (a stray "]]" or "|")."""
    return not any(char.isalnum() for char in text) or _CODE().search(text) is not None


def _is_cut(piece: Piece, following: Sequence[Piece | Removed]) -> bool:
    """The beginning of a paragraph that soon follows: a summary made by machine."""
    start = piece.folded.rstrip(". ")
    if piece.kind != "paragraph" or len(start) < _LONG:
        return False
    return any(
        isinstance(item, Piece) and item.folded != piece.folded and item.folded.startswith(start) for item in following
    )


def _is_ending(piece: Piece) -> bool:
    """What may stand after the last long sentence: a short one, a note, a notice, a list without links."""
    if piece.kind in ("note", "turn", "sound", "quote") or wording.notice(piece.text):
        return True
    linked = sum(len(clean(a.text())) for a in piece.links)
    if piece.kind == "list":
        return linked < 0.3 * len(piece.text)
    return piece.kind == "paragraph" and clean(piece.text)[-1:] in '。.!?…”"' and not linked


def _is_plain(piece: Piece) -> bool:
    """A paragraph without links that is no label, though no full stop ends it: a sign-off, a sentence that breaks off."""
    text = clean(piece.text)
    if piece.kind != "paragraph" or piece.node is None or piece.node.tag != "p" or piece.links or is_label(text):
        return False
    size = len(text.split())
    return not _is_code(text) and (size >= _PLAIN or (size > 1 and text[-1] in "—–-"))
