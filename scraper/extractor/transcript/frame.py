"""Where the spoken part of a story begins and ends; sign-offs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scraper.extractor.patterns import lazily
from scraper.extractor.transcript import marks, words
from scraper.extractor.transcript.cast import Person, tails
from scraper.extractor.transcript.names import MAX_LOOKUPS, Spelling, key, near
from scraper.extractor.transcript.stream import Event

_PARTICLE = "|".join(sorted(words.PARTICLES - {"and", "the", "of", "y", "e"}))
_WORD = r"[A-Z][\w'’\-]*\w"
_OWN_NAME = lazily(
    rf"(?:^|(?<=[^\"“‘]))\bI['’]m ((?:[A-Z](?:\.[A-Z])*\.?|{_WORD})"
    rf"(?: (?:[A-Z]\.|[A-Z](?= )|{_WORD}|{_PARTICLE})){{1,3}})"
    r"(?=[.,;:!]|\s+(?:and|in|with|at|from|for|here|-)|\s*$)",
    re.M,
)
_NO_GIVEN_NAMES = frozenset(
    "native african asian american british mexican north south east west middle black white latin indian".split()
)
_INTRODUCES = lazily(
    r"\b(?:reports?|explains?|has (?:more|the story)"
    r"|(?:joins (?:us|me)|(?:is|are) (?:here|with (?:us|me))|has this|filed this|sent this|tells us|begins|spoke)\b.*)"
    r"[.:?!]?$"
)
_SECOND_HOST = lazily(r"And I['’]m [A-Z]")
_NAME = r"[^\W\d_a-z][\w.'’\-]*(?: [\w.'’\-]+){1,4}?"
_NEWS = r"[^\W\d_a-z][\w' ]{1,30} News\b[^!?\n]{0,80}"
_OF = r"(?:For|From|Reporting (?:for|from)) [^.!?:\n]{2,60}?, "
_SIGN_OFF = lazily(
    r"(?:^|(?<=[.!?…\"”)] ))(?:"
    rf"{_OF}(?:I['’]m|I am|this is) (?P<a>{_NAME})(?=[,. ]|$)[^!?\n]{{0,80}}"
    rf"|(?:I['’]m|This is) (?P<b>{_NAME}),? (?:in [^,.]{{2,30}}, )?(?:(?:reporting )?for )?{_NEWS}"
    rf"|(?:{_OF})?(?P<c>{_NAME}), (?:for )?{_NEWS}"
    r")$"
)
_QUOTING = lazily(
    r"[,.?!…][\"”] (?:[\w.'’\-]+ ){0,3}(?:said|says|told|asked|recalled|explained)\b"
    r"|\b(?:said|says|told|asked)\b [^.!?\"“”]{0,60}[,.:] ?[\"“]"
)
_WRITTEN = 5
"""More paragraphs than this before the first label are a written story, unless the page says where speech begins."""


def own_name(text: str) -> str | None:
    """The name that a speaker gives himself: "I'm Amos Greer, and this is ..." -> Amos Greer."""
    if "I'm " not in text and "I’m " not in text:
        return None
    for found in _OWN_NAME().finditer(text):
        name = found[1]
        if not name.isupper() and name.split()[0].lower() not in _NO_GIVEN_NAMES | words.COMMON:
            return name
    return None


def begin(events: Sequence[Event], spelling: Spelling, *, certain: bool) -> int:
    """The number of the event with which the spoken part begins: what stands before is written, or announces it."""
    first = next(i for i, event in enumerate(events) if event.kind == "label")
    marker = next((i for i in range(first - 1, -1, -1) if events[i].kind == "marker"), None)
    if marker is not None:
        return _past_remarks(events, marker + 1, first)
    start = next((i + 1 for i in range(first - 1, -1, -1) if events[i].kind == "block"), 0)
    start = _past_remarks(events, start, first)
    sound = next((i for i in range(start, first) if events[i].kind == "sound"), first)
    before = [i for i in range(start, sound) if events[i].kind == "words"]
    if not before:
        return min(sound, first)
    if _is_dek(events, before, first, spelling):
        return sound
    remark = next((i for i in reversed(before) if marks.is_remark(events[i].text)), None)
    if remark is not None:
        return _past_remarks(events, remark + 1, first)
    if not certain and _is_prose(events, before):
        return sound
    paragraphs = sorted({events[i].block for i in before})
    if certain or len(paragraphs) <= _WRITTEN:
        return start
    last = [i for i in before if events[i].block == paragraphs[-1]]
    return last[0] if _INTRODUCES().search(events[last[-1]].text[-300:]) else sound


def _past_remarks(events: Sequence[Event], start: int, first: int) -> int:
    """Go past written remarks ("This interview has been edited ...") and notices at the head."""
    while start < first and (
        events[start].kind in ("footer", "note")
        or (events[start].kind == "words" and marks.is_afterword(events[start].text))
    ):
        start += 1
    return start


def _is_prose(events: Sequence[Event], before: Sequence[int]) -> bool:
    """Words before the first label that quote people as a written story does ('"Salt," says Poe'), where no label has a
    role, as those of a broadcast have."""
    if any(event.label is not None and event.label.role for event in events):
        return False
    return any(_QUOTING().search(events[i].text) for i in before)


def _is_dek(events: Sequence[Event], before: Sequence[int], first: int, spelling: Spelling) -> bool:
    """Written words before the first label, rather than an introduction whose label is lost.

    A host with a label of his own has lost none: what stands before it is written, unless a second host goes on there.
    """
    heads = [event.label for event in events if event.label is not None]
    if not any(label.role == "host" for label in heads):
        return False
    if any(own_name(events[i].text) for i in before):
        return False
    follows = next((event.text for event in events[first:] if event.kind == "words"), "")
    if _SECOND_HOST().match(follows):
        return False
    full = {
        tail for label in heads if label.kind == "name" for tail in (label.key, *tails(label.key)) if " " in label.key
    }
    short = {
        label.key: label for label in heads if label.kind == "name" and label.role is None and " " not in label.key
    }
    lost = [
        label
        for name, label in list(short.items())[:MAX_LOOKUPS]
        if name not in full and not any(near(name, tail) for tail in full)
    ]
    return not any(not spelling.mentions(label.name) for label in lost)


def end(events: Sequence[Event], start: int, signers: Mapping[str, Person]) -> int:
    """The number of the first event after the spoken part: a heading, a list, a remark, what follows a sign-off."""
    last = max((i for i in range(start, len(events)) if events[i].kind in ("label", "sound")), default=start)
    own = events[last].kind == "label"
    signed = False
    for i in range(last + 1, len(events)):
        event = events[i]
        if event.kind == "block" and event.source is not None and event.source.kind != "note":
            return i
        if event.kind != "words":
            continue
        if own:
            own = False
        elif signed or marks.is_afterword(event.text):
            return i
        signed = sign_off(event.text, signers) is not None
    return len(events)


def sign_off(text: str, signers: Mapping[str, Person]) -> tuple[int, Person] | None:
    """Where a sign-off begins at the end of `text`, and whose it is. `signers`: people by `names.key` of the name."""
    tail = text[-220:]
    if " News" not in tail and "I'm " not in tail and "I’m " not in tail and "this is " not in tail:
        return None
    found = _SIGN_OFF().search(text, max(0, len(text) - 220))
    if not found:
        return None
    name = key(found["a"] or found["b"] or found["c"])
    person = signers.get(name)
    return (found.start(), person) if person else None
