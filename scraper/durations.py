"""Lengths of time and points in time as people write them: "90s", "1h30m", "7d", "2024-01-31"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_PART = r"(\d+(?:\.\d+)?)\s*(min|[smhdw])"


def parse_duration(text: str) -> float:
    """Seconds of a length of time: numbers with the units w, d, h, m (or min) and s, the largest first.

    Raises ValueError for anything else, also for a number without a unit.

    >>> parse_duration("1h30m"), parse_duration("1.5 h"), parse_duration("3d")
    (5400.0, 5400.0, 259200.0)
    """
    clean = text.strip().lower()
    if not re.fullmatch(rf"(?:{_PART}\s*)+", clean):
        raise ValueError(f'expected a length of time such as 90s, 1h30m or 7d, got "{text}"')
    parts = [(float(number), _SECONDS[unit]) for number, unit in re.findall(_PART, clean)]
    sizes = [size for _, size in parts]
    if any(later >= earlier for earlier, later in pairwise(sizes)):
        raise ValueError(f'the units of "{text}" stand in the wrong order or twice')
    return sum(number * size for number, size in parts)


def parse_since(text: str, now: datetime) -> datetime:
    """The point in time that `text` names, in UTC: so long before `now`, a day (its first moment in UTC), or RFC 3339.

    `now` is aware of its zone; a time without a zone is read as UTC. Raises ValueError with a message for the user.

    >>> parse_since("7d", datetime(2024, 2, 7, 12, tzinfo=UTC)).isoformat()
    '2024-01-31T12:00:00+00:00'
    >>> parse_since("2024-01-31T20:00:00-05:00", datetime(2024, 2, 7, tzinfo=UTC)).isoformat()
    '2024-02-01T01:00:00+00:00'
    """
    clean = text.strip()
    try:
        if re.match(r"\d{4}-\d\d-\d\d", clean):
            moment = datetime.fromisoformat(clean)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        return now.astimezone(UTC) - timedelta(seconds=parse_duration(clean))
    except (ValueError, OverflowError):
        message = f'expected a length of time such as 7d, a day such as 2024-01-31 or a time (RFC 3339), got "{text}"'
        raise ValueError(message) from None
