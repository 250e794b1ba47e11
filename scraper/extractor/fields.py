"""Fields of the record from a platform's sources: title, people, dates, section, tags, images, audio."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper import addresses
from scraper.article import Author
from scraper.extractor import dates, datewords, people
from scraper.extractor.dom import outermost, words_of
from scraper.extractor.head import Head
from scraper.extractor.patterns import lazily
from scraper.extractor.platforms.base import Platform
from scraper.extractor.text import clean, fold
from scraper.extractor.walk import lines_of

if TYPE_CHECKING:
    from scraper.extractor.edges import Edges

MACHINE = ("meta:", "ld:", "layer:", "title:", "class:")
_BY = {"de": "von", "fr": "par", "it": "di", "nl": "door"}
"""What stands before the author, by language; a name may begin so elsewhere (Von Miller)."""
_NO_SECTION = ("podcast", "podcasts", "episodes", "uncategorized")
"""Kinds of page that some sites file as a section."""
_LINKS = re.compile(r" a(?::not\([^)]*\))?$")
"""A selector that names links alone."""
_DATE_BEHIND = lazily(
    r"\s*(?:[|·•–—-]\s*)?\b(?:Published|Posted|(?:Last )?[Uu]pdated|Veröffentlicht|Aktualisiert|Stand|Publié|Publicado)\b"
    r"(?: on| am| le| el)?:?\s+[^a-z].*$",
    re.S,
)
"""A date line in one element with the byline."""
_SITE_TAIL = lazily(r"\s+(?:[|•·»]|[-–—]|:{1,2})\s+")


class Fields:
    """The sources of one platform applied to one page."""

    def __init__(
        self, tree: LexborHTMLParser, head: Head, platform: Platform, root: LexborNode | None, base: str | None = None
    ) -> None:
        self.tree = tree
        self.head = head
        self.platform = platform
        self.root = root if root is not None else tree.body
        self.base = base or head.canonical or ""
        self.found: Edges | None = None
        """What the head of a story without template says: it fills what no source gives."""

    def nodes(self, selector: str) -> list[LexborNode]:
        """Matches inside the story's root."""
        return self.root.css(selector) if self.root is not None else []

    def texts(self, source: str) -> list[str]:
        """All values of one source, cleaned, empty ones left out."""
        if source.startswith(MACHINE):
            return self.head.values(source)
        selector, mark, attribute = source.partition("@")
        nodes = self.nodes(selector)
        if mark:
            return [text for node in nodes if (text := clean(node.attributes.get(attribute)))]
        return [text for node in nodes if (text := words_of(node))]

    def first(self, sources: Iterable[str]) -> str | None:
        for source in sources:
            values = self.texts(source)
            if values:
                return values[0]
        return None

    def title(self, site: Sequence[str] = ()) -> str | None:
        """The headline as shown. Machine-made titles lose the name of the site or show that is tacked on."""
        if self.found and self.found.headline:
            return strip_site(self.found.headline, site)
        for source in self.platform.title:
            values = [value for value in self.texts(source) if not dates.is_date(value)]
            if values:
                return strip_site(values[0], site) if source.startswith(MACHINE) else values[0]
        return None

    def tags(self) -> list[str]:
        for source in self.platform.tags:
            values = [value.strip(" ,#") for value in self.texts(source)]
            values = [v for v in dict.fromkeys(values) if v and fold(v) not in ("tags", "tagged", "topics")]
            if values:
                return values
        return []

    def section(self) -> str | None:
        value = self.first(self.platform.section)
        value = re.sub(r"^NPR > ", "", value) if value else None
        return value if value and len(value) <= 80 and fold(value) not in _NO_SECTION else None

    def program(self, page_type: str) -> str | None:
        for source in self.platform.program:
            name, _, only = source.partition("!")
            values = [] if only == "episode" and page_type != "episode" else self.texts(name)
            if values:
                return re.sub(r"^(?:Heard on|From|Part of)\s+", "", values[0])
        return None

    # ------------------------------------------------------------------ people
    def byline(self, site: Sequence[str] = ()) -> tuple[str | None, list[Author], str | None]:
        """The byline as shown without its "By", the people in it, and the outlet before "| By".

        Names that stand in the page's data alone do not count where they are the names of the `site`.
        """
        shown = self._shown_byline() or (self.found.byline if self.found else None)
        by = _BY.get((self.head.language or "")[:2].lower())
        shown = re.sub(rf"^{by}\s+", "", shown, flags=re.I) if by and shown else shown
        outlet, rest = people.outlet(shown) if shown else (None, "")
        parsed = people.parse(rest) if rest else []
        house = {fold(name) for name in site}
        named = [author for author in self._named() if shown or fold(author.name) not in house]
        if named and shown and all(fold(author.name) in fold(shown) for author in named):
            roles = {fold(author.name): author for author in parsed}
            set_apart = self._set_apart()
            more = [a for name, a in roles.items() if name in set_apart and name not in {fold(n.name) for n in named}]
            parsed = [*(roles.get(fold(author.name), author) for author in named), *more]
        authors = parsed or named
        if outlet:
            authors = [a if a.affiliation else msgspec.structs.replace(a, affiliation=outlet) for a in authors]
        text = people.strip_by(shown) if shown else ""
        return text or ", ".join(a.name for a in authors) or None, self._linked(authors), outlet

    def _shown_byline(self) -> str | None:
        for selector in self.platform.byline:
            for node in self.nodes(selector):
                text = _DATE_BEHIND().sub("", lines_of(node))
                if text and not text[0].isdigit() and len(text) <= 400 and re.search(r"[^\W\d_]{2}", text):
                    more = [_names_alone(words_of(n)) for n in self._contributors(node)]
                    return ", ".join([clean(text.replace("\n", " ")).rstrip(" ,"), *more]) if more else text
        return None

    def _set_apart(self) -> set[str]:
        """What stands in an element of its own in the byline: a person, whom the page's data may have left out."""
        places = [*self.platform.byline[:1], '[class$="-contributors"]']
        nodes = [node for place in places for within in self.nodes(place) for node in within.css("a,.Link")]
        return {fold(node.text()) for node in nodes}

    def _contributors(self, byline: LexborNode) -> list[LexborNode]:
        """Grove sets further people beside the first one's element."""
        if self.root is None:
            return []
        inside = {node.mem_id for node in byline.css('[class*="-contributors"]')}
        return [n for n in self.root.css('[class$="-contributors"]') if n.mem_id not in inside and words_of(n)]

    def _named(self) -> list[Author]:
        for source in self.platform.authors:
            names: list[Author] = []
            for value in self.texts(source):
                for part in value.split("|"):
                    names += people.parse(part) if people.strip_by(part) else []
            names = people.unique([author for author in names if not author.name.startswith(("http", "/"))])
            if names:
                return names
        return []

    def _linked(self, authors: list[Author]) -> list[Author]:
        """The authors with the address that their name in the byline leads to."""
        if self.root is None or not authors:
            return authors
        links: dict[str, str] = {}
        own = [f"{source} a[href]" for source in self.platform.byline if "@" not in source]
        own += [source for source in self.platform.authors if _LINKS.search(source)]
        marks = ['[class*="yline"] a[href]', '[class*="uthor"] a[href]', 'a[rel~="author"]', *own]
        for node in self.root.css(",".join(marks)):
            href = (node.attributes.get("href") or "").strip()
            if href and not href.startswith(("mailto:", "javascript:", "#")):
                links.setdefault(fold(node.text()), href)
        if not links:
            return authors
        found = ((author, links.get(fold(author.name))) for author in authors)
        return [
            msgspec.structs.replace(author, url=addresses.join(self.base, href)) if href else author
            for author, href in found
        ]

    # ------------------------------------------------------------------ dates
    def local_zone(self) -> str | None:
        """The zone's name: the page's own, else the template's, else that of the host's country where it has one alone."""
        value = self.head.layer.get("timezone")
        named = value if isinstance(value, str) else self.platform.zone
        return named or datewords.zone_of(addresses.bare_host(self.base))

    def published(self, captured: datetime | None = None) -> str | None:
        """The moment of publication; the day alone where no source places the clock."""
        day: str | None = None
        for source in (
            *self.platform.published,
            *(f"{s}!words" for s in self.platform.visible_date),
            *self.platform.date_only,
        ):
            value = self.date(source, captured)
            if value and "T" in value:
                return value
            day = day or value
        for line in self.found.dates if self.found and not day else ():
            day = day or dates.from_words(line, local=self.local_zone()) or dates.from_iso(line)
        return day

    def modified(self, published: str | None) -> str | None:
        """The moment of the last change, where it is later than publication by a minute and more."""
        for source in self.platform.modified:
            value = self.date(source, None)
            if value and published and ("T" not in value or "T" not in published):
                value = value if value[:10] > published[:10] else None
            if value and published and "T" in value and "T" in published:
                later = datetime.fromisoformat(value) - datetime.fromisoformat(published)
                value = value if later.total_seconds() >= 60 else None
            if value:
                return value
        return None

    def date(self, source: str, captured: datetime | None) -> str | None:
        name, _, reading = source.partition("!")
        for value in self.texts(name):
            if reading == "words":
                found = dates.from_words(value, local=self.local_zone(), captured=captured)
            elif reading == "utc":
                found = dates.from_iso(value, naive=UTC)
            elif reading == "eastern":
                found = dates.from_iso(value, wall=dates.EASTERN)
            elif reading == "day":
                found = (dates.from_iso(value) or "")[:10] or None
                found = value[:10] if found and value[:4].isdigit() else found
            else:
                found = dates.from_iso(value, naive=self.local_zone()) or dates.from_words(
                    value, local=self.local_zone()
                )
            if found:
                return found
        return None


def _names_alone(text: str) -> str:
    """The names of a list of contributors, without its label."""
    return re.sub(r"\s+,", ",", re.sub(r"^(?:Contributors?|Contributing|With)\s*:\s*", "", clean(text))).strip(" ,")


def strip_site(title: str, site: Sequence[str]) -> str:
    """A machine-made title without the trailing names of site, show or station.

    >>> strip_site("Ice road opens | KPBS Public Media", ["KPBS Public Media"])
    'Ice road opens'
    """
    names = {fold(name) for name in site if name}
    parts = _SITE_TAIL().split(title)
    separators = _SITE_TAIL().findall(title)
    while len(parts) > 1 and (fold(parts[-1]) in names or (fold(parts[-1]) == "npr")):
        parts.pop()
        separators.pop()
    return clean("".join(a + b for a, b in zip(parts, [*separators, ""])))


def bios(nodes: Iterable[LexborNode], platform: Platform) -> list[tuple[str | None, str]]:
    """Name and text of the biographies in the given elements."""
    found: list[tuple[str | None, str]] = []
    for node in nodes:
        names = outermost(node, platform.bio_name) if platform.bio_name else []
        contents = outermost(node, platform.bio_text) if platform.bio_text else [node]
        for index, content in enumerate(contents):
            text = _without_last_link(content)
            name = words_of(names[index]) if index < len(names) else None
            if text:
                found.append((name or None, text))
    return found


def roles(nodes: Iterable[LexborNode], platform: Platform) -> dict[str, str]:
    """What the people presented in the given elements are, by their names."""
    found: dict[str, str] = {}
    for node in nodes if platform.bio_role else ():
        name, role = node.css_first(platform.bio_name), node.css_first(platform.bio_role)
        if name is not None and role is not None and words_of(name) != words_of(role):
            found[fold(people.strip_by(words_of(name)))] = words_of(role)
    return found


def _without_last_link(node: LexborNode) -> str:
    """The words of a biography, less a link to more ("See stories by …") after its last full stop."""
    text = words_of(node)
    for link in node.css("a[href]")[-1:]:
        last = words_of(link)
        before = text.removesuffix(last).rstrip() if last else text
        if before != text and before[-1:] in '.!?…”"':
            return before
    return text
