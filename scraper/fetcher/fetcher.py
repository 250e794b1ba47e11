"""The fetcher: an address goes in, a page comes out, and the site hardly notices."""

from __future__ import annotations

import random as random_module
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Any

from scraper.__about__ import __version__
from scraper.config import FetchSettings
from scraper.errors import ConfigError, NotAnArticle, Refused, ScraperError, TryLater, Unavailable
from scraper.fetcher.answer import Answer
from scraper.fetcher.ask_robots import READ_BYTES, ask_robots
from scraper.fetcher.body import BadBody, TooLarge, unpack
from scraper.fetcher.client import Clients, Head, Target, target
from scraper.fetcher.gate import Permission, RobotsGate
from scraper.fetcher.guard import Guard, NotPermitted, Resolve, resolve
from scraper.fetcher.hosts import Hosts
from scraper.fetcher.job import Job
from scraper.fetcher.model import Budget, Clock, Validators, Watch
from scraper.fetcher.politeness import HostSlots, Limits, no_group
from scraper.fetcher.quirks import QUIRKS, Quirk
from scraper.fetcher.redirect import onward
from scraper.fetcher.retry import LONGEST, TooLong, Trouble
from scraper.fetcher.robots import TOKEN, RobotsAnswer, page_directives
from scraper.fetcher.state import FetchState, MemoryState
from scraper.fetcher.visit import Visitor, tell_body
from scraper.page import Page

if TYPE_CHECKING:
    import ssl

MAX_REDIRECTS = 10
SITEMAP_SHARE = 5
"""A sitemap may be so many times larger than a page: the protocol allows 50 MiB."""

_OUTCOMES = ((Refused, "refused"), (TryLater, "later"), (NotAnArticle, "unfit"), (ScraperError, "failed"))


class Fetcher:
    """Fetches pages for as many threads as you like. Close it, or use it in a ``with`` statement.

    `crawl=True` is for scheduled runs: every request is spaced, a failing host rests, a contact is needed.
    `crawl=False` is for a few addresses at the shell: pages of one host are spaced, their robots.txt and redirects are
    not. robots.txt is obeyed in both.

    `delays` gives hosts a spacing of their own in seconds; `group_of` tells a host's platform group, which shares
    limits (hosts that an answer gives away as Grove's join its group by themselves); `state` remembers robots files and
    hosts between runs; `watch` hears of all that happens; `stop` ends waits and connections in the making at
    once, requests that have left within five seconds.
    `tls` is a context of your own, for a private certificate authority. `clock`, `sleep`, `random` and `resolve` are
    handed in by tests.

    Raises `ConfigError` for settings that cannot work.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        contact: str | None = None,
        crawl: bool = True,
        delays: Mapping[str, float] | None = None,
        group_of: Callable[[str], str | None] = no_group,
        state: FetchState | None = None,
        watch: Watch | None = None,
        stop: threading.Event | None = None,
        quirks: Sequence[Quirk] = QUIRKS,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
        sleep: Callable[[float], None] | None = None,
        random: Callable[[], float] = random_module.random,
        resolve: Resolve = resolve,
    ) -> None:
        self.user_agent = user_agent(contact, crawl=crawl)
        self._settings = settings
        self._crawl = crawl
        self._watch = watch
        self._quirks = quirks
        self._stop = stop or threading.Event()
        self._clock = clock or Clock()
        state = state or MemoryState()
        slots = HostSlots(
            Limits(
                delay=settings.delay,
                group_delay=settings.group_delay,
                per_group=settings.group_concurrency,
                per_process=settings.concurrency,
            ),
            delays={host.lower().removeprefix("www."): delay for host, delay in (delays or {}).items()},
            group_of=group_of,
            clock=self._clock.monotonic,
            random=random,
        )
        pause = sleep or self._pause
        guard = Guard(settings.allow_hosts, resolve=resolve)
        self._clients = Clients(guard, tls=tls, trust_env=settings.trust_env)
        self._gate = RobotsGate(state, self._clock.wall)
        self._hosts = Hosts(slots, state, settings, clock=self._clock, sleep=pause, stop=self._stop, crawl=crawl)
        self._visitor = Visitor(
            settings,
            self._hosts,
            self._clients,
            user_agent=self.user_agent,
            quirks=quirks,
            clock=self._clock,
            sleep=pause,
            random=random,
            stop=self._stop,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes all connections and hands what was learned of the hosts to the state."""
        self._clients.close()
        self._hosts.close()

    def fetch(
        self, url: str, *, accept: str = "page", validators: Validators | None = None, max_bytes: int | None = None
    ) -> Page:
        """The page at `url`, after redirects, retries and the waits between them.

        `accept` says what is wanted: page, feed, sitemap or robots. With `validators` the server may answer that
        nothing has changed: a page with status 304 and no body. A body that broke off each time is returned, with
        `truncated` set; a sitemap or feed that is a gzip file is returned unpacked.

        Raises `Refused` (robots.txt, an address that is not public, a bad scheme or port, https to http), `Unavailable`
        (no answer, or one that means failure: `status` says which; 404 and 410 are gone pages), `TryLater` (the site
        asks for a longer wait than the budget has, or the stop event is set: then without `retry_at`) and
        `NotAnArticle` (no text, too large, or a consent page).
        """
        limit = max_bytes or self._settings.max_bytes * (SITEMAP_SHARE if accept == "sitemap" else 1)
        job = self._job(url, accept, limit, validators)
        started = self._clock.monotonic()
        try:
            page = self._follow(job, target(url))
        except ScraperError as error:
            _tell(job, error)
            raise
        seconds = self._clock.monotonic() - started
        job.say("page", page.final_url or url, f"{len(page.body):,} bytes", seconds=seconds, status=page.status)
        return page

    def robots(self, url: str) -> Permission:
        """What robots.txt says of `url`, with the sitemaps it names and the delay it asks for. Raises as `fetch`."""
        return self._verdict(self._job(url, "page", 0), target(url))

    def ready_in(self, url: str) -> float:
        """Seconds until a request to `url`'s host could start by spacing and rests; 0 if at once. For schedulers."""
        return self._hosts.ready_in(target(url))

    def _job(self, page: str, accept: str, limit: int, validators: Validators | None = None) -> Job:
        budget = Budget(self._settings.budget, self._clock.monotonic)
        return Job(page, accept, limit, budget, validators or Validators(), self._watch)

    def _follow(self, job: Job, at: Target) -> Page:
        for _ in range(MAX_REDIRECTS + 1):
            try:
                permission = None if job.accept == "robots" else self._permit(job, at)
                answer = self._ask(job, at)
            except NotPermitted as refusal:
                if not job.hops:
                    raise
                raise Refused(f"{job.hops[-1]} redirects to {at.url}: {refusal.fault}") from refusal
            following = onward(job, at, answer.head, self._quirks)
            if following is None:
                return self._page(job, at, answer, permission)
            job.hops.append(at.url)
            at = following
        raise Unavailable(f"{job.page}: more than {MAX_REDIRECTS} redirects", status=answer.head.status)

    def _permit(self, job: Job, at: Target) -> Permission:
        """What robots.txt says, where that is yes."""
        permission = self._verdict(job, at)
        if not permission.allowed:
            raise Refused(f"{at.url}: {permission.reason}")
        if permission.crawl_delay:
            most = self._settings.crawl_delay_cap
            if self._crawl and permission.crawl_delay > most:
                asked = f"asks for {permission.crawl_delay:g} s between requests"
                raise Refused(f"{at.netloc}: robots.txt {asked}, more than the {most:g} s that a run waits")
            self._hosts.space(at, min(permission.crawl_delay, most))
        return permission

    def _verdict(self, job: Job, at: Target) -> Permission:
        """The gate's word. It is told also where it is an error; what kept us from asking at all is no verdict."""
        started = self._clock.monotonic()
        unasked: list[ScraperError] = []

        def ask(origin: str) -> RobotsAnswer:
            try:
                return self._ask_robots(job.page, origin)
            except ScraperError as error:
                unasked.append(error)
                raise

        try:
            permission = self._gate.verdict(at.url, at.origin, ask, explain=job.watch is not None)
        except ScraperError as error:
            if error not in unasked:
                _tell_verdict(job, at, Permission(False, str(error)))
            raise
        job.budget.excuse(self._clock.monotonic() - started)
        _tell_verdict(job, at, permission)
        return permission

    def _ask_robots(self, page: str, origin: str) -> RobotsAnswer:
        return ask_robots(self._visitor, self._job(page, "robots", READ_BYTES), origin, self._clock.wall)

    def _ask(self, job: Job, at: Target) -> Answer:
        try:
            return self._visitor.visit(job, at)
        except TooLong as error:
            until = self._clock.wall() + error.seconds
            asked = "a day at the earliest" if error.seconds >= LONGEST else f"{error.seconds:,.0f} s"
            wait = f"asks to come back in {asked}"
            raise TryLater(f"{at.url}: {error.trouble} and {wait}", retry_at=until) from error
        except Trouble as trouble:
            if isinstance(trouble.partial, Answer):
                return tell_body(job, at, trouble.partial)
            times = f", {job.requests} times in a row" if job.requests > 1 else ""
            raise Unavailable(f"{at.url}: {trouble}{times}", status=trouble.status) from trouble

    def _page(self, job: Job, at: Target, answer: Answer, permission: Permission | None) -> Page:
        body, truncated = answer.body, answer.truncated
        if job.accept in ("feed", "sitemap"):
            try:
                file = unpack(body, job.limit)
            except TooLarge as error:
                raise NotAnArticle("other", str(error)) from error
            except BadBody as error:
                raise Unavailable(f"{at.url}: {error}", status=answer.head.status) from error
            body, truncated = file.data, truncated or file.broken is not None
        return Page(
            body,
            url=job.page,
            headers=answer.head.headers,
            status=answer.head.status,
            final_url=at.url,
            redirects=tuple(job.hops[1:]),
            fetched_at=_stamp(int(self._clock.wall())),
            robots=robots_words(answer.head, permission) if permission else None,
            truncated=truncated,
        )

    def _pause(self, seconds: float) -> None:
        """Sleeps, unless the stop event ends it."""
        self._stop.wait(seconds)


def _tell_verdict(job: Job, at: Target, permission: Permission) -> None:
    job.say(
        "robots",
        at.url,
        permission.reason,
        allowed=permission.allowed,
        rule=permission.rule,
        opt_outs=permission.opt_outs,
        crawl_delay=permission.crawl_delay,
    )


def _tell(job: Job, error: ScraperError) -> None:
    """The event that a fetch ends with which fails."""
    outcome = next(name for kind, name in _OUTCOMES if isinstance(error, kind))
    facts: dict[str, Any] = {}
    if isinstance(error, TryLater):
        facts["retry_at"] = error.retry_at
    elif isinstance(error, NotAnArticle):
        facts["page_type"] = error.page_type
    status = error.status if isinstance(error, Unavailable) else None
    job.say(outcome, job.page, str(error), status=status, **facts)


@lru_cache(maxsize=8)
def _stamp(seconds: int) -> str:
    """RFC 3339 in UTC; many pages come in one second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user_agent(contact: str | None, *, crawl: bool) -> str:
    """Our name, with the contact where there is one. Raises `ConfigError` where a crawl has none.

    >>> user_agent("archive@example.org", crawl=True).partition(" ")[2]
    '(+archive@example.org)'
    """
    name = f"{TOKEN}/{__version__}"
    contact = (contact or "").strip()
    if not contact:
        if crawl:
            raise ConfigError("contact: a scheduled run needs an address that webmasters can write to")
        return name
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()<>"):
        raise ConfigError(f"contact: {contact!r} cannot stand in a User-Agent; use a plain address")
    return f"{name} (+{contact})"


def robots_words(head: Head, permission: Permission) -> str:
    """The verdict and all reservations in one line: ``allowed; noarchive; ai-train=no``."""
    words = ["allowed", *page_directives(head.get("x-robots-tag")), *permission.opt_outs]
    if (head.get("tdm-reservation") or "").strip() == "1":
        words.append("tdm-reservation")
    return "; ".join(words)
