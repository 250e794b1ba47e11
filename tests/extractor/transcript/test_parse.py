"""The face of the package: what is told by the arguments, what stays, what is printed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scraper.article import Block, Turn
from scraper.extractor import transcript
from scraper.extractor.transcript import Parsed, render_turn


def paragraphs(*texts: str) -> list[Block]:
    return [Block(kind="paragraph", text=text) for text in texts]


def parse(*texts: str, certain: bool = False, people: tuple[str, ...] = ()) -> Parsed:
    parsed = transcript.parse(paragraphs(*texts), certain=certain, people=people)
    assert parsed is not None
    return parsed


def said(parsed: Parsed) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in parsed.transcript.turns]


@pytest.mark.parametrize(
    ("speaker", "role", "text", "shown"),
    [
        ("Rory McAllister", "guest", "Hello.", "RORY MCALLISTER: Hello."),
        ("Rosa Álvarez", "host", "One.\nTwo.", "ROSA ÁLVAREZ: One.\nTwo."),
        ("Unidentified Person #1", "unidentified", "Hey.", "UNIDENTIFIED PERSON #1: Hey."),
        (None, "host", "Good morning.", "Good morning."),
    ],
)
def test_a_turn_in_print(speaker: str | None, role: str, text: str, shown: str) -> None:
    assert render_turn(Block(kind="turn", text=text, speaker=speaker, role=role)) == shown


def test_written_blocks_are_given_back_as_they_came() -> None:
    story = [
        Block(kind="paragraph", text="A dek, (SOUNDBITE) and all: here."),
        Block(kind="list", text="one\ntwo", items=["one", "two"], ordered=False),
        *paragraphs("ANN POE, HOST: Hi.", "BO DREW: Hello."),
        Block(kind="heading", text="More", level=3),
        Block(kind="paragraph", text="A last remark."),
    ]

    parsed = transcript.parse(story)

    assert parsed is not None
    assert [block.kind for block in parsed.blocks] == ["paragraph", "list", "turn", "turn", "heading", "paragraph"]
    assert [parsed.blocks[i] for i in (0, 1, 4, 5)] == [story[i] for i in (0, 1, 4, 5)]
    assert parsed.spoken_from == 2


def test_people_complete_a_surname_and_tell_a_stop_word_from_a_name() -> None:
    parsed = parse(
        "It snowed in Elm all night, and it did not stop.",
        "JO BELL, BYLINE: It did not.",
        "COOK: How deep is it?",
        "BELL: Two feet.",
        "COOK: Goodness.",
        people=("Mary Anne Cook",),
    )

    assert said(parsed)[2] == ("Mary Anne Cook", "host", "How deep is it?")


def test_a_page_that_says_so_needs_one_label_only() -> None:
    texts = ("JO BELL: I have kept this lighthouse for 30 years.", "It is dark.")

    assert transcript.parse(paragraphs(*texts)) is None
    assert said(parse(*texts, certain=True)) == [
        ("Jo Bell", "guest", "I have kept this lighthouse for 30 years.\nIt is dark.")
    ]


def test_a_page_that_says_so_without_labels_is_left_alone() -> None:
    assert transcript.parse(paragraphs("I have kept this lighthouse.", "It is dark."), certain=True) is None
    assert transcript.parse([], certain=True) is None


def test_a_printed_interview_is_left_alone_whatever_the_page_says() -> None:
    story = paragraphs("QUESTION: Why?", "JO BELL: Because.", "QUESTION: And then?", "JO BELL: Then it rained.")

    assert transcript.parse(story, certain=True) is None


def test_results_of_an_election_are_no_speech() -> None:
    story = paragraphs("JO BELL (R): 45%", "BO DREW (D): 55%", "JO BELL (R): 12%", "BO DREW (D): 88%", "BO DREW (D): 7")

    assert transcript.parse(story) is None


def test_a_written_story_is_not_taken_for_the_introduction() -> None:
    written = [f"Paragraph {number} of the story of the dam." for number in range(1, 8)]

    plain = parse(*written, "JO BELL, BYLINE: It leaks.", "BO DREW: It does.")
    introduced = parse(*written, "Jo Bell reports.", "JO BELL, BYLINE: It leaks.", "BO DREW: It does.")

    assert plain.spoken_from == 7
    assert introduced.spoken_from == 7
    assert said(introduced)[0] == (None, "host", "Jo Bell reports.")


def test_remarks_before_the_first_label_are_notes() -> None:
    parsed = parse(
        "This conversation has been edited for length and clarity.",
        "[EDITOR'S NOTE: It rained that day.]",
        "JO BELL: It rained.",
        "BO DREW: All day.",
        certain=True,
    )

    assert [block.kind for block in parsed.blocks] == ["note", "note", "turn", "turn"]
    assert parsed.spoken_from == 2


def test_notice_and_marker_glued_before_the_first_label() -> None:
    parsed = parse(
        "Copyright 2022 NPR. To see more, visit https://www.npr.org. ANN POE, HOST: It snows. Jo Bell is out there."
        " JO BELL, BYLINE: So I am. POE: How deep?",
        "Transcript: BELL: Two feet.",
    )

    assert [turn[0] for turn in said(parsed)] == ["Ann Poe", "Jo Bell", "Ann Poe", "Jo Bell"]
    assert parsed.footer == ["Copyright 2022 NPR. To see more, visit https://www.npr.org."]
    assert parsed.markers == ["Transcript:"]


def test_second_host_shows_that_the_first_ones_label_is_lost() -> None:
    parsed = parse("It snowed in Elm.", "BO DREW, HOST:", "And I'm Bo Drew. It snowed here, too.", "JO BELL: And here.")

    assert said(parsed)[0] == (None, "host", "It snowed in Elm.")


def test_a_lost_host_is_known_by_a_surname_that_nobody_says() -> None:
    parsed = parse(
        "It snowed in Elm. NPR's Jo Bell is there. Hi, Jo.",
        "JO BELL, BYLINE: Hi.",
        "DREW: How deep is it?",
        "BELL: Two feet. Neil has the stick.",
        "NEIL: Two and a half.",
        "DREW: Goodness.",
    )

    assert [(speaker, role) for speaker, role, _ in said(parsed)] == [
        (None, "host"),
        ("Jo Bell", "reporter"),
        ("Drew", "host"),
        ("Jo Bell", "reporter"),
        ("Neil", "guest"),
        ("Drew", "host"),
    ]


def test_laughter_does_not_start_a_recording_and_a_clip_ends() -> None:
    parsed = parse(
        "ANN POE, host: So he fell.",
        "(Soundbite of laughter)",
        "Mr. BO DREW (Author): Twice.",
        "(SOUNDBITE OF ARCHIVED RECORDING)",
        "JO BELL: He fell.",
        "POE: Thrice.",
        "(BEGIN VIDEO CLIP)",
        "BELL: Again.",
        "(END VIDEO CLIP)",
        "DREW: Enough.",
    )

    assert [turn.tape for turn in parsed.transcript.turns] == [False, False, True, False, True, False]


def test_a_neighbouring_paragraph_of_the_same_voice_is_the_same_turn_whatever_its_label() -> None:
    parsed = parse(
        "ANN POE, HOST: One.", "POE: Two.", "Three.", "ANN POE: Four.", "UNIDENTIFIED PERSON: A.", "BO DREW: B."
    )

    assert parsed.transcript.turns[0] == Turn(
        speaker="Ann Poe", label="ANN POE, HOST", role="host", text="One.\nTwo.\nThree.\nFour."
    )


def test_strangers_are_not_taken_for_one_another() -> None:
    parsed = parse("ANN POE, HOST: Who?", "UNIDENTIFIED PERSON: Me.", "UNIDENTIFIED PERSON: And me.")

    assert [turn.text for turn in parsed.transcript.turns] == ["Who?", "Me.", "And me."]


def test_a_label_of_the_sound_alone_is_a_turn() -> None:
    parsed = parse("ANN POE, HOST: Listen.", "CROWD: (CHANTING)", "POE: (Speaking Spanish).")

    assert said(parsed)[1:] == [("Crowd", "unidentified", "(CHANTING)"), ("Ann Poe", "host", "(Speaking Spanish).")]
    assert [turn.cues for turn in parsed.transcript.turns[1:]] == [["(CHANTING)"], ["(Speaking Spanish)"]]


def test_people_in_unison_share_a_role() -> None:
    parsed = parse("ANN POE, HOST: Hi.", "BO DREW, HOST: Hi.", "POE AND DREW: This is the news.")

    assert said(parsed)[2] == ("Poe and Drew", "host", "This is the news.")


def test_a_reporter_on_tape_who_hosts_later() -> None:
    parsed = parse(
        "BO DREW, HOST: Listen.",
        "ANN POE, BYLINE: It snows.",
        "POE: Hard.",
        "ANN POE, HOST:",
        "Hi.",
        "DREW: Hi.",
        "POE: So.",
    )

    assert [(turn[0], turn[1]) for turn in said(parsed)[1:]] == [
        ("Ann Poe", "reporter"),
        ("Ann Poe", "host"),
        ("Bo Drew", "host"),
        ("Ann Poe", "host"),
    ]


def test_junior_and_senior_are_two() -> None:
    parsed = parse("ROB KENT JR., HOST: Hi.", "ROB KENT SR.: Hi, son.", "KENT JR.: Dad.", "KENT SR.: Son.")

    assert [turn[0] for turn in said(parsed)] == ["Rob Kent Jr.", "Rob Kent Sr.", "Rob Kent Jr.", "Rob Kent Sr."]


def test_one_person_spelled_in_two_ways() -> None:
    parsed = parse(
        "ANN POE, HOST: It is hot.",
        "STEVE PROFFITT: Here is Steve Proffitt.",
        "POE: Yes.",
        "STEVE PROFITT: It is.",
        "POE: Is it?",
        "PROFITT: Yes.",
    )

    assert {turn[0] for turn in said(parsed)} == {"Ann Poe", "Steve Proffitt"}


def test_capitals_before_a_colon_in_running_speech_are_words() -> None:
    parsed = parse("ANN POE, HOST: The sign said. DANGER: keep out. It also said KENT: this way.", "BO DREW: It did.")

    assert said(parsed)[0][2] == "The sign said. DANGER: keep out. It also said KENT: this way."


def test_a_written_story_loads_nothing() -> None:
    code = (
        "import sys; from scraper.article import Block; from scraper.extractor import transcript;"
        "story = [Block(kind='paragraph', text='The Senate voted: 51 to 49. It snowed.')] * 40;"
        "assert transcript.parse(story) is None;"
        "print([name for name in sys.modules if name.startswith('scraper.extractor.transcript.')])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_band_is_somebody_where_it_sings() -> None:
    parsed = parse(
        "MARA OKAFOR, HOST:",
        "Here they are.",
        '(SOUNDBITE OF SONG, "PORCH LIGHT")',
        "THE LEAKY BUCKETS: (Singing) I'm only slow, not gone.",
        "OKAFOR: Thanks to all of them.",
    )
    assert [turn.speaker for turn in parsed.transcript.turns] == ["Mara Okafor", "The Leaky Buckets", "Mara Okafor"]


def test_a_story_that_quotes_people_is_written_and_its_authors_are_no_guests() -> None:
    parsed = parse(
        "Royce Tenney has made bells in a garage since 1979.",
        "“It’s all in the lip,” Tenney says.",
        "ZOE HART: What does one cost?",
        "ANN POE: About $90.",
        "ZOE HART: And will a cow wear it?",
        "ANN POE: She will tell you.",
        people=("Ann Poe", "Zoe Hart"),
    )
    assert [block.kind for block in parsed.blocks] == ["paragraph", "paragraph", "turn", "turn", "turn", "turn"]
    assert [turn.role for turn in parsed.transcript.turns][:2] == ["host", "reporter"]


def test_what_stands_before_a_remark_on_the_interview_is_written() -> None:
    parsed = parse(
        "A saguaro crossed the lake lying down.",
        "Zoe Hart spoke with Ann Poe. Their interview has been lightly edited for length.",
        "ZOE HART: Why by boat?",
        "ANN POE: Insurance.",
        "ZOE HART: Does it float?",
        "ANN POE: It rolls.",
    )
    assert parsed.blocks[0].kind == "paragraph"
    assert [block.kind for block in parsed.blocks][-4:] == ["turn"] * 4


def test_courtesies_tell_two_people_of_one_surname() -> None:
    parsed = parse(
        "ANN DREW, host: Hello.",
        "Mr. BEN POE (Farmer): No.",
        "Ms. ÓLAFÍA POE (Teacher): Yes.",
        "Mr. POE: Ten.",
        "Ms. POE: Nine.",
        "Mrs. POE: And a half.",
    )

    assert [speaker for speaker, _, _ in said(parsed)] == ["Ann Drew", "Ben Poe", "Ólafía Poe", "Ben Poe", "Ólafía Poe"]
    assert said(parsed)[-1][2] == "Nine.\nAnd a half."


def test_an_initial_tells_two_people_of_one_surname() -> None:
    parsed = parse(
        "ANN DREW, HOST: Hello.",
        "BEN VAN HOUTEN: No.",
        "ADA VAN HOUTEN: Yes.",
        "B VAN HOUTEN: No.",
        "A. VAN HOUTEN: Yes.",
    )

    assert [turn.speaker for turn in parsed.transcript.turns[3:]] == ["Ben van Houten", "Ada van Houten"]


def test_an_initial_of_two_people_is_neither() -> None:
    parsed = parse("ANN DREW, HOST: Hello.", "ADA POE: No.", "ABE POE: Yes.", "A POE: Well.")

    assert parsed.transcript.turns[-1].speaker == "A Poe"


def test_a_surname_of_many_words_is_spelled_as_another_bears_it() -> None:
    parsed = parse("ANN DREW, HOST: Here's Ada Van Houten.", "ADA VAN HOUTEN: Yes.", "BEN VAN HOUTEN: No.")

    assert parsed.transcript.turns[-1].speaker == "Ben Van Houten"


def test_an_office_in_capitals_is_no_given_name() -> None:
    parsed = parse(
        "ANN DREW, HOST: Hello.", "MAYOR TIP LARUE: No.", "LARUE: Yes.", "SEN. POE: What?", "SHERIFF JO BELL: Hm."
    )

    assert [turn.speaker for turn in parsed.transcript.turns[1:]] == ["Tip Larue", "Poe", "Jo Bell"]


def test_turns_in_a_list_are_turns() -> None:
    items = [
        "ANN DREW: Is the dam safe?",
        "BEN POE: For now.",
        "DREW: And in spring?",
        "(LAUGHTER)",
        "POE: Ask me then.",
    ]
    listed = Block(kind="list", text="\n".join(f"- {item}" for item in items), items=items)

    parsed = transcript.parse([listed])

    assert parsed is not None
    assert [turn.text for turn in parsed.transcript.turns] == [
        "Is the dam safe?",
        "For now.",
        "And in spring?",
        "Ask me then.",
    ]
    assert parsed.transcript.sounds == ["(LAUGHTER)"]


def test_a_list_in_a_written_story_stays() -> None:
    items = ["COST: nine dollars", "DATE: in June", "PLACE: the barn"]
    listed = Block(kind="list", text="\n".join(f"- {item}" for item in items), items=items)

    assert transcript.parse([*paragraphs("Here is what to know."), listed]) is None
