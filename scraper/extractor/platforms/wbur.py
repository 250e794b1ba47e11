"""WBUR (Boston): news, Here & Now, On Point and its other shows share one template."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="wbur",
    hosts=("wbur.org",),
    mixed=True,
    types=(("section.article-section--content", "article"),),
    root=("article.article", "article", "main"),
    body=("section.article-section--content", ".article-section--content"),
    title=(".article-section--title h1", "article h1", "h1", "meta:og:title"),
    byline=(),
    authors=(".article-meta-item--author a", ".article-meta-item--author", "ld:author.name", "meta:author"),
    published=("meta:article:published_time", "ld:datePublished"),
    visible_date=(".article-meta-item--date",),
    modified=("meta:article:modified_time", "ld:dateModified"),
    zone="America/New_York",
    figures=("figure,.article-image",),
    copyright=("footer",),
    drops=(
        Drop("wbur.share", "share", "[class*='share'],[class*='social']"),
        Drop("wbur.related", "promo", "[class*='related'],.card,aside"),
        Drop("wbur.newsletter", "newsletter", "[class*='newsletter']"),
        Drop("wbur.player", "player", "[class*='audio'],[class*='player']"),
        Drop("wbur.donate", "appeal", "[class*='donat'],[class*='pledge']"),
        Drop("wbur.embed", "embed", ".twitter-tweet,.instagram-media"),
    ),
    rest=True,
    regions=(
        Drop("wbur.header", "navigation", "body > header,nav"),
        Drop("wbur.player", "player", "[class*='player']"),
        Drop("wbur.share", "share", "[class*='share']"),
        Drop("wbur.footer", "footer", "body > footer,footer"),
    ),
)  # fmt: skip
