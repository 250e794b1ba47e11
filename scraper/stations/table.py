"""The table ``stations.tsv`` and the look-up of a station by its host.

One line is one station, its columns parted by tabs, "-" where there is nothing:

    domain       the host that names the station in a record
    name         what the public calls it
    call_signs   its own first, then the licensee's others, parted by spaces
    city, state  where it is at home, not where a repeater stands; two-letter code
    platform     the template of `home`, where that was verified
    home         host and path of the site with the stories, where that is not the domain itself
    aliases      further hosts of the licensee, old ones too, parted by spaces
    other_names  what else bylines and notices call it, parted by "|"

The file is read once, at the first question; a line is taken apart only when it is the answer.
"""

from __future__ import annotations

from functools import cache
from io import FileIO
from typing import TYPE_CHECKING, NamedTuple

from scraper import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.article import Station

TABLE = __file__.rpartition("/")[0] + "/stations.tsv"


class Entry(NamedTuple):
    """One station of the directory. `home` is the address of the site that carries its stories."""

    domain: str
    name: str
    call_signs: tuple[str, ...]
    city: str | None
    state: str | None
    platform: str | None
    home: str
    aliases: tuple[str, ...]
    other_names: tuple[str, ...]

    @property
    def call_sign(self) -> str | None:
        """The station's own call sign; None for a newsroom that has no transmitter."""
        return self.call_signs[0] if self.call_signs else None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The domain, then the aliases."""
        return (self.domain, *self.aliases)

    @property
    def station(self) -> Station:
        """The station as a record holds it."""
        from scraper.article import Station

        return Station(name=self.name, call_sign=self.call_sign, domain=self.domain, city=self.city, state=self.state)


def entry_of(line: str) -> Entry:
    """A line of the table as an `Entry`. Raises ValueError when it has not nine columns."""
    cells = ["" if cell == "-" else cell for cell in line.split("\t")]
    domain, name, calls, city, state, platform, home, aliases, others = cells
    return Entry(
        domain=domain,
        name=name,
        call_signs=tuple(calls.split()),
        city=city or None,
        state=state or None,
        platform=platform or None,
        home=f"https://{home or domain + '/'}",
        aliases=tuple(aliases.split()),
        other_names=tuple(others.split("|")) if others else (),
    )


@cache
def lines() -> Mapping[str, str]:
    """Domain -> its line, in the order of the file."""
    with FileIO(TABLE) as file:  # pathlib would cost more than the whole look-up
        rows = file.readall().decode().splitlines()[1:]
    return {row.partition("\t")[0]: row for row in rows}


@cache
def _domains() -> Mapping[str, str]:
    """Every host of the table -> the domain of its station."""
    found = {}
    for domain, line in lines().items():
        found[domain] = domain
        aliases = line.rsplit("\t", 2)[1]
        if aliases != "-":
            found.update(dict.fromkeys(aliases.split(), domain))
    return found


def entries() -> list[Entry]:
    """All stations, in the order of their domains."""
    return [entry_of(line) for line in lines().values()]


def hosts(*, aliases: bool = False) -> tuple[str, ...]:
    """The domains of all stations; with `aliases` every host that names one."""
    return tuple(_domains() if aliases else lines())


def host_in(url_or_host: str) -> str | None:
    """The host that an address leads to, or that was given bare, with or without port and path; None for no host.

    >>> host_in("https://www.BPR.org:443/news"), host_in("bpr.org/news"), host_in("https://bpr.org@clone.example/")
    ('www.bpr.org', 'bpr.org', 'clone.example')
    """
    address = url_or_host.strip()
    if "://" not in address.partition("?")[0]:
        if "@" in address.partition("/")[0]:
            return None
        address = "https://" + address.removeprefix("//")
    # A browser takes "\" for "/", Python's parser does not: https://clone.example\@bpr.org leads to the clone.
    authority = address.partition("://")[2].partition("/")[0]
    return None if "\\" in authority else addresses.host(address)


def get(url_or_host: str | None) -> Entry | None:
    """The station that a host or an address belongs to, by domain, alias, or a subdomain of either; None if unknown.

    A university's bare domain (etsu.edu) stands for its station with and without "www." alone: its other subdomains
    are not the station's.

    >>> get("https://news.wosu.org/2024-05-01/slug").name, get("wunc.org.clone.example"), get("evilwunc.org")
    ('WOSU Public Media', None, None)
    """
    host = host_in(url_or_host) if url_or_host else None
    if host is None:
        return None
    known = _domains()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        domain = known.get(".".join(labels[start:]))
        if domain is not None:
            whole = labels[:start] in ([], ["www"])
            university = labels[-1] == "edu" and len(labels) - start == 2
            return entry_of(lines()[domain]) if whole or not university else None
    return None


def station_of(url_or_host: str | None) -> Station | None:
    """The station whose site serves this address, as a record holds it. npr.org is no station."""
    entry = get(url_or_host)
    return entry.station if entry else None


def platform_of(url_or_host: str | None) -> str | None:
    """The template that the host's pages were verified to have: grove, wordpress, brightspot, arc or drupal.

    It is known of the site with the stories alone: an alias is often the host of an older site with another template.
    """
    entry = get(url_or_host)
    host = host_in(url_or_host) if url_or_host else None
    if entry is None or host is None:
        return None
    home = (addresses.bare_host(entry.home) or "") if entry.platform else ""
    return entry.platform if home and f".{host}".endswith(f".{home}") else None
