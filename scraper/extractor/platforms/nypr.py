"""New York Public Radio's sites on its Nuxt front end: Gothamist's articles, and the pages of Radiolab and WNYC Studios."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="nypr",
    hosts=("gothamist.com", "radiolab.org"),
    marks=(".gothamist-header", ".streamfield.article-body", ".page.podcast-slug .html-formatting", "[class*='htlad-gothamist'],[class*='htlad-radiolab']"),
    types=(
        (".podcast-slug,.episode-content", "episode"),
        (".streamfield,.article-body", "article"),
    ),
    root=("main",),
    body=(".streamfield.article-body", ".streamfield", ".article-body", ".html-formatting"),
    title=(".top-section h1", "h1", ".episode-content .title", "meta:og:title", "title:"),
    byline=(),
    authors=(".top-section .v-byline-author-name", "ld:author.name", ".episode-content .v-byline-author-name", "meta:author"),
    published=("ld:datePublished", "meta:article:published_time", "ld:uploadDate"),
    modified=("meta:article:modified_time", "ld:dateModified"),
    visible_date=(".date-published", ".episode-content .date"),
    section=(".top-section .v-tag", "meta:article:section"),
    program=("meta:og:site_name!episode",),
    tags=(".article-footer .tags .v-tag", ".tags .v-tag"),
    figures=("figure",),
    credit=(".image-with-caption-credit-link", "figcaption .credit"),
    copyright=(".site-footer .copyright", ".copyright", ".site-footer"),
    drops=(
        Drop("nypr.newsletter", "newsletter", "[class*='newsletter'],.email-collector-form"),
        Drop("nypr.donate", "appeal", "[class*='donation'],.membership-promo,[class*='pledge']"),
        Drop("nypr.ad", "ad", ".ad-wrapper,[class*='htlad-']"),
        Drop("nypr.embed", "embed", ".streamfield-embed,.streamfield-code,.twitter-tweet,.instagram-media"),
        Drop("nypr.promo", "promo", ".streamfield-content-collection,[class*='related']"),
    ),
    rest=True,
    regions=(
        Drop("nypr.header", "navigation", ".gothamist-header,.site-header"),
        Drop("nypr.share", "share", ".v-share-tools"),
        Drop("nypr.newsletter", "newsletter", ".newsletter-article,.newsletter-home"),
        Drop("nypr.donate", "appeal", ".article-donation-CTA,.membership-promo"),
        Drop("nypr.player", "player", ".episode-tools-holder"),
        Drop("nypr.tags", "navigation", ".article-footer .tags"),
        Drop("nypr.bio", "bio", ".author-profile,.article-footer .author"),
        Drop("nypr.footer", "footer", ".site-footer,footer"),
    ),
)  # fmt: skip
