"""When a page that was settled is looked at again. Pure; what failed has a schedule of its own in the store."""

from __future__ import annotations

from datetime import datetime

HOUR = 3600.0
DAY = 24 * HOUR

REVISITS = (1 * DAY, 7 * DAY)
"""A story is looked at again at these ages: corrections and transcripts come within days. Later changes are known by
the sitemap, which tells when a page was last changed."""

FRESH = 3 * DAY
"""A page so young that holds no story yet may still get one (a transcript that comes with the evening)."""

REFUSED_AGAIN = {"fresh": 1 * DAY, "error": 7 * DAY, "consent": 7 * DAY, "policy": 7 * DAY, "else": 30 * DAY}


def story_again(published: str | None, now: float) -> float | None:
    """When a story that was had at `now` is due again (seconds since the epoch); None for never."""
    born = _epoch(published)
    born = now if born is None else min(born, now)
    return next((born + age for age in REVISITS if born + age > now), None)


def last_visit(published: str | None, now: float) -> bool:
    """Whether a visit to a story at `now` is the last that is planned. It is to be made whole, whatever the page's
    validators say: a change that a server denied is found then at the latest.
    """
    return story_again(published, now) is None


def refused_again(page_type: str | None, published: str | None, now: float) -> float:
    """When a page that holds no story is due again. `page_type` is null where robots.txt or policy forbids it;
    `published` is what the source said of its date."""
    if page_type is None:
        return now + REFUSED_AGAIN["policy"]
    born = _epoch(published)
    if born is not None and now - born < FRESH:
        return now + REFUSED_AGAIN["fresh"]
    return now + REFUSED_AGAIN.get(page_type, REFUSED_AGAIN["else"])


def _epoch(text: str | None) -> float | None:
    """Seconds since the epoch of an RFC 3339 time or day; None for anything else."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.astimezone()).timestamp()
