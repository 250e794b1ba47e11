"""Pings: an address that hears that a run has begun, and how it ended. healthchecks.io and its like understand them.

A ping is a POST, sent under the fetcher's guard and its deadlines. It takes some seconds at most and never fails a run.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit

from scraper.errors import Refused

log = logging.getLogger("scraper.monitoring")

TRIES = 2
SECONDS = 4.0
"""One try, from its start to its answer: two of them hold a run up by no more than ten seconds."""

PAUSE = 1.0
LONGEST = 10_000
"""Bytes of a body: what healthchecks.io keeps of it."""


class Pinger:
    """Sends pings to `url`. `allow_hosts` and `trust_env` are those of the fetcher's settings. Close it, or use it in a
    ``with`` statement. `sleep` is handed in by tests.
    """

    def __init__(
        self,
        url: str,
        *,
        allow_hosts: tuple[str, ...] = (),
        trust_env: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        from scraper.fetcher.client import Clients
        from scraper.fetcher.guard import Guard

        self._url = url
        self._sleep = sleep
        self._clients = Clients(Guard(allow_hosts), trust_env=trust_env)

    def __enter__(self) -> Pinger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._clients.close()

    def check(self) -> None:
        """Raises `Refused` where the address alone tells that it may not be reached."""
        from scraper.fetcher.client import target

        self._clients.check(target(self._url))

    def started(self) -> str | None:
        """A run begins. As all pings, this gives a line on what went wrong, if anything did."""
        return self._send("start", "")

    def ended(self, exit_code: int, body: str) -> str | None:
        """A run is over: well with exit code 0, else failed."""
        return self._send("" if exit_code == 0 else "fail", body)

    def _send(self, event: str, body: str) -> str | None:
        url = place(self._url, event)
        data = body.encode("utf-8", "replace")[:LONGEST]
        trouble: str | None = None
        for number in range(TRIES):
            if number:
                self._sleep(PAUSE)
            try:
                trouble = self._post(url, data)
            except Refused as error:
                trouble = str(error)
                break
            if trouble is None:
                return None
        line = f"no ping could be sent to {shown(url)}: {trouble}"
        log.warning("%s", line)
        return line

    def _post(self, url: str, data: bytes) -> str | None:
        """What kept one try from success; nothing where it was taken."""
        from scraper.fetcher.client import target
        from scraper.fetcher.fetcher import user_agent
        from scraper.fetcher.model import Exchange
        from scraper.fetcher.retry import Trouble

        address = target(url)
        self._clients.check(address)
        headers = {"user-agent": user_agent(None, crawl=False), "content-type": "text/plain; charset=utf-8"}
        exchange = Exchange(SECONDS, time.monotonic)
        try:
            with self._clients.request(address, headers, exchange, timeout=SECONDS, body=data) as (head, _):
                return None if 200 <= head.status < 300 else f"it answers {head.status}"
        except Trouble as trouble:
            return str(trouble)


def place(url: str, event: str) -> str:
    """The address of an event; what follows the path stays behind it.

    >>> place("https://hc.example/ab12/", "start"), place("https://hc.example/ab12?create=1", "fail")
    ('https://hc.example/ab12/start', 'https://hc.example/ab12/fail?create=1')
    >>> place("https://hc.example/ab12", "")
    'https://hc.example/ab12'
    """
    if not event:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{event}"))


def shown(url: str) -> str:
    """The address for people: its host alone, since whoever knows the rest may send pings.

    >>> shown("https://hc.example/ab12/start")
    'https://hc.example/…'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/…"
