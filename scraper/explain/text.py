"""An explanation as a diff for a terminal: the page, and what of it the record keeps."""

from __future__ import annotations

from scraper.explain.tally import counts, template
from scraper.extractor.account import FIELD, KEPT, REMOVED, UNLISTED, Passage
from scraper.extractor.explanation import Explanation

SIGNS = {KEPT: " ", REMOVED: "-", FIELD: "=", UNLISTED: "?"}
_COLOURS = {REMOVED: "31", FIELD: "36", UNLISTED: "33", "head": "1"}


def to_text(told: Explanation, *, source: str, colour: bool = False) -> str:
    """One line of the page a line: " " kept, "-" removed [by its rule], "=" in a [field], "?" nowhere in the record."""
    lines = [_painted(line, "head", colour) for line in _head(told, source)]
    for passage in told.passages:
        note = _note(passage)
        lines += [
            _painted(f"{SIGNS[passage.fate]}{line}{note}", passage.fate, colour) for line in passage.text.split("\n")
        ]
    return "".join(f"{line}\n" for line in lines)


def _head(told: Explanation, source: str) -> list[str]:
    parts = [f"{count.words} {count.kind or 'words'} {count.fate}" for count in counts(told.passages)]
    why = f"{told.page_type}: {told.reason or told.sign}" if told.reason or told.sign else told.page_type
    flags = told.record.quality.flags if told.record else []
    return [
        f"--- {_harmless(source)}",
        f"+++ {_harmless(why)}",
        f"@@ {template(told)}: {_harmless(told.why)} @@",
        f"@@ words: {', '.join(parts) or 'none'} @@",
        *([f"@@ quality: {', '.join(flags)} @@"] if flags else []),
    ]


def _note(passage: Passage) -> str:
    if passage.fate == REMOVED:
        return f" [{passage.rule}]"
    return f" [{passage.kind}]" if passage.fate == FIELD else ""


def _painted(line: str, fate: str, colour: bool) -> str:
    line = _harmless(line)
    return f"\x1b[{_COLOURS[fate]}m{line}\x1b[0m" if colour and fate in _COLOURS else line


def _harmless(text: str) -> str:
    """Without what could move a terminal's cursor: names of files and rules may hold anything."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)
