"""A page: bytes and how they were had, decoded and parsed once. What the fetcher hands to the extractor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE = re.compile(r"charset\s*=\s*[\"']?(utf-?(?:16|32)(?:-?[lb]e)?|ucs-?2)\b", re.I)
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "media"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"PK\x03\x04", "archive"),
    (b"\x1f\x8b", "archive"),
)
_STARTS = tuple(signature for signature, _ in _SIGNATURES)
_CONTROLS = bytes(byte for byte in range(27) if not 9 <= byte <= 13)
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|article|main|section|div|span|p|h[1-6]|a|img|ul|table|br)\b", re.I
)
_XML = re.compile(rb"\s*<\?xml\b|\s*<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b")


def same_version(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether a server that gave `one` (ETag, Last-Modified) would take `other` for the same version: the ETag decides
    where there is one, weak or not (RFC 9110, 13.1).

    >>> same_version(('"a"', None), ('W/"a"', "Mon, 11 Aug 2031 20:21:00 GMT")), same_version(("", None), (None, None))
    (True, False)
    """
    if one[0] or other[0]:
        return (one[0] or "").removeprefix("W/") == (other[0] or "").removeprefix("W/")
    return one[1] is not None and one[1] == other[1]


class Page:
    """One page as it was served, or read from a file.

    `url` is the address asked for (null for a file of unknown origin), `final_url` the one that answered, `redirects`
    the addresses in between. `headers` has lower-case names. `fetched_at` is RFC 3339 in UTC.
    `kind` is "html" or "text" to force a reading, else it is told from the bytes.
    """

    def __init__(
        self,
        body: bytes,
        *,
        url: str | None = None,
        kind: str | None = None,
        headers: Mapping[str, str] | None = None,
        status: int | None = None,
        final_url: str | None = None,
        redirects: tuple[str, ...] = (),
        fetched_at: str | None = None,
        robots: str | None = None,
        truncated: bool = False,
    ) -> None:
        self.body = body
        self.url = url
        self.headers = dict(headers or {})
        self.status = status
        self.final_url = final_url
        self.redirects = redirects
        self.fetched_at = fetched_at
        self.robots = robots
        self.truncated = truncated
        self._kind = kind

    @classmethod
    def of(cls, source: bytes | str, *, url: str | None = None, kind: str | None = None) -> Page:
        """A page from what a library user has at hand: bytes as served, or text already decoded."""
        body = source if isinstance(source, bytes) else b"\xef\xbb\xbf" + source.encode("utf-8", "surrogatepass")
        return cls(body, url=url, kind=kind)

    @cached_property
    def kind(self) -> str:
        """html, text, empty, pdf, image, audio, media, archive, feed or binary: told by content, never by name."""
        if self._kind is not None:
            return self._kind
        start = self.body[:65536]
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: told by its text
            start = start.decode("utf-16", "replace").encode("utf-8", "replace")
        elif (text := self._wide(start)) is not None:
            start = text.encode()
        head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
        if not head:
            return "empty"
        for signature, kind in _SIGNATURES:
            if head.startswith(signature):
                return kind
        if _XML.match(head) and b"<html" not in head.lower():
            return "feed"
        if b"\0" in head:
            return "binary"
        start = head[:4096]
        controls = len(start) - len(start.translate(None, _CONTROLS))
        if controls > 16:
            return "binary"
        return "html" if _TAG.search(head) else "text"

    @property
    def text(self) -> str:
        """The body as text: byte-order mark, then strict UTF-8, then what header and meta declare, then windows-1252.

        Order after the WHATWG encoding sniffing, but with strict UTF-8 before the declaration: a page that decodes as
        UTF-8 throughout is UTF-8, whatever its server says; one that says so, or nothing, and mostly is not is
        windows-1252.
        """
        return self._decoded[0]

    @property
    def charset(self) -> str:
        """The encoding that `text` was decoded by, as Python calls it."""
        return self._decoded[1]

    @property
    def charset_from(self) -> str:
        """How the encoding was found: bom, content (the bytes are UTF-8 throughout), header, meta or guess."""
        return self._decoded[2]

    @cached_property
    def _decoded(self) -> tuple[str, str, str]:
        for bom, encoding in _BOMS:
            if self.body.startswith(bom):
                return self.body[len(bom) :].decode(encoding, "replace"), encoding, "bom"
        if (text := self._wide(self.body)) is not None:
            return text, self._wide_name or "", "header"
        body = self._whole()
        try:
            return body.decode("utf-8"), "utf-8", "content"
        except UnicodeDecodeError:
            return self._declared(body)

    @cached_property
    def _wide_name(self) -> str | None:
        """The encoding that the header declares, where its characters are two bytes or four: such a text has zeros in
        it, and may pass for UTF-8. Without a word on the order of bytes, the low one is first (WHATWG)."""
        found = _WIDE.search(self.headers.get("content-type", ""))
        if found is None:
            return None
        name = found[1].lower().replace("-", "").replace("ucs2", "utf16")
        order = "be" if name.endswith("be") else "le"
        return f"utf-{name[3:5]}-{order}"

    def _wide(self, body: bytes) -> str | None:
        """The text of bytes that are in such an encoding, as declared. A character that is cut is left out."""
        if self._wide_name is None or b"\0" not in body or body.startswith(_STARTS):
            return None
        import codecs

        try:
            return codecs.getincrementaldecoder(self._wide_name)().decode(body)
        except UnicodeDecodeError:
            return None

    def _whole(self) -> bytes:
        """The body without the piece of a character that a cut has left at its end."""
        body = self.body
        for back in range(1, min(4, len(body) + 1)) if self.truncated else ():
            byte = body[-back]
            if byte >= 0xC0:  # begins a character of so many bytes
                length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                return body[:-back] if back < length else body
            if byte < 0x80:
                break
        return body

    def _declared(self, body: bytes) -> tuple[str, str, str]:
        from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding

        header = self.headers.get("content-type")
        in_header, in_body = http_content_type_encoding(header), html_body_declared_encoding(body)
        if (in_header or in_body or "utf-8") == "utf-8":
            text = body.decode("utf-8", "replace")
            spoilt = text.count("\ufffd")
            if spoilt > sum(not char.isascii() for char in text) - spoilt:
                return body.decode("cp1252", "replace"), "cp1252", "guess"
            return text, "utf-8", "header" if in_header else "meta" if in_body else "guess"
        encoding, text = html_to_unicode(header, body, default_encoding="cp1252")
        return text, encoding, "header" if in_header else "meta"

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page. Bytes that are UTF-8 go to the parser as they are, which is a fifth faster than text."""
        if self.body.startswith(b"\xef\xbb\xbf"):
            return LexborHTMLParser(self.body[3:])
        return LexborHTMLParser(self.body if self._is_utf8() else self.text)

    def _is_utf8(self) -> bool:
        try:
            return not self.truncated and (self.body.isascii() or bool(self.body.decode("utf-8")))
        except UnicodeDecodeError:
            return False
