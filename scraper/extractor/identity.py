"""What names a record, and how its bytes were had."""

from __future__ import annotations

import hashlib
import re

from scraper import addresses
from scraper.__about__ import __version__
from scraper.article import Provenance
from scraper.extractor.head import Head
from scraper.extractor.learned.model import Learned
from scraper.page import Page

_ID = re.compile(r"(?:nx-s1|g-s\d+|[a-z]{2,6}-s\d+)-\d+|\d{6,10}")


def story_id(given: str | None, canonical: str | None, url: str | None) -> str | None:
    """NPR's or CDS' id of the story: the one `given` by the page's data, or that of an address on npr.org."""
    if given and _ID.fullmatch(given):
        return given
    return addresses.npr_story_id(canonical) or addresses.npr_story_id(url)


def canonical(head: Head, url: str | None, base: str | None) -> str | None:
    """The story's own address: as the page says, else the normalised `url`."""
    said = head.canonical or head.meta("og:url")
    if said:
        said = addresses.join(base, said)
    if not said or addresses.split(said) is None:
        said = addresses.normalise(url) if url else None
    return said


def record_id(story_id: str | None, address: str | None, text: str) -> str:
    """The record's `id`: NPR's where there is one, else made of the address' key, else of the text."""
    if story_id:
        return f"npr:{story_id}"
    kind, value = ("url", addresses.key(address)) if address else ("text", text)
    return f"{kind}:{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def provenance(page: Page, head: Head | None = None, learned: Learned | None = None) -> Provenance:
    """How the page was had; all null for a file, but for the version of what was `learned` of its host. What its `head`
    reserves for robots joins the word of the server."""
    version = learned.version if learned is not None else None
    if page.status is None:
        return Provenance(learned=version)
    return Provenance(
        fetched_at=page.fetched_at,
        status=page.status,
        final_url=page.final_url,
        redirects=list(page.redirects),
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
        content_sha256=hashlib.sha256(page.body).hexdigest(),
        robots=_reserved(page.robots, head),
        extractor=f"public-radio-scraper {__version__}",
        learned=version,
    )


def _reserved(robots: str | None, head: Head | None) -> str | None:
    said = robots.split("; ") if robots else []
    return "; ".join(dict.fromkeys([*said, *(head.reservations if head else ())])) or None
