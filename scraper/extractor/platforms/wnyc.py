"""wnyc.org since its move to Nuxt: stories and segments of New York Public Radio's shows, and their transcripts apart.

The structure is that of its published front end (wnyc-vue3). Earlier pages came ready-made from a server whose templates
were never published: they are left to general rules. The day of publication stands in words alone.
"""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="wnyc",
    since="2024-01-01",
    hosts=("wnyc.org",),
    mixed=True,
    types=(
        (".transcript-page", "episode"),
        (".episode-template", "episode"),
        (".story-page-body", "article"),
    ),
    root=(".story-page", ".transcript-page", ".episode-template"),
    body=(".episode-template .streamfield", ".story-page .streamfield"),
    spoken=(".transcript-page .html-convert",),
    title=("h1", "meta:og:title", "title:"),
    byline=(".v-byline",),
    published=("meta:article:published_time", "ld:datePublished"),
    visible_date=(".pipe-data .nobreak", ".nobreak"),
    date_only=(),
    section=(),
    program=(".pipe-data span:first-child!episode",),
    zone="America/New_York",
    figures=("figure,.story-page-image,.episode-page-image,.streamfield-image",),
    caption=("figcaption", ".text-sm"),
    credit=(".text-xs",),
    quotes=".streamfield-pull-quote",
    copyright=(".footer", "footer"),
    drops=(
        Drop("wnyc.embed", "embed", ".streamfield-embed,.streamfield-code"),
        Drop("wnyc.donate", "appeal", ".streamfield-donation"),
    ),
    rest=True,
    regions=(
        Drop("wnyc.header", "navigation", "header"),
        Drop("wnyc.foot", "navigation", ".story-article-footer"),
        Drop("wnyc.footer", "footer", "footer"),
    ),
)
