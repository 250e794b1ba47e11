"""Where a redirect leads, and whether it is followed."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.errors import NotAnArticle, Refused, Unavailable
from scraper.fetcher.answer import REDIRECTS
from scraper.fetcher.client import BadAddress, Head, Target, target
from scraper.fetcher.job import Job
from scraper.fetcher.quirks import Quirk, quirks_of


class Circle(Unavailable):
    """A redirect to where we come from."""


def onward(job: Job, at: Target, head: Head, quirks: Sequence[Quirk]) -> Target | None:
    """The address that an answer redirects to; None where it does not.

    Raises `Circle`, `Unavailable` for what is no address, `Refused` for one that is not fetched, also when https
    leads to http, and `NotAnArticle` for a consent page.
    """
    if head.status not in REDIRECTS:
        return None
    location = (head.get("location") or "").strip().encode("latin-1").decode("utf-8", "replace")
    if not location:
        raise Unavailable(f"{at.url} redirects without saying where", status=head.status)
    try:
        following = target(location, base=at)
    except BadAddress as error:
        raise Unavailable(f"{at.url} redirects to nowhere: {error}", status=head.status) from error
    job.say("redirect", at.url, f"to {following.url}", status=head.status, to=following.url)
    if following.url == at.url or following.url in job.hops:
        raise Circle(f"{at.url} redirects in a circle", status=head.status)
    if (at.scheme, following.scheme) == ("https", "http"):
        raise Refused(f"{at.url} redirects to {following.url}, which gives up encryption")
    if any(quirk.consent for quirk in quirks_of(following.host, quirks)):
        raise NotAnArticle("consent", f"{at.host} sends its visitors to {following.host} to agree to cookies first")
    return following
