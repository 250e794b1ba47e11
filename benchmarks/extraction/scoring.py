"""One peer's answer on one page, judged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from .answers import Answer
from .cases import Case, Furniture
from .normal import bag, collapse, fold, harmony, holds, lines, overlap, plain, without_label, words
from .turns import right

RUN = 5
"""Words in a row that tell a piece of furniture from chance."""
_EAST = timedelta(hours=5)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Score:
    """None where the measure does not apply, or the peer does not offer the field. Shares are 0 to 1."""

    paragraph_f1: float | None = None
    precision: float | None = None
    recall: float | None = None
    token_f1: float | None = None
    leaks: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
    title: float | None = None
    authors: float | None = None
    date: float | None = None
    turns: float | None = None
    roles: float | None = None
    decided: bool = True


def judge(case: Case, answer: Answer) -> Score:
    """The score of a page. Of a page that is no story, only whether it was told from one."""
    types = {kind in ("article", "episode", "transcript") for kind in case.page_types}
    decided = answer.failure is None and (answer.story in types)
    if not case.story:
        return Score(decided=decided)
    reading = _Reading(case, answer)
    precision, recall = overlap(bag([reading.closed]), bag(reading.wanted))
    turns, roles = _turns(case, answer)
    return Score(
        paragraph_f1=reading.paragraph_f1() if case.exact else None,
        precision=precision,
        recall=recall,
        token_f1=harmony(precision, recall),
        leaks=reading.leaks(),
        lost=reading.lost(),
        title=_title(case, answer),
        authors=_authors(case, answer),
        date=_date(case, answer),
        turns=turns,
        roles=roles,
        decided=decided,
    )


class _Reading:
    """A story's text beside the gold's. Where the gold has turns, the speakers' labels are taken off on both sides."""

    def __init__(self, case: Case, answer: Answer) -> None:
        self.case = case
        self.answer = answer
        turns = (*case.turns, *(answer.turns or ()))
        self.names = {fold(name) for turn in turns for name in (turn.label, turn.speaker) if name}
        self.open = {collapse(text) for text in case.open}
        self.got = self._clean(answer.paragraphs)
        self.all_wanted = self._clean(case.paragraphs)
        self.wanted = [text for text in self.all_wanted if text not in self.open]
        self.lines = self._clean(lines(answer.text))
        self.closed = " ".join(self.lines)
        for text in sorted(self.open, key=len, reverse=True):
            self.closed = self.closed.replace(text, " ")

    def _clean(self, texts: tuple[str, ...] | list[str]) -> list[str]:
        if self.case.turns:
            texts = [without_label(text, self.names) for text in texts]
        return [line for text in texts if (line := collapse(text))]

    def paragraph_f1(self) -> float:
        """F1 of whole paragraphs that are equal. What the gold leaves open counts neither way."""
        got = self.got
        for whole, parts in self.case.merges:
            if all(part in got for part in parts):
                got = [text for text in got if text not in parts] + [whole]
        closed = Counter(text for text in got if text not in self.open)
        return harmony(*overlap(closed, Counter(self.wanted)))

    def lost(self) -> tuple[str, ...]:
        """The gold's paragraphs of which less than half the pairs of neighbouring words stand in the text."""
        said = words(" ".join(self.lines))
        pairs = set(pairwise(said))
        missing = []
        for text in self.wanted:
            own = words(text)
            found = [pair in pairs for pair in pairwise(own)] or [word in said for word in own]
            if sum(found) * 2 < len(found):
                missing.append(text)
        return tuple(missing)

    def leaks(self) -> tuple[tuple[str, str], ...]:
        """The furniture that stands in the text: kind, and the words that gave it away."""
        seen = plain(self.answer.text) + " \n " + plain(" \n ".join(self.answer.paragraphs))
        own_lines = {plain(text) for text in (*self.got, *self.lines)}
        said, story = _spaced(self.answer.text), _spaced(" ".join((*self.case.titles, *self.case.paragraphs)))
        found = []
        for item in self.case.furniture:
            if item.how == "run":
                words_seen = _run(item, said, story, own_lines)
            elif item.how == "line":
                words_seen = item.text if plain(item.text) in own_lines else None
            else:
                words_seen = item.text if holds(seen, item.text) else None
            if words_seen and not (item.how == "line" and item.text in self.case.paragraphs):
                found.append((item.kind, words_seen))
        return tuple(dict.fromkeys(found))


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "


def _run(item: Furniture, said: str, story: str, own_lines: set[str]) -> str | None:
    """The first five words in a row (all, where there are fewer) that the text has, and neither story nor title.

    One or two words are only looked for as a line of their own: they may be a story's.
    """
    own = words(item.text)
    if len(own) < 3:
        return item.text if plain(item.text) in own_lines and _spaced(item.text) not in story else None
    for at in range(max(1, len(own) - RUN + 1)):
        run = f" {' '.join(own[at : at + RUN])} "
        if run in said and run not in story:
            return run.strip()
    return None


# ---------------------------------------------------------------------- fields
def _turns(case: Case, answer: Answer) -> tuple[float | None, float | None]:
    if not case.turns or (answer.turns is None and not answer.failure):
        return None, None
    return right(answer.turns or (), case.turns)


def _title(case: Case, answer: Answer) -> float | None:
    if not case.titles or not _offered(answer, "title"):
        return None
    return float(plain(answer.title or "") in {plain(title) for title in case.titles})


def _authors(case: Case, answer: Answer) -> float | None:
    """Is the set of names right? An answer without a word of text finds nobody, which is then no merit."""
    if not case.authors or not _offered(answer, "authors"):
        return None
    names = {fold(name) for name in answer.authors or ()} - {""}
    wanted = [{fold(name) for name in names} for names in case.authors]
    return float(names in wanted and answer.failure is None and bool(answer.text.strip() or names))


def _date(case: Case, answer: Answer) -> float | None:
    """Is the day of publication right, in UTC or at the US East coast? (Peers give days, seldom the time.)"""
    if not case.dates or not _offered(answer, "date"):
        return None
    day = _days(answer.date)[:1]
    return float(bool(day) and any(day[0] in _days(wanted) for wanted in case.dates))


def _offered(answer: Answer, name: str) -> bool:
    return name in answer.offers or answer.failure is not None


def _days(text: str | None) -> list[date]:
    """The day that a date means in UTC and, where it tells the time, in the US East."""
    text = (text or "").strip()
    try:
        if _DAY.fullmatch(text):
            return [date.fromisoformat(text)]
        at = datetime.fromisoformat(text)
    except ValueError:
        return []
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return [at.date(), (at - _EAST).date()]
