"""A block to be, with the element it came from, so that later rules can ask for its links and its emphasis."""

from __future__ import annotations

import msgspec
from selectolax.lexbor import LexborNode

from scraper.article import Removed
from scraper.extractor.dom import outermost
from scraper.extractor.text import clean, fold


class Piece(msgspec.Struct, eq=False):
    """A block to be. `lines` of `text` are parted by a line break where the page has a <br>."""

    kind: str
    text: str
    node: LexborNode | None = None
    level: int | None = None
    attribution: str | None = None
    items: list[str] = []
    links: list[LexborNode] = []
    _folded: str | None = None
    ordered: bool | None = None

    @property
    def folded(self) -> str:
        """The text for comparison, folded once."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def wholly(self, *tags: str) -> bool:
        """True where all words of the piece stand in elements of these tags."""
        if self.node is None:
            return False
        inside = "".join("".join(clean(n.text()).split()) for n in outermost(self.node, ",".join(tags)))
        return bool(inside) and len(inside) >= len("".join(self.text.split()))


Stream = list[Piece | Removed]
"""Pieces and removed pieces in page order."""
