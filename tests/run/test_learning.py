"""What a run learns, and by what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import invented_station as station
import pytest
from msgspec.structs import replace

from scraper import api
from scraper.config import Config, FetchSettings, StationSettings
from scraper.demo import Served, serve
from scraper.page import Page
from scraper.run import Halt, scrape
from scraper.run.learning import HostRules, sighting_of
from scraper.writer.archive import Archive
from scraper.writer.results import PageResult


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(str(tmp_path / "stories.db")) as opened:
        yield opened


def page_of(story: station.Story) -> Page:
    return Page(station.html(story), url=story.url, final_url=story.url, status=200)


def work(archive: Archive, rules: HostRules, stories: list[station.Story]) -> list[str]:
    """Reads and writes as a run does; the texts."""
    texts = []
    for story in stories:
        article = api.work((page_of(story), None, rules.of(page_of(story))))
        archive.write(article, PageResult(url=story.url), sighting_of(article))
        texts.append(article.text)
    return texts


def test_a_run_reads_by_what_the_runs_before_have_seen(archive: Archive) -> None:
    stories = station.stories()
    first = HostRules(archive, None)
    assert any(station.SLOGAN in text for text in work(archive, first, stories))
    assert first.of(page_of(stories[0])).learned == replace(first.of(page_of(stories[0])).learned, version=0)
    following = HostRules(archive, None)
    assert not any(line in text for text in work(archive, following, stories) for line in station.FURNITURE)
    (stored,) = archive.find(stories[3].url)
    assert stored.article.provenance.learned == 1
    assert HostRules(archive, None).of(page_of(stories[0])) == following.of(page_of(stories[0]))


def test_the_rules_of_one_host_are_nothing_to_another(archive: Archive) -> None:
    work(archive, HostRules(archive, None), station.stories())
    rules = HostRules(archive, None).of(Page(b"<p>x", url="https://other.example/x", status=200))
    assert rules.learned is not None
    assert not rules.learned.anywhere


@pytest.fixture
def served() -> Iterator[Served]:
    with serve(0) as one:
        one.site.busy.clear()
        yield one


@pytest.mark.parametrize("learn", [True, False])
def test_a_pass_remembers_its_stories_unless_it_is_not_to_learn(tmp_path: Path, served: Served, *, learn: bool) -> None:
    site = StationSettings(host="wrvl.example", url=served.address, feeds=("/news.rss",))
    fetch = FetchSettings(delay=0.0, group_delay=0.0, allow_hosts=(served.host,))
    store = str(tmp_path / "s.db")
    config = Config(contact="tests@example.org", store=store, stations=(site,), fetch=fetch, learn=learn)
    new = scrape(config, halt=Halt()).total.new
    assert new > 0
    with Archive.open(store) as archive, archive._reading() as connection:
        seen = set(connection.exec_driver_sql("SELECT story FROM learned_pages").scalars())
        stored = archive.newest(new)
    told = {one.article.id for one in stored if sighting_of(one.article)}  # one that is all spoken has no such lines
    assert len(told) >= new / 2
    assert seen == (told if learn else set())
