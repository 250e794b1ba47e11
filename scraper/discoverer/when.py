"""Times in feeds and sitemaps, in one spelling."""

from __future__ import annotations

from datetime import UTC, date, datetime


def moment(text: str | None) -> str | None:
    """RFC 3339 in UTC, to the second; the day alone where the zone or the time is unknown; None for anything else.

    >>> moment("2024-05-11T20:21:00.5-04:00"), moment("2024-05-11T20:21:00"), moment("2024-05-11"), moment("today")
    ('2024-05-12T00:21:00Z', '2024-05-11', '2024-05-11', None)
    """
    clean = (text or "").strip()
    if len(clean) < 10 or clean[4] != "-" or clean[7] != "-":
        return None
    try:
        if len(clean) == 10:
            return date.fromisoformat(clean).isoformat()
        time = datetime.fromisoformat(clean)
        return stamp(time) if time.tzinfo else time.date().isoformat()
    except (ValueError, OverflowError):
        return None


def stamp(time: datetime) -> str:
    """An aware time as RFC 3339 in UTC."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def at(seconds: float) -> str:
    """Seconds since the epoch as RFC 3339 in UTC.

    >>> at(1628713260.9)
    '2021-08-11T20:21:00Z'
    """
    return stamp(datetime.fromtimestamp(seconds, UTC))
