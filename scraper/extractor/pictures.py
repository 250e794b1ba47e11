"""The lines that a picture leaves in plain text: alt text, credit, a lone slash, its agency, caption.

Grove prints the credit before the caption and the alt text before both, so that a caption often reads twice; other
sites end the caption with its credit.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from scraper.extractor import captions, wording
from scraper.extractor.text import fold
from scraper.extractor.textlines import Line, is_ask, is_byline, is_dated

_AGENCY = re.compile(
    r"\b(?:AP|Associated Press|Getty(?: Images)?|AFP|Reuters|NPR|Flickr|Wikimedia|Creative Commons|Courtesy|via|Photo"
    r"|Images?|Pexels|Unsplash|Shutterstock|iStock\w*|Public Radio|Public Media|Radio|News|Facebook|Screenshot|Google"
    r"|[A-Z]{3,6}|Zoom|YouTube|File|Department|University|Office|Museum|Police|County|Provided|Submitted|Society"
    r"|Association)\b"
)
_HOUSE = re.compile(
    r"\b(?:Getty(?: Images)?|AP|AFP|Reuters|NPR|Public (?:Radio|Media)|University|College|Department|Museum|Society"
    r"|Association|Police|County|Office|Service|Library|Archives?|Agency|Foundation|Institute|Center)\b"
)
_GIVEN = re.compile(
    r"(?:(?:Photos?|Images?|Pictures?)\s+)?(?:Courtesy(?: of)?|Provided(?: by)?|Contributed(?: by)?|Submitted(?: by)?"
    r"|Special to|Screenshot|Credit:?|Via|(?:Photo|Image)s? by)\b.*"
    r"|.{0,40}\b(?:[Ff]ile|[Cc]ourtesy|[Hh]andout|[Ss]tock|[Cc]ontributed) [Pp]hotos?|.{0,40}\b[Cc]ontributed"
)
_ENDS_CREDITED = re.compile(
    r".{15,}(?:\((?:(?:Photos?|Images?|Credits?|Courtesy)\b[^()]{2,80}|[A-Z][^()/]{2,40}\s?/\s?[A-Z][^()]{1,60}"
    r"|[^()]{2,50} via [^()]{2,40})\)\.?"
    r"|[.!?\"”)]\s+(?:CREDIT|Credit|PHOTO|Photo|Foto)s?(?: by)?:? [A-Z][^.!?]{2,70}"
    r"|[.!?\"”)]\s+(?:[A-Z][\w.'’-]+ ){1,3}?[A-Z][\w.'’-]+\s?/\s?"
    r"(?:Getty|AP|AFP|NPR|Reuters|Associated Press|[KW][A-Z]{2,3})\b[^.!?]{0,60}"
    r"|\s/ [A-Z][^/.]{2,40} / [A-Z][^/.]{1,40})"
)
_NAME_BAR = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}\| [A-Z][\w .&-]{1,40}")
_OPEN_END = re.compile(r"[^.!?…:;,\"”'’]$")
_TIE_WORDS = frozenset("and of the via for de von van at by in from to".split())


class Credits:
    """How lines look that name who made a picture. `known`: names that the byline or the site gives."""

    def __init__(self, known: Collection[str] = ()) -> None:
        self.known = {fold(name) for name in known if name}

    def is_credit(self, line: Line) -> bool:
        text = line.text
        if line.mark or _is_item(text) or is_byline(text) or is_dated(text) or wording.notice(text):
            return False
        if fold(text) in self.known:
            return True
        parts = text.split()
        if not 1 <= len(parts) <= 9 or text[-1] in "!?:;,…":
            return False
        if _GIVEN.fullmatch(text):
            return True
        if text[-1] == "." and not re.search(r"\b[A-Z]\.$|Inc\.$|Jr\.$", text):
            return False
        if _NAME_BAR.fullmatch(text):
            return True
        if re.search(r"\s/\s|\w/\w", text) and parts[0][0].isupper():
            return True
        if any(part[0].islower() and part not in _TIE_WORDS for part in parts):
            return re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,8}", text) is not None
        named = 2 <= len(parts) <= 4 and not re.search(r"[\d'’\"“”]\s|[\"“”]|^\d|['’]$", text)
        return named or _AGENCY.search(text) is not None

    def end(self, lines: list[Line], index: int) -> int:
        """The index after the credit lines that begin at `index`: names and agencies, parted by a lone slash."""
        end = index
        while end < len(lines) and end - index < 5 and (lines[end].text == "/" or self.is_credit(lines[end])):
            end += 1
        return end

    def sure(self, lines: list[Line], start: int, end: int) -> bool:
        """A lone slash, a name with an agency after it, a name that is known, say that these are credits."""
        parts = [lines[i].text for i in range(start, end)]
        if "/" in parts or any(
            re.search(r"\s/\s", p) or _NAME_BAR.fullmatch(p) or _GIVEN.fullmatch(p) or fold(p) in self.known
            for p in parts
        ):
            return True
        return len(parts) >= 2 and any(_AGENCY.search(p) for p in parts)

    def names_a_house(self, lines: list[Line], start: int, end: int) -> bool:
        """One line that names an agency or a house: a credit wherever nothing of the story stands yet."""
        return end == start + 1 and _HOUSE.search(lines[start].text) is not None


def mark_toggled(lines: list[Line]) -> None:
    """Mark npr.org's captions: one or two lines before "hide caption" (caption, credit), wherever they stand again."""
    known: set[str] = set()
    credits = Credits()
    for index, line in enumerate(lines):
        if "hide caption" in line.text.casefold() and len(line.text) < 40:
            before = [i for i in (index - 2, index - 1) if i >= 0 and not lines[i].mark]
            if before and not credits.is_credit(lines[before[-1]]):
                before = before[-1:]
            known.update(fold(lines[i].text) for i in before)
    for line in lines:
        if known and not line.mark and fold(line.text) in known:
            line.mark = ("image.caption", "caption")


def picture_lines(lines: list[Line], index: int, credits: Credits, *, inside: bool = False) -> int:
    """How many lines from `index` on a picture left (0: none begins here). `inside` the story only sure signs count."""
    line = lines[index]
    if (line.mark and line.text != "/") or _is_item(line.text):
        return 0
    twice = _twice(lines, index, credits)
    if twice:
        return twice
    if len(line.text) < 500 and _ENDS_CREDITED.fullmatch(line.text):
        return 1
    end = credits.end(lines, index)
    if end > index:
        if inside and not credits.sure(lines, index, end):
            return 0
        return _caption_after(lines, index, end, credits, alt=None) - index
    end = credits.end(lines, index + 1)
    if end > index + 1 and not line.text.endswith(":") and not is_byline(line.text):
        slashed = any(lines[i].text == "/" for i in range(index + 1, end))
        open_end = _OPEN_END.search(line.text) is not None
        sure = credits.sure(lines, index + 1, end)
        if inside:
            short = sure and len(line.text.split()) <= 12
            taken = open_end and (slashed or short or _describes(lines, index, end))
        else:
            house = len(line.text.split()) <= 22 and credits.names_a_house(lines, index + 1, end)
            shown = open_end or captions.is_caption(line.text, enough=captions.ENOUGH - 1)  # else the first paragraph
            taken = ((sure or house) and shown) or captions.is_caption(line.text)
        if taken:
            return _caption_after(lines, index + 1, end, credits, alt=line.text) - index
    return 0


def gallery_lines(lines: list[Line], index: int, credits: Credits) -> int:
    """How many lines a gallery's counter ("1 of 3") at `index` and its picture left: all up to the next counter, or a
    caption with its credit after the last."""
    if not _is_counter(lines[index]):
        return 0
    for later in range(index + 1, min(index + 6, len(lines))):
        if _is_counter(lines[later]):
            return later - index
    if index + 2 < len(lines) and credits.is_credit(lines[index + 2]) and captions.is_caption(lines[index + 1].text):
        return 3
    return 1


def _is_counter(line: Line) -> bool:
    return line.mark is not None and line.mark[0] == "caption.count"


def _describes(lines: list[Line], index: int, end: int) -> bool:
    """Alternative text between paragraphs: a phrase in small letters, then a name alone, then the story again."""
    parts = lines[index].text.split()
    small = sum(part[0].islower() for part in parts)
    resumes = end >= len(lines) or lines[end].prose or lines[end].mark is not None
    return len(parts) >= 4 and small >= 2 and small >= len(parts) // 3 and end == index + 2 and resumes


def is_lone_caption(lines: list[Line], index: int) -> bool:
    """A line without a full stop between the story's head and its first paragraph: alt text or a caption that lost the
    rest, unless the story has crossheads of that kind further on."""
    text = lines[index].text
    if lines[index].mark or _is_item(text) or not _OPEN_END.search(text) or not 3 <= len(text.split()) <= 30:
        return False
    if (
        wording.is_note(text)
        or is_dated(text)
        or text.isupper()
        or index + 1 >= len(lines)
        or not lines[index + 1].prose
    ):
        return False
    rest = lines[index + 1 :]
    heads = (a for a, b in pairwise(rest) if not a.prose and b.prose and not a.mark and not _is_item(a.text))
    return not any(_OPEN_END.search(line.text) or line.text[-1] == "?" for line in heads)


def _is_item(text: str) -> bool:
    return text.startswith(("- ", "• ", "* ", "– "))


def _twice(lines: list[Line], index: int, credits: Credits) -> int:
    """Alt text that stands again as the caption a few lines on, credits between."""
    text = fold(lines[index].text)
    if len(text) < 12 or credits.is_credit(lines[index]):
        return 0
    for later in range(index + 1, min(index + 7, len(lines))):
        other = fold(lines[later].text)
        same = len(text) > 30 and len(other) > 30 and (other.startswith(text.rstrip(".…")) or text.startswith(other))
        if other == text or same:
            between = lines[index + 1 : later]
            if all(_may_be_credit(line, credits) for line in between):
                return credits.end(lines, later + 1) - index
    return 0


def _may_be_credit(line: Line, credits: Credits) -> bool:
    """Between a caption and its repetition any short line without a full stop is its credit."""
    return (
        line.text == "/"
        or credits.is_credit(line)
        or (len(line.text.split()) <= 8 and bool(_OPEN_END.search(line.text)))
    )


def _caption_after(lines: list[Line], start: int, end: int, credits: Credits, *, alt: str | None) -> int:
    """The index after the caption that follows the credits, or `end` where none does."""
    if end + 1 >= len(lines) or lines[end].mark:
        return end
    if alt and lines[start].text.startswith("Credit "):  # Core Publisher prints the caption first
        return end
    text = lines[end].text
    if is_byline(text) or is_dated(text) or _is_item(text) or re.match(r"[A-Z .'’-]{3,}(?:, \w+)?:", text):
        return end
    if not any(_tells(line) for line in lines[end + 1 : end + 6]):
        return end
    sure = credits.sure(lines, start, end)
    if alt and alt[-1] == "." and len(alt.split()) >= 6:  # it was the caption already
        sure, alt = False, None
    enough = captions.ENOUGH if sure else captions.ENOUGH + 2
    return end + 1 if captions.is_caption(text, alt=alt, following=lines[end + 1].text, enough=enough) else end


def _tells(line: Line) -> bool:
    """Running text that can be the story."""
    return line.prose and not line.mark and not is_ask(line.text) and not wording.notice(line.text)
