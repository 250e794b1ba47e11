"""Lines of a transcript among the paragraphs of a page that no template explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.extractor.transcript.labels import Label

_REACH = 220


class Talk:
    """Who speaks in a run of paragraphs. A role after a full name tells a label, and so does a name that labels another
    line too; sounds count only where somebody speaks."""

    def __init__(self, lines: Sequence[str]) -> None:
        labels = [label for line in lines if (label := _label(line)) is not None]
        self._strong = any(label.strong for label in labels)
        self._names = Counter(label.surname for label in labels if label.surname)

    def holds(self, line: str) -> bool:
        """True for a label, alone or with a turn behind it, and for a sound.

        >>> talk = Talk(["(SOUNDBITE OF MUSIC)", "ANN POE, HOST:", "POE: Good morning.", "Posted: June 4"])
        >>> talk.holds("(SOUNDBITE OF MUSIC)"), talk.holds("ANN POE, HOST:"), talk.holds("Posted: June 4")
        (True, True, False)
        """
        label = _label(line)
        if label is not None:
            return label.strong or self._speaks(label)
        if not self._strong or not (line.startswith("(") and line.endswith(")") and line.isupper()):
            return False
        from scraper.extractor.transcript import marks

        return marks.is_sound(line)

    def _speaks(self, label: Label) -> bool:
        return label.surname != "" and self._names[label.surname] >= (3 if label.mixed else 2)


def _label(line: str) -> Label | None:
    """The label at the head of a line; a single word in mixed case ("Posted:") is none."""
    if line.find(":", 1, _REACH) < 0:
        return None
    from scraper.extractor.transcript import labels

    found = labels.read(line, mixed=True)
    if found is None or not found[0].somebody or (found[0].mixed and " " not in found[0].key):
        return None
    return found[0]
