"""Whose story it is: copyright notices to holder and year, and the origin of a copied story with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from scraper import addresses
from scraper.article import Copyright, Origin, Station
from scraper.extractor import wording
from scraper.extractor.patterns import lazily
from scraper.extractor.text import clean, fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TAIL = lazily(
    r"[.,;]?\s*(?:To see more,? (?:please )?visit.*|All rights reserved.*|Todos los derechos reservados.*|Tous droits réservés.*"
    r"|Alle Rechte vorbehalten.*|Visit (?:our website|.* for more).*|For more,? visit.*|\d{4}.*)$",
    re.I,
)
_ROMAN = lazily(r"(M{1,2}[DCLXVI]{0,8})[ ,]+")
_DAY = lazily(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\b")
_FROM = lazily(r"\b(?:on|by|in|at|from)\s+(?:the\s+)?(?P<who>[A-Z][^.!?,]{1,60}|\w[\w.-]+\.(?:org|com|fm|net))", re.S)


class Directory(Protocol):
    """What the extractor asks of the directory of stations."""

    def station_of(self, url_or_host: str, /) -> Station | None: ...

    def by_call(self, call: str, /) -> Station | None: ...

    def by_name(self, name: str, /) -> Station | None: ...


def parse_notice(text: str) -> Copyright | None:
    """A notice with holder and year.

    >>> parse_notice("Copyright 2024 NPR. To see more, visit https://www.npr.org.").holder
    'NPR'
    """
    text = clean(text)
    provided = re.search(r"(?:provided|created) by .{2,60}?, Copyright (?P<holder>[^.]{2,60})", text)
    if provided:
        return Copyright(notice=text, holder=clean(provided["holder"]))
    found = wording.notice(text)
    if not found:
        return None
    holder = clean(_TAIL().sub("", re.sub(r"^All rights reserved\.?\s*", "", found["holder"], flags=re.I))).strip(
        " ,;|[]()"
    )
    holder = re.split(r"\s*[·•|]\s*", holder, maxsplit=1)[0] or holder  # what follows is the address
    holder = re.split(r"\. (?=(?:The|This|All|La|El|Les|Die|Alle) [\w-]+ [a-zà-ÿ])", holder, maxsplit=1)[
        0
    ]  # ... or a sentence
    if not holder.endswith(("Inc.", "Ltd.", "Co.", "Corp.", "L.L.C.")):
        holder = holder.rstrip(".")
    digits = re.search(r"(?:19|20)\d\d", found["year"] or found["holder"][-6:])
    roman = _ROMAN().match(holder)
    year = int(digits[0]) if digits else _roman(roman[1]) if roman else None
    holder = holder[roman.end() :] if roman else holder
    return Copyright(notice=text.strip("[]"), holder=holder or None, year=year)


def _roman(numeral: str) -> int:
    """
    >>> _roman("MMXXIV")
    2024
    """
    values = [{"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def origin(
    *,
    url: str | None,
    canonical: str | None,
    outlet: str | None,
    story_id: str | None,
    owner: str | None,
    server: str | None,
    notice: Copyright | None,
    syndicated: Sequence[str],
    byline: str | None,
    station: Station | None,
    stations: Directory | None,
    house: str | None = None,
) -> Origin | None:
    """Who made the story, where that is not the station that serves it. Each sign that says so is listed.

    `owner` and `server` are Brightspot's storyOrgId and stationOrgId; `outlet` what stands before "| By"; `house` the
    holder of the site's own notice, who is no stranger.
    """
    signs: list[tuple[str, str]] = []  # (name or domain of the maker, evidence)
    here = addresses.bare_host(url)
    home = addresses.bare_host(canonical)
    if (
        home
        and here
        and home != here
        and not (_is_npr(home) and _is_npr(here))
        and not _same_licensee(home, station, stations)
    ):
        signs.append((home, f"canonical: {home}"))
    if outlet:
        signs.append((outlet, f"byline: {outlet}"))
    if notice and notice.holder:
        signs.append((notice.holder, f"notice: {notice.notice}"))
    for line in syndicated:
        found = _FROM().search(line)
        if found and not _DAY().match(found["who"]):
            signs.append((clean(found["who"]), f"line: {line}"))
    if byline and fold(byline) in ("npr", "npr staff", "npr news"):
        signs.append(("NPR", f"byline: {byline}"))
    if here is not None and not _is_npr(here):
        if story_id and (story_id.startswith(("nx-s1-", "g-s1-")) or (story_id.isdigit() and owner in ("s1", "1"))):
            signs.append(("NPR", f"npr-id: {story_id}"))
        if owner in ("s1", "1") and server not in ("s1", "1"):
            signs.append(("NPR", f"org-id: {owner}"))
        elif owner and server and owner.lstrip("s") not in ("", "0", server.lstrip("s")):
            signs.append(("", f"org-id: {owner}"))
        if any(who and _is_npr(who) for who, _ in signs) and (
            section := re.search(r"//[^/]+/(npr-[\w-]+)/", url or "")
        ):
            signs.append(("NPR", f"section: {section[1]}"))
    signs = [(who, why) for who, why in signs if not (house and who and fold(who) == fold(house))]
    return _weigh(signs, canonical=canonical, station=station, stations=stations, here=here)


def _weigh(
    signs: list[tuple[str, str]],
    *,
    canonical: str | None,
    station: Station | None,
    stations: Directory | None,
    here: str | None,
) -> Origin | None:
    """The maker that the signs name, unless it is the serving station itself."""
    foreign = [(who, why) for who, why in signs if not who or not _is_self(who, station, stations, here)]
    named = [who for who, _ in foreign if who]
    if not named:
        return None
    maker = named[0]
    known = _known(maker, stations)
    if known is None and "." in maker and " " not in maker:  # a domain nobody knows: a sign with a name speaks better
        maker = next((who for who in named if "." not in who), maker)
        known = _known(maker, stations)
    name: str
    domain: str | None
    if _is_npr(maker):
        name, domain = "NPR", "npr.org"
    elif known:
        name, domain = known.name, known.domain
    else:
        name, domain = maker, maker if "." in maker and " " not in maker else None
    home = addresses.bare_host(canonical)
    link = (
        canonical
        if home and home != here and (domain is None or home == domain or home.endswith("." + domain))
        else None
    )
    return Origin(
        name=name,
        domain=domain or (home if link else None),
        url=link,
        evidence=[why for who, why in foreign if not who or _same(who, maker, stations)],
    )


def _same(who: str, maker: str, stations: Directory | None) -> bool:
    """True where two names mean one maker."""
    if fold(who) == fold(maker) or (_is_npr(who) and _is_npr(maker)):
        return True
    one, other = _known(who, stations), _known(maker, stations)
    return one is not None and other is not None and one.domain == other.domain


def _is_self(who: str, station: Station | None, stations: Directory | None, here: str | None) -> bool:
    if station is None:
        return bool(here) and (fold(who) in here.split(".") or fold(who) == here) if here else False
    known = _known(who, stations)
    if known is not None:
        return known.domain == station.domain
    folded = fold(who)
    names = {fold(station.name), fold(station.domain), fold(station.call_sign or "")}
    return folded in names or any(n and (n in folded.split() or folded == n) for n in names)


def _known(who: str, stations: Directory | None) -> Station | None:
    if stations is None:
        return None
    if "." in who and " " not in who:
        return stations.station_of(who.lower())
    call = re.match(rf"({wording.CALL})\b", who)
    return stations.by_name(who) or (stations.by_call(call[1].partition("-")[0]) if call else None)


def _same_licensee(home: str, station: Station | None, stations: Directory | None) -> bool:
    other = stations.station_of(home) if stations else None
    return station is not None and other is not None and other.domain == station.domain


def _is_npr(who: str) -> bool:
    folded = fold(who)
    return folded in (
        "npr",
        "npr news",
        "npr staff",
        "npr.org",
        "national public radio",
        "national public radio, inc",
    ) or folded.endswith(".npr.org")


def site_notice(tree: LexborHTMLParser, selectors: Sequence[str], own: Sequence[str] = ()) -> Copyright | None:
    """The notice of the site's foot: a line of its own with the sign or the word, where `selectors` (CSS) look.

    `own`: notices that stand in the story. They speak for the story, not for the site.
    """
    nameless: Copyright | None = None
    told = [fold(text) for text in own]
    for selector in selectors:
        for node in tree.css(selector):
            whole = node.text(separator="\n")
            if "©" not in whole and "opyright" not in whole:
                continue
            for line in (clean(node.text()) if len(whole) < 400 else "", *whole.split("\n")):
                notice = parse_notice(line) if "©" in line or "opyright" in line else None
                if notice is None or _is_told(notice, told, part=node.tag == "body"):
                    continue
                if notice.holder and (notice.year or node.tag != "body"):
                    return notice
                nameless = nameless or notice
    return nameless


def _is_told(notice: Copyright, told: Sequence[str], *, part: bool) -> bool:
    """Is the notice one of those `told` (folded)? A link may have left a `part` of it."""
    folded = fold(notice.notice)
    return any(folded == text or (part and folded in text) for text in told)
