"""The furniture of public-radio pages as data: what lines say when they are not the story.

Each `Phrase` has a name (shown as `removed[].rule`), a kind and a pattern that must match a whole line. They serve
paragraphs of a page and lines of a plain-text dump alike. Sources: the anatomy notes of some 90 station pages
(``docs/architecture.md``), Grove's own widget texts, npr.org's story template.

What reads like prose cannot be listed: asks for money are weighed in `asks`, notices, notes and biographies are told by
their beginning in `wording`.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from scraper.extractor.hints import NUMBER, Lookup, Starts, starts
from scraper.extractor.text import fold
from scraper.extractor.wording import CALL


class Phrase(msgspec.Struct, frozen=True):
    """`pattern` must match the whole line; it is tried (and compiled) only where one of `hints` (lower case, each at the
    beginning of a word) stands in the line and the line is no longer than `longest` characters, so that a page pays for
    the furniture it has."""

    rule: str
    kind: str
    hints: tuple[str, ...]
    pattern: str
    longest: int = 200


_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d\d"
_SOCIAL = (
    r"(?:Facebook|Twitter|X|LinkedIn|E-?mail|Flipboard|Bluesky|Threads|WhatsApp|Reddit|Print|Pinterest|Tumblr|Instagram|Mastodon"
    r"|YouTube|TikTok|Text|Copy (?:link|URL)|Nextdoor|Google\+?|Pocket)"
)
_PODCASTS = (
    r"(?:Apple Podcasts|iTunes|Spotify|Google (?:Podcasts|Play)|Stitcher|NPR One|Pocket ?Casts|YouTube(?: Music)?|Amazon Music|Overcast"
    r"|RSS(?: link)?|TuneIn|iHeart(?:Radio)?|the NPR app)"
)
_SOCIAL_HINTS = (
    "facebook",
    "twitter",
    "linkedin",
    "mail",
    "email",
    "flipboard",
    "bluesky",
    "threads",
    "whatsapp",
    "reddit",
    "pinterest",
    "copy",
    "share",
)
_PODCAST_HINTS = (
    "podcast",
    "spotify",
    "itunes",
    "stitcher",
    "npr one",
    "overcast",
    "amazon music",
    "npr app",
    "you listen",
    "you get your",
    "find more",
    "always free",
)

WORDS: dict[str, tuple[str, str]] = {
    word.casefold(): (rule, kind)
    for rule, kind, line in (
        ("player.live", "player", "Play Live Radio|Listen Live|Listen Live:|Live Radio|Play Live|On Air|On Air Now|- On Air Now|En Vivo"),
        ("player.listen", "player", "Listen|Listen now|Play|Pause|Escuchar"),
        ("player.next-up", "player", "Next Up|Next Up:|Up Next|Up Next:|Now Playing|Now Playing:|On Now|On Now:|Currently Playing"),
        ("player.streams", "player", "Available On Air Stations|All Streams|Scroll down to see all available streams|Scroll down to see all available streams.|Full Schedule|Live Streams"),
        ("player.tools", "player", "Listening...|Listening…|Get Adobe Flash player|Embed player|Pop-Up|play/pause icon|Toggle more options|COPY|HTML EMBED:|Audio Player|Video Player|Play Audio|Play Video|Add to Playlist|Playlist|Queue|Download|Download audio|Embed|Transcript|Loading|Loading...|Loading…|Audio player assistance|LISTEN & FOLLOW|Subscribe to podcast|Open in new window"),
        ("share.label", "share", "Click to enlarge|Tap to enlarge|Scroll to continue|Scroll for more|Share|Share story|Share this|Share this:|Tweet this|Pin it|Print this|Like this:|Like|Like Loading...|Like Loading…|Leave a Reply|Leave a comment|Comments|Comment|Add a comment|Share on|Share this story|Share this article|Share this page|Share this post|Share:|Tweet|Republish|Republish this story|Leave your feedback|Copy link|Copy URL|Print this story"),
        ("share.service", "share", "Facebook|Twitter|X|LinkedIn|Email|E-mail|Flipboard|Bluesky|Threads|WhatsApp|Reddit|Print|Pinterest|Tumblr|Instagram|Mastodon|YouTube|TikTok|Nextdoor|Google+|Correo electrónico|Correo|Imprimir|Compartir"),
        ("caption.toggle", "caption", "hide caption|toggle caption|hide caption toggle caption|Enlarge this image|Enlarge|Enlarge image|View larger|View full size|View gallery|/"),
        ("ad.label", "ad", "A message from our sponsor|A message from our sponsors|Before you keep reading|Before you keep reading ...|Before you keep reading...|Presented By|Presented by|Brought to you by|Advertisement|Advertising|Sponsored|Sponsor|Sponsor Message|Sponsored By|Sponsored Content|Support Provided By:|Support Provided By|Support comes from|Support comes from:|Our sponsors|Become an NPR sponsor"),
        ("promo.more", "promo", "Read More|Read More »|See More|View More|Load More|Load More…|Show More|Learn More|More|More »|View All|See All|Continue Reading|Find out more"),
        ("promo.section", "promo", "Related|Related:|Related Content|Related Content:|Related Stories|Related Stories:|Related Story|Related Coverage|Related Links|Related Articles|Related Posts|Related Reading|Latest Stories|Latest News|Latest Episodes|Latest in Podcasts|Latest Headlines|Recent Stories|Recent Episodes|Recent Posts|Popular Stories|Top Stories|Featured Stories|Recommended Stories|More Stories|More News|More Headlines|More Episodes|More Coverage|You Might Also Like|You May Also Like|Most Popular|Most Read|Most Viewed|NPR Editors' Picks|Editors' Picks|Popular on NPR.org|Recommended|See Also|More Stories From NPR|What to read next"),
        ("promo.connect", "promo", "Stay Connected|Ways To Subscribe|Follow Us|Follow Us:|Connect With Us|Connect With Us:|Subscribe|Subscribe now|Subscribe here|Where to listen|Listen and subscribe"),
        ("navigation.search", "navigation", "Search Query|Show Search|Search|Submit Search|Close|Close Menu|Close Search|Menu|Show Menu|Open Navigation|Main navigation|Navigation"),
        ("navigation.links", "navigation", "Skip to content|Skip to main content|Skip to navigation|Accessibility links|Home|Donate|Donate Now|Donate Today|GIVE NOW|Give|Back to top|Next|Next Page|Previous|Previous Page|NPR logo|Breadcrumb|Programs|Schedule|Newsletters|Sign In|Log In|News|Podcasts"),
        ("navigation.tags", "navigation", "Tags|Tags:|Tags in this Story|Tags in this story|Tag|Tagged|Tagged with|Tagged as|Topics|Topics:|Categories|Categories:|Filed Under|Filed Under:|Posted In:|Posted in"),
        ("footer.policy", "footer", "Privacy Preference Center|Cookies Settings|Accept All Cookies|Privacy|Privacy Policy|Terms of Use|Terms of Service|Terms|Cookie Policy|Privacy Statement|Contact Us|About Us|Careers|Employment|Public File|Public Files|Public Files:|All Rights Reserved|All Rights Reserved.|NPR Privacy Policy|Your Privacy Choices|FCC Applications|FCC Public File"),
    )
    for word in line.split("|")
}  # fmt: skip
"""Lines that are furniture whatever surrounds them, in lower case, with rule and kind."""

PHRASES: tuple[Phrase, ...] = (
    # live player and audio modules
    Phrase("player.live", "player", ("on air", "playing "), r"(?:[-–•*] )?On Air(?: Now)?(?: (?:Now )?Playing.{0,60})?|(?:Now |Currently )?Playing:? (?:" + CALL + r"\b.{0,30}|.{0,40})"),
    Phrase("player.live", "player", ("play live radio", "on air stations"), rf"(?:(?:Play Live Radio|Next Up:?|{_CLOCK}|Available On Air Stations|All Streams)\s*){{2,}}"),
    Phrase("player.next-up", "player", ("next:", "next up"), r"(?:Next Up|Up Next):? .{0,80}"),
    Phrase("player.clock", "player", (":",), rf"{_CLOCK}(?:\s*[/|]?\s*{_CLOCK})*"),
    Phrase("player.streams", "player", ("stream",), r"Stream: .{0,60}|Available (?:live )?streams?:?"),
    Phrase("player.listen", "player", ("listen", "play ", "escuch"), rf"(?:\d+-Minute )?(?:Listen|Play|Escuch[ae]r?)(?: (?:now|to (?:the|this) (?:full |entire |whole )?(?:story|interview|episode|audio|conversation|segment|report|show)|here|above|below))*\s*[.•·:|–-]*\s*(?:{_CLOCK}|\d+ min(?:ute)?s?)?"),
    Phrase("player.above", "player", ("above", "below", "play button", "audio player", "hear ", "listen"), r"(?:(?:You can |To )?(?:listen|hear|Listen|Hear)\b[^.!?]{0,60}(?:,|by) )?(?:[Cc]lick|[Tt]ap|[Pp]ress|[Hh]it|[Uu]se|[Pp]ush)(?:ing)? (?:on )?(?:the )?(?:[\w“\"]+ ){0,3}(?:play|listen|arrow|player|audio|button|icon|link)\b[^.!?]{0,90}\.?|(?:You can )?(?:[Ll]isten to|[Hh]ear|[Pp]lay) (?:the |this |our )?(?:\w+ ){0,2}(?:interview|conversation|episode|story|segment|discussion|audio|report|show)\b[^.!?]{0,60}\b(?:above|below|(?:in|with|on|using) the (?:audio )?player|at the top of (?:the|this))\b[^.!?]{0,50}\.?"),
    Phrase("player.tools", "player", ("play", "play15s"), r"Play\s*/?\s*15s.{0,80}"),
    Phrase("player.tools", "player", ("arrow keys", "play in new window"), r"Use (?:Up/Down|Left/Right) Arrow keys.{0,80}|(?:Podcast|Audio): Play in new window\b.{0,80}"),
    Phrase("player.embed-code", "player", ("iframe", "embed", "script"), r"(?:Embed\s*)?<?\s*iframe\b.*|<(?:iframe|embed|script)\b.*", 2000),
    Phrase("player.download", "player", ("audio",), r"(?:Download|iFriendly|Play|Listen to)(?: the| this)? [Aa]udio\b.{0,40}|To embed this (?:piece of )?audio\b.{0,80}"),
    Phrase("player.browser", "player", ("browser", "script must be", "javascript must be", "html5"), r"Your browser (?:does(?:n['’]t| not)) support.{0,60}|(?:To view this content, )?Java ?[Ss]cript must be enabled.*|HTML5 audio.{0,80}", 400),
    Phrase("player.later", "alert", ("available", "unavailable", "coming soon", "to come"), r"\(?(?:[Aa]udio|AUDIO|[Tt]ranscript)(?: (?:is|will be))? (?:coming soon|to come)\)?\.?|(?:The )?[Aa]udio (?:for this (?:story|piece) )?(?:will be available|is (?:not|un)available|is not yet available).{0,80}"),
    # sharing
    Phrase("share.service", "share", _SOCIAL_HINTS, rf"(?:[-–•*]\s*)?(?:(?:Share|Tweet|Post)(?: (?:this|on|to|via|by|it))*\s*)?{_SOCIAL}(?:\s*\(Opens in new window\))?"),
    Phrase("share.row", "share", _SOCIAL_HINTS, rf"(?:Share:?\s*)?(?:[-–•*]?\s*{_SOCIAL}\s*[-–•*|,/]?\s*){{2,}}"),
    Phrase("share.opens", "share", ("opens in new",), r"Click to .{0,60}\(Opens in new window\).{0,40}"),
    Phrase("share.comment", "share", ("responses to", "comments on", "thoughts on", "bookmark the permalink", "response to"), r"\d+ (?:Responses?|Comments?|thoughts?) (?:to|on) .{0,120}|This entry was posted .{0,120}permalink\.?"),
    Phrase("appeal.contact", "appeal", ("@",), r"(?:Leave (?:us )?a tip|Send (?:us )?(?:a|your) (?:story )?(?:tips?|ideas?)|Got a tip\??|Have a tip\??|Story ideas?\??|Questions\??|Tips\??)[^.]{0,40}:? ?\S+@\S+"),
    Phrase("newsletter.form", "newsletter", ("email address", "by submitting your"), r"Email [Aa]ddress\b.{0,80}|By submitting your .{0,300}", 400),
    Phrase("share.comment", "share", ("required fields", "will not be published"), r".{0,60}(?:will not be published|Required fields are marked).{0,60}"),
    Phrase("embed.post", "embed", ("(@", "pic.twitter", "pic.x.com", "t.co/"), r"[—–-] ?.{1,60}\(@\w{1,30}\)\s*.{0,40}|(?:https?://)?(?:pic\.twitter\.com|pic\.x\.com|t\.co)/\w+"),
    Phrase("player.file", "player", ("http",), r"https?://\S+\.(?:mp3|m4a|mp4|wav|m3u8?)(?:\?\S*)?"),
    # pictures
    Phrase("caption.toggle", "caption", ("caption",), r"(?:(?:hide|toggle) caption\s*)+"),
    Phrase("embed.post", "embed", ("this post on", "a post shared"), r"View this post on \w+|A post shared by .{1,80}"),
    Phrase("caption.count", "caption", (NUMBER,), r"\(?\d{1,3} (?:of|/) \d{1,3}\)?(?:\s*[—–:-]\s*.{0,80})?", 100),
    Phrase("image.file-name", "banner", ("jpg ", "jpeg", "png ", "gif ", "webp", "svg "), r"[\w ().%-]+\.(?:jpe?g|png|gif|webp|svg)"),
    Phrase("image.banner-alt", "banner", ("banner", "background", "header"), r".{0,60}\b(?:banner|header) ?(?:background|image|logo)\b.{0,20}|(?:Main|Header|Page|Site|Web)[ _](?:Banner|Header|Background)\b.{0,30}|[Bb]ackground[_ ]\w+.{0,10}", 200),
    # advertising
    Phrase("ad.label", "ad", ("sponsor", "ad ", "support comes", "support provided", "support for", " continues ", "supported by", "supported from", "sponsored by", "presented by", "underwritten by", "to you by"), r"(?:Story|Article|Text|Post) continues (?:below|after)\b.{0,40}|(?:Sponsored|Presented|Underwritten|Brought to you) by:? [A-Z][^.!?]{1,80}|Support for (?:this|our|the) (?:podcast|program|show|episode|series)\b.{0,30} (?:comes|is provided|provided) (?:from|by).{0,160}|Become an? .{1,40}\bsponsor|\d{2,3}x\d{2,3} Ad|(?:Support (?:comes|provided)|Supported|Funding (?:comes|provided)) (?:from|by):? .{0,80}|.{2,20} thanks our sponsors.*"),
    Phrase("ad.choices", "ad", ("adchoices", "podcastchoices", "omnystudio", "acast.com", "art19", "sponsors and promo", "sponsor message choices"), r".{0,120}\b(?:podcastchoices\.com|omnystudio\.com/listener|megaphone\.fm/adchoices|acast\.com/privacy|art19\.com/privacy)\b.{0,120}|See .{2,40} sponsors and promo codes\.?|Learn more about sponsor message choices.*", 400),
    # rights and transcripts' small print
    Phrase("copyright.rush", "copyright", ("deadline", "npr transcripts", "terms of use", "final form"), r".{3,60}\btranscripts are (?:created|produced) on (?:a rush |tight )?deadline.*|Accuracy and availability of NPR transcripts may vary.*|Visit our website terms of use.*|This text may not be in its final form.*", 700),
    Phrase("copyright.republish", "copyright", ("creative commons", "republish"), r"(?:Republish|You (?:may|can|are free to) republish|This (?:story|article|work|content) (?:is|may be|can be))\b.{0,200}\b(?:Creative Commons|republish(?:ed)?)\b.{0,120}|Republish (?:this|our) (?:story|article|content)\b.{0,120}", 400),
    Phrase("copyright.provided", "copyright", ("transcript",), r"(?:Read |See |Find )?(?:[Aa] |[Tt]he )?(?:full )?[Tt]ranscript(?: is)? available (?:here|below|online)\.?|Transcripts? (?:provided|created) by .{0,80}"),
    # biographies
    Phrase("bio.contact", "bio", ("@",), r"(?:You can )?(?:E-?mail|Contact|Reach|Write to|Twitter|Bluesky|X)\b[^.!?@]{0,40}?:? ?\S*@[\w.-]*\w\.?"),
    Phrase("bio.stories-by", "bio", ("stories by", "articles by", "posts by", "more by", "work by", "stories from"), r"(?:See|View|Read|More)(?: all| more)? ?(?:stories|articles|posts|work|more)? ?by [A-Z].{0,80}|(?:See|View|Read)(?: all| more)? ?(?:stories|articles|posts|work|more)? ?from [A-Z].{0,80}"),
    # reading on
    Phrase("promo.more", "promo", ("read more", "see more", "view more", "load more", "show more", "learn more", "hear more", "watch more", "view all", "see all", "continue reading"), r"(?:Read|See|View|Load|Show|Learn|Hear|Watch) [Mm]ore(?: »| >|\.\.\.|…)|(?:View|See) [Aa]ll .{0,30}|Continue [Rr]eading.{0,60}"),
    Phrase("promo.section", "promo", ("more ", "latest ", "related ", "recent "), r"(?:MORE|More) (?:news|stories|coverage|episodes|STORIES|NEWS|[Ff]rom|FROM|[Oo]n|about)\b[^.!?]{0,50}|(?:Latest|LATEST|Recent|RECENT|RELATED) [A-Z][^.!?]{0,40}"),
    Phrase("promo.watch", "player", ("watch ", "listen "), r"(?:WATCH|LISTEN) ?\| ?[A-Z].{1,160}"),
    Phrase("promo.agency", "promo", ("apnews", "ap's", "ap’s", "associated press"), r"(?:Follow|Find|See|Read)(?: more)?(?: of)? (?:the )?(?:AP|Associated Press)(?:['’]s)? .{0,80}(?:at|here):? ?\S*|(?:More )?AP [\w ]{2,40}: ?(?:and )?https?://\S+.{0,80}", 260),
    Phrase("promo.connect", "promo", ("follow ", "find us", "subscribe to", "connect with", "join our", "app ", "apps", "you can ", "hear "), rf"(?:Stay (?:connected|in touch)[:.!,]? )?[Ff]ollow (?:[Uu]s|{CALL}(?: [A-Z]\w+)*|@\w+) on {_SOCIAL}[^.!?]{{0,100}}\.?|Join our (?:WhatsApp|Telegram|Discord|Facebook|text)\b[^.!?]{{0,140}}\.?|(?:Download|Get) (?:the|our) (?:free )?(?:[\w&]+ ){{0,3}}(?:mobile )?app\b[^.!?]{{0,100}}\.?|You can (?:also )?(?:hear|listen to|catch) (?:this|our|more of|the full) [^.!?]{{0,40}}\bon (?:Morning Edition|All Things Considered|Weekend Edition|{CALL}|our (?:air|show|podcast))\b.{{0,80}}|Follow [Uu]s(?: on .{{0,60}})?:?|Follow [A-Z]\w+(?: [A-Z]\w+)? on Twitter\.?|Find us: .{{0,120}}|[Ss]ubscribe to (?:podcast|.{{0,40}} podcast)", 260),
    Phrase("promo.podcast-links", "promo", _PODCAST_HINTS, rf"(?:You can )?(?:also )?(?:Listen|Subscribe|Follow|Find|Hear|Get)\b.{{0,120}}?\b(?:on|in|via|at|from|wherever)\b.{{0,30}}{_PODCASTS}.{{0,160}}|Always free at these links:.*|Find more .{{2,40}}:.*\b(?:{_SOCIAL}|{_PODCASTS}|[Nn]ewsletter)\b.*|(?:Listen|Subscribe|Follow)(?: on)?:? {_PODCASTS}(?:[ ,|/•·]+(?:and |or )?{_PODCASTS})*\.?|(?:{_PODCASTS}[ ,|/•·]*){{2,}}|.{{0,60}}\b(?:wherever|anywhere|everywhere) you (?:get|listen to|find) (?:your )?podcasts.{{0,80}}", 420),
    # navigation
    Phrase("navigation.search", "navigation", ("search results",), r"\d* ?Search results for.*"),
    Phrase("navigation.links", "navigation", ("skip to", "jump to", "keyboard shortcuts", "page "), r"(?:Skip to|Jump to) .{0,30}|Keyboard shortcuts.{0,40}|Page \d+(?: of \d+)?"),
    Phrase("navigation.tags", "navigation", ("filed under", "posted in", "tagged", "tags:"), r"(?:Filed [Uu]nder|Posted [Ii]n|Tagged(?: with| as)?|Tags):? .{0,160}"),
    # the foot of the site
    Phrase("footer.tax", "footer", ("tax id", "ein ", "501("), r".{0,160}\b(?:Tax ID|EIN|501 ?\(c\) ?\(3\)).{0,120}", 340),
    Phrase("footer.files", "footer", ("public file", "public inspection", "eeo ", "fcc "), r"(?:FCC )?Public (?:Inspection )?Files?:?.{0,160}|For (?:assistance|help) accessing our public.*|(?:FCC|EEO) (?:Public|Applications?|Report).{0,60}|.{0,60}\b(?:FCC )?[Pp]ublic inspection files?\b.{0,80}", 400),
    Phrase("footer.licence", "footer", ("public service of", "licensed to", "service of", "operated by", "member-supported", "member station", "listener-supported", "public media"), r".{2,80}\b(?:is a (?:(?:listener|viewer|member|community)[- ]supported[, ]+)*(?:non-?profit,? )?(?:public (?:media |radio |broadcasting )?)?(?:service|station|service licensed)|is (?:a (?:public )?service|licensed|operated|owned)) (?:of|to|by|from|licensed)\b.{0,160}", 400),
    Phrase("footer.address", "footer", (NUMBER,), r"(?:\d{1,6}|P\.?O\.? Box \d+|One|Two) [^.!?]{3,80}\b[A-Z]{2},? \d{5}(?:-\d{4})?\b.{0,80}|(?:(?:Phone|Fax|Tel|Studio|Office|Main|Toll[- ]free|Newsroom|News|Call|Text|Membership|Listener)[\w .]{0,20}:?\s*)?\+?1?[ .-]?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:\s*\|?\s*\S{0,30}){0,3}|[A-Z][\w .]{2,25}, [A-Z]{2} \d{5}(?:-\d{4})?"),
    Phrase("footer.hours", "footer", ("hours:",), r"(?:Lobby|Office|Business) Hours:.{0,80}"),
    Phrase("footer.policy", "footer", ("privacy policy", "terms of", "cookie"), r"Privacy Policy .{0,80}|(?:See )?(?:our|the) (?:privacy policy|terms of (?:use|service))\b.{0,60}"),
)  # fmt: skip

_SHORT = 200
"""Up to this length a line may be any phrase; beyond, only those that say so."""
_LONGEST = max(item.longest for item in PHRASES)
_LONGEST_WORDS = max(map(len, WORDS))
_ALL = Lookup(PHRASES)
_LONG = Lookup([item for item in PHRASES if item.longest > _SHORT])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def phrase(
    line: str, folded: str | None = None, words: Starts | None = None, *, language: str | None = None
) -> tuple[str, str] | None:
    """Rule and kind of the furniture that the whole line is, or None. `folded` (see `text.fold`) and `words` (see
    `hints.starts`) spare making them again; `language` (see `languages.code`) adds that language's own.

    >>> phrase("Available On Air Stations")
    ('player.streams', 'player')
    >>> phrase("0:00 0:00")
    ('player.clock', 'player')
    """
    length = len(line)
    if length > _LONGEST:
        return None
    found = WORDS.get(line.casefold()) if length <= _LONGEST_WORDS else None
    if found:
        return found
    folded = fold(line) if folded is None else folded
    for item in (_ALL if length <= _SHORT else _LONG).among(folded, starts(folded) if words is None else words):
        if length <= item.longest and _compiled(item.pattern).fullmatch(line):
            return item.rule, item.kind
    if language:
        from scraper.extractor import languages

        return languages.phrase(line, language, folded, words)
    return None
