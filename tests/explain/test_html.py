"""Given an explanation, when it becomes a page, then nothing of it can run, load or lead astray."""

from __future__ import annotations

import base64
import hashlib
import re

import msgspec
from selectolax.lexbor import LexborHTMLParser

from scraper.article import Article, Audio, Transcript, Turn
from scraper.explain import render
from scraper.extractor.account import Passage
from scraper.extractor.explanation import Explanation

EVIL = "</style></p><script>alert(1)</script><img src=x onerror=alert(1)>"
RECORD = Article(
    id="url:0",
    url="javascript:alert(1)",
    page_type="article",
    platform="generic",
    title=EVIL,
    byline=EVIL,
    published="2024-05-11",
    language="es",
    audio=[Audio(url="javascript:alert(1)", title=EVIL, duration_seconds=125)],
    transcript=Transcript(turns=[Turn(speaker=EVIL, label=None, role="host", text=EVIL, tape=True)]),
)
TOLD = Explanation(
    record=RECORD,
    page_type="article",
    sign=EVIL,
    platform="generic",
    why=EVIL,
    passages=[
        Passage(fate="removed", kind=f"k{EVIL}", rule=EVIL, text=EVIL, element=EVIL, at="/removed/0"),
        Passage(fate="removed", kind="navigation", rule="x.nav", text="Home " * 400),
        Passage(fate="kept", kind="turn", text="Sí.", speaker=EVIL),
    ],
    sources={"title": "meta:og:title", "published": EVIL},
)


def parsed(told: Explanation = TOLD) -> LexborHTMLParser:
    return LexborHTMLParser(render(told, "html", source=EVIL))


def test_given_hostile_words_then_they_are_text_everywhere() -> None:
    tree = parsed()
    assert not tree.css("script,img,iframe,object,link,base")
    assert tree.css_first("h1").text() == EVIL
    assert EVIL in tree.css_first(".passage .words").text()
    attributes = {name for node in tree.css("*") for name in node.attributes}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}


def test_given_an_address_that_is_none_then_it_is_no_link() -> None:
    assert {node.attributes["href"] for node in parsed().css("a")} == {"#legend", "#page", "#record"}


def test_given_the_policy_then_it_allows_the_one_style_sheet_and_nothing_else() -> None:
    tree = parsed()
    policy = tree.css_first("meta[http-equiv]").attributes["content"] or ""
    digest = base64.b64encode(hashlib.sha256(tree.css_first("style").text().encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in tree.css_first("style").text()
    assert "@import" not in tree.css_first("style").text()


def test_given_passages_then_each_has_fate_kind_and_rule_in_words() -> None:
    tags = [" ".join(node.text().split()) for node in parsed().css(".passage .tag")]
    assert tags[1] == "− removed navigation by x.nav"
    assert tags[2] == f"✓ kept turn, said by {EVIL}"


def test_given_a_long_removed_passage_then_it_is_folded_but_whole() -> None:
    details = parsed().css_first(".passage details")
    assert details.css_first("summary").text().endswith("(400 words)")
    assert details.css_first(".words").text().count("Home") == 400


def test_given_kinds_then_the_legend_counts_and_filters_each() -> None:
    tree = parsed()
    labels = [" ".join(node.text().split()) for node in tree.css("label")]
    assert "all removed (2 passages, 412 words)" in labels
    assert "navigation (1 passage, 400 words)" in labels
    style = tree.css_first("style").text()
    for box in tree.css("input"):
        assert f"#{box.attributes['id']}:not(:checked)" in style


def test_given_a_language_then_the_page_s_words_are_marked_with_it() -> None:
    tree = parsed()
    assert tree.css_first("html").attributes["lang"] == "en"
    assert {node.attributes["lang"] for node in tree.css(".words")} == {"es"}


def test_given_the_record_then_it_stands_beside_with_sources() -> None:
    aside = " ".join(parsed().css_first("aside").text().split())
    assert "from meta:og:title" in aside
    assert "(2:05 min)" in aside
    assert "Transcript: 1 turns" in aside


def test_given_no_record_then_the_reason() -> None:
    told = msgspec.structs.replace(TOLD, record=None, reason="the page holds no story text", passages=[])
    tree = parsed(told)
    assert "There is none: the page holds no story text." in tree.css_first("aside").text()
    assert "There are no words on it." in tree.css_first("main").text()


def test_given_a_page_explained_twice_then_the_colours_are_the_same() -> None:
    hues = re.findall(r"--hue: \d+", render(TOLD, "html", source="a"))
    assert hues == re.findall(r"--hue: \d+", render(TOLD, "html", source="b"))
