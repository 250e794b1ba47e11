"""A page to a record: the platform's table is applied, the story's container walked once, its pieces sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper import addresses
from scraper.article import Article, Author, Block, Copyright, Origin, Quality, Removed
from scraper.errors import NotAnArticle
from scraper.extractor import blocks as blocks_of
from scraper.extractor import fields as fields_of
from scraper.extractor import gather, identity, languages, page_type, people, quality, regions, rights
from scraper.extractor.body import Body
from scraper.extractor.dom import has_words, outermost, words_of
from scraper.extractor.head import Head
from scraper.extractor.platforms import recognise
from scraper.extractor.platforms.base import Platform
from scraper.extractor.rules import NONE, Rules, learned_for
from scraper.extractor.sort import Sorted, sort
from scraper.extractor.speech import tell
from scraper.extractor.text import clean, fold
from scraper.extractor.walk import Walked, walk
from scraper.page import Page


def read(
    page: Page,
    *,
    stations: rights.Directory | None = None,
    captured: datetime | None = None,
    rules: Rules = NONE,
    platform: Platform | None = None,
) -> Article:
    """The record of an HTML page of any type, read by the table of `platform` where one is given, else of its own.

    Raises `NotAnArticle` only where there is nothing to read at all.
    """
    if platform is None:
        day = captured.date().isoformat() if captured else None
        platform = recognise(page, day=day, own=rules.platforms)
    return Reader(page, stations, captured, platform, rules).article()


class Reader:
    """What the steps of one reading share. Each step is a short method; `article` puts their results together.

    Afterwards `sign` says what told the page's type, and `around` what stands outside the story (None for a page that
    holds none), and `walks` what was read as the story's words.
    """

    def __init__(
        self,
        page: Page,
        stations: rights.Directory | None,
        captured: datetime | None,
        platform: Platform,
        rules: Rules = NONE,
    ) -> None:
        self.page = page
        self.stations = stations
        self.captured = captured
        self.tree = page.tree
        self.url = page.url
        self.head = Head(self.tree)
        self.platform = platform
        self.root = self._first(self.platform.root)
        self.base = page.final_url or page.url or self.head.canonical
        self.fields = fields_of.Fields(self.tree, self.head, self.platform, self.root, self.base)
        self.station = stations.station_of(page.url) if stations and page.url else None
        self.learned = learned_for(rules, page.final_url, page.url, self.head.canonical)
        self.sign = ""
        self.around: regions.Regions | None = None
        self.walks: list[Walked] = []

    def article(self) -> Article:
        bodies = self._containers(self.platform.body)
        spoken = self._spoken(bodies)
        has_body = any(has_words(node) for node in (*bodies, *spoken)[:6])
        kind, self.sign = page_type.decide(self.tree, self.head, self.platform, self.url, has_body=has_body)
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
        if walked is None:
            walked = self._walk([*bodies, *self._boxes(bodies, spoken)])
        byline, authors, outlet = self.fields.byline(site)
        names = [author.name for author in authors]
        language = languages.code(self.head.language)
        story = sort(walked.stream, title=title, byline=byline, names=names, learned=self.learned, language=language)
        speech = (
            sort(self._walk(spoken).stream, title=title, byline=byline, names=(), language=language) if spoken else None
        )
        if self.page.truncated:
            flags.append("truncated")
        body = Body(kind, title, byline, outlet, bodies, spoken, walked, story, speech, flags)
        return self._record(body, authors)

    def _walk(self, containers: Sequence[LexborNode]) -> Walked:
        platform = self.platform
        figures = ",".join(platform.figures)
        walked = walk(
            containers,
            platform.drops,
            figures=figures,
            quotes=platform.quotes,
            quote_by=platform.quote_by,
            speakers=platform.speakers,
            notes=platform.notes,
        )
        self.walks.append(walked)
        return walked

    def _record(self, body: Body, authors: list[Author]) -> Article:
        """The record of a story whose container has been walked and sorted."""
        fields, platform, story = self.fields, self.platform, body.story
        written = blocks_of.from_pieces(body.pieces)
        spoken = blocks_of.from_pieces(body.spoken_pieces) if body.speech is not None else None
        told = tell(written, spoken, [author.name for author in authors])
        self.around = around = regions.Regions(self.tree, platform, [*body.bodies, *body.spoken])
        drops = {**body.walked.dropped, **around.drops}
        audio = gather.audio(platform, self.head, fields.root, drops, self.base)
        if not told.blocks and not audio:
            raise NotAnArticle("other", "the page holds no story text")
        images, captions = gather.images(
            self.tree,
            platform,
            self.root,
            bodies=body.bodies,
            inside=body.walked.figures,
            regions=around.drops,
            base=self.base,
        )
        text = blocks_of.render(told.blocks)
        authors, notices = self._bios(authors, story)
        published = fields.published(self.captured)
        canonical = identity.canonical(self.head, self.url, self.base)
        story_id = identity.story_id(self.fields.first(self.platform.story_id), self.head.canonical, self.url)
        notices = [*body.notices, *told.notices, *notices]
        own = self._notice(notices)
        site = rights.site_notice(self.tree, self.platform.copyright, notices)
        subtitle = self._subtitle(body.title)
        removed = around.removed([*captions, *body.removed, *told.removed], _said(body, subtitle))
        section = fields.section()
        return Article(
            id=identity.record_id(story_id, canonical or self.url, text),
            url=self.url,
            canonical_url=canonical,
            page_type=page_type.transcript_or(body.kind, [block.kind for block in told.blocks]),
            platform=platform.name,
            title=body.title,
            subtitle=subtitle,
            teaser=self._teaser(text, body.title),
            station=self.station,
            origin=self._origin(body, canonical, story_id, own, site),
            section=section,
            program=fields.program(body.kind) or (section if body.kind == "episode" else None),
            tags=fields.tags(),
            byline=body.byline,
            authors=authors,
            published=published,
            modified=fields.modified(published),
            dateline=story.dateline,
            language=self.head.language,
            blocks=told.blocks,
            text=text,
            transcript=told.transcript,
            images=images,
            audio=audio,
            links=blocks_of.links([*body.pieces, *body.spoken_pieces], self.base),
            copyright=own or site,
            corrections=list(dict.fromkeys([*body.corrections, *told.corrections])),
            quality=self._quality(told.blocks, text, body, published, removed, authors=bool(authors)),
            removed=removed,
            provenance=identity.provenance(self.page, self.head, self.learned),
        )

    def _origin(
        self, body: Body, canonical: str | None, story_id: str | None, own: Copyright | None, site: Copyright | None
    ) -> Origin | None:
        return rights.origin(
            url=self.page.final_url or self.url,
            canonical=canonical,
            outlet=body.outlet,
            story_id=story_id,
            owner=self._layer("storyOrgId") or self.head.meta("org_id"),
            server=self._layer("stationOrgId"),
            notice=own,
            syndicated=body.story.syndicated,
            byline=body.byline,
            station=self.station,
            stations=self.stations,
            house=site.holder if site else None,
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
                if any(has_words(node) for node in found):
                    return found
        return []

    def _spoken(self, bodies: list[LexborNode]) -> list[LexborNode]:
        """Containers of a transcript that stand outside the body's own."""
        if self.tree.body is None:
            return []
        found = {node.mem_id: node for sel in self.platform.spoken for node in outermost(self.tree.body, sel)}
        if found:
            for inner in (node for body in bodies for sel in self.platform.spoken for node in body.css(sel)):
                found.pop(inner.mem_id, None)
        return list(found.values())

    def _boxes(self, bodies: Sequence[LexborNode], spoken: Sequence[LexborNode]) -> list[LexborNode]:
        """Correction boxes that stand in the story's root, but beside its body."""
        if not self.platform.notes or self.root is None:
            return []
        found = outermost(self.root, self.platform.notes)
        if not found:
            return []
        inside = {node.mem_id for body in (*bodies, *spoken) for node in body.css(self.platform.notes)}
        held = {id_ for body in (*bodies, *spoken) for id_ in regions.ancestry(body)}
        return [node for node in found if node.mem_id not in inside and node.mem_id not in held]

    def _fall_back(self, kind: str) -> tuple[Walked | None, str]:
        """The story as the generic path sees it, where no template's container holds it, and the page type then.

        A known template without its container has changed, or holds audio alone: it is only given up for a page that
        plainly shows a story.
        """
        known = self.platform.known
        if known and (kind in ("other", "list") or self._first(self.platform.body) is not None):
            return None, kind
        from scraper.extractor import generic

        found = generic.find(
            self.tree,
            self.platform,
            [t for t in (self.fields.title(), self.head.meta("og:title"), self.head.title) if t],
        )
        addressed = addresses.kind(self.url) == kind
        if found is None or not found.fits(kind, known=known, addressed=addressed):
            return None, kind
        self.fields.found = found.head
        self.sign = "it reads like a story"
        self.walks.append(found.walked)
        return found.walked, kind if kind in ("article", "episode") else "article"

    # ------------------------------------------------------------------ the story
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
        authors = people.with_roles(authors, fields_of.roles(nodes, self.platform))
        return people.with_bios(
            authors, [*fields_of.bios(nodes, self.platform), *((None, text) for text in story.bios)]
        )

    # ------------------------------------------------------------------ identity and rights
    def _layer(self, key: str) -> str | None:
        value = self.head.layer.get(key)
        return clean(str(value)) or None if value else None

    def _notice(self, found: Sequence[str]) -> Copyright | None:
        """The first of the story's own notices."""
        return next((notice for text in found if (notice := rights.parse_notice(text))), None)

    def _site_names(self) -> list[str]:
        names = [self.head.meta("og:site_name"), self._layer("siteName")]
        if self.station:
            names += [self.station.name, self.station.call_sign, self.station.domain]
        for source in self.platform.site_names:
            names += self.fields.texts(source)
        return [name for name in names if name]

    def _quality(
        self,
        blocks: list[Block],
        text: str,
        body: Body,
        published: str | None,
        removed: list[Removed],
        *,
        authors: bool,
    ) -> Quality:
        summary = self.fields.first(self.platform.teaser)
        same = summary and len(text) < 600 and fold(text).rstrip(".…") == fold(summary).rstrip(".…")
        flags = list(body.flags)
        if text and (same or any("udio will be available" in item.text for item in removed)):
            flags.append("summary-only")
        return quality.weigh(blocks, text, title=body.title, published=published, authors=authors, flags=flags)

    def _other(self, kind: str, title: str | None) -> Article:
        """The record of a page that is no story: what it is and where, nothing of its words."""
        canonical = identity.canonical(self.head, self.url, self.base)
        address = canonical or self.url
        words = words_of(self.tree.body) if address is None and self.tree.body is not None else ""
        return Article(
            id=identity.record_id(None, address, words),
            url=self.url,
            canonical_url=canonical,
            page_type=kind,
            platform=self.platform.name,
            title=re.sub(r"^(?:Author|Tag|Category|Topic|Archives?|Program)s?:\s+", "", title) if title else None,
            teaser=self._teaser("", title),
            station=self.station,
            language=self.head.language,
            provenance=identity.provenance(self.page, self.head),
        )


def _said(body: Body, subtitle: str | None) -> list[str]:
    """Lines of the page that have a field of their own."""
    byline = body.byline or ""
    return [line for line in (body.title, subtitle, byline, f"By {byline}", f"Por {byline}") if line]
