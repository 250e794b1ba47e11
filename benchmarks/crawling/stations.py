"""The simulated stations: addresses, feeds, and stories of the size and make of real Grove pages.

A story is a fixture page with an address and a title of its own. Its parts that never change are compressed once and
joined with the parts that do, so that serving a page costs next to nothing beside fetching it.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).parents[2] / "fixtures" / "pages" / "grove"
TEMPLATES = (
    "kxlr-collaboration-wheat-barge",
    "kunc-irrigation-ditch-lede-thrice",
    "wnlk-notes-and-correction-bridge",
    "kxlr-four-authors-election-night",
    "wnlk-longform-company-town",
    "klcc-figures-and-gallery-kites",
    "wcvr-appeals-school-lunch",
    "klcc-brief-under-alert-banner",
)
DAY = "2025-12-03"
HTML, RSS, XML, TEXT = "text/html; charset=utf-8", "application/rss+xml", "application/xml", "text/plain"
ROBOTS = b"User-agent: *\nDisallow: /admin/\nDisallow: /search?\nAllow: /search/help\n"

_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"
_SLOT = re.compile(rb"\x00([AT])\x00")


def address(number: int) -> str:
    """The address of a station, the first being 0. No two stations share one.

    >>> address(0), address(299)
    ('127.1.0.1', '127.1.1.45')
    """
    return f"127.1.{number // 255}.{number % 255 + 1}"


class Served(NamedTuple):
    """A body: as it is, and packed by gzip."""

    kind: str
    etag: str
    parts: tuple[bytes, ...]
    packed: tuple[bytes, ...]


class _Template:
    """A page with slots for its address (A) and its title (T)."""

    def __init__(self, name: str) -> None:
        record = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
        page = (PAGES / f"{name}.html").read_bytes()
        url, title = record["url"].partition("?")[0].encode(), record["title"].encode()
        page = page.replace(url, b"\0A\0").replace(url.replace(b"/", b"\\/"), b"\0A\0").replace(title, b"\0T\0")
        self.pieces = [
            (piece, _deflated(piece)) if number % 2 == 0 else (piece, b"")
            for number, piece in enumerate(_SLOT.split(page))
        ]
        if len(self.pieces) < 5:
            raise ValueError(f"{name} does not show its address and its title as its record has them")

    def filled(self, url: bytes, title: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        parts, packed, sum_, size = [], [_GZIP_HEAD], 0, 0
        for piece, deflated in self.pieces:
            part = piece if deflated else (url if piece == b"A" else title)
            parts.append(part)
            packed.append(deflated or _stored(part))
            sum_, size = zlib.crc32(part, sum_), size + len(part)
        packed.append(_LAST_BLOCK + sum_.to_bytes(4, "little") + size.to_bytes(4, "little"))
        return tuple(parts), tuple(packed)


def _deflated(data: bytes) -> bytes:
    """Blocks that stand for themselves, ending on a byte: they can be joined with others."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(data: bytes) -> bytes:
    return b"\0" + len(data).to_bytes(2, "little") + (len(data) ^ 0xFFFF).to_bytes(2, "little") + data


class Stations:
    """What all stations answer. `edition` is a part of every story's address: another one makes all stories new."""

    def __init__(self, stations: int, stories: int, port: int) -> None:
        self.stations = stations
        self.stories = stories
        self.port = port
        self.edition = 1
        self._templates = [_Template(name) for name in TEMPLATES]
        self._list = lru_cache(maxsize=2 * stations)(self._make_list)

    def origin(self, station: int) -> str:
        return f"http://{address(station)}:{self.port}"

    def answer(self, station: int, path: str) -> Served | None:
        """The answer of one station to a GET; None where it has no such page."""
        if path == "/robots.txt":
            return Served(TEXT, '"robots"', (ROBOTS,), (gzip.compress(ROBOTS),))
        if path in ("/index.rss", "/news-sitemap.xml"):
            return self._list(station, path, self.edition)
        found = re.fullmatch(rf"/news/{DAY}/report-(\d+)-(\d+)-from-the-county-seat", path)
        if not found or int(found[2]) >= self.stories:
            return None
        return self._story(station, int(found[1]), int(found[2]))

    def _story(self, station: int, edition: int, number: int) -> Served:
        template = self._templates[(station + number) % len(self._templates)]
        url = (self.origin(station) + self._path(edition, number)).encode()
        parts, packed = template.filled(url, self._title(station, edition, number).encode())
        return Served(HTML, f'"{station}-{edition}-{number}"', parts, packed)

    def _path(self, edition: int, number: int) -> str:
        return f"/news/{DAY}/report-{edition}-{number}-from-the-county-seat"

    def _title(self, station: int, edition: int, number: int) -> str:
        return f"Report {number} of edition {edition} from the seat of county {station}"

    def _make_list(self, station: int, path: str, edition: int) -> Served:
        pieces = self._feed(station, edition) if path == "/index.rss" else self._sitemap(station, edition)
        body = "".join(pieces).encode()
        kind = RSS if path == "/index.rss" else XML
        return Served(kind, f'"{path}-{station}-{edition}"', (body,), (gzip.compress(body, 6),))

    def _feed(self, station: int, edition: int) -> Iterator[str]:
        yield f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>County {station}</title>\n'
        for number in range(self.stories):
            url = self.origin(station) + self._path(edition, number)
            said = "What the council said in the evening, and what the valley made of it in the morning. " * 3
            yield f"<item><title>{self._title(station, edition, number)}</title><link>{url}</link>"
            yield f'<guid isPermaLink="true">{url}</guid><description>{said}</description>'
            yield f"<pubDate>Wed, 03 Dec 2025 {number // 60 % 24:02}:{number % 60:02}:00 GMT</pubDate></item>\n"
        yield "</channel></rss>\n"

    def _sitemap(self, station: int, edition: int) -> Iterator[str]:
        yield '<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        for number in range(self.stories):
            url = self.origin(station) + self._path(edition, number)
            yield f"<url><loc>{url}</loc><lastmod>{DAY}</lastmod></url>\n"
        yield "</urlset>\n"
