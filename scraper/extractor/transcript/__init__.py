"""Transcripts in a story: speaker turns with full names, roles, tape and cues, in the grammar of both eras of NPR.

Pure functions over the blocks of a story; no HTML. `parse` says whether the story is (or holds) a transcript and reads
it; `render_turn` prints one turn. The modules, from the words up: `words` (data), `names`, `labels`, `marks`,
`evidence`, `cast`, `stream`, `frame`, `turns`, `reading`. All but this one are loaded when a story first shows
something like a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.article import Block, Struct, Transcript

__all__ = ["Parsed", "parse", "render_turn"]

_REACH = 220
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}|^\[")
_ROLES = (", HOST:", ", BYLINE:", ", host:")


class Parsed(Struct, frozen=True):
    """A story that is, or holds, a transcript.

    `blocks` is the whole story in order: what is written as it was given, what is spoken as turn, sound and note
    blocks. There are as many turn blocks as `transcript.turns`, in the same order; a block's text keeps the stage
    directions, a turn's text does not. `spoken_from` is the number of the input block in which the first turn or sound
    stands. What left the story: `footer` (notices of rights and of the transcript's making) and `markers` (the line
    "Transcript:", labels that nobody's words follow). `corrections` also stand as note blocks.
    """

    blocks: list[Block]
    transcript: Transcript
    spoken_from: int
    footer: list[str] = []
    corrections: list[str] = []
    markers: list[str] = []


def parse(blocks: Sequence[Block], *, certain: bool = False, people: Sequence[str] = ()) -> Parsed | None:
    """The transcript in `blocks`, or None where there is none: the story is then to stay as it is.

    `blocks` are the story's blocks in reading order, white space collapsed; a paragraph may hold line breaks.
    `certain`: the platform says that this is a transcript, so that one label is enough, and names in mixed case are
    read. `people`: full names known from elsewhere (byline, biographies); they spell names and complete surnames.
    Time grows with the length of the text alone.

    >>> story = [Block(kind="paragraph", text=t) for t in ("ANN POE, HOST:", "Good morning.", "BO DREW: Hi.")]
    >>> [(t.speaker, t.role, t.text) for t in parse(story).transcript.turns]
    [('Ann Poe', 'host', 'Good morning.'), ('Bo Drew', 'guest', 'Hi.')]
    """
    if not certain and not any(map(_may_hold_label, blocks)):
        return None
    from scraper.extractor.transcript.reading import read

    return read(blocks, certain=certain, people=people)


def render_turn(block: Block) -> str:
    """A turn block as the record's `text` prints it: the full name in capitals, or the words alone without a name.

    >>> render_turn(Block(kind="turn", text="Hello.", speaker="Rory McAllister", role="guest"))
    'RORY MCALLISTER: Hello.'
    """
    return f"{block.speaker.upper()}: {block.text}" if block.speaker else block.text


def _may_hold_label(block: Block) -> bool:
    """A cheap look at the heads of lines: capitals before a colon. Most written stories end here."""
    text = block.text
    if ":" not in text or block.kind not in ("paragraph", "heading", "quote", "list"):
        return False
    for line in text.split("\n"):
        colon = line.find(":", 1, _REACH)
        if colon > 0 and _CAPITALS.search(line, 0, colon):
            return True
    return any(role in text for role in _ROLES)
