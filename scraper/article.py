"""The record: what one page becomes. Frozen structs that know nothing of pages, platforms or stores.

The JSON made of an `Article` is the contract of the whole project (``docs/record.md``): every key is always
present, "nothing found" is null for one value and [] for many, never "".
"""

from __future__ import annotations

from typing import Any

import msgspec

SCHEMA = 1
"""Version of the record's layout; raised when a field changes its meaning."""

STORY_TYPES = ("article", "episode", "transcript")
"""The page types that are stories. All others are refused by `scraper.extract`."""


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all parts of a record: immutable, compared by value, made by keyword."""


class Station(Struct, frozen=True, kw_only=True):
    """The station whose site served the page, known by its host alone."""

    name: str
    call_sign: str | None
    domain: str
    city: str | None
    state: str | None


class Origin(Struct, frozen=True, kw_only=True):
    """Who made the story, where that is not the serving station; `evidence` says what told us."""

    name: str
    domain: str | None = None
    url: str | None = None
    evidence: list[str] = []


class Author(Struct, frozen=True, kw_only=True):
    """One person (or agency) of the byline."""

    name: str
    role: str | None = None
    affiliation: str | None = None
    url: str | None = None
    bio: str | None = None


class Block(Struct, frozen=True, kw_only=True):
    """One piece of the story in reading order.

    `kind` is heading, paragraph, quote, list, turn, sound or note; the fields after `text` belong to some kinds only.
    """

    kind: str
    text: str
    level: int | None = None
    attribution: str | None = None
    items: list[str] | None = None
    ordered: bool | None = None
    speaker: str | None = None
    role: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The block with the keys of its kind only."""
        return {key: getattr(self, key) for key in ("kind", "text", *BLOCK_KEYS.get(self.kind, ()))}


BLOCK_KEYS: dict[str, tuple[str, ...]] = {
    "heading": ("level",),
    "quote": ("attribution",),
    "list": ("items", "ordered"),
    "turn": ("speaker", "role"),
}


class Turn(Struct, frozen=True, kw_only=True):
    """What one speaker says at one go; neighbouring paragraphs of one speaker are one turn, joined by a line break.

    `speaker` is the full name in natural case, `label` what the page shows before the colon; both are null for an
    introduction that has lost its label. `role` is host, reporter, guest, unidentified or null; `tape` marks archive
    recordings; `cues` are the bracketed stage directions taken out of `text`.
    """

    speaker: str | None
    label: str | None
    role: str | None
    text: str
    tape: bool = False
    cues: list[str] = []


class Transcript(Struct, frozen=True, kw_only=True):
    turns: list[Turn]
    sounds: list[str] = []


class Image(Struct, frozen=True, kw_only=True):
    """A picture of the story. `url` is the rendition shown, `original_url` the file it was made from."""

    url: str
    original_url: str | None = None
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    provider: str | None = None


class Audio(Struct, frozen=True, kw_only=True):
    url: str
    title: str | None = None
    duration_seconds: int | None = None
    mime_type: str | None = None


class Link(Struct, frozen=True, kw_only=True):
    url: str
    text: str


class Copyright(Struct, frozen=True, kw_only=True):
    notice: str
    holder: str | None = None
    year: int | None = None


class Quality(Struct, frozen=True, kw_only=True):
    """`flags` are words such as no-date or short-body; `score` runs from 0 (nothing found) to 1."""

    flags: list[str] = []
    score: float = 1.0


class Removed(Struct, frozen=True, kw_only=True):
    """One piece that was taken out: the rule's name, its kind, and the words."""

    rule: str
    kind: str
    text: str


class Provenance(Struct, frozen=True, kw_only=True):
    """How the bytes were had; null throughout where a file was read. `learned` is the version of what was learned of
    the host, where that was used."""

    fetched_at: str | None = None
    status: int | None = None
    final_url: str | None = None
    redirects: list[str] = []
    etag: str | None = None
    last_modified: str | None = None
    content_sha256: str | None = None
    robots: str | None = None
    extractor: str | None = None
    learned: int | None = None


class Article(Struct, frozen=True, kw_only=True):
    """One page as a clean record. See ``docs/record.md`` for the meaning of each field."""

    schema: int = SCHEMA
    id: str
    url: str | None = None
    canonical_url: str | None = None
    page_type: str
    platform: str
    title: str | None = None
    subtitle: str | None = None
    teaser: str | None = None
    station: Station | None = None
    origin: Origin | None = None
    section: str | None = None
    program: str | None = None
    tags: list[str] = []
    byline: str | None = None
    authors: list[Author] = []
    published: str | None = None
    modified: str | None = None
    dateline: str | None = None
    language: str | None = None
    blocks: list[Block] = []
    text: str = ""
    transcript: Transcript | None = None
    images: list[Image] = []
    audio: list[Audio] = []
    links: list[Link] = []
    copyright: Copyright | None = None
    corrections: list[str] = []
    quality: Quality = Quality()
    removed: list[Removed] = []
    provenance: Provenance = Provenance()

    @property
    def is_story(self) -> bool:
        return self.page_type in STORY_TYPES

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists: exactly the JSON of the command line and the store."""
        record: dict[str, Any] = msgspec.to_builtins(self)
        record["blocks"] = [block.to_dict() for block in self.blocks]
        return record

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON on one line, or indented by `indent` spaces."""
        data = msgspec.json.encode(self.to_dict())
        return (data if indent is None else msgspec.json.format(data, indent=indent)).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Article:
        """The inverse of `to_json`. Raises `msgspec.ValidationError` for JSON that is no record."""
        return msgspec.json.decode(data, type=cls)

    def same_story(self, other: Article) -> bool:
        """True when nothing but the provenance differs: the record counts as unchanged."""
        return msgspec.structs.replace(self, provenance=other.provenance) == other
