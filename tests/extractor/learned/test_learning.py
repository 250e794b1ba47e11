"""A station's pages are seen, what recurs is weighed, and the pages are read again by what was learned."""

from __future__ import annotations

from collections.abc import Callable

import invented_station as station
import pytest
from msgspec.structs import replace

from scraper import extract
from scraper.article import Article
from scraper.extractor.learned.model import RULE, Learned, Sighting, Verdict
from scraper.extractor.learned.observe import observe
from scraper.extractor.learned.weigh import weigh
from scraper.extractor.rules import Rules

Render = Callable[[station.Story], bytes]
ALL = tuple(station.SUBJECTS)
FEW = [ALL, ("river", "music", "garden", "schools"), ("trade", "health", "streets", "wildlife")]


def read(stories: list[station.Story], render: Render, rules: Rules | None = None) -> list[Article]:
    return [extract(render(story), url=story.url, rules=rules) for story in stories]


def seen(articles: list[Article]) -> list[Sighting]:
    found = [observe(article, station.HOST) for article in articles]
    return [sighting for sighting in found if sighting is not None]


def judged(sightings: list[Sighting], held: dict[str, Verdict] | None = None) -> list[Verdict]:
    texts = {key: text for sighting in sightings for key, text in sighting.texts.items()}
    return weigh(sightings, texts, held)


def rules_of(verdicts: list[Verdict]) -> Rules:
    return Rules(learned=Learned.of(station.HOST, 3, verdicts))


@pytest.mark.parametrize("subjects", FEW, ids=["all", "few", "others"])
@pytest.mark.parametrize("render", [station.html, station.dump])
def test_what_no_list_foresees_is_learned_and_no_trap_is_eaten(render: Render, subjects: tuple[str, ...]) -> None:
    stories = station.stories(subjects=subjects)
    before = read(stories, render)
    for line in station.FURNITURE:  # else nothing would have to be learned
        assert sum(line in article.text for article in before) == sum(line in story.paragraphs for story in stories)
    rules = rules_of(judged(seen(before)))
    for story, article in zip(stories, read(stories, render, rules), strict=True):
        kept = [block.text for block in article.blocks]
        assert kept == story.own
        assert article.title == story.title
        taken = [item.text for item in article.removed if item.rule == RULE]
        assert {line for line in station.FURNITURE if line in story.paragraphs} <= set(taken)
        assert article.provenance.learned == 3


@pytest.mark.parametrize("render", [station.html, station.dump])
def test_what_was_learned_stays_learned_when_all_pages_are_read_by_it(render: Render) -> None:
    stories = station.stories()
    first = judged(seen(read(stories, render)))
    held = {verdict.key: verdict for verdict in first if verdict.learned}
    again = seen(read(stories, render, rules_of(first)))
    kept = {verdict.key: verdict for verdict in judged(again, held) if verdict.learned}
    assert {key: (one.kind, one.edge) for key, one in kept.items()} == {
        key: (one.kind, one.edge) for key, one in held.items()
    }


def test_the_evidence_is_told_in_words() -> None:
    told = {verdict.text: str(verdict) for verdict in judged(seen(read(station.stories(), station.html)))}
    assert told[station.APPEAL].startswith("seen on 18 of 44 pages of this host; speaks to the reader")
    assert told[station.GREETING].endswith("kept: on 14% of the pages, the newest counting more")


def test_links_to_where_one_gives_name_the_kind() -> None:
    kinds = {verdict.text: verdict.kind for verdict in judged(seen(read(station.stories(), station.html)))}
    assert kinds[station.LINKED] == "appeal"
    assert kinds[station.SLOGAN] == "recurring"


def test_a_trap_stays_even_where_nothing_is_known_of_authors_and_sections() -> None:
    """An explaining paragraph on a third of all stories, a column's greeting, a chorus: told by their words alone."""
    stories = station.stories(subjects=("river", "music", "garden"))
    bare = [replace(sighting, about={}) for sighting in seen(read(stories, station.html))]
    learned = {verdict.text for verdict in judged(bare) if verdict.learned}
    assert learned.isdisjoint(set(station.TRAPS) - {station.GREETING})
    assert station.SLOGAN in learned


def test_a_syndicated_paragraph_is_counted_by_host() -> None:
    stories = station.stories(subjects=("trade", "schools", "streets", "wildlife", "music"))
    sightings = seen(read(stories, station.html))
    assert not {v.text for v in judged(sightings) if v.learned} & {station.SYNDICATED}
    other = rules_of(judged(sightings))
    copy = stories[-1]._replace(title="Elsewhere")
    page = station.html(copy).replace(station.HOST.encode(), b"other.example")
    article = extract(page, url=copy.url.replace(station.HOST, "other.example"), rules=other)
    assert station.SLOGAN in article.text  # what another station learned is nothing to this one
    assert article.provenance.learned is None


def test_the_same_bytes_and_rules_give_the_same_record() -> None:
    story = station.stories()[-1]
    rules = rules_of(judged(seen(read(station.stories(), station.html))))
    assert extract(station.html(story), rules=rules) == extract(station.html(story), rules=rules)


def test_nothing_is_learned_of_a_handful_of_pages() -> None:
    assert judged(seen(read(station.stories(count=11), station.html))) == []


def test_copies_of_one_story_count_once() -> None:
    one = seen(read(station.stories(), station.html))[-1]
    copies = [replace(one, story=f"url:{number}") for number in range(40)]
    assert judged(copies) == []


def test_stories_of_one_day_and_desk_count_once() -> None:
    sightings = seen(read(station.stories(), station.html))
    one = {"day": ["2031-01-01"], "byline": ["the newscast"]}
    reasons = {verdict.reason for verdict in judged([replace(sighting, about=one) for sighting in sightings])}
    assert reasons == {"1 really different stories, of 5 that are needed"}


def test_a_drive_that_is_over_fades() -> None:
    sightings = seen(read(station.stories(count=400), station.html))
    drive = next(key for key, text in sightings[-1].texts.items() if text == station.SLOGAN)
    quiet = [
        sighting if number < 60 else replace(sighting, lines=sighting.lines.replace(bytes.fromhex(drive), b"\1" * 8))
        for number, sighting in enumerate(sightings)
    ]
    now = {verdict.text: verdict for verdict in judged(quiet[:80])}
    assert now[station.SLOGAN].learned
    later = {verdict.text: verdict for verdict in judged(quiet)}
    assert later[station.SLOGAN].pages == 60
    far = {v.text: v for v in judged(quiet[60:])}
    assert station.SLOGAN not in far
