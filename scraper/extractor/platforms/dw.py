"""DW (Germany, in some thirty languages): the pages of today and those of 2011 to 2021."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="dw",
    since="2022-01-01",
    hosts=("dw.com",),
    mixed=True,
    types=((".rich-text,#bodyContent .longText", "article"),),
    root=("article:has(.rich-text)", "main article", "main"),
    body=("article header .teaser-text,article .rich-text", ".rich-text"),
    title=("article header h1", "h1", "meta:twitter:title", "meta:og:title"),
    byline=(),
    authors=("ld:author.name", ".author-details a"),
    published=("ld:datePublished", "time[datetime]@datetime", "meta:article:published_time"),
    modified=("ld:dateModified", "meta:article:modified_time"),
    section=("header .kicker a", "header .kicker"),
    tags=(".tags a", ".related-tags a"),
    figures=("figure",),
    caption=("figcaption",),
    credit=("figcaption small", ".copyright"),
    copyright=("footer[role='contentinfo']", "body > footer", "body"),
    drops=(
        Drop("dw.player", "player", ".vjs-wrapper,.embed.big:has(video),[class*='video-embed'],.audio-wrapper"),
        Drop("dw.ad", "ad", ".advertisement"),
        Drop("dw.teaser", "promo", ".teaser-wrap,.embed:has(a[href]):not(:has(video)),.internal-teaser,.recommended"),
        Drop("dw.embed", "embed", ".social-embed,.embed.twitter,.twitter-tweet,.embed.facebook,.consent"),
        Drop("dw.newsletter", "newsletter", "[class*='newsletter']"),
        Drop("dw.hidden", "navigation", ".sr-only"),
    ),
    rest=True,
    regions=(
        Drop("dw.header", "navigation", "body > header,nav"),
        Drop("dw.feedback", "form", ".feedback"),
        Drop("dw.share", "share", ".copy-button-wrapper,.sharing"),
        Drop("dw.ad", "ad", ".advertisement"),
        Drop("dw.more", "promo", "section.in-line,aside"),
        Drop("dw.footer", "footer", "body > footer,footer"),
    ),
)  # fmt: skip

LONGTEXT = Platform(
    name="dw",
    since="2011-12-01",
    until="2021-12-31",
    hosts=("dw.com", "dw.de", "dw-world.de"),
    mixed=True,
    types=PLATFORM.types,
    root=("#bodyContent", "body"),
    body=("#bodyContent p.intro,#bodyContent .longText", ".longText"),
    title=("#bodyContent h1", "h1", "meta:og:title"),
    byline=(),
    authors=("ld:author.name",),
    published=("ld:datePublished", "meta:article:published_time"),
    visible_date=(".smallList li", ".date"),
    section=("#bodyContent h4.artikel",),
    tags=(".smallList a[href*='search']",),
    figures=(".picBox,figure",),
    caption=("p", "figcaption"),
    credit=(".copyright",),
    zone="Europe/Berlin",
    drops=(
        Drop("dw.media", "player", ".mediaItem,.video,.audio"),
        Drop("dw.teaser", "promo", ".linkList,.teaserImg,.artBox,.standaloneWrap,.opinary"),
        Drop("dw.ad", "ad", ".adMid,.ad"),
        Drop("dw.share", "share", ".sharing-bar,.shareSocial"),
    ),
    rest=True,
    regions=(
        Drop("dw.header", "navigation", "#header,#navContent"),
        Drop("dw.more", "promo", "#sidebar,.col1 .group,.col2"),
        Drop("dw.footer", "footer", "#footer"),
    ),
)  # fmt: skip

EARLIER = (LONGTEXT,)
