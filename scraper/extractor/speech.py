"""The story's blocks with what is spoken in them told apart: turns, sounds, and what the transcript's frame leaves over."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from scraper.article import Block, Removed, Transcript
from scraper.extractor import transcript as grammar

_HEADING = Block(kind="heading", text="Transcript", level=2)
"""Stands in for a container that says it holds a transcript: all in it is spoken."""


class Told(msgspec.Struct):
    """`blocks` in order, the `transcript` where there is one, `notices` and `corrections` found in it, and `removed`: the
    lines of its frame."""

    blocks: list[Block]
    transcript: Transcript | None = None
    notices: list[str] = []
    corrections: list[str] = []
    removed: list[Removed] = []


def tell(written: list[Block], spoken: list[Block] | None, people: Sequence[str]) -> Told:
    """`written` is the story's container, `spoken` what stands in a container of the transcript's own, if there is one."""
    if spoken is not None:
        parsed = grammar.parse([_HEADING, *spoken], certain=True, people=people)
        return _told(parsed, before=written) if parsed is not None else Told([*written, *spoken])
    parsed = grammar.parse(written, certain=any(_is_heading(block) for block in written), people=people)
    return _told(parsed, before=[]) if parsed is not None else Told(written)


def _told(parsed: grammar.Parsed, *, before: list[Block]) -> Told:
    removed = [
        *(
            Removed(rule="transcript.heading", kind="navigation", text=text)
            for text in parsed.markers
            if text != _HEADING.text
        ),
        *(Removed(rule="transcript.foot", kind="copyright", text=text) for text in parsed.footer),
    ]
    return Told([*before, *parsed.blocks], parsed.transcript, parsed.footer, parsed.corrections, removed)


def _is_heading(block: Block) -> bool:
    if len(block.text) > 60 or block.kind not in ("heading", "paragraph") or "ranscri" not in block.text:
        return False
    from scraper.extractor.transcript import marks

    return marks.is_marker(block.text)
