"""One call of `fetch` on its way: what is wanted, what it may still cost, where it has been."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scraper.fetcher.model import Budget, Event, Validators, Watch


@dataclass(slots=True)
class Job:
    """`page` is the address asked for; `hops` those that redirected. Of the address at hand: `requests` that were made,
    in so many `attempts`, with so many `replays` (requests on a stale connection, sent again).

    The robots.txt that a page needs first is a job of its own, under the page's name.
    """

    page: str
    accept: str
    limit: int
    budget: Budget
    validators: Validators = field(default_factory=Validators)
    watch: Watch | None = None
    hops: list[str] = field(default_factory=list)
    requests: int = 0
    attempts: int = 0
    replays: int = 0

    def say(
        self, kind: str, url: str, detail: str = "", *, seconds: float = 0.0, status: int | None = None, **facts: Any
    ) -> None:
        if self.watch is not None:
            self.watch(
                Event(kind=kind, page=self.page, url=url, detail=detail, seconds=seconds, status=status, facts=facts)
            )
