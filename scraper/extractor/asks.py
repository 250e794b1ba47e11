"""Asks: paragraphs that beg for money, membership or an e-mail address.

They read like prose and change with every drive, so that no list can hold them; signs are weighed instead.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from scraper.extractor.hints import Lookup, Starts, starts
from scraper.extractor.text import fold
from scraper.extractor.wording import CALL


class Sign(msgspec.Struct, frozen=True):
    """A pattern in folded text, tried only where one of `hints` stands in it, at the beginning of a word."""

    hints: tuple[str, ...]
    pattern: str


_GIVE = ("donat", "contribut", "gift", "pledge")
_NEWS = (
    r"(?:news|journalism|reporting|radio|media|newsroom|station|coverage|work|programming|stories|storytelling|mission)"
)

STRONG: tuple[Sign, ...] = (
    Sign(_GIVE, r"\b(?:mak(?:e|ing)|giv(?:e|ing)|send(?:ing)?) (?:a|an|your|the) (?:[\w-]+ ){0,4}(?:donation|contribution|gift|pledge)\b"),
    Sign(("please consider", "consider "), r"\bplease consider (?:a|an|your|giving|making|becoming)\b|\bconsider (?:a|an|your|making|giving|sending) (?:[\w-]+ ){0,3}(?:donation|contribution|gift|pledge)\b(?! of\b)"),
    Sign(("your ",), r"\b(?:lock in|phone in|call in|double|renew|increase) your (?:\w+ )?(?:pledge|gift|donation|membership)\b"),
    Sign((" support", "because of"), r"\b(?:possible|supported|happens?|exists?|here) (?:only )?(?:with|because of|thanks to) (?:member|listener|reader|viewer|donor|community|your)(?:s|'s|s')? (?:\w+ )?support\b"),
    Sign(("like you",), r"\bby (?:viewers|listeners|readers|people|members) like you\b"),
    Sign(("chip in",), r"\bchip in (?:at|now|today|here|what you can|to (?:keep|help|support))\b"),
    Sign((" month",), r"\b(?:as little as|just|only) \$\d+ (?:a|per|each) month\b"),
    Sign(("never miss",), r"\bnever miss (?:a|an) (?:\w+ )?(?:story|beat|episode|update|headline)\b"),
    Sign(_GIVE, r"\bwith (?:a|your) (?:[\w-]+ ){0,3}(?:donation|contribution|gift|pledge) (?:to|of|today|now|right)\b"),
    Sign(("fewer", "only", "just", "less than"), r"\b(?:fewer than|only|just|less than) (?:an? )?[\w-]+ (?:in|out of|percent of) [\w-]+ (?:of (?:them|you|our \w+) )?(?:gives?|donates?|contributes?|supports? us|pays? for)\b"),
    Sign(("become one", "be the one", "be one of"), r"\b(?:become|be) (?:the )?one(?: of them)?(?: today| now)?[.!]?$|\bbecome one of (?:them|our)\b"),
    Sign(("get ", "want "), r"\bget\b[^.!?]{0,70}\b(?:free|daily|weekly|weekday|monthly|morning|afternoon)\b[^.!?]{0,20}\b(?:e-?mails?|newsletters?|briefing|roundup)\b"),
    Sign(("keep ",), r"\bhelp (?:us )?keep (?:it|this|them|us|our \w+) (?:that way|going|strong|free|coming|on the air|alive)\b"),
    Sign(("text ",), r"\btext \W?\w+\W? to [\d-]{5,}"),
    Sign(("tip ", "tips", "idea", "question", "feedback", "comment", "thoughts"), r"\bgot (?:a|an) (?:\w+ )?(?:tip|story idea|question)\?|\b(?:share|send|have)\b[^.!?]{0,20}\b(?:tips?|story ideas?)\b[^.!]{0,60}\b(?:email|e-mail|reach|contact|call|text|fill|let us know)\b|\b(?:feedback|questions?|comments?|thoughts)\b[^.!]{0,60}\b(?:contact|e-?mail|write|call|text|reach|ask|tell|let|send|drop) (?:us|our|the newsroom)\b"),
    Sign(("follow", "reach", "email", "contact", "in touch", "write to"), r"\b(?:follow|reach|e-?mail|contact|write to|(?:get|be) in touch with|(?:send|drop)) (?:us|her|him|them|\w+ \w+(?: \w+)?)(?: an? \w+)? (?:on (?:twitter|x|facebook|bluesky|threads|instagram)\b|at \S+@|@)"),
    Sign(("@",), r"\bon (?:twitter|x|bluesky|threads|instagram),? (?:at )?@\w|\btips?(?: ?line)?\b[^.!?]{0,40}\S+@\S+|\bsend us an? \w+ at \S+@|\b(?:us|her|him|them|the (?:author|reporter|newsroom|writer|producer|host)) (?:directly )?(?:at |by e-?mail at )?\S*@\w"),
    Sign(("becom", "be a"), r"\b(?:becom(?:e|ing)|be) (?:a|an|our) (?:[\w-]+ ){0,4}(?:member|sustainer|supporter|donor|subscriber|investor|backer|patron|leadership circle)\b"),
    Sign(("donate", "give", "contribute", "pledge", "join"), r"\b(?:donate|give|contribute|pledge|join)(?: (?:now|today|here|online|securely|monthly)| at \S+\.(?:org|com)| by calling)\b"),
    Sign(("please",), r"\bplease (?:consider |help |take a moment )?(?:to )?(?:donat|giv|support|subscrib|contribut|join|becom|mak|help|renew)\w*"),
    Sign(("support",), r"\bsupport(?:ing)? (?:our|this|local|independent|public|nonprofit|quality|your|trusted|the kind of|in-depth|essential|[kw][a-z]{2,3}\b|npr)(?: [\w'-]+){0,5} " + f"?{_NEWS}\\b"),
    Sign(("sign", "newsletter", "briefing"), r"\bsign(?:ing)? ?up\b[^.!?]{0,90}\b(?:newsletters?|emails?|inbox|briefing|updates|alerts)\b|\b(?:newsletter|briefing)\b[^.!?]{0,60}\bsign up\b"),
    Sign(("sign up", "subscribe", "unsubscribe"), r"\bsign ?up (?:here )?for our\b|\bsubscribe (?:here )?to our\b|\bunsubscribe\b"),
    Sign(("subscribe", "your inbox"), r"\bsubscribe (?:to|for)\b[^.!?]{0,80}\b(?:newsletters?|podcasts?|show|feed|emails?)\b|\b(?:in|to) your inbox\b"),
    Sign(("possible ", "paid for ", "powered ", "funded ", "supported ", "sustained ", "depend", "relies ", "rely ", "count"), r"\b(?:made possible|paid for|powered|funded|supported|sustained|depends|relies|rely|depend|counts?) (?:by|on|in part by) (?:you\b|your|(?:our )?listeners|members|readers|viewers|people like you|donors|contributors|contributions|(?:\w+ ){1,3}like you|the (?:generous )?support of (?:our|listeners|members|readers))"),
    Sign(("to donate", "to give", "to support", "to contribute", "to pledge", "to become ", "to make "), r"\b(?:click|tap|visit|call|text|go to)\b[^.!?]{0,60}\bto (?:donate|give|support|contribute|pledge|become a member|make a)"),
    Sign(("support",), r"\b(?:please |,? ?)support (?:us|[\w ]{2,20} (?:today|now) at)\b|\bsupport (?:us|our show|the show|[\w' ]{2,24}) (?:today|now|here|at|on patreon)\b"),
    Sign(("is public", "no paywall"), r"\bis public (?:media|radio) (?:for|from|by|powered)\b|\bno paywall\b"),
    Sign(("you ", "join "), r"\b(?:will|won't|would|could|can) you (?:be one of them|join us|give|help us|support|consider|chip in)\b|\bjoin (?:them|us|the \w+|thousands|your neighbors)\b[^.!?]{0,40}\b(?:gift|donat|member|support|today)\w*"),
    Sign(("sponsor-free", "plus.npr", "npr+"), r"\bsponsor-free\b|\b(?:plus\.npr\.org|npr\+)"),
    Sign(("help",), r"\bhelp (?:us|keep|sustain|fund|power|support)\b[^.!?]{0,60}\b(?:going|journalism|reporting|news|radio|station|free|strong|work|community)\b"),
    Sign((*_GIVE, "/", "by calling"), r"\b(?:gift|contribution|donation|pledge) of (?:\$|any |[\w-]+ dollars)|\b[\w.-]+\.[a-z]{2,8}/(?:give|donate|support|pledge|member\w*|join)\b|\bby calling (?:1-|\(?\d{3})"),
    Sign(("your ",), r"\byour (?:\w+ ){0,2}(?:donation|contribution|gift|membership|pledge|support) (?:\w+ ){0,3}(?:will|helps?|makes?|keeps?|ensures?|sustains?|powers?|funds?|goes|matters|today|now)\b"),
    Sign(("unlock", "match", "join as", "increase"), r"\b(?:unlock|match(?:ed|ing)?) (?:gift|challenge|\$)|\bjoin as an? \w+\b|\bincrease (?:now|your (?:gift|sustaining))"),
    Sign(("question", "tip ", "idea", "comment"), r"\bhave (?:a|an) (?:\w+ )?(?:question|tip|story idea|idea|comment)\b[^.!?]{0,30}\?"),
    Sign(("tips", "comments"), r"\b(?:have|got|any)\b[^.!?]{0,40}\b(?:tips|comments)\b[^.!?]{0,20}\?"),
    Sign(("need your", "drive"), r"\bwe need your (?:help|support)\b|\b(?:our|this|the) (?:\w+ ){0,3}(?:member|membership|fund|pledge) drive\b"),
    Sign(("amount",), r"\b(?:in|give) (?:whatever|any) amount\b|\bdonation in any amount\b"),
    Sign(("subscribing",), r"\bby subscribing to\b"),
    Sign(("check",), r"\bsend (?:us )?(?:a|your) (?:\w+ )?check\b"),
    Sign(("without you",), r"\b(?:would not|wouldn't|could not|couldn't|cannot|can't) (?:\w+ ){1,4}without you\b"),
    Sign(("dona", "aporta", "aporte", "apoy"), r"\b(?:haga|hacer|haz|haciendo) (?:hoy )?(?:una|su|tu) (?:donacion|contribucion|aportacion|aporte)\b|\b(?:done|dona|apoye|apoya|apoyenos|apoyanos) (?:hoy|ahora|aqui|hoy mismo|nuestro|el periodismo|esta)\b|\b(?:su|tu) (?:donacion|apoyo|aportacion|contribucion)\b"),
    Sign(("financiad", "apoyo de", "gracias a"), r"\b(?:financiad[oa]|posible|sostenid[oa])s? (?:por|gracias a|con el apoyo de) (?:personas como|oyentes|lectores|miembros|usted|ti\b|donantes)"),
    Sign(("suscrib", "inscrib", "boletin"), r"\b(?:suscribase|suscribete|inscribase|inscribete|registrese)\b[^.!?]{0,60}\b(?:boletin|correo|noticias)\w*"),
    Sign(("hagase", "hazte"), r"\b(?:hagase|hazte) miembro\b"),
    Sign(("thank",), r"\bthank (?:you|s) for (?:supporting|your support|being a member|donating|listening)\b"),
)  # fmt: skip
"""What hardly anything but an ask says: two points each."""

WEAK: tuple[Sign, ...] = (
    Sign(("your ",), r"\byour (?:\w+ )?(?:support|donation|contribution|gift|membership|pledge|dollars|generosity)\b"),
    Sign(("like you",), r"\b(?:listeners?|people|readers) like you\b"),
    Sign(("sustain", "monthly"), r"\b(?:sustaining|monthly) (?:member|donor|gift|contribution|sustainer)s?\b|\bsustainers?\b"),
    Sign((" drive", " campaign"), r"\b(?:membership|member|pledge|fund|fundraising|fall|spring|winter) (?:drive|campaign)\b"),
    Sign(("deductible",), r"\btax[- ]deductible\b"),
    Sign(("donat",), r"\bdonat(?:e|ion|ions|ing)\b"),
    Sign(("newsletter",), r"\bnewsletters?\b"),
    Sign(("public", "local", "independent", "nonprofit", "trusted", "fact-based"), r"\bpublic (?:radio|media|broadcasting)\b|\b(?:local|independent|nonprofit|trusted|fact-based) (?:news|journalism|reporting)\b"),
    Sign(("if you",), r"\bif you (?:found|value|appreciate|enjoy|rely|believe|like|love|want more|liked|care)\b"),
    Sign(("free", "paywall", "federal", "defunded"), r"\b(?:free|paywall|federal funding|defunded)\b"),
    Sign(("budget",), r"\bbudget (?:gap|shortfall|deficit|cuts?)\b"),
    Sign(("send us", "write to us", "get in touch"), r"\b(?:send us|write to us|get in touch)\b"),
    Sign(("keep",), r"\b(?:keep|keeps|keeping)\b[^.!?]{0,60}\b(?:news|journalism|reporting|radio)\b"),
    Sign(("podcast",), r"\bpodcasts?\b"),
    Sign(("want more", "want to"), r"\bwant (?:more|to (?:know|stay|hear|read|get))\b"),
)  # fmt: skip
"""What asks often say, and stories too: one point each."""

_READER = r"\b(?:you|your|you're|yours|you've|you'll|usted|ustedes|su apoyo|tu)\b"
_VERBS = r"become|call|chip in|click|consider|contact|contribute|donate|e-?mail|follow|get|give|help|join|keep|let|make|take|turn|beat|pledge|reach|renew|send|share|sign|stand|stay|subscribe|support|tell|text|visit|write|apoye|apoya|done|dona|haga|haz|hagase|hazte|suscribase|suscribete|unase"
_BIDDING = rf"(?:^|[.!?:;] )(?:please |then )?(?:{_VERBS})\b"
_HOUSE = r"\b(?:we|our|us|we're|we've|npr|this station|this newsroom|station|nuestr[oa]s?|nosotros)\b"
_SITE = r"\b(?!npr\.|[kw][a-z]{2,3}\.)[a-z][\w-]+\.(?:org|com)\b"
_REPORTED = r"\b(?:said|says|told|according to|asked|added|explained|wrote|announced)\b"
ADDRESS = r"newsletter|inbox|sign(?:ing)? ?up|boletin"
_WANTED = r"\b(?:donat\w+|gifts?|give|pledge\w*|contribut\w+|member(?:ship)?s?|sustain\w+|fund(?:ed|ing|raising)?|newsletters?|inbox|subscribe|sign ?up|survey|letter)\b"
"""What asks are after. With a bidding verb and the house spoken of it makes an ask even where no sign is known."""
_TOPICS = (
    "donat dona gift pledge contribut member sustain support fund newsletter inbox subscri sign|up signup podcast follow tip| tips email"
    " e-mail @ listen survey paywall join click sponsor-free npr+ apoy suscri boletin hazte unase call|us text|us contact share"
    " becom amount drive journalism reach|out reach|us question story|idea thank app|store download letter give made|possible powered powers giving public|media a|month"
).split()
"""Stems of which each ask has one at least: a gate that spares most paragraphs the weighing."""
_READER_WORDS = starts("you your usted ustedes su tu")
_HOUSE_WORDS = starts("we our us npr station newsroom nuestro nosotros")
_BIDDING_WORDS = starts(" ".join(verb.split()[0] for verb in _VERBS.replace("e-?mail", "e|email").split("|")))
"""Words of which one stands in every text that those patterns match."""
_TOPIC = Lookup([Sign(tuple(stem.replace("|", " ") for stem in _TOPICS), "")])
_STRONG, _WEAK = Lookup(STRONG), Lookup(WEAK)
ENOUGH = 4
"""Points from which a paragraph is an ask."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _count(signs: Lookup[Sign], folded: str, words: Starts) -> int:
    """How many of the signs the text shows."""
    return sum(_found(sign.pattern, folded) for sign in signs.among(folded, words))


def _found(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


def _names_a_station(text: str) -> bool:
    return ("K" in text or "W" in text) and _found(rf"\b{CALL}\b", text)


def voice(text: str, folded: str) -> int:
    """How a line speaks, as stories do not: to the reader, for the house, bidding (one point each). What is quoted or
    reported has no voice of its own."""
    if '"' in folded or _found(_REPORTED, folded):
        return 0
    house = _found(_HOUSE, folded) or _names_a_station(text)
    return _found(_READER, folded) + house + _found(_BIDDING, folded)


def appeal(
    text: str,
    *,
    folded: str | None = None,
    words: Starts | None = None,
    tail: bool = False,
    linked: bool = False,
) -> str | None:
    """ "appeal" or "newsletter" where a paragraph asks the reader for money, membership or an address; else None.

    Beside the signs count: the reader and the house spoken of (1 each), a link to where one gives or signs up (2), a place
    at the story's end (1). Reported speech and quotation marks speak against it, for stories about fund drives exist, and
    one that neither speaks to the reader nor of the house ("the county asks people to sign up for alerts") asks nothing.
    `folded` (see `text.fold`) and `words` (see `hints.starts`) spare making them again.
    """
    if len(text) > 900:
        return None
    folded = fold(text) if folded is None else folded
    words = starts(folded) if words is None else words
    if not linked and not _TOPIC.among(folded, words):
        return None
    reader = not words.isdisjoint(_READER_WORDS) and _found(_READER, folded)
    house = (not words.isdisjoint(_HOUSE_WORDS) and _found(_HOUSE, folded)) or _names_a_station(text)
    bidding = not words.isdisjoint(_BIDDING_WORDS) and _found(_BIDDING, folded)
    if not (reader or house or bidding):
        return None
    firm = _count(_STRONG, folded, words) + linked
    implied = bidding and house and _found(_WANTED, folded)
    if not (firm or implied):
        return None
    score = (2 * firm + implied if firm else 2) + _count(_WEAK, folded, words) + tail + reader + house
    if not house and not linked and _found(_SITE, folded):  # gifts to somebody else, in a story about them
        score -= 2
    if '"' in folded:
        score -= 3
    if _found(_REPORTED, folded):
        score -= 2
    if folded.count(" ") > 110:
        score -= 1
    if score < ENOUGH:
        return None
    return "newsletter" if _found(ADDRESS, folded) and "dona" not in folded else "appeal"
