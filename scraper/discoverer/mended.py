"""XML with the slips that sitemaps have, mended while it streams: a bare ampersand, a control character, a byte that
is no UTF-8. What such a slip stands in is one entry; a parser that stops at it loses all that follow.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

_BARE = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});)")
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
_LONGEST_ENTITY = 34


def mended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same text as UTF-8, without those slips. Nothing else is changed, so that markup stays what it was.

    >>> b"".join(mended([b"<loc>https://a.example/?b=1&", b"c=2&amp;d=\\x01\\xff</loc>"])).decode()
    '<loc>https://a.example/?b=1&amp;c=2&amp;d=\\ufffd</loc>'
    """
    decoder: codecs.IncrementalDecoder | None = None
    held = ""
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(chunk))("replace")
        text = held + decoder.decode(chunk).translate(_FORBIDDEN)
        at = text.rfind("&", max(len(text) - _LONGEST_ENTITY, 0))
        text, held = (text[:at], text[at:]) if at >= 0 else (text, "")
        yield _BARE.sub("&amp;", text).encode()
    if decoder is not None:
        yield _BARE.sub("&amp;", held + decoder.decode(b"", True).translate(_FORBIDDEN)).encode()


def _encoding(head: bytes) -> str:
    """UTF-8, or what the document says, as long as it is a superset of ASCII."""
    found = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w.-]+)", head)
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
        return name if "<&".encode(name) == b"<&" else "utf-8"
    except LookupError:
        return "utf-8"
