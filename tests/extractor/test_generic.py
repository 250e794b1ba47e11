"""Pages whose template is unknown: classes of layout, each as an invented page."""

from __future__ import annotations

import pytest

from scraper.article import Article
from scraper.errors import NotAnArticle
from scraper.extractor import read
from scraper.page import Page

URL = "https://www.station.example/2024/05/14/millrace"
STORY = [
    "The millrace at Orrin Falls ran dry on Tuesday for the first time since the wheel was rebuilt, and no one knows.",
    "Engineers walked the channel twice on Wednesday. They found a shoe, a lunch box and eleven bricks, but no leak.",
    '"It has to go somewhere," said Petra Holloway, who runs the mill. "Water does not just change its mind."',
    "The county will lower a camera into the culvert on Friday. Until then, the mill grinds with a tractor.",
]
PROSE = "".join(f"<p>{text}</p>" for text in STORY)
NAVIGATION = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "music", "shows", "give"))
TEASERS = [
    ("Orchard opens its gates", "Pickers lined up before dawn for the first apples of the season, ladders in hand."),
    ("Clock runs backward", "The select board heard for two hours about a clock that has run backward since June."),
    ("Ferry captain retires", "After 41 years and 9,000 crossings, the captain says that she has seen enough fog."),
    ("Dogs get a street", "The council renamed a street after a dog, and then after another dog, in one evening."),
]


def page(body: str, *, head: str = "<title>Millrace runs dry | Station</title>") -> str:
    return f"<html><head>{head}</head><body><ul>{NAVIGATION}</ul>{body}</body></html>"


def article(body: str, *, url: str | None = URL, head: str | None = None) -> Article:
    html = page(body) if head is None else page(body, head=head)
    return read(Page.of(html, url=url))


def paragraphs(found: Article) -> list[str]:
    return [block.text for block in found.blocks]


def removed(found: Article) -> str:
    return "\n".join(piece.text for piece in found.removed)


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(f"<article>{PROSE}</article>", id="article"),
        pytest.param(f"<div><div><div>{PROSE}</div></div></div>", id="divs without names"),
        pytest.param(
            f"<table><tr><td><a href='/a'>A</a><br><a href='/b'>B</a></td><td>{PROSE}</td></tr></table>", id="table"
        ),
        pytest.param(
            f"<table><tr><td>Tuesday</td><td><font size=2>{'<br><br>'.join(STORY)}</font></td></tr></table>",
            id="text parted by line breaks",
        ),
        pytest.param("".join(f"<div data-component='text'><div><p>{p}</p></div></div>" for p in STORY), id="boxed"),
        pytest.param(f"<form action='/x'><div>{PROSE}</div></form>", id="page inside a form"),
        pytest.param(f"<div class='related-story-wrapper social-page'>{PROSE}</div>", id="names that lie"),
    ],
)
def test_the_story_is_found_in_any_layout(layout: str) -> None:
    found = article(f"<h1>Millrace runs dry</h1>{layout}<div><a href='/x'>Privacy</a> <a href='/y'>Contact</a></div>")
    assert found.page_type == "article"
    assert paragraphs(found) == STORY
    assert found.title == "Millrace runs dry"


@pytest.mark.parametrize("tag", ["li", "div", "td"])
def test_teasers_are_no_story_however_many_there_are(tag: str) -> None:
    row = "".join(
        f"<{tag}><h4><a href='/{n}'>{head}</a></h4><p>{text} <a href='/{n}'>more</a></p></{tag}>"
        for n, (head, text) in enumerate(TEASERS * 3)
    )
    teasers = f"<table><tr>{row}</tr></table>" if tag == "td" else f"<div>{row}</div>"
    found = article(f"<div><div><h1>Millrace runs dry</h1>{PROSE}</div>{teasers}</div>")
    assert paragraphs(found) == STORY
    assert "Pickers lined up before dawn" in removed(found)


def test_a_page_of_teasers_alone_is_no_story() -> None:
    row = "".join(f"<li><a href='/{n}'>{head}</a><p>{text}</p></li>" for n, (head, text) in enumerate(TEASERS * 4))
    assert article(f"<h1>News</h1><ul>{row}</ul>", url=None).page_type == "other"


def test_a_welcome_is_no_story() -> None:
    assert (
        article("<h1>Ways to listen</h1><p>Tune to 90.1 in the valley. Our stream is free.</p>", url=None).page_type
        == "other"
    )


def test_a_plain_story_outweighs_an_address_that_speaks_of_a_list() -> None:
    archive = "https://www.station.example/archive/tag/millrace"
    assert paragraphs(article(f"<h1>Millrace runs dry</h1><div>{PROSE}{MORE}</div>", url=archive))[:4] == STORY
    assert article(f"<h1>Millrace</h1><p>{STORY[0]}</p>", url=archive).page_type == "list"


MORE = "".join(
    f"<p>On day {day}, the crew measured the channel at {day + 6} places and wrote {day * 40} numbers down.</p>"
    for day in range(1, 13)
)


def test_comments_consent_and_forms_are_left_out_even_where_they_are_longer() -> None:
    remark = (
        "<p>I have lived beside that mill for thirty years and have never once seen it run dry, whatever they say.</p>"
    )
    consent = (
        "<p>We and our partners store information on a device, such as cookies, and process personal data for you.</p>"
    )
    form = "<div><h4>Get the letter</h4><p>Our reporters send a short letter, and it costs nothing.</p><input></div>"
    found = article(
        f"<h1>Millrace runs dry</h1><div>{PROSE}{form}</div><div id='comments'>{remark}</div>"
        f"<div class='cookie-consent'>{consent * 4}</div>"
    )
    assert paragraphs(found) == STORY
    kinds = {piece.kind for piece in found.removed}
    assert {"comments", "consent", "form"} <= kinds


def test_a_page_of_comments_is_read_all_the_same() -> None:
    found = article(f"<h1>Your views</h1><div class='comments'>{PROSE}</div>")
    assert paragraphs(found) == STORY


def test_the_head_fills_fields_and_leaves_the_text() -> None:
    head = "<div><h1>Millrace runs dry</h1><div>By Ana Ruiz</div><div>May 14, 2024</div><div>Outdoors</div>"
    found = article(f"{head}{PROSE}</div>")
    assert paragraphs(found) == STORY
    assert (found.byline, [author.name for author in found.authors]) == ("Ana Ruiz", ["Ana Ruiz"])
    assert found.published == "2024-05-14"
    assert "Outdoors" in removed(found)


def test_head_and_first_paragraph_may_stand_apart_from_the_story() -> None:
    found = article(
        f"<header><h1>Millrace runs dry</h1><p>By Ana Ruiz</p><p>14 May 2024, 10:15</p><p>{STORY[0]}</p></header>"
        f"<div><img src='/ad.gif'></div><section>{''.join(f'<p>{text}</p>' for text in STORY[1:])}{MORE}</section>"
    )
    assert paragraphs(found)[:4] == STORY
    assert found.byline == "Ana Ruiz"
    assert found.published == "2024-05-14"


@pytest.mark.parametrize(("lang", "line"), [("de", "Von Ana Ruiz"), ("fr", "Par Ana Ruiz"), ("es", "Por Ana Ruiz")])
def test_bylines_in_other_languages(lang: str, line: str) -> None:
    html = page(f"<div><h1>Millrace runs dry</h1><p>{line}</p>{PROSE}</div>").replace("<html>", f"<html lang={lang}>")
    found = read(Page.of(html, url=URL))
    assert (found.byline, [author.name for author in found.authors]) == ("Ana Ruiz", ["Ana Ruiz"])


@pytest.mark.parametrize("line", ["September 14, 2001", "26/05/2005"])
def test_a_date_in_large_type_is_no_headline(line: str) -> None:
    found = article(f"<div><h1>{line}</h1>{PROSE}</div>")
    assert found.title == "Millrace runs dry | Station"


def test_a_byline_under_the_first_paragraph_goes() -> None:
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE.replace('</p>', '</p><p>By Ana Ruiz</p>', 1)}</div>")
    assert paragraphs(found) == STORY
    assert found.byline == "Ana Ruiz"


def test_captions_are_told_by_their_shape() -> None:
    picture = "<div><a href='/big'><img src='/mill.jpg' width=600 height=400></a><div>The mill on Tuesday.</div></div>"
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE.replace('</p>', '</p>' + picture, 1)}</div>")
    assert paragraphs(found) == STORY
    assert [(image.url, image.caption) for image in found.images] == [
        ("https://www.station.example/mill.jpg", "The mill on Tuesday.")
    ]


def test_a_paragraph_with_a_picture_in_it_and_a_quotation_with_marks_stay() -> None:
    mixed = f"<p><span><img src='/mill.jpg' width=200 height=100>{STORY[1]}</span></p>"
    quoted = f"<div><img src='/quote.gif' width=24 height=13><div>{STORY[2]}</div></div>"
    found = article(f"<h1>Millrace runs dry</h1><div><p>{STORY[0]}</p>{mixed}{quoted}<p>{STORY[3]}</p></div>")
    assert paragraphs(found) == STORY


def test_links_between_paragraphs_and_labels_after_the_last_one_go() -> None:
    links = "<ul><li><a href='/1'>Orchard opens its gates</a></li><li><a href='/2'>Clock runs backward</a></li></ul>"
    line = "<p><a href='/3'>Ferry captain retires after 41 years</a></p>"
    foot = "<p>Agency</p><ul><li><a href='/t/1'>mill</a></li><li><a href='/t/2'>water</a></li></ul><p>First posted</p>"
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE.replace('</p>', '</p>' + links + line, 1)}{foot}</div>")
    assert paragraphs(found) == STORY
    assert "Orchard opens its gates" in removed(found)


def test_lists_of_the_story_stay() -> None:
    steps = "<ul><li>close the gate</li><li>drain the channel</li><li>count the bricks</li></ul>"
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE}{steps}</div>")
    assert [block.kind for block in found.blocks] == ["paragraph"] * 4 + ["list"]


def test_a_summary_cut_short_is_not_told_twice() -> None:
    found = article(f"<h1>Millrace runs dry</h1><div><p>{STORY[0][:95]}…</p>{PROSE}</div>")
    assert paragraphs(found) == STORY


def test_languages_without_spaces() -> None:
    story = [
        "水車用水路火曜日初干上、村人驚。",
        "技師水曜日二度水路歩、靴一足弁当箱煉瓦十一個見、漏水無。",
        "郡金曜日暗渠撮影機下。其迄水車小屋牽引車粉挽。",
    ]
    found = article(
        f"<h1>水路</h1><td>2024-05-14 HKT 07:30</td><div>{''.join(f'<p>{text}</p>' for text in story)}</div>",
        head="<title>水路</title>",
    )
    assert paragraphs(found) == story


def test_everything_outside_the_story_is_accounted_for() -> None:
    found = article(
        f"<div class='bar'>Our spring drive ends on Friday.</div><h1>Millrace runs dry</h1><div>{PROSE}</div>"
        "<div><h3>Also in the news</h3><ul><li><a href='/1'>Orchard opens its gates</a></li></ul></div>"
        "<div>Station, 1 Mill Road, Orrin Falls</div>"
    )
    said = removed(found)
    for words in ("Our spring drive", "Also in the news Orchard opens", "1 Mill Road", "News Music Shows Give"):
        assert words in said
    assert "Millrace runs dry" not in said


def test_short_briefs_keep_their_one_paragraph_and_nothing_twice() -> None:
    found = article(f"<h1>Millrace runs dry</h1><p>By Station Staff</p><div><p>{STORY[0]}</p></div><p>Tags News</p>")
    assert paragraphs(found) == [STORY[0]]


def test_words_that_are_no_prose_at_all() -> None:
    with pytest.raises(NotAnArticle):
        article("<h1>Millrace runs dry</h1>")


def test_a_class_on_the_root_does_no_harm() -> None:
    html = (
        page(f"<h1>Millrace runs dry</h1><div>{PROSE}</div>")
        .replace("<html>", "<html class='no-share- has-cookie-bar'>")
        .replace("<body>", "<body class='social newsletter-on'>")
    )
    assert paragraphs(read(Page.of(html, url=URL))) == STORY


_TURNS = (
    "<p>BO DREW: We worked on it all winter long, every single day of it.</p><p>FADEL: Bo Drew, thank you for it.</p>"
)


@pytest.mark.parametrize(
    "label", ["LEILA FADEL, HOST:", "LEILA FADEL, host:", "(SOUNDBITE OF MUSIC)\nLEILA FADEL, HOST:"]
)
def test_a_transcript_begins_with_its_first_label(label: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in label.split("\n"))
    opening = "The pier is back after the long winter storms took it away, and the town is glad."
    found = article(
        f"<h1>Millrace runs dry</h1><div>{lines}<p>{opening}</p>{_TURNS}<p>(SOUNDBITE OF MUSIC)</p><p>Agency</p></div>"
    )
    turns = [block for block in found.blocks if block.kind == "turn"]
    assert [turn.speaker for turn in turns] == ["Leila Fadel", "Bo Drew", "Leila Fadel"]
    assert turns[0].text == opening
    assert found.blocks[-1].kind == "sound"
    assert "LEILA" not in removed(found)


def test_a_label_in_mixed_case_stays_with_its_words() -> None:
    lines = ["Geoff Bennett:", STORY[0], f"Bo Drew: {STORY[1]}", "Geoff Bennett: And now?", f"Bo Drew: {STORY[3]}"]
    lines.append("Geoff Bennett: Bo Drew, thank you for coming here.")
    found = article(f"<h1>Millrace runs dry</h1><div>{''.join(f'<p>{line}</p>' for line in lines)}</div>")
    assert found.text.startswith("Geoff Bennett:") or found.blocks[0].speaker == "Geoff Bennett"


@pytest.mark.parametrize("start", [["It burned.", "Nobody ran."], ['"We are back!"']])
@pytest.mark.parametrize("head", ["<h1>Millrace runs dry</h1>", "<h1>Millrace runs dry</h1><p>By Jo Beck</p>"])
def test_a_short_first_sentence_is_the_storys(head: str, start: list[str]) -> None:
    short = "".join(f"<p>{text}</p>" for text in start)
    for body in (f"<article>{head}{short}{PROSE}</article>", f"{head}<div>{short}{PROSE}</div>"):
        assert paragraphs(article(body)) == [*start, *STORY]


def test_dates_and_labels_that_end_like_sentences_are_none() -> None:
    found = article(f"<article><h1>Millrace runs dry</h1><p>Posted 3:15 p.m.</p><p>News.</p>{PROSE}</article>")
    assert paragraphs(found) == STORY


@pytest.mark.parametrize("end", ["She said it once more —", "The tide was out", "For KXYZ News, I'm Ed Poe"])
def test_a_last_line_without_a_full_stop_is_the_storys(end: str) -> None:
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE}<p>{end}</p><p>Agency</p></div>")
    assert paragraphs(found) == [*STORY, end]


def test_plain_lines_behind_a_label_of_the_foot_are_no_ending() -> None:
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE}<p>Agency</p><p>Filed under mills and water</p></div>")
    assert paragraphs(found) == STORY


@pytest.mark.parametrize(
    "line", ["by Jo Beck · June 4, 2024", "June 4, 2024 | By Jo Beck", "By Jo Beck • June 4, 2024"]
)
def test_byline_and_date_on_one_line(line: str) -> None:
    for body in (
        f"<article><h1>Millrace runs dry</h1><div>{line}</div>{PROSE}</article>",
        f"<h1>Millrace runs dry</h1><div>{line}</div><div>{PROSE}</div>",
    ):
        found = article(body)
        assert (found.byline, found.published) == ("Jo Beck", "2024-06-04")


_NOTICE = "Copyright 2024 Illinois Newsroom. To see more, visit Illinois Newsroom."


@pytest.mark.parametrize(
    ("notice", "site"),
    [
        pytest.param(f"<p>{_NOTICE}</p>", "", id="alone"),
        pytest.param(f"<p>{_NOTICE}</p>", "<footer>© 2024 WXYZ Station</footer>", id="and the site's"),
        pytest.param(f"<p class='copyright'>{_NOTICE}</p>", "", id="by its class"),
        pytest.param(
            "<p>Copyright 2024 Illinois Newsroom. To see more, visit <a href='/x'>Illinois Newsroom</a>.</p>",
            "",
            id="linked",
        ),
    ],
)
def test_the_storys_own_notice_names_its_maker(notice: str, site: str) -> None:
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE}{notice}</div>{site}")
    assert paragraphs(found) == STORY
    assert found.origin is not None
    assert found.origin.name == "Illinois Newsroom"
    assert found.copyright is not None
    assert found.copyright.holder == "Illinois Newsroom"


def test_the_sites_own_notice_makes_no_origin() -> None:
    found = article(f"<h1>Millrace runs dry</h1><div>{PROSE}</div><div><p>© 2024 Mill Valley Radio</p></div>")
    assert found.origin is None
    assert found.copyright is not None
    assert found.copyright.holder == "Mill Valley Radio"


_RELATED = (
    "<a href='/c'><h4>Crab season opens late this year</h4></a><p>The season opened late, with poison in the crabs.</p>"
)


@pytest.mark.parametrize("heading", ["<h3>Related stories</h3>", "<div><h3>Related stories</h3></div>"])
def test_a_box_of_related_stories_goes_with_its_teasers(heading: str) -> None:
    box = f"<div>{heading}{_RELATED}</div>"
    first, rest = PROSE.split("</p>", 1)
    for body in (f"{PROSE}{box}", f"{first}</p>{box}{rest}"):
        found = article(f"<article><h1>Millrace runs dry</h1>{body}</article>")
        assert paragraphs(found) == STORY
        assert "poison in the crabs" in removed(found)


def test_a_heading_for_related_stories_takes_no_story_with_it() -> None:
    unlinked = (
        "<div><h3>Related stories</h3><p>They tell of a mill that ran dry in 1921, and of the boy who ran it.</p></div>"
    )
    found = article(f"<article><h1>Millrace runs dry</h1>{PROSE}{unlinked}</article>")
    assert "They tell of a mill" in found.text
    whole = f"<div><h3>Related stories</h3><ul><li><a href='/c'>Crab season opens late</a></li></ul>{PROSE}</div>"
    assert [p for p in paragraphs(article(f"<h1>Millrace runs dry</h1>{whole}")) if p in STORY] == STORY
