"""Plain text that was a page once: its lines are sorted into furniture and story by the rules that serve HTML.

Text extractors put the lifted footer, banner, slogan and player first, then alerts and appeals, then (section,) headline,
byline, date, share list, picture lines, story, notice, tags, biographies, promos. The headline is the anchor: what
stands before it is furniture, what stands right after it is the story's head.
"""

from __future__ import annotations

import re
from datetime import datetime

from scraper import addresses
from scraper.article import Article, Author, Block, Removed, Transcript
from scraper.errors import NotAnArticle
from scraper.extractor import blocks as blocks_of
from scraper.extractor import dates, page_type, people, quality, rights, wording
from scraper.extractor.headline import find_headline
from scraper.extractor.identity import identity, npr_id, provenance
from scraper.extractor.pictures import mark_toggled, picture_lines
from scraper.extractor.sort import Sorted, sort
from scraper.extractor.text import clean, fold
from scraper.extractor.textlines import BYLINE, ORIGINALLY_ON, PUBLISHED, Line, kind_of, paragraphs
from scraper.extractor.walk import Piece
from scraper.page import Page

_STAMP = re.compile(r"^(?:date )?\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?\s+(?=\S)")
_STAFF = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ .'’-]{3,40}), (?:BYLINE|HOST|host)\b|([A-Z][A-Z .'’-]{3,40}) reporting:")
_CLOCK_LINE = re.compile(r"\d{1,2}:\d\d\s*[ap]\.?m\.?", re.I)
_LIST_SIGN = re.compile(r"(?:…|\.\.\.)$")


def read(page: Page, *, stations: rights.Directory | None = None, captured: datetime | None = None) -> Article:
    """The record of a text. Raises `NotAnArticle` where it holds no line of words."""
    return _TextReader(page, stations, captured).article()


class _TextReader:
    def __init__(self, page: Page, stations: rights.Directory | None, captured: datetime | None) -> None:
        self.page = page
        self.stations = stations
        self.captured = captured
        self.station = stations.station_of(page.url) if stations and page.url else None
        self.closing_bios: list[tuple[str | None, str]] = []
        self.lines = [Line(_STAMP.sub("", text)) for text in paragraphs(page.text)]
        if not any(re.search(r"\w", line.text) for line in self.lines):
            raise NotAnArticle("other", "it holds no words")

    def article(self) -> Article:
        lines = self.lines
        for line in lines:
            line.mark = kind_of(line.text)
        mark_toggled(lines)
        at = find_headline(lines, self.page.url)
        kind = self._page_type(at)
        title = lines[at].text if at is not None else None
        if kind not in ("article", "episode"):
            return self._other(kind, title)
        before = self._before(at)
        self.section: str | None = None
        head = self._head(at)
        body = self._body(head)
        names = [author.name for author in self.authors]
        spoken = [m[1] for line in lines if (m := _STAFF.match(line.text))]
        story = sort(body, title=title, byline=self.byline, names=[*names, *spoken])
        blocks, transcript, footer = self._transcript(story, names)
        if not blocks:
            raise NotAnArticle("other", "no line of it is a story")
        return self._record(title, kind, blocks, transcript, story, footer, [*before, *self.removed])

    # ------------------------------------------------------------------ what kind of page
    def _page_type(self, at: int | None) -> str:
        lines = [line.text for line in self.lines]
        head = " ".join(lines[: 12 if at is None else at + 1])
        title = self.lines[at].text if at is not None else lines[0]
        by_address = addresses.kind(self.page.url)
        if page_type.is_consent(title) or page_type.is_consent(head):
            return "consent"
        if page_type.is_error(title) or any(page_type.is_error(text) for text in lines[:30] if len(text) < 80):
            return "error"
        if by_address in ("list", "person", "event", "other"):
            return by_address
        if any(re.match(r"\d* ?[Ss]earch results for\b", text) for text in lines):
            return "list"
        if by_address != "story" and self._is_list(at):
            return "list"
        return (
            "episode"
            if re.search(r"/(?:podcasts?|shows?|programs?)/[^/]+/(?:19|20)\d\d-\d\d-\d\d/", self.page.url or "")
            else "article"
        )

    def _is_list(self, at: int | None) -> bool:
        """Teasers one after the other: many lines that break off, or many bylines or dates."""
        rest = [line.text for line in self.lines[(at or 0) :]]
        prose = [text for text in rest if len(text.split()) >= 8]
        cut = sum(1 for text in prose if _LIST_SIGN.search(text))
        stamps = sum(
            1
            for text in rest
            if BYLINE.fullmatch(text)
            or PUBLISHED.fullmatch(text)
            or re.fullmatch(r"[A-Z][a-z]+\.? \d{1,2}, \d{4}", text)
        )
        return (
            (cut >= 3 and cut >= 0.5 * len(prose))
            or (stamps >= 4 and stamps >= 0.4 * len(prose))
            or (len(rest) >= 8 and not prose)
        )

    # ------------------------------------------------------------------ before, head, body
    def _before(self, at: int | None) -> list[Removed]:
        """All lines before the headline."""
        removed: list[Removed] = []
        for line in self.lines[: at or 0]:
            rule, kind = line.mark or ("text.before-headline", "banner")
            removed.append(Removed(rule=rule, kind=kind, text=line.text))
        return removed

    def _head(self, at: int | None) -> int:
        """Read byline, date, share list and picture lines after the headline; the index of the first line of the story."""
        self.byline: str | None = None
        self.authors: list[Author] = []
        self.outlet: str | None = None
        self.published: str | None = None
        self.subtitle: str | None = None
        self.program: str | None = None
        self.tags: list[str] = []
        self.removed: list[Removed] = []
        lines = self.lines
        index = 0 if at is None else at + 1
        if at:
            before = lines[at - 1]
            if before.mark and before.mark[0] == "text.section":
                self.section = before.text
        while index < len(lines):
            taken = self._head_line(index)
            if not taken:
                break
            index += taken
        return index

    def _head_line(self, index: int) -> int:
        """How many lines from `index` on belong to the story's head (0: the story begins)."""
        line = self.lines[index]
        text = line.text
        later = self.lines[index + 1 : index + 3]
        if self.byline is None and (BYLINE.fullmatch(text) or self._is_lone_name(index)):
            return self._take_byline(index)
        heard = re.fullmatch(r"(?:Heard|As heard) on (?P<show>[A-Z].{2,50})", text)
        if heard:
            self.program = heard["show"]
            self.removed.append(Removed(rule="dateline.heard-on", kind="banner", text=text))
            return 1
        if PUBLISHED.fullmatch(text) or _CLOCK_LINE.fullmatch(text) or ORIGINALLY_ON.fullmatch(text):
            found = dates.from_words(text, captured=self.captured)
            if found and (self.published is None or ("T" in found and "T" not in self.published)):
                self.published = found
            self.removed.append(Removed(rule="dateline.published", kind="banner", text=text))
            return 1
        if (
            line.mark
            and line.mark[1]
            in ("share", "player", "ad", "navigation", "caption", "alert", "banner", "promo", "newsletter", "appeal")
            and line.mark[0] not in ("text.section", "promo.section")
        ):
            self.removed.append(Removed(rule=line.mark[0], kind=line.mark[1], text=text))
            return 1
        pictures = picture_lines(self.lines, index)
        if pictures:
            self.removed += [
                Removed(rule="image.caption", kind="caption", text=self.lines[i].text)
                for i in range(index, index + pictures)
            ]
            return pictures
        if (
            self.subtitle is None
            and self.byline is None
            and text[-1] not in '.?!:"”'
            and 4 <= len(text.split()) <= 30
            and any(BYLINE.fullmatch(l.text) or PUBLISHED.fullmatch(l.text) for l in later)
        ):
            self.subtitle = text
            return 1
        return 0

    def _is_lone_name(self, index: int) -> bool:
        """A person's name alone, next to the date or the "Heard on" line: a byline without its "By"."""
        text = self.lines[index].text
        if not people.is_name(text) or len(text.split()) not in (2, 3) or people.is_agency(text):
            return False
        around = [line.text for line in (*self.lines[max(0, index - 1) : index], *self.lines[index + 1 : index + 2])]
        return any(PUBLISHED.fullmatch(line) or line.startswith("Heard on ") for line in around)

    def _take_byline(self, index: int) -> int:
        """A byline, which runs on where its line ends in a comma or "and"."""
        parts = [self.lines[index].text]
        while (
            parts[-1].rstrip().endswith((",", " and", "&")) and index + len(parts) < len(self.lines) and len(parts) < 6
        ):
            parts.append(self.lines[index + len(parts)].text)
        shown = " ".join(parts)
        self.outlet, rest = people.outlet(shown)
        self.byline = people.strip_by(shown)
        self.authors = people.parse(rest)
        self.removed.append(Removed(rule="byline.line", kind="banner", text=shown))
        return len(parts)

    def _body(self, start: int) -> list[Piece | Removed]:
        """The story's lines and what stands between and after them; after a closing marker nothing is story any more."""
        stream: list[Piece | Removed] = []
        index, closed = start, ""
        lines = self.lines
        while index < len(lines):
            text, mark = lines[index].text, lines[index].mark
            pictures = 0 if closed else picture_lines(lines, index, inside=True)
            if pictures:
                stream += [
                    Removed(rule="image.caption", kind="caption", text=lines[i].text)
                    for i in range(index, index + pictures)
                ]
                index += pictures
                continue
            if mark and mark[0] in ("promo.section", "promo.connect", "navigation.tags") and index > start:
                closed = mark[0]
            if closed and fold(text).startswith("transcript"):
                closed = ""
            if closed and not mark:
                mark = self._after_close(closed, index)
            if mark and mark[0] != "text.section" and mark[1] != "copyright":
                stream.append(Removed(rule=mark[0], kind=mark[1], text=text))
            else:
                stream.append(_piece(text))
            index += 1
        self._trailing_tags(stream)
        return stream

    def _trailing_tags(self, stream: list[Piece | Removed]) -> None:
        """Two and more short lines without a full stop after the last paragraph: tags that lost their heading."""
        run: list[int] = []
        for index in range(len(stream) - 1, -1, -1):
            item = stream[index]
            if isinstance(item, Removed):
                continue
            if item.kind != "paragraph" or len(item.text.split()) > 4 or item.text[-1] in ".!?:…\"”'’)":
                break
            run.insert(0, index)
        if len(run) >= 2 and run[0] > 2 and not self.tags:
            for index in run:
                text = stream[index].text
                self.tags.append(text)
                stream[index] = Removed(rule="text.trailing-tags", kind="navigation", text=text)

    def _after_close(self, closed: str, index: int) -> tuple[str, str] | None:
        """What a line after "Tags", "Related Content" and the like is: a tag, a biography, a promo."""

        text = self.lines[index].text
        following = self.lines[index + 1 : index + 2]
        cta = (
            re.match(r"(?:See|View|Read)(?: all| more)? (?:stories|articles) by (.+)", following[0].text)
            if following
            else None
        )
        names = tuple(author.name for author in self.authors)
        if wording.notice(text):
            return None
        if (
            wording.biography(text, names)
            or (wording.introduces(text) and closed == "navigation.tags")
            or (cta and len(text.split()) > 6)
        ):
            self.closing_bios.append((cta[1] if cta else None, text))
            return ("bio.closing", "bio")
        if closed == "navigation.tags" and len(text.split()) <= 6 and text[-1] not in ".!?":
            self.tags.append(text.lstrip("-•* "))
        return (f"text.after-{closed.partition('.')[2]}", "navigation" if closed == "navigation.tags" else "promo")

    # ------------------------------------------------------------------ transcript, people
    def _transcript(self, story: Sorted, names: list[str]) -> tuple[list[Block], Transcript | None, list[str]]:
        from scraper.extractor import transcript as grammar
        from scraper.extractor.read import is_transcript_heading

        blocks = blocks_of.from_pieces(item for item in story.stream if isinstance(item, Piece))
        headed = next((i for i, b in enumerate(blocks) if is_transcript_heading(b)), None)
        if headed is not None:
            parsed = grammar.parse(blocks[headed + 1 :], certain=True, people=names)
            if parsed is not None:
                return [*blocks[:headed], *parsed.blocks], parsed.transcript, parsed.footer
        parsed = grammar.parse(blocks, people=[*names, *_bio_names(story)])
        if parsed is None:
            return blocks, None, []
        return parsed.blocks, parsed.transcript, parsed.footer

    # ------------------------------------------------------------------ the record
    def _record(
        self,
        title: str | None,
        kind: str,
        blocks: list[Block],
        transcript: Transcript | None,
        story: Sorted,
        footer: list[str],
        removed: list[Removed],
    ) -> Article:
        text = blocks_of.render(blocks)
        own = next((n for t in (*story.notices, *footer) if (n := rights.parse_notice(t))), None)
        site = next((n for item in removed if item.kind == "copyright" and (n := rights.parse_notice(item.text))), None)
        canonical = addresses.normalise(self.page.url) if self.page.url else None
        authors = self._with_bios(transcript, [*self.closing_bios, *((None, bio) for bio in story.bios)])
        story_id = npr_id(self.page.url)
        flags = ["truncated"] if self._is_cut(blocks) else []
        inside = [item for item in story.stream if isinstance(item, Removed)]
        return Article(
            id=identity(story_id, canonical, text),
            url=self.page.url,
            canonical_url=canonical,
            page_type=page_type.transcript_or(kind, [b.kind for b in blocks]),
            platform="text",
            title=title,
            subtitle=self.subtitle,
            station=self.station,
            origin=rights.origin(
                url=self.page.url,
                canonical=canonical,
                outlet=self.outlet,
                story_id=None,
                owner=None,
                server=None,
                notice=own,
                syndicated=story.syndicated,
                byline=self.byline,
                station=self.station,
                stations=self.stations,
                house=site.holder if site else None,
            ),  # fmt: skip
            section=None if kind == "episode" else self.section,
            program=self.program or (self.section if kind == "episode" else None),
            tags=self.tags,
            byline=self.byline,
            authors=authors,
            published=self.published or addresses.date_in(self.page.url),
            dateline=story.dateline,
            blocks=blocks,
            text=text,
            transcript=transcript,
            copyright=own or site,
            corrections=story.corrections,
            quality=quality.weigh(
                blocks, text, title=title, published=self.published, authors=bool(authors), flags=flags
            ),
            removed=[*removed, *inside],
            provenance=provenance(self.page),
        )

    def _with_bios(self, transcript: Transcript | None, bios: list[tuple[str | None, str]]) -> list[Author]:
        """The byline's people, else the transcript's one reporter whose biography closes the page; with their biographies."""
        authors = self.authors
        if not authors and transcript is not None:
            reporters = dict.fromkeys(
                turn.speaker for turn in transcript.turns if turn.role == "reporter" and turn.speaker
            )
            authors = [Author(name=name) for name in reporters if any(fold(name) in fold(bio[:120]) for _, bio in bios)]
        result: list[Author] = []
        for author in authors:
            bio = next(
                (
                    _part(bio, author.name, authors)
                    for name, bio in bios
                    if (name and fold(name) == fold(author.name)) or fold(author.name) in fold(bio[:160])
                ),
                None,
            )
            if self.outlet and not author.affiliation:
                author = Author(name=author.name, role=author.role, affiliation=self.outlet, bio=bio)
            elif bio:
                author = Author(name=author.name, role=author.role, affiliation=author.affiliation, bio=bio)
            result.append(author)
        return result

    def _is_cut(self, blocks: list[Block]) -> bool:
        """The text breaks off in the middle of a sentence (dumps are often cut at a fixed length)."""
        last = self.lines[-1].text
        return (
            bool(blocks) and len(last) > 20 and last[-1].isalnum() and fold(blocks[-1].text).endswith(fold(last)[-20:])
        )

    def _other(self, kind: str, title: str | None) -> Article:
        canonical = addresses.normalise(self.page.url) if self.page.url else None
        return Article(
            id=identity(None, canonical, self.page.text),
            url=self.page.url,
            canonical_url=canonical,
            page_type=kind,
            platform="text",
            title=title,
            station=self.station,
            provenance=provenance(self.page),
        )


def _part(bio: str, name: str, authors: list[Author]) -> str:
    """Of biographies run together in one paragraph, the sentences about one author."""
    starts = sorted(
        {at for author in authors if (at := bio.find(author.name)) == 0 or (at > 1 and bio[at - 2] in ".!?")}
    )
    mine = bio.find(name)
    if len(starts) < 2 or mine not in starts:
        return bio
    later = [at for at in starts if at > mine]
    return bio[mine : later[0] if later else len(bio)].strip()


def _piece(text: str) -> Piece:
    """A line as a piece: "- x" and "• x" are list items, "# x" a Markdown heading, the rest paragraphs."""
    item = re.match(r"(?:[-*•]|\d{1,2}[.)])\s+(?=\S)", text)
    if item and len(text) < 400 and not re.match(r"\d", text):
        return Piece("list", text[item.end() :], items=[text[item.end() :]], ordered=False)
    return Piece("paragraph", text)


def _bio_names(story: Sorted) -> list[str]:
    """Full names with which closing biographies begin."""
    found = (re.match(r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+", bio) for bio in story.bios)
    return [clean(match[0]) for match in found if match]
