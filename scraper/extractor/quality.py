"""What the record lacks, as flags, and one figure made of them."""

from __future__ import annotations

from scraper.article import Block, Quality

# What each flag takes off the score of 1.
_COST = {
    "empty-body": 0.6,
    "no-title": 0.3,
    "summary-only": 0.3,
    "short-body": 0.1,
    "no-date": 0.1,
    "no-authors": 0.05,
    "fallback": 0.15,
    "truncated": 0.2,
}
SHORT = 250
"""A body below this many characters is short: a brief, a newscast, an episode's note, or a failed extraction."""


def weigh(
    blocks: list[Block], text: str, *, title: str | None, published: str | None, authors: bool, flags: list[str]
) -> Quality:
    """Flags in a fixed order and the score that they leave."""
    found = list(flags)
    if not title:
        found.append("no-title")
    if not published:
        found.append("no-date")
    if not authors:
        found.append("no-authors")
    if not blocks:
        found.append("empty-body")
    elif len(text) < SHORT:
        found.append("short-body")
    ordered = [flag for flag in _COST if flag in found] + [flag for flag in found if flag not in _COST]
    unique = list(dict.fromkeys(ordered))
    return Quality(flags=unique, score=round(max(0.0, 1 - sum(_COST.get(flag, 0.0) for flag in unique)), 2))
