"""Transcripts in a story: speaker turns with full names, roles, tape and cues, in the grammar of both eras of NPR.

Pure functions over the blocks of a story; no HTML. `parse` says whether the story is (or holds) a transcript and reads
it; `render_turn` prints one turn. The modules, from the words up: `words` (data), `names`, `labels`, `marks`, `evidence`,
`cast`, `stream`, `frame`, `turns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from scraper.article import Block, Struct, Transcript
from scraper.extractor.transcript import evidence, frame, labels, marks, turns
from scraper.extractor.transcript.cast import Cast, Person
from scraper.extractor.transcript.labels import Label
from scraper.extractor.transcript.names import Spelling
from scraper.extractor.transcript.stream import Event, Reader

__all__ = ["Parsed", "parse", "render_turn"]


class Parsed(Struct):
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
    found = evidence.scan(blocks)
    glued = evidence.has_glued_role(blocks)
    if not found and not glued and not certain:
        return None
    spelling = Spelling("\n".join(block.text for block in blocks), people)
    mixed = False
    if certain and not any(labels.somebody(each.label) for each in found):
        found = evidence.mixed_labels(blocks)
        mixed = True
    believed = certain or bool(found) and evidence.is_transcript(found, blocks, spelling)
    if not believed and not glued:
        return None
    events = list(Reader(found, spelling, certain=certain, mixed=mixed).events(blocks))
    heads = [event.label for event in events if event.label is not None]
    if not heads or not believed and not any(label.strong for label in heads):
        return None
    return _assemble(blocks, events, spelling, certain=certain)


def render_turn(block: Block) -> str:
    """A turn block as the record's `text` prints it: the full name in capitals, or the words alone without a name.

    >>> render_turn(Block(kind="turn", text="Hello.", speaker="Rory McAllister", role="guest"))
    'RORY MCALLISTER: Hello.'
    """
    return f"{block.speaker.upper()}: {block.text}" if block.speaker else block.text


def _assemble(blocks: Sequence[Block], events: list[Event], spelling: Spelling, *, certain: bool) -> Parsed | None:
    start = frame.begin(events, spelling, certain=certain)
    first = next(i for i, event in enumerate(events) if event.kind == "label")
    heads: list[tuple[int, Label]] = [(i, event.label) for i, event in enumerate(events) if event.label is not None]
    intro = "\n".join(event.text for event in events[start:first] if event.kind == "words")
    cast = Cast([label for _, label in heads], spelling, named=frame.own_name(intro) if intro else None)
    voices: dict[int, Person] = {number: cast.person(label) for number, label in heads}
    cast.name_everybody()
    if intro and cast.host is None:
        host = turns.lost_host(cast, [label for _, label in heads], spelling)
        if host:
            host.role = "host"
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


def _written(blocks: Sequence[Block], events: Sequence[Event], start: int, stop: int, script: turns.Script) -> list[Block]:
    """The blocks of a written part: as given, but for notices and markers, and for a paragraph that is spoken in part."""
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
            kind = "note" if blocks[number].kind == "paragraph" and marks.is_afterword(kept) else blocks[number].kind
            if partly or kind != blocks[number].kind:
                out.append(Block(kind=kind, text=kept if partly else blocks[number].text, level=blocks[number].level))
            else:
                out.append(blocks[number])
    return out
