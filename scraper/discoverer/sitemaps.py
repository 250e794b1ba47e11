"""Sitemaps and indexes of sitemaps (sitemaps.org), with the news extension: read as a stream, within bounds.

Nothing outside the bytes is ever read: entities are not resolved, DTDs not loaded. After a slip of syntax the file is
read once more with the usual slips mended (`mended.py`); after any other the entries in front of it stand, with
`partial` set. A parser that recovers by itself would make addresses up.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from scraper.discoverer.feeds import parse_feed
from scraper.discoverer.mended import mended
from scraper.discoverer.model import Item, Limits, Listing, UnreadableError
from scraper.discoverer.when import moment

if TYPE_CHECKING:
    from lxml import etree

_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"
_LONGEST_WORDS = 4096
_LARGEST_ENTRY = 1024 * 1024
_LONGEST_TITLE = 500


def parse_sitemap(body: bytes, *, url: str, limits: Limits | None = None) -> Listing:
    """The pages that a sitemap lists, or the sitemaps that an index names, in its order.

    Plain or gzip; XML, a list of addresses as text, or a feed (the protocol allows all three). Raises
    `UnreadableError` for anything else.
    """
    limits = limits or Limits()
    stream = _Text(body, limits.sitemap_bytes)
    chunks = iter(stream)
    head = next(chunks, b"")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise UnreadableError(stream.cut or "the answer is empty")
    if re.match(rb"<!doctype html|<html", start, re.I):
        raise UnreadableError("an HTML page, not a sitemap")
    if re.search(rb"<(?:rss|feed|rdf:RDF)[\s>]", start[:4096]):
        return parse_feed(start + b"".join(chunks), url=url, limits=limits)
    if b"\0" not in start and not start.startswith(b"<"):
        return _lines(start + b"".join(chunks), stream, limits)
    return _elements(start if head[:1].isspace() else head, chunks, stream, url, limits)


class _Text:
    """The text of a sitemap in pieces, unpacked as they are asked for. `cut` says why it ended early, if it did."""

    def __init__(self, body: bytes, limit: int) -> None:
        self.body = body
        self.limit = limit
        self.cut: str | None = None

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._unpacked() if self.body.startswith(_GZIP) else self._plain():
            size += len(piece)
            if size > self.limit:
                self.cut = f"larger than {self.limit} bytes, the rest was not read"
                yield piece[: len(piece) - (size - self.limit)]
                return
            yield piece

    def _plain(self) -> Iterator[bytes]:
        for at in range(0, len(self.body), _CHUNK):
            yield self.body[at : at + _CHUNK]

    def _unpacked(self) -> Iterator[bytes]:
        rest = self.body
        while rest.startswith(_GZIP):  # one member after another
            unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            while rest and not unpacker.eof:
                try:
                    piece = unpacker.decompress(rest, _CHUNK)
                except zlib.error:
                    self.cut = "damaged gzip data"
                    return
                rest = unpacker.unconsumed_tail
                if piece:
                    yield piece
            if not unpacker.eof:
                self.cut = "the gzip data ends early"
                return
            rest = unpacker.unused_data


def _lines(text: bytes, stream: _Text, limits: Limits) -> Listing:
    """A sitemap of one address a line."""
    words = text.decode("utf-8", "replace").split("\n")
    found = [word.strip() for word in words if word.strip().startswith(("http://", "https://"))]
    if not found:
        raise UnreadableError("neither XML nor a list of addresses")
    more = f"more than {limits.sitemap_items} addresses, the rest was not read"
    items = [Item(word) for word in found[: limits.sitemap_items]]
    return Listing(items, [], more if len(found) > limits.sitemap_items else stream.cut)


def _elements(head: bytes, chunks: Iterator[bytes], stream: _Text, url: str, limits: Limits) -> Listing:
    listing, slip = _parsed(chain([head], chunks), stream, url, limits)
    if slip and not stream.cut:
        again = _Text(stream.body, stream.limit)
        better, left = _parsed(mended(_without_space(again)), again, url, limits)
        if not left or len(better.items) + len(better.children) > len(listing.items) + len(listing.children):
            return better
    return listing


def _without_space(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """XML begins with its first character; some files have white space in front of it."""
    pieces = iter(chunks)
    yield next(pieces, b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    yield from pieces


def _parsed(chunks: Iterable[bytes], stream: _Text, url: str, limits: Limits) -> tuple[Listing, bool]:
    """What the text lists, and whether a slip of syntax ended it."""
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    reading = _Entries(url, limits.sitemap_items)
    pieces = iter(chunks)
    head = next(pieces, b"")
    partial = slip = None
    root = None
    try:
        partial = reading.take_all(parser, chain([head], pieces))
        root = None if partial else parser.close()
    except etree.XMLSyntaxError as error:
        reading.take_what_is_left(parser)
        slip = f"not well-formed: {' '.join(str(error.msg).split())}"
    name = _local(root) if root is not None else reading.root or _root_in(head)
    if name not in ("urlset", "sitemapindex"):
        what = f"<{name}>" if name else "no XML"
        raise UnreadableError(f"not a sitemap but {what}" + (f" ({partial or slip})" if partial or slip else ""))
    return Listing(reading.items, reading.children, stream.cut or partial or slip), slip is not None


def _root_in(head: bytes) -> str | None:
    """The root's name, for a document that breaks off before its first entry."""
    found = re.search(rb"<(?:\w+:)?([A-Za-z]\w*)", head)
    return found[1].decode() if found else None


class _Entries:
    """Entries taken off the parser as they end; what was taken is thrown away, so that memory stays flat."""

    def __init__(self, base: str, limit: int) -> None:
        self.base = base
        self.limit = limit
        self.root: str | None = None
        self.items: list[Item] = []
        self.children: list[Item] = []

    def take_all(self, parser: etree.XMLPullParser, chunks: Iterable[bytes]) -> str | None:
        """Why not all was taken, if so."""
        since_last = 0
        for chunk in chunks:
            parser.feed(chunk)
            since_last += len(chunk)
            before = len(self.items) + len(self.children)
            if not self.take(parser):
                return f"more than {self.limit} entries, the rest was not read"
            if len(self.items) + len(self.children) > before:
                since_last = 0
            elif since_last > _LARGEST_ENTRY:
                return f"no entry in {_LARGEST_ENTRY} bytes, the rest was not read"
        return None

    def take(self, parser: etree.XMLPullParser) -> bool:
        """False once there are as many entries as are allowed."""
        for _, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
            root = element.getparent()
            if root is None or root.getparent() is not None:
                continue
            if len(self.items) + len(self.children) >= self.limit:
                return False
            self.root = self.root or _local(root)
            self._add(self.items if _local(element) == "url" else self.children, element)
            element.clear()
            while element.getprevious() is not None:
                del root[0]
        return True

    def take_what_is_left(self, parser: etree.XMLPullParser) -> None:
        from lxml import etree

        try:
            self.take(parser)
        except etree.XMLSyntaxError:  # the parser tells of its error once more
            return

    def _add(self, to: list[Item], element: etree._Element) -> None:
        loc = lastmod = published = title = None
        news = False
        for child in element:
            name = _local(child)
            if name == "loc":
                loc = loc or (None if len(child) else _words(child))  # an unresolved entity is no address
            elif name == "lastmod":
                lastmod = moment(_words(child))
            elif name == "news":
                news = True
                published = moment(_words(child.find("{*}publication_date")))
                title = _words(child.find("{*}title"))
        if not loc:
            return
        try:
            to.append(Item(loc if loc.startswith("http") else urljoin(self.base, loc), published, title, lastmod, news))
        except ValueError:  # an address that urljoin refuses, such as http://[
            return


def _local(element: etree._Element) -> str:
    """The name without its namespace: many sitemaps have a wrong one, or none."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _words(element: etree._Element | None) -> str | None:
    """The text of an element, white space collapsed. Comments and unresolved entities add nothing."""
    if element is None:
        return None
    text = "".join(str(piece) for piece in element.itertext()) if len(element) else element.text or ""
    return " ".join(text.split())[:_LONGEST_WORDS] or None
