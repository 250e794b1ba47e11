"""Fetching a robots.txt, through up to five redirects, which may leave the host (RFC 9309, 2.3.1.2)."""

from __future__ import annotations

from collections.abc import Callable

from scraper.errors import Refused, Unavailable
from scraper.fetcher.client import target
from scraper.fetcher.guard import fault_of
from scraper.fetcher.job import Job
from scraper.fetcher.redirect import Circle, onward
from scraper.fetcher.retry import TooLong, Trouble
from scraper.fetcher.robots import RobotsAnswer
from scraper.fetcher.visit import Visitor

REDIRECTS = 5
READ_BYTES = 512 * 1024
"""Bytes that are read of a robots.txt; of these, 500 KiB count."""


def ask_robots(visitor: Visitor, job: Job, origin: str, wall: Callable[[], float]) -> RobotsAnswer:
    """What came of asking `origin` for its robots.txt. What another status or a later time would change is in the
    answer; that we may not connect there at all, or were stopped, is raised (`Refused`, `TryLater`).
    """
    at = target(f"{origin}/robots.txt")
    for _ in range(REDIRECTS + 1):
        try:
            answer = visitor.visit(job, at)
        except TooLong as error:
            return RobotsAnswer(error.trouble.status, error=f"robots.txt: {error}", retry_at=wall() + error.seconds)
        except Trouble as trouble:
            answered = trouble.status is not None and trouble.kind in ("status", "final")
            return RobotsAnswer(trouble.status, error=None if answered else f"robots.txt: {trouble}")
        except Refused as refusal:
            if not job.hops:
                raise
            return RobotsAnswer(302, error=f"robots.txt redirects to {at.url}: {fault_of(refusal)}")
        try:
            following = onward(job, at, answer.head, ())
        except Circle:  # the same as too many redirects
            return RobotsAnswer(answer.head.status)
        except (Refused, Unavailable) as error:
            return RobotsAnswer(answer.head.status, error=str(error))
        if following is None:
            return RobotsAnswer(answer.head.status, answer.head.headers, answer.body)
        job.hops.append(at.url)
        at = following
    return RobotsAnswer(answer.head.status)
