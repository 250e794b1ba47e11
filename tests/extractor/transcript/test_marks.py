"""Sounds, stage directions, corrections and notices apart from words."""

from __future__ import annotations

import pytest

from scraper.extractor.transcript import marks

SPLIT = {
    "Just words (in brackets, even).": ["words"],
    "(SOUNDBITE OF MUSIC)": ["sound"],
    "(Soundbite of hammering)": ["sound"],
    "(Laughter)": ["sound"],
    "(SOUNDBITE OF DRUMS) (CHEERING)": ["sound", "sound"],
    '(SOUNDBITE OF SONG, "HOLD ON (LIVE)")': ["sound"],
    "It was. (APPLAUSE)": ["words", "sound"],
    "It was. (LAUGHTER) (SOUNDBITE OF MUSIC)": ["words", "sound", "sound"],
    "(LAUGHTER) It was.": ["sound", "words"],
    "It was (LAUGHTER) so.": ["words"],
    "It is (PH).": ["words"],
    "Here. (SOUNDBITE OF GAVEL) POE: Sold.": ["words", "sound", "words"],
    "(BEGIN VIDEO CLIP)": ["sound"],
    "(CROSSTALK)": ["sound"],
    "(COMMERCIAL BREAK)": ["sound"],
    "A tunnel. [POST-BROADCAST CORRECTION: A bridge.] It opens.": ["words", "note", "words"],
    "[Editor's note: It rained.]": ["note"],
    "Copyright 2022 NPR. To see more, visit https://www.npr.org.": ["footer"],
    "Copyright 2022 NPR. To see more, visit https://www.npr.org. POE: Hi.": ["footer", "words"],
    "Copyright 2022 NPR. To see more, visit https://www.npr.org. ANN POE, HOST: Hi.": ["footer", "words"],
    "Copyright © 2009 National Public Radio®. For personal, noncommercial use only. See Terms of Use. For other uses,"
    " prior permission required.": ["footer"],
    "Copyright © 2016 NPR. All rights reserved. No quotes may be used without NPR's permission. NPR transcripts are"
    " created on a rush deadline by two people.": ["footer", "footer"],
    "Copyright 2020 St. Elm Public Radio": ["footer"],
    "© 2020 NPR": ["footer"],
    "Goodbye. Copyright © 2023 NPR. All rights reserved. Visit our website terms of use and permissions pages at"
    " www.npr.org for further information.": ["words", "footer"],
    "The copyright 2022 NPR holds is safe.": ["words"],
    "Transcript: Good morning.": ["marker", "words"],
    "(This was recorded in May. It snowed.)": ["words"],
}


@pytest.mark.parametrize(("line", "kinds"), SPLIT.items())
def test_split(line: str, kinds: list[str]) -> None:
    pieces = marks.split(line)

    assert [kind for kind, _ in pieces] == kinds
    assert "".join("".join(text.split()) for _, text in pieces) == "".join(line.split())


CUES = {
    "(Laughter) I do.": ("I do.", ["(Laughter)"]),
    "My fern, Sanjay (ph), likes it.": ("My fern, Sanjay, likes it.", ["(ph)"]),
    "No. (Through interpreter) Yes. (Speaking Spanish).": ("No. Yes.", ["(Through interpreter)", "(Speaking Spanish)"]),
    "(Speaking Spanish).": ("(Speaking Spanish).", ["(Speaking Spanish)"]),
    "(As Bo Drew) Hey. (imitating a cow) Moo (unintelligible).": (
        "Hey. Moo.",
        ["(As Bo Drew)", "(imitating a cow)", "(unintelligible)"],
    ),
    "Well (LAUGHTER), so.": ("Well, so.", ["(LAUGHTER)"]),
    "It cost $40 (with the pot, too, and a ride) and (during May) more.": (
        "It cost $40 (with the pot, too, and a ride) and (during May) more.",
        [],
    ),
    "(Non-English language spoken)\nThen English.": ("Then English.", ["(Non-English language spoken)"]),
}


@pytest.mark.parametrize(("text", "want"), CUES.items())
def test_cues(text: str, want: tuple[str, list[str]]) -> None:
    assert marks.take_cues(text) == want


@pytest.mark.parametrize(
    ("sound", "on", "off"),
    [
        ("(SOUNDBITE OF ARCHIVED RECORDING)", True, False),
        ("(Soundbite of news clip)", True, False),
        ("(BEGIN VIDEO CLIP)", True, False),
        ("(END VIDEO CLIP)", False, True),
        ("(LAUGHTER)", False, False),
        ("(Soundbite of laughter)", False, False),
    ],
)
def test_tape(sound: str, on: bool, off: bool) -> None:
    assert (marks.starts_tape(sound), marks.ends_tape(sound)) == (on, off)


@pytest.mark.parametrize(
    ("text", "is_marker"),
    [
        ("Transcript", True),
        ("TRANSCRIPT:", True),
        ("Read the full transcript", True),
        ("Transcript of the interview", True),
        ("Transcripción", True),
        ("Transcripts of calls were leaked", False),
        ("The transcript runs to 90 pages.", False),
    ],
)
def test_marker(text: str, is_marker: bool) -> None:
    assert marks.is_marker(text) is is_marker


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("This interview has been lightly edited for length and clarity.", True),
        ("This transcript was generated automatically and may contain errors.", True),
        ("The audio version of this story was made by two people.", True),
        ("Web story by Ann Poe.", True),
        ("This story was about a cat.", False),
        ("The conversation is over.", False),
    ],
)
def test_afterword(text: str, after: bool) -> None:
    assert marks.is_afterword(text) is after
