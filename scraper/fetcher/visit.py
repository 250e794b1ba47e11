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
        job.requests = job.attempts = job.replays = 0
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
                attempt=job.attempts,
            ),
            stop=self._stop,
        )
        answer: Answer = retry(attempt)
        return answer

    def _attempt(self, job: Job, at: Target) -> Answer:
        """One attempt: one request, or two where the first went out on a connection that the host was about to close.
        That is the fault of nobody and costs no attempt; but it is a request, for which the host has its rights.
        """
        job.attempts += 1
        try:
            return self._send(job, at)
        except Trouble as trouble:
            if not trouble.stale or job.replays:
                raise
            job.replays += 1
            again = f"again: on the connection kept from before, {trouble}"
        return self._send(job, at, again)

    def _send(self, job: Job, at: Target, again: str = "") -> Answer:
        place = self._hosts.take(job, at)
        seconds = min(self._settings.deadline, max(job.budget.left(), 0.0))
        exchange = Exchange(seconds, self._clock.monotonic, self._stop)
        try:
            return self._request(job, at, exchange, again)
        except Trouble as trouble:
            trouble.stale = not (exchange.connected or exchange.answered) and trouble.kind in ("read", "protocol")
            raise
        finally:
            self._hosts.release(place, exchange)

    def _request(self, job: Job, at: Target, exchange: Exchange, again: str) -> Answer:
        quirks = self._quirks_of(at.host)
        headers = self._headers(job, quirks)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        wanted = Wanted(job.accept, job.limit, conditional, self._settings.retry_statuses)
        job.requests += 1
        told = "; ".join(filter(None, (again, "if it has changed" if conditional else "")))
        exchange.when_sent = lambda: job.say(
            "request", at.url, told, headers=headers, quirks=quirks, again=again or None
        )
        with self._clients.request(at, headers, exchange, timeout=self._settings.timeout) as (head, chunks):
            retry_after = self._hosts.heard(job, at, head, exchange)
            return tell_body(job, at, read_answer(head, chunks, wanted, retry_after))

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


def tell_body(job: Job, at: Target, answer: Answer) -> Answer:
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
