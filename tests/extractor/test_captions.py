"""Given the line after a picture's credit, when it is weighed, then captions and first sentences fall apart."""

from __future__ import annotations

import pytest

from scraper.extractor.captions import alike, is_caption

CAPTIONS = (
    ("The statehouse in Fort Ander.", "Lawmakers are back this week with a surplus and little agreement on it."),
    ("From left, Amy Tran, Faith Bennet and Nils Olafsen at the pier.", "There is a clock on the wall."),
    ("A sign points voters to a polling place in Dunn County on Aug. 2, 2022.", "Turnout was the highest in years."),
    ("Bill Wishowski, 77, waits at the foot of a ladder.", "Bill Wishowski has lived here for 51 years."),
    ("Two of the 30 horses, which will be repainted over the winter", "Thirty horses left town on Thursday."),
)
FIRST_SENTENCES = (
    ("Voters will be asked on Tuesday to raise the tax that pays for teachers.", "District leaders say it is needed."),
    ("They came with buckets.", "By August, the river had shrunk to a chain of pools."),
    ("A judge has restored protections for wolves across much of the country.", "The ruling came on Thursday."),
    ("WARSAW, Ky. (AP) — For the third time in four years, a gate has come off its hinge.", "No one was hurt."),
    ("Farmers are heading into spring with the driest soils in a decade, and they know it.", '"I pray," said one.'),
    ("It was 94 degrees on Monday.", "At the gate, a sign said the water would stay off."),
)


@pytest.mark.parametrize(("text", "following"), CAPTIONS)
def test_captions_are_known(text: str, following: str) -> None:
    assert is_caption(text, following=following)


@pytest.mark.parametrize(("text", "following"), FIRST_SENTENCES)
def test_first_sentences_are_kept(text: str, following: str) -> None:
    assert not is_caption(text, following=following)


def test_likeness_to_the_alternative_text_speaks_for_a_caption() -> None:
    text = "The two otters were found under a boathouse, and nobody has claimed them."
    assert is_caption(text, alt="Two otters under a boathouse", enough=1) > is_caption(text, enough=1)
    assert alike("A beaver swims past cut willows in June.", "Beaver swims past willows")
    assert not alike("The season opens in March.", "A man on a ladder")
