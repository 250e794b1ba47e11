"""Why a record is as it is: the page's words with what became of each, and what told its template, type and fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from selectolax.lexbor import LexborNode

from scraper.article import Article, Removed
from scraper.errors import NotAnArticle
from scraper.extractor import account, dates, pagewords, plain, platforms, reader
from scraper.extractor.account import Account, Claim, Passage
from scraper.extractor.fields import MACHINE, Fields
from scraper.extractor.regions import Regions
from scraper.extractor.rules import NONE, Rules
from scraper.page import Page

if TYPE_CHECKING:
    from scraper.extractor.rights import Directory

_SENTENCE = 30
"""Characters from which the text of a field is looked for inside lines, too."""
_SHORT = 120
"""Characters of a line that may be nothing but a date."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A page explained.

    `record`        the page's record, of whatever type; None where the page holds nothing to read, for the `reason`
    `page_type`     as in the record, and the `sign` that told it
    `platform`      as in the record; `since`, `until` of the version taken ("" where open), and `why` it is this one
    `passages`      all visible words of the page in order
    `sources`       the source of a field (`scraper.extractor.platforms.base`) where one is known, by the field's name
    """

    record: Article | None
    reason: str = ""
    page_type: str
    sign: str
    platform: str
    since: str = ""
    until: str = ""
    why: str
    passages: list[Passage]
    sources: dict[str, str] = {}


def explain_text(page: Page, stations: Directory | None, captured: datetime | None, rules: Rules = NONE) -> Explanation:
    """A plain text explained. Raises `NotAnArticle` where it holds no words."""
    reading = plain.TextReader(page, stations, captured, rules)
    record, reason = _tried(reading)
    held = Account(pagewords.of_text(page.text.splitlines()))
    if record is not None:
        _place(held, record, list(enumerate(record.removed)))
        _fields(held, record)
        _leftovers(held, record, captured)
    return _told(held, reading, record, reason)


def explain_html(page: Page, stations: Directory | None, captured: datetime | None, rules: Rules = NONE) -> Explanation:
    """An HTML page explained."""
    day = captured.date().isoformat() if captured else None
    platform = platforms.recognise(page, day=day, own=rules.platforms)
    reading = reader.Reader(page, stations, captured, platform, rules)
    record, reason = _tried(reading)
    around = reading.around
    if around is None:
        around = Regions(page.tree, platform, [])
        around.removed([])
    groups = _groups(around, record, reading)
    held = Account(pagewords.of_html(page.tree, {id_: number for number, id_ in enumerate(groups)}))
    standing = _regions(held, list(groups.values()))
    sources: dict[str, str] = {}
    if record is not None:
        outside = {id(entry) for entry, _ in around.listed}
        _place(held, record, [(n, entry) for n, entry in enumerate(record.removed) if id(entry) not in outside])
        for word, claim in standing:
            held.claim([word], claim)
        _fields(held, record)
        _leftovers(held, record, captured)
        sources = dict(_sources(reading.fields, record, captured))
    return msgspec.structs.replace(
        _told(held, reading, record, reason),
        platform=platform.name,
        since=platform.since,
        until=platform.until,
        why=platforms.why(page, platform),
        sources=sources,
    )


def _tried(reading: reader.Reader | plain.TextReader) -> tuple[Article | None, str]:
    try:
        return reading.article(), ""
    except NotAnArticle as error:
        return None, error.reason


def _told(held: Account, reading: reader.Reader | plain.TextReader, record: Article | None, reason: str) -> Explanation:
    """The explanation, but for what concerns the template. A page that is no story is removed as a whole."""
    page_type = record.page_type if record else "other"
    if record is None or not record.is_story:
        for text, numbers in held.free_lines():
            if any(char.isalnum() for char in text):
                held.claim(numbers, Claim(account.REMOVED, page_type, f"page.{page_type}"))
    return Explanation(
        record=record,
        reason=reason,
        page_type=page_type,
        sign=reading.sign,
        platform="text",
        why="it is plain text, no HTML",
        passages=held.passages(),
    )


# ---------------------------------------------------------------------- by element
_INSIDE = Claim("", "inside")
"""Marks a container of the story: no region reaches into it."""


_FENCED = Claim("", "fenced")
"""Marks what was cut out of the story, or set aside for its pictures."""


def _groups(around: Regions, record: Article | None, reading: reader.Reader) -> dict[int, list[Claim]]:
    """What is claimed by element (its `mem_id`)."""
    groups: dict[int, list[Claim]] = {}
    numbers = {id(entry): number for number, entry in enumerate(record.removed if record else ())}
    for entry, ids in around.listed:
        number = numbers.get(id(entry))
        claim = Claim(account.REMOVED, entry.kind, entry.rule, None if number is None else f"/removed/{number}")
        for id_ in ids:
            groups.setdefault(id_, []).append(claim)
    for node in around.containers:
        groups.setdefault(node.mem_id, []).append(_INSIDE)
    for walked in reading.walks:
        for id_ in (*walked.dropped, *(node.mem_id for node in walked.figures)):
            groups.setdefault(id_, []).append(_FENCED)
    for name, node in _field_nodes(reading.fields, record) if record else ():
        groups.setdefault(node.mem_id, []).append(Claim(account.FIELD, name, at=f"/{name}"))
    return groups


def _regions(held: Account, groups: Sequence[Sequence[Claim]]) -> list[tuple[int, Claim]]:
    """Give the words of regions to them and fence off what is no story. Returns the words (by number) that stand in the
    element of a field, which are its where nobody else claims them."""
    standing: list[tuple[int, Claim]] = []
    for number, word in enumerate(held.page.words):
        region: Claim | None = None
        for mark in word.marks:
            for claim in groups[mark]:
                if claim is _FENCED:
                    held.fenced.add(number)
                elif claim.fate == account.FIELD:
                    standing.append((number, claim))
                else:
                    region = None if claim is _INSIDE else claim
        if region is not None:
            held.claim([number], region)
    return standing


def _field_nodes(fields: Fields, record: Article) -> Iterator[tuple[str, LexborNode]]:
    """The elements that fields are read from (for those that stand in one), and where the date stands in words."""
    platform = fields.platform
    for name in ("title", "subtitle", "byline", "section", "program", "tags"):
        if not getattr(record, name):
            continue
        for source in getattr(platform, name):
            selector = source.partition("!")[0]
            if selector.startswith(MACHINE):
                continue
            nodes = fields.nodes(selector.partition("@")[0])
            if nodes:
                yield from ((name, node) for node in (nodes if name in ("tags", "byline") else nodes[:1]))
                break
    for selector in platform.visible_date if record.published else ():
        yield from (("published", node) for node in fields.nodes(selector))


# ---------------------------------------------------------------------- by words
def _place(held: Account, record: Article, inside: Sequence[tuple[int, Removed]]) -> None:
    """The words of story and removed pieces."""
    pictures = [(n, entry) for n, entry in inside if entry.rule.startswith("image.")]
    held.place(account.kept(record), story=True)
    others = [(n, entry) for n, entry in inside if not entry.rule.startswith("image.")]
    held.place(account.removed(others, record))
    held.place(account.removed(pictures, record))


def _fields(held: Account, record: Article) -> None:
    """The words of fields, where lines say that and nothing else; sentences inside lines, too."""
    told = account.fields(record)
    held.claim_lines(told)
    for item in told:
        if len(item.text) > _SENTENCE:
            held.place([item])


def _leftovers(held: Account, record: Article, captured: datetime | None) -> None:
    """Lines that are dates, where the record has one; then the labels of what has a field."""
    for text, numbers in held.free_lines() if record.published else ():
        if len(text) <= _SHORT and dates.from_words(text, captured=captured):
            name = "modified" if record.modified and "pdated" in text else "published"
            held.claim(numbers, Claim(account.FIELD, name, at=f"/{name}"))
    held.claim_labels()


def _sources(fields: Fields, record: Article, captured: datetime | None) -> Iterator[tuple[str, str]]:
    """Field and source, where the first source that speaks gave the value."""
    platform = fields.platform
    for name in ("title", "subtitle", "teaser", "byline", "section", "program", "tags"):
        value = getattr(record, name)
        for source in getattr(platform, name) if value else ():
            if fields.texts(source.partition("!")[0]):
                yield name, source
                break
    dated = (*platform.published, *(f"{source}!words" for source in platform.visible_date), *platform.date_only)
    for name, sources in (("published", dated), ("modified", platform.modified)):
        value = getattr(record, name)
        for source in sources if value else ():
            if fields.date(source, captured) == value:
                yield name, source
                break
