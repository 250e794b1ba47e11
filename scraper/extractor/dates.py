"""Dates as pages write them, to RFC 3339 in UTC.

Clock times without a zone are read as the caller says; a date without a time stays a date. Nothing is guessed from
running text.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from scraper.extractor.patterns import lazily

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan jan. enero",
            "february feb feb. febrero",
            "march mar mar. marzo",
            "april apr apr. abril",
            "may mayo",
            "june jun jun. junio",
            "july jul jul. julio",
            "august aug aug. agosto",
            "september sep sept sep. sept. septiembre",
            "october oct oct. octubre",
            "november nov nov. noviembre",
            "december dec dec. diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
# Fixed offsets (hours) of the zone abbreviations that US stations print.
_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "HDT": -9, "SST": -11, "CHST": 10,
}  # fmt: skip
# Abbreviations that leave the season open.
_ZONES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AKT": "America/Anchorage",
    "HT": "Pacific/Honolulu",
    "EASTERN": "America/New_York",
    "CENTRAL": "America/Chicago",
    "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles",
}
_ISO = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)"
    r"(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d|UTC|GMT)?)?",
    re.I,
)
_MONTH_NAME = "|".join(sorted((re.escape(name) for name in _MONTHS), key=len, reverse=True))
_WORDS = lazily(
    rf"(?:\b({_MONTH_NAME})\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})|\b(\d{{1,2}})\s+(?:de\s+)?({_MONTH_NAME})\s+(?:de\s+)?(\d{{4}}))"
    r"(?:\s*(?:,|at|•|·|\||-|–|a\s+las)?\s*(\d{1,2}):(\d\d)\s*([ap])\.?\s*m?\.?(?:\s+\(?([A-Z]{1,4}T|UTC|GMT|Eastern|Central|Mountain|Pacific)\b)?)?",
    re.I,
)
_AGO = lazily(r"(\d+)\s+(minute|hour|day|week)s?\s+ago", re.I)

EASTERN = "America/New_York"


def zone(name: str | None) -> tzinfo | None:
    """The zone of an IANA name (also old aliases such as US/Eastern) or of an abbreviation; None where unknown."""
    if not name:
        return None
    name = name.strip()
    upper = name.upper()
    if upper in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[upper]))
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(_ZONES.get(upper, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def utc(moment: datetime) -> str:
    """RFC 3339 in UTC, whole seconds, with a Z."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _place(where: tzinfo | str | None) -> tzinfo | None:
    return zone(where) if isinstance(where, str) else where


def from_iso(value: str, *, naive: tzinfo | str | None = None, wall: tzinfo | str | None = None) -> str | None:
    """An ISO 8601 value as RFC 3339 UTC, or as a date where it has no time (or none that can be placed).

    `naive` is the zone of a clock time that names none; `wall` overrules the zone that the value claims. Either may be the
    zone's name, which is looked up only where it is needed.

    >>> from datetime import timezone
    >>> from_iso("2019-07-09T17:34:39", naive=timezone.utc)
    '2019-07-09T17:34:39Z'
    >>> from_iso("2023-12-22T05:00:45-05:00")
    '2023-12-22T10:00:45Z'
    """
    found = _ISO.search(value)
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day)).isoformat()
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return None
    place = _place(wall) or (_offset(offset) if offset else _place(naive))
    if place is None:
        return moment.date().isoformat()
    try:
        return utc(moment.replace(tzinfo=place))
    except (OverflowError, ValueError):
        return None


def from_words(value: str, *, local: tzinfo | str | None = None, captured: datetime | None = None) -> str | None:
    """A date written for people: "Published July 7, 2021 at 5:35 PM MDT", "December 22, 2023 5:00 AM ET", "9 de mayo
    de 2024". `local` is the zone of a time that names none; `captured` anchors "16 hours ago".

    >>> from_words("Published July 7, 2021 at 5:35 PM MDT")
    '2021-07-07T23:35:00Z'
    >>> from_words("Posted on Aug 14, 2020")
    '2020-08-14'
    """
    found = _WORDS().search(value)
    if not found or (not found[7] and ":" in value):  # in another language, or with a clock of another kind
        from scraper.extractor import datewords

        return datewords.read(value, local=local) or _ago(value, captured)
    month, day, year, day2, month2, year2, hour, minute, half, name = found.groups()
    number = _MONTHS[(month or month2).lower()]
    try:
        day_of = date(int(year or year2), number, int(day or day2))
    except ValueError:
        return None
    if hour is None:
        return day_of.isoformat()
    place = zone(name) if name else _place(local)
    if place is None or not 1 <= int(hour) <= 12 or int(minute) > 59:
        return day_of.isoformat()
    clock = int(hour) % 12 + (12 if half.lower() == "p" else 0)
    try:
        return utc(datetime(day_of.year, day_of.month, day_of.day, clock, int(minute), tzinfo=place))
    except (OverflowError, ValueError):
        return day_of.isoformat()


def _ago(value: str, captured: datetime | None) -> str | None:
    found = _AGO().search(value) if captured else None
    if not found or captured is None:
        return None
    past = captured - timedelta(**{found[2].lower() + "s": int(found[1])})
    return past.date().isoformat()


def _offset(text: str) -> tzinfo | None:
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        return None
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if text[0] == "-" else delta)


def is_date(text: str) -> bool:
    """True where the text is a date and nothing else; some pages have it for a headline.

    >>> is_date("September 14, 2001"), is_date("26/05/2005"), is_date("The films of 2001")
    (True, True, False)
    """
    return (
        text[-1:].isdigit()
        and len(text) < 40
        and re.fullmatch(r"[\d/.\- ]{6,10}|(?:\w+, )?(?:\w{3,9}\.? \d{1,2}|\d{1,2}\.? \w{3,9}),? \d{4}", text)
        is not None
    )
