"""An alarm, as it is stored and shown."""

from __future__ import annotations

from typing import Literal

import msgspec

Scope = Literal["host", "platform"]
Ended = Literal["back", "usual"]


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that has left what is usual for a host, or for all hosts of a platform.

    `kind` names the figure (`scraper.watch.KINDS`). `figure` is what was measured on `pages` pages, `past` what was
    usual before, over `past_pages`: shares from 0 to 1, characters, or hours, by kind; null where there is none.
    `samples` are up to three addresses to look at, `cause` what has probably happened, in a sentence.
    `raised_at`, `seen_at` (the last run that found it) and `cleared_at` are RFC 3339 in UTC, `raised_run` and
    `cleared_run` the runs. `ended` says how: "back" to what was usual, or it has become the "usual".
    """

    scope: Scope
    subject: str
    kind: str
    raised_at: str
    raised_run: int
    figure: float | None = None
    past: float | None = None
    pages: int = 0
    past_pages: int = 0
    samples: list[str] = []
    cause: str = ""
    seen_at: str = ""
    cleared_at: str | None = None
    cleared_run: int | None = None
    ended: Ended | None = None

    @property
    def active(self) -> bool:
        return self.cleared_at is None

    @property
    def key(self) -> tuple[str, str, str]:
        """What there is at most one active alarm of."""
        return self.scope, self.subject, self.kind
