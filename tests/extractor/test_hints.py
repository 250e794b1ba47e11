"""Given a line, when patterns are looked up by their hints, then none that matches it is missed."""

from __future__ import annotations

import re
from functools import cache

import pytest
from pages import fixture_records, load

from scraper.extractor import asks, furniture
from scraper.extractor.hints import Lookup, starts
from scraper.extractor.text import fold


@cache
def lines() -> dict[str, str]:
    """All lines of the fixtures' records, story and furniture, with their folded form."""
    found: dict[str, str] = {}
    for path in fixture_records():
        record = load(path)
        texts = [record.get("text") or "", *(item["text"] for item in record.get("removed") or ())]
        found.update((line, fold(line)) for text in texts for line in text.split("\n") if line)
    assert len(found) > 1000
    return found


@pytest.mark.parametrize("phrase", furniture.PHRASES, ids=lambda phrase: phrase.rule)
def test_no_phrase_is_missed_because_its_hint_stands_inside_a_word(phrase: furniture.Phrase) -> None:
    pattern, look = re.compile(phrase.pattern), Lookup([phrase])
    hinted = [line for line, folded in lines().items() if any(hint in folded for hint in phrase.hints)]
    for line in hinted:
        if len(line) <= phrase.longest and pattern.fullmatch(line):
            assert look.among(lines()[line], starts(lines()[line])), line


@pytest.mark.parametrize("sign", (*asks.STRONG, *asks.WEAK), ids=lambda sign: sign.hints[0])
def test_no_sign_is_missed_because_its_hint_stands_inside_a_word(sign: asks.Sign) -> None:
    pattern, look = re.compile(sign.pattern), Lookup([sign])
    for folded in lines().values():
        if any(hint in folded for hint in sign.hints) and pattern.search(folded):
            assert look.among(folded, starts(folded)), folded


def test_a_hint_counts_at_the_beginning_of_a_word() -> None:
    hints = (("mail",), (".jp",), ("be a ",), (" ad",), ("ap’s",))
    look = Lookup([asks.Sign(each, "") for each in hints])

    def seen(text: str) -> list[str]:
        return [sign.hints[0] for sign in look.among(fold(text), starts(fold(text)))]

    assert seen("a chain-mail shirt") == ["mail"]
    assert seen("“Mail us") == ["mail"]
    assert seen("email") == []
    assert seen("house.jpg") == [".jp"]
    assert seen("To be a member") == ["be a "]
    assert seen("300x250 Ad") == [" ad"]
    assert seen("more of AP’s coverage") == ["ap’s"]
    assert seen("an émigré’s \udcff") == []


def test_things_come_in_their_order_and_once() -> None:
    signs = [asks.Sign(("give", "@"), ""), asks.Sign(("gift",), ""), asks.Sign(("@", "donat"), "")]
    folded = "donate a gift, give @ x"
    assert Lookup(signs).among(folded, starts(folded)) == signs
