"""How likely is it by chance? Tails of the binomial distribution."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

RARE = 1e-5
"""A figure this unlikely or less is no chance. A year of 30 stations asks some hundred thousand such questions, most of
which are no independent ones; and what is unlikely must also never have been seen before (`figures.BEYOND`)."""


def at_most(hits: int, tries: int, share: float) -> float:
    """The chance of `hits` or fewer in `tries`, each a hit with the chance `share`.

    >>> round(at_most(0, 3, 0.5), 4)
    0.125
    """
    if share <= 0 or hits >= tries:
        return 1.0
    if share >= 1:
        return 0.0
    return min(sum(exp(_log(hit, tries, share)) for hit in range(hits + 1)), 1.0)


def at_least(hits: int, tries: int, share: float) -> float:
    """The chance of `hits` or more."""
    return at_most(tries - hits, tries, 1 - share)


def guess(hits: int, tries: int) -> float:
    """The chance behind so many hits, never quite 0 or 1.

    >>> guess(0, 0), guess(99, 99)
    (0.5, 0.995)
    """
    return (hits + 0.5) / (tries + 1)


def _log(hits: int, tries: int, share: float) -> float:
    ways = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
    return ways + hits * log(share) + (tries - hits) * log1p(-share)
