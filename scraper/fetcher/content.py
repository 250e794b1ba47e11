"""What kind of body is worth reading: told by the declared type before a byte is read, then by the first bytes."""

from __future__ import annotations

from scraper.page import Page

_NEVER = ("audio/", "video/", "image/", "font/", "model/")
_DOCUMENTS = frozenset(
    "application/pdf application/zip application/msword application/rtf application/epub+zip application/ogg "
    "application/vnd.ms-excel application/vnd.ms-powerpoint application/x-shockwave-flash application/x-tar "
    "application/x-bzip2 application/x-7z-compressed application/x-rar-compressed application/java-archive "
    "application/x-mpegurl application/vnd.apple.mpegurl application/dash+xml application/wasm".split()
)
_ZIPPED = frozenset("application/gzip application/x-gzip application/octet-stream binary/octet-stream".split())
_BINARY_KINDS = frozenset("pdf image audio media archive binary".split())

ACCEPT = {
    "page": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
    "sitemap": "application/xml,text/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}
"""The Accept header for each thing that `fetch` can be asked for."""


def media_type(content_type: str | None) -> str:
    """The bare type of a Content-Type header, in lower case.

    >>> media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    return (content_type or "").partition(";")[0].strip().lower()


def refuse_type(content_type: str | None) -> str | None:
    """The media type, where it says that the body cannot be read as text; else None.

    >>> refuse_type("application/pdf"), refuse_type("text/html"), refuse_type("application/octet-stream")
    ('application/pdf', None, None)
    """
    kind = media_type(content_type)
    refused = kind.startswith(_NEVER) or kind in _DOCUMENTS or kind.startswith("application/vnd.openxmlformats")
    return kind if refused else None


def refuse_bytes(start: bytes, content_type: str | None, *, zipped: bool) -> str | None:
    """What the first bytes are, where they are plainly no text, whatever the server calls them; else None.

    `zipped` lets a gzip file pass (a sitemap may be one).
    """
    if zipped and start.startswith(b"\x1f\x8b"):
        return None
    kind = Page(start, headers={"content-type": content_type} if content_type else None).kind
    if kind not in _BINARY_KINDS:
        return None
    declared = media_type(content_type)
    named = kind if kind != "binary" else "bytes that are no text"
    return f"{named}, served as {declared}" if declared and declared not in _ZIPPED else named
