"""A conversation of random people, set as either era sets it, in HTML and as plain text: its turns come back."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.api import DIRECTORY
from scraper.extractor import read
from scraper.page import Page

GIVEN = "Ann Bo Carla DeShawn Élise Fatima Gus José Mary-Kate Nils Óscar Petra J.R. Siobhán".split()
SURNAMES = [
    "Poe",
    "Drew",
    "McAlpine",
    "O'Dell",
    "Van Houten",
    "van der Meer",
    "de la Cruz",
    "Temple-Rusk",
    "Núñez",
    "Håkonsson",
    "D'Angelo-Peña",
    "St. John",
    "Washington",
    "Paris",
    "Bass Weaver",
    "Horowitz-Gale",
    "al-Khatib",
    "Le Guin",
    "Ng",
    "Two Hearts",
    "Mackey",
    "King",
]
ONE_NAMES = ["Catherine", "Dulce", "Wilhelmina", "Zed"]
SPEECH = [
    "Yeah.",
    "Right.",
    "No.",
    "Why?",
    "Thank you.",
    "It was a long winter, and nobody kept count.",
    "There are two rules: wait and eat.",
    "We left at 7:30 in the morning.",
    "This is MORNING EDITION from NPR News.",
    'He said, "I can\'t," and then he did.',
    "And then we...",
    "...Came back, of course.",
    "I mean, the boat was - it was never mine.",
    "That's $40,000 a year.",
    "I don't know what you'd call it. I call it Tuesday.",
    "One, two, three.",
    "Listen: that is the sound of it.",
    "What did the mayor say?",
    "It's the U.S. that pays for it.",
    'The song is called "Harbor Light."',
]
ROLES = ["host", "reporter", "guest", "guest"]
STRANGERS = [[], ["Person"], ["Man #1", "Woman #2"]]
CUES = ["(Laughter)", "(Singing)", "(Through interpreter)", "(Reading)"]
SOUNDS = ["(SOUNDBITE OF MUSIC)", "(LAUGHTER)", '(SOUNDBITE OF SONG, "LOW TIDE")', "(SOUNDBITE OF ARCHIVED RECORDING)"]

SENTENCES = st.lists(st.sampled_from(SPEECH), min_size=1, max_size=3).map(" ".join)


@dataclass(frozen=True)
class Voice:
    """Somebody who speaks: `given` is empty for a guest of one name and for a stranger."""

    given: str
    surname: str
    role: str
    courtesy: str = "Mr."
    alone: bool = True
    """Nobody else in the cast bears the surname."""

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}".strip()


@dataclass(frozen=True)
class Speech:
    voice: Voice
    paragraphs: tuple[tuple[str, str], ...]
    """Each a cue, or nothing, and the words behind it."""
    sound: str
    """What is heard before it, or nothing."""


@st.composite
def casts(draw: Any) -> list[Voice]:
    """One or two hosts, perhaps a reporter, guests, one-name guests, strangers; surnames may be shared."""
    size = draw(st.integers(2, 5))
    givens = draw(st.lists(st.sampled_from(GIVEN), min_size=size, max_size=size, unique=True))
    surnames = draw(st.lists(st.sampled_from(SURNAMES), min_size=size, max_size=size))
    roles = [
        "host",
        *draw(st.lists(st.sampled_from(["host", "reporter", "guest", "guest"]), min_size=size, max_size=size)),
    ]
    courtesies = draw(st.lists(st.sampled_from(["Mr.", "Ms."]), min_size=size, max_size=size))
    people = [
        Voice(given, surname, role, courtesy, alone=surnames.count(surname) == 1)
        for given, surname, role, courtesy in zip(givens, surnames, roles, courtesies)
    ]
    named = [Voice("", name, "guest") for name in draw(st.lists(st.sampled_from(ONE_NAMES), max_size=2, unique=True))]
    strangers = [Voice("", f"Unidentified {who}", "unidentified") for who in draw(st.sampled_from(STRANGERS))]
    return [*people, *named, *strangers]


@st.composite
def conversations(draw: Any) -> list[Speech]:
    """The host introduces everybody by name; then they speak in any order, nobody twice in a row."""
    cast = draw(casts())
    intro = " ".join(f"{voice.name} is here." for voice in cast[1:] if voice.role != "unidentified")
    said = [Speech(cast[0], (("", f"Good morning. I'm {cast[0].name}. {intro}".strip()),), "")]
    for voice in draw(st.lists(st.sampled_from(cast), min_size=2, max_size=9)):
        if voice == said[-1].voice:
            continue
        texts = draw(st.lists(SENTENCES, min_size=1, max_size=2, unique=True))
        cue = draw(st.sampled_from(["", "", "", *CUES]))
        paragraphs = tuple((cue if not place else "", text) for place, text in enumerate(texts))
        said.append(Speech(voice, paragraphs, draw(st.sampled_from(["", "", *SOUNDS]))))
    return said


def label(voice: Voice, *, first: bool, old: bool) -> str:
    """As the era writes it, at the first appearance and later."""
    name, surname = voice.name.upper(), voice.surname.upper()
    if voice.role == "unidentified":
        return voice.name if old else name
    if voice.role == "host":
        return f"{name}, {'host' if old else 'HOST'}" if first else surname if voice.alone else name
    if voice.role == "reporter":
        return name + (" reporting" if old else ", BYLINE") if first else surname if voice.alone else name
    if not old:
        return name if first or not voice.alone else surname
    if not voice.given:
        return f"{name} (Caller)" if first else name
    return f"{voice.courtesy} {name} (Author)" if first else f"{voice.courtesy} {surname if voice.alone else name}"


def paragraphs(said: list[Speech], *, old: bool) -> list[str]:
    """The lines of the page: a host's first label alone, all others before their words."""
    out: list[str] = []
    seen: set[str] = set()
    for speech in said:
        voice = speech.voice
        first = voice.name not in seen
        seen.add(voice.name)
        if speech.sound:
            out.append(speech.sound)
        shown = label(voice, first=first, old=old) + ":"
        texts = [f"{cue} {words}".strip() for cue, words in speech.paragraphs]
        out.extend([shown, *texts] if first and voice.role == "host" else [f"{shown} {texts[0]}", *texts[1:]])
    return out


def as_page(lines: list[str]) -> Page:
    body = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
    page = (
        "<html><head><title>A Boat : NPR</title></head><body class='tmplTranscript transcript-page'><main>"
        "<section id='main-section'><article class='story transcript-story'><h1>A Boat</h1>"
        f"<div class='transcript storytext'>{body}<p class='disclaimer'>Copyright © 2012 NPR.</p></div></article>"
        "</section></main></body></html>"
    )
    return Page(page.encode(), url="https://www.npr.org/transcripts/151515151")


def as_text(lines: list[str]) -> Page:
    return Page("\n\n".join(["The boat that came back in the spring", *lines, "Copyright 2012 NPR."]).encode())


def expected(said: list[Speech]) -> list[tuple[str, str, str, list[str]]]:
    return [
        (
            speech.voice.name,
            speech.voice.role,
            "\n".join(words for _, words in speech.paragraphs),
            [cue for cue, _ in speech.paragraphs if cue],
        )
        for speech in said
    ]


def turns(page: Page) -> list[tuple[str | None, str | None, str, list[str]]]:
    transcript = read(page, stations=DIRECTORY).transcript
    return [(turn.speaker, turn.role, turn.text, turn.cues) for turn in (transcript.turns if transcript else [])]


@settings(max_examples=60, deadline=None)
@given(conversations(), st.booleans())
def test_turns_come_back_from_html(said: list[Speech], old: bool) -> None:
    assert turns(as_page(paragraphs(said, old=old))) == expected(said)


@settings(max_examples=60, deadline=None)
@given(conversations(), st.booleans())
def test_turns_come_back_from_plain_text(said: list[Speech], old: bool) -> None:
    assert turns(as_text(paragraphs(said, old=old))) == expected(said)
