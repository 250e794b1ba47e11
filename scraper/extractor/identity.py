"""What names a record, and how its bytes were had."""

from __future__ import annotations

import hashlib
import re

from scraper import addresses
from scraper.__about__ import __version__
from scraper.article import Provenance
from scraper.page import Page

_NPR_PATH = re.compile(r"/((?:nx-s1|g-s\d+)-\d+|\d{6,10})(?:/|$)")
_NPR_QUERY = re.compile(r"[?&](?:storyId|sId)=((?:nx-s1|g-s\d+)-\d+|\d{6,10})\b")


def npr_id(url: str | None) -> str | None:
    """NPR's story id in an address of npr.org, or None.

    >>> npr_id("https://www.npr.org/2024/05/11/1250529661/handwriting")
    '1250529661'
    """
    host = addresses.bare_host(url) or ""
    if not url or not (host == "npr.org" or host.endswith(".npr.org")):
        return None
    found = _NPR_PATH.search(url.partition("?")[0]) or _NPR_QUERY.search(url)
    return found[1] if found else None


def identity(story_id: str | None, address: str | None, text: str) -> str:
    """The record's `id`: NPR's where there is one, else made of the address' key, else of the text."""
    if story_id:
        return f"npr:{story_id}"
    kind, value = ("url", addresses.key(address)) if address else ("text", text)
    return f"{kind}:{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def provenance(page: Page) -> Provenance:
    """How the page was had; all null for a file."""
    if page.status is None:
        return Provenance()
    return Provenance(
        fetched_at=page.fetched_at,
        status=page.status,
        final_url=page.final_url,
        redirects=list(page.redirects),
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
        content_sha256=hashlib.sha256(page.body).hexdigest(),
        robots=page.robots,
        extractor=f"public-radio-scraper {__version__}",
    )
