"""What a peer says of a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .cases import STORIES, Turn
from .markup import text_of
from .normal import lines


@dataclass(frozen=True)
class Answer:
    """A peer's answer. None stands for what the peer does not offer, an empty value for what it did not find.

    `failure` says what became of a page that gave no answer (a crash, a time-out). `seconds` is CPU time.
    """

    text: str = ""
    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    turns: tuple[Turn, ...] | None = None
    page_type: str | None = None
    platform: str | None = None
    offers: frozenset[str] = field(default_factory=frozenset)
    seconds: float = 0.0
    failure: str | None = None

    @property
    def story(self) -> bool:
        """Does the peer take the page for a story? One that has no word for it says so by giving text."""
        return self.page_type in STORIES if self.page_type else bool(self.text.strip())


def answer_of(data: dict[str, Any]) -> Answer:
    """An answer from a runner's line. Where the peer cuts no paragraphs, the lines of its text (or HTML) are taken."""
    text = text_of(data["html"]) if data.get("html") else data.get("text") or ""
    given = data.get("paragraphs")
    turns = data.get("turns")
    return Answer(
        text=text,
        paragraphs=tuple(part for one in given for part in lines(one)) if given is not None else tuple(lines(text)),
        title=data.get("title"),
        authors=tuple(name for name in data.get("authors") or () if isinstance(name, str))
        if "authors" in data
        else None,
        date=data.get("date"),
        turns=tuple(Turn(**turn) for turn in turns) if turns is not None else None,
        page_type=data.get("page_type"),
        platform=data.get("platform"),
        offers=frozenset(data) & {"title", "authors", "date", "turns"},
        seconds=data.get("seconds", 0.0),
    )
