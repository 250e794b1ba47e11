"""Addresses: one identity key for many spellings, and what the grammar of a path says of a page.

The key serves identity alone (the record's id, the frontier, de-duplication); what is fetched is always the address
as it was given. A wrong merge loses a story while a missed one only doubles it, so a query parameter is thrown away
only where it is known to say nothing about which page is meant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, quote_plus, unquote, unquote_plus, urljoin, urlsplit, urlunsplit

from scraper._grammar import NPR_ID, NPR_PARAMETERS, UUID, date_of, is_npr, kind_of, names_a_story, npr_id_of, words

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOSTNAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_WHOLE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[!-~]*[!-\"$-:<=>@-~]|/)?", re.ASCII)
"""An absolute address that `urljoin` gives back as it is."""
_PATH_SAFE = ":@!$&'()*+,;=~-._"
_QUERY_SAFE = "/:@!$'()*,;?~-._"

_TRACKERS = words(
    "fbclid gclid gclsrc gbraid wbraid dclid msclkid twclid ttclid igshid igsh yclid mc_cid mc_eid mkt_tok _ga _gl "
    "_hsenc _hsmi ocid xtor smid ncid cmpid s_cid ft _amp __twitter_impression wt_mc wt.mc_id wt_zmc"
)
_TRACKER_PREFIXES = ("utm_", "at_medium", "at_campaign", "at_custom", "at_link", "at_ptr", "at_bbc", "at_format", "pk_")
# Short names are a page's identity elsewhere (a forum's t and f), so they go only where the path alone names the page.
_STORY_TRACKERS = words(
    "f ps sc t d cc ref source src share sh live singlepage cid cmp amp origin orgid from print outputtype"
)


@lru_cache(maxsize=256)  # one page asks for the parts of its own address many times
def split(url: str) -> SplitResult | None:
    """The parts of an http(s) address, or None for anything else (also for a host that no server can have).

    >>> split("mailto:news@bpr.org") is None
    True
    """
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
        url.encode(errors="surrogateescape")
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and _hostname(parts) else None


def join(base: str | None, address: str) -> str | None:
    """The address as a page at `base` means it; None where the two make none.

    >>> join("https://www.bpr.org/news/a", "../b"), join("https://www.bpr.org/", "http://[")
    ('https://www.bpr.org/b', None)
    """
    if _WHOLE.fullmatch(address):
        return address
    try:
        return urljoin(base or "", address)
    except ValueError:
        return None


def _hostname(parts: SplitResult) -> str | None:
    """The host in lower case and in ASCII (punycode), without the trailing dot; None where it is none."""
    name = (parts.hostname or "").rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    return name if ":" in name or _HOSTNAME.fullmatch(name) else None


def host(url: str | None) -> str | None:
    """The host in lower case without a trailing dot, or None.

    >>> host("https://WWW.bpr.org:443/news")
    'www.bpr.org'
    """
    parts = split(url) if url else None
    return _hostname(parts) if parts else None


def bare_host(url: str | None) -> str | None:
    """`host` without a leading "www."."""
    name = host(url)
    return _without_www(name) if name else None


def _without_www(name: str) -> str:
    rest = name.removeprefix("www.")
    return rest if "." in rest else name


def normalise(url: str) -> str:
    """The address in one spelling: scheme and host in lower case, no default port, no fragment, no tracking
    parameters, parameters sorted, dot segments resolved. It still leads to the page. What is no http(s) address is
    returned as given.

    >>> normalise("HTTPS://www.bpr.org:443/a/../news/?utm_source=x&b=1&a=2#top")
    'https://www.bpr.org/news/?a=2&b=1'
    """
    parts = split(url)
    if parts is None:
        return url
    path = _path(parts.path)
    return urlunsplit((parts.scheme, _authority(parts), path, _query(parts, path), ""))


def key(url: str) -> str:
    """What names the address: `normalise` without scheme, "www.", the trailing slash and an `/amp` at the end.

    >>> key("http://www.bpr.org/news/") == key("https://bpr.org/news?utm_medium=rss#x")
    True
    """
    parts = split(url)
    if parts is None:
        return url
    path = _path(parts.path)
    query = _query(parts, path)
    path = path.rstrip("/")
    while path.endswith("/amp") and path.count("/") > 2:
        path = path.removesuffix("/amp").rstrip("/")
    return _without_www(_authority(parts)) + path + ("?" + query if query else "")


def _authority(parts: SplitResult) -> str:
    """Host and port. Names and passwords before an "@" are no part of an address that is stored."""
    name = _hostname(parts) or ""
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{parts.port}"


def _path(path: str) -> str:
    """The path with dot segments resolved and one way of escaping; an escaped slash stays escaped."""
    segments = [unquote(segment, errors="surrogateescape") for segment in path.split("/")]
    resolved: list[str] = []
    for segment in segments:
        if segment == "..":
            if len(resolved) > 1:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return "/".join(quote(segment, safe=_PATH_SAFE, errors="surrogateescape") for segment in resolved) or "/"


def _query(parts: SplitResult, path: str) -> str:
    """The parameters that matter, sorted and escaped in one way."""
    if not parts.query:
        return ""
    pairs = [_parameter(piece) for piece in parts.query.split("&") if piece]
    site = _without_www(_hostname(parts) or "")
    npr = is_npr(site)
    for name, value in pairs if npr else ():
        if name.lower() in NPR_PARAMETERS and (found := re.match(rf"=({NPR_ID}|\d+)", value, re.I)):
            # Old links carry junk behind the id: story.php?storyId=1&ps=cprs?storyId=1
            return f"{NPR_PARAMETERS[name.lower()]}={found[1]}"
    story = npr or names_a_story(site, unquote(path).lower())
    kept = [(name, value) for name, value in pairs if not _is_tracker(name.lower(), story=story)]
    return "&".join(name + value for name, value in sorted(kept))


def _parameter(piece: str) -> tuple[str, str]:
    """Name and "=value" of one parameter; a parameter without "=" keeps its form."""
    name, equals, value = piece.partition("=")
    name, value = (
        quote_plus(unquote_plus(part, errors="surrogateescape"), safe=_QUERY_SAFE, errors="surrogateescape")
        for part in (name, value)
    )
    return name, equals + value


def _is_tracker(name: str, *, story: bool) -> bool:
    """`story`: the path alone names the page (a dated story, npr.org), so that short names are no identity either."""
    if name in _TRACKERS or name.startswith(_TRACKER_PREFIXES):
        return True
    return story and (name in _STORY_TRACKERS or re.fullmatch(rf"{UUID}-(?:p|page)", name) is not None)


def date_in(url: str | None) -> str | None:
    """The date in the path as YYYY-MM-DD, or None. A hint: migrated and re-run stories carry other dates.

    >>> date_in("https://www.npr.org/2024/05/11/1250529661/handwriting")
    '2024-05-11'
    """
    parts = split(url) if url else None
    return date_of(_path(parts.path)) if parts else None


def npr_story_id(url: str | None) -> str | None:
    """The NPR story id that an npr.org address carries, or None.

    >>> npr_story_id("https://www.npr.org/templates/story/story.php?storyId=87793&ps=cprs")
    '87793'
    >>> npr_story_id("https://text.npr.org/nx-s1-5051871")
    'nx-s1-5051871'
    """
    parts = split(url) if url else None
    if parts is None or not is_npr(_hostname(parts)):
        return None
    path = _path(parts.path)
    name, _, value = _query(parts, path).partition("=")
    return value if value and name.lower() in NPR_PARAMETERS else npr_id_of(path.lower())


def kind(url: str | None) -> str | None:
    """What the address alone says of a page: story, list, person, event, other (a house page, a player, a file), or
    None (cannot tell). Never proof: the page itself has the last word.

    >>> kind("https://www.bpr.org/news/2021-08-11/a-river-town-rebuilds")
    'story'
    >>> kind("https://www.bpr.org/tags/floods?00000183-c907-d1ec-a5db-cf2f0d3a0000-p=2")
    'list'
    """
    parts = split(url) if url else None
    if parts is None:
        return None
    path = _path(parts.path)
    return kind_of(_without_www(_hostname(parts) or ""), unquote(path).lower(), _query(parts, path))
