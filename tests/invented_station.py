"""A station that nobody has: its pages are made here, with furniture that no list foresees, and traps for a learner.

Each story has prose of its own, made of its subject's words. What recurs beside it is furniture (to be learned) or a
trap (never to be taken out); both stand here as data, so that tests can count what went and what stayed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from html import escape
from typing import NamedTuple

HOST = "wqzx.example"

APPEAL = "Somebody on your street pays for the microphone behind this page. Tomorrow it could be you."
JAR = "WQZX runs on coffee and on what listeners drop into our jar. The jar has a slot, and it fits your envelope."
LINKED = "Two cups a week keep the lamp on in this basement studio."
ALERT = "Our climbers are on the mast this week, so 90.7 may crackle after dark while we swap the antenna."
SLOGAN = "Big sky, small station, on the air since the flood of 1951."
FURNITURE = (APPEAL, JAR, LINKED, ALERT, SLOGAN)

CHORUS = "Oh, the ferry don't wait and the water don't mind."
YEAH = "Yeah."
EXPLAINER = (
    "The Sable River supplies 40 million people in seven states, and it has run low in 19 of the last 23 summers."
)
SYNDICATED = "Tariffs are taxes on imports, paid by the company that brings the goods into the country."
CORRECTION = "Correction: An earlier version of this story misspelled the name of the street."
GREETING = "Welcome back to Dirt Under the Nails, where we dig through your garden questions every week."
CRISIS = "If you or someone you know is thinking of suicide, call or text 988 to reach the crisis line at any hour."
TRAPS = (CHORUS, YEAH, EXPLAINER, SYNDICATED, CORRECTION, GREETING, CRISIS)

MENU = ("Kitchen Table Radio", "Where to find us on the dial", "Ludlow 90.7", "Carver Falls 88.3", "Night Owl Jazz")

SUBJECTS: dict[str, tuple[str, ...]] = {
    "river": ("Sable River", "water", "summers", "states", "reservoir", "canal", "farmers", "drought", "gauge"),
    "music": ("ferry song", "chorus", "fiddle", "festival", "stage", "singer", "crowd", "banjo", "harmony"),
    "trade": ("tariffs", "imports", "goods", "company", "factory", "steel", "customs", "warehouse", "orders"),
    "garden": ("garden", "compost", "tomatoes", "seedlings", "mulch", "frost", "questions", "beetles", "roots"),
    "health": ("suicide", "crisis", "counselors", "hospital", "clinic", "therapy", "hotline", "patients", "nurses"),
    "schools": ("school board", "teachers", "buses", "lunches", "pupils", "classroom", "principal", "reading", "gym"),
    "streets": ("street", "potholes", "bridge", "traffic", "council", "paving", "sidewalk", "detour", "buses"),
    "wildlife": ("otters", "herons", "wetland", "biologists", "nests", "beavers", "marsh", "wardens", "tracks"),
}
SECTIONS = {
    "river": "Environment",
    "music": "Arts",
    "trade": "Business",
    "garden": "Home",
    "health": "Health",
    "schools": "Education",
    "streets": "Local News",
    "wildlife": "Environment",
}
AUTHORS = ("Ida Quill", "Bo Marsh", "Lena Ostrow", "Abel Finch", "Rosa Tam", "Gil Harrow")
_NAMES = ("Moss", "Tran", "Bell", "Okafor", "Lind", "Reyes", "Pratt", "Novak", "Shaw", "Ivers", "Dunn", "Kato")
_VERBS = ("counted", "moved", "lost", "rebuilt", "measured", "sold", "repaired", "questioned", "doubled", "mapped")
_PLACES = ("Ludlow", "Carver Falls", "the east bank", "Quarry Hill", "the old depot", "Tansy County", "Mill Lane")
_ENDS = ("before the first snow", "without a permit", "for half the price", "by hand", "twice in a month", "at dawn")


class Story(NamedTuple):
    """One page: `paragraphs` holds its own prose and what was put between it."""

    number: int
    subject: str
    title: str
    author: str
    day: str
    paragraphs: list[str]

    @property
    def url(self) -> str:
        slug = "-".join("".join(c for c in self.title.lower() if c.isalnum() or c == " ").split())
        return f"https://www.{HOST}/{SECTIONS[self.subject].lower().replace(' ', '-')}/{self.day}/{slug}"

    @property
    def own(self) -> list[str]:
        """What the story must keep."""
        return [text for text in self.paragraphs if text not in FURNITURE]


def stories(count: int = 44, *, seed: int = 7, subjects: tuple[str, ...] = tuple(SUBJECTS)) -> list[Story]:
    """The station's stories, oldest first. With few `subjects` the traps stand on as many pages as furniture does."""
    dice = random.Random(seed)
    return [_story(number, count, dice, subjects) for number in range(count)]


def _story(number: int, count: int, dice: random.Random, subjects: tuple[str, ...]) -> Story:
    subject = subjects[number % len(subjects)]
    words = SUBJECTS[subject]
    prose = [_sentence(words, dice) + " " + _sentence(words, dice) for _ in range(dice.randint(6, 12))]
    what = words[1 + dice.randrange(8)]
    title = f"{dice.choice(_PLACES).capitalize()} {dice.choice(_VERBS)} its {what} again, story {number}"
    author = "Gil Harrow" if subject == "garden" else AUTHORS[dice.randrange(5)]
    day = f"2031-{1 + number * 11 // count:02d}-{1 + number * 3 % 28:02d}"
    _traps(subject, prose, dice)
    _furniture(number, count, prose, dice)
    return Story(number, subject, title, author, day, prose)


def _sentence(words: tuple[str, ...], dice: random.Random) -> str:
    one, two = dice.sample(words, 2)
    return (
        f"{dice.choice(_NAMES)} {dice.choice(_VERBS)} the {one} near {dice.choice(_PLACES)} {dice.choice(_ENDS)},"
        f" and {dice.choice(_NAMES)} said {dice.randint(3, 990)} {two} were left."
    )


def _traps(subject: str, prose: list[str], dice: random.Random) -> None:
    middle: Callable[[], int] = lambda: dice.randint(1, len(prose) - 1)  # noqa: E731
    if subject == "river":
        prose.insert(middle(), EXPLAINER)
    elif subject == "music":
        prose.insert(middle(), CHORUS)
        prose.insert(middle(), YEAH)
    elif subject == "trade":
        prose.insert(middle(), SYNDICATED)
    elif subject == "garden":
        prose.insert(0, GREETING)
    elif subject == "health":
        prose.append(CRISIS)
    elif subject == "streets":
        prose.append(CORRECTION)


def _furniture(number: int, count: int, prose: list[str], dice: random.Random) -> None:
    if number % 5 < 2:
        prose.insert(dice.randint(2, len(prose) - 2), APPEAL)
    if number % 3 == 1:
        prose.insert(dice.randint(2, len(prose) - 2), LINKED)
    if number % 2:
        prose.append(JAR)
    if number >= count - 12:
        prose.insert(0, ALERT)
    prose.append(SLOGAN)


def html(story: Story) -> bytes:
    """The page as Grove would serve it."""
    title, section = escape(story.title), SECTIONS[story.subject]
    body = "".join(f"<p>{_inline(text)}</p>" for text in story.paragraphs)
    day = f"{story.day}T14:05:00"
    return f"""<!DOCTYPE html><html class="ArtP aside" lang="en"><head><meta charset="UTF-8">
<title>{title} | WQZX</title><meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="og:site_name" content="WQZX"><meta property="article:published_time" content="{day}">
<meta name="brightspot.contentId" content="0000-{story.number}"><link rel="canonical" href="{story.url}"></head>
<body class="Page-body"><ps-header class="PH"><a href="/">WQZX</a></ps-header>
<main class="ArtP-main"><article class="ArtP-mainContent"><div class="ArtP-breadcrumbs"><a href="/x">{section}</a></div>
<h1 class="ArtP-headline">{title}</h1><div class="ArtP-byline"><div class="ArtP-authors"><span class="ArtP-authorBy">By
<a href="/people/x">{story.author}</a></span></div><div class="ArtP-timestamp"><meta content="{day}Z"></div></div>
<div class="ArtP-articleBody">{body}</div></article></main>
<footer class="Page-footer">WQZX, Ludlow</footer></body></html>""".encode()


def _inline(text: str) -> str:
    if text == LINKED:
        return f'Two cups a week <a href="https://{HOST}/donate">keep the lamp on</a> in this basement studio.'
    return escape(text, quote=False)


def dump(story: Story) -> bytes:
    """The page as a text extractor would leave it: menus and stations first, then the story, then what comes after."""
    lines = [*MENU, SLOGAN, SECTIONS[story.subject], story.title, f"By {story.author}"]
    lines += [f"Published {_spelled(story.day)} at 9:05 AM EST", *story.paragraphs, "Tags", story.subject]
    return "\n".join(lines).encode()


def _spelled(day: str) -> str:
    months = "January February March April May June July August September October November".split()
    year, month, number = day.split("-")
    return f"{months[int(month) - 1]} {int(number)}, {year}"
