"""Who wrote a story in plain text: the byline's people with what closing biographies say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from scraper.article import Author, Transcript
from scraper.extractor.text import clean, fold

Bio = tuple[str | None, str]
"""A biography, and the name that stands with it where the page gives one."""


def with_bios(
    authors: list[Author], outlet: str | None, transcript: Transcript | None, bios: Sequence[Bio]
) -> list[Author]:
    """The byline's people, else the transcript's one reporter whose biography closes the page; with biographies."""
    if not authors and transcript is not None:
        reporters = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.role == "reporter" and turn.speaker)
        authors = [Author(name=name) for name in reporters if any(fold(name) in fold(bio[:120]) for _, bio in bios)]
    result: list[Author] = []
    for author in authors:
        mine = (
            _part(bio, author.name, authors)
            for name, bio in bios
            if (name and fold(name) == fold(author.name)) or fold(author.name) in fold(bio[:160])
        )
        result.append(
            msgspec.structs.replace(
                author, affiliation=author.affiliation or outlet, bio=author.bio or next(mine, None)
            )
        )
    return result


def named_in(bios: Iterable[str]) -> list[str]:
    """Full names with which biographies begin."""
    found = (re.match(r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+", bio) for bio in bios)
    return [clean(match[0]) for match in found if match]


def _part(bio: str, name: str, authors: list[Author]) -> str:
    """Of biographies run together in one paragraph, the sentences about one author."""
    starts = sorted(
        {at for author in authors if (at := bio.find(author.name)) == 0 or (at > 1 and bio[at - 2] in ".!?")}
    )
    mine = bio.find(name)
    if len(starts) < 2 or mine not in starts:
        return bio
    later = [at for at in starts if at > mine]
    return bio[mine : later[0] if later else len(bio)].strip()
