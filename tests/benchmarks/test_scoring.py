"""Hand-made pages and answers: what each measure says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.extraction.answers import Answer, answer_of
from benchmarks.extraction.cases import Case, Furniture, Turn, case_of
from benchmarks.extraction.scoring import judge

FIRST = "The ferry to Brindle Island stopped running on Monday, and nobody told the goats."
SECOND = "Its captain, Odile Marsh, says the goats will be fetched by rowing boat."
THIRD = "They are thirty-one in number."


def story(**changes: Any) -> Case:
    settled: dict[str, Any] = {"paragraphs": (FIRST, SECOND, THIRD), **changes}
    return Case(name="goats", path=Path("goats.html"), url=None, group="made", page_types=("article",), **settled)


def says(*paragraphs: str, **fields: Any) -> Answer:
    return answer_of({"text": "\n\n".join(paragraphs), **fields})


# ---------------------------------------------------------------------- words and paragraphs
def test_the_gold_itself_is_faultless() -> None:
    score = judge(story(), says(FIRST, SECOND, THIRD))
    assert (score.paragraph_f1, score.precision, score.recall, score.token_f1) == (1.0, 1.0, 1.0, 1.0)
    assert not score.lost
    assert not score.leaks
    assert score.decided


def test_two_of_three_paragraphs() -> None:
    score = judge(story(), says(FIRST, SECOND))
    assert score.paragraph_f1 == pytest.approx(0.8)  # precision 1, recall 2/3
    assert score.precision == 1.0
    assert score.recall == pytest.approx(27 / 33)
    assert score.lost == (THIRD,)


def test_a_paragraph_cut_in_two_is_not_exact_but_not_lost() -> None:
    score = judge(
        story(), says(FIRST, "Its captain, Odile Marsh, says", "the goats will be fetched by rowing boat.", THIRD)
    )
    assert score.paragraph_f1 == pytest.approx(2 * (2 / 4) * (2 / 3) / (2 / 4 + 2 / 3))
    assert score.token_f1 == 1.0
    assert not score.lost


def test_a_paragraph_given_twice_costs_precision() -> None:
    score = judge(story(), says(FIRST, SECOND, THIRD, THIRD))
    assert score.paragraph_f1 == pytest.approx(2 * 0.75 / 1.75)
    assert score.recall == 1.0
    assert score.precision == pytest.approx(33 / 39)


def test_white_space_markers_of_lists_and_unseen_characters_do_not_count() -> None:
    answer = says(FIRST.replace(" ", "  "), "- " + SECOND, "They are thirty-one in num\u00adber.")
    assert judge(story(), answer).paragraph_f1 == 1.0


def test_open_texts_count_neither_way() -> None:
    case = story(open=frozenset({THIRD}))
    for answer in (says(FIRST, SECOND), says(FIRST, SECOND, THIRD)):
        score = judge(case, answer)
        assert (score.paragraph_f1, score.token_f1, score.lost) == (1.0, 1.0, ())


def test_a_paragraph_may_come_in_the_parts_that_the_gold_allows() -> None:
    head, tail = SECOND.split(", says ")
    case = story(merges=((SECOND, (head, tail)),))
    assert judge(case, says(FIRST, head, tail, THIRD)).paragraph_f1 == 1.0


def test_gold_of_other_conventions_is_judged_by_words_alone() -> None:
    score = judge(story(exact=False), says(FIRST, SECOND, THIRD))
    assert score.paragraph_f1 is None
    assert score.token_f1 == 1.0


# ---------------------------------------------------------------------- furniture
def test_a_forbidden_string_is_found_across_lines_but_not_inside_a_word() -> None:
    case = story(furniture=(Furniture("marked", "Give now", "string"), Furniture("marked", "goat", "string")))
    assert judge(case, says(FIRST, "Please give.", "Give", "now")).leaks == (("marked", "Give now"),)
    assert not judge(case, says(FIRST, SECOND, THIRD)).leaks  # "goats" is no "goat"


def test_the_title_leaks_as_a_line_only() -> None:
    case = story(furniture=(Furniture("title", "thirty-one in number", "line"),))
    assert not judge(case, says(FIRST, SECOND, THIRD)).leaks
    assert judge(case, says("thirty-one in number", FIRST)).leaks == (("title", "thirty-one in number"),)


def test_furniture_is_told_by_five_words_that_the_story_does_not_have() -> None:
    caption = "Odile Marsh, says the goats will be fetched, stands at the pier at dawn."
    case = story(furniture=(Furniture("caption", caption, "run"),))
    assert not judge(case, says(FIRST, SECOND, THIRD)).leaks
    assert judge(case, says(FIRST, "stands at the pier", "at dawn")).leaks == (("caption", "stands at the pier at"),)


def test_a_word_or_two_are_furniture_only_on_their_own_line() -> None:
    case = story(furniture=(Furniture("share", "Odile", "run"), Furniture("share", "Tweet This", "run")))
    assert not judge(case, says(FIRST, "You may tweet this if you like.")).leaks
    assert judge(case, says(FIRST, "Tweet this", "Tweet This")).leaks == (("share", "Tweet This"),)


# ---------------------------------------------------------------------- stories and others
def test_a_page_that_is_no_story_is_only_told_from_one() -> None:
    case = Case(name="n", path=Path("n.html"), url=None, group="made", page_types=("list",))
    assert judge(case, says("")).decided
    score = judge(case, says("Latest stories"))
    assert not score.decided
    assert score.token_f1 is None


def test_a_peers_own_word_decides_over_its_text() -> None:
    case = Case(name="n", path=Path("n.html"), url=None, group="made", page_types=("episode",))
    assert judge(case, says("", page_type="episode")).decided
    assert not judge(case, says("Words", page_type="list")).decided


def test_a_lost_page_has_nothing_right() -> None:
    case = story(titles=("Goats",), authors=(frozenset(),), dates=("2024-05-06",), turns=(Turn(None, None, None, "a"),))
    score = judge(case, Answer(failure="no answer in 60 s"))
    assert (score.token_f1, score.title, score.authors, score.date, score.turns) == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert not score.decided


# ---------------------------------------------------------------------- fields
def test_fields_that_a_peer_does_not_offer_are_not_judged() -> None:
    case = story(titles=("Goats",), authors=(frozenset({"Odile Marsh"}),), dates=("2024-05-06",))
    score = judge(case, says(FIRST))
    assert (score.title, score.authors, score.date) == (None, None, None)


@pytest.mark.parametrize(
    ("title", "right"), [("The captain’s goats", 1.0), ("The captain's goats | WRVL", 0.0), (None, 0.0)]
)
def test_titles(title: str | None, right: float) -> None:
    assert judge(story(titles=("The captain's  goats",)), says(FIRST, title=title)).title == right


@pytest.mark.parametrize(
    ("authors", "right"),
    [(["odile márquez"], 1.0), (["Odile Marquez", "Odile Marquez"], 1.0), (["Odile Marquez", "WRVL"], 0.0), ([], 0.0)],
)
def test_authors_are_a_set_of_names(authors: list[str], right: float) -> None:
    case = story(authors=(frozenset({"Odile Márquez"}),))
    assert judge(case, says(FIRST, authors=authors)).authors == right


def test_names_from_a_biography_may_be_given_or_not() -> None:
    gold = {
        "paragraphs": [FIRST],
        "page_type": "article",
        "title": "Goats",
        "authors": [],
        "authors_from_bio": ["Lu Im"],
    }
    case = case_of(Path("goats.html"), gold, "made")
    assert judge(case, says(FIRST, authors=[])).authors == 1.0
    assert judge(case, says(FIRST, authors=["Lu Im"])).authors == 1.0
    assert judge(case, says(FIRST, authors=["Bo Ek"])).authors == 0.0


@pytest.mark.parametrize(
    ("date", "right"),
    [
        ("2024-05-07T02:10:00Z", 1.0),
        ("2024-05-06T22:10:00-04:00", 1.0),
        ("2024-05-06", 1.0),
        ("2024-05-07", 1.0),
        ("2024-05-08", 0.0),
        ("6 May 2024", 0.0),
        (None, 0.0),
    ],
)
def test_a_date_is_right_to_the_day_in_utc_or_in_the_east(date: str | None, right: float) -> None:
    assert judge(story(dates=("2024-05-07T02:10:00Z",)), says(FIRST, date=date)).date == right


# ---------------------------------------------------------------------- turns
ASKED = {"speaker": "Rosa Lind", "label": "ROSA LIND, HOST", "role": "host", "text": "Are the goats well?"}
ANSWERED = {"speaker": "Odile Marsh", "label": "MARSH", "role": "guest", "text": "They are. Mostly."}


def spoken(*more: Turn) -> Case:
    turns = (Turn(**ASKED), Turn(**ANSWERED), *more)
    return story(paragraphs=tuple(turn.text for turn in turns if not turn.optional), turns=turns)


def test_labels_are_taken_off_before_words_and_paragraphs_are_compared() -> None:
    score = judge(spoken(), says("ROSA LIND, HOST: Are the goats well?", "MARSH: They are. Mostly."))
    assert (score.paragraph_f1, score.token_f1) == (1.0, 1.0)
    assert score.turns is None  # the peer gives none


def test_speaker_words_and_roles() -> None:
    assert judge(spoken(), says(turns=[ASKED, ANSWERED])).turns == 1.0
    wrong_role = judge(spoken(), says(turns=[ASKED, {**ANSWERED, "role": "host"}]))
    assert (wrong_role.turns, wrong_role.roles) == (1.0, 0.5)
    assert judge(spoken(), says(turns=[ASKED, {**ANSWERED, "speaker": "Marsh"}])).turns == 0.5
    assert judge(spoken(), says(turns=[ANSWERED, ASKED])).turns == 0.5  # the order counts
    assert judge(spoken(), says(turns=[ASKED, ANSWERED, ASKED])).turns == pytest.approx(2 / 3)
    assert judge(spoken(), says(turns=[])).turns == 0.0


def test_neighbouring_turns_of_one_speaker_are_one() -> None:
    halves = [{**ANSWERED, "text": "They are."}, {**ANSWERED, "text": "Mostly."}]
    assert judge(spoken(), says(turns=[ASKED, *halves])).turns == 1.0


def test_an_optional_turn_may_be_missing_or_anybodys() -> None:
    case = spoken(Turn(None, None, "host", "Goats are animals.", optional=True))
    extra = {"speaker": "Rosa Lind", "label": None, "role": "host", "text": "Goats are animals."}
    assert judge(case, says(turns=[ASKED, ANSWERED])).turns == 1.0
    assert judge(case, says(turns=[extra, ASKED, ANSWERED])).turns == 1.0
