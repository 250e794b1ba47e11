"""Given docs/platforms.md, when its tables are compared with the modules, then they say the same."""

from __future__ import annotations

import re
from pathlib import Path

from scraper.extractor.platforms import platforms

ROOT = Path(__file__).parents[3]
GRADES = ("real page seen", "selectors in others' code", "family only", "no structure found")


def table(name: str) -> list[list[str]]:
    """The rows of the table below `<!-- table: NAME -->`, without its head."""
    text = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    block = text.split(f"<!-- table: {name} -->\n", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in block.splitlines()[2:]]


def span(since: str, until: str) -> str:
    """The days of a version in words.

    >>> span("2018-03-01", ""), span("2015-03-01", "2020-05-31")
    ('from 2018-03-01', '2015-03-01 to 2020-05-31')
    """
    if since and until:
        return f"{since} to {until}"
    return f"from {since}" if since else f"to {until}"


def versions(name: str) -> str:
    found = [p for p in platforms() if p.name == name]
    if len(found) == 1 and not found[0].since and not found[0].until:
        return "one"
    return "; ".join(span(p.since, p.until) for p in found)


def test_every_template_stands_in_the_table_with_its_sites_and_versions() -> None:
    names = sorted({p.name for p in platforms()})
    hosts = {
        name: ", ".join(dict.fromkeys(h for p in platforms() if p.name == name for h in p.hosts)) for name in names
    }
    assert [row[:3] for row in table("platforms")] == [[n, hosts[n] or "by its marks", versions(n)] for n in names]


def test_every_row_says_what_it_rests_on() -> None:
    for *_, rests in (*table("platforms"), *table("families")):
        assert rests.startswith(GRADES), rests


def test_every_template_has_a_fixture() -> None:
    for name in {p.name for p in platforms()}:
        assert any((ROOT / "fixtures" / "pages" / name).glob("*.json")), name


def test_sites_of_a_family_have_no_template_of_their_own() -> None:
    known = {p.name for p in platforms()}
    claimed = {host for p in platforms() for host in p.hosts}
    for sites, family, _ in table("families"):
        assert family in known or family == "general rules"
        assert not claimed.intersection(re.split(r", ", sites))
