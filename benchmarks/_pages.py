"""The pages that the benchmarks read, and small arithmetic that they share."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parent.parent / "fixtures" / "pages"
_CANONICAL = re.compile(rb"""<link\b[^>]*\brel=["']?canonical\b[^>]*>""", re.I)
_HREF = re.compile(rb"""\bhref=["']?([^"'\s>]+)""", re.I)


class PageFile(NamedTuple):
    """A saved page and the address it was served at, where that is known."""

    path: Path
    url: str | None


def html_pages(folder: Path = FIXTURES) -> list[PageFile]:
    """All HTML pages under a folder, with the address in the record beside each, else the one that the page names."""
    return [PageFile(path, _address(path)) for path in sorted(folder.rglob("*.html"))]


def _address(path: Path) -> str | None:
    record = path.with_suffix(".json")
    if record.exists():
        url = json.loads(record.read_text("utf-8")).get("url")
        return url if isinstance(url, str) else None
    link = _CANONICAL.search(path.read_bytes())
    href = _HREF.search(link[0]) if link else None
    return href[1].decode("utf-8", "replace") if href else None


def median(values: list[float]) -> float:
    return percentile(values, 50)


def percentile(values: list[float], percent: int) -> float:
    """The smallest value that at least so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(head: list[str], rows: list[list[str]]) -> str:
    """Columns as wide as they need to be: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = []
    for first, *others in (head, *rows):
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:]))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
