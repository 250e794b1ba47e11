"""TVNZ (New Zealand): the news pages of 2008 to 2015."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="tvnz",
    hosts=("tvnz.co.nz",),
    mixed=True,
    types=(("#article-body", "article"),),
    root=("#master.article", "#master"),
    body=("#article-body",),
    title=("#article-head h1", "h1", "meta:og:title"),
    byline=("#article-head .byline",),
    published=("#article-head p",),
    section=("#breadcrumb a:last-of-type", "#header .active a"),
    tags=("#keyWords .keyWords a",),
    figures=("#associated:has(img)",),
    caption=(".caption",),
    copyright=("#copyright",),
    zone="Pacific/Auckland",
    drops=(
        Drop("tvnz.related", "promo", "#associated:not(:has(img)),h2.news-head,.headline-list,.small-list"),
        Drop("tvnz.share", "share", ".article-options"),
        Drop("tvnz.ad", "ad", ".ad_300_250,.advertisementPanel"),
        Drop("tvnz.tags", "navigation", "#keyWords"),
        Drop("tvnz.comments", "comments", "#comments"),
    ),
    rest=True,
    regions=(
        Drop("tvnz.header", "navigation", "#header"),
        Drop("tvnz.more", "promo", ".col-2,#want-news"),
        Drop("tvnz.ad", "ad", "#marketplace,#sponsored-links,.adContent"),
        Drop("tvnz.footer", "footer", "#footer,#copyright"),
    ),
)  # fmt: skip
