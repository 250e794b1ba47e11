"""The body of a story in plain text: its lines, and what stands between and after them."""

from __future__ import annotations

import re

import msgspec

from scraper.article import Author, Removed
from scraper.extractor import wording
from scraper.extractor.pictures import Credits, gallery_lines, picture_lines
from scraper.extractor.piece import Piece
from scraper.extractor.text import fold
from scraper.extractor.textlines import Line, is_ask

_CLOSING = ("promo.section", "promo.connect", "navigation.tags", "share.comment")
"""Rules of the lines after which no line is story any more."""
_ENDS = (
    "leave a reply",
    "leave a comment",
    "comments",
    "privacy preference center",
    "read & listen",
    "about the author",
)
_STORIES_BY = re.compile(r"(?:See|View|Read)(?: all| more)? (?:stories|articles) by (?P<name>.+)")


class TextBody(msgspec.Struct, eq=False):
    """Pieces and removed pieces in order; tags; biographies after the end, with the name where the page gives it."""

    stream: list[Piece | Removed] = []
    tags: list[str] = []
    bios: list[tuple[str | None, str]] = []


def read_body(lines: list[Line], start: int, *, authors: list[Author], outlet: str | None) -> TextBody:
    """The lines from `start` on; after a closing marker ("Tags", "Related Content") nothing is story any more."""
    return _BodyReader(lines, [author.name for author in authors], outlet).read(start)


class _BodyReader:
    def __init__(self, lines: list[Line], names: list[str], outlet: str | None) -> None:
        self.lines = lines
        self.names = names
        self.credits = Credits([*names, outlet] if outlet else names)
        self.body = TextBody()
        self.closed = ""
        self.noticed = False

    def read(self, start: int) -> TextBody:
        index = start
        while index < len(self.lines):
            index += self._pictures(index) or self._line(index, first=index == start)
        self._trailing_tags()
        self._closing_names()
        return self.body

    def _pictures(self, index: int) -> int:
        if self.closed:
            return 0
        count = gallery_lines(self.lines, index, self.credits)
        count = count or picture_lines(self.lines, index, self.credits, inside=True)
        self.body.stream += [
            Removed(rule="image.caption", kind="caption", text=self.lines[i].text) for i in range(index, index + count)
        ]
        return count

    def _line(self, index: int, *, first: bool) -> int:
        text, mark = self.lines[index].text, self.lines[index].mark
        if mark and not first and (mark[0] in _CLOSING or fold(text) in _ENDS):
            self.closed = mark[0]
        if self.closed and (fold(text).startswith("transcript") or self._resumes(index)):
            self.closed = ""
        if self.closed and not mark:
            mark = self._after_close(index)
        elif not mark:
            mark = self._beside(index) or (self._after_notice(index) if self.noticed else None)
        if not first and wording.notice(text) and any(isinstance(item, Piece) for item in self.body.stream):
            self.noticed = True
        if mark and mark[0] != "text.section" and mark[1] != "copyright":
            self.body.stream.append(Removed(rule=mark[0], kind=mark[1], text=text))
        else:
            self.body.stream.append(_piece(text))
        return 1

    def _resumes(self, index: int) -> bool:
        """A box inside the story ("Subscribe", "Related Content") is over where its paragraphs go on: two in a row, or one
        before the tags or the notice that end every story."""
        if self.closed not in ("promo.section", "promo.connect") or self.noticed or not self._goes_on(index):
            return False
        if index + 1 >= len(self.lines):
            return False
        mark = self.lines[index + 1].mark
        ends = mark is not None and (mark[0] == "navigation.tags" or mark[1] == "copyright")
        return ends or wording.notice(self.lines[index + 1].text) is not None or self._goes_on(index + 1)

    def _goes_on(self, index: int) -> bool:
        """A paragraph that can be story: no teaser that breaks off, no list item, no ask, no biography."""
        line = self.lines[index]
        if (
            line.mark
            or not line.prose
            or line.text.startswith(("- ", "• "))
            or line.text[-1] == "…"
            or is_ask(line.text)
        ):
            return False
        return not wording.introduces(line.text) and not wording.biography(line.text, tuple(self.names))

    def _beside(self, index: int) -> tuple[str, str] | None:
        """What the neighbours show the line to be: words of an embedded post, a link to the story before or after."""
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if following and following.mark and following.mark[0] == "embed.post" and following.text[0] in "—–-":
            return ("embed.post", "embed")
        before = self.lines[index - 1]
        turn = before.mark is not None and fold(before.text) in ("previous", "next", "previous post", "next post")
        return ("promo.neighbour", "promo") if turn and not self.lines[index].prose else None

    def _after_notice(self, index: int) -> tuple[str, str] | None:
        """After the story's own notice people are introduced; a name alone is a biography's heading."""
        text = self.lines[index].text
        named = re.fullmatch(r"[A-ZÀ-Þ][\w.'’-]+(?: [\w.'’-]+)? [A-ZÀ-Þ][\w.'’-]+", text)
        if not named and (not wording.introduces(text) or "“" in text or '"' in text):
            return None
        if not named:
            self.body.bios.append((None, text))
        return ("bio.closing", "bio")

    def _after_close(self, index: int) -> tuple[str, str] | None:
        """What a line after "Tags", "Related Content" and the like is: a tag, a biography, a promo."""
        text = self.lines[index].text
        tags = self.closed == "navigation.tags"
        cta = _STORIES_BY.match(self.lines[index + 1].text) if index + 1 < len(self.lines) else None
        if wording.notice(text):
            return None
        told = wording.biography(text, tuple(self.names)) or (wording.introduces(text) and tags)
        if told or (cta and len(text.split()) > 6):
            self.body.bios.append((cta["name"] if cta else None, text))
            return ("bio.closing", "bio")
        if tags and len(text.split()) <= 6 and text[-1] not in ".!?":
            self.body.tags.append(text.lstrip("-•* "))
        return (f"text.after-{self.closed.partition('.')[2]}", "navigation" if tags else "promo")

    def _trailing_tags(self) -> None:
        """Two and more short lines without a full stop after the last paragraph: tags that lost their heading."""
        stream = self.body.stream
        run: list[int] = []
        for index in range(len(stream) - 1, -1, -1):
            item = stream[index]
            if isinstance(item, Removed):
                continue
            if item.kind != "paragraph" or len(item.text.split()) > 4 or item.text[-1] in ".!?:…\"”'’)":
                break
            run.insert(0, index)
        if len(run) >= 2 and run[0] > 2 and not self.body.tags:
            for index in run:
                self.body.tags.append(stream[index].text)
                stream[index] = Removed(rule="text.trailing-tags", kind="navigation", text=stream[index].text)

    def _closing_names(self) -> None:
        """An author's name alone on a line is the heading of a biography, not story; the last line may be cut short."""
        first = max(2, len(self.body.stream) - 6)
        for index, item in enumerate(self.body.stream):
            if isinstance(item, Removed) or item.kind != "paragraph" or index < first:
                continue
            last = index == len(self.body.stream) - 1
            name = item.folded
            if any(
                name == fold(each) or (last and len(name) > 5 and fold(each).startswith(name)) for each in self.names
            ):
                self.body.stream[index] = Removed(rule="bio.name", kind="bio", text=item.text)


def _piece(text: str) -> Piece:
    """A line as a piece: "- x" and "• x" are list items, the rest paragraphs."""
    item = re.match(r"[-*•]\s+(?=\S)", text)
    if item and len(text) < 400:
        return Piece("list", text[item.end() :], items=[text[item.end() :]], ordered=False)
    return Piece("paragraph", text)
