"""The head of a story in plain text: what stands between the headline and the first line of the story."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from scraper.article import Author, Removed
from scraper.extractor import dates, people
from scraper.extractor.pictures import Credits, gallery_lines, is_lone_caption, picture_lines
from scraper.extractor.textlines import ORIGINALLY_ON, Line, is_byline, is_dated

_CLOCK_LINE = re.compile(r"\d{1,2}:\d\d\s*[ap]\.?m\.?", re.I)
_HEARD_ON = re.compile(r"(?:Heard|As heard) on (?P<show>[A-Z].{2,50})")
_NOT_ALONE = ("text.section", "promo.section", "caption.count")
_LONE_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,3}(?:\s?[/|,]\s?[A-Z][\w .&'’-]{1,40})?")
_PICTURE_DESK = re.compile(r"[/|,]\s?(?:AP|AFP|Getty|Reuters|File|Courtesy)\b|\bPhotos?\b|\bImages?\b")
_FURNITURE = (
    "share",
    "player",
    "ad",
    "navigation",
    "caption",
    "alert",
    "banner",
    "promo",
    "newsletter",
    "appeal",
    "recurring",
)


class TextHead(msgspec.Struct, eq=False):
    """What the head tells. `end` is the index of the first line of the story."""

    end: int = 0
    byline: str | None = None
    authors: list[Author] = []
    outlet: str | None = None
    published: str | None = None
    subtitle: str | None = None
    program: str | None = None
    removed: list[Removed] = []


def read_head(lines: list[Line], start: int, *, captured: datetime | None) -> TextHead:
    """The head that begins at `start`: byline, date, dek, share list, pictures, in any order."""
    reader = _HeadReader(lines, captured)
    index = start
    while index < len(lines):
        taken = reader.take(index)
        if not taken:
            break
        index += taken
    reader.head.end = index
    return reader.head


class _HeadReader:
    def __init__(self, lines: list[Line], captured: datetime | None) -> None:
        self.lines = lines
        self.captured = captured
        self.head = TextHead()

    @property
    def credits(self) -> Credits:
        names = [author.name for author in self.head.authors]
        return Credits([*names, self.head.outlet] if self.head.outlet else names)

    def take(self, index: int) -> int:
        """How many lines from `index` on belong to the head (0: the story begins)."""
        line = self.lines[index]
        if self.head.byline is None and is_byline(line.text):
            return self._byline(index)
        if self._small(line):
            return 1
        if self.head.byline is None and self._is_lone_name(index):
            return self._byline(index)
        pictures = gallery_lines(self.lines, index, self.credits) or picture_lines(self.lines, index, self.credits)
        if not pictures and self._is_dek(index):
            self.head.subtitle = line.text
            return 1
        if not pictures and self.head.removed and is_lone_caption(self.lines, index):
            pictures = 1
        self.head.removed += [
            Removed(rule="image.caption", kind="caption", text=self.lines[i].text)
            for i in range(index, index + pictures)
        ]
        return pictures

    def _small(self, line: Line) -> bool:
        """The program, the date and what the line alone shows to be furniture."""
        text, head = line.text, self.head
        heard = _HEARD_ON.fullmatch(text)
        if heard:
            head.program = heard["show"]
            head.removed.append(Removed(rule="dateline.heard-on", kind="banner", text=text))
        elif is_dated(text) or _CLOCK_LINE.fullmatch(text) or ORIGINALLY_ON.fullmatch(text):
            found = dates.from_words(text, captured=self.captured)
            if found and (head.published is None or ("T" in found and "T" not in head.published)):
                head.published = found
            head.removed.append(Removed(rule="dateline.published", kind="banner", text=text))
        elif line.mark and line.mark[1] in _FURNITURE and line.mark[0] not in _NOT_ALONE:
            head.removed.append(Removed(rule=line.mark[0], kind=line.mark[1], text=text))
        else:
            return False
        return True

    def _is_lone_name(self, index: int) -> bool:
        """A person's name alone, next to the date or the "Heard on" line: a byline without its "By"."""
        text = self.lines[index].text
        if not people.is_name(text) or not _LONE_NAME.fullmatch(text):
            return False
        if self.lines[index].mark or people.is_agency(text) or _PICTURE_DESK.search(text):
            return False
        around = (*self.lines[max(0, index - 1) : index], *self.lines[index + 1 : index + 2])
        return any(is_dated(line.text) or line.text.startswith("Heard on ") for line in around)

    def _is_dek(self, index: int) -> bool:
        """A second headline: some words before the byline or the date."""
        text = self.lines[index].text
        if self.head.subtitle or self.head.byline or not 3 <= len(text.split()) <= 45:
            return False
        later = [line.text for line in self.lines[index + 1 : index + 3]]
        if not self.head.published and text[-1] in '.?!"”':  # a story never stands before its own byline
            at = index + 1
            return bool(later) and (
                is_byline(later[0]) or is_dated(later[0]) or (at < len(self.lines) and self._is_lone_name(at))
            )
        return text[-1] not in '.?!:"”' and any(is_byline(other) or is_dated(other) for other in later)

    def _byline(self, index: int) -> int:
        """A byline, which runs on where its line ends in a comma or "and"."""
        parts = [self.lines[index].text]
        while (
            parts[-1].rstrip().endswith((",", " and", "&")) and index + len(parts) < len(self.lines) and len(parts) < 6
        ):
            parts.append(self.lines[index + len(parts)].text)
        shown = " ".join(parts)
        self.head.outlet, rest = people.outlet(shown)
        self.head.byline = people.strip_by(shown)
        self.head.authors = people.parse(rest)
        self.head.removed.append(Removed(rule="byline.line", kind="banner", text=shown))
        return len(parts)
