"""Names in capitals to natural case, and what the page itself knows of them."""

from __future__ import annotations

import pytest

from scraper.extractor.transcript.names import Spelling, fold, key, natural, near

NATURAL = {
    "ILSE VANDERMEER": "Ilse Vandermeer",
    "RONALD MCDONALD": "Ronald McDonald",
    "DEENA ROSS WILLARD": "Deena Ross Willard",
    "BETO O'ROURKE": "Beto O'Rourke",
    "SARAH MCCAMMON": "Sarah McCammon",
    "JILL MACDONALD": "Jill MacDonald",
    "WILLIAM H. MACY": "William H. Macy",
    "DINA TEMPLE-RASTON": "Dina Temple-Raston",
    "JEAN-MARC O'DELL-MCKEE": "Jean-Marc O'Dell-McKee",
    "INES DE LA FUENTE": "Ines de la Fuente",
    "LUCAS VAN DER HOEK": "Lucas van der Hoek",
    "MOHAMMED BIN RASHID": "Mohammed bin Rashid",
    "ABU BAKR AL-BAGHDADI": "Abu Bakr al-Baghdadi",
    "A MARTINEZ": "A Martinez",
    "J.D. POTTER": "J.D. Potter",
    "JD POTTER": "JD Potter",
    "AJ RENO": "AJ Reno",
    "EDWARD F. NOLAN JR.": "Edward F. Nolan Jr.",
    "CHARLES MOTT III": "Charles Mott III",
    "ROSA ÁLVAREZ": "Rosa Álvarez",
    "WARREN ST. JOHN": "Warren St. John",
    "RON DESANTIS": "Ron DeSantis",
    "ANDREA NG": "Andrea Ng",
    "DE'ANDRE ROSS": "De'Andre Ross",
    "MILES O`HARA": "Miles O'Hara",
    "RORY McALLISTER": "Rory McAllister",
    "Unidentified Woman #1": "Unidentified Woman #1",
    "UNIDENTIFIED PERSON #1": "Unidentified Person #1",
    "AI-GENERATED VOICE": "AI-Generated Voice",
    "JUNO AND IRIS PELL": "Juno and Iris Pell",
    "VAN JONES": "Van Jones",
}


@pytest.mark.parametrize(("shown", "name"), NATURAL.items())
def test_natural(shown: str, name: str) -> None:
    assert natural(shown) == name


@pytest.mark.parametrize("text", ["Álvarez", "İSTANBUL", "O’Neill `x`", "ŒUVRE ß", "", "ﬁ"])
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_key_is_the_same_for_spellings_of_one_name() -> None:
    assert key("J.D. O`BRIEN") == key("JD O’Brien")


def test_the_speech_spells_the_name() -> None:
    spelling = Spelling("Thanks to Sasha MacAuley, and to Ana Martínez. MACAULEY said so. I like A Martínez.")

    assert spelling.spell("SASHA MACAULEY") == "Sasha MacAuley"
    assert spelling.spell("BO MACAULEY") == "Bo MacAuley"
    assert spelling.spell("ANA MARTINEZ") == "Ana Martínez"
    assert spelling.spell("A MARTINEZ") == "A Martínez"


def test_a_word_is_not_a_part_of_a_name() -> None:
    assert Spelling("the Annapoet met ann poe").spell("ANN POE") == "Ann Poe"


def test_people_go_before_the_speech() -> None:
    assert Spelling("Siobhan Maccurtain", ["Siobhan MacCurtain"]).spell("SIOBHAN MACCURTAIN") == "Siobhan MacCurtain"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NPR's Ada Okonjo reports.", "Ada Okonjo"),
        ("Here is Mary Lou Okonjo.", "Mary Lou Okonjo"),
        ("The reporter, J.B. Okonjo, knows.", "J.B. Okonjo"),
        ("But Okonjo says so. Mr. Okonjo knows.", None),
        ("The okonjo is a bird.", None),
        ("ADA OKONJO: Hi.", None),
    ],
)
def test_full_name_of_a_surname(text: str, name: str | None) -> None:
    assert Spelling(text).full_name("OKONJO") == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("anselm", "anslem", True),
        ("whitlock", "whitlok", True),
        ("proffitt", "profitt", True),
        ("martin", "marten", True),
        ("miller", "mills", False),
        ("martin", "martin", False),
        ("stone", "stonely", False),
    ],
)
def test_near(one: str, other: str, same: bool) -> None:
    assert near(one, other) is same
    assert near(other, one) is same


@pytest.mark.parametrize(
    ("label", "text", "people", "name"),
    [
        ("A MARTÍNEZ", "Rosa Martinez left early.", (), "A Martínez"),
        ("A MARTÍNEZ", "A Martinez is off today.", (), "A Martínez"),
        ("A MARTÍNEZ", "A Martinez is off. Thanks to A Martínez.", (), "A Martínez"),
        ("A MARTÍNEZ", "", ("A Martinez", "Rosa Martinez"), "A Martínez"),
        ("ANA MARTINEZ", "Rosa Martínez left early.", (), "Ana Martínez"),
        ("JOSÉ PEÑA", "Jose Peña left early.", (), "José Peña"),
        ("ZOË DE LA PEÑA", "Thanks to Rosa de La Pena.", (), "Zoë de la Peña"),
    ],
)
def test_an_accent_of_the_label_is_kept(label: str, text: str, people: tuple[str, ...], name: str) -> None:
    assert Spelling(text + " Über.", people).spell(label) == name
