"""Given a page's language, when its lines are read, then that language's furniture goes, and no other's."""

from __future__ import annotations

import pytest

from scraper.article import Article
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


STORY = {
    "es": [
        "El transbordador salió de Puerto Aliso a las seis del martes sin nadie a bordo.",
        "Su capitana, Dora Marín, dijo que el horario es el horario.",
        "Al mediodía había cruzado cuatro veces y llevaba un perro.",
        "El condado paga la ruta con un impuesto al combustible.",
        "El voto sobre la ruta será en marzo.",
        "El dueño del perro lo recogió y agradeció a la tripulación.",
    ],
    "de": [
        "Die Fähre verließ Erlenhafen am Dienstag um sechs ohne einen Menschen an Bord.",
        "Die Kapitänin Dora Marin sagte, Fahrplan sei Fahrplan.",
        "Bis Mittag war sie viermal gefahren und hatte einen Hund dabei.",
        "Der Kreis zahlt für die Strecke mit einer Steuer auf Diesel.",
        "Über die Strecke wird im März entschieden.",
        "Der Hund ist inzwischen wieder zu Hause.",
    ],
}


def _read(paragraph: str, language: str, *, grove: bool = True, at: int = 6) -> Article:
    lines = [f"<p>{line}</p>" for line in STORY[language]]
    lines.insert(at, f"<p>{paragraph}</p>")
    story, head = "".join(lines), '<meta property="og:type" content="article">'
    body = f"<main><article><h1>El barco</h1>{story}</article></main>"
    if grove:
        head = '<meta name="brightspot.contentId" content="1">'
        body = (
            f'<article class="ArtP-mainContent"><h1>El barco</h1><div class="ArtP-articleBody">{story}</div></article>'
        )
    page = f'<html class="ArtP" lang="{language}"><head><title>El barco</title>{head}</head><body>{body}</body></html>'
    return read(Page(page.encode(), url="https://www.wxlr.example/news/2025-02-02/ferry"))


@pytest.mark.parametrize("grove", [True, False], ids=["Grove", "any site"])
@pytest.mark.parametrize(
    ("paragraph", "language"),
    [
        ("Haga su donativo hoy mismo.", "es"),
        ("Si valoras este trabajo, apóyanos con una donación.", "es"),
        ("Apoya el periodismo local con una donación.", "es"),
        ("Síguenos en Facebook, Instagram y X.", "es"),
        ("Síganos en nuestras redes sociales.", "es"),
        ("Recibe nuestras noticias en tu correo electrónico cada mañana.", "es"),
        ("Reciba las noticias de la mañana en su correo.", "es"),
        ("Rita Solano es reportera de Radio Aliso y cubre inmigración.", "es"),
        ("Este artículo fue publicado originalmente por CalMatters.", "es"),
        ("Esta historia se publicó originalmente en La Marea.", "es"),
        ("Abonnieren Sie unseren Newsletter.", "de"),
        ("Abonnieren Sie hier unseren täglichen Newsletter!", "de"),
        ("Die Kommentarfunktion wurde für diesen Artikel geschlossen.", "de"),
        ("Die Kommentarfunktion ist geschlossen.", "de"),
        ("Folgen Sie uns auf Instagram.", "de"),
    ],
)
def test_furniture_at_the_end_of_a_story_goes(paragraph: str, language: str, grove: bool) -> None:
    assert [block.text for block in _read(paragraph, language, grove=grove).blocks] == STORY[language]


@pytest.mark.parametrize(
    ("paragraph", "language"),
    [
        ("La directora pidió a los vecinos hacer una donación al comedor.", "es"),
        ("“Apoya el periodismo local”, decía el cartel.", "es"),
        ("El alcalde es reportero de nacimiento.", "es"),
        ("La corrección del censo tardó un año.", "es"),
        ("Dora Marín es capitana del barco y vive en el puerto.", "es"),
        ("El diario fue publicado originalmente en 1902.", "es"),
        ("Recibe noticias de su hijo cada mañana.", "es"),
        ("Wer den Newsletter abonnieren will, zahlt dort zwei Euro.", "de"),
        ("Folgen hat das für die Insel auf lange Zeit.", "de"),
        ("Die Korrektur kam zu spät.", "de"),
    ],
)
@pytest.mark.parametrize("at", [3, 6])
def test_what_the_story_says_of_such_things_stays(paragraph: str, language: str, at: int) -> None:
    assert paragraph in [block.text for block in _read(paragraph, language, at=at).blocks]


@pytest.mark.parametrize(
    ("paragraph", "language"),
    [
        ("Corrección: Una versión anterior de este artículo daba mal el nombre del barco.", "es"),
        ("Aclaración: El barco es azul.", "es"),
        ("Korrektur: In einer früheren Fassung stand ein falscher Name.", "de"),
    ],
)
def test_corrections_are_told(paragraph: str, language: str) -> None:
    record = _read(paragraph, language)
    assert record.corrections == [paragraph]
    assert record.blocks[-1].kind == "note"
