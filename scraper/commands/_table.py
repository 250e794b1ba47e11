"""Columns of text, for people."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Sequence

import click

from scraper.commands._talk import coloured, harmless, is_terminal

_GAP = "  "
_NARROWEST = 8


def columns(rows: Sequence[Sequence[str]], header: Sequence[str] = (), *, cut: int | None = None) -> str:
    """Rows in aligned columns under an optional header. On a terminal the column number `cut` is shortened so that a
    row fits into a line."""
    whole = [tuple(header)] if header else []
    whole += [tuple(map(harmless, row)) for row in rows]
    if not whole:
        return ""
    widths = [max(_width(row[column]) for row in whole) for column in range(len(whole[0]))]
    if cut is not None and is_terminal(sys.stdout):
        room = shutil.get_terminal_size().columns - sum(widths) - len(_GAP) * (len(widths) - 1) + widths[cut]
        widths[cut] = max(min(widths[cut], room), _NARROWEST)
    lines = [_line(row, widths) for row in whole]
    if header and coloured(sys.stdout):
        lines[0] = click.style(lines[0], bold=True)
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [_shortened(cell, width) for cell, width in zip(row, widths, strict=True)]
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join(padded).rstrip()


def _shortened(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while text and _width(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _width(text: str) -> int:
    """Cells of a terminal: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char) for char in text)
