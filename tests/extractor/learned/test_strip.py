"""What was learned, applied to pieces and lines."""

from __future__ import annotations

from scraper.article import Removed
from scraper.extractor.learned.model import RULE, Learned, key_of
from scraper.extractor.learned.strip import mark, strip
from scraper.extractor.piece import Piece
from scraper.extractor.text import fold
from scraper.extractor.textlines import Line

PROSE = "The ferry to Little Gull Island runs again, and the county says that it will run all winter."
ASK = "Somebody on your street pays for this."
SHORT = "Gull Radio"


def learned(*anywhere: str, edges: tuple[str, ...] = ()) -> Learned:
    def keys(texts: tuple[str, ...]) -> dict[str, str]:
        return {key_of(fold(text)): "appeal" for text in texts}

    return Learned(host="a.example", version=1, anywhere=keys(anywhere), edges=keys(edges))


def paragraphs(*texts: str) -> list[Piece | Removed]:
    return [Piece("paragraph", text) for text in texts]


def left(stream: list[Piece | Removed]) -> list[str]:
    return [item.text for item in stream if isinstance(item, Piece)]


def test_a_learned_paragraph_goes_wherever_it_stands_whatever_its_marks() -> None:
    out = strip(paragraphs(PROSE, "Somebody on  your street pays for THIS.", PROSE), learned(ASK))
    assert left(out) == [PROSE, PROSE]
    assert out[1] == Removed(rule=RULE, kind="appeal", text="Somebody on  your street pays for THIS.")


def test_headings_quotes_and_notes_never_go() -> None:
    stream: list[Piece | Removed] = [Piece(kind, ASK) for kind in ("heading", "quote", "note")]
    assert strip([*stream, *paragraphs(PROSE)], learned(ASK, edges=(ASK,)))[:3] == stream


def test_a_short_line_goes_at_the_edges_alone() -> None:
    out = strip(paragraphs(SHORT, PROSE, SHORT, PROSE, ASK, SHORT), learned(ASK, edges=(SHORT,)))
    assert left(out) == [PROSE, SHORT, PROSE]


def test_nothing_goes_between_the_turns_of_a_transcript() -> None:
    talk = ["AILSA CHANG, HOST: Good evening.", ASK, "BO LI: Yes.", "CHANG: Thank you."]
    assert left(strip(paragraphs(*talk, ASK), learned(ASK))) == talk


def test_a_list_loses_its_learned_items() -> None:
    piece = Piece("list", f"one\n{ASK}", items=["one", ASK])
    out = strip([*paragraphs(PROSE), piece], learned(ASK))
    assert isinstance(out[2], Piece)
    assert (left(out)[1], out[2].items) == ("one", ["one"])
    whole = Piece("list", ASK, items=[ASK])
    assert left(strip([*paragraphs(PROSE), whole], learned(ASK))) == [PROSE]


def test_a_story_is_never_left_without_a_paragraph() -> None:
    stream = paragraphs(ASK)
    assert strip(stream, learned(ASK)) == stream


def test_lines_of_a_text_are_marked_before_and_after_its_prose() -> None:
    lines = [Line(text) for text in (SHORT, "A headline", PROSE, SHORT, f"- {ASK}", PROSE, SHORT)]
    mark(lines, learned(ASK, edges=(SHORT,)))
    assert [line.mark is not None for line in lines] == [True, False, False, False, True, False, True]


def test_what_other_rules_have_marked_stays_theirs() -> None:
    line = Line(ASK, mark=("appeal.weighed", "appeal"))
    mark([line], learned(ASK))
    assert line.mark == ("appeal.weighed", "appeal")


def test_a_host_is_served_by_its_own_rules_and_a_page_of_no_known_host_by_any() -> None:
    own = learned(ASK)
    assert own.serves("https://www.a.example/x")
    assert own.serves(None, None)
    assert not own.serves("https://b.example/x", "https://a.example/x")
    assert not learned().serves(None)
