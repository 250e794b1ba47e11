"""The lines that a picture leaves in plain text: alt text, credit, a lone slash, its agency, caption.

Grove prints the credit before the caption and the alt text before both, so that a caption often reads twice.
"""

from __future__ import annotations

import re

from scraper.extractor.text import fold, words
from scraper.extractor.textlines import BYLINE, PUBLISHED, Line

_AGENCY = re.compile(
    r"\b(?:AP|Associated Press|Getty(?: Images)?|AFP|Reuters|NPR|Flickr|Wikimedia|Creative Commons|Courtesy|via|Photo|Images?|Pexels|Unsplash|Shutterstock|iStock\w*|Public Radio|Public Media|Radio|News|Facebook|Screenshot|Google|"
    r"[KW][A-Z]{2,3}|Zoom|YouTube|File|Department|University|Office|Museum|Police|County|Provided|Submitted)\b"
)
_PICTURED = re.compile(
    r"\b(?:file photo|pictured|shown|seen|left|right|center|from left|poses?|posing|stands?|standing|sits?|sitting|walks?|walking|speaks?|speaking|looks?|holds?|holding|waits?|works?|plays?|performs?|prepares?|gathers?|attends?"
    r"|during|outside|in front of|photo|image|courtesy|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d|in (?:19|20)\d\d|above|below|view of|map|chart|rendering)\b",
    re.I,
)
_REPORTING = re.compile(
    r"\b(?:said|says|according to|announced|will|has been|have been|plans to|voted|approved|told|after|but|because|that)\b",
    re.I,
)


def mark_toggled(lines: list[Line]) -> None:
    """Mark npr.org's captions: the one or two lines before "hide caption" (caption, credit), wherever they stand again."""
    known: set[str] = set()
    for index, line in enumerate(lines):
        if "hide caption" in line.text.casefold() and len(line.text) < 40:
            before = [i for i in (index - 2, index - 1) if i >= 0 and not lines[i].mark]
            if before and not _is_credit(lines[before[-1]]):
                before = before[-1:]
            known.update(fold(lines[i].text) for i in before)
    for line in lines:
        if known and not line.mark and fold(line.text) in known:
            line.mark = ("image.caption", "caption")


def picture_lines(lines: list[Line], index: int, *, inside: bool = False) -> int:
    """How many lines from `index` on a picture left (0: none begins here). `inside` the story only sure signs count."""
    if lines[index].mark and lines[index].text != "/":
        return 0
    twice = _twice(lines, index)
    if twice:
        return twice
    end = _credits(lines, index)
    if end > index:
        return _caption_after(lines, index, end, alt=None) - index if not inside or _sure(lines, index, end) else 0
    if not inside and index + 1 < len(lines) and not lines[index].text.endswith(":"):
        end = _credits(lines, index + 1)
        if (
            end > index + 1
            and (_sure(lines, index + 1, end) or _likely_caption(lines[index].text, None))
            and not BYLINE.fullmatch(lines[index].text)
        ):
            return _caption_after(lines, index + 1, end, alt=lines[index].text) - index
    return 0


def _twice(lines: list[Line], index: int) -> int:
    """Alt text that stands again as the caption a few lines on, credits between."""
    text = fold(lines[index].text)
    if len(text) < 15 or _is_credit(lines[index]):
        return 0
    for later in range(index + 1, min(index + 7, len(lines))):
        other = fold(lines[later].text)
        if other == text or (len(text) > 30 and (other.startswith(text) or text.startswith(other)) and len(other) > 30):
            between = lines[index + 1 : later]
            if all(_is_credit(line) or line.text == "/" for line in between):
                return _credits(lines, later + 1) - index
    return 0


def _credits(lines: list[Line], index: int) -> int:
    """The index after the credit lines that begin at `index`: names and agencies, parted by a lone slash."""
    end = index
    while end < len(lines) and end - index < 5 and (lines[end].text == "/" or _is_credit(lines[end])):
        end += 1
    return end


def _is_credit(line: Line) -> bool:
    text = line.text
    if line.mark or BYLINE.fullmatch(text) or PUBLISHED.fullmatch(text):
        return False
    parts = text.split()
    if (
        not 1 <= len(parts) <= 9
        or text[-1] in "!?:;,…"
        or (text[-1] == "." and not re.search(r"\b[A-Z]\.$|Inc\.$|Jr\.$", text))
    ):
        return False
    if re.search(r"\s/\s|\w/\w", text) and parts[0][0].isupper():
        return True
    small = sum(
        part[0].islower() and part not in ("and", "of", "the", "via", "for", "de", "von", "van", "at", "by", "in")
        for part in parts
    )
    if small:
        return re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,8}", text) is not None
    return 2 <= len(parts) <= 4 or _AGENCY.search(text) is not None


def _sure(lines: list[Line], start: int, end: int) -> bool:
    """A lone slash, or a name with an agency after it, says that these are credits."""
    parts = [lines[i].text for i in range(start, end)]
    return (
        "/" in parts
        or any(re.search(r"\s/\s", p) for p in parts)
        or (len(parts) >= 2 and any(_AGENCY.search(p) for p in parts))
    )


def _caption_after(lines: list[Line], start: int, end: int, *, alt: str | None) -> int:
    """The index after the caption that follows the credits, or `end` where none does."""
    if end >= len(lines) or lines[end].mark or end + 1 >= len(lines):
        return end
    if alt and lines[start].text.startswith("Credit "):  # Core Publisher prints the caption first
        return end
    text = lines[end].text
    if BYLINE.fullmatch(text) or PUBLISHED.fullmatch(text) or re.match(r"[A-Z .'’-]{3,}(?:, \w+)?:", text):
        return end
    rest = any(line.prose and not line.mark for line in lines[end + 1 : end + 6])
    return end + 1 if rest and _likely_caption(text, alt, sure=_sure(lines, start, end)) else end


def _likely_caption(text: str, alt: str | None, *, sure: bool = False) -> bool:
    """Signs for (what pictures show, no full stop, likeness to the alt text) outweigh signs of a story's first sentence.

    After credits that are `sure` a caption is the rule: eight pictures of nine in the anatomy notes have one.
    """
    count = len(text.split())
    score = 2 if sure else 0
    if alt:
        mine, other = set(words(text)), set(words(alt))
        score += 3 if mine and len(mine & other) / len(mine | other) > 0.35 else 0
    score += 1 if text[-1] not in '.?!"”' else 0
    score += 2 if _PICTURED.search(text) else 0
    score -= 1 if _REPORTING.search(text) else 0
    score -= 2 if len(re.findall(r"[.?!]\s+[A-Z]", text)) >= 2 else 0
    score -= 2 if count > 45 else 0
    score += 1 if count <= 22 else 0
    return score >= 2
