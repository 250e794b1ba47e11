"""Feeds: plain RSS, RSS 0.9 to 2.0 and Atom by feedparser, JSON Feed by hand. Bytes go in, fetched elsewhere."""

from __future__ import annotations

import html
import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from scraper.discoverer.model import Item, Limits, Listing, UnreadableError
from scraper.discoverer.plain_rss import plain_entries
from scraper.discoverer.when import moment, stamp

_HEAD = 4096
_LONGEST_TITLE = 500
_DEEPEST = 1000
_LARGEST_BROKEN = 128 * 1024


def parse_feed(body: bytes, *, url: str, content_type: str | None = None, limits: Limits | None = None) -> Listing:
    """The items of a feed, in its order. `url` is where it came from, for relative links.

    Raises `UnreadableError` for what is no feed. A feed that is cut or broken inside gives what could be read, with
    `partial` set.
    """
    limits = limits or Limits()
    body = body.lstrip()  # an empty line before the declaration is WordPress's, and a slip of syntax
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise UnreadableError("the answer is empty")
    if re.match(rb"<!doctype html|<html", head, re.I):
        raise UnreadableError("an HTML page, not a feed")
    if head.startswith((b"{", b"[")):
        return _json_feed(body, url, limits)
    body, cut = _cap(body, limits)
    if (entries := plain_entries(body, content_type)) is not None:
        return Listing(_items(entries, url), [], cut)
    if _depth(body) > _DEEPEST:
        raise UnreadableError(f"elements inside each other more than {_DEEPEST} deep")
    return _xml_feed(body, url, content_type, cut)


def _cap(body: bytes, limits: Limits) -> tuple[bytes, str | None]:
    """The feed without its texts, cut after the last whole item that the limits allow, and why it was cut."""
    large = len(body) > limits.feed_bytes
    reason = f"larger than {limits.feed_bytes} bytes, the rest was not read" if large else None
    body, end = _slim(body[: limits.feed_bytes]), 0
    for count, found in enumerate(re.finditer(rb"</(?:\w+:)?(?:item|entry)\s*>", body), 1):
        end = found.end()
        if count == limits.feed_items and re.search(rb"<(?:\w+:)?(?:item|entry)[\s>]", body[end:]):
            reason = f"more than {limits.feed_items} items, the rest was not read"
            break
    return (_closed(body[:end]), reason) if reason else (body, None)


def _closed(body: bytes) -> bytes:
    """A feed that breaks off, cut after its last whole item and closed again."""
    end = max(body.rfind(closing) + len(closing) if closing in body else 0 for closing in (b"</item>", b"</entry>"))
    root = re.search(rb"<(rss|feed|rdf:RDF)[\s>]", body)
    if not root or not end:
        return body
    channel = b"</channel>" if root[1] == b"rss" else b""
    return body[:end] + channel + b"</" + root[1] + b">"


def _slim(body: bytes) -> bytes:
    """The feed without the texts of its entries, which are most of its bytes and nothing of what is wanted."""
    for name in (b"content:encoded", b"description", b"summary", b"content", b"itunes:summary"):
        opening, closing = re.compile(rb"<" + name + rb"(?:\s[^<>]*)?>"), b"</" + name + b">"
        kept, at, start = [], 0, opening.search(body)
        while start:
            empty = body[start.end() - 2 : start.end() - 1] == b"/"
            end = start.end() if empty else body.find(closing, start.end())
            if end < 0:
                break
            kept.append(body[at : start.start()])
            at = end if empty else end + len(closing)
            start = opening.search(body, at)
        body = b"".join([*kept, body[at:]])
    return body


def _flat_entity(declaration: re.Match[bytes]) -> bytes:
    """An entity made of others is a bomb, or may as well be one."""
    return b"" if re.search(rb"&[A-Za-z]", declaration[0]) else declaration[0]


def _depth(body: bytes) -> int:
    """How deep elements stand inside each other, as far as that can be told without parsing."""
    depth = deepest = 0
    for found in re.finditer(rb"<(/?)(?!br\b|img\b|hr\b)[A-Za-z][^<>]*?(/?)>", body):
        depth += -1 if found[1] else 0 if found[2] else 1
        deepest = max(deepest, depth)
    return deepest


def _slip(body: bytes) -> str | None:
    """The first slip of syntax, if there is any. Entities are not expanded without bound by expat itself."""
    from xml.parsers import expat

    try:
        expat.ParserCreate().Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # also encodings that are none
        return _plain(error)
    return None


def _xml_feed(body: bytes, url: str, content_type: str | None, cut: str | None) -> Listing:
    import feedparser

    if b"<!ENTITY" in body:
        body = re.sub(rb"<!ENTITY[^<>]*>", _flat_entity, body)
    slip = _slip(body)
    if slip and not cut:
        cut = f"not well-formed: {slip}"
        if _slip(closed := _closed(body)) is None:  # it just ends early
            body = closed
        elif len(body) > _LARGEST_BROKEN:  # the parser that forgives is slow without bound
            body, cut = _closed(body[:_LARGEST_BROKEN]), f"{cut}; only its start was read"
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    try:
        feed = feedparser.parse(
            BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (LookupError, ValueError, AssertionError, RecursionError) as error:  # feedparser on bytes that are no text
        raise UnreadableError(f"not a feed: {_plain(error)}") from error
    if not feed.get("version") and not feed.entries:
        raise UnreadableError("not a feed" + (f": {slip}" if slip else ""))
    return Listing(_items(feed.entries, url), [], cut)


def _items(entries: Iterable[dict[str, Any]], base: str) -> list[Item]:
    return [item for entry in entries if (item := _item(entry, base))]


def _item(entry: dict[str, Any], base: str) -> Item | None:
    """Address, date and title of one entry. FeedBurner's links lead through a counter: the original is kept beside."""
    link = entry.get("feedburner_origlink") or entry.get("link") or _alternate(entry.get("links", ()))
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = entry["id"]
    if not link:
        return None
    return Item(_join(base, link), _published(entry), _title(entry.get("title")))


def _alternate(links: Iterable[Mapping[str, Any]]) -> str | None:
    return next((link["href"] for link in links if link.get("rel") == "alternate" and link.get("href")), None)


def _published(entry: dict[str, Any]) -> str | None:
    """The date of publication, else of the last change. `dict.get`: feedparser's own makes one up of the other."""
    for name in ("published", "updated", "created"):
        text, parsed = dict.get(entry, name), dict.get(entry, f"{name}_parsed")
        if day := re.fullmatch(r"\d{4}-\d\d-\d\d", str(text or "").strip()):
            return moment(day[0])
        if parsed:
            try:
                return stamp(datetime.fromtimestamp(timegm(parsed), UTC))
            except (ValueError, OverflowError):  # a year 0
                continue
    return None


def _title(value: object) -> str | None:
    """The words of a title: no tags, no entities, white space collapsed."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", " ", value)).split())[:_LONGEST_TITLE] or None


def _json_feed(body: bytes, url: str, limits: Limits) -> Listing:
    import msgspec

    if len(body) > limits.feed_bytes:
        raise UnreadableError(f"a JSON Feed larger than {limits.feed_bytes} bytes")
    try:
        feed = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise UnreadableError(f"not a JSON Feed: {_plain(error)}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise UnreadableError("JSON, but not a JSON Feed")
    entries = [entry for entry in feed["items"] if isinstance(entry, dict)]
    items = [
        Item(_join(url, link), _json_date(entry), _title(entry.get("title")))
        for entry in entries[: limits.feed_items]
        if isinstance(link := entry.get("url") or entry.get("external_url"), str)
    ]
    more = len(entries) > limits.feed_items
    return Listing(items, [], f"more than {limits.feed_items} items, the rest was not read" if more else None)


def _json_date(entry: Mapping[str, Any]) -> str | None:
    dates = (entry.get("date_published"), entry.get("date_modified"))
    return next((found for date in dates if isinstance(date, str) and (found := moment(date))), None)


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link.strip()


def _plain(error: object) -> str:
    """One line of an error's words."""
    return " ".join(str(error).split())[:200] or type(error).__name__
