from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from scraper.article import Article, Author, Block, Image, Link, Removed
from scraper.errors import NoTranscript
from scraper.writer.render import FORMATS, render

WILD = st.text(st.characters() | st.sampled_from("\x00\x1b\r\n\u2028\ud800\uffff*_#`~[]<>&|-+=.1)\\ "), max_size=40)
KINDS = st.sampled_from(["heading", "paragraph", "quote", "list", "turn", "sound", "note", "unheard-of"])
OPTIONAL = st.none() | WILD
BLOCKS = st.builds(
    Block,
    kind=KINDS,
    text=WILD,
    level=st.none() | st.integers(-1, 9),
    attribution=OPTIONAL,
    items=st.none() | st.lists(WILD, max_size=3),
    ordered=st.none() | st.booleans(),
    speaker=OPTIONAL,
)
RECORDS = st.builds(
    Article,
    id=WILD,
    url=OPTIONAL,
    canonical_url=OPTIONAL,
    page_type=st.just("article"),
    platform=st.just("grove"),
    title=OPTIONAL,
    subtitle=OPTIONAL,
    byline=OPTIONAL,
    authors=st.lists(st.builds(Author, name=WILD), max_size=2),
    published=OPTIONAL,
    language=OPTIONAL,
    tags=st.lists(WILD, max_size=2),
    blocks=st.lists(BLOCKS, max_size=5),
    text=WILD,
    images=st.lists(st.builds(Image, url=WILD, alt=OPTIONAL, caption=OPTIONAL, credit=OPTIONAL), max_size=2),
    links=st.lists(st.builds(Link, url=WILD | WILD.map("https://a.example/{}".format), text=WILD), max_size=3),
    removed=st.lists(st.builds(Removed, rule=WILD, kind=WILD, text=WILD), max_size=2),
)


def one_block(kind: str, text: str, **fields: Any) -> Article:
    block = Block(kind=kind, text=text, **fields)
    return Article(id="x", page_type="article", platform="text", blocks=[block], text=text)


def body(article: Article) -> str:
    """The Markdown after the front matter."""
    return render(article, "markdown").partition("\n---\n")[2].strip("\n")


def words_of(tokens: list[Token]) -> str:
    """What a reader sees of parsed Markdown."""
    seen = []
    for token in tokens:
        breaks = ("hardbreak", "softbreak")
        seen.extend("\n" if child.type in breaks else child.content for child in token.children or [])
        seen.append("\n" if token.type.endswith("_close") else "")
    return "".join(seen)


def test_text_is_title_empty_line_and_the_story(make: Any) -> None:
    article = make(title="Ferry runs again", text="One.\n\nTwo.")
    assert render(article, "text") == "Ferry runs again\n\nOne.\n\nTwo."
    assert render(make(title=None, text="One."), "text") == "One."
    assert render(make(text=""), "text") == "Ferry runs again"


def test_json_is_the_record_on_one_line(make: Any) -> None:
    article = make()
    printed = json.loads(render(article, "json", removed=True))
    assert printed == article.to_dict()
    assert "\n" not in render(article, "json")
    assert Article.from_json(render(article, "json", removed=True)) == Article.from_json(article.to_json())


def test_json_has_every_key_but_shows_what_was_removed_only_when_asked(make: Any) -> None:
    article = make()
    plain = json.loads(render(article, "json"))
    assert plain == article.to_dict() | {"removed": []}


def test_other_formats_show_what_was_removed_when_asked(make: Any) -> None:
    for format in ("text", "markdown", "html"):
        assert "Give today!" not in render(make(), format)
        shown = render(make(), format, removed=True)
        assert re.search(r"appeal \(pledge\): Give today!", shown), format
        assert render(make(removed=[]), format, removed=True) == render(make(removed=[]), format)


def test_an_unknown_format_is_named(make: Any) -> None:
    with pytest.raises(ValueError, match=r"'pdf'.*text, markdown, json, html"):
        render(make(), "pdf")  # type: ignore[arg-type]


def test_markdown_of_a_whole_story(make: Any) -> None:
    assert render(make(), "markdown") == MARKDOWN


def test_front_matter_is_yaml_with_the_names_of_the_record(make: Any) -> None:
    article = make(title='A "quoted": title', tags=["a: b", "#c"], section=None)
    matter = render(article, "markdown").split("\n---\n")[0].removeprefix("---\n")
    values = yaml.safe_load(matter)
    assert values["title"] == article.title
    assert values["tags"] == article.tags
    assert values["published"] == article.published
    assert values["station_domain"] == "wgul.example"
    assert values["canonical_url"] == article.canonical_url
    assert "section" not in values


@pytest.mark.parametrize(
    "words",
    [
        "# no heading",
        "*not* _emphasis_ **nor** __strong__",
        "1. not a list",
        "2031) neither",
        "- nor this",
        "+1 for the ferry",
        "> no quote",
        "<b>no tag</b> & no &amp; entity &#42;",
        "[no](link) ![no](image) [no]: https://a.example",
        "`no code` ~~~ ~~no strike~~",
        "| no | table |",
        "---",
        "===",
        "***",
        "a back\\slash and a \\* star",
        "#MeToo",
        "trailing hashes ##",
        "https://a.example/a_b_c",
    ],
)
@pytest.mark.parametrize("kind", ["heading", "paragraph", "quote", "list", "turn", "sound", "note"])
def test_signs_of_markdown_in_a_story_stay_signs(kind: str, words: str) -> None:
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body(one_block(kind, words, items=[words])))
    )
    assert words_of(tokens).strip() == words


def test_a_headline_stays_a_headline_whatever_its_signs() -> None:
    article = Article(id="x", page_type="article", platform="text", title="C# *and* _F#_ #")
    tokens = MarkdownIt().parse(body(article))
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert words_of(tokens).strip() == "C# *and* _F#_ #"


def test_two_lists_in_a_row_stay_two() -> None:
    lists = [Block(kind="list", text="", items=[name], ordered=ordered) for name, ordered in zip("abcd", [0, 0, 1, 1])]
    article = Article(id="x", page_type="article", platform="text", blocks=lists)
    opened = [token.type for token in MarkdownIt().parse(body(article)) if token.type.endswith("list_open")]
    assert opened == ["bullet_list_open"] * 2 + ["ordered_list_open"] * 2


def test_a_turn_keeps_its_paragraphs() -> None:
    assert body(one_block("turn", "One.\nTwo.", speaker="Ida O'Marsh", role="host")) == "**IDA O'MARSH:** One.\n\nTwo."
    html = render(one_block("turn", "One.\nTwo.", speaker="Ida O'Marsh"), "html")
    assert "<p><cite>Ida O&#x27;Marsh:</cite> One.</p>\n<p>Two.</p>" in html


def test_html_of_a_whole_story(make: Any) -> None:
    assert render(make(), "html") == HTML


def test_html_holds_nothing_that_runs() -> None:
    evil = '"><script>alert(1)</script>'
    article = Article(
        id="x",
        page_type="article",
        platform="text",
        title=evil,
        language=evil,
        url="javascript:alert(1)",
        canonical_url=f"https://a.example/{evil}",
        published=evil,
        blocks=[Block(kind="turn", text=evil, speaker=evil), Block(kind="quote", text="see this", attribution=evil)],
        images=[Image(url="data:text/html,x"), Image(url=f"https://a.example/{evil}", alt=evil, caption=evil)],
        links=[Link(url="javascript:alert(1)", text="this"), Link(url=f"https://a.example/{evil}", text="see")],
    )
    tree = LexborHTMLParser(render(article, "html"))
    assert not tree.css("script")
    assert len(tree.css("body > *")) == 1
    targets = [node.attributes.get(name) or "" for name in ("href", "src") for node in tree.css(f"[{name}]")]
    assert len(targets) == 3
    assert all(target.startswith("https://a.example/") for target in targets)
    assert all(not name.startswith("on") for node in tree.css("*") for name in node.attributes)


def test_a_link_is_set_only_where_its_words_stand_once() -> None:
    blocks = [
        Block(kind="paragraph", text="The county has a report. Read it here, or here."),
        Block(kind="list", text="", items=["NPR News"], ordered=False),
    ]
    links = [
        Link(url="https://a.example/1", text="here"),
        Link(url="https://a.example/2", text="a report"),
        Link(url="https://a.example/3", text="NPR"),
        Link(url="https://a.example/4", text="NPR News"),
        Link(url="https://a.example/5", text="port"),
    ]
    article = Article(id="x", page_type="article", platform="text", blocks=blocks, links=links)
    assert body(article) == (
        "The county has [a report](https://a.example/2). Read it here, or here.\n\n"
        "- [NPR News](https://a.example/4)\n\n"
        "Links:\n\n- [here](https://a.example/1)\n- [NPR](https://a.example/3)\n- [port](https://a.example/5)"
    )
    anchors = LexborHTMLParser(render(article, "html")).css("a")
    assert [a.attributes["href"][-1] for a in anchors] == ["2", "4", "1", "3", "5"]


@settings(deadline=None)
@given(RECORDS, st.booleans())
def test_every_record_renders(article: Article, removed: bool) -> None:
    for format in FORMATS:
        if format in ("podcast", "mediasum") and article.transcript is None:
            with pytest.raises(NoTranscript, match="no transcript"):
                render(article, format)
        else:
            render(article, format, removed=removed).encode()
    assert json.loads(render(article, "json")).keys() == article.to_dict().keys()
    markdown = render(article, "markdown", removed=removed)
    html = render(article, "html", removed=removed)
    for character in markdown + html:
        assert character == "\n" or not (ord(character) < 32 or 127 <= ord(character) < 160)
    assert isinstance(yaml.safe_load(markdown.removeprefix("---\n").partition("\n---")[0]) or {}, dict)
    assert [node.tag for node in LexborHTMLParser(html).css("body > *")] == ["article"]


@settings(deadline=None)
@given(st.lists(WILD, min_size=1, max_size=4))
def test_markdown_of_any_paragraphs_reads_as_those_paragraphs(texts: list[str]) -> None:
    article = Article(
        id="x", page_type="article", platform="text", blocks=[Block(kind="paragraph", text=text) for text in texts]
    )
    tokens = MarkdownIt("commonmark").parse(body(article))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    plain = " ".join(words_of(tokens).split())
    parsed = LexborHTMLParser(render(article, "html")).css("p")
    assert plain == " ".join(" ".join(node.text(separator=" ") for node in parsed).split())


MARKDOWN = """\
---
id: "url:00000000000000aa"
title: "Ferry runs again"
subtitle: "After three winters"
teaser: "The boat is back."
byline: "Ida Marsh"
authors: ["Ida Marsh"]
published: "2031-08-11T20:21:00Z"
modified: "2031-08-12T13:14:00Z"
dateline: "GULL HARBOR"
station: "WGUL"
station_domain: "wgul.example"
origin: "WTERN"
section: "News"
program: "Morning Tide"
tags: ["ferries", "islands"]
language: "en"
page_type: "article"
url: "https://www.wgul.example/news/2031-08-11/ferry-runs-again"
canonical_url: "https://www.wgul.example/news/2031-08-11/ferry-runs-again"
copyright: "Copyright 2031 WGUL"
---

# Ferry runs again

*After three winters*

![A ferry](https://img.example/f.jpg)\x20\x20
*The boat. (J. Doe / WGUL)*

*Updated August 12, 2031 at 9:14 AM ET*

The ferry to Little Gull Island runs again, [the county](https://county.example/ferry) said.

### What it costs

- adults: $4
- children: free

> Nobody missed the noise.
>
> But we missed the mail.
>
> — Ada Quill, postmaster

A short word of welcome.

**IDA MARSH:** It was quiet.

Then it was not.

*(SOUNDBITE OF FOGHORN)*

Audio: [Hear the ferry](https://audio.example/f.mp3)

Copyright 2031 WGUL"""

HTML = """\
<article lang="en">
<header>
<h1>Ferry runs again</h1>
<p>After three winters</p>
<address>Ida Marsh</address>
<p><time datetime="2031-08-11T20:21:00Z">2031-08-11 20:21 UTC</time></p>
<p>Updated <time datetime="2031-08-12T13:14:00Z">2031-08-12 13:14 UTC</time></p>
</header>
<figure><img src="https://img.example/f.jpg" alt="A ferry" loading="lazy">\
<figcaption>The boat. <small>J. Doe / WGUL</small></figcaption></figure>
<p role="note"><em>Updated August 12, 2031 at 9:14 AM ET</em></p>
<p>The ferry to Little Gull Island runs again, <a href="https://county.example/ferry">the county</a> said.</p>
<h3>What it costs</h3>
<ul>
<li>adults: $4</li>
<li>children: free</li>
</ul>
<blockquote>
<p>Nobody missed the noise.</p>
<p>But we missed the mail.</p>
<cite>Ada Quill, postmaster</cite>
</blockquote>
<p>A short word of welcome.</p>
<p><cite>Ida Marsh:</cite> It was quiet.</p>
<p>Then it was not.</p>
<p><em>(SOUNDBITE OF FOGHORN)</em></p>
<figure><audio controls preload="none" src="https://audio.example/f.mp3"></audio>\
<figcaption><a href="https://audio.example/f.mp3">Hear the ferry</a></figcaption></figure>
<footer>
<p><a href="https://www.wgul.example/news/2031-08-11/ferry-runs-again">WGUL</a></p>
<p><small>Copyright 2031 WGUL</small></p>
</footer>
</article>"""
