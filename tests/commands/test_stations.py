from __future__ import annotations

import json
from collections.abc import Callable

import pytest

Cli = Callable[..., tuple[int, str, str]]


def test_a_table_of_what_fits(cli: Cli) -> None:
    code, out, err = cli("stations", "ohio")
    header, *rows = out.splitlines()
    assert (code, err) == (0, "")
    assert header.split() == ["HOST", "CALL", "NAME", "CITY", "PLATFORM"]
    assert len(rows) > 3
    assert all(row.index(", OH") for row in rows)
    assert {row[header.index("CITY") - 2 :][:2] for row in rows} == {"  "}


def test_several_words(cli: Cli) -> None:
    assert cli("stations", "Blue", "Ridge")[1].splitlines()[1].startswith("bpr.org")


def test_all_that_is_known_as_json(cli: Cli) -> None:
    (line,) = cli("stations", "--json", "bpr.org")[1].splitlines()
    record = json.loads(line)
    assert record["domain"] == "bpr.org"
    assert record["call_signs"][0] == "WCQS"
    assert len(cli("stations", "--json")[1].splitlines()) > 200


@pytest.mark.parametrize("word", ["wunk.org", "nothing of the kind"])
def test_nothing_fits(cli: Cli, word: str) -> None:
    code, out, err = cli("stations", word)
    assert (code, out) == (0, "")
    assert err.startswith(f"scraper: no station fits '{word}'")
    assert ("did you mean wunc.org" in err) == (word == "wunk.org")
