"""Bylines to people: "WUFT | By Ana Ruiz, Bo Li" -> two authors; "By Max Roe / Health Reporter" -> name and role."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from scraper.article import Author
from scraper.extractor.patterns import lazily
from scraper.extractor.text import clean, fold

_BY = re.compile(r"^(?:(?:written|reported|posted|story|text|produced|hosted)\s+)?(?:by|por)\b\s*[:—–-]*\s*", re.I)
_PREFIXED = lazily(r"^(?P<outlet>[^|]{2,60}?)\s*\|\s*(?=by\b|por\b)", re.I)
_JOB = lazily(
    r"\b(?:reporter|editor|host|producer|correspondent|writer|columnist|director|intern|anchor|journalist|fellow|staff"
    r"|manager|contributor|newsroom|news|desk|chief|bureau|president|critic|photographer|freelance\w*|team|coordinator)\b",
    re.I,
)
_AGENCY = lazily(
    r"(?:NPR(?: (?:Staff|News))?|(?:The )?Associated Press|AP|Reuters|AFP|BBC(?: News)?|ProPublica|KFF Health News|StateImpact\b.*"
    r"|[KW][A-Z]{2,3}(?:-(?:FM|AM|TV))?(?: (?:News|Staff|Newsroom))?|.*\b(?:Staff|News|Newsroom|Network|Radio|Press|Bureau|Media|Team"
    r"|Public Broadcasting|Collaborative|Tribune|Times|Post|Herald|Sentinel|Journal|Beacon|Independent|Today))",
)
_HOUSE = lazily(r"[A-Z][\w&'’.-]* (?:Bureau|Newsroom|News|Network|Desk|Team|Radio|Media|Press|Collaborative)$")
_SUFFIX = lazily(r"^(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D|R\.?N|Esq|MPH|DVM|J\.?D)\.?$", re.I)
_LONGEST_SUFFIX = 5
_SPLIT = re.compile(r"\s*(?:,|;|\n|•|·)\s*(?:(?:and|y|with|und|et|&)\s+)?|\s+(?:and|&|y|with|und|et)\s+", re.I)
_NOT_NAMES = frozenset(
    "by and with from the staff admin administrator editor news unknown anonymous n/a none null undefined".split()
)
_TAIL = lazily(r"\s*(?:\||•|·|—|–| - )\s*(?:published|posted|updated|last\b|\d|[A-Z][a-z]+ \d{1,2},).*$", re.I)


def strip_by(text: str) -> str:
    """The byline without its leading "By".

    >>> strip_by("By Ana Ruiz")
    'Ana Ruiz'
    """
    return _BY.sub("", clean(text)).strip(" ,|")


def outlet(byline: str) -> tuple[str | None, str]:
    """The outlet that stands before "| By" and the byline without it.

    >>> outlet("WUFT | By Ana Ruiz")
    ('WUFT', 'By Ana Ruiz')
    """
    found = _PREFIXED().match(byline) if "|" in byline else None
    return (clean(found["outlet"]), byline[found.end() :]) if found else (None, byline)


def parse(byline: str) -> list[Author]:
    """The people of one byline, in order, each once. A part after a slash, or one that reads like a job, is a role.

    >>> [a.name for a in parse("By Ben Kieffer,\\nSamantha McIntosh")]
    ['Ben Kieffer', 'Samantha McIntosh']
    >>> parse("By Max  Roe / Health Reporter")[0].role
    'Health Reporter'
    """
    text = byline.strip()
    _, text = outlet(text)
    text = "\n".join(clean(line) for line in text.split("\n"))
    if any(mark in text for mark in "|•·—–-"):
        text = _TAIL().sub("", text)
    people: list[Author] = []
    for part in re.split(r"(?<=[\w.)])\s*[,;]?\s*\bBy\b\s+", _BY.sub("", text.strip())):
        people += _group(part)
    return unique(people)


def _group(text: str) -> list[Author]:
    """People of one "By": names split at commas, "and", line breaks; roles after a slash or a bracket."""
    people: list[Author] = []
    text = re.sub(r"/[^,;\n]*", lambda role: role[0].replace("&", "\0").replace(" and ", "\1"), text)
    for part in _SPLIT.split(text):
        piece = part.replace("\0", "&").replace("\1", " and ").strip(" ,|")
        if not re.search(r"\b(?:[A-Z]|[JS]r)\.$", piece):
            piece = piece.strip(" ,|.")
        if not piece:
            continue
        name, slash, role = (side.strip() for side in re.sub(r"\s\|\s", " / ", piece).partition("/"))
        bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name)
        if bracket:
            name, role = bracket[1], role or bracket[2]
        if people and len(piece) <= _LONGEST_SUFFIX and _SUFFIX().match(piece):
            people[-1] = Author(
                name=f"{people[-1].name}, {piece}", role=people[-1].role, affiliation=people[-1].affiliation
            )
        elif slash and people and not name:
            people[-1] = _with(people[-1], role)
        elif people and not slash and not is_agency(piece) and _JOB().search(piece) and not _looks_like_name(piece):
            people[-1] = _with(people[-1], piece)
        elif people and is_agency(piece) and people[-1].affiliation is None and len(piece.split()) <= 4 and "," in text:
            people[-1] = Author(
                name=people[-1].name, role=people[-1].role, affiliation=piece, url=people[-1].url, bio=people[-1].bio
            )
        elif is_name(name):
            people.append(_with(Author(name=name), role) if role else Author(name=name))
    return people


def _with(author: Author, detail: str) -> Author:
    if is_agency(detail) and (_HOUSE().search(detail) or not _JOB().search(re.sub(r"\bNews\b", "", detail))):
        return Author(name=author.name, role=author.role, affiliation=detail, url=author.url, bio=author.bio)
    return Author(name=author.name, role=detail, affiliation=author.affiliation, url=author.url, bio=author.bio)


def is_agency(name: str) -> bool:
    """True for a newsroom, an agency or a network rather than a person."""
    return _AGENCY().fullmatch(name) is not None


def _looks_like_name(text: str) -> bool:
    parts = text.split()
    return 2 <= len(parts) <= 4 and not any(_JOB().fullmatch(part.strip(".,")) for part in parts) and is_name(text)


def is_name(text: str) -> bool:
    """True for what can stand as an author: words that start with a capital (particles aside), no sentence, no address."""
    if (
        not text
        or len(text) > 80
        or text.casefold() in _NOT_NAMES
        or re.search(r"https?:|www\.|[@<>{}=\d]|^(?:Published|Updated|Posted)\b", text)
    ):
        return False
    parts = text.split()
    if len(parts) > 7 or not any(ch.isalpha() for ch in text):
        return False
    capitals = sum(part[0].isupper() or not part[0].isascii() for part in parts)
    return capitals >= max(1, len(parts) - 2)


def unique(people: list[Author]) -> list[Author]:
    """The list with each name once; what a later mention adds is kept."""
    merged: dict[str, Author] = {}
    for person in people:
        known = merged.get(person.name.casefold())
        if known is None:
            merged[person.name.casefold()] = person
        else:
            merged[person.name.casefold()] = Author(
                name=known.name,
                role=known.role or person.role,
                affiliation=known.affiliation or person.affiliation,
                url=known.url or person.url,
                bio=known.bio or person.bio,
            )
    return list(merged.values())


def with_bios(authors: list[Author], bios: Sequence[tuple[str | None, str]]) -> tuple[list[Author], list[str]]:
    """The authors with their biographies, and the copyright notices that stood at a biography's end.

    A biography is (the name it stands under, where it does, and its words); one without a name belongs to the first author
    whom its beginning names.
    """
    result = list(authors)
    notices: list[str] = []
    for name, words in bios:
        cut = re.search(r"\s*\[?((?:Copyright|©)[^\[\]]{4,120})\]?\s*$", words)
        bio = words[: cut.start()].rstrip() if cut else words
        if cut:
            notices.append(clean(cut[1]))
        for index, author in enumerate(result if bio else ()):
            mine = fold(name) == fold(author.name) if name else _about(author.name, bio)
            if mine and author.bio is None:
                result[index] = msgspec.structs.replace(author, bio=bio)
                break
    return result, notices


def with_roles(authors: list[Author], roles: dict[str, str]) -> list[Author]:
    """The authors with what they are, by their folded names, where the byline does not say it."""
    return [
        msgspec.structs.replace(author, role=author.role or roles.get(fold(author.name))) if roles else author
        for author in authors
    ]


def _about(name: str, text: str) -> bool:
    surname = name.rsplit(maxsplit=1)[-1]
    return fold(name) in fold(text[:200]) or fold(surname) in fold(text[:60])
