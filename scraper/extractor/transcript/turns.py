"""Events to turns: who says what, in blocks and in the transcript alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scraper.article import Block, Transcript, Turn
from scraper.extractor.transcript import frame, marks
from scraper.extractor.transcript.cast import Cast, Person
from scraper.extractor.transcript.labels import Label
from scraper.extractor.transcript.names import Spelling, key
from scraper.extractor.transcript.stream import Event


class _Draft:
    """A turn in the making."""

    __slots__ = ("label", "lines", "person", "role")

    def __init__(self, person: Person, label: Label | None, line: str) -> None:
        self.person = person
        self.label = label
        self.role = person.latest
        self.lines = [line]


class Script:
    """The spoken events of one story, put together. Read `blocks`, `transcript` and the lists after `run`."""

    def __init__(self, cast: Cast, people: Mapping[int, Person], signers: Mapping[str, Person]) -> None:
        self.cast = cast
        self.sounds: list[str] = []
        self.footer: list[str] = []
        self.corrections: list[str] = []
        self.markers: list[str] = []
        self._people = people
        self._signers = signers
        self._out: list[_Draft | Block] = []
        self._speaker = cast.host or Person("", "", role="host")
        self._pending: tuple[Label, Person] | None = None

    def run(self, events: Sequence[Event], start: int, stop: int) -> None:
        """Take the events from `start` to before `stop`."""
        for number in range(start, stop):
            event = events[number]
            if event.kind == "label" and event.label is not None:
                self._strand()
                self._pending = event.label, self._people[number]
                self._pending[1].latest = event.label.role or self._pending[1].latest
            elif event.kind == "words":
                self._words(event.text)
            elif event.kind == "sound":
                self.sounds.append(event.text)
                self._out.append(Block(kind="sound", text=event.text))
            elif event.kind == "note":
                self._out.append(Block(kind="note", text=event.text))
                if marks.is_correction(event.text):
                    self.corrections.append(event.text)
            elif event.kind == "footer":
                self.footer.append(event.text)
            elif event.kind == "marker":
                self.markers.append(event.text)
            elif event.source is not None:
                self._out.append(event.source)
        self._strand()

    def _strand(self) -> None:
        """A label that no words followed belongs to nobody's speech."""
        if self._pending:
            self.markers.append(self._pending[0].shown)
            self._pending = None

    def _words(self, text: str) -> None:
        speaker = self._pending[1] if self._pending else self._speaker
        signed = frame.sign_off(text, self._signers)
        if signed and signed[1] is speaker:
            speaker.role = speaker.role or "reporter"
        elif signed and signed[1].role in ("reporter", None) and not (self._pending and signed[0] == 0):
            before = text[: signed[0]].rstrip()
            if before:
                self._say(before)
            self._speaker = signed[1]
            self._speaker.role = "reporter"
            self._say(text[signed[0] :])
            return
        self._say(text)

    def _say(self, text: str) -> None:
        """Words of whoever's turn it is; neighbouring paragraphs of one person are one turn."""
        label = None
        if self._pending:
            label, self._speaker = self._pending
            self._pending = None
        last = self._out[-1] if self._out else None
        same = isinstance(last, _Draft) and last.person is self._speaker and last.role in (None, self._speaker.latest)
        if isinstance(last, _Draft) and same and not (label and self._speaker.stranger):
            last.lines.append(text)
        else:
            self._out.append(_Draft(self._speaker, label, text))

    def finish(self) -> tuple[list[Block], Transcript] | None:
        """The spoken blocks and the transcript; None where no labelled word was spoken."""
        if not any(isinstance(each, _Draft) and each.label for each in self._out):
            return None
        blocks: list[Block] = []
        turns: list[Turn] = []
        tape = False
        for each in self._out:
            if isinstance(each, Block):
                if each.kind == "sound":
                    tape = marks.starts_tape(each.text) or (tape and not marks.ends_tape(each.text))
                blocks.append(each)
                continue
            turn = self._turn(each, tape=tape)
            tape = turn.tape
            turns.append(turn)
            blocks.append(Block(kind="turn", text="\n".join(each.lines), speaker=turn.speaker, role=turn.role))
        return blocks, Transcript(turns=turns, sounds=self.sounds)

    def _turn(self, draft: _Draft, *, tape: bool) -> Turn:
        role = draft.role or self.cast.role(draft.person)
        text, cues = marks.take_cues("\n".join(draft.lines))
        if draft.label:
            cues = [*draft.label.cues, *cues]
        return Turn(
            speaker=draft.person.speaker,
            label=draft.label.shown if draft.label else None,
            role=role,
            text=text,
            tape=tape and role not in ("host", "reporter"),
            cues=cues,
        )


def lost_host(cast: Cast, labels: Sequence[Label], spelling: Spelling) -> Person | None:
    """The host whose first label is lost: the one voice without a full label whom the speech never names.

    People do not speak of the host by surname on his own air; of a guest with one name they do.
    """
    if any(label.role == "host" for label in labels):
        return None
    unnamed = [each for each in cast.people() if each.short and each.role is None and not spelling.mentions(each.shown)]
    return unnamed[0] if len(unnamed) == 1 else None


def signers_of(cast: Cast) -> dict[str, Person]:
    """Everybody who could sign off, by the key of the full name."""
    named = [each for each in cast.people() if not each.stranger and each.speaker and " " in each.speaker]
    return {key(each.speaker or ""): each for each in named if each.role != "host"}
