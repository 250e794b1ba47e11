"""The directory as people search it: by a word, and by a host with a slip in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.stations.names import by_name, fold
from scraper.stations.states import STATES
from scraper.stations.table import Entry, entries, get, host_in, hosts

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_MATCH = 99
_SHORT = 2  # a word of two letters is a state or a name, never a piece of one


def find(word: str = "") -> list[Entry]:
    """The stations that a word fits, the best first; all of them for an empty word.

    Host, call sign and name in full come first, then state (code or full name) and city, then beginnings of words,
    then pieces. Several words fit as one phrase, or else each by itself ("radio ohio"). Case and accents do not count.
    """
    phrase = " ".join(fold(word).replace(",", " ").split())
    every = entries()
    if not phrase:
        return every
    ranked = [(_rank(entry, phrase), fold(entry.name), entry) for entry in every]
    tokens = phrase.split()
    if len(tokens) > 1 and all(rank == _NO_MATCH for rank, _, _ in ranked):
        ranked = [(max(_rank(entry, token) for token in tokens), name, entry) for _, name, entry in ranked]
    return [entry for rank, _, entry in sorted(ranked, key=lambda row: row[:2]) if rank < _NO_MATCH]


def _rank(entry: Entry, word: str) -> int:
    """How well a folded word or phrase fits; small is good."""
    names = [fold(name) for name in (entry.name, *entry.other_names)]
    calls = [call.casefold() for call in entry.call_signs]
    city, state = fold(entry.city or ""), entry.state or ""
    if word in entry.hosts or word.removeprefix("www.") in entry.hosts or word == names[0] or word in calls[:1]:
        return 0
    if word in names or word in calls or word in {host.rsplit(".", 1)[0] for host in entry.hosts}:
        return 1
    if word in (state.casefold(), fold(STATES.get(state, "")), city):
        return 2
    if len(word) <= _SHORT:
        return _NO_MATCH
    if _begins(names[:1], word):
        return 3
    if _begins([*names, city], word) or any(text.startswith(word) for text in (*calls, *entry.hosts)):
        return 4
    return 5 if any(word in text for text in (*names, *entry.hosts)) else _NO_MATCH


def _begins(texts: Iterable[str], word: str) -> bool:
    return any(f" {text}".find(f" {word}") >= 0 for text in texts)


def suggest(host: str, limit: int = 3) -> list[str]:
    """Hosts of the directory that may have been meant by an unknown one: did-you-mean, the likeliest first.

    A call sign or a name gives its domain, a host with a slip its nearest neighbours. npr.org is no slip.

    >>> suggest("wunk.org")[0], suggest("WUNC"), suggest("bpr"), suggest("WUNK")[0]
    ('wunc.org', ['wunc.org'], ['bpr.org'], 'wunc.org')
    """
    bare = host_in(host) or ""
    if f".{bare}".endswith(".npr.org"):
        return []
    known = get(host) or by_name(host) or by_name(host.strip().upper())
    if known is not None:
        return [known.domain]
    from difflib import get_close_matches

    wanted = bare.removeprefix("www.") or fold(host)
    every = hosts(aliases=True)
    same_label = [name for name in every if name.partition(".")[0] == wanted.partition(".")[0]]
    near = get_close_matches(wanted, every, n=limit, cutoff=0.7)
    if not near and wanted.isalnum():  # a call sign with a slip: of a host, the name in front of its ".org"
        names = {name.partition(".")[0]: name for name in reversed(every)}
        near = [names[label] for label in get_close_matches(wanted, names, n=limit, cutoff=0.7)]
    return list(dict.fromkeys([*same_label, *near]))[:limit]
