"""Given a line, when patterns are looked up by their hints, then none that matches it is missed."""

from __future__ import annotations

import re
from functools import cache

import pytest
from pages import fixture_records, load

from scraper.extractor import asks, furniture, wording
from scraper.extractor.hints import NUMBER, Lookup, starts
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


def is_hinted(folded: str, hints: tuple[str, ...]) -> bool:
    """A hint stands in the text, be it inside a word."""
    return any(hint.strip() in folded or (hint == NUMBER and re.search(r"\d", folded)) for hint in hints)


@pytest.mark.parametrize("phrase", furniture.PHRASES, ids=lambda phrase: phrase.rule)
def test_no_phrase_is_missed_because_its_hint_stands_inside_a_word(phrase: furniture.Phrase) -> None:
    pattern, look = re.compile(phrase.pattern), Lookup([phrase])
    for line, folded in lines().items():
        if len(line) <= phrase.longest and is_hinted(folded, phrase.hints) and pattern.fullmatch(line):
            assert look.among(folded, starts(folded)), line


@pytest.mark.parametrize("sign", [*asks.STRONG, *asks.WEAK], ids=lambda sign: sign.hints[0])
def test_no_sign_is_missed_because_its_hint_stands_inside_a_word(sign: asks.Sign) -> None:
    pattern, look = re.compile(sign.pattern), Lookup([sign])
    for folded in lines().values():
        if is_hinted(folded, sign.hints) and pattern.search(folded):
            assert look.among(folded, starts(folded)), folded


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (asks._READER, asks._READER_WORDS),
        (asks._HOUSE, asks._HOUSE_WORDS),
        (asks._BIDDING, asks._BIDDING_WORDS),
    ],
    ids=["reader", "house", "bidding"],
)
def test_whom_an_ask_addresses_is_told_by_its_words(pattern: str, words: set[bytes]) -> None:
    found = [folded for folded in lines().values() if re.search(pattern, folded)]
    assert len(found) > 20
    assert [folded for folded in found if starts(folded).isdisjoint(words)] == []


def test_notes_and_lead_ins_are_told_by_their_words() -> None:
    noted = [line for line in lines() if wording.is_correction(line) or wording.is_note(line)]
    led = [line for line in lines() if wording.promo_lead(line)]
    assert len(noted) > 5
    assert len(led) > 5
    assert [line for line in noted if starts(lines()[line]).isdisjoint(wording.NOTED)] == []
    assert [line for line in led if starts(lines()[line]).isdisjoint(wording.LEADS)] == []


def test_a_hint_counts_at_the_beginning_of_a_word() -> None:
    hints = (("mail",), ("jpg ",), ("be a ",), (" ad",), ("ap’s",), ("@",), (NUMBER,), ("tip ",))
    look = Lookup([asks.Sign(each, "") for each in hints])

    def seen(text: str) -> list[str]:
        return [sign.hints[0] for sign in look.among(fold(text), starts(fold(text)))]

    assert seen("a chain-mail shirt") == ["mail"]
    assert seen("“Mail us") == ["mail"]
    assert seen("email") == []
    assert seen("house.jpg") == ["jpg "]
    assert seen("to be a member") == ["be a "]
    assert seen("a full Ad") == [" ad"]
    assert seen("more of AP’s coverage") == ["ap’s"]
    assert seen("joe@example.org") == ["@"]
    assert seen("call 555-1234 now") == [NUMBER]
    assert seen("a tip!") == ["tip "]
    assert seen("tipping") == []
    assert seen("an émigré’s \udcff") == []


def test_things_come_in_their_order_and_once() -> None:
    signs = [asks.Sign(("give", "@"), ""), asks.Sign(("gift",), ""), asks.Sign(("@", "donat"), "")]
    folded = "donate a gift, give @ x"
    assert Lookup(signs).among(folded, starts(folded)) == signs
