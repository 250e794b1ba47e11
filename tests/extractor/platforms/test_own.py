"""A user's own platforms: read strictly from YAML, and then a table like ours."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper import extract
from scraper.api import rules_of
from scraper.errors import ConfigError
from scraper.extractor.platforms.own import loads
from scraper.extractor.rules import Rules

COASTAL = """
platforms:
  - name: coastal
    hosts: [coastalradio.example]
    types: {body.coast-list: list, .coast-story: article}
    root: .coast-story
    body: .coast-words
    title: [.coast-head, "meta:og:title"]
    byline: .coast-by
    published: ["time.coast-when@datetime"]
    section: .coast-desk
    drops:
      - {rule: coastal.pledge, kind: appeal, select: .coast-give}
    regions:
      - {rule: coastal.bar, kind: player, select: .coast-live}
    earlier:
      - {until: 2019-06-30, root: "#post", body: "#post .text", title: "#post h2", types: {"#post": article}}
"""

WORDS = [
    "The harbor at Pell Point froze before Thanksgiving for the first time since 1978, and the oyster boats stayed in.",
    "Crews cut a channel with a borrowed tug on Tuesday, and the first three boats reached the beds before noon.",
    "“We were out of ideas and nearly out of propane,” said Ada Lund, who has worked the beds for thirty winters.",
]
NEW = f"""<html><head><title>Coast</title></head><body><div class="coast-live">Coastal live: tap to hear us</div>
<div class="coast-story"><b class="coast-desk">Waterfront</b><div class="coast-head">Oyster boats cut a channel</div>
<i class="coast-by">By Noor Abadi</i><time class="coast-when" datetime="2024-12-03T15:00:00-05:00">Tuesday</time>
<div class="coast-words"><p>{WORDS[0]}</p>
<div class="coast-give">Coffee mugs go to all who chip in tonight</div><p>{WORDS[1]}</p>
<p>{WORDS[2]}</p></div></div></body></html>"""
OLD = f"""<html><head><title>Coast</title></head><body><div id="post"><h2>Oyster boats cut a channel</h2>
<div class="text"><p>{WORDS[0]}</p><p>{WORDS[1]}</p><p>{WORDS[2]}</p></div></div></body></html>"""
URL = "https://www.coastalradio.example/waterfront/oyster-boats"


def test_given_a_platform_in_yaml_when_its_page_is_extracted_then_its_table_is_used() -> None:
    article = extract(NEW, url=URL, rules=Rules(platforms=loads(COASTAL)))
    assert article.platform == "coastal"
    assert article.title == "Oyster boats cut a channel"
    assert (article.byline, article.section, article.published) == ("Noor Abadi", "Waterfront", "2024-12-03T20:00:00Z")
    assert article.text.split("\n\n") == WORDS
    rules = {(piece.rule, piece.kind) for piece in article.removed}
    assert {("coastal.pledge", "appeal"), ("coastal.bar", "player")} <= rules


@pytest.mark.parametrize("captured", [None, datetime(2018, 5, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)])
def test_given_a_page_of_an_earlier_version_when_extracted_then_that_version_reads_it(
    captured: datetime | None,
) -> None:
    article = extract(OLD, url=URL, rules=Rules(platforms=loads(COASTAL)), captured=captured)
    assert (article.platform, article.title) == ("coastal", "Oyster boats cut a channel")
    assert article.text.split("\n\n") == WORDS
    assert "fallback" not in article.quality.flags


def test_given_both_versions_on_a_page_when_its_day_is_known_then_the_version_of_that_day_is_taken() -> None:
    both = OLD.replace(
        "</body>", f'<div class="coast-story"><div class="coast-words"><p>{WORDS[2]}</p></div></div></body>'
    )
    rules = Rules(platforms=loads(COASTAL))
    assert WORDS[0] in extract(both, url=URL, rules=rules, captured=datetime(2018, 5, 1, tzinfo=UTC)).text
    assert WORDS[0] not in extract(both, url=URL, rules=rules, captured=datetime(2024, 5, 1, tzinfo=UTC)).text


def test_given_an_extension_when_loaded_then_the_rest_is_inherited_but_not_hosts_and_marks() -> None:
    (own,) = loads("name: hill\nextends: wordpress\nhosts: [hill.example]\nbody: [.hill]\n")
    assert (own.hosts, own.marks, own.body) == (("hill.example",), (), (".hill",))
    assert "h1.entry-title" in own.title
    assert any(drop.rule == "wordpress.share" for drop in own.drops)


def test_given_an_override_when_loaded_then_it_stands_in_place_of_ours() -> None:
    (own,) = loads("extends: grove\nbody: [.other-body]\n")
    page = '<html><head><meta name="brightspot.contentId" content="x"></head><body><h1>A</h1>'
    page += f'<div class="other-body"><p>{WORDS[0]}</p><p>{WORDS[1]}</p></div>'
    article = extract(page, url="https://www.bpr.org/news/2024-05-11/a", rules=Rules(platforms=(own,)))
    assert (article.platform, article.text.split("\n\n")) == ("grove", WORDS[:2])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "expected keys with values, got a list"),
        ("name: x\nbody: .a", "x needs hosts or marks"),
        ("name: x\nhosts: [x.example]", "x needs a body"),
        ("name: X Y\nhosts: [x.example]\nbody: .a", "a name in small letters"),
        ("name: x\nhosts: [x.example]\nbody: 'p['", '"p[" is no CSS selector'),
        ("name: x\nhosts: [x.example]\nbodi: .a\nbody: .a", 'unknown key, did you mean "body"?'),
        ("name: x\nhosts: [x.example]\nbody: .a\ntypes: {.a: storey}", 'expected one of article'),
        ("name: x\nhosts: [x.example]\nbody: .a\ntypes: {'class:(': article}", "is no pattern"),
        ("name: x\nhosts: [x.example]\nbody: .a\ntitle: 'h1!utc'", "!utc says nothing of title"),
        ("name: x\nhosts: ['https://x.example/a']\nbody: .a", "expected a host"),
        ("name: x\nhosts: [x.example]\nbody: .a\nsince: soon", "expected a day"),
        ("name: x\nhosts: [x.example]\nbody: .a\ndrops: [.b]", "expected rule, kind and select"),
        ("name: x\nhosts: [x.example]\nbody: .a\nearlier: [{body: .b}]", "needs until"),
        ("name: x\nextends: groove\nhosts: [x.example]\nbody: .a", 'did you mean "grove"?'),
        ("platforms: []", "expected a list of platforms"),
        ("platforms: [{name: x, hosts: [x.org], body: .a}, {name: x, hosts: [y.org], body: .b}]", "x is there twice"),
        ("name: x\nhosts: [x.example]\nbody: [1]", "expected a text, got 1"),
        ("name: x\nrest: 3\nhosts: [x.example]\nbody: .a", "expected true or false"),
        ("a: [", "not valid YAML"),
    ],
)  # fmt: skip
def test_given_a_mistake_when_loaded_then_one_line_says_where_and_what(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        loads(text, "mine.yaml")
    assert said in str(caught.value)
    assert all(line.startswith("mine.yaml:") for line in str(caught.value).splitlines())


def test_given_a_file_that_is_not_there_when_loaded_then_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml: cannot be read"):
        rules_of([str(tmp_path / "absent.yaml")])
