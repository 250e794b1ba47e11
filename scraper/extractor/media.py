"""Pictures with caption and credit apart; the story's own audio, never a live stream."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from selectolax.lexbor import LexborNode

from scraper import addresses
from scraper.article import Audio, Image
from scraper.extractor.patterns import lazily
from scraper.extractor.platforms.base import Platform
from scraper.extractor.text import clean, fold

_MIME = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
}
_LIVE = lazily(
    r"streamguys\d*\.com/[\w.-]+$|/(?:live|stream|icecast)\b|\.(?:pls|m3u8?)(?:$|\?)|playerservices|icecast|shoutcast|radiojar",
    re.I,
)
_TOGGLES = lazily(r"\b(?:hide|toggle) caption\b|\bEnlarge this image\b", re.I)
_TINY = re.compile(r"pixel|spacer|blank\.|1x1|google-analytics|tracking|/icons?/|logo|avatar|gravatar", re.I)


def image(figure: LexborNode, platform: Platform, base: str | None) -> Image | None:
    """The picture of a figure, or None where it holds no image address."""
    node = figure if figure.tag == "img" else figure.css_first("img,amp-img")
    if node is None:
        return None
    attributes = node.attributes
    url = _source(attributes)
    if not url and figure.tag != "img":
        sources = figure.css("source[srcset], source[data-srcset]")
        url = (
            _first_of_srcset(sources[0].attributes.get("srcset") or sources[0].attributes.get("data-srcset"))
            if sources
            else None
        )
    url = None if not url or _TINY.search(url) else addresses.join(base, url)
    if url is None:
        return None
    credit = _words(figure, platform.credit)
    provider = _words(figure, platform.provider)
    caption = _caption(figure, platform, credit, provider)
    if credit is None and provider is None and caption:
        caption, credit = split_credit(caption)
    if credit:
        credit, provider = _who(credit, provider)
    return Image(
        url=url,
        original_url=_original(url),
        alt=clean(attributes.get("alt")) or None,
        caption=caption,
        credit=credit,
        provider=provider,
    )


def _source(attributes: dict[str, str | None]) -> str | None:
    for name in ("src", "data-src", "data-original", "data-lazy-src", "data-flickity-lazyload", "data-image"):
        value = (attributes.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    return _first_of_srcset(attributes.get("srcset") or attributes.get("data-srcset"))


def _first_of_srcset(value: str | None) -> str | None:
    return value.split(",")[0].split()[0] if value and value.strip() and not value.startswith("data:") else None


def _original(url: str) -> str | None:
    """The file a rendition was made from: Brightspot's and Next.js' `url=` parameter, wordpress.com's `?w=`."""
    query = urlsplit(url).query
    target = (parse_qs(query).get("url") or [""])[0]
    return target if target.startswith("http") and target != url else None


def _words(figure: LexborNode, selectors: Iterable[str]) -> str | None:
    for selector in selectors:
        for node in figure.css(selector):
            text = clean(_TOGGLES().sub(" ", clean(node.text()))).strip(" /|")
            if text:
                return text
    return None


def _caption(figure: LexborNode, platform: Platform, credit: str | None, provider: str | None) -> str | None:
    for selector in platform.caption:
        for node in figure.css(selector):
            text = clean(_TOGGLES().sub(" ", clean(node.text(separator=" "))))
            text = re.sub(r" ([.,;:!?’”)])", r"\1", text)
            for part in (credit, provider):
                if part and text.endswith(part):
                    text = text[: -len(part)].rstrip(" /|(—–-")
                elif part and text.startswith(part):
                    text = text[len(part) :].lstrip(" /|)—–-")
            text = text.strip(" /|")
            if text and not (credit and fold(text) == fold(credit)):
                return text
    return None


_LABEL = lazily(
    r"^(?:(?:Photo|Foto|Image|Picture|Bild)s?(?: credit)?|Credit|Quelle|Source)s?(?::\s*|\s+(?:by\s+)?)(?:©\s*)?(?=\S)"
)


def _who(credit: str, provider: str | None) -> tuple[str | None, str | None]:
    """The photographer and the agency of a credit line: "Credit Jane Doe / KCUR" names both; "AP/Jane Doe" stays whole."""
    credit = _LABEL().sub("", credit)
    if credit[:1] in ("(", "[") and credit[-1] in ")]" and credit.count(credit[0]) == 1:
        credit = credit[1:-1].strip()
    if provider is None:
        name, _, agency = credit.partition(" / ") if " / " in credit else credit.partition(" | ")
        credit, provider = clean(name), clean(agency) or None
    return credit or None, provider


_CREDIT = lazily(
    r"\s*(?:\(|\[|\|)?\s*(?:(?:Photo|Image|Foto|Picture)s?(?:graph)?(?: (?:by|courtesy of|credit)|:)\s*:?|Credit:|Courtesy(?: of)?)\s*(?P<who>[^()\[\]|]{2,80}?)\s*[)\]]?\.?$"
)


_BRACKETED = lazily(r"\s*[(\[](?P<who>[A-Z][^()\[\]/]{1,50}/ ?[^()\[\]/]{2,50})[)\]]\.?$")
"""A caption's end such as "(AP Photo/Ann Poe)", "(KXLR/Drew)"."""


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """A caption that ends in "(Photo by X)", "Credit: X": the two apart."""
    found = _CREDIT().search(caption) or _BRACKETED().search(caption)
    if not found:
        return caption, None
    return caption[: found.start()].strip() or None, clean(found["who"]) or None


def audio(nodes: Iterable[LexborNode], base: str | None) -> list[Audio]:
    """The audio of the given elements (ps-stream-url, data-audio JSON, <audio>, <source>, <a>), each address once."""
    found: dict[str, Audio] = {}
    for node in nodes:
        item = _audio(node, base)
        if item is not None:
            key = item.url.partition("?")[0]
            known = found.get(key)
            found[key] = (
                item
                if known is None
                else msgspec.structs.replace(
                    known,
                    title=known.title or item.title,
                    duration_seconds=known.duration_seconds or item.duration_seconds,
                    mime_type=known.mime_type or item.mime_type,
                )
            )
    return list(found.values())


def _audio(node: LexborNode, base: str | None) -> Audio | None:
    attributes = node.attributes
    data: dict[str, Any] = {}
    if attributes.get("data-audio"):
        try:
            decoded = msgspec.json.decode(attributes["data-audio"] or "")
            data = decoded if isinstance(decoded, dict) else {}
        except msgspec.DecodeError:
            return None
    url = (
        attributes.get("data-stream-url")
        or data.get("audioUrl")
        or attributes.get("src")
        or attributes.get("href")
        or attributes.get("data-src")
    )
    url = _decoded(clean(str(url or "")))
    if not url.startswith(("http", "/")) or _is_live(url, node):
        return None
    address = addresses.join(base, url)
    if address is None:
        return None
    url = address
    stream = node.parent.attributes if node.tag == "ps-stream-url" and node.parent is not None else {}
    title = (
        clean(
            str(
                data.get("title")
                or stream.get("data-stream-program-name")
                or stream.get("data-stream-name")
                or attributes.get("title")
                or attributes.get("data-title")
                or ""
            )
        )
        or None
    )
    length = _length(url)
    seconds = seconds_of(
        data.get("duration") or stream.get("data-stream-duration") or attributes.get("data-duration") or length
    )
    declared = attributes.get("data-stream-format") or attributes.get("type") or ""
    extension = urlsplit(url).path.rpartition(".")[2].lower()
    return Audio(
        url=url, title=title, duration_seconds=seconds, mime_type=declared if "/" in declared else _MIME.get(extension)
    )


def _length(url: str) -> int | None:
    """The length that npr.org writes into its audio addresses: d= in seconds, or in milliseconds (what passes four hours)."""
    value = (parse_qs(urlsplit(url).query).get("d") or [""])[0]
    if not value.isdigit():
        return None
    return int(value) // 1000 if int(value) > 4 * 3600 else int(value)


def _decoded(url: str) -> str:
    """npr.org's player writes the address in base64 at times."""
    if url.startswith("aHR0c"):
        from base64 import b64decode
        from binascii import Error

        try:
            return b64decode(url + "=" * (-len(url) % 4)).decode("utf-8", "replace")
        except Error:
            return ""
    return url


def _is_live(url: str, node: LexborNode) -> bool:
    """Live streams: under the persistent player, with a stream id of their own, or by the address."""
    stream = node.parent.attributes if node.parent is not None else {}
    if stream.get("data-stream-ucsid") or (stream.get("data-stream-id") or "").startswith("stream-"):
        return True
    return _LIVE().search(url) is not None and not re.search(
        r"\.(?:mp3|m4a|aac|ogg|wav)(?:\?|$).*", url.rpartition("/")[2] if "/audio" in url else ""
    )


def seconds_of(value: object) -> int | None:
    """Seconds of 458, "458", "7:38", "1:02:03", "PT7M38S"; None for anything else, and for nothing (0).

    >>> seconds_of("7:38"), seconds_of("PT1H2M"), seconds_of("")
    (458, 3720, None)
    """
    if isinstance(value, int | float):
        return int(value) or None
    text = clean(str(value or ""))
    if text.isdigit():
        return int(text) or None
    if re.fullmatch(r"(?:\d{1,2}:)?\d{1,2}:\d\d", text):
        total = 0
        for part in text.split(":"):
            total = total * 60 + int(part)
        return total or None
    found = re.fullmatch(r"P(?:T)?(?:(\d+)H)?,?(?:(\d+)M)?,?(?:(\d+)(?:\.\d+)?S)?", text)
    if found and any(found.groups()):
        hours, minutes, seconds = (int(group or 0) for group in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return None
