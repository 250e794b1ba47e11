"""What a page says of itself for machines: <meta>, schema.org JSON-LD, Brightspot's data layer, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from scraper.extractor.patterns import lazily
from scraper.extractor.text import clean

_STORY_TYPES = re.compile(
    r"(?:(?:Reportage|News|Opinion|Analysis|Background|Review|Blog|Live|Advertiser|Social|Scholarly|Satirical)\w*Article\w*"
    r"|Article|BlogPosting|LiveBlogPosting|RadioEpisode|PodcastEpisode|TVEpisode|Episode|AudioObject|Clip)"
)
_CONTROLS = lazily(r"[\x00-\x1f]+")

_DIRECTIVES = frozenset("noindex nofollow none noarchive nocache nosnippet noimageindex noai noimageai".split())


class Head:
    """Lazily read: nothing is parsed before it is asked for."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of all <meta> by name, property or itemprop in lower case. Old npr.org pages write `value`."""
        found: dict[str, list[str]] = {}
        head = self.tree.head
        inside = head.css("meta") if head is not None else []
        for node in inside or self.tree.css("meta"):  # an archive's wrapper pushes them into the body
            attributes = node.attributes
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content") or attributes.get("value")
            if name and content and content.strip():
                found.setdefault(name.lower(), []).append(content)
        return found

    def meta(self, name: str) -> str | None:
        values = self.metas.get(name.lower())
        return clean(values[0]) or None if values else None

    @cached_property
    def classes(self) -> str:
        """The classes of <html> and <body>, where templates name themselves, each between spaces."""
        nodes = (self.tree.css_first("html"), self.tree.body)
        names = [(node.attributes.get("class") or "") for node in nodes if node is not None]
        return f" {' '.join(' '.join(names).split())} "

    @property
    def reservations(self) -> list[str]:
        """What the page reserves for robots of all kinds: its directives for everybody ("noarchive", "noai"), and
        "tdm-reservation" where text and data mining is reserved (TDMRep, a W3C community report)."""
        words = [
            word.strip().lower() for content in self.metas.get("robots", []) for word in content.split(",") if word
        ]
        found = [word for word in words if word in _DIRECTIVES]
        if "1" in (value.strip() for value in self.metas.get("tdm-reservation", [])):
            found.append("tdm-reservation")
        return found

    @cached_property
    def title(self) -> str | None:
        node = self.tree.css_first("title")
        return clean(node.text()) or None if node is not None else None

    @cached_property
    def canonical(self) -> str | None:
        head = self.tree.head
        select = 'link[rel~="canonical" i]'
        for node in (head.css(select) if head is not None else ()) or self.tree.css(select):
            href = (node.attributes.get("href") or "").strip()
            if href:
                return href
        return None

    @cached_property
    def language(self) -> str | None:
        root = self.tree.css_first("html")
        value = (root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else None
        value = clean(value or self.meta("og:locale") or self.meta("dc.language")).replace("_", "-")
        return value if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value) else None

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        """All JSON-LD objects of the page, `@graph` unfolded, in page order. Broken blocks are skipped."""
        objects: list[dict[str, Any]] = []
        for node in self.tree.css('script[type="application/ld+json"]'):
            data = _json(node.text())
            for item in data if isinstance(data, list) else [data]:
                if isinstance(item, dict):
                    graph = item.get("@graph")
                    objects += [g for g in graph if isinstance(g, dict)] if isinstance(graph, list) else [item]
        return objects

    @cached_property
    def story(self) -> dict[str, Any]:
        """The JSON-LD object that describes the story itself; empty where there is none."""
        best: dict[str, Any] = {}
        for item in self.linked_data:
            if any(_STORY_TYPES.fullmatch(kind) for kind in types(item)):
                if "headline" in item or "datePublished" in item:
                    return item
                best = best or item
        return best

    @cached_property
    def layer(self) -> dict[str, Any]:
        """Brightspot's data layer (`brightspot-dataLayer`): JSON in a <meta>, escaped once or twice."""
        value = (self.metas.get("brightspot-datalayer") or [""])[0]
        if "&quot;" in value:
            from html import unescape

            value = unescape(value)
        data = _json(value) if value else None
        return data if isinstance(data, dict) else {}

    def values(self, source: str) -> list[str]:
        """What a `meta:`, `ld:`, `layer:`, `class:` or `title:` source gives, cleaned, empty ones left out."""
        kind, _, name = source.partition(":")
        raw: list[Any]
        if kind == "meta":
            raw = list(self.metas.get(name.lower(), ()))
        elif kind == "ld":
            raw = list(follow(self.story, name.split(".")))
        elif kind == "layer":
            raw = list(follow(self.layer, name.split(".")))
        elif kind == "class":
            raw = re.findall(name, self.classes)
        else:
            raw = [self.title]
        return [text for value in raw if isinstance(value, str | int) and (text := clean(str(value)))]


def types(item: dict[str, Any]) -> list[str]:
    """The `@type` names of a JSON-LD object, without the vocabulary's address."""
    value = item.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def follow(value: Any, path: list[str]) -> Iterator[Any]:
    """All values at the end of a path of keys, through lists."""
    if isinstance(value, list):
        for item in value:
            yield from follow(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from follow(value[path[0]], path[1:])


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        pass
    try:  # raw line breaks inside strings are the usual fault
        return msgspec.json.decode(_CONTROLS().sub(" ", text).strip().rstrip(";"))
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
