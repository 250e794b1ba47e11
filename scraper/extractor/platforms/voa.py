"""Voice of America: today's pages (one template in its many languages) and those of 2003 to 2007."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="voa",
    since="2012-01-01",
    hosts=("voanews.com", "voachinese.com", "voanoticias.com", "voaafrique.com", "golosameriki.com"),
    mixed=True,
    types=(("#article-content,.wsw", "article"),),
    root=("#content", "main"),
    body=("#article-content .wsw", ".wsw", "#article-content"),
    title=("h1.pg-title", "h1.title", "h1", "meta:og:title"),
    byline=(".links__item",),
    authors=( "ld:author.name", "meta:author"),
    published=("ld:datePublished", "time[datetime]@datetime", "meta:article:published_time"),
    modified=("ld:dateModified", "meta:article:modified_time"),
    section=(".category a", "meta:article:section"),
    figures=("figure,.wsw__embed:has(img)",),
    caption=("figcaption", ".caption"),
    copyright=("footer",),
    drops=(
        Drop("voa.related", "promo", ".wsw__embed:has(.media-block),.media-block,[class*='ymla-section']"),
        Drop("voa.player", "player", ".c-mmp,.wsw__embed:has(video),.wsw__embed:has(audio)"),
        Drop("voa.embed", "embed", ".wsw__embed:has(iframe),.twitter-tweet"),
        Drop("voa.share", "share", ".share,.link-print"),
        Drop("voa.comments", "comments", "#comments"),
    ),
    rest=True,
    regions=(
        Drop("voa.header", "navigation", "body > header,.hdr-20,nav"),
        Drop("voa.more", "promo", ".region,[class*='ymla-section']"),
        Drop("voa.footer", "footer", "footer"),
    ),
)  # fmt: skip

SPANS = Platform(
    name="voa",
    since="2003-01-01",
    until="2007-12-31",
    hosts=PLATFORM.hosts,
    mixed=True,
    types=((".articleheadline", "article"),),
    root=("div:has(> div > table .articleheadline)", "div:has(> table .articleheadline)", "body"),
    body=("span.body",),
    title=(".articleheadline", "title:"),
    byline=(".byline",),
    authors=(),
    published=(".datetime",),
    audio=("a.media-asset[href$='.mp3']",),
    figures=("table:has(img)",),
    copyright=("body",),
    drops=(
        Drop("voa.player", "player", "a.media-asset"),
        Drop("voa.related", "promo", ".smalltease"),
    ),
    rest=True,
    regions=(
        Drop("voa.menu", "navigation", ".leftmenutext"),
        Drop("voa.more", "promo", ".smalltease"),
    ),
)

EARLIER = (SPANS,)
