"""Stations as people name them: by a host of the directory, a call sign, a name, or an address of their own."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.deploy.settings import OwnStation

_MOST = 6


class UnknownStation(ValueError):
    """No station, or no single one, is meant. The message says what might be."""


def chosen(words: Iterable[str]) -> list[OwnStation]:
    """The stations that are named, each once. Raises `UnknownStation` with all that is wrong."""
    found: dict[str, OwnStation] = {}
    problems: list[str] = []
    for word in words:
        try:
            station = meant(word)
        except UnknownStation as error:
            problems.append(str(error))
            continue
        found.setdefault(station.host, station)
    if problems:
        raise UnknownStation("; ".join(problems))
    return list(found.values())


def meant(word: str) -> OwnStation:
    """The station that one word or phrase means. Raises `UnknownStation`."""
    from scraper import addresses, stations

    word = word.strip()
    address = word if "://" in word else None
    host = (addresses.bare_host(address) or "") if address else word.rstrip("/").lower()
    if (entry := stations.get(host)) is not None:
        return OwnStation(entry.domain)
    if address:
        if addresses.split(address) is None:
            raise UnknownStation(f"{word!r} is no address such as https://www.wxyz.example")
        return OwnStation(host, address.rstrip("/"))
    fitting = stations.find(word)
    if len(fitting) == 1:
        return OwnStation(fitting[0].domain)
    named = [entry for entry in fitting if word.lower() in map(str.lower, (*entry.call_signs, entry.name))]
    if len(named) == 1:
        return OwnStation(named[0].domain)
    near = [entry.domain for entry in fitting[:_MOST]] or stations.suggest(word)
    raise UnknownStation(_question(word, near, len(fitting)))


def _question(word: str, near: list[str], number: int) -> str:
    if number > 1:
        more = f" and {number - len(near)} more" if number > len(near) else ""
        return f"{number} stations fit {word!r}: {', '.join(near)}{more}"
    if near:
        return f"there is no station {word!r}; did you mean {' or '.join(near)}?"
    return f"there is no station {word!r} in the directory; one of your own is named by its address, with https://"
