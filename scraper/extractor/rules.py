"""What a reading knows beyond the page and the rules that come with the package: handed in, never looked up."""

from __future__ import annotations

import msgspec

from scraper.extractor.learned.model import Learned
from scraper.extractor.platforms.base import Platform


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """`platforms` are a user's own templates (`scraper.extractor.platforms.own.load`), asked before those known;
    `learned` is what recurs over the pages of the host, and is asked of pages of that host alone."""

    platforms: tuple[Platform, ...] = ()
    learned: Learned | None = None


NONE = Rules()


def learned_for(rules: Rules, *urls: str | None) -> Learned | None:
    """What was learned of the host of a page, whose addresses these are, the best first."""
    learned = rules.learned
    return learned if learned is not None and learned.serves(*urls) else None
