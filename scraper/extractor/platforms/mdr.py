"""MDR (central Germany)."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="mdr",
    hosts=("mdr.de",),
    mixed=True,
    types=(("article.articlepage,.articlehead,.sectionArticle .paragraph", "article"),),
    root=("article.articlepage", "article:has(.articlehead)", ".sectionArticle"),
    body=("article.articlepage", "article:has(.articlehead)", ".sectionArticle:has(.paragraph)"),
    title=(".articlehead h1", "h1", "meta:og:title"),
    byline=(".textauthor", ".articlehead .author", ".author"),
    authors=("meta:author", "ld:author.name"),
    published=("ld:datePublished", "meta:article:published_time", "meta:date"),
    visible_date=(".lastchanged", ".webtime"),
    modified=("ld:dateModified", "meta:article:modified_time"),
    section=(".articlehead .topline",),
    tags=("ld:keywords",),
    figures=("figure,.contentimage,.mediaCon",),
    caption=(".caption", "figcaption"),
    credit=(".copyright", ".rightsnotice"),
    copyright=("footer",),
    zone="Europe/Berlin",
    drops=(
        Drop("mdr.head", "banner", ".articlehead h1,.articlehead .topline,.lastchanged,.textauthor,.webtime"),
        Drop("mdr.source", "copyright", ".editorinfo,.textsource,.sourceinfo"),
        Drop("mdr.more", "promo", ".contentbox,.teaser,.linklist,.broadcastbox,.relatedbroadcast"),
        Drop("mdr.player", "player", ".mediabox,.audiobox,.videobox,.player,[class*='mediaplayer']"),
        Drop("mdr.share", "share", ".socialbookmarks,[class*='share']"),
        Drop("mdr.embed", "embed", ".embeddedContent,.extembed,.consentbox"),
        Drop("mdr.comments", "comments", "[class*='comment' i],[id*='comment' i]"),
    ),
    rest=True,
    regions=(
        Drop("mdr.header", "navigation", "body > header,nav"),
        Drop("mdr.comments", "comments", "[class*='comment' i],[id*='comment' i]"),
        Drop("mdr.more", "promo", "aside,.contentbox"),
        Drop("mdr.footer", "footer", "body > footer,#footer"),
    ),
)  # fmt: skip
