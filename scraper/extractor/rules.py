"""What a reading knows beyond the page and the rules that come with the package: handed in, never looked up."""

from __future__ import annotations

import msgspec

from scraper.extractor.platforms.base import Platform


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """`platforms` are a user's own templates (`scraper.extractor.platforms.own.load`), asked before those known."""

    platforms: tuple[Platform, ...] = ()


NONE = Rules()
