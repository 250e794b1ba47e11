"""Given a page's language, when its lines are read, then that language's furniture goes, and no other's."""

from __future__ import annotations

import pytest

from scraper.extractor import furniture
from scraper.extractor.reader import read
from scraper.page import Page


@pytest.mark.parametrize(
    ("line", "language", "kind"),
    [
        ("Mehr zum Thema", "de", "promo"),
        ("TEILEN", "de", "share"),
        ("Lesen Sie auch: Pflaumen früh dran", "de", "promo"),
        ("Über dieses Thema berichtete NDR 1 am 28. April 2023 um 16:00 Uhr.", "de", "promo"),
        ("Quelle: dpa", "de", "copyright"),
        ("MDR (Runa Zöllner, Falk Örtel)", "de", "copyright"),
        ("Mehr zu den Pegeln am Rhein lesen Sie in unserem Liveblog:", "de", "promo"),
        ("À lire aussi : Le phare qui compte", "fr", "promo"),
        ("Lea también: La isla sin reloj", "es", "promo"),
        ("Читайте также", "ru", "promo"),
        ("延伸閱讀", "zh", "promo"),
        ("Lees ook: Molen draait weer", "nl", "promo"),
    ],
)
def test_furniture_of_the_language(line: str, language: str, kind: str) -> None:
    found = furniture.phrase(line, language=language)
    assert found is not None
    assert found[1] == kind
    assert furniture.phrase(line) is None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Mehr zum Thema wusste der Fährmann auch nicht.", "de"),
        ("Lesen Sie auch das Kleingedruckte? Er schon.", "de"),
        ("Quelle: Der Bach entspringt hier. Er versiegt im Mai.", "de"),
        ("Del", "de"),
        ("Der NDR (Hamburg und Kiel) sendet weiter.", "de"),
        ("Mehr zu sagen hatte sie nicht.", "de"),
        ("Partager un repas, dit-elle, ne coûte rien.", "fr"),
        ("Реклама тут ни при чём, говорит он.", "ru"),
    ],
)
def test_sentences_of_a_story_stay(line: str, language: str) -> None:
    assert furniture.phrase(line, language=language) is None


def test_common_lines_are_always_on() -> None:
    assert furniture.phrase("Share on Facebook", language="de") == furniture.phrase("Share on Facebook")


def page(lang: str) -> str:
    return f"""<html lang="{lang}"><head><title>Fähre</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Fähre fährt wieder nach Norden"}}</script>
</head><body><article><h1>Fähre fährt wieder nach Norden</h1>
<p>Die Fähre über den Sund fährt seit Montag wieder, zwei Jahre nach dem Brand im Maschinenraum.</p><p>Teilen</p>
<p>Der Kapitän zählte beim ersten Ablegen 41 Gäste, darunter «ein Hund», wie er sagte.</p>
<h2>Mehr zum Thema</h2><p><a href="/a">Sund friert zu</a></p></article></body></html>"""


def test_a_page_is_read_by_its_own_language() -> None:
    german = read(Page(page("de-CH").encode()))
    assert german.text.split("\n\n") == [
        "Die Fähre über den Sund fährt seit Montag wieder, zwei Jahre nach dem Brand im Maschinenraum.",
        "Der Kapitän zählte beim ersten Ablegen 41 Gäste, darunter «ein Hund», wie er sagte.",
    ]
    assert {"Teilen", "Sund friert zu"} <= {piece.text for piece in german.removed}
    assert "Teilen" in read(Page(page("en").encode())).text.split("\n\n")
