"""Text made comparable: what counts as the same words, the same line, the same name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_STRAIGHT = {ord("‘"): "'", ord("’"): "'", ord("“"): '"', ord("”"): '"'}
_MARKER = re.compile(r"^\s*(?:[-*•]|\d{1,3}\.)\s+")
_WORD = re.compile(r"\w+")
# A speaker's label as transcripts print it: capitals (with a title before or a role after), then a colon.
_LABEL = re.compile(
    r"(?:(?:Mrs?|Ms|Dr|Prof|Sen|Rep)\.\s+)?[A-Z][A-Z0-9 .,'’#&()-]{1,60}(?:,\s*(?:host|byline))?:(?:\s+|$)", re.A
)
_CUE = re.compile(r"\([A-Z][a-z ]+\)\s*")


def collapse(text: str) -> str:
    """Composed characters, no invisible ones, single spaces."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def plain(text: str) -> str:
    """As `collapse`, and with straight quotation marks."""
    return collapse(text).translate(_STRAIGHT)


def fold(name: str) -> str:
    """A name without accents and capitals."""
    parts = unicodedata.normalize("NFD", plain(name))
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    return _WORD.findall(plain(text).casefold())


def bag(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts."""
    return Counter(word for text in texts for word in words(text))


def lines(text: str) -> list[str]:
    """The lines that hold anything, each without the marker of a list."""
    return [line for raw in text.split("\n") if (line := collapse(_MARKER.sub("", raw)))]


def holds(text: str, part: str) -> bool:
    """Does a (plain) text hold these characters, not as a piece of longer words?"""
    wanted = plain(part)
    before = r"\b" if wanted[:1].isalnum() else ""
    after = r"\b" if wanted[-1:].isalnum() else ""
    return bool(wanted) and re.search(before + re.escape(wanted) + after, text) is not None


def without_label(line: str, names: Collection[str]) -> str:
    """A line of a transcript without its speaker: one of these (folded) names, or a name in capitals; cues go too."""
    line = collapse(line)
    for colon in re.finditer(":", line):
        if fold(line[: colon.start()]) in names:
            return without_cue(line[colon.end() :])
    label = _LABEL.match(line)
    return without_cue(line[label.end() :] if label else line)


def without_cue(text: str) -> str:
    """Words without the sound that stands before them: "(LAUGHTER) Yes." is kept, "(Laughing) Yes." becomes "Yes."."""
    text = text.strip()
    cue = _CUE.match(text)
    return text[cue.end() :] if cue else text


def harmony(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def overlap(got: Counter[str], wanted: Counter[str]) -> tuple[float, float]:
    """Precision and recall of one multiset against another; two empty ones are equal."""
    if not got and not wanted:
        return 1.0, 1.0
    both = (got & wanted).total()
    return both / got.total() if got else 0.0, both / wanted.total() if wanted else 0.0
