"""Lines that are told by how they begin: notices of rights, corrections and editor's notes, lead-ins to other stories,
biographies. Unlike the phrases of `furniture` they go on freely, so each kind has its own reading."""

from __future__ import annotations

import re
from functools import cache

from scraper.extractor.hints import starts

CALL = r"[KW][A-Z]{2,3}(?:-(?:FM|AM|TV|HD\d))?"
"""A US call sign."""

_LEAD_IN = (
    r"(?:RELATED|READ|READ MORE|READ ALSO|READ NEXT|READ IT|READ THE STORY|ALSO READ|SEE ALSO|SEE MORE|MORE|MORE COVERAGE|LEARN MORE|LISTEN"
    r"|LISTEN NOW|LISTEN HERE|WATCH|EXPLORE|FROM THE ARCHIVES?|PREVIOUSLY|RELATED (?:STORY|STORIES|COVERAGE|CONTENT|ARTICLES?|READING)"
    r"|Related|Read|Read [Mm]ore|Read [Aa]lso|Read [Nn]ext|Also [Rr]ead|See [Aa]lso|See [Mm]ore|More|More [Cc]overage|More from [^:]{2,40}"
    r"|Read more (?:from|on|about) [^:]{2,40}|Related (?:[Ss]tory|[Ss]tories|[Cc]overage|[Cc]ontent|[Aa]rticles?|[Rr]eading|[Ll]inks?)"
    r"|From (?:19|20)\d\d|P(?:HOTOS?|hotos?)|V(?:IDEOS?|ideos?)|Learn [Mm]ore|Listen|Watch|Explore|From the [Aa]rchives?|Previously|Lee [Tt]ambién|LEE TAMBIÉN|LEA TAMBIÉN|Lea [Tt]ambién|Relacionado|RELACIONADO)"
)
_LEADS = frozenset(
    "related read also see more learn listen watch explore from previously photo photos video videos lee lea relacionado".split()
)
"""The first words of all lead-ins."""
LEADS = starts(" ".join(_LEADS))
_FIRST_WORD = re.compile(r"[\[(>»→•▶* ]*(\w+)")
_PROMO_LEAD = rf"[\[(>»→•▶* ]*{_LEAD_IN}\s*(?:[:|»]|>>?|—|–|-)\s*(?=\S)"


_NOTICE = (
    r"(?i:(?:\(c\)|©|Copyright\b|&copy;|Copyright ©)\s*(?:©|\(c\)|Copyright)?\s*,?\s*(?:\d{4}\s*[-–]\s*)?(?P<year>(?:19|20)\d\d)?\b[ ,.]*"
    r"(?:by\s+)?(?P<holder>[^\n]*))"
)

_YEAR_LAST = r"Copyright [A-Z][^.!?]{1,60}[ ,](?:19|20)\d\d\.?"

_CORRECTION = (
    r"[\[(]?\s*(?:POST-BROADCAST |A |Audio )?(?:CORRECTIONS?|Corrections?|CLARIFICATIONS?|Clarifications?|Corrección|CORRECCIÓN)\b[^!?\n]{0,60}?(?:[:—–]|\s-\s|\bAn? (?:earlier|previous)\b|$)"
    r"|(?:Aclaración|ACLARACIÓN|Rectificación|Korrektur|KORREKTUR|Berichtigung|Richtigstellung)\s*[:—–]"
    r"|(?:An?|The) (?:earlier|previous|original|prior|audio) version of this (?:story|article|report|post|piece|headline|web)\b"
    r"|This (?:story|article|report|post|headline|piece) (?:has been|was) (?:corrected|updated to correct)\b"
)
_NOTE = (
    r"[\[(]?\s*(?:(?:EDITOR|Editor|Publisher|PUBLISHER|Producer|Reporter)(?:['’]?[sS]['’]?)? [Nn](?:ote|OTE)|NOTE|Note to (?:readers|listeners)|Nota (?:del editor|de la (?:editora|redacción))|Anmerkung der Redaktion|Disclosure|DISCLOSURE|Content warning|CONTENT WARNING|Trigger warning)\s*(?:[:—–-]|$)"
    r"|(?:UPDATE[D]?|Updated?)(?:\s*[:—–-]\s*|\s+(?:at\s+)?(?:\d|on\b|January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|Mon|Tues?|Wed|Thu|Fri|Sat|Sun|a\.m|p\.m)|\s*$)"
    r"|This (?:story|article|report|post|page|piece) (?:has been|was|will be) updated\b"
    r"|This is a (?:developing|breaking) (?:news )?story\b"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def promo_lead(line: str) -> int:
    """Length of a lead-in that sends the reader to another story ("RELATED: ", "Read more: "); 0 where there is none."""
    if len(line) > 400:
        return 0
    first = _FIRST_WORD.match(line)
    if not first or first[1].casefold() not in _LEADS:
        return 0
    found = _compiled(_PROMO_LEAD).match(line)
    return found.end() if found else 0


def notice(line: str) -> re.Match[str] | None:
    """The copyright notice that the line is (groups `year`, `holder`), or None: it begins with the sign or the word and
    names a year, or a holder after the sign.

    >>> notice("Copyright 2024 NPR")["holder"]
    'NPR'
    """
    bare = line.strip("[]() ")
    if len(line) > 260 or not bare.casefold().startswith(("©", "(c)", "c)", "&copy;", "copyright")):
        return None
    found = _compiled(_NOTICE).match(bare)
    if not found or not (
        found["year"] or (bare[0] == "©" and found["holder"]) or _compiled(_YEAR_LAST).fullmatch(bare)
    ):
        return None
    return found


NOTED = starts(
    "correction corrected clarification version note updated disclosure warning nota developing breaking aclaracion rectificacion korrektur berichtigung richtigstellung anmerkung"
)
"""Words of which one stands at the head of every correction and note."""


def is_correction(text: str) -> bool:
    return (
        _hinted(
            text, ("correc", "clarif", "version of this", "aclaraci", "rectific", "korrektur", "berichtig", "richtigst")
        )
        and _compiled(_CORRECTION).match(text) is not None
    )


def is_note(text: str) -> bool:
    """Editor's notes, "Updated …" lines, disclosures."""
    return (
        _hinted(text, ("note", "updat", "disclosure", "warning", "nota de", "anmerkung", "developing", "breaking"))
        and _compiled(_NOTE).match(text) is not None
    )


def _hinted(text: str, hints: tuple[str, ...]) -> bool:
    head = text[:80].casefold()
    return any(hint in head for hint in hints)


_BIO_VERB = r"(?:,? (?:who |[^.]{0,60}, )?(?:is|was|has been|covers?|joined|hosts?|works?|reports?|serves?|grew up|began|came to|started|edits|produces?|writes|leads|oversees|has (?:worked|covered|reported|hosted|served)|es (?:un[ao]? )?(?:reporter|periodist|corresponsal|editor|productor|presentador|conductor|fotógraf|fotoperiodist|becari)[ao]?)\b)"
_PERSON = r"(?:[A-ZÀ-Þ][\w.'’-]*\s){1,3}(?:(?:de|da|di|del|der|van|von|la|le|al|el|bin|y)\s)?[A-ZÀ-Þ][\w'’.-]+"
_FIRST_PERSON = (
    r"(?:As (?:the|an?|[A-Z][\w.]+['’]s) [^.]{0,60}\b(?:reporter|host|editor|producer|correspondent|director)\b[^.]{0,60}, I\b"
    r"|I(?:['’]m| am) (?:the|an?|[A-Z][\w.]+['’]s) [^.]{0,60}\b(?:reporter|host|editor|producer|correspondent|news director)\b)"
)
_BIO_TRADE = (
    r"\bis (?:an? )?(?:[A-Z][\w.]*[ ]?){1,3}['’]s\b|\b(?:reporters?|reports for|photojournalist|corps member|[Bb]ureau|host(?:s|ed|ing)?|producers?|producing|editors?|correspondent|journalist|[Jj]ournalism|intern(?:ship)?|news director|anchor|newsroom"
    r"|cover(?:s|ed|ing)|reporting|award|graduat\w+|degree|columnist|freelance\w*|bureau|[Pp]ublic (?:[Rr]adio|[Mm]edia)|NPR|[KW][A-Z]{3}|broadcast\w*|reporter[oa]|periodistas?|periodismo|corresponsal|editora|productora?|presentadora?|conductora?|fotoperiodista|cubre|noticias|station|stories|her work|his work|their work|author of|fellow|photographer|managing|beat|desk)\b"
)


_REACHED = r"(?:[A-Z][\w.'’-]*\s){1,3}[A-Z][\w'’.-]+ (?:can be|is) (?:reached|reachable|found)\b"


def biography(text: str, names: tuple[str, ...] = (), *, apart: bool = False) -> bool:
    """True where a closing paragraph introduces its author: begins with a person, says what they are, in the trade's words.

    One such word does for a name of the byline, or where the paragraph is set `apart` from the story, as in italics.
    """
    if not 30 <= len(text) <= 1500:
        return False
    start = text.lstrip("*_—–- ")
    if start.startswith(("As ", "I")) and _compiled(_FIRST_PERSON).match(start):
        return True
    if "@" in text and len(text) < 200 and _compiled(_REACHED).match(start):
        return True
    for name in names:
        parts = name.split() or [name]
        for lead in (name, parts[-1], parts[0] if len(parts[0]) > 1 else ""):
            if (
                lead
                and start[: len(lead)].casefold() == lead.casefold()
                and _compiled(_BIO_VERB).match(start[len(lead) :])
            ):
                return _compiled(_BIO_TRADE).search(text) is not None
    found = _compiled(_PERSON).match(start)
    if not found or not _compiled(_BIO_VERB).match(start[found.end() :]):
        return False
    return len(_compiled(_BIO_TRADE).findall(text)) >= (1 if apart else 2)


def introduces(text: str) -> bool:
    """True where a paragraph begins with a person's full name and says what they are or do: a biography's shape, which
    counts only beside a certain one."""
    found = _compiled(_PERSON).match(text) if 20 <= len(text) <= 900 else None
    return found is not None and _compiled(_BIO_VERB).match(text[found.end() :]) is not None
