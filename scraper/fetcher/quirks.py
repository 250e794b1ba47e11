"""What known hosts need that others do not, as data, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec


class Quirk(msgspec.Struct, frozen=True, kw_only=True):
    """`host` matches itself and its subdomains. `headers` replaces request headers (lower-case names; None leaves one
    out). `consent` marks a host that serves nothing but a consent page: a redirect to it is not followed.
    """

    host: str
    reason: str
    headers: Mapping[str, str | None] = {}
    consent: bool = False


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        host="npr.org",
        headers={"connection": None},
        reason="its content network has been reported to stall HTTPS connections that send any Connection header "
        "(Media Cloud's metadata-lib); HTTP/1.1 keeps connections alive without one",
    ),
    Quirk(
        host="choice.npr.org",
        consent=True,
        reason="visitors from the European Union are sent here for every page, and get a consent form",
    ),
)

GROUP_SIGNS: tuple[tuple[str, str, str], ...] = (("x-powered-by", "brightspot", "grove"),)
"""Response header, word in it, platform group: hosts that turn out to share one platform share its limits."""


def quirks_of(host: str, quirks: Sequence[Quirk] = QUIRKS) -> list[Quirk]:
    """The quirks of a host, the most general first.

    >>> [quirk.host for quirk in quirks_of("choice.npr.org")]
    ['npr.org', 'choice.npr.org']
    """
    name = host.lower().rstrip(".")
    found = [quirk for quirk in quirks if name == quirk.host or name.endswith("." + quirk.host)]
    return sorted(found, key=lambda quirk: len(quirk.host))


def group_sign(headers: Mapping[str, str]) -> str | None:
    """The platform group that an answer's headers give away.

    >>> group_sign({"x-powered-by": "Brightspot"})
    'grove'
    """
    return next((group for name, word, group in GROUP_SIGNS if word in headers.get(name, "").lower()), None)
