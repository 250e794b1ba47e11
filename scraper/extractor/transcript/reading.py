"""The reading of a story that shows something like a label: evidence, events, people, turns, the story around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from scraper.article import Block
from scraper.extractor.transcript import Parsed, evidence, frame, labels, marks, turns
from scraper.extractor.transcript.cast import Cast, Person
from scraper.extractor.transcript.labels import Label
from scraper.extractor.transcript.names import Spelling
from scraper.extractor.transcript.stream import Event, Reader


def read(blocks: Sequence[Block], *, certain: bool, people: Sequence[str]) -> Parsed | None:
    """As `transcript.parse`."""
    blocks = [_opened(block) for block in blocks]
    found = evidence.scan(blocks)
    glued = evidence.has_glued_role(blocks)
    if not found and not glued and not certain:
        return None
    spelling = Spelling("\n".join(block.text for block in blocks), people)
    mixed = certain and not any(each.label.somebody for each in found)
    if mixed:
        found = evidence.mixed_labels(blocks)
    believed = evidence.is_transcript(found, blocks, spelling, certain=certain)
    if not believed and not glued:
        return None
    events = list(Reader(found, spelling, certain=certain, mixed=mixed).events(blocks))
    heads = [event.label for event in events if event.label is not None]
    if not heads or (not believed and not any(label.strong for label in heads)):
        return None
    return _assemble(blocks, events, spelling, certain=certain, people=people)


def _opened(block: Block) -> Block:
    """A list whose items are turns (a line of speech each) as one paragraph; any other block as it is."""
    items = block.items if block.kind == "list" else None
    if not items or 2 * sum(labels.read(item) is not None for item in items) < len(items):
        return block
    return Block(kind="paragraph", text="\n".join(items))


def _assemble(
    blocks: Sequence[Block], events: list[Event], spelling: Spelling, *, certain: bool, people: Sequence[str]
) -> Parsed | None:
    start = frame.begin(events, spelling, certain=certain)
    first = next(i for i, event in enumerate(events) if event.kind == "label")
    heads: list[tuple[int, Label]] = [(i, event.label) for i, event in enumerate(events) if event.label is not None]
    intro = "\n".join(event.text for event in events[start:first] if event.kind == "words")
    named = frame.own_name(intro) if intro else None
    cast = Cast([label for _, label in heads], spelling, named=named, staff=people)
    voices: dict[int, Person] = {number: cast.person(label) for number, label in heads}
    cast.name_everybody()
    if intro and cast.host is None:
        host = turns.lost_host(cast, [label for _, label in heads], spelling)
        if host:
            host.role, cast.has_host = "host", True
    signers = turns.signers_of(cast)
    stop = frame.end(events, start, signers)
    script = turns.Script(cast, voices, signers)
    before = _written(blocks, events, 0, start, script)
    script.run(events, start, stop)
    spoken = script.finish()
    if spoken is None:
        return None
    return Parsed(
        blocks=[*before, *spoken[0], *_written(blocks, events, stop, len(events), script)],
        transcript=spoken[1],
        spoken_from=next(event.block for event in events[start:] if event.kind in ("words", "sound", "label")),
        footer=script.footer,
        corrections=script.corrections,
        markers=script.markers,
    )


def _written(
    blocks: Sequence[Block], events: Sequence[Event], start: int, stop: int, script: turns.Script
) -> list[Block]:
    """The blocks of a written part: as given, but for notices, markers and a paragraph that is spoken in part."""
    out: list[Block] = []
    shared = {events[i].block for i in (start - 1, stop) if 0 <= i < len(events)}
    for number, group in groupby(events[start:stop], key=lambda event: event.block):
        here = list(group)
        script.footer.extend(event.text for event in here if event.kind == "footer")
        script.markers.extend(event.text for event in here if event.kind == "marker")
        kept = "\n".join(event.text for event in here if event.kind in ("words", "sound", "note"))
        if here[0].kind == "block":
            out.append(blocks[number])
        elif kept:
            partly = number in shared or any(event.kind in ("footer", "marker") for event in here)
            out.append(_part(blocks[number], kept if partly else blocks[number].text, here, script))
    return out


def _part(block: Block, text: str, here: Sequence[Event], script: turns.Script) -> Block:
    """A written block with the words that are left of it; a correction or a remark on the transcript is a note."""
    if all(event.kind not in ("words", "sound") for event in here):
        script.corrections.extend(
            event.text for event in here if event.kind == "note" and marks.is_correction(event.text)
        )
        return Block(kind="note", text=text)
    if block.kind == "paragraph" and marks.is_afterword(text):
        return Block(kind="note", text=text)
    return block if text == block.text else msgspec.structs.replace(block, text=text)
