"""Plain text that was a page once: its lines are sorted into furniture and story by the rules that serve HTML.

Text extractors put the lifted footer, banner, slogan and player first, then alerts and appeals, then (section,)
headline, byline, date, share list, picture lines, story, notice, tags, biographies, promos. The headline is the anchor:
what stands before it is furniture, what stands right after it is the story's head.
"""

from __future__ import annotations

import re
from datetime import datetime

from scraper import addresses
from scraper.article import Article, Block, Copyright, Origin, Removed
from scraper.errors import NotAnArticle
from scraper.extractor import blocks as blocks_of
from scraper.extractor import page_type, quality, rights
from scraper.extractor.headline import find_headline, page_heading
from scraper.extractor.identity import provenance, record_id
from scraper.extractor.pictures import mark_toggled
from scraper.extractor.piece import Piece
from scraper.extractor.rules import NONE, Rules, learned_for
from scraper.extractor.sort import Sorted, sort
from scraper.extractor.speech import Told, tell
from scraper.extractor.text import fold
from scraper.extractor.textbios import named_in, with_bios
from scraper.extractor.textbody import read_body
from scraper.extractor.texthead import read_head
from scraper.extractor.textkind import kind_of_page
from scraper.extractor.textlines import Line, kind_of, paragraphs
from scraper.page import Page

_STAMP = re.compile(r"^(?:date )?\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?\s+(?=\S)")
_STAFF = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ .'’-]{3,40}), (?:BYLINE|HOST|host)\b|([A-Z][A-Z .'’-]{3,40}) reporting:")


def read(
    page: Page,
    *,
    stations: rights.Directory | None = None,
    captured: datetime | None = None,
    rules: Rules = NONE,
) -> Article:
    """The record of a text. Raises `NotAnArticle` where it holds no line of words."""
    return TextReader(page, stations, captured, rules).article()


class TextReader:
    """What the steps of one reading share. `sign` says afterwards what told the page's type."""

    def __init__(
        self, page: Page, stations: rights.Directory | None, captured: datetime | None, rules: Rules = NONE
    ) -> None:
        self.page = page
        self.stations = stations
        self.captured = captured
        self.station = stations.station_of(page.url) if stations and page.url else None
        self.sign = ""
        self.learned = learned_for(rules, page.final_url, page.url)
        self.lines = [Line(_STAMP.sub("", text)) for text in paragraphs(page.text)]
        if not any(re.search(r"\w", line.text) for line in self.lines):
            raise NotAnArticle("other", "it holds no words")

    def article(self) -> Article:
        lines = self.lines
        for line in lines:
            line.mark = kind_of(line.text)
        if self.learned is not None:
            from scraper.extractor.learned.strip import mark

            mark(lines, self.learned)
        mark_toggled(lines)
        at = find_headline(lines, self.page.url)
        kind, self.sign = kind_of_page(lines, at, self.page.url)
        title = lines[at].text if at is not None else None
        if kind not in ("article", "episode"):
            return self._other(kind, self._heading(kind, title))
        before = self._before(at)
        self.head = head = read_head(lines, 0 if at is None else at + 1, captured=self.captured)
        self.body = read_body(lines, head.end, authors=head.authors, outlet=head.outlet)
        names = [author.name for author in head.authors]
        spoken = [m[1] or m[2] for line in lines if (m := _STAFF.match(line.text))]
        story = sort(self.body.stream, title=title, byline=head.byline, names=[*names, *spoken])
        written = blocks_of.from_pieces(item for item in story.stream if isinstance(item, Piece))
        told = tell(written, None, [*names, *named_in(story.bios)])
        if not told.blocks:
            raise NotAnArticle("other", "no line of it is a story")
        return self._record(title, kind, told, story, [*before, *head.removed])

    def _heading(self, kind: str, title: str | None) -> str | None:
        """The title of a page that is no story."""
        if kind == "consent":
            return next((line.text for line in self.lines if page_type.is_consent(line.text)), title)
        return title if kind == "error" else page_heading(self.lines, self.page.url)

    def _before(self, at: int | None) -> list[Removed]:
        """All lines before the headline; the last may name the section."""
        removed: list[Removed] = []
        for line in self.lines[: at or 0]:
            rule, kind = line.mark or ("text.before-headline", "banner")
            removed.append(Removed(rule=rule, kind=kind, text=line.text))
        last = self.lines[at - 1] if at else None
        self.section = last.text if last and last.mark and last.mark[0] == "text.section" else None
        return removed

    # ------------------------------------------------------------------ the record
    def _record(
        self,
        title: str | None,
        kind: str,
        told: Told,
        story: Sorted,
        removed: list[Removed],
    ) -> Article:
        head, body = self.head, self.body
        blocks = told.blocks
        text = blocks_of.render(blocks)
        own = next((n for t in (*story.notices, *told.notices) if (n := rights.parse_notice(t))), None)
        site = next((n for item in removed if item.kind == "copyright" and (n := rights.parse_notice(item.text))), None)
        canonical = addresses.normalise(self.page.url) if self.page.url else None
        bios = [*body.bios, *((None, bio) for bio in story.bios)]
        authors = with_bios(head.authors, head.outlet, told.transcript, bios)
        story_id = addresses.npr_story_id(self.page.url)
        flags = ["truncated"] if self._is_cut(blocks) else []
        inside = [item for item in story.stream if isinstance(item, Removed)]
        return Article(
            id=record_id(story_id, canonical, text),
            url=self.page.url,
            canonical_url=canonical,
            page_type=page_type.transcript_or(kind, [b.kind for b in blocks]),
            platform="text",
            title=title,
            subtitle=head.subtitle,
            station=self.station,
            origin=self._origin(canonical, own, site, story),
            section=None if kind == "episode" else self.section,
            program=head.program or (self.section if kind == "episode" else None),
            tags=body.tags,
            byline=head.byline,
            authors=authors,
            published=head.published or addresses.date_in(self.page.url),
            dateline=story.dateline,
            blocks=blocks,
            text=text,
            transcript=told.transcript,
            copyright=own or site,
            corrections=[*story.corrections, *told.corrections],
            quality=quality.weigh(
                blocks, text, title=title, published=head.published, authors=bool(authors), flags=flags
            ),
            removed=[*removed, *inside, *told.removed],
            provenance=provenance(self.page, learned=self.learned),
        )

    def _origin(
        self, canonical: str | None, own: Copyright | None, site: Copyright | None, story: Sorted
    ) -> Origin | None:
        return rights.origin(
            url=self.page.url,
            canonical=canonical,
            outlet=self.head.outlet,
            story_id=None,
            owner=None,
            server=None,
            notice=own,
            syndicated=story.syndicated,
            byline=self.head.byline,
            station=self.station,
            stations=self.stations,
            house=site.holder if site else None,
        )

    def _is_cut(self, blocks: list[Block]) -> bool:
        """The text breaks off in the middle of a sentence (dumps are often cut at a fixed length)."""
        last = self.lines[-1].text
        return (
            bool(blocks) and len(last) > 20 and last[-1].isalnum() and fold(blocks[-1].text).endswith(fold(last)[-20:])
        )

    def _other(self, kind: str, title: str | None) -> Article:
        canonical = addresses.normalise(self.page.url) if self.page.url else None
        return Article(
            id=record_id(None, canonical, self.page.text),
            url=self.page.url,
            canonical_url=canonical,
            page_type=kind,
            platform="text",
            title=title,
            station=self.station,
            provenance=provenance(self.page),
        )
