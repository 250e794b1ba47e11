"""The grammar of paths: what the address of a page says of it before it is fetched. Private to `scraper.addresses`.

Facts on Grove, npr.org and older templates: the sites' own addresses as collected in public lists of links. Functions
take a host without "www.", a path in lower case without escapes, and a raw query.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NPR_ID = r"\d{6,}|[a-z]{1,4}-s\d+-\d+"
NPR_PARAMETERS = {"storyid": "storyId", "sid": "sId"}

DATED = re.compile(
    r"/((?:19|20)\d\d)(?:/(\d\d?|[a-z]{3})/(\d\d?)(?=/|$)|-(\d\d)-(\d\d)(?=[/._-]|$))",  # /2024/10/5-ways is no day
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_LISTS = words(
    "tag tags category categories topic topics term terms search archive archives browse schedule schedules playlist "
    "playlists"
)
_SHORT_LISTS = words("section sections series collection collections stations latest posts stories articles episodes")
_SHOWS = words("show shows podcast podcasts program programs")
_PERSONS = words("people person author authors staff contributor contributors bio hosts")
_EVENTS = words("event events community-calendar calendar")
_STORIES = words("post story article transcript transcripts")
_STORY_LISTS = words("posts stories articles episodes segments")
_HOUSE = words(
    "about about-us contact contact-us donate support membership privacy privacy-policy terms terms-of-use careers "
    "jobs employment newsletters subscribe sign-in login faq help public-files feed rss atom embed player wp-json"
)
_HOUSE_ROOTS = words("about about-us contact contact-us donate membership embed player wp-json wp-content")
_HOUSE_HOSTS = ("help.", "support.", "shop.", "donate.")
_FILES = tuple(
    words(
        ".jpg .jpeg .png .gif .webp .svg .ico .mp3 .m4a .mp4 .wav .pls .m3u .m3u8 .pdf .xml .rss .json .ics .zip .gz "
        ".doc .docx .xls .xlsx .ppt .pptx .css .js .txt"
    )
)
_STORY_PATHS = {  # sites whose stories have no date in the path, in a form that other sites use for lists
    "gothamist.com": r"/[a-z-]+/[a-z0-9-]{20,}",
    "marketplace.org": r"/shows/[^/]+/[^/]+",
    "pbs.org": r"/newshour/(?!about|support)[a-z-]+/[a-z0-9-]{20,}",
    "radiolab.org": r"/podcast/[^/]+",
    "thisamericanlife.org": r"/\d+/[^/]+(?:/transcript)?",
}


def is_npr(name: str | None) -> bool:
    """Whether a host belongs to npr.org: itself or a subdomain, never a lookalike."""
    return name is not None and (name == "npr.org" or name.endswith(".npr.org"))


def date_of(path: str) -> str | None:
    """The first full date in the path, as YYYY-MM-DD."""
    found = DATED.search(path)
    if not found:
        return None
    year, month, day = int(found[1]), (found[2] or found[4]).lower(), int(found[3] or found[5])
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1 if month in _MONTHS else 0
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 30 if number in (4, 6, 9, 11) else 31 if number != 2 else 29 if leap else 28
    return f"{year}-{number:02}-{day:02}" if 1 <= number <= 12 and 1 <= day <= last else None


def names_a_story(name: str, path: str) -> bool:
    """Whether the path alone names a story, so that no query can; a script may answer each query with another one."""
    return re.search(r"\.(?:php|aspx?|cfm|cgi|jsp|pl)\b", path) is None and kind_of(name, path, "") == "story"


def npr_id_of(path: str) -> str | None:
    """The story id in the path of an npr.org address."""
    segments = [segment for segment in path.split("/") if segment]
    if segments and segments[0] in ("tags", "people", "series", "podcasts", "about-npr"):
        return None
    return next((segment for segment in segments if re.fullmatch(NPR_ID, segment)), None)


def kind_of(name: str, path: str, query: str) -> str | None:
    """story, list, person, event, other, or None: see `scraper.addresses.kind`."""
    segments = [segment for segment in path.split("/") if segment]
    if is_npr(name):
        answer = _npr_kind(segments, query)
        if answer is not None:
            return answer or None
    if not segments:  # WordPress: /?p=4711 leads to a story
        return None if re.search(r"(?:^|&)p=\d", query) else "list"
    if segments[-1].endswith(_FILES) or name.startswith(_HOUSE_HOSTS):
        return "other"
    if name in _STORY_PATHS and re.fullmatch(_STORY_PATHS[name], "/" + "/".join(segments)):
        return "story"
    return _dated_kind(segments) or ("list" if _is_paged(segments, query) else _undated_kind(segments))


def _npr_kind(segments: list[str], query: str) -> str | None:
    """What holds for npr.org alone; "" for what cannot be told there, None where the common rules decide."""
    if not segments:
        return None
    first, last = segments[0], segments[-1]
    if last in ("story.php", "transcript.php", "s.php"):
        return "story" if re.search(r"(?:^|&)(?:storyid|sid)=", query, re.I) else "other"
    if re.fullmatch(NPR_ID, first) and len(segments) <= 2:
        return "story"
    if last == "t.php" or first in ("tags", "series", "podcasts") or (len(segments) == 1 and first.isdigit()):
        return "list"
    if first == "sections" and any(re.fullmatch(NPR_ID, segment) for segment in segments[2:]):
        return "story"
    if first == "programs" and len(segments) > 2:  # a day's rundown (a list) or an episode, by program
        return ""
    return "other" if first in ("templates", "player", "about-npr") else None


def _dated_kind(segments: list[str]) -> str | None:
    """The kind of a path with a date (or with year and month, as WordPress has it), None for any other."""
    path = "/" + "/".join(segments)
    found = DATED.search(path) or re.search(r"/(?:19|20)\d\d/\d\d(?=/|$)", path)
    if not found or path[found.end() : found.end() + 1] not in ("", "/"):
        return None
    before = path[: found.start()].split("/")[1:] or [""]
    after = [segment for segment in path[found.end() :].split("/") if segment]
    if before[0] in _PERSONS:
        return None
    if not _EVENTS.isdisjoint(before):
        return "event" if after else "list"
    if before[0] in _LISTS or (after and after[0] in ("page", "feed")):
        return "list"
    if not after:  # a day's archive, or a show's episode of that day
        return None if before[0] in _SHOWS else "list"
    return "story"


def _is_paged(segments: list[str], query: str) -> bool:
    if len(segments) > 1 and segments[-2] == "page" and segments[-1].isdigit():
        return True
    if "." in segments[-1]:  # a script's "p" is as often the number of a post
        return False
    return bool(re.search(rf"(?:^|&)(?:(?:{UUID}-)?p(?:age)?|paged)=\d{{1,4}}(?:&|$)", query, re.I))


def _undated_kind(segments: list[str]) -> str | None:
    first, last, parent = segments[0], segments[-1], segments[-2] if len(segments) > 1 else ""
    if segments == ["terms"]:
        return "other"
    if first in _LISTS or (len(segments) > 2 and segments[1] in _LISTS):
        return "list"
    if last in _PERSONS:
        return "list"
    if first in _PERSONS:
        return "person"
    if not _EVENTS.isdisjoint(segments):
        return "event" if last not in _EVENTS else "list"
    if parent and (first in _STORIES or parent in _STORIES):
        return "story"
    if parent and (first in _STORY_LISTS or parent in _STORY_LISTS) and re.search(r"[-_\d]|\w{16}", last):
        return "story"
    if parent in _PERSONS:
        return "person"
    if (last in _HOUSE and len(segments) <= 2) or first in _HOUSE_ROOTS:
        return "other"
    if len(segments) <= 2 and first in _SHORT_LISTS | _SHOWS:
        return "list"
    return "list" if not parent and (last == "news" or last.endswith("-news")) else None
