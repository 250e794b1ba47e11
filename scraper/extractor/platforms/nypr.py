"""New York Public Radio's sites on its Nuxt front end: Gothamist's articles, and the pages of Radiolab and WNYC Studios.

Before it, Gothamist ran on an Ember front end whose templates are published, and until 2018 on Movable Type, together
with its sister sites. The days when one gave way to the other are near enough: the container decides.
"""

from __future__ import annotations

from msgspec.structs import replace

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="nypr",
    since="2022-03-01",
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
    bios=(".author-profile",),
    bio_name=".h5",
    bio_text="p",
    figures=("figure",),
    credit=(".image-with-caption-credit-link", "figcaption .credit"),
    copyright=(".site-footer .copyright", ".copyright", ".site-footer,.gothamist-footer"),
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
        Drop("nypr.recirculation", "promo", ".recirculation"),
        Drop("nypr.comments", "comments", "#comments"),
        Drop("nypr.footer", "footer", ".site-footer,.gothamist-footer,footer"),
    ),
)  # fmt: skip

EARLIER = (
    replace(
        PLATFORM,
        since="2018-03-01",
        until="2022-02-28",
        types=((".c-article__body", "article"),),
        root=("article.c-article",),
        body=(".c-article__body",),
        title=("h1.c-article__headline", "meta:og:title", "h1", "title:"),
        authors=(".c-article__meta > a", "ld:author.name"),
        visible_date=(".o-published-date__time",),
        section=(".c-article__breadcrumb a", "meta:article:section"),
        tags=(".c-article__tags a",),
        credit=(".o-credit", ".o-caption__text > :nth-child(2)"),
        quotes=".o-pullquote",
        copyright=(".c-main-footer", "footer"),
        regions=(
            Drop("nypr.header", "navigation", ".c-main-header"),
            Drop("nypr.share", "share", ".c-share-tools"),
            Drop("nypr.tags", "navigation", ".c-article__tags"),
            Drop("nypr.contact", "appeal", ".c-article__contact"),
            Drop("nypr.donate", "appeal", ".c-article__donate"),
            Drop("nypr.comments", "comments", ".c-article__comments"),
            Drop("nypr.footer", "footer", "footer"),
        ),
    ),
    replace(
        PLATFORM,
        since="",
        until="2018-02-28",
        types=((".entry-body", "article"),),
        root=(".entry", "body"),
        body=(".entry-body",),
        title=("h1.entry-header", "h1", "meta:og:title", "title:"),
        authors=(".author a", ".author"),
        published=("abbr.published@title", "meta:article:published_time"),
        visible_date=("abbr",),
        section=(),
        tags=("[rel='tag']",),
        zone="America/New_York",
        figures=("figure,.image-none,.image-left,.image-right",),
        caption=(".image-none i,.image-left i,.image-right i",),
        copyright=("#footer", "footer"),
        drops=(Drop("nypr.gallery", "player", ".galleryEase"), Drop("nypr.embed", "embed", ".twitter-tweet")),
        regions=(Drop("nypr.header", "navigation", "#header"), Drop("nypr.footer", "footer", "#footer")),
    ),
)
