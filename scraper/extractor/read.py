"""One HTML page to one record: the platform's table is applied, the story's container walked once, its pieces sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin

import msgspec
from selectolax.lexbor import LexborNode

from scraper import addresses
from scraper.article import Article, Author, Block, Copyright, Quality, Removed, Transcript
from scraper.errors import NotAnArticle
from scraper.extractor import blocks as blocks_of
from scraper.extractor import fields as fields_of
from scraper.extractor import gather, page_type, quality, regions, rights
from scraper.extractor.head import Head
from scraper.extractor.identity import identity, npr_id, provenance
from scraper.extractor.platforms import recognise
from scraper.extractor.sort import Sorted, sort
from scraper.extractor.text import clean, fold
from scraper.extractor.walk import Piece, Walked, outermost, walk, words_of
from scraper.page import Page

_NPR_ID = re.compile(r"(?:nx-s1|g-s\d+|[a-z]{2,6}-s\d+)-\d+|\d{6,10}")
_HEADED = "transcript"
_HEADING = Block(kind="heading", text="Transcript", level=2)
"""Stands in for the container that says so: all in it is spoken."""


def read(page: Page, *, stations: rights.Directory | None = None, captured: datetime | None = None) -> Article:
    """The record of an HTML page of any type. Raises `NotAnArticle` only where there is nothing to read at all."""
    return _Reader(page, stations, captured).article()


class _Reader:
    """What the steps of one reading share. Each step is a short method; `article` puts their results together."""

    def __init__(self, page: Page, stations: rights.Directory | None, captured: datetime | None) -> None:
        self.page = page
        self.stations = stations
        self.captured = captured
        self.tree = page.tree
        self.url = page.url
        self.head = Head(self.tree)
        self.platform = recognise(page)
        self.root = self._first(self.platform.root)
        self.fields = fields_of.Fields(self.tree, self.head, self.platform, self.root)
        self.station = stations.station_of(page.url) if stations and page.url else None
        self.base = page.final_url or page.url or self.head.canonical

    def article(self) -> Article:
        bodies = self._containers(self.platform.body)
        spoken = self._spoken(bodies)
        has_body = any(words_of(node) for node in (*bodies, *spoken)[:6])
        kind, _ = page_type.decide(self.tree, self.head, self.platform, self.url, has_body=has_body)
        site = self._site_names()
        title = self.fields.title(site)
        walked: Walked | None = None
        flags: list[str] = []
        if not has_body and kind in ("article", "episode", "other", "list"):
            walked, kind = self._fall_back(kind)
            flags = ["fallback"] if walked else []
            bodies = walked.containers if walked else bodies
            title = self.fields.title(site)
        if kind not in ("article", "episode"):
            return self._other(kind, title)
        byline, authors, outlet = self.fields.byline(site)
        if walked is None:
            walked = walk(
                bodies,
                self.platform.drops,
                figures=",".join(self.platform.figures),
                quotes=self.platform.quotes,
                notes=self.platform.notes,
            )
        sorted_ = sort(walked.stream, title=title, byline=byline, names=[a.name for a in authors])
        speech = (
            sort(
                walk(spoken, self.platform.drops, figures=",".join(self.platform.figures)).stream,
                title=title,
                byline=byline,
                names=(),
            )
            if spoken
            else None
        )
        blocks, transcript, pieces, more = self._blocks(sorted_, speech, authors)
        published = self.fields.published(self.captured)
        program = self.fields.program(kind)
        section = self.fields.section()
        if kind == "episode" and program is None:
            program = section
        authors, notices = self._bios(authors, sorted_)
        text = blocks_of.render(blocks)
        teaser = self._teaser(text, title)
        around = regions.Regions(self.tree, self.platform, [*bodies, *spoken])
        drops = {**walked.dropped, **around.drops}
        audio = gather.audio(self.platform, self.head, self.fields.root, drops, self.base)
        inside = self._inside(sorted_, speech)
        if self.page.truncated:
            flags.append("truncated")
        if not blocks and not audio:
            raise NotAnArticle("other", "the page holds no story text")
        own = self._notice([*sorted_.notices, *(speech.notices if speech else []), *more, *notices])
        site_notice = self._site_notice()
        notice = own or site_notice
        images, captions = gather.images(
            self.tree, self.platform, self.root, bodies, walked.figures, around.drops, self.base
        )
        canonical = self._canonical()
        story_id = self._story_id()
        return Article(
            id=self._id(story_id, canonical, text),
            url=self.url,
            canonical_url=canonical,
            page_type=page_type.transcript_or(kind, [b.kind for b in blocks]),
            platform=self.platform.name,
            title=title,
            subtitle=self._subtitle(title),
            teaser=teaser,
            station=self.station,
            origin=rights.origin(
                url=self.page.final_url or self.url,
                canonical=canonical,
                outlet=outlet,
                story_id=story_id,
                owner=self._layer("storyOrgId") or self.head.meta("org_id"),
                server=self._layer("stationOrgId"),
                notice=own,
                syndicated=sorted_.syndicated,
                byline=byline,
                station=self.station,
                stations=self.stations,
                house=site_notice.holder if site_notice else None,
            ),
            section=section,
            program=program,
            tags=self.fields.tags(),
            byline=byline,
            authors=authors,
            published=published,
            modified=self.fields.modified(published),
            dateline=sorted_.dateline,
            language=self.head.language,
            blocks=blocks,
            text=text,
            transcript=transcript,
            images=images,
            audio=audio,
            links=blocks_of.links(pieces, self.base),
            copyright=notice,
            corrections=[*sorted_.corrections, *(speech.corrections if speech else [])],
            quality=self._quality(blocks, text, title, published, authors, inside, flags),
            removed=around.removed([*captions, *inside]),
            provenance=provenance(self.page),
        )

    # ------------------------------------------------------------------ containers
    def _first(self, selectors: Sequence[str]) -> LexborNode | None:
        for selector in selectors:
            node = self.tree.css_first(selector)
            if node is not None:
                return node
        return None

    def _containers(self, selectors: Sequence[str]) -> list[LexborNode]:
        """All outermost matches of the first selector that finds any words inside the story's root."""
        for where in (self.root, self.tree.body):
            if where is None:
                continue
            for selector in selectors:
                found = outermost(where, selector)
                if any(words_of(node) for node in found):
                    return found
        return []

    def _spoken(self, bodies: list[LexborNode]) -> list[LexborNode]:
        """Containers of a transcript that stand outside the body's own."""
        inside = {id_ for body in bodies for id_ in (n.mem_id for sel in self.platform.spoken for n in body.css(sel))}
        found = (
            []
            if self.tree.body is None
            else [n for sel in self.platform.spoken for n in outermost(self.tree.body, sel)]
        )
        unique = {node.mem_id: node for node in found if node.mem_id not in inside}
        return list(unique.values())

    def _fall_back(self, kind: str) -> tuple[Walked | None, str]:
        """The story as the generic path sees it, where no template's container holds it, and the page type then.

        A known template without its container has changed, or holds audio alone: it is only given up for a page that
        plainly shows a story.
        """
        known = self.platform.name != "generic"
        if known and (kind in ("other", "list") or self._first(self.platform.body) is not None):
            return None, kind
        from scraper.extractor import generic

        found = generic.find(
            self.tree,
            self.platform,
            [t for t in (self.fields.title(), self.head.meta("og:title"), self.head.title) if t],
        )
        if found is None or not found.fits(kind, known=known):
            return None, kind
        self.fields.found = found.head
        return found.walked, kind if kind in ("article", "episode") else "article"

    # ------------------------------------------------------------------ the story
    def _blocks(
        self, story: Sorted, speech: Sorted | None, authors: list[Author]
    ) -> tuple[list[Block], Transcript | None, list[Piece], list[str]]:
        """Blocks, transcript, the pieces they come from, and the notices found in the transcript's foot."""
        from scraper.extractor import transcript as grammar

        names = [author.name for author in authors]
        pieces = [item for item in story.stream if isinstance(item, Piece)]
        blocks = blocks_of.from_pieces(pieces)
        if speech is not None:
            spoken = [item for item in speech.stream if isinstance(item, Piece)]
            parsed = grammar.parse([_HEADING, *_unheaded(blocks_of.from_pieces(spoken))], certain=True, people=names)
            if parsed is not None:
                return [*blocks, *parsed.blocks], parsed.transcript, pieces + spoken, parsed.footer
            return blocks + blocks_of.from_pieces(spoken), None, pieces + spoken, []
        headed = next((i for i, b in enumerate(blocks) if is_transcript_heading(b)), None)
        if headed is not None:
            parsed = grammar.parse(blocks[headed + 1 :], certain=True, people=names)
            if parsed is not None:
                return [*blocks[:headed], *parsed.blocks], parsed.transcript, pieces, parsed.footer
        parsed = grammar.parse(blocks, people=names)
        if parsed is None:
            return blocks, None, pieces, []
        return parsed.blocks, parsed.transcript, pieces, parsed.footer

    def _teaser(self, text: str, title: str | None) -> str | None:
        """The summary, unless it is the headline again or the story's own beginning cut short."""
        teaser = self.fields.first(self.platform.teaser)
        if not teaser or (title and fold(teaser) == fold(title)):
            return None
        start = fold(teaser).rstrip(".… ")
        return None if text and start in fold(text[: 3 * len(teaser) + 200]) else teaser

    def _subtitle(self, title: str | None) -> str | None:
        subtitle = self.fields.first(self.platform.subtitle) if self.platform.subtitle else None
        return None if subtitle and title and fold(subtitle) == fold(title) else subtitle

    def _bios(self, authors: list[Author], story: Sorted) -> tuple[list[Author], list[str]]:
        """The authors with their biographies, and copyright notices that stand at a biography's end."""
        nodes: list[LexborNode] = []
        for selector in self.platform.bios:
            nodes = outermost(self.tree.body, selector) if self.tree.body is not None else []
            if nodes:
                break
        found = [*fields_of.bios(nodes, self.platform), *((None, text) for text in story.bios)]
        notices: list[str] = []
        result = list(authors)
        for name, text in found:
            cut = re.search(r"\s*\[?((?:Copyright|©)[^\[\]]{4,120})\]?\s*$", text)
            if cut:
                notices.append(clean(cut[1]))
                text = text[: cut.start()].rstrip()
            if not text:
                continue
            for index, author in enumerate(result):
                if author.bio is None and (
                    (name and fold(name) == fold(author.name)) or (not name and _about(author.name, text))
                ):
                    result[index] = msgspec.structs.replace(author, bio=text)
                    break
        return result, notices

    def _inside(self, story: Sorted, speech: Sorted | None) -> list[Removed]:
        stream = [*story.stream, *(speech.stream if speech else [])]
        return [item for item in stream if isinstance(item, Removed)]

    # ------------------------------------------------------------------ identity and rights
    def _canonical(self) -> str | None:
        canonical = self.head.canonical or self.head.meta("og:url")
        if canonical:
            canonical = urljoin(self.base or "", canonical)
        if not canonical or addresses.split(canonical) is None:
            canonical = addresses.normalise(self.url) if self.url else None
        return canonical

    def _layer(self, key: str) -> str | None:
        value = self.head.layer.get(key)
        return clean(str(value)) or None if value else None

    def _story_id(self) -> str | None:
        """NPR's or CDS' id of the story: from the page's data, or from an address on npr.org."""
        value = self.fields.first(self.platform.story_id) if self.platform.story_id else None
        if value and _NPR_ID.fullmatch(value):
            return value
        if self.platform.name == "npr":
            node = self.tree.css_first("body")
            marked = re.search(
                r"\bid((?:nx-s1|g-s\d+)-\d+|\d{6,10})\b",
                (node.attributes.get("class") or "") if node is not None else "",
            )
            if marked:
                return marked[1]
        return npr_id(self.head.canonical) or npr_id(self.url)

    def _id(self, story_id: str | None, canonical: str | None, text: str) -> str:
        return identity(story_id, canonical or self.url, text)

    def _notice(self, found: Sequence[str]) -> Copyright | None:
        """The first of the story's own notices."""
        return next((notice for text in found if (notice := rights.parse_notice(text))), None)

    def _site_notice(self) -> Copyright | None:
        """The notice of the site's foot: a line of its own with the sign or the word."""
        for selector in self.platform.copyright:
            for node in self.tree.css(selector):
                whole = node.text(separator="\n")
                for line in [clean(node.text())] if len(whole) < 400 else whole.split("\n"):
                    notice = rights.parse_notice(line) if "©" in line or "opyright" in line else None
                    if notice:
                        return notice
        return None

    def _site_names(self) -> list[str]:
        names = [self.head.meta("og:site_name"), self._layer("siteName")]
        if self.station:
            names += [self.station.name, self.station.call_sign, self.station.domain]
        names += self.fields.texts(self.platform.section[0]) if self.platform.name == "npr" else []
        return [name for name in names if name]

    def _quality(
        self,
        blocks: list[Block],
        text: str,
        title: str | None,
        published: str | None,
        authors: list[Author],
        inside: list[Removed],
        flags: list[str],
    ) -> Quality:
        summary = self.fields.first(self.platform.teaser)
        same = summary and len(text) < 600 and fold(text).rstrip(".…") == fold(summary).rstrip(".…")
        if text and (same or any(item.rule == "player.later" for item in inside)):
            flags = [*flags, "summary-only"]
        return quality.weigh(blocks, text, title=title, published=published, authors=bool(authors), flags=flags)

    def _other(self, kind: str, title: str | None) -> Article:
        """The record of a page that is no story: what it is and where, nothing of its words."""
        canonical = self._canonical()
        return Article(
            id=identity(None, canonical or self.url, words_of(self.tree.body) if self.tree.body is not None else ""),
            url=self.url,
            canonical_url=canonical,
            page_type=kind,
            platform=self.platform.name,
            title=re.sub(r"^(?:Author|Tag|Category|Topic|Archives?|Program)s?:\s+", "", title) if title else None,
            teaser=self._teaser("", title),
            station=self.station,
            language=self.head.language,
            provenance=provenance(self.page),
        )


def is_transcript_heading(block: Block) -> bool:
    return (
        len(block.text) < 40
        and block.kind in ("heading", "paragraph")
        and fold(block.text).rstrip(":.")
        in (
            _HEADED,
            "full transcript",
            "interview transcript",
            "episode transcript",
            "read the transcript",
            "transcripcion",
        )
    )


def _unheaded(blocks: list[Block]) -> list[Block]:
    return blocks[1:] if blocks and is_transcript_heading(blocks[0]) else blocks


def _about(name: str, text: str) -> bool:
    return fold(name) in fold(text[:200]) or fold(name.rsplit(maxsplit=1)[-1]) in fold(text[:60])
