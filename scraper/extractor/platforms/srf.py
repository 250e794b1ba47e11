"""SRF (German-speaking Switzerland)."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="srf",
    hosts=("srf.ch",),
    mixed=True,
    types=((".article-paragraph,.articlepage__article-content", "article"),),
    root=("article.articlepage__article", "main"),
    body=(".article-lead,.articlepage__article-content", "section[itemprop='articleBody']"),
    title=(".article-title__text", "h1.article-title", "meta:og:title"),
    byline=(".article-author__name [itemprop='name']", ".article-author__name"),
    authors=("ld:author.name",),
    published=("[itemprop='datePublished']@content", "ld:datePublished", "meta:article:published_time"),
    modified=("[itemprop='dateModified']@content", "ld:dateModified"),
    section=("[itemprop='articleSection']@content", "meta:article:section"),
    figures=("figure,.image-figure-ng",),
    caption=(".media-caption__description", "figcaption"),
    credit=(".media-caption__source",),
    quotes="blockquote,.article-quote",
    copyright=("footer",),
    zone="Europe/Zurich",
    drops=(
        Drop("srf.hidden", "navigation", ".h-offscreen"),
        Drop("srf.broadcast", "promo", ".article-source,.article-reference,[class*='article-reference'],.js-article-source,.linkbox,[class*='linkbox'],.related-links,.teaser"),
        Drop("srf.expandable", "promo", ".expandable-box__link"),
        Drop("srf.player", "player", ".player,.js-media,.media-player,[class*='player']"),
        Drop("srf.share", "share", ".sharing-bar,.modal-flyout"),
        Drop("srf.embed", "embed", ".embed,[class*='embed-inline'],.poll"),
        Drop("srf.newsletter", "newsletter", "[class*='newsletter']"),
    ),
    rest=True,
    regions=(
        Drop("srf.header", "navigation", "body > header,nav"),
        Drop("srf.share", "share", ".sharing-bar,.modal-flyout"),
        Drop("srf.comments", "comments", "[class*='comments']"),
        Drop("srf.more", "promo", "aside,.collection"),
        Drop("srf.footer", "footer", "footer"),
    ),
)  # fmt: skip
