"""Bylines to people."""

from __future__ import annotations

import pytest

from scraper.extractor import people


@pytest.mark.parametrize(
    ("byline", "want"),
    [
        ("By Ana Ruiz", ["Ana Ruiz"]),
        ("By Ana  Ruiz, Bo Li and Cy Poe", ["Ana Ruiz", "Bo Li", "Cy Poe"]),
        ("By Ben Kieffer,\nSamantha McIntosh", ["Ben Kieffer", "Samantha McIntosh"]),
        ("WUFT | By Ana Ruiz, Bo Li", ["Ana Ruiz", "Bo Li"]),
        ("Por Leocadia Bustamante y Ana Ruiz", ["Leocadia Bustamante", "Ana Ruiz"]),
        ("By Regina G. Barber & Rebecca Ramirez", ["Regina G. Barber", "Rebecca Ramirez"]),
        ("By Associated Press", ["Associated Press"]),
        ("By NPR Staff", ["NPR Staff"]),
        ("By Martin Luther, Jr.", ["Martin Luther, Jr."]),
        ("By Ludwig van Beethoven", ["Ludwig van Beethoven"]),
        ("By Max Roe / Health Reporter", ["Max Roe"]),
        ("Published July 16, 2025", []),
        ("https://www.bpr.org/people/ana", []),
        ("", []),
    ],
)
def test_names(byline: str, want: list[str]) -> None:
    assert [author.name for author in people.parse(byline)] == want


def test_roles_and_affiliations() -> None:
    author = people.parse("By Solveig Ó Briain / Arts & Culture Reporter")[0]
    assert (author.name, author.role) == ("Solveig Ó Briain", "Arts & Culture Reporter")
    author = people.parse("By Jane Doe / KUNC")[0]
    assert (author.name, author.affiliation, author.role) == ("Jane Doe", "KUNC", None)


def test_outlet() -> None:
    assert people.outlet("RADIO IQ | By David Seidel") == ("RADIO IQ", "By David Seidel")
    assert people.outlet("By David Seidel") == (None, "By David Seidel")
