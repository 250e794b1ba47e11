"""Where the story stands: lines, their likelihood, and the element that agrees with them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.extractor.container import Survey, pictures, survey

SENTENCE = "The millrace at Orrin Falls ran dry on Tuesday for the first time since the wheel was rebuilt by hand."


def surveyed(html: str, furniture: str = "", share: float = 0.5) -> tuple[Survey, LexborNode]:
    body = LexborHTMLParser(html).body
    assert body is not None
    return survey(body, {node.mem_id: share for node in body.css(furniture)} if furniture else {}), body


def best_class(found: Survey) -> str | None:
    found.spare()
    region = found.best()
    return region.node.attributes.get("class") if region is not None else None


def test_lines_end_at_blocks_and_at_two_line_breaks_but_not_at_one_or_at_inline_elements() -> None:
    found, _ = surveyed("<div>One <b>two</b><br>three<br> <br>four<p>five <a href='/x'>six</a></p>seven</div>")
    assert [line.text for line in found.lines] == ["Onetwothree", "four", "fivesix", "seven"]
    assert [line.linked for line in found.lines] == [0, 0, 3, 0]


def test_prose_between_links_is_less_likely_than_prose_among_prose() -> None:
    teaser = f"<h3><a href='/1'>Millrace runs dry</a></h3><p>{SENTENCE}</p>"
    found, _ = surveyed(f"<div>{f'<p>{SENTENCE}</p>' * 5}</div><div>{teaser * 5}</div>")
    found.spare()
    likely = [line.likely for line in found.lines if line.prose]
    assert min(likely[:5]) == 1.0
    assert max(likely[6:]) < 0.2


def test_another_judge_halves_what_it_has_not_kept() -> None:
    found, _ = surveyed(f"<p>{SENTENCE}</p><p>{SENTENCE.replace('Tuesday', 'Friday')}</p>")
    found.spare()
    before = [line.likely for line in found.lines]
    found.vote(f"  {SENTENCE}\n")
    assert [line.likely for line in found.lines] == [before[0], before[1] / 2]
    found.vote("")
    assert [line.likely for line in found.lines] == [before[0], before[1] / 2]


def test_furniture_by_name_counts_for_nothing_unless_it_holds_most() -> None:
    story, aside = (
        f"<div class='story'>{f'<p>{SENTENCE}</p>' * 4}</div>",
        f"<div class='promo'>{f'<p>{SENTENCE}</p>' * 3}</div>",
    )
    found, _ = surveyed(story + aside, ".promo")
    assert found.spare() == set()
    assert best_class(found) == "story"
    found, body = surveyed(f"<div class='promo'>{story}</div>", ".promo")
    assert found.spare() == {node.mem_id for node in body.css(".promo")}


def test_the_outermost_of_elements_with_the_same_words_is_taken() -> None:
    found, _ = surveyed(
        f"<p><a href='/'>Home</a></p><div class='outer'><img><div class='inner'>{f'<p>{SENTENCE}</p>' * 4}</div></div>"
    )
    assert best_class(found) == "outer"


def test_pages_without_prose_have_no_story() -> None:
    found, _ = surveyed("<ul><li><a href='/1'>One</a></li><li>Two</li></ul>")
    assert best_class(found) is None


def test_nesting_deeper_than_python_recurses() -> None:
    found, _ = surveyed("<div>" * 3000 + f"<p>{SENTENCE}</p>" * 3)
    found.spare()
    assert len(found.lines) == 3
    assert found.best() is not None


def test_pictures_take_their_captions_along_but_no_paragraphs() -> None:
    _, body = surveyed(
        f"<section><p>{SENTENCE}</p><div id='a'><span><img width=300></span><i>The mill.</i></div><p>{SENTENCE}</p>"
        f"<p><img width=300>{SENTENCE}</p><div id='small'><img width=20><i>Not a picture.</i></div></section>"
    )
    section = body.css_first("section")
    assert section is not None
    assert pictures(section) == {node.mem_id for node in body.css("#a")}


def test_a_page_made_of_pictures_keeps_its_words() -> None:
    _, body = surveyed(
        "<section>"
        + "".join(f"<div><img width=300><div>Number {n} of the mills.</div></div>" for n in range(9))
        + "</section>"
    )
    section = body.css_first("section")
    assert section is not None
    assert pictures(section) == set()
