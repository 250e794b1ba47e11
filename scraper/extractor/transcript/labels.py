"""Speaker labels: what stands before the colon, in the grammar of both eras.

    MARA OKAFOR, HOST:            modern, with a role           Mr. CARL DOWD (Carpenter):  old, with an affiliation
    DAN WEXLER: WEXLER: NEIL:     full name, surname, one name  ALVIN DOW reporting:        old, role without a comma
    UNIDENTIFIED PERSON #1:       a stranger                    Unidentified Woman #1:
    HOST:                         a bare role                   DINA FIELDING, Some Institute (through translator):

`read` looks at the head of a line alone; whether the label is somebody here is for `evidence` and `cast` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from scraper.article import Struct
from scraper.extractor.patterns import lazily
from scraper.extractor.transcript import words
from scraper.extractor.transcript.names import key

_REACH = 220
"""No label, affiliation included, is longer than this."""

_START = re.compile(
    r"[\[\"“]?(?:(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O['’`])?[A-ZÀ-ÖØ-ÞĀ-ž](?:[A-ZÀ-ÖØ-ÞĀ-ž0-9.'’`,\- ]|:)"
    r"|[A-Z][a-z]{1,13}\.? (?:[A-ZÀ-ÖØ-ÞĀ-ž]|of [A-Z]|[a-z-]+ #?[A-Z\d])|Unidentified\b|\[|\d{1,3} [A-Z]{2}"
    r"|[A-Z][a-z]{3,12}(?: #\d{1,2})?:|[A-Z]+['’]s [A-Z])"
)
_BRACKET = lazily(r"\s*\(([^()]*)\)$")
_WORDY = lazily(r"[^\W\d_][a-z]{2}")
_DIRECTION = lazily(
    r"(?:on|off)[ -](?:camera|screen|mic|microphone)|voice-?over|by (?:phone|telephone)"
    r"|(?:speaking )?(?:through|via|with) .{3,30}|(?:as|to) .{2,30}"
    r"|singing|reading|translated|ph|in unison|laughing|whispering|shouting",
    re.I,
)
_ODD = re.compile(r"[^\w.'’‘`\-&#\"“”]")
_NUMBER = re.compile(r"#?\d{1,3}$")
_HALF = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Lo", "Van", "Von", "Fitz", "O'", "O’", "O`", "D'", "D’")


class Label(Struct, frozen=True):
    """One label as read.

    `kind` is name, stranger or role (HOST alone); `formal`: an office or an affiliation stands with it, as in the old
    era; `office`: the first of those before the name, in one spelling (`words.office`); `titled`: a title follows a comma;
    `mixed`: not in capitals; `surname`: the last word that is no Jr. or III; `somebody`: false for a heading, a rubric, a
    newsroom or a place.
    """

    shown: str
    name: str
    key: str
    kind: str = "name"
    role: str | None = None
    cues: tuple[str, ...] = ()
    formal: bool = False
    office: str | None = None
    titled: bool = False
    mixed: bool = False
    surname: str = ""
    somebody: bool = True

    @property
    def strong(self) -> bool:
        """A role after a full name: enough to know a transcript by."""
        return self.role is not None and self.kind == "name" and " " in self.key


def read(line: str, *, mixed: bool = False) -> tuple[Label, int] | None:
    """The label at the head of `line` and the place where the words begin; None where no label stands.

    `mixed` also reads names in mixed case ("Zoe Hart:"), which only a page known as a transcript may ask for.

    >>> label, words_at = read("DAN WEXLER, BYLINE: Hi.")
    >>> label.name, label.role, words_at
    ('DAN WEXLER', 'reporter', 20)
    """
    if not mixed and not _START.match(line):
        return None
    end = _colon(line)
    if end < 1:
        return None
    label = parse(line[:end].strip(), mixed=mixed)
    if label is None:
        return None
    after, length = end + 1, len(line)
    while after < length and line[after] == ":":
        after += 1
    if after < length and not (line[after].isspace() or line[after].isupper() or line[after] in "\"“'‘([.…¿¡"):
        return None
    while after < length and line[after].isspace():
        after += 1
    return label, after


def _colon(line: str) -> int:
    """The first colon outside brackets and within reach, or -1."""
    end = line.find(":", 1, _REACH)
    if end < 0 or "(" not in line[:end]:
        return end
    for _ in range(4):
        if end < 0 or line.count("(", 0, end) <= line.count(")", 0, end):
            return end
        end = line.find(":", end + 1, _REACH)
    return -1


@lru_cache(maxsize=2048)
def parse(head: str, *, mixed: bool = False) -> Label | None:
    """The label that `head`, the text before the colon, makes; None when it can be none.

    Remembered, since the few labels of a transcript come again and again.
    """
    if head[:1] == "[" and head[-1:] == "]":
        return _bracketed(head)
    rest, cues, affiliated, role = _brackets(head)
    rest, found, titled = _commas(rest)
    role = found or role
    if not rest:
        return (
            Label(shown=head, name="", key="", kind="role", role=role, cues=cues) if role and len(head) < 30 else None
        )
    stranger = _stranger(rest, role)
    if stranger:
        return Label(shown=head, name=rest, key=key(rest), kind="stranger", role=stranger, cues=cues)
    parts = rest.split()
    name, formal = _without_office(parts)
    office = words.office(parts[0]) if len(name) < len(parts) else None
    if not name or len(name) > 6 or len(" ".join(name)) > 60:
        return None
    if not all(map(_in_capitals, name)) or name[0].islower() or name[-1].islower():
        if not mixed or not _mixed_name(name):
            return None
        return _named(head, name, role, cues, office=office, titled=titled, mixed=True)
    if (titled and len(name) < 2) or not _has_letters(" ".join(name)):
        return None
    return _named(head, name, role, cues, formal=formal or affiliated, office=office, titled=titled)


def _named(
    head: str,
    name: list[str],
    role: str | None,
    cues: tuple[str, ...],
    *,
    formal: bool = False,
    office: str | None = None,
    titled: bool = False,
    mixed: bool = False,
) -> Label:
    shown = " ".join(name)
    known = key(shown)
    parts = known.split()
    surname = parts[-2] if len(parts) > 2 and parts[-1] in words.SUFFIXES else parts[-1] if parts else ""
    somebody = role is not None or (known not in words.NOBODY and words.NEVER_IN_NAMES.isdisjoint(parts))
    return Label(
        shown=head,
        name=shown,
        key=known,
        role=role,
        cues=cues,
        formal=formal,
        office=office,
        titled=titled,
        mixed=mixed,
        surname=surname,
        somebody=somebody,
    )


def _bracketed(head: str) -> Label | None:
    inner = parse(head[1:-1].strip(), mixed=True)
    if inner is None:
        return None
    return msgspec.structs.replace(inner, shown=head)


def _brackets(head: str) -> tuple[str, tuple[str, ...], bool, str | None]:
    """Take (through translator), (Host) and (Author, Journalist) off the end: rest, cues, affiliated, role.

    Only an affiliation in words counts as the old era's: a party, "(R)", also stands in lists of results.
    """
    cues: list[str] = []
    affiliated, role = False, None
    for _ in range(3):
        found = _BRACKET().search(head) if head[-1:] == ")" else None
        if not found:
            break
        inner = found[1].strip()
        if inner.lower() in words.ROLES:
            role = words.ROLES[inner.lower()]
        elif _DIRECTION().fullmatch(inner):
            cues.insert(0, f"({inner})")
        else:
            affiliated = affiliated or _WORDY().search(inner) is not None
        head = head[: found.start()].rstrip()
    return head, tuple(cues), affiliated, role


def _commas(head: str) -> tuple[str, str | None, bool]:
    """Take role and title off the end: the rest, the role, and whether a title stood there."""
    name, *more = (part.strip() for part in head.split(","))
    role, titled = None, False
    for part in more:
        small = part.lower()
        if small.rstrip(".").replace(".", "") in words.SUFFIXES and not titled:
            name = f"{name} {part}"
        elif small in words.ROLES:
            role = words.ROLES[small]
        elif part:
            titled = True
            if small.endswith((" host", " co-host", " anchor")):
                role = role or "host"
    if role is None:
        front, _, last = name.rpartition(" ")
        if front and last in ("reporting", "host", "HOST", "BYLINE", "byline"):
            name, role = front, words.ROLES[last.lower()]
        elif not front and not titled and last in ("HOST", "Host", "ANCHOR", "MODERATOR", "Moderator"):
            name, role = "", "host"
    return name, role, titled


def _stranger(name: str, role: str | None) -> str | None:
    """The role of a label that names no person: unidentified, or host for HOST #1; None for a name."""
    small = key(name)
    first, _, rest = small.partition(" ")
    if len(small) > 60 or any(
        part[0].islower() and part not in words.PARTICLES and part != "in" for part in name.split()
    ):
        return None
    if first == "unidentified" or (first in words.STRANGER_HEADS and rest.rpartition(" ")[2] in words.MACHINE_NOUNS):
        return "unidentified"
    if (" " in small and _NUMBER.fullmatch(small.rpartition(" ")[2]) and small.count(" ") < 4 and "#" in small) or (
        first in ("speaker", "voice", "caller", "student", "man", "woman", "child", "boy", "girl")
        and _NUMBER.fullmatch(rest)
    ):
        return role or words.ROLES.get(first) or "unidentified"
    if small in words.STRANGERS or (first in ("group", "crowd", "chorus") and rest.startswith("of ")):
        return "unidentified"
    return None


def _without_office(parts: list[str]) -> tuple[list[str], bool]:
    """The words of the name, and whether an office in mixed case stood before capitals (the old era's habit)."""
    start = next((i for i, part in enumerate(parts) if _in_capitals(part) and part not in words.PARTICLES), -1)
    front = [part.strip(".,").lower() for part in parts[: max(start, 0)]]
    if front and (parts[0].endswith(("'s", "’s")) or not words.OFFICES.isdisjoint(front[:2])):
        plain = all(part[0].isupper() or part in words.PARTICLES for part in parts[:start])
        return (parts[start:], True) if plain else ([], False)
    start = 0
    while start < len(parts) - 1 and not parts[start].isupper() and parts[start].strip(".").lower() in words.OFFICES:
        start += 1
    while start < len(parts) - 1 and parts[start].isupper() and _office_in_capitals(parts, start):
        start += 1
    return parts[start:], False


def _office_in_capitals(parts: list[str], start: int) -> bool:
    small = parts[start].lower().strip(".,")
    if small in ("vice", "prime"):
        return start + 2 < len(parts) and parts[start + 1].lower() in ("president", "minister")
    if small == "minister":
        return start > 0
    return small in words.OFFICES_IN_CAPITALS


def _in_capitals(word: str) -> bool:
    """ROSS, McCAMMON, O'DELL, J.R., de (a particle), #2."""
    if _ODD.search(word):
        return False
    if word.isupper() or word in words.PARTICLES:
        return True
    if word[0].isdigit() or word[0] == "#":
        return _NUMBER.fullmatch(word) is not None
    return any(word.startswith(half) and word[len(half) :].isupper() and len(word) > len(half) + 1 for half in _HALF)


def _has_letters(name: str) -> bool:
    """A single letter (Q, A, an item of a list) is no name; an initial needs a surname."""
    return sum(map(str.isalpha, name)) > 1


def _mixed_name(parts: list[str]) -> bool:
    return (
        len(parts) <= 5
        and not any(_ODD.search(part) for part in parts)
        and all(part[0].isupper() or part.lower() in words.PARTICLES for part in parts)
        and parts[0][0].isupper()
        and len(parts[-1]) > 1
    )


def asks(label: Label) -> bool:
    """True for the labels of a printed interview: Q, A, QUESTION, a newsroom, a station's call letters."""
    name = label.key
    if label.kind == "stranger":
        return name == "interviewer"
    if label.kind != "name" or label.role is not None:
        return False
    if name in words.ASKERS or name in words.OUTLETS:
        return True
    return name[:1] in "kw" and 3 <= len(name) <= 4 and name.isalpha() and name not in words.CALL_LETTER_NAMES
