"""Furniture in the languages of public broadcasters other than English: whole lines, and patterns for lines that go on.

English and the Spanish of US stations stand in `furniture` and are always on; what stands here is asked on pages of the
language alone, so that pages in English do not pay for it. A language is added by a line here.
"""

from __future__ import annotations

import re
from functools import cache

from scraper.extractor.hints import Lookup, Starts, starts
from scraper.extractor.text import fold

_WORDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "de": (
        ("player.listen", "player", "Anhören|Jetzt anhören|Artikel anhören|Beitrag hören|Zum Anhören|Audio starten|Audio herunterladen|Video abspielen|Zum Audio|Zum Video|Audio|Video"),
        ("share.service", "share", "Teilen|Artikel teilen|Beitrag teilen|Seite teilen|Auf Facebook teilen|Auf X teilen|Auf Twitter teilen|Per WhatsApp teilen|Per E-Mail teilen|Per Mail teilen|Drucken|Seite drucken|Link kopieren|Weiterempfehlen"),
        ("share.comment", "comments", "Kommentieren|Kommentare|Kommentar schreiben|Zum Kommentieren anmelden|Kommentare anzeigen"),
        ("promo.section", "promo", "Mehr zum Thema|Mehr zum Thema:|Mehr dazu|Mehr dazu:|Das könnte Sie auch interessieren|Auch interessant|Lesen Sie auch|Lesen Sie auch:|Lesen Sie mehr|Mehr lesen|Weiterlesen|Weitere Themen|Weiterführende Links|Weitere Meldungen|Weitere Nachrichten|Mehr Nachrichten|Mehr aus dem Ressort|Zum Artikel|Empfehlungen der Redaktion|Meistgelesen|Dieses Thema im Programm|Dieses Thema im Programm:"),
        ("ad.label", "ad", "Anzeige|Werbung|Anzeige:"),
        ("newsletter.form", "newsletter", "Newsletter abonnieren|Zum Newsletter|Jetzt abonnieren|Newsletter"),
        ("consent.embed", "consent", "Ein Klick für den Datenschutz|Datenschutzeinstellungen anpassen|Externer Inhalt|Externen Inhalt anzeigen|Externe Inhalte anzeigen|Infografiken anzeigen"),
        ("footer.policy", "footer", "Impressum|Datenschutz|Datenschutzerklärung|Nutzungsbedingungen|Kontakt|Über uns|AGB|Barrierefreiheit"),
        ("navigation.links", "navigation", "Startseite|Zum Inhalt springen|Zur Startseite|Zur Übersicht|Nach oben|Zum Seitenanfang|Suche|Menü|Schlagwörter|Sie befinden sich hier:|Sie sind hier:|Inhalt|Ende Inhalt"),
    ),
    "fr": (
        ("player.listen", "player", "Écouter|Écouter l'article|Écoutez|Télécharger l'audio|Lecture|Lancer la vidéo"),
        ("share.service", "share", "Partager|Partager cet article|Partager sur Facebook|Partager sur X|Partager sur Twitter|Partager par e-mail|Imprimer|Copier le lien|Envoyer par e-mail"),
        ("share.comment", "comments", "Commentaires|Commenter|Réagir"),
        ("promo.section", "promo", "Lire aussi|Lire aussi :|À lire aussi|À lire aussi :|À écouter aussi|Voir aussi|Lire la suite|En savoir plus|Sur le même sujet|Les plus lus|Articles liés|À la une|Plus d'articles"),
        ("ad.label", "ad", "Publicité|Annonce"),
        ("newsletter.form", "newsletter", "S'abonner|S'inscrire|Je m'abonne|Abonnez-vous|Inscrivez-vous à notre infolettre"),
        ("footer.policy", "footer", "Mentions légales|Politique de confidentialité|Conditions d'utilisation|Nous contacter|Qui sommes-nous|Accessibilité"),
        ("navigation.links", "navigation", "Accueil|Aller au contenu|Aller au contenu principal|Retour en haut|Rechercher|Recherche|Menu"),
    ),
    "es": (
        ("player.listen", "player", "Escuchar|Escucha|Reproducir|Descargar audio"),
        ("share.service", "share", "Compartir|Comparte|Compartir en Facebook|Compartir en X|Compartir en Twitter|Compartir por correo|Imprimir|Copiar enlace|Enviar por correo"),
        ("share.comment", "comments", "Comentarios|Comentar"),
        ("promo.section", "promo", "Lea también|Lee también|Leer más|Lee más|Te puede interesar|También te puede interesar|Lo más leído|Más leídas|Más sobre este tema|Noticias relacionadas|Relacionado|Relacionados|Recomendamos|Contenido relacionado"),
        ("ad.label", "ad", "Publicidad|Anuncio"),
        ("newsletter.form", "newsletter", "Suscríbete|Suscríbase|Suscribirse|Boletín"),
        ("footer.policy", "footer", "Aviso legal|Política de privacidad|Términos de uso|Contáctenos|Contacto|Quiénes somos"),
        ("navigation.links", "navigation", "Inicio|Saltar al contenido|Ir al contenido|Volver arriba|Buscar|Menú"),
    ),
    "it": (
        ("player.listen", "player", "Ascolta|Ascolta l'articolo"),
        ("share.service", "share", "Condividi|Condividi su Facebook|Stampa|Copia link"),
        ("promo.section", "promo", "Leggi anche|Leggi anche:|Leggi tutto|Potrebbe interessarti|Potrebbe interessarti anche|Articoli correlati|I più letti"),
        ("ad.label", "ad", "Pubblicità"),
        ("footer.policy", "footer", "Note legali|Privacy|Contatti|Chi siamo"),
        ("navigation.links", "navigation", "Vai al contenuto|Torna su|Cerca"),
    ),
    "pt": (
        ("player.listen", "player", "Ouvir|Ouça|Ouça a reportagem"),
        ("share.service", "share", "Compartilhar|Compartilhe|Partilhar|Imprimir|Copiar link"),
        ("promo.section", "promo", "Leia também|Leia também:|Leia mais|Ler mais|Veja também|Notícias relacionadas|Mais lidas"),
        ("ad.label", "ad", "Publicidade|Anúncio"),
        ("footer.policy", "footer", "Política de privacidade|Termos de uso|Fale conosco|Contactos"),
        ("navigation.links", "navigation", "Início|Ir para o conteúdo|Voltar ao topo|Buscar|Pesquisar"),
    ),
    "nl": (
        ("player.listen", "player", "Luister|Beluister|Luister terug"),
        ("share.service", "share", "Delen|Deel|Deel dit artikel|Delen op Facebook|Printen|Link kopiëren"),
        ("promo.section", "promo", "Lees ook|Lees ook:|Lees meer|Lees verder|Meer over dit onderwerp|Gerelateerd|Meest gelezen|Bekijk ook"),
        ("ad.label", "ad", "Advertentie"),
        ("navigation.links", "navigation", "Naar de inhoud|Naar boven|Zoeken"),
    ),
    "sv": (
        ("player.listen", "player", "Lyssna"),
        ("share.service", "share", "Dela|Dela artikeln|Skriv ut|Kopiera länk"),
        ("promo.section", "promo", "Läs också|Läs mer|Relaterat|Mest lästa"),
        ("ad.label", "ad", "Annons"),
    ),
    "no": (
        ("player.listen", "player", "Lytt|Hør"),
        ("share.service", "share", "Del|Del artikkelen|Skriv ut|Kopier lenke"),
        ("promo.section", "promo", "Les også|Les mer|Relatert|Mest lest"),
        ("ad.label", "ad", "Annonse"),
    ),
    "pl": (
        ("player.listen", "player", "Posłuchaj|Słuchaj"),
        ("share.service", "share", "Udostępnij|Drukuj|Kopiuj link"),
        ("promo.section", "promo", "Czytaj także|Czytaj też|Czytaj więcej|Zobacz także|Polecane"),
        ("ad.label", "ad", "Reklama"),
    ),
    "ru": (
        ("player.listen", "player", "Слушать|Прослушать|Скачать|Смотреть видео|Загружается, подождите...|Загружается, подождите…"),
        ("share.service", "share", "Поделиться|Отправить ссылку|Отправить по почте|Версия для печати|Распечатать|Скопировать ссылку"),
        ("share.comment", "comments", "Комментарии|Комментировать|Обсудить|Сообщить об ошибке"),
        ("promo.section", "promo", "Читайте также|Читайте также:|Смотрите также|Подробнее|Подробнее…|Далее|По теме|По теме:|Ссылки по теме|Самое читаемое|Популярное|Главные новости"),
        ("ad.label", "ad", "Реклама"),
        ("newsletter.form", "newsletter", "Подписаться|Подписка|Рассылка"),
        ("footer.policy", "footer", "Контакты|О нас|Правила использования|Политика конфиденциальности"),
        ("navigation.links", "navigation", "Главная|Наверх|Поиск|Меню|На главную"),
    ),
    "uk": (
        ("player.listen", "player", "Слухати"),
        ("share.service", "share", "Поділитися|Роздрукувати|Скопіювати посилання"),
        ("promo.section", "promo", "Читайте також|Читайте також:|Дивіться також|Детальніше|За темою"),
        ("ad.label", "ad", "Реклама"),
    ),
    "zh": (
        ("player.listen", "player", "收聽|收听|重溫|播放|下載|下载"),
        ("share.service", "share", "分享|分享到|分享工具|列印|列印新聞|打印|轉寄|寄給朋友|复制链接|複製連結"),
        ("promo.section", "promo", "相關新聞|相关新闻|更多新聞|更多新闻|延伸閱讀|延伸阅读|推薦閱讀|推荐阅读|熱門新聞|热门新闻|更多"),
        ("ad.label", "ad", "廣告|广告"),
        ("newsletter.form", "newsletter", "訂閱|订阅"),
        ("navigation.links", "navigation", "首頁|首页|回首頁|返回|返回頁首|回到頁首|搜尋|搜索|上一則|下一則"),
        ("footer.policy", "footer", "版權所有|版权所有|聯絡我們|联系我们|關於我們|关于我们|隱私政策|隐私政策"),
    ),
}  # fmt: skip
"""By language (ISO 639-1): rule, kind, and the lines, parted by bars, in any case."""


class _Line:
    """A line that goes on after words that tell it; as `furniture.Phrase`."""

    def __init__(self, rule: str, kind: str, hints: str, pattern: str) -> None:
        self.rule, self.kind, self.hints = rule, kind, tuple(hints.split("|"))
        self.pattern = re.compile(pattern)


_LINES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "de": (
        ("promo.broadcast", "promo", "dieses thema im|uber dieses thema", r"(?:Dieses Thema im Programm|Über dieses Thema berichte(?:te|t|ten))\b.{0,180}"),
        ("promo.more", "promo", "lesen sie|mehr zum|mehr dazu|lesetipp|horen sie|sehen sie", r"(?:Lesen Sie (?:hier|auch|dazu|mehr)(?: dazu| hier)?|Mehr zum Thema|Mehr dazu|Lesetipp|(?:Hören|Sehen) Sie (?:hier|auch))\s?: .{1,160}|Mehr dazu (?:lesen|hören|sehen) Sie (?:hier|in|im|bei)\b[^.!?]{0,120}[.:]?"),
        ("promo.more", "promo", "mehr zu|mehr uber", r"Mehr (?:zu|zum|zur|über) .{3,80} (?:lesen|sehen|hören|finden) Sie .{2,60}[.:]"),
        ("copyright.source", "copyright", "(", r"[A-ZÄÖÜ]{2,6}(?:[ /][A-ZÄÖÜ-]{2,20}){0,3} \([A-ZÄÖÜ][^()]{2,80}\)"),
        ("copyright.source", "copyright", "quelle:|quellen:", r"Quellen?: [^.!?]{2,80}"),
        ("newsletter.form", "newsletter", "newsletter", r"(?:Jetzt )?(?:Abonnieren|Bestellen) Sie (?:\w+ ){0,3}(?:unser(?:en|e)?|den|die) (?:\w+ ){0,4}Newsletter\b[^.!?]{0,80}[.!]?|Melden Sie sich (?:\w+ ){0,4}Newsletter\b[^.!?]{0,60}[.!]?"),
        ("share.follow", "share", "folgen sie uns|folge uns", r"(?:Folgen Sie|Folge) uns (?:auch )?(?:auf|bei|in)\b[^.!?]{0,100}[.!]?"),
        ("share.comment", "comments", "die kommentar", r"Die Kommentar(?:funktion|spalte|e) (?:wurden?|ist|sind)\b[^.!?]{0,80}\b(?:geschlossen|deaktiviert|beendet|abgeschaltet)\.?"),
        ("player.browser", "player", "browser", r"Ihr Browser unterstützt .{0,80}"),
    ),
    "fr": (
        ("promo.more", "promo", "lire aussi|a lire|a ecouter|voir aussi", r"(?:À lire(?: aussi)?|Lire aussi|À écouter|Voir aussi)\s?: .{1,160}"),
    ),
    "es": (
        ("ask.give", "appeal", "haga |haz |done |dona ", r"(?:¡\s?)?(?:Haga|Haz|Done|Dona)(?: hoy| ahora)?(?: (?:su|tu|un|una))?(?: (?:donativo|donación|contribución|aportación|aporte))?(?: (?:hoy|ahora|aquí)(?: mismo)?)[.!]*"),
        ("ask.support", "appeal", "apoy", r"(?:[^.!?“\"]{0,100}, )?(?:¡\s?)?[Aa]p(?:óyanos|óyenos|oya|oye) [^.!?“\"]{0,60}\b(?:donación|donativo|contribución|aportación|membresía)\b[^.!?]{0,40}[.!]*"),
        ("share.follow", "share", "siguenos|siganos", r"(?:¡\s?)?S[ií]g(?:ue|a)nos (?:también )?(?:en|por|a través)\b[^.!?]{0,100}[.!]*"),
        ("newsletter.form", "newsletter", "recib", r"(?:¡\s?)?Recib[ae] [^.!?]{0,60}\b(?:noticias|boletín|titulares|historias|boletines)\b[^.!?]{0,60}\ben (?:tu|su) (?:correo|bandeja|buzón|e-?mail)\b[^.!?]{0,60}[.!]*"),
        ("copyright.originally", "copyright", "originalmente|publicado por primera", r"Est[ea] (?:artículo|historia|reportaje|nota|texto|informe|noticia) (?:fue|se|ha sido) (?:publicad[oa]|publicó)(?: originalmente| por primera vez)\b.{0,120}|(?:Publicad[oa]|Se publicó) originalmente (?:por|en)\b.{0,100}"),
        ("promo.more", "promo", "lea tambien|lee tambien|te puede", r"(?:Le[ae] también|Te puede interesar)\s?: .{1,160}"),
    ),
    "nl": (("promo.more", "promo", "lees ook", r"Lees ook\s?: .{1,160}"),),
    "pt": (("promo.more", "promo", "leia ", r"Leia (?:também|mais)\s?: .{1,160}"),),
    "ru": (("promo.more", "promo", "читаите|подробнее|смотрите", r"(?:Читайте|Смотрите) также\s?: .{1,160}|Подробнее\s?: .{1,160}"),),
}  # fmt: skip
"""By language: rule, kind, hints (folded), pattern of the whole line."""
_LONGEST = 200


@cache
def _words(language: str) -> dict[str, tuple[str, str]]:
    return {
        word.casefold(): (rule, kind) for rule, kind, words in _WORDS.get(language, ()) for word in words.split("|")
    }


@cache
def _lines(language: str) -> Lookup[_Line]:
    return Lookup([_Line(*line) for line in _LINES.get(language, ())])


def code(language: str | None) -> str | None:
    """The language of a page as this module names it; None for English and for what is not here.

    >>> code("de-CH"), code("nb"), code("en-GB"), code(None)
    ('de', 'no', None, None)
    """
    short = (language or "").lower().replace("_", "-").partition("-")[0]
    short = "no" if short in ("nb", "nn") else short
    return short if short in _WORDS else None


def phrase(line: str, language: str, folded: str | None = None, words: Starts | None = None) -> tuple[str, str] | None:
    """Rule and kind of the furniture that the whole line is in a language, or None.

    >>> phrase("Mehr zum Thema", "de")
    ('promo.section', 'promo')
    """
    if len(line) > _LONGEST:
        return None
    found = _words(language).get(line.casefold())
    if found or language not in _LINES:
        return found
    folded = fold(line) if folded is None else folded
    for item in _lines(language).among(folded, starts(folded) if words is None else words):
        if item.pattern.fullmatch(line):
            return item.rule, item.kind
    return None
