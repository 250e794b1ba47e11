"""The furniture of public-radio pages as data: what lines say when they are not the story.

Each `Phrase` has a name (shown as `removed[].rule`), a kind and a pattern that must match a whole line. They serve
paragraphs of a page and lines of a plain-text dump alike. Sources: the anatomy notes of some 90 station pages
(``docs/explanation/furniture.md``), Grove's own widget texts, npr.org's story template.

What reads like prose (appeals, newsletter asks, biographies) cannot be listed; `appeal` and `biography` weigh signs.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from scraper.extractor.text import fold

CALL = r"[KW][A-Z]{2,3}(?:-(?:FM|AM|TV|HD\d))?"
"""A US call sign."""


class Phrase(msgspec.Struct, frozen=True):
    """`pattern` must match the whole line; it is tried (and compiled) only where one of `hints` (lower case) stands in
    the line, so that a page pays for the furniture it has."""

    rule: str
    kind: str
    hints: tuple[str, ...]
    pattern: str


_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d\d"
_SOCIAL = (
    r"(?:Facebook|Twitter|X|LinkedIn|E-?mail|Flipboard|Bluesky|Threads|WhatsApp|Reddit|Print|Pinterest|Tumblr|Instagram|Mastodon"
    r"|YouTube|TikTok|Text|Copy (?:link|URL)|Nextdoor|Google\+?|Pocket)"
)
_PODCASTS = (
    r"(?:Apple Podcasts|iTunes|Spotify|Google (?:Podcasts|Play)|Stitcher|NPR One|Pocket ?Casts|YouTube(?: Music)?|Amazon Music|Overcast"
    r"|RSS(?: link)?|TuneIn|iHeart(?:Radio)?|the NPR app)"
)
_SOCIAL_HINTS = ("facebook", "twitter", "linkedin", "mail", "flipboard", "bluesky", "threads", "whatsapp", "reddit", "pinterest", "copy", "share")
_PODCAST_HINTS = ("podcast", "spotify", "itunes", "stitcher", "npr one", "overcast", "amazon music", "npr app", "you listen", "you get your")

WORDS: dict[str, tuple[str, str]] = {
    word.casefold(): (rule, kind)
    for rule, kind, line in (
        ("player.live", "player", "Play Live Radio|Listen Live|Listen Live:|Live Radio|Play Live|On Air|On Air Now|- On Air Now|En Vivo"),
        ("player.listen", "player", "Listen|Listen now|Play|Pause|Escuchar"),
        ("player.next-up", "player", "Next Up|Next Up:|Up Next|Up Next:|Now Playing|Now Playing:|On Now|On Now:|Currently Playing"),
        ("player.streams", "player", "Available On Air Stations|All Streams|Scroll down to see all available streams|Scroll down to see all available streams.|Full Schedule|Live Streams"),
        ("player.tools", "player", "Toggle more options|Add to Playlist|Playlist|Queue|Download|Download audio|Embed|Transcript|Loading|Loading...|Loading…|Audio player assistance|LISTEN & FOLLOW|Subscribe to podcast|Open in new window"),
        ("share.label", "share", "Share|Share this|Share on|Share this story|Share this article|Share this page|Share this post|Share:|Tweet|Republish|Republish this story|Leave your feedback|Copy link|Copy URL|Print this story"),
        ("share.service", "share", "Facebook|Twitter|X|LinkedIn|Email|E-mail|Flipboard|Bluesky|Threads|WhatsApp|Reddit|Print|Pinterest|Tumblr|Instagram|Mastodon|YouTube|TikTok|Nextdoor|Google+|Correo electrónico|Correo|Imprimir|Compartir"),
        ("caption.toggle", "caption", "hide caption|toggle caption|hide caption toggle caption|Enlarge this image|Enlarge|Enlarge image|View larger|View full size|View gallery|/"),
        ("ad.label", "ad", "Presented By|Presented by|Brought to you by|Advertisement|Advertising|Sponsored|Sponsor|Sponsor Message|Sponsored By|Sponsored Content|Support Provided By:|Support Provided By|Support comes from|Support comes from:|Our sponsors|Become an NPR sponsor"),
        ("promo.more", "promo", "Read More|Read More »|See More|View More|Load More|Load More…|Show More|Learn More|More|More »|View All|See All|Continue Reading|Find out more"),
        ("promo.section", "promo", "Related|Related:|Related Content|Related Content:|Related Stories|Related Stories:|Related Story|Related Coverage|Related Links|Related Articles|Related Posts|Related Reading|Latest Stories|Latest News|Latest Episodes|Latest in Podcasts|Latest Headlines|Recent Stories|Recent Episodes|Recent Posts|Popular Stories|Top Stories|Featured Stories|Recommended Stories|More Stories|More News|More Headlines|More Episodes|More Coverage|You Might Also Like|You May Also Like|Most Popular|Most Read|Most Viewed|NPR Editors' Picks|Editors' Picks|Popular on NPR.org|Recommended|See Also|More Stories From NPR|What to read next"),
        ("promo.connect", "promo", "Stay Connected|Ways To Subscribe|Follow Us|Follow Us:|Connect With Us|Connect With Us:|Subscribe|Subscribe now|Subscribe here|Where to listen|Listen and subscribe"),
        ("navigation.search", "navigation", "Search Query|Show Search|Search|Submit Search|Close|Close Menu|Close Search|Menu|Show Menu|Open Navigation|Main navigation|Navigation"),
        ("navigation.links", "navigation", "Skip to content|Skip to main content|Skip to navigation|Accessibility links|Home|Donate|Donate Now|Donate Today|GIVE NOW|Give|Back to top|Next|Next Page|Previous|Previous Page|NPR logo|Breadcrumb|Programs|Schedule|Newsletters|Sign In|Log In|News|Podcasts"),
        ("navigation.tags", "navigation", "Tags|Tags:|Tag|Tagged|Tagged with|Tagged as|Topics|Topics:|Categories|Categories:|Filed Under|Filed Under:|Posted In:|Posted in"),
        ("footer.policy", "footer", "Privacy|Privacy Policy|Terms of Use|Terms of Service|Terms|Cookie Policy|Privacy Statement|Contact Us|About Us|Careers|Employment|Public File|Public Files|Public Files:|All Rights Reserved|All Rights Reserved.|NPR Privacy Policy|Your Privacy Choices|FCC Applications|FCC Public File"),
    )
    for word in line.split("|")
}  # fmt: skip
"""Lines that are furniture whatever surrounds them, in lower case, with rule and kind."""

PHRASES: tuple[Phrase, ...] = (
    # live player and audio modules
    Phrase("player.live", "player", ("on air", "playing "), r"(?:[-–•*] )?On Air(?: Now)?(?: (?:Now )?Playing.{0,60})?|(?:Now |Currently )?Playing:? (?:" + CALL + r"\b.{0,30}|.{0,40})"),
    Phrase("player.next-up", "player", ("next:", "next up"), r"(?:Next Up|Up Next):? .{0,80}"),
    Phrase("player.clock", "player", (":0", ":1", ":2", ":3", ":4", ":5"), rf"{_CLOCK}(?:\s*[/|]?\s*{_CLOCK})*"),
    Phrase("player.streams", "player", ("stream",), r"Stream: .{0,60}|Available (?:live )?streams?:?"),
    Phrase("player.listen", "player", ("listen", "play ", "escuch"), rf"(?:\d+-Minute )?(?:Listen|Play|Escuch[ae]r?)(?: (?:now|to (?:the|this) (?:full |entire |whole )?(?:story|interview|episode|audio|conversation|segment|report|show)|here|above|below))*\s*[.•·:|–-]*\s*(?:{_CLOCK}|\d+ min(?:ute)?s?)?"),
    Phrase("player.tools", "player", ("15s", "/ repeat"), r"Play\s*/?\s*15s.{0,80}"),
    Phrase("player.embed-code", "player", ("iframe", "<embed", "<script"), r"<?\s*iframe\b.*|<(?:iframe|embed|script)\b.*"),
    Phrase("player.download", "player", ("audio",), r"(?:Download|iFriendly|Play|Listen to)(?: the| this)? [Aa]udio\b.{0,40}|To embed this (?:piece of )?audio\b.{0,80}"),
    Phrase("player.browser", "player", ("browser", "script must be", "html5"), r"Your browser (?:does(?:n['’]t| not)) support.{0,60}|(?:To view this content, )?Java ?[Ss]cript must be enabled.*|HTML5 audio.{0,80}"),
    Phrase("player.later", "alert", ("available",), r"(?:The )?[Aa]udio (?:for this (?:story|piece) )?(?:will be available|is (?:not|un)available|is not yet available).{0,80}"),
    # sharing
    Phrase("share.service", "share", _SOCIAL_HINTS, rf"(?:[-–•*]\s*)?(?:(?:Share|Tweet|Post)(?: (?:this|on|to|via|by|it))*\s*)?{_SOCIAL}(?:\s*\(Opens in new window\))?"),
    Phrase("share.row", "share", _SOCIAL_HINTS, rf"(?:Share:?\s*)?(?:[-–•*]?\s*{_SOCIAL}\s*[-–•*|,/]?\s*){{2,}}"),
    Phrase("share.opens", "share", ("opens in new",), r"Click to .{0,60}\(Opens in new window\).{0,40}"),
    # pictures
    Phrase("caption.toggle", "caption", ("caption",), r"(?:(?:hide|toggle) caption\s*)+"),
    Phrase("image.file-name", "banner", (".jp", ".png", ".gif", ".webp", ".svg"), r"[\w ().%-]+\.(?:jpe?g|png|gif|webp|svg)"),
    Phrase("image.banner-alt", "banner", ("banner", "background", "header"), r".{0,60}\b(?:banner|header) ?(?:background|image|logo)\b.{0,20}|(?:Main|Header|Page|Site|Web)[ _](?:Banner|Header|Background)\b.{0,30}|[Bb]ackground[_ ]\w+.{0,10}"),
    # advertising
    Phrase("ad.label", "ad", ("sponsor", " ad", "support comes", "support provided"), r"Become an? .{1,40}\bsponsor|\d{2,3}x\d{2,3} Ad|(?:Support (?:comes|provided)|Supported|Funding (?:comes|provided)) (?:from|by):? .{0,80}|.{2,20} thanks our sponsors.*"),
    Phrase("ad.choices", "ad", ("adchoices", "podcastchoices", "omnystudio", "acast.com", "art19", "sponsors and promo", "sponsor message choices"), r".{0,120}\b(?:podcastchoices\.com|omnystudio\.com/listener|megaphone\.fm/adchoices|acast\.com/privacy|art19\.com/privacy)\b.{0,120}|See .{2,40} sponsors and promo codes\.?|Learn more about sponsor message choices.*"),
    # rights and transcripts' small print
    Phrase("copyright.rush", "copyright", ("rush deadline", "npr transcripts", "terms of use", "final form"), r"NPR transcripts are (?:created|produced) on a rush deadline.*|Accuracy and availability of NPR transcripts may vary.*|Visit our website terms of use.*|This text may not be in its final form.*"),
    Phrase("copyright.provided", "copyright", ("transcript",), r"Transcripts? (?:provided|created) by .{0,80}"),
    # biographies
    Phrase("bio.stories-by", "bio", ("stories by", "articles by", "posts by", "more by", "work by", "stories from"), r"(?:See|View|Read|More)(?: all| more)? ?(?:stories|articles|posts|work|more)? ?(?:by|from) [A-Z].{0,80}"),
    # reading on
    Phrase("promo.more", "promo", ("more", "all", "reading"), r"(?:Read|See|View|Load|Show|Learn|Hear|Watch) [Mm]ore(?: »| >|\.\.\.|…)|(?:View|See) [Aa]ll .{0,30}|Continue [Rr]eading.{0,60}"),
    Phrase("promo.section", "promo", ("more ", "latest ", "related ", "recent "), r"(?:MORE|More) (?:news|stories|coverage|episodes|STORIES|NEWS|[Ff]rom|FROM|[Oo]n|about)\b[^.!?]{0,50}|(?:Latest|LATEST|Recent|RECENT|RELATED) [A-Z][^.!?]{0,40}"),
    Phrase("promo.connect", "promo", ("follow us", "find us", "subscribe to", "connect with"), r"Follow [Uu]s(?: on .{0,60})?:?|Find us: .{0,120}|[Ss]ubscribe to (?:podcast|.{0,40} podcast)"),
    Phrase("promo.podcast-links", "promo", _PODCAST_HINTS, rf"(?:You can )?(?:also )?(?:Listen|Subscribe|Follow|Find|Hear|Get)\b.{{0,120}}?\b(?:on|in|via|at|from|wherever)\b.{{0,30}}{_PODCASTS}.{{0,160}}|Always free at these links:.*|Find more .{{2,40}}:.*|(?:Listen|Subscribe|Follow)(?: on)?:? {_PODCASTS}(?:[ ,|/•·]+(?:and |or )?{_PODCASTS})*\.?|(?:{_PODCASTS}[ ,|/•·]*){{2,}}|.{{0,60}}\b(?:wherever|anywhere|everywhere) you (?:get|listen to|find) (?:your )?podcasts.{{0,80}}"),
    # navigation
    Phrase("navigation.search", "navigation", ("search results",), r"\d* ?Search results for.*"),
    Phrase("navigation.links", "navigation", ("skip to", "jump to", "keyboard shortcuts", "page "), r"(?:Skip to|Jump to) .{0,30}|Keyboard shortcuts.{0,40}|Page \d+(?: of \d+)?"),
    Phrase("navigation.tags", "navigation", ("filed under", "posted in", "tagged", "tags:"), r"(?:Filed [Uu]nder|Posted [Ii]n|Tagged(?: with| as)?|Tags):? .{0,160}"),
    # the foot of the site
    Phrase("footer.tax", "footer", ("tax id", "ein", "501("), r".{0,160}\b(?:Tax ID|EIN|501 ?\(c\) ?\(3\)).{0,120}"),
    Phrase("footer.files", "footer", ("public file", "public inspection", "eeo", "fcc"), r"(?:FCC )?Public (?:Inspection )?Files?:?.{0,160}|For (?:assistance|help) accessing our public.*|(?:FCC|EEO) (?:Public|Applications?|Report).{0,60}|.{0,60}\b(?:FCC )?[Pp]ublic inspection files?\b.{0,80}"),
    Phrase("footer.licence", "footer", ("public service of", "licensed to", "service of", "operated by", "member-supported", "member station", "listener-supported", "public media"), r".{2,80}\b(?:is a (?:(?:listener|viewer|member|community)[- ]supported[, ]+)*(?:non-?profit,? )?(?:public (?:media |radio |broadcasting )?)?(?:service|station|service licensed)|is (?:a (?:public )?service|licensed|operated|owned)) (?:of|to|by|from|licensed)\b.{0,160}"),
    Phrase("footer.address", "footer", (" 0", " 1", " 2", " 3", " 4", " 5", " 6", " 7", " 8", " 9", "-"), r"(?:\d{1,6}|P\.?O\.? Box \d+|One|Two) [^.!?]{3,80}\b[A-Z]{2},? \d{5}(?:-\d{4})?\b.{0,80}|(?:(?:Phone|Fax|Tel|Studio|Office|Main|Toll[- ]free|Newsroom|News|Call|Text|Membership|Listener)[\w .]{0,20}:?\s*)?\+?1?[ .-]?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:\s*\|?\s*\S{0,30}){0,3}|[A-Z][\w .]{2,25}, [A-Z]{2} \d{5}(?:-\d{4})?"),
    Phrase("footer.hours", "footer", ("hours:",), r"(?:Lobby|Office|Business) Hours:.{0,80}"),
    Phrase("footer.policy", "footer", ("privacy policy", "terms of", "cookie"), r"Privacy Policy .{0,80}|(?:See )?(?:our|the) (?:privacy policy|terms of (?:use|service))\b.{0,60}"),
)  # fmt: skip

_LEAD_IN = (
    r"(?:RELATED|READ|READ MORE|READ ALSO|READ NEXT|READ IT|READ THE STORY|ALSO READ|SEE ALSO|SEE MORE|MORE|MORE COVERAGE|LEARN MORE|LISTEN"
    r"|LISTEN NOW|LISTEN HERE|WATCH|EXPLORE|FROM THE ARCHIVES?|PREVIOUSLY|RELATED (?:STORY|STORIES|COVERAGE|CONTENT|ARTICLES?|READING)"
    r"|Related|Read|Read [Mm]ore|Read [Aa]lso|Read [Nn]ext|Also [Rr]ead|See [Aa]lso|See [Mm]ore|More|More [Cc]overage|More from [^:]{2,40}"
    r"|Read more (?:from|on|about) [^:]{2,40}|Related (?:[Ss]tory|[Ss]tories|[Cc]overage|[Cc]ontent|[Aa]rticles?|[Rr]eading|[Ll]inks?)"
    r"|Learn [Mm]ore|Listen|Watch|Explore|From the [Aa]rchives?|Previously|Lee [Tt]ambién|LEE TAMBIÉN|LEA TAMBIÉN|Lea [Tt]ambién|Relacionado|RELACIONADO)"
)
_PROMO_LEAD = rf"{_LEAD_IN}\s*(?:[:|»]|>>?|—|–|-)\s*(?=\S)"


_NOTICE = (
    r"(?i:(?:\(c\)|©|Copyright\b|&copy;|Copyright ©)\s*(?:©|\(c\)|Copyright)?\s*,?\s*(?:\d{4}\s*[-–]\s*)?(?P<year>(?:19|20)\d\d)?\b[ ,.]*"
    r"(?:by\s+)?(?P<holder>[^\n]*))"
)

_CORRECTION = (
    r"[\[(]?\s*(?:POST-BROADCAST |A |Audio )?(?:CORRECTIONS?|Corrections?|CLARIFICATIONS?|Clarifications?|Corrección)\b[^!?\n]{0,60}?(?:[:—–]|\s-\s|\bAn? (?:earlier|previous)\b|$)"
    r"|(?:An?|The) (?:earlier|previous|original|prior|audio) version of this (?:story|article|report|post|piece|headline|web)\b"
    r"|This (?:story|article|report|post|headline|piece) (?:has been|was) (?:corrected|updated to correct)\b"
)
_NOTE = (
    r"[\[(]?\s*(?:(?:EDITOR|Editor|Publisher|PUBLISHER|Producer|Reporter)(?:['’]?[sS]['’]?)? [Nn](?:ote|OTE)|NOTE|Note to (?:readers|listeners)|Nota del editor|Disclosure|DISCLOSURE|Content warning|CONTENT WARNING|Trigger warning)\s*(?:[:—–-]|$)"
    r"|(?:UPDATE[D]?|Updated?)(?:\s*[:—–-]\s*|\s+(?:at\s+)?(?:\d|on\b|January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|Mon|Tues?|Wed|Thu|Fri|Sat|Sun|a\.m|p\.m)|\s*$)"
    r"|This (?:story|article|report|post|page|piece) (?:has been|was|will be) updated\b"
    r"|This is a (?:developing|breaking) (?:news )?story\b"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def phrase(line: str) -> tuple[str, str] | None:
    """Rule and kind of the furniture that the whole line is, or None.

    >>> phrase("Available On Air Stations")
    ('player.streams', 'player')
    >>> phrase("0:00 0:00")
    ('player.clock', 'player')
    """
    if len(line) > 700:
        return None
    lower = line.casefold()
    found = WORDS.get(lower)
    if found:
        return found
    for item in PHRASES:
        if any(hint in lower for hint in item.hints) and _compiled(item.pattern).fullmatch(line):
            return item.rule, item.kind
    return None


def promo_lead(line: str) -> int:
    """Length of a lead-in that sends the reader to another story ("RELATED: ", "Read more: "); 0 where there is none."""
    if len(line) > 400 or line[0] not in "RASMLWEFPV":
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
    if len(line) > 260 or not bare or bare[0] not in "©(cC&":
        return None
    found = _compiled(_NOTICE).match(bare)
    if not found or not (found["year"] or (bare[0] == "©" and found["holder"])):
        return None
    return found


def is_correction(text: str) -> bool:
    return _hinted(text, ("correct", "clarif", "version of this")) and _compiled(_CORRECTION).match(text) is not None


def is_note(text: str) -> bool:
    """Editor's notes, "Updated …" lines, disclosures."""
    return _hinted(text, ("note", "updat", "disclosure", "warning", "nota del", "developing", "breaking")) and _compiled(_NOTE).match(text) is not None


def _hinted(text: str, hints: tuple[str, ...]) -> bool:
    head = text[:80].casefold()
    return any(hint in head for hint in hints)


_STRONG = (
    r"\b(?:mak(?:e|ing)|giv(?:e|ing)|send(?:ing)?) (?:a|an|your|the) (?:[\w-]+ ){0,4}(?:donation|contribution|gift|pledge)\b",
    r"\bplease consider (?:a|an|your|giving|making|becoming)\b|\bgot (?:a|an) (?:\w+ )?(?:tip|story idea|question)\?|\b(?:follow|reach|email) (?:her|him|them|\w+ \w+) (?:on (?:twitter|x|facebook|bluesky)|at \S+@|@)",
    r"\b(?:becom(?:e|ing)|be) (?:a|an|our) (?:[\w-]+ ){0,4}(?:member|sustainer|supporter|donor|subscriber|leadership circle)\b",
    r"\b(?:donate|give|contribute|pledge|join)(?: (?:now|today|here|online|securely|monthly)| at \S+\.(?:org|com)| by calling)\b",
    r"\bplease (?:consider |help |take a moment )?(?:to )?(?:donat|giv|support|subscrib|contribut|join|becom|mak|help|renew)\w*",
    r"\bsupport(?:ing)? (?:our|this|local|independent|public|nonprofit|quality|your|trusted|the kind of|in-depth|essential|[kw][a-z]{2,3}\b|npr)(?: [\w'-]+){0,5} "
    r"?(?:news|journalism|reporting|radio|media|newsroom|station|coverage|work|programming|stories|storytelling|mission)\b",
    r"\bsign(?:ing)? ?up\b[^.!?]{0,90}\b(?:newsletters?|emails?|inbox|briefing|updates|alerts)\b|\b(?:newsletter|briefing)\b[^.!?]{0,60}\bsign up\b",
    r"\bsubscribe (?:to|for)\b[^.!?]{0,80}\b(?:newsletters?|podcasts?|show|feed|emails?)\b|\b(?:in|to) your inbox\b",
    r"\b(?:made possible|powered|funded|supported|sustained|depends|relies|rely|depend|counts?) (?:by|on|in part by) (?:you\b|your|listeners|members|readers|viewers|people like you"
    r"|donors|the (?:generous )?support of (?:our|listeners|members|readers))",
    r"\b(?:click|tap|visit|call|text|go to)\b[^.!?]{0,60}\bto (?:donate|give|support|contribute|pledge|become a member|make a)",
    r"\b(?:please |,? ?)support (?:us|[\w ]{2,20} (?:today|now) at)\b|\bsupport (?:us|our show|the show|[\w' ]{2,24}) (?:today|now|here|at|on patreon)\b",
    r"\bis public (?:media|radio) (?:for|from|by|powered)\b|\bno paywall\b|\b(?:will|won't) you (?:join|give|help|support|consider)\b|\bjoin (?:them|us|the \w+|thousands|your neighbors)\b[^.!?]{0,40}\b(?:gift|donat|member|support|today)\w*",
    r"\bsponsor-free\b|\b(?:plus\.npr\.org|npr\+)",
    r"\bhelp (?:us|keep|sustain|fund|power|support)\b[^.!?]{0,60}\b(?:going|journalism|reporting|news|radio|station|free|strong|work|community)\b",
    r"\b(?:gift|contribution|donation|pledge) of (?:\$|any |[\w-]+ dollars)|\b[\w.-]+\.[a-z]{2,8}/(?:give|donate|support|pledge|member\w*|join)\b|\bby calling (?:1-|\(?\d{3})",
    r"\byour (?:\w+ ){0,2}(?:donation|contribution|gift|membership|pledge|support) (?:\w+ ){0,3}(?:will|helps?|makes?|keeps?|ensures?|sustains?|powers?|funds?|goes|matters|today|now)\b",
    r"\b(?:unlock|match(?:ed|ing)?) (?:gift|challenge|\$)|\bjoin as an? \w+\b|\bincrease (?:now|your (?:gift|sustaining))",
    r"\b(?:share|send|have)\b[^.!?]{0,20}\b(?:tips?|story ideas?|questions?)\b[^.!?]{0,60}\b(?:email|e-mail|reach|contact|call|text|fill)\b",
    r"\bthank (?:you|s) for (?:supporting|your support|being a member|donating|listening)\b",
)  # fmt: skip
_WEAK = (
    r"\byour (?:\w+ )?(?:support|donation|contribution|gift|membership|pledge|dollars|generosity)\b",
    r"\blisteners? like you\b|\bpeople like you\b|\breaders like you\b",
    r"\b(?:sustaining|monthly) (?:member|donor|gift|contribution|sustainer)s?\b|\bsustainers?\b",
    r"\b(?:membership|member|pledge|fund|fundraising|fall|spring|winter) (?:drive|campaign)\b",
    r"\btax[- ]deductible\b",
    r"\bdonat(?:e|ion|ions|ing)\b",
    r"\bnewsletters?\b",
    r"\bpublic (?:radio|media|broadcasting)\b|\b(?:local|independent|nonprofit|trusted|fact-based) (?:news|journalism|reporting)\b",
    r"\bif you (?:found|value|appreciate|enjoy|rely|believe|like|love|want more|liked|care)\b",
    r"\b(?:free|paywall|federal funding|defunded)\b",
    r"\bpodcasts?\b",
)
_READER = (r"\b(?:you|your|you're|yours|you've|you'll)\b")
_HOUSE = (r"\b(?:we|our|us|we're|we've|[kw][a-z]{2,3}|npr|this station|this newsroom|station)\b")
_REPORTED = (r"\b(?:said|says|told|according to|asked|added|explained|wrote|announced)\b")


@cache
def _signs() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    return [re.compile(p) for p in _STRONG], [re.compile(p) for p in _WEAK]


_APPEAL_HINTS = tuple("twitter @ donat contribut gift pledge member sustain support newsletter inbox subscri sign up|signup|sponsor-free|podcast| tip|unlock|listening|story idea".replace(" ", "|").split("|"))


def appeal(text: str, *, tail: bool = False, linked: bool = False) -> str | None:
    """"appeal" or "newsletter" where a paragraph asks the reader for money, membership or an address; else None.

    Signs are weighed: phrases that only an ask has (2 each), words it often has (1 each), the reader and the house
    spoken of (1 each), a link to where one gives or signs up (2); reported speech and quotation marks speak against it,
    for stories about fund drives exist.
    """
    folded = fold(text)
    if len(text) > 900 or not any(hint in folded for hint in _APPEAL_HINTS):
        return None
    strong, weak = _signs()
    firm = sum(1 for p in strong if p.search(folded)) + linked
    if not firm:
        return None
    score = 2 * firm + sum(1 for p in weak if p.search(folded))
    score += bool(_compiled(_READER).search(folded)) + bool(_compiled(_HOUSE).search(folded)) + tail
    if '"' in folded:
        score -= 3
    if _compiled(_REPORTED).search(folded):
        score -= 2
    if len(folded.split()) > 110:
        score -= 1
    if score < 4:
        return None
    return "newsletter" if re.search(r"newsletter|inbox|sign(?:ing)? ?up", folded) and "donat" not in folded else "appeal"


_BIO_VERB = (
    r"(?:,? (?:who |[^.]{0,60}, )?(?:is|was|has been|covers?|joined|hosts?|works?|reports?|serves?|grew up|began|came to|started|edits|produces?|writes|leads|oversees|has (?:worked|covered|reported|hosted|served))\b)"
)
_BIO_TRADE = (
    r"\b(?:reporters?|host(?:s|ed|ing)?|producers?|producing|editors?|correspondent|journalist|journalism|intern(?:ship)?|news director|anchor|newsroom"
    r"|covers|covering|reporting|award|graduat\w+|degree|columnist|freelance\w*|bureau|public radio|NPR|broadcast\w*|station|stories|her work|his work|their work|author of|fellow|photographer|managing|beat)\b"
)


def biography(text: str, names: tuple[str, ...] = ()) -> bool:
    """True where a closing paragraph introduces its author: begins with a person, says what they are, in the trade's words."""
    if not 30 <= len(text) <= 1500:
        return False
    start = text.lstrip("*_—–- ")
    for name in names:
        surname = name.split()[-1] if name.split() else name
        for lead in (name, surname):
            if lead and start[: len(lead)].casefold() == lead.casefold() and _compiled(_BIO_VERB).match(start[len(lead) :]):
                return _compiled(_BIO_TRADE).search(text) is not None
    found = re.match(r"(?:[A-Z][\w.'’-]*\s){1,3}(?:[a-z]{1,3}\s)?[A-Z][\w'’.-]+", start)
    if not found or not _compiled(_BIO_VERB).match(start[found.end() :]):
        return False
    return len(_compiled(_BIO_TRADE).findall(text)) >= 2


def introduces(text: str) -> bool:
    """True where a paragraph begins with a person's full name and says what they are or do: a biography's shape, which
    counts only beside a certain one."""
    found = re.match(r"(?:[A-Z][\w.'’-]*\s){1,3}(?:[a-z]{1,3}\s)?[A-Z][\w'’.-]+", text) if 20 <= len(text) <= 900 else None
    return found is not None and _compiled(_BIO_VERB).match(text[found.end() :]) is not None
