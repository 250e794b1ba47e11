"""Given one odd paragraph among a story's own, when the page is read, then it goes or stays, and the story is whole."""

from __future__ import annotations

import pytest

from scraper.extractor import read
from scraper.page import Page

STORY = (
    "The ferry left Port Alder at six on Tuesday with nobody on board.",
    "Its captain, Dee Marlow, said the schedule is the schedule.",
    "By noon it had crossed four times and carried a dog.",
    "The county pays for the route with a tax on marine fuel.",
    "A vote on the route is set for March.",
    "The dog has since been claimed by its owner, who thanked the crew.",
)
ELSEWHERE = '<a href="https://www.wxlr.example/news/2025-01-01/tax">Ferry fuel tax rises a nickel</a>'


def story_with(paragraph: str, at: int) -> list[str]:
    lines = [f"<p>{line}</p>" for line in STORY]
    lines.insert(at, f"<p>{paragraph}</p>")
    page = (
        '<html class="ArtP"><head><title>Ferry</title><meta name="brightspot.contentId" content="1"></head>'
        "<body>"
        '<main class="ArtP-main"><article class="ArtP-mainContent"><h1 class="ArtP-headline">The ferry that waits</h1>'
        '<div class="ArtP-byline"><div class="ArtP-authors"><span class="ArtP-authorBy">By <a>Jo Brandt</a>'
        f'</span></div></div><div class="ArtP-articleBody">{"".join(lines)}</div></article></main></body></html>'
    )
    record = read(Page(page.encode(), url="https://www.wxlr.example/news/2025-02-02/ferry"))
    return [block.text for block in record.blocks]


@pytest.mark.parametrize(
    "paragraph",
    [
        'This story is free because members of WXLR pay for it. <a href="https://www.wxlr.example/give">Join them.</a>',
        "Public radio needs you. Every dollar you give today will be doubled.",
        "Our reporting is paid for by readers. Click here to become one of them.",
        "Did you learn something from this story? WXLR made it free for everyone. Donate to return the favor.",
        "Vehicle donations support WXLR. Turn your old car into the news you love.",
        "Want more news from the Upper Lakes? Get The Thaw, WXLR’s free weekly email.",
        "Our weekly email gathers the best of the coast. It’s free, and you can unsubscribe anytime.",
        "<i>Jo Brandt can be reached at jbrandt@wxlr.example or 555-0123.</i>",
        "<i>Sal Ito is a student at the Lakes Journalism Project.</i>",
        f"<b>Related:</b> {ELSEWHERE}",
        f"<b>You might also like:</b> {ELSEWHERE}",
        f"[<b>RELATED:</b> {ELSEWHERE}]",
        f"<b>MORE FERRY NEWS</b><br>{ELSEWHERE}",
        '<b><a href="https://www.wxlr.example/storm">LIVE BLOG: Storm updates from the lakes</a></b>',
        "Listen to the audio version of this story by pressing play above.",
        "______________",
        "Story continues below",
        "Jo Brandt / WXLR",
        "View this post on Instagram",
        "Reprinted with permission from The Bilge.",
    ],
)
def test_furniture_goes(paragraph: str) -> None:
    assert story_with(paragraph, len(STORY)) == list(STORY)


@pytest.mark.parametrize("at", [3, len(STORY)])
@pytest.mark.parametrize(
    "paragraph",
    [
        "The museum asks visitors to donate $5 at the door, and most do.",
        "Residents who want to comment can email the clerk at clerk@portalder.example by Friday.",
        "The county asks people to sign up for its alerts, which come by text and by a siren.",
        "If you have a question about the tax, call the assessor at 555-0177.",
        "“Give what you can,” the sign on the gangway says.",
        "Marlow is the captain of the ferry and has worked on the water since he was 14.",
        "Watch for ice, the captain says: it is thicker than it looks.",
        "Fewer than 1 in 10 residents supports the fee, the poll found.",
        "Sponsored by Sen. Lea Roth, the bill would double the tax.",
        "Support for the measure comes from anglers, and opposition from kayakers.",
        "The newsletter of the harbor club, The Bilge, called it a miracle.",
        "People who need a ride can call 211 or text FERRY to 898211.",
    ],
)
def test_the_story_stays(paragraph: str, at: int) -> None:
    expected = list(STORY)
    expected.insert(at, paragraph)
    assert story_with(paragraph, at) == expected


def test_a_promo_after_the_last_sentence_leaves_the_sentence() -> None:
    lines = story_with(f"The bell rang twice. <b>Read more:</b> {ELSEWHERE}", 2)
    assert lines == [*STORY[:2], "The bell rang twice.", *STORY[2:]]


def test_a_heading_over_an_ask_goes_with_it() -> None:
    heading = "</p><h2>Before you leave</h2><p>Sign up for WXLR’s weekly newsletter and get it in your inbox."
    assert story_with(heading, len(STORY)) == list(STORY)
