"""Address keys: one story has one, however it is spelled, two stories have two; fetched is what was given."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from scraper import addresses
from scraper.fetcher.client import target

HOSTS = st.sampled_from(["bpr.org", "www.npr.org", "news.wfsu.org", "kut.org", "station.example"])
SLUGS = st.lists(st.text(string.ascii_lowercase, min_size=2, max_size=8), min_size=3, max_size=6).map("-".join)
DAYS = st.dates().map(lambda day: f"{max(day.year, 1990):04}-{day.month:02}-{min(day.day, 28):02}")
STORIES = st.builds(lambda host, day, slug: f"https://{host}/news/{day}/{slug}", HOSTS, DAYS, SLUGS)
TRACKERS = st.sampled_from(
    ["utm_source=x", "utm_medium=rss", "utm_campaign=a%20b", "fbclid=Iw", "gclid=1", "_amp=true", "mc_cid=2"]
)


def spelled(url: str, *, scheme: str, www: bool, port: bool, slash: bool, trackers: list[str], fragment: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    host = f"www.{host}" if www else host
    host = f"{host}:{443 if scheme == 'https' else 80}" if port else host
    query = f"?{'&'.join(trackers)}" if trackers else ""
    return f"{scheme}://{host}{parts.path}{'/' if slash else ''}{query}{fragment}"


SPELLINGS = st.fixed_dictionaries(
    {
        "scheme": st.sampled_from(["http", "https"]),
        "www": st.booleans(),
        "port": st.booleans(),
        "slash": st.booleans(),
        "trackers": st.lists(TRACKERS, max_size=3, unique=True),
        "fragment": st.sampled_from(["", "#comments", "#utm_source=x"]),
    }
)


@given(STORIES, SPELLINGS, SPELLINGS)
def test_given_one_story_when_spelled_in_two_ways_then_its_key_is_one(story, one, other) -> None:
    first, second = spelled(story, **one), spelled(story, **other)
    assert addresses.key(first) == addresses.key(second) == addresses.key(story)


@given(STORIES, STORIES, SPELLINGS, SPELLINGS)
def test_given_two_stories_when_spelled_in_any_way_then_their_keys_are_two(story, another, one, other) -> None:
    same = story.replace("://www.", "://") == another.replace("://www.", "://")
    assert (addresses.key(spelled(story, **one)) == addresses.key(spelled(another, **other))) == same


@given(st.text(max_size=60) | st.text(max_size=40).map("https://bpr.org/".__add__) | STORIES)
def test_given_any_text_when_its_key_is_taken_again_then_it_stays(text) -> None:
    once = addresses.key(text)
    assert addresses.key(once) == once


@given(st.text(string.ascii_lowercase, min_size=1, max_size=6), st.integers(1, 10**9), st.integers(1, 10**9))
def test_given_parameters_that_name_a_page_when_they_differ_then_the_keys_do(name, one, other) -> None:
    base = "https://station.example/show.php"
    ids = {number: addresses.key(f"{base}?storyId={number}&{name}=1") for number in (one, other)}
    assert len(set(ids.values())) == len({one, other})


@given(STORIES, SPELLINGS.map(lambda how: {**how, "port": False}))
def test_given_a_spelling_when_fetched_then_the_address_is_the_one_given(story, how) -> None:
    url = spelled(story, **how)
    assert target(url).url == url.partition("#")[0]
