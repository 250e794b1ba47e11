"""Speaker turns against the gold's: how many are right, in order."""

from __future__ import annotations

from collections.abc import Sequence

from .cases import Turn
from .normal import fold, plain, without_cue

Said = tuple[str, str | None, str]
"""Speaker (folded), role, words."""


def right(got: Sequence[Turn], wanted: Sequence[Turn]) -> tuple[float, float]:
    """The share of turns with speaker and words right, and of those whose role is right too.

    Out of the longer of both lists, so that a turn too many costs as much as one too few. Neighbouring turns of one
    speaker are one. A turn that the gold calls optional may be missing, or be anybody's.
    """
    optional = {plain(turn.text) for turn in wanted if turn.optional}
    said = _joined([turn for turn in got if plain(without_cue(turn.text)) not in optional])
    should = _joined([turn for turn in wanted if not turn.optional])
    pairs = _common(said, should)
    total = max(len(said), len(should)) or 1
    return len(pairs) / total, sum(said[i][1] == should[j][1] for i, j in pairs) / total


def _joined(turns: Sequence[Turn]) -> list[Said]:
    joined: list[Said] = []
    for turn in turns:
        speaker, said = fold(turn.speaker or ""), plain(without_cue(turn.text))
        if joined and joined[-1][0] == speaker:
            joined[-1] = (speaker, joined[-1][1], f"{joined[-1][2]} {said}")
        else:
            joined.append((speaker, turn.role, said))
    return joined


def _common(said: list[Said], should: list[Said]) -> list[tuple[int, int]]:
    """The places of a longest run of turns that both have in this order."""
    longest = [[0] * (len(should) + 1) for _ in range(len(said) + 1)]
    for i in range(len(said) - 1, -1, -1):
        for j in range(len(should) - 1, -1, -1):
            if _same(said[i], should[j]):
                longest[i][j] = longest[i + 1][j + 1] + 1
            else:
                longest[i][j] = max(longest[i + 1][j], longest[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(said) and j < len(should):
        if _same(said[i], should[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _same(one: Said, other: Said) -> bool:
    return one[0] == other[0] and one[2] == other[2]
