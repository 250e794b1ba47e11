"""WDR (western Germany) and what shares its boxes."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="wdr",
    hosts=("wdr.de", "wdr2.de", "wdr5.de"),
    mixed=True,
    types=((".sectionArticle .modParagraph p.text,.sectionArticle .einleitung", "article"),),
    root=(".sectionArticle article", ".sectionArticle"),
    body=(".sectionArticle article:has(.modParagraph)", ".sectionArticle:has(.modParagraph)"),
    title=("h1.articleHeader", "h1", "meta:og:title"),
    byline=("p.autor", ".autor"),
    authors=("meta:author", "ld:author.name"),
    published=("meta:dc.date", "ld:datePublished", "meta:article:published_time"),
    visible_date=("p.stand", ".stand"),
    modified=("ld:dateModified",),
    section=(".breadcrumb li:last-child a",),
    figures=("figure,.mediaCon:not(.small *):has(img):not(:has(.mediaLink.video)):not(:has(.mediaLink.audio))",),
    caption=(".infotext", "figcaption"),
    credit=(".mediaRights", ".rightsnotice", ".copyright"),
    copyright=("footer", "#footer"),
    zone="Europe/Berlin",
    drops=(
        Drop("wdr.head", "banner", "h1.articleHeader,p.stand,p.autor"),
        Drop("wdr.player", "player", ".mediaCon:has(.mediaLink.video),.mediaCon:has(.mediaLink.audio),.modAudio,.modConAudio,.modVideo,.modGlossar"),
        Drop("wdr.more", "promo", ".teaser,.modHeadline,.modPicList,.linklist"),
        Drop("wdr.sources", "navigation", ".checklist,p:has(+ .checklist)"),
        Drop("wdr.share", "share", "[class*='socialMedia'],.shareCon"),
        Drop("wdr.comments", "comments", "[class*='comment'],.modComments"),
        Drop("wdr.hidden", "navigation", ".hidden,.screenReader"),
    ),
    rest=True,
    regions=(
        Drop("wdr.header", "navigation", "header,#header,nav,.breadcrumb"),
        Drop("wdr.more", "promo", ".sectionC,aside"),
        Drop("wdr.footer", "footer", "footer,#footer"),
    ),
)  # fmt: skip
