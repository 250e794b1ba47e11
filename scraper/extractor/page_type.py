"""What kind of page it is: a story, or one of the kinds that hold none."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from scraper import addresses
from scraper.extractor.head import Head, types
from scraper.extractor.patterns import lazily
from scraper.extractor.platforms.base import Platform

_CONSENT = lazily(
    r"cookie consent|consent and choices|before you continue|privacy (?:choices|preference) cent(?:er|re)|manage your (?:cookies|privacy)|we value your privacy",
    re.I,
)
_ERROR = lazily(
    r"^(?:error\s*)?(?:40[0-9]|410|50[0-9])\b|\b(?:page|file|content|story) (?:you[^.]{0,40} )?(?:(?:was |is |could |can)?(?:not|n['’]t|not be) (?:be )?found|does ?n['’o]t exist|(?:is )?(?:no longer|not) (?:available|here|exist))"
    r"|^(?:page|not) (?:not )?found|^(?:access|request) (?:denied|forbidden|blocked)\b(?!:(?: \S+){4})|^forbidden$|^just a moment|^(?:are you|verify you are) (?:a )?(?:robot|human)|^(?:service|site) (?:temporarily )?unavailable"
    r"|^(?:oops|whoops|sorry)\b.{0,60}(?:found|exist|wrong|missing|lost|page)|^attention required"
    r"|^we (?:could|can)(?:n['’]t| ?not) (?:seem to )?find (?:that|the|this|your|what|a)\b.{0,20}(?:page|looking for)|^something(?: has|['’]s)? (?:went|gone) wrong\W*(?:please.{0,60}|try.{0,60})?$"
    r"|^th(?:is|at|e) page (?:is|was)(?:n['’]t| not| no longer) (?:available|found|here)|^access to this (?:page|site|website|resource) (?:has been|was|is) (?:denied|blocked|restricted)"
    r"|página no encontrada|^(?:esta|la) página (?:(?:que buscas?|solicitada) )?no (?:existe|está disponible|se encuentra|se encontró|fue encontrada)|^no (?:encontramos|se encontró|pudimos encontrar) (?:esa|esta|la) página"
    r"|^(?:die(?:se)? )?seite (?:wurde |konnte )?(?:leider )?(?:nicht (?:gefunden|verfügbar|vorhanden)|existiert (?:leider )?nicht)|^page (?:introuvable|non trouvée)|^pagina non trovata|^pagina niet gevonden",
    re.I,
)
_STORY_DATA = lazily(r"\w*Article|BlogPosting|RadioEpisode|PodcastEpisode")


def decide(
    tree: LexborHTMLParser, head: Head, platform: Platform, url: str | None, *, has_body: bool
) -> tuple[str, str]:
    """The page type and the sign that tells. `has_body`: the template's story container is there."""
    heading = tree.css_first("h1")
    shown = (heading.text().strip() if heading is not None else "") or head.title or ""
    if is_consent(head.title) or (url and (addresses.host(url) or "").startswith(("choice.", "consent."))):
        return "consent", "the page asks for cookie consent"
    classes = head.classes
    for sign, kind in platform.types:
        if _shows(sign, tree, classes):
            if kind in ("article", "episode") and not has_body and is_error(head.title, shown):
                return "error", f"it says “{shown or head.title}”"
            if kind in ("article", "episode") and not has_body:
                break
            return kind, f"the template says {kind} by {sign}"
    if is_error(head.title, shown):
        return "error", f"it says “{shown or head.title}”"
    return _by_data(
        head,
        url,
        has_body=has_body,
        story=platform.known
        and any(_shows(s, tree, classes) for s, k in platform.types if k in ("article", "episode")),
    )


def _shows(sign: str, tree: LexborHTMLParser, classes: str) -> bool:
    """True where the page carries the sign: "class:PATTERN" of <html> and <body>, else a CSS selector."""
    if sign.startswith("class:"):
        return re.search(sign[6:], classes) is not None
    return tree.css_first(sign) is not None


def is_error(*titles: str | None) -> bool:
    """True where a headline or page title reports an error: not found, gone, denied, a robot check."""
    return any(_ERROR().search(title) for title in titles if title)


def is_consent(title: str | None) -> bool:
    hinted = title and any(hint in title.lower() for hint in ("consent", "continue", "privacy", "cookies"))
    return bool(title and hinted and _CONSENT().search(title))


def _by_data(head: Head, url: str | None, *, has_body: bool, story: bool) -> tuple[str, str]:
    """From the address and what the page says of itself to machines."""
    by_address = addresses.kind(url)
    data = {kind for item in head.linked_data for kind in types(item)}
    if any(_STORY_DATA().fullmatch(kind) for kind in data) and by_address not in ("list", "person"):
        return (
            "episode"
            if any("Episode" in kind for kind in data) and not any("Article" in kind for kind in data)
            else "article"
        ), "its data describe a story"
    if by_address in ("list", "person", "event", "other") and not story:
        return by_address, f"the address is that of a {by_address} page"
    if "Event" in data:
        return "event", "its data describes an event"
    if has_body or story:
        return "article", "the template's container of a story is there"
    if by_address == "story":
        return "article", "the address is that of a story"
    if (head.meta("og:type") or "").lower() in ("article", "news", "story"):
        return "article", "its og:type says so"
    return "other", "nothing marks it as a story"


def transcript_or(page_type: str, kinds: list[str]) -> str:
    """`transcript` where all blocks are turns, sounds and notes but for one dek paragraph at the head."""
    spoken = kinds[1:] if kinds and kinds[0] == "paragraph" else kinds
    if "turn" in spoken and all(kind in ("turn", "sound", "note") for kind in spoken):
        return "transcript"
    return page_type
