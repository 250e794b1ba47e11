"""robots.txt by RFC 9309, the pure part: which rules are ours, what they say, and what each kind of answer means.

protego matches paths against rules. What it does not do, or does otherwise, stands here: group selection by the exact
product token, the size limit, byte-order marks, and the meaning of statuses. `RobotsGate` (gate.py) does the fetching.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from scraper.fetcher.state import RobotsEntry

if TYPE_CHECKING:
    from protego import Protego

TOKEN = "public-radio-scraper"  # noqa: S105 (the product token of RFC 9309, not a secret)
"""The product token that robots.txt knows us by."""

MAX_BYTES = 500 * 1024
LONGEST = 24 * 3600.0  # RFC 9309, 2.4
SHORTEST = 600.0  # a file that forbids caching is still not fetched anew for each page
ERROR_AGE = 3600.0
SILENT_AGE = 600.0
GOOD_COPY_AGE = 30 * 24 * 3600.0

AI_AGENTS = frozenset(
    "gptbot chatgpt-user oai-searchbot ccbot google-extended anthropic-ai claudebot claude-web perplexitybot "
    "bytespider applebot-extended meta-externalagent cohere-ai amazonbot diffbot omgilibot".split()
)
"""Crawlers that feed language models; a site that shuts these out by name has opted out of that use."""

# Misspellings that protego understands are understood here too; otherwise a typing error would move a rule's group.
_LINE = re.compile(
    r"\s*(?:(?P<agent>user[- ]?agent)|(?P<site>sitemaps?|site-map|host)|(?P<signal>content-(?:signal|usage))"
    r"|(?P<rule>allow|dis{1,2}all?ow|diasllow|dissalow|disallaw|crawl[- ]delay|request[- ]rate|visit[- ]time))"
    r"\s*(?::|\s)(?P<value>.*)",
    re.I,
)
_PRODUCT = re.compile(r"[A-Za-z_-]+|\*")
_ODD_BREAKS = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?([0-9]{1,9})", re.I)


@dataclass(slots=True)
class _Group:
    agents: set[str] = field(default_factory=set)
    rules: list[str] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)


class Robots:
    """The rules of one file, as they apply to us.

    >>> rules = Robots(b"User-agent: *\\nDisallow: /private\\nCrawl-delay: 3\\nSitemap: https://a.example/s.xml")
    >>> rules.allows("https://a.example/private/1"), rules.allows("https://a.example/news"), rules.crawl_delay
    (False, True, 3.0)
    >>> rules.sitemaps
    ['https://a.example/s.xml']
    """

    def __init__(self, body: bytes, *, token: str = TOKEN) -> None:
        self.sitemaps: list[str] = []
        self._groups: list[_Group] = []
        self._read(decode(body))
        self._ours = self._select({token.lower()}) or self._select({"*"})

    def allows(self, url: str) -> bool:
        """True where the rules let us fetch `url`, an address of this file's origin. The file itself is always allowed
        (RFC 9309, 2.2.2)."""
        return urlsplit(url).path == "/robots.txt" or bool(self._rules.can_fetch(url, TOKEN))

    def deciding(self, url: str, *, allowed: bool) -> str | None:
        """The rule that gives the verdict on `url`, as written but for its name; None where no rule is about it.

        The longest that matches wins (RFC 9309, 2.2.2). Whether one matches is asked of protego, rule by rule: where
        all is allowed and nothing could have allowed it, none needs to be asked.
        """
        best: tuple[int, str] | None = None
        for name, path in self._paths["allow" if allowed else "disallow"]:
            if (best is None or len(path) > best[0]) and not _matching(path).can_fetch(url, TOKEN):
                best = len(path), f"{name}: {path}"
        return best[1] if best else None

    @cached_property
    def _paths(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {"allow": [], "disallow": []}
        for group in self._ours:
            for rule in group.rules:
                name, _, path = rule.partition(": ")
                if path and name.lower().startswith(("allow", "d")):
                    allows = name.lower() == "allow"
                    found["allow" if allows else "disallow"].append(("Allow" if allows else "Disallow", path))
        return found

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between requests as asked for, which is not part of the RFC but in wide use."""
        delay: float | None = self._rules.crawl_delay(TOKEN)
        return delay

    @cached_property
    def signals(self) -> dict[str, str]:
        """Content-Signal and Content-Usage preferences of our group, in lower case: ``{"ai-train": "no"}``."""
        return _signals(line for group in self._ours for line in group.signals)

    def opt_outs(self, url: str) -> tuple[str, ...]:
        """What the site does not want done with `url`'s content, as words: ``ai-train=no``, ``ai-crawlers=no``."""
        words = [f"{name}={value}" for name, value in self.signals.items() if value in ("no", "n")]
        if self._ai_rules is not None and not self._ai_rules.can_fetch(url, TOKEN):
            words.append("ai-crawlers=no")
        return tuple(words)

    def _read(self, text: str) -> None:
        group: _Group | None = None
        for raw in re.split(r"\r\n|\r|\n", text):
            line = _LINE.match(_ODD_BREAKS.sub(lambda found: quote(found[0]), raw.partition("#")[0]))
            # Sitemaps and lines of unknown kinds never end a group (RFC 9309, 2.2.4). Rules do, and we count among them
            # what is said to an agent besides: Crawl-delay, Request-rate, Visit-time, Content-Signal.
            if line is None:
                continue
            value = line["value"].strip()
            if line["site"]:
                if value and line["site"].lower() != "host":
                    self.sitemaps.append(value)
            elif line["agent"]:
                if group is None or group.rules or group.signals:
                    group = _Group()
                    self._groups.append(group)
                product = _PRODUCT.match(value)
                group.agents.add(product[0].lower() if product else "")
            elif group is not None:
                (group.signals if line["signal"] else group.rules).append(
                    value if line["signal"] else f"{line['rule']}: {value}"
                )

    def _select(self, agents: Iterable[str]) -> list[_Group]:
        return [group for group in self._groups if not group.agents.isdisjoint(agents)]

    @cached_property
    def _rules(self) -> Protego:
        return _protego(self._ours)

    @cached_property
    def _ai_rules(self) -> Protego | None:
        named = self._select(AI_AGENTS)
        return _protego(named) if named else None


def decode(body: bytes) -> str:
    """The text that counts: the first 500 KiB, cut at the last whole line, without a byte-order mark."""
    if len(body) > MAX_BYTES:
        cut = max(body.rfind(b"\n", 0, MAX_BYTES), body.rfind(b"\r", 0, MAX_BYTES))
        body = body[: cut + 1]
    return body.decode("utf-8-sig", "replace").lstrip("\ufeff")


def _protego(groups: list[_Group]) -> Protego:
    from protego import Protego

    lines = [rule for group in groups for rule in group.rules]
    return Protego.parse("\n".join(["User-agent: *", *lines]))


@lru_cache(maxsize=1024)
def _matching(path: str) -> Protego:
    """Forbids what one rule is about."""
    from protego import Protego

    return Protego.parse(f"User-agent: *\nDisallow: {path}")


def _signals(lines: Iterator[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        for pair in line.split(","):
            name, mark, value = pair.strip().rpartition("=")
            name = name.split()[-1] if name else ""  # a path may stand before the first name
            if mark and name:
                found[name.lower()] = value.strip().lower()
    return found


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What came of asking for a robots.txt: a status with its headers and body, or the `error` instead of one."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    error: str | None = None
    retry_at: float | None = None


def judge(answer: RobotsAnswer, previous: RobotsEntry | None, now: float) -> RobotsEntry:
    """What an answer means (RFC 9309, 2.3.1), given the entry before it.

    2xx gives rules; 4xx and too many redirects mean there are none; 401, 403 and 429 are taken as "not now", which is
    stricter than the RFC; 5xx and no answer at all forbid everything, unless there is a good copy of the last 30 days.
    """
    status = answer.status
    if status is not None and 200 <= status < 300 and answer.error is None:
        expires = now + _age(answer.headers.get("cache-control"))
        return RobotsEntry(
            verdict="rules", status=status, body=answer.body, good_at=now, fetched_at=now, expires_at=expires
        )
    if status is not None and 300 <= status < 500 and status not in (401, 403, 429) and answer.error is None:
        detail = f"robots.txt answers {status}: no rules"
        return RobotsEntry(verdict="allow", status=status, detail=detail, fetched_at=now, expires_at=now + LONGEST)
    return _without(answer, previous, now)


def _without(answer: RobotsAnswer, previous: RobotsEntry | None, now: float) -> RobotsEntry:
    detail = answer.error or f"robots.txt answers {answer.status}"
    silent = answer.status is None
    expires = max(now + (SILENT_AGE if silent else ERROR_AGE), answer.retry_at or 0.0)
    refused = answer.status in (401, 403, 429)
    if previous and previous.good_at is not None and now - previous.good_at <= GOOD_COPY_AGE and not refused:
        return RobotsEntry(
            verdict="rules",
            status=answer.status,
            detail=f"{detail}; its last good copy holds",
            body=previous.body,
            good_at=previous.good_at,
            fetched_at=now,
            expires_at=expires,
        )
    return RobotsEntry(
        verdict="not-now" if refused else "disallow",
        status=answer.status,
        detail=detail,
        body=previous.body if previous else b"",
        good_at=previous.good_at if previous else None,
        fetched_at=now,
        expires_at=expires,
        retry_at=answer.retry_at,
        silent=silent,
    )


def _age(cache_control: str | None) -> float:
    """Seconds that a file may be kept for: a day, less where Cache-Control says so, ten minutes at least."""
    text = (cache_control or "").lower()
    if "no-cache" in text or "no-store" in text:
        return SHORTEST
    ages = [float(age) for age in _MAX_AGE.findall(text)]
    return min(max(min(ages, default=LONGEST), SHORTEST), LONGEST)


def page_directives(header: str | None, *, token: str = TOKEN) -> tuple[str, ...]:
    """The directives of X-Robots-Tag headers (a line each) that are for everybody or for us. A crawler's name holds to
    the end of its line, or to the next name.

    >>> page_directives("noindex, googlebot: nofollow, noarchive, max-image-preview:large")
    ('noindex',)
    >>> page_directives("noarchive, unavailable_after: 25 Jun 2030 15:00:00 PST")
    ('noarchive',)
    """
    found: list[str] = []
    for line in (header or "").lower().split("\n"):
        for_us = True
        for part in line.split(","):
            name, colon, rest = part.strip().partition(":")
            if colon and name.strip() not in _VALUED:
                for_us = name.strip() in (token, "*")
                name = rest
            if for_us and name.strip() in _DIRECTIVES:
                found.append(name.strip())
    return tuple(dict.fromkeys(found))


_VALUED = frozenset("max-snippet max-image-preview max-video-preview unavailable_after".split())
_DIRECTIVES = frozenset("all noindex nofollow none noarchive nocache nosnippet noimageindex noai noimageai".split())
