"""A page and what must come out of it, from whichever layout the gold is written in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .normal import lines

STORIES = ("article", "episode", "transcript")


@dataclass(frozen=True)
class Furniture:
    """Words that may not stand in a story's text.

    `how` they are looked for: "string" anywhere, "line" as a line of their own, "run" by any five words in a row that
    the story does not have (of a shorter text: all of it).
    """

    kind: str
    text: str
    how: Literal["string", "line", "run"]


@dataclass(frozen=True)
class Turn:
    """What one speaker says; `optional` where readers differ on whether it is a turn."""

    speaker: str | None
    label: str | None
    role: str | None
    text: str
    optional: bool = False


@dataclass(frozen=True)
class Case:
    """A page with gold. Of titles, authors and dates each that is accepted; an empty tuple where the gold has none.

    `exact` says that the gold's paragraphs are cut as this project cuts them. `open` are texts that count neither way,
    `merges` paragraphs that may also come in parts.
    """

    name: str
    path: Path
    url: str | None
    group: str
    page_types: tuple[str, ...]
    paragraphs: tuple[str, ...] = ()
    exact: bool = True
    human: bool = True
    open: frozenset[str] = frozenset()
    merges: tuple[tuple[str, tuple[str, ...]], ...] = ()
    titles: tuple[str, ...] = ()
    authors: tuple[frozenset[str], ...] = ()
    dates: tuple[str, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def story(self) -> bool:
        return self.page_types[0] in STORIES

    @property
    def html(self) -> bool:
        return self.path.suffix != ".txt"


def case_of(path: Path, gold: dict[str, Any], group: str) -> Case:
    """A page's case from its gold: a record of this project, marked lines of text, or paragraphs."""
    if "blocks" in gold or ("paragraphs" not in gold and "lines" not in gold):
        return _of_record(path, gold, group)
    return _of_gold(path, gold, group)


# ---------------------------------------------------------------------- gold
def _of_gold(path: Path, gold: dict[str, Any], group: str) -> Case:
    """The layout with `paragraphs` and `must_not_contain`; keys that are missing are not scored."""
    human = str(gold.get("truth", "human")) == "human"
    paragraphs, furniture = gold.get("paragraphs") or [], []
    if "lines" in gold:
        paragraphs = list(dict.fromkeys(text for label, text in gold["lines"] if label == "K"))
        furniture = [Furniture("marked", text, "line") for label, text in gold["lines"] if label != "K"]
    furniture += [Furniture("marked", text, "string") for text in gold.get("must_not_contain") or []]
    titles = _some([gold.get("title"), *(gold.get("title_ok") or [])])
    furniture += [Furniture("title", title, "line") for title in titles[:1] if "must_not_contain" in gold]
    return Case(
        name=path.stem,
        path=path,
        url=gold.get("url"),
        group=group,
        page_types=(gold.get("page_type") or "article", *(gold.get("page_type_ok") or [])),
        paragraphs=tuple(paragraphs),
        exact="truth" not in gold,
        human=human,
        open=frozenset(gold.get("open") or []),
        merges=tuple((whole, tuple(parts)) for whole, parts in gold.get("split_ok") or []),
        titles=titles,
        authors=_author_sets(gold),
        dates=_some([gold.get("published"), *(gold.get("published_ok") or [])]),
        furniture=tuple(furniture),
        turns=_turns(gold.get("transcript_turns") or []),
    )


def _author_sets(gold: dict[str, Any]) -> tuple[frozenset[str], ...]:
    """The sets of names that are right. Names known from a biography alone may be given or not."""
    if gold.get("authors") is None:
        return ()
    named = gold["authors"]
    sets = [named, *(gold.get("authors_ok") or [])]
    if gold.get("authors_from_bio"):
        sets += [gold["authors_from_bio"], [*named, *gold["authors_from_bio"]]]
    return tuple(frozenset(names) for names in sets)


# ---------------------------------------------------------------------- records
def _of_record(path: Path, record: dict[str, Any], group: str) -> Case:
    """A record of this project. Its `removed`, headline, byline and teaser may not stand in the text."""
    told = {"title": [record.get("title")], "teaser": [record.get("teaser")]}
    if byline := record.get("byline"):
        told["byline"] = [byline, f"By {byline}"]
    furniture = [Furniture(kind, text, "line") for kind, texts in told.items() for text in _some(texts)]
    furniture += [Furniture(item["kind"], item["text"], "run") for item in record.get("removed") or []]
    transcript = record.get("transcript") or {}
    authors = record.get("authors")
    return Case(
        name=path.stem,
        path=path,
        url=record.get("url"),
        group=group,
        page_types=(record["page_type"],),
        paragraphs=tuple(part for block in record.get("blocks") or [] for part in paragraphs_of(block)),
        titles=_some([record.get("title")]),
        authors=(frozenset(author["name"] for author in authors),) if authors is not None else (),
        dates=_some([record.get("published")]),
        furniture=tuple(furniture),
        turns=_turns(transcript.get("turns") or []),
    )


def paragraphs_of(block: dict[str, Any]) -> list[str]:
    """The paragraphs of a record's block: of a list its items, of a turn each of its lines, without the speaker."""
    if block.get("kind") == "list" and block.get("items"):
        return [part for item in block["items"] for part in lines(item)]
    return lines(block.get("text") or "")


def _turns(turns: list[dict[str, Any]]) -> tuple[Turn, ...]:
    return tuple(
        Turn(t.get("speaker"), t.get("label"), t.get("role"), t["text"], bool(t.get("optional"))) for t in turns
    )


def _some(values: list[str | None]) -> tuple[str, ...]:
    return tuple(value for value in values if value)
