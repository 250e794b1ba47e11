"""One address asked for: a place at its host, one request or a few, one answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import lru_cache

from scraper.config import FetchSettings
from scraper.fetcher.answer import Answer, Wanted, read_answer
from scraper.fetcher.body import ACCEPT_ENCODING
from scraper.fetcher.client import Clients, Target
from scraper.fetcher.content import ACCEPT
from scraper.fetcher.hosts import Hosts
from scraper.fetcher.job import Job
from scraper.fetcher.model import Clock, Exchange
from scraper.fetcher.quirks import Quirk, quirks_of
from scraper.fetcher.retry import Trouble, retrying

_KEPT_HOSTS = 2048
"""Hosts whose quirks are not looked up anew for each request."""


class Visitor:
    """Sends requests, spaced and retried. Thread-safe."""

    def __init__(
        self,
        settings: FetchSettings,
        hosts: Hosts,
        clients: Clients,
        *,
        user_agent: str,
        quirks: Sequence[Quirk],
        clock: Clock,
        sleep: Callable[[float], None],
        random: Callable[[], float],
        stop: threading.Event,
    ) -> None:
        self._settings = settings
        self._hosts = hosts
        self._clients = clients
        self._user_agent = user_agent
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._stop = stop
        self._quirks_of = lru_cache(maxsize=_KEPT_HOSTS)(lambda host: quirks_of(host, quirks))

    def visit(self, job: Job, at: Target) -> Answer:
        """The answer of one address, a redirect included. Raises `Trouble` and `TooLong` when it is given up, and
        `TryLater`, `Refused` and `NotAnArticle`, which no other try would change.
        """
        self._clients.check(at)
        job.requests = 0
        try:
            return self._attempt(job, at)
        except Trouble as trouble:
            first = trouble
        try:
            return self._try_again(job, at, first)
        except Trouble as trouble:
            self._hosts.check_stop()
            self._hosts.gave_up(at, trouble)
            raise

    def _try_again(self, job: Job, at: Target, first: Trouble) -> Answer:
        """What follows a first attempt that failed. The policy is made only now: few requests ever need one."""
        failed = [first]

        def attempt() -> Answer:
            if failed:
                raise failed.pop()
            return self._attempt(job, at)

        retry = retrying(
            self._settings,
            job.budget,
            sleep=self._sleep,
            random=self._random,
            before_retry=lambda trouble, seconds: job.say(
                "retry",
                at.url,
                str(trouble),
                seconds=seconds,
                status=trouble.status,
                trouble=trouble.kind,
                retry_after=trouble.retry_after,
                attempt=job.requests,
            ),
            stop=self._stop,
        )
        answer: Answer = retry(attempt)
        return answer

    def _attempt(self, job: Job, at: Target) -> Answer:
        place = self._hosts.take(job, at)
        seconds = min(self._settings.deadline, max(job.budget.left(), 0.0))
        exchange = Exchange(seconds, self._clock.monotonic, self._stop)
        try:
            return self._request(job, at, exchange)
        except Trouble as trouble:
            fresh = exchange.connected or exchange.answered
            if fresh or trouble.kind not in ("read", "protocol"):
                raise
            job.say("request", at.url, "again: the connection kept from before was closed")
            return self._request(job, at, exchange)
        finally:
            self._hosts.release(place, exchange)

    def _request(self, job: Job, at: Target, exchange: Exchange) -> Answer:
        quirks = self._quirks_of(at.host)
        headers = self._headers(job, quirks)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        wanted = Wanted(job.accept, job.limit, conditional, self._settings.retry_statuses)
        job.requests += 1
        job.say("request", at.url, "if it has changed" if conditional else "", headers=headers, quirks=quirks)
        with self._clients.request(at, headers, exchange, timeout=self._settings.timeout) as (head, chunks):
            retry_after = self._hosts.heard(job, at, head, exchange)
            return told(job, at, read_answer(head, chunks, wanted, retry_after))

    def _headers(self, job: Job, quirks: Sequence[Quirk]) -> dict[str, str]:
        """Request headers. There is no Connection header among them: HTTP/1.1 keeps connections alive without."""
        headers: dict[str, str | None] = {
            "user-agent": self._user_agent,
            "accept": ACCEPT[job.accept],
            "accept-encoding": ACCEPT_ENCODING,
            "if-none-match": job.validators.etag,
            "if-modified-since": job.validators.last_modified,
        }
        for quirk in quirks:
            headers.update(quirk.headers)
        return {name: value for name, value in headers.items() if value is not None}


def told(job: Job, at: Target, answer: Answer) -> Answer:
    """The answer, after a word on what was read of its body."""
    if answer.raw_size:
        job.say(
            "body",
            at.url,
            f"{len(answer.body):,} bytes",
            wire=answer.raw_size,
            size=len(answer.body),
            codings=answer.codings,
            truncated=answer.truncated,
        )
    return answer
