"""Given the head of a line, when read, then this label: both eras, and what is none."""

from __future__ import annotations

import pytest

from scraper.extractor.transcript import labels

READ = [
    # line, name, role, kind
    ("MARA OKAFOR, HOST:", "MARA OKAFOR", "host", "name"),
    ("MARA OKAFOR, HOST: Good morning.", "MARA OKAFOR", "host", "name"),
    ("MARA OKAFOR, HOST :", "MARA OKAFOR", "host", "name"),
    ("DAN WEXLER, BYLINE: Hi, Mara.", "DAN WEXLER", "reporter", "name"),
    ("DAN WEXLER BYLINE: Hi, Mara.", "DAN WEXLER", "reporter", "name"),
    ("A SALGADO, HOST:", "A SALGADO", "host", "name"),
    ("OKAFOR: Who wants this?", "OKAFOR", None, "name"),
    ("ROSS WILLARD: Me.", "ROSS WILLARD", None, "name"),
    ("HORN-GHAZALI: Yes: all of it.", "HORN-GHAZALI", None, "name"),
    ("O'DELL: No.", "O'DELL", None, "name"),
    ("O’DELL: No.", "O’DELL", None, "name"),
    ("MILES O`HARA: Well.", "MILES O`HARA", None, "name"),
    ("ROSA ÁLVAREZ NÚÑEZ: Sí.", "ROSA ÁLVAREZ NÚÑEZ", None, "name"),
    ("ŽELJKA ŠIMIĆ: Da.", "ŽELJKA ŠIMIĆ", None, "name"),
    ("RORY McALLISTER: Aye.", "RORY McALLISTER", None, "name"),
    ("RON DeMORA: Yes.", "RON DeMORA", None, "name"),
    ("LUCAS van der HOEK: Ja.", "LUCAS van der HOEK", None, "name"),
    ("J.R. POTTER JR.: Sure.", "J.R. POTTER JR.", None, "name"),
    ("JOHN STONE, JR.: Sure.", "JOHN STONE JR.", None, "name"),
    ("50 PENCE: (Rapping) Coins.", "50 PENCE", None, "name"),
    ("UNIDENTIFIED PERSON #12: Who?", "UNIDENTIFIED PERSON #12", "unidentified", "stranger"),
    ("UNIDENTIFIED MUSICAL ARTIST: (Singing) La.", "UNIDENTIFIED MUSICAL ARTIST", "unidentified", "stranger"),
    ("AI-GENERATED VOICE: Turn left.", "AI-GENERATED VOICE", "unidentified", "stranger"),
    ("AUTOMATED VOICE: Turn left.", "AUTOMATED VOICE", "unidentified", "stranger"),
    ("STUDENT #3: Here.", "STUDENT #3", "unidentified", "stranger"),
    ("HOST #2: Here.", "HOST #2", "host", "stranger"),
    ("HOST: And now.", "", "host", "role"),
    ("HELEN PRYCE, host:", "HELEN PRYCE", "host", "name"),
    ("HELEN PRYCE, guest host: Hello.", "HELEN PRYCE", "host", "name"),
    ("BASIL THWAITE, anchor:", "BASIL THWAITE", "host", "name"),
    ("NEAL DOWD (Host): Hello.", "NEAL DOWD", "host", "name"),
    ("ALVIN DOW reporting:", "ALVIN DOW", "reporter", "name"),
    ("ALVIN DOW, reporting: Snow.", "ALVIN DOW", "reporter", "name"),
    ("Mr. CARL FENWICK (Carpenter, Dow County): It was.", "CARL FENWICK", None, "name"),
    ('Mr. SAUL BRIGHT (Author, "Rain: A Life"): It fell.', "SAUL BRIGHT", None, "name"),
    ("Professor LYLE ANDERS (Law; Elm College): Yes.", "LYLE ANDERS", None, "name"),
    ("Secretary of State ANN POE: We will.", "ANN POE", None, "name"),
    ("Lt. Col. BO DREW (U.S. Army): Sir.", "BO DREW", None, "name"),
    ("Sen. BOOTH: Not so.", "BOOTH", None, "name"),
    ("NPR's JO BELL: Thanks.", "JO BELL", None, "name"),
    ("Unidentified Woman #1: We were.", "Unidentified Woman #1", "unidentified", "stranger"),
    ("Unidentified Man (Voter): I was.", "Unidentified Man", "unidentified", "stranger"),
    ("Group of Children: (In unison) Hi.", "Group of Children", "unidentified", "stranger"),
    ("Announcer: Live from Tarn.", "Announcer", "unidentified", "stranger"),
    ("BARBARA (Caller): Hi.", "BARBARA", None, "name"),
    ("REP. ADELE STROUD (D-CA): I did.", "ADELE STROUD", None, "name"),
    ("PRESIDENT CLAY: Order.", "CLAY", None, "name"),
    ("KESSLER (on camera): Here.", "KESSLER", None, "name"),
    ("ULI BERGMANN (through translator): So.", "ULI BERGMANN", None, "name"),
    ("DINA FIELDING, Shoreham Laboratory for Ocean Sciences: So.", "DINA FIELDING", None, "name"),
    ("STROUD:: Very much.", "STROUD", None, "name"),
    ("BERG:So much.", "BERG", None, "name"),
    ("JUNO AND IRIS PELL: Hello.", "JUNO AND IRIS PELL", None, "name"),
    ("[Lucía Ferrer]: Hola.", "Lucía Ferrer", None, "name"),
    ("[Lucía Ferrer, host]: Hola.", "Lucía Ferrer", "host", "name"),
]

NONE = [
    "He had one rule: no dogs.",
    "The Senate voted: 51 to 49.",
    "NPR's Jo Bell reports: it snows.",
    "Q: How long?",
    "A: A week.",
    "7:30 is early.",
    "AT 7:30: doors open.",
    "https://example.org/a: a map",
    "WAIT! WHAT?: no",
    "WXRM : More Birds, Less Static WXEM: The Coast's Home"[5:],
    "PLANET DOUGH and EVERY THING NOTED reported it first.",
    "THE VERY LONG NAME OF SOMETHING WITH MORE WORDS THAN PEOPLE HAVE: no",
    "Dr. Wilma Thorne joined: late.",
    "Unidentified gunmen struck again: two died.",
    "NEW YORK, N.Y., WHERE IT RAINED AND RAINED AND NOBODY CAME UNTIL LATE IN THE EVENING OF THE SECOND DAY OF MAY",
    "KELLY 100%: sure",
    "SILENCE",
    ": nothing",
    "",
    "MR.: what",
    "I said so: twice.",
    "A man came in: he was wet.",
]


@pytest.mark.parametrize(("line", "name", "role", "kind"), READ)
def test_label(line: str, name: str, role: str | None, kind: str) -> None:
    read = labels.read(line)

    assert read is not None
    label, words_at = read
    assert (label.name, label.role, label.kind) == (name, role, kind)
    assert line.startswith(label.shown)
    assert not line[words_at:].startswith((":", " "))


@pytest.mark.parametrize("line", NONE)
def test_no_label(line: str) -> None:
    read = labels.read(line)

    assert read is None or not read[0].somebody


def test_mixed_case_is_read_on_demand_only() -> None:
    assert labels.read("Zoe Hart: Glad to be here.") is None

    read = labels.read("Zoe Hart: Glad to be here.", mixed=True)

    assert read is not None
    assert (read[0].name, read[0].mixed) == ("Zoe Hart", True)


def test_directions_before_the_colon_are_cues() -> None:
    read = labels.read("ULI BERGMANN (through translator): So.")

    assert read is not None
    assert read[0].cues == ("(through translator)",)


def test_a_party_in_brackets_is_no_affiliation_in_words() -> None:
    party, job = labels.read("BO DREW (R): 45%"), labels.read("BO DREW (Carpenter): Hi.")

    assert party is not None
    assert job is not None
    assert (party[0].formal, job[0].formal) == (False, True)


@pytest.mark.parametrize("line", ["Q: a", "KWXR: How?", "NPR: How?", "QUESTION: How?", "INTERVIEWER: How?"])
def test_printed_interviews_are_known_by_who_asks(line: str) -> None:
    read = labels.read(line)

    assert read is None or labels.asks(read[0])


def test_people_with_short_names_are_no_stations() -> None:
    read = labels.read("KING: How?")

    assert read is not None
    assert not labels.asks(read[0])
