"""The pictures and the audio of a story: those of its head and body, none of a player's, a promo's or a card's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.article import Audio, Image, Removed
from scraper.extractor import media
from scraper.extractor.dom import outermost, words_of
from scraper.extractor.head import Head
from scraper.extractor.platforms.base import Drop, Platform
from scraper.extractor.regions import ancestry, holding
from scraper.extractor.text import clean

_FOREIGN = ("promo", "navigation", "footer", "player")


def images(
    tree: LexborHTMLParser,
    platform: Platform,
    root: LexborNode | None,
    *,
    bodies: Sequence[LexborNode],
    inside: Sequence[LexborNode],
    regions: Mapping[int, Drop],
    base: str | None,
) -> tuple[list[Image], list[Removed]]:
    """Pictures of the story's head, then those met `inside` its body; their captions and credits as removed pieces."""
    lead: list[LexborNode] = []
    if root is not None:
        containers = {body.mem_id for body in bodies} | {node.mem_id for node in inside}
        for node in outermost(root, ",".join(platform.figures)):
            above = ancestry(node)
            if not containers.intersection(above) and not any(id_ in regions for id_ in above):
                lead.append(node)
    found: dict[str, Image] = {}
    removed: list[Removed] = []
    for node in (*lead, *inside):
        image = media.image(node, platform, base)
        if image is None:
            if unseen := words_of(node):
                removed.append(Removed(rule="image.none", kind="caption", text=unseen))
            continue
        if platform.lead_caption and image.caption is None and not found:
            image = _lead_caption(image, tree.css_first(platform.lead_caption), platform.credit)
        found.setdefault((image.original_url or image.url).partition("?")[0], image)
        credit = " / ".join(part for part in (image.credit, image.provider) if part)
        for text, rule in ((credit, "image.credit"), (image.caption, "image.caption")):
            if text:
                removed.append(Removed(rule=rule, kind="caption", text=text))
        if rest := _beside(node, image):
            removed.append(Removed(rule="image.controls", kind="caption", text=rest))
    return list(found.values()), removed


def _beside(node: LexborNode, image: Image) -> str | None:
    """The words of a figure that are neither caption nor credit: "Enlarge this image", "1 of 3". A single one is a
    label ("Credit") that says nothing."""
    rest = words_of(node)
    for part in (image.caption, image.credit, image.provider):
        if part and part not in rest:
            return None
        rest = rest.replace(part, " ", 1) if part else rest
    rest = clean(rest).strip(" /|()")
    return rest if " " in rest and any(char.isalnum() for char in rest) else None


def _lead_caption(image: Image, node: LexborNode | None, credits: Sequence[str]) -> Image:
    if node is None:
        return image
    words = words_of(node)
    apart = node.css_first(",".join(credits)) if credits else None
    if apart is not None and (who := words_of(apart)) and words.endswith(who):
        return msgspec.structs.replace(image, caption=words.removesuffix(who).strip() or None, credit=who)
    caption, credit = media.split_credit(re.sub(r"^(?:Left|Right|Above|Top)\s*:\s*", "", words))
    return msgspec.structs.replace(image, caption=caption, credit=image.credit or credit)


def audio(
    platform: Platform,
    head: Head,
    where: LexborNode | None,
    drops: Mapping[int, Drop],
    base: str | None,
) -> list[Audio]:
    """The story's own audio under `where`; `drops` are the elements cut out of the story and the regions around it."""
    if where is None:
        return []
    own = {node.mem_id for node in where.css(platform.own_audio)} if platform.own_audio else set()
    for source in platform.audio:
        nodes = [node for node in where.css(source) if not _is_foreign(node, drops, own)]
        found = media.audio(nodes, base)
        if found:
            return [_described(found[0], platform, head, where)] if len(found) == 1 else found
    return []


def _is_foreign(node: LexborNode, drops: Mapping[int, Drop], own: set[int]) -> bool:
    """In a promo, the live player or a region; a story's own audio module is no foreign player."""
    if own and own.intersection(ancestry(node)):
        return False
    drop = holding(node, drops)
    return drop is not None and drop.kind in _FOREIGN and not drop.rule.endswith(".audio")


def _described(audio: Audio, platform: Platform, head: Head, where: LexborNode) -> Audio:
    """A single piece of audio with the title of its module and the length that the page's data give."""
    title, seconds = audio.title, audio.duration_seconds
    if title is None and platform.audio_title:
        node = where.css_first(platform.audio_title)
        title = (clean(node.text()) or None) if node is not None else None
    if seconds is None:
        for source in ("ld:duration", "ld:audio.duration", "ld:associatedMedia.duration"):
            seconds = next((s for value in head.values(source) if (s := media.seconds_of(value))), seconds)
    if seconds is None:
        seconds = _length_beside(audio.url, where)
    return msgspec.structs.replace(audio, title=title, duration_seconds=seconds)


_CLOCK = re.compile(r"(?<![\d:])(?:\d{1,2}:)?\d{1,2}:\d\d(?![\d:]|\s*[ap]\.?m)")


def _length_beside(url: str, where: LexborNode) -> int | None:
    """The length that stands in words beside a link to the file: "Download (Duration: 27:41)", "(MP3, 3:20)"."""
    name = urlsplit(url).path.rpartition("/")[2]
    for link in where.css("a[href*='.mp3']") if name else ():
        if name in (link.attributes.get("href") or ""):
            for node in (link, link.parent):
                text = words_of(node) if node is not None else ""
                found = _CLOCK.search(text) if len(text) < 200 else None
                if found:
                    return media.seconds_of(found[0])
    return None
