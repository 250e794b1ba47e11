"""Lines of a plain-text page: split, unwrapped, and marked as furniture where a line alone tells."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from scraper.extractor import asks, furniture, wording
from scraper.extractor.text import clean

_BYLINE = re.compile(
    r"(?:[^|]{2,60}\|\s*)?(?:(?:Posted|Written|Reported|Produced|Hosted|Story|Text)\s+)?(?:By|BY|by|Por):?\s+(?P<who>[A-ZÀ-Þ][^!?]{1,120})|[^|]{2,60}\|\s*By|[A-Z][\w .,'’-]{3,80}\|\s*Posted on\b.{0,40}"
)
_PARTICLES = frozenset("and with for of the to de la del von van al by y at on in".split())
_WHEN = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?! [A-Z])"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
PUBLISHED = re.compile(
    rf"(?i:(?:(?:Published|Posted|Originally Published|First Published|Aired|Publicado)\s*:?\s*(?:on\s+|el\s+)?)?(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"
    rf"(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}|\d{{1,2}} de \w+ de \d{{4}})(?:\s*(?:,|at|•|·|\||-|–|a las)?\s*\d{{1,2}}:\d\d\s*[AaPp]\.?[Mm]\.?(?:\s*\(?[A-Z]{{1,4}}T?\)?)?)?)"
)
ORIGINALLY_ON = re.compile(
    rf"Originally published on (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? )?{_MONTH} \d{{1,2}}, \d{{4}}.{{0,20}}"
)
_ALERT = re.compile(
    r"\b(?:off the air|off-air|reduced power|low power|(?:lower|half) power|translator|(?:signal|power|internet|tower|transmitter|transmission|stream(?:ing)?|broadcast) (?:is|are|was|will|may|outage|disruption|problem|issue|loss|interruption)s?"
    r"|outage|technical (?:difficult|issue|problem)|(?:undergoing|scheduled|for) maintenance|site (?:is )?(?:undergoing|down)|transmitter|we(?:'re| are) (?:aware|experiencing|working to (?:fix|restore|repair))"
    r"|listen(?:ing)? (?:online|via|by stream)|thank you for your patience|apologi[sz]e for (?:the|any)|Live updates|BREAKING:|signal (?:is )?down|KHz|back on the air|storm damage|FM (?:is|are|will be) )\b",
    re.I,
)
_ATTENTION = re.compile(r"^(?:-\s*)?(?:Attention|ALERT|NOTICE|Notice|Alert|Heads up|Please note|UPDATE)\b\s*[-–—:!]")
_PLEDGE = re.compile(
    r"\b(?:sustainers?|member drive|membership drive|fund drive|pledge drive|fund ?raiser|giving tuesday|matching gift|donat\w+|GIVE NOW|Give now|your gift|membership|newsletter|inbox)\b",
    re.I,
)


_PLAYER_ROW = re.compile(
    r"(Play Live Radio(?:\s+(?:Next Up:?|\d?\d:\d\d|Available On Air Stations|All Streams))+)\s+"
    r"(?!Next Up|\d?\d:\d\d|Available On Air|All Streams)(?=\S)"
)

_NOTICE_ROW = re.compile(
    r"(?:^|\s+)(Copyright (?:19|20)\d\d [A-Z][^.\n]{1,60}\. To see more, visit (?:https?://\S+?|NPR|[\w-]+\.(?:org|com))\s?\.)\s+(?=[A-Z])"
)


def is_byline(text: str) -> bool:
    """A line that is a byline: "By Ana Ruiz", "WUFT | By Ana Ruiz,", "Posted by Bo Li"; no sentence that begins with "By".

    >>> is_byline("KUNC | By Ana Ruiz / Water Reporter"), is_byline("By Monday, the water had gone.")
    (True, False)
    """
    found = _BYLINE.fullmatch(text)
    if found is None or found["who"] is None:
        return found is not None
    who: str = found["who"]
    if _WHEN.match(who) or (who[-1] == "." and not re.search(r"\b(?:[A-Z]|[JS]r|Inc|M\.?D|Ph\.?D)\.$", who)):
        return False
    small = sum(part[0].islower() and part.strip(",") not in _PARTICLES for part in who.split())
    return small <= 2 or small <= len(who.split()) // 3


def is_dated(text: str) -> bool:
    """A line that is nothing but the story's date."""
    return PUBLISHED.fullmatch(text) is not None


_BIDDING = re.compile(
    r"(?:[A-Z]+ \| )?(?:Give|Help|Join|Support|View|Click|Listen|Watch|Sign|Donate|Subscribe|Download|Explore|Tell|Share|Take|Renew|Thank|Become|Visit|Make)\b"
    r"[^.]*\b(?:our|us|your|[KW][A-Z]{3}|here|now|today)\b"
)


class Line(msgspec.Struct, eq=False):
    """A paragraph of the text and, where the line alone tells, the furniture it is (rule, kind)."""

    text: str
    mark: tuple[str, str] | None = None

    @property
    def prose(self) -> bool:
        """Reads like running text: a dozen words with a full stop, or many words."""
        count = len(self.text.split())
        return count >= 25 or (count >= 9 and self.text.rstrip("\"”’')")[-1:] in (".", "?", "!"))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines, or, where it was wrapped at a fixed width, its blocks between empty lines."""
    raw = [clean(line) for line in text.splitlines()]
    if _is_wrapped(raw):
        joined: list[str] = []
        for line in raw:
            if not line:
                joined.append("")
            elif joined and joined[-1]:
                joined[-1] += " " + line
            else:
                joined.append(line)
        raw = joined
    rows = (_NOTICE_ROW.sub(r"\n\1\n", _PLAYER_ROW.sub(r"\1\n", line, count=1)) for line in raw)
    return [part for row in rows for part in row.split("\n") if part]


def _is_wrapped(lines: list[str]) -> bool:
    """Most lines of its longer blocks are about equally long and end in the middle of a sentence."""
    longest = max((len(line) for line in lines), default=0)
    inner = [a for a, b in pairwise(lines) if a and b]
    if longest > 110 or len(inner) < 8:
        return False
    full = [line for line in inner if len(line) > 0.7 * longest]
    broken = sum(1 for line in full if line[-1] not in '.!?:"”')
    return len(full) >= 0.6 * len(inner) and broken >= 0.6 * len(full)


def kind_of(text: str) -> tuple[str, str] | None:
    """Rule and kind of the furniture that the line is, or None: listed phrases, notices, alerts, asks."""
    found = furniture.phrase(text)
    if found:
        return found
    if wording.notice(text) and text[0] in "©([&":
        return ("copyright.notice", "copyright")
    return None


def is_alert(text: str) -> bool:
    """A station's word on its signal, streams or site; only asked of lines before the headline."""
    return len(text) < 700 and bool(_ATTENTION.search(text) or _ALERT.search(text))


def is_ask(text: str) -> bool:
    """A pledge or newsletter bar; only asked of lines before the headline."""
    return bool(_PLEDGE.search(text) or (len(text) < 160 and _BIDDING.match(text))) or asks.appeal(text) is not None
