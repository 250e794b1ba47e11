"""Plots as inline SVG: one line or row of bars each, so that no colour has to be told from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from math import floor, log10
from typing import NamedTuple

from scraper.report.model import Point
from scraper.writer.alarm import Alarm

_WIDTH, _HEIGHT = 640, 208
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 628, 30, 168
_JOINED = 3
"""Points so many steps apart are joined; further apart, nothing is known of what lies between."""

DOT = (
    '<svg class="shapes" aria-hidden="true" width="0" height="0"><defs><marker id="dot" viewBox="0 0 8 8" refX="4" '
    'refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse"><circle cx="4" cy="4" r="4"/></marker>'
    "</defs></svg>"
)
"""What `.line` in the style sheet marks each point with; once in the document, before all plots."""


class Scale(NamedTuple):
    """The days that all plots of a report show, in steps of so many days."""

    first: str
    last: str
    step: int

    def x(self, day: str, part: float = 0.5) -> int:
        """Where the step that begins on a day stands; `part` of its width further."""
        steps = (_ordinal(day) - _ordinal(self.first)) / self.step + part
        return round(_LEFT + (_RIGHT - _LEFT) * min(max(steps / self.steps, 0.0), 1.0))

    @property
    def steps(self) -> int:
        return (_ordinal(self.last) - _ordinal(self.first)) // self.step + 1


class Look(NamedTuple):
    """One kind of plot: which figure of a point it shows, how the figure is written, and as what."""

    name: str
    value: Callable[[Point], float | None]
    written: Callable[[float], str]
    bars: bool = False
    top: float | None = None
    """The upper end of the axis; where it is null, that of the largest value."""


def figure(
    look: Look, points: Sequence[Point], scale: Scale, *, id_: str, of: str, alarms: Iterable[Alarm] = ()
) -> str:
    """A plot with its name and its last words in a caption. `id_` is its own in the document; `of` is what it is of."""
    known = [(point.at, value) for point in points if (value := look.value(point)) is not None]
    if not known:
        return f"<figure><figcaption><b>{look.name}</b>: nothing measured</figcaption></figure>"
    top = look.top or _nice(max(value for _, value in known), whole=look.bars)
    drawn = _bars(known, scale, top) if look.bars else _line(known, scale, top)
    shown = [alarm for alarm in alarms if scale.first <= (alarm.cleared_at or scale.last)]
    said = _said(look, known)
    return (
        f"<figure><figcaption><b>{look.name}</b>: {said}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{id_}t {id_}d">'
        f'<title id="{id_}t">{look.name} of {escape(of)}</title>'
        f'<desc id="{id_}d">{scale.first} to {scale.last}: {said}{_alarms_said(shown)}.</desc>'
        f"{_axes(look, scale, top)}{drawn}{_alarms_drawn(shown, scale)}</svg></figure>\n"
    )


def _said(look: Look, known: list[tuple[str, float]]) -> str:
    """The plot in words."""
    values = [value for _, value in known]
    if look.bars:
        most = max(known, key=lambda item: item[1])
        return f"{look.written(sum(values))} in all, at most {look.written(most[1])} ({most[0]})"
    low, high = min(values), max(values)
    if low == high:
        return f"always {look.written(low)}"
    return f"from {look.written(low)} to {look.written(high)}, at the end {look.written(values[-1])}"


def _alarms_said(alarms: Iterable[Alarm]) -> str:
    times = [f"from {one.raised_at[:10]} to {(one.cleared_at or 'now')[:10]}" for one in reversed(list(alarms))]
    return f"; alarm {', '.join(dict.fromkeys(times))}" if times else ""


def _axes(look: Look, scale: Scale, top: float) -> str:
    middle = (_TOP + _BOTTOM) // 2
    labels = [(look.written(top), _TOP), (look.written(top / 2), middle), (look.written(0), _BOTTOM)]
    heights = "".join(f'<text x="{_LEFT - 8}" y="{y + 7}" class="end">{label}</text>' for label, y in labels)
    grid = "".join(f"M{_LEFT} {y}H{_RIGHT}" for _, y in labels)
    days = f'<text x="{_LEFT}" y="{_HEIGHT - 10}">{scale.first}</text>' if scale.steps > 1 else ""
    return (
        f'<path class="grid" d="{grid}"/>{heights}{days}'
        f'<text x="{_RIGHT}" y="{_HEIGHT - 10}" class="end">{scale.last}</text>'
    )


def _line(known: list[tuple[str, float]], scale: Scale, top: float) -> str:
    path, before = [], None
    for at, value in known:
        joined = before is not None and _ordinal(at) - before <= _JOINED * scale.step
        # A lone point, too, is a line, of no length: else nothing would be drawn.
        path.append(f"{'L' if joined else 'M'}{scale.x(at)} {_y(value, top)}{'' if joined else 'h0'}")
        before = _ordinal(at)
    return f'<path class="line" d="{"".join(path)}"/>'


def _bars(known: list[tuple[str, float]], scale: Scale, top: float) -> str:
    path = []
    for at, value in known:
        left, right = scale.x(at, 0.1), scale.x(at, 0.9)
        if height := _BOTTOM - _y(value, top):
            path.append(f"M{left} {_BOTTOM}v-{height}h{max(right - left, 2)}v{height}z")
    return f'<path class="bars" d="{"".join(path)}"/>'


def _alarms_drawn(alarms: Iterable[Alarm], scale: Scale) -> str:
    """A beam above the plot for as long as an alarm lasted, begun by an exclamation mark."""
    spans = {
        (scale.x(one.raised_at, 0.0), scale.x(one.cleared_at, 0.0) if one.cleared_at else _RIGHT) for one in alarms
    }
    return "".join(
        f'<path class="alarm" d="M{begin} 14H{max(end, begin + 6)}"/>'
        f'<text x="{begin - 12}" y="22" class="mark">!</text>'
        for begin, end in sorted(spans)
    )


def _y(value: float, top: float) -> int:
    return round(_BOTTOM - (_BOTTOM - _TOP) * min(value / top, 1.0)) if top else _BOTTOM


def _nice(value: float, *, whole: bool = False) -> float:
    """The next round number; of `whole` things two at least, so that its half is one, too.

    >>> [_nice(value) for value in (0, 0.34, 3, 71)], _nice(1, whole=True)
    ([1.0, 0.4, 4.0, 100.0], 2.0)
    """
    if whole:
        value = max(value, 2.0)
    if value <= 0:
        return 1.0
    unit = 10.0 ** floor(log10(value))
    return next((float(factor * unit) for factor in (1, 2, 4, 6) if value <= factor * unit), 10 * unit)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()
