"""Given hosts that serve many templates, when a page is recognised, then a table is taken only where it fits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from scraper.errors import ConfigError
from scraper.extractor.platforms import platforms, recognise
from scraper.extractor.platforms.base import Platform
from scraper.extractor.platforms.own import load
from scraper.extractor.reader import read
from scraper.page import Page

STORY = "<p>Forty geese crossed the bypass at dawn, in order of size, and a lorry driver counted them aloud.</p>"


def page(body: str, url: str) -> Page:
    return Page(f"<html><body>{body}</body></html>".encode(), url=url)


def test_a_host_of_many_templates_leaves_what_it_does_not_know_to_general_rules() -> None:
    unknown = page(f"<main><h1>Geese</h1>{STORY * 3}</main>", "https://www.bbc.co.uk/programmes/articles/geese")
    assert recognise(unknown).name == "generic"
    known = page(f"<main id='main-content'><article>{STORY}</article></main>", "https://www.bbc.co.uk/news/1")
    assert recognise(known).name == "bbc"


@pytest.mark.parametrize(
    ("body", "since"),
    [
        ("<div class='story-body__inner'><p>x</p></div>", "2015-03-01"),
        ("<div class='story-body'><p>x</p></div>", "2010-07-14"),
        ("<table class='storycontent'><tr><td class='storybody'><p>x</p></td></tr></table>", "2003-02-01"),
        ("<div class='bodytext'>x<p>y</div>", "1997-11-01"),
    ],
)
def test_a_page_of_no_known_day_is_told_by_its_container(body: str, since: str) -> None:
    assert recognise(page(body, "http://news.bbc.co.uk/1/hi/uk/1.stm")).since == since


def test_versions_of_one_template_do_not_overlap() -> None:
    for name in {platform.name for platform in platforms()}:
        versions = sorted((p for p in platforms() if p.name == name), key=lambda p: p.until or "9999")
        for older, newer in pairwise(versions):
            assert older.until < newer.since


def test_a_clock_without_zone_is_read_in_the_country_of_the_host() -> None:
    made = page(
        f"""<script type="application/ld+json">{{"@type": "NewsArticle"}}</script>
        <article><h1>Gänse</h1><time datetime="2024-07-01 08:30"></time>{STORY}</article>""",
        "https://gans.example.de/x",
    )
    assert read(made).published == "2024-07-01T06:30:00Z"


def test_names_above_what_their_people_say_become_labels(tmp_path: Path) -> None:
    table = load_table(
        tmp_path,
        "name: acts\nhosts: [acts.example]\nspoken: .talk\nspeakers: h5\nzone: America/Denver\nmixed: true\n",
    )
    assert table.speakers == "h5"
    made = page(
        "<div class='talk'><h5>Ada Finch</h5><p>Is it on?</p><p>It hums.</p>"
        "<h5>Bo Quist</h5><p>It always hums.</p></div>",
        "https://acts.example/1",
    )
    record = read(made, platform=table)
    assert record.transcript is not None
    assert [(t.speaker, t.text) for t in record.transcript.turns] == [
        ("Ada Finch", "Is it on?\nIt hums."),
        ("Bo Quist", "It always hums."),
    ]


def test_a_zone_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="America/Denverr"):
        load_table(tmp_path, "name: acts\nhosts: [acts.example]\nbody: p\nzone: America/Denverr\n")


def load_table(folder: Path, text: str) -> Platform:
    path = folder / "table.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)[0]
