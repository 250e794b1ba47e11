"""Plots as inline SVG: bars, stacked bars, and dots of quality against time. Colours come from the page's style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10

_ROW, _LABEL, _WIDTH = 22, 150, 560
_PLOT = _WIDTH - _LABEL - 60


def bars(values: Sequence[tuple[str, float]], *, low: float, high: float, ours: Sequence[str], show: str) -> str:
    """Horizontal bars from `low` to `high`, a row a name; those of `ours` stand out. `show` formats a figure."""
    parts = []
    for place, (name, value) in enumerate(values):
        share = max(0.0, min(1.0, (value - low) / (high - low or 1)))
        y = place * _ROW
        kind = "own" if name in ours else "bar"
        parts.append(_label(name, y))
        parts.append(f'<rect class="{kind}" x="{_LABEL}" y="{y + 4}" width="{share * _PLOT:.1f}" height="14" rx="2"/>')
        parts.append(_text(_LABEL + share * _PLOT + 5, y + 15, format(value, show)))
    return _svg(parts, _ROW * len(values))


def stacks(rows: Sequence[tuple[str, dict[str, int]]], kinds: Sequence[str]) -> str:
    """Stacked bars, a row a name, a colour a kind; the kinds are named underneath."""
    top = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    parts = []
    for place, (name, counts) in enumerate(rows):
        x, y = float(_LABEL), place * _ROW
        parts.append(_label(name, y))
        for number, kind in enumerate(kinds):
            width = counts.get(kind, 0) / top * _PLOT
            if width:
                title = f"<title>{escape(kind)}: {counts[kind]}</title>"
                box = f'x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="14"'
                parts.append(f'<rect class="k{number % 16}" {box}>{title}</rect>')
                x += width
        parts.append(_text(x + 5, y + 15, str(sum(counts.values()))))
    return _svg(parts, _ROW * len(rows)) + _legend(kinds)


def dots(points: Sequence[tuple[str, float, float]], *, ours: Sequence[str]) -> str:
    """Names with CPU time (ms, on a logarithmic axis) to the right and F1 upwards."""
    width, height, left, foot = _WIDTH, 340, 44, 34
    low = max(0.0, min(f1 for _, _, f1 in points) - 0.1)
    first, last = log10(min(ms for _, ms, _ in points)) - 0.15, log10(max(ms for _, ms, _ in points)) + 0.55

    def place(ms: float, f1: float) -> tuple[float, float]:
        x = left + (log10(ms) - first) / (last - first) * (width - left)
        return x, (height - foot) * (1 - (f1 - low) / (1.01 - low))

    parts = []
    for step in range(11):
        f1 = step / 10
        if f1 >= low:
            y = place(10**first, f1)[1]
            parts.append(f'<line class="grid" x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>')
            parts.append(_text(left - 6, y + 4, f"{f1:.1f}", anchor="end"))
    powers = [power for power in range(-2, 4) if first <= power <= last]
    parts += [_text(place(10.0**p, 1)[0], height - 14, f"{10.0**p:g} ms", anchor="middle") for p in powers]
    taken: list[tuple[float, float]] = []
    for name, ms, f1 in sorted(points, key=lambda point: -point[2]):
        x, y = place(ms, f1)
        parts.append(f'<circle class="{"own" if name in ours else "bar"}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        line = y + 4
        while any(abs(line - other) < 12 and abs(x - across) < 130 for across, other in taken):
            line += 12
        taken.append((x, line))
        parts.append(_text(x + 9, line, name))
    return _svg(parts, height)


def _svg(parts: list[str], height: int) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img">{"".join(parts)}</svg>'


def _label(name: str, y: int) -> str:
    return _text(_LABEL - 6, y + 15, name, anchor="end")


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _legend(kinds: Sequence[str]) -> str:
    items = (f'<span><i class="k{number % 16}"></i>{escape(kind)}</span>' for number, kind in enumerate(kinds))
    return f'<p class="legend">{"".join(items)}</p>'
