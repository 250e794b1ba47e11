"""Addresses: one identity key for many spellings, and what the grammar of a path says of a page.

The key serves identity alone (the record's id, the frontier, de-duplication); what is fetched is always the address
as it was given.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|yclid|ft|f|ps|_amp|amp|cmp(?:id)?|cid|ocid|xtor|ref|source"
    r"|live|singlePage|sh|share|smid|sc|__twitter_impression|t)",
    re.I,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PAGING = re.compile(rf"(?:^|&)(?:{_UUID}-(?:p|page)|p|page|paged)=\d+", re.I)

_DATED = re.compile(r"/((?:19|20)\d\d)[-/](\d\d|[a-z]{3})[-/](\d{1,2})(?=/|$)", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LIST_SEGMENTS = frozenset(
    "tag tags category categories topic topics term terms section sections search archive archives series collection "
    "collections schedule schedules shows podcasts programs stations playlist playlists browse latest".split()
)
_SHOW_SEGMENTS = frozenset("show podcast program programs shows podcasts".split())
_PERSON_SEGMENTS = frozenset("people person author authors staff contributor contributors bio".split())
_HOUSE_SEGMENTS = frozenset(
    "about about-us contact contact-us donate support membership privacy privacy-policy terms terms-of-use careers jobs "
    "employment newsletters subscribe sign-in login faq help public-files".split()
)
_EVENT_SEGMENTS = frozenset("event events community-calendar calendar".split())


def split(url: str) -> SplitResult | None:
    """The parts of an http(s) address, or None for anything else (also for what `urlsplit` refuses)."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in _DEFAULT_PORTS and parts.hostname else None


def host(url: str | None) -> str | None:
    """The host in lower case without a trailing dot, or None.

    >>> host("https://WWW.bpr.org:443/news")
    'www.bpr.org'
    """
    parts = split(url) if url else None
    return parts.hostname.lower().rstrip(".") if parts and parts.hostname else None


def bare_host(url: str | None) -> str | None:
    """`host` without a leading "www."."""
    name = host(url)
    return name.removeprefix("www.") if name else None


def normalise(url: str) -> str:
    """The address in one spelling: scheme and host in lower case, no default port, no fragment, no tracking
    parameters, parameters sorted, dot segments resolved. It still leads to the page. What is no http(s) address is
    returned as given.

    >>> normalise("HTTPS://www.bpr.org:443/a/../news/?utm_source=x&b=1&a=2#top")
    'https://www.bpr.org/news/?a=2&b=1'
    """
    parts = split(url)
    if parts is None or parts.hostname is None:
        return url
    name = parts.hostname.lower().rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return url
    if ":" in name:
        name = f"[{name}]"
    scheme = parts.scheme.lower()
    if parts.port not in (None, _DEFAULT_PORTS[scheme]):
        name = f"{name}:{parts.port}"
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit((scheme, name, _path(parts.path), urlencode(sorted(pairs)), ""))


def key(url: str) -> str:
    """What names the address: `normalise` without scheme, "www." and trailing slash.

    >>> key("http://www.bpr.org/news/") == key("https://bpr.org/news?utm_medium=rss#x")
    True
    """
    address = normalise(url)
    if address is url and split(url) is None:
        return url
    rest = address.partition("://")[2].removeprefix("www.")
    path, mark, query = rest.partition("?")
    return path.rstrip("/") + mark + query


def _path(path: str) -> str:
    resolved: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(resolved) > 1:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if path.endswith(("/.", "/..")):
        resolved.append("")
    clean = quote(unquote("/".join(resolved), errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    return clean or "/"


def date_in(url: str | None) -> str | None:
    """The date in the path as YYYY-MM-DD, or None. A hint: migrated and re-run stories carry other dates.

    >>> date_in("https://www.npr.org/2024/05/11/1250529661/handwriting")
    '2024-05-11'
    """
    found = _DATED.search(urlsplit(url).path) if url and split(url) else None
    if not found:
        return None
    year, month, day = found.groups()
    month = month if month.isdigit() else str(_MONTHS.index(month.lower()) + 1) if month.lower() in _MONTHS else "0"
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return f"{year}-{int(month):02}-{int(day):02}"


def kind(url: str | None) -> str | None:
    """What the path alone says of a page: story, list, person, event, other (a house page), or None (cannot tell).

    A dated path with a slug after it is a story; `/post/slug` is Core Publisher's. Paging parameters, tags, sections,
    searches and the bare home page are lists.
    """
    parts = split(url) if url else None
    if parts is None:
        return None
    segments = [s.lower() for s in unquote(parts.path).split("/") if s]
    if not segments:
        return "list"
    if _PAGING.search(parts.query) or (segments[0] == "search" and len(segments) == 1):
        return "list"
    if _PERSON_SEGMENTS & set(segments[:-1]) or segments[-1] in ("people", "staff"):
        return "person" if segments[-1] not in _PERSON_SEGMENTS else "list"
    dated = _DATED.search("/" + "/".join(segments))
    if dated:
        after = [s for s in segments if s in dated.string[dated.end() :].split("/")]
        return "story" if after else "list"
    if any(s in _EVENT_SEGMENTS for s in segments[:-1]):
        return "event"
    if segments[0] in ("post", "transcripts", "stories", "story", "articles", "article") and len(segments) > 1:
        return "story"
    if segments[-1] in _HOUSE_SEGMENTS and len(segments) <= 2:
        return "other"
    if len(segments) == 2 and segments[0] in _SHOW_SEGMENTS:
        return "list"
    if segments[0] in _LIST_SEGMENTS and len(segments) <= 2:
        return "list"
    return None
