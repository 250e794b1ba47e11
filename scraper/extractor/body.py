"""A story found on a page: its containers, walked and sorted."""

from __future__ import annotations

import msgspec
from selectolax.lexbor import LexborNode

from scraper.article import Removed
from scraper.extractor.piece import Piece
from scraper.extractor.sort import Sorted
from scraper.extractor.walk import Walked


class Body(msgspec.Struct):
    """A story found on the page, walked and sorted; `speech` is a transcript in a container of its own."""

    kind: str
    title: str | None
    byline: str | None
    outlet: str | None
    bodies: list[LexborNode]
    spoken: list[LexborNode]
    walked: Walked
    story: Sorted
    speech: Sorted | None
    flags: list[str]

    @property
    def pieces(self) -> list[Piece]:
        return [item for item in self.story.stream if isinstance(item, Piece)]

    @property
    def spoken_pieces(self) -> list[Piece]:
        return [item for item in self.speech.stream if isinstance(item, Piece)] if self.speech else []

    @property
    def removed(self) -> list[Removed]:
        stream = [*self.story.stream, *(self.speech.stream if self.speech else [])]
        return [item for item in stream if isinstance(item, Removed)]

    @property
    def notices(self) -> list[str]:
        return [*self.story.notices, *(self.speech.notices if self.speech else [])]

    @property
    def corrections(self) -> list[str]:
        return [*self.story.corrections, *(self.speech.corrections if self.speech else [])]
