"""ABC (Australia): the news pages of 2011 to 2015 with their `#storyPhotos`, and the `.article` ones after them."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="abc-australia",
    since="2010-01-01",
    hosts=("abc.net.au",),
    mixed=True,
    types=(("#storyRelatedMedia,.content_tools,.article.section,.article .published", "article"),),
    root=("#col1_content", ".article.section", ".article"),
    body=("#col1_content:has(> h1)", "#col1_content:has(> .published)", ".article.section:has(> h1)", ".article:has(> .published)"),
    title=("#col1_content h1", ".article h1", "h1", "meta:og:title"),
    byline=(".byline",),
    authors=("meta:author",),
    published=("meta:dc.date", "meta:dcterms.issued", "meta:article:published_time", "ld:datePublished"),
    modified=("meta:dcterms.modified", "meta:article:modified_time"),
    visible_date=("p.published:last-of-type .timestamp", "p.published"),
    section=("meta:article:section", ".section .active a"),
    tags=("p.tags a", "p.topics a"),
    figures=("#storyPhotos,.photo,.inline-content.photo,figure",),
    caption=(".caption", ".inline-caption", "figcaption"),
    credit=(".source", ".credit"),
    copyright=("#footer", "footer"),
    zone="Australia/Sydney",
    drops=(
        Drop("abc-australia.head", "banner", "h1,p.published,.byline"),
        Drop("abc-australia.tools", "share", ".content_tools,.tools,.statepromo"),
        Drop("abc-australia.related", "promo", ".related,.attached-content,.inline-content:not(.photo),.featured-scroller"),
        Drop("abc-australia.tags", "navigation", "p.tags,p.topics"),
        Drop("abc-australia.player", "player", ".video,.audio,.inline-content.video,.inline-content.audio"),
        Drop("abc-australia.comments", "comments", "#comments,.comments"),
    ),
    rest=True,
    regions=(
        Drop("abc-australia.header", "navigation", "#header,#nav"),
        Drop("abc-australia.sidebar", "promo", "#col2,#col3,.sidebar"),
        Drop("abc-australia.footer", "footer", "#footer"),
    ),
)  # fmt: skip
