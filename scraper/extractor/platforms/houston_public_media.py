"""Houston Public Media: WordPress with themes of its own, whose source is published (hpmv2, hpmv4: one structure).

What differs from other WordPress sites: the second headline is a bare paragraph of the header, authors stand in one
<address> each, the boxes about them outside the article, categories among the tags, and a banner tells old stories.
"""

from __future__ import annotations

from msgspec.structs import replace

from scraper.extractor.platforms.base import Drop
from scraper.extractor.platforms.wordpress import PLATFORM as WORDPRESS

PLATFORM = replace(
    WORDPRESS,
    name="houston-public-media",
    hosts=("houstonpublicmedia.org",),
    mixed=True,
    marks=(),
    root=("main#main", *WORDPRESS.root),
    subtitle=(".entry-header > p", *WORDPRESS.subtitle),
    byline=(),
    authors=(".byline-date address a", *WORDPRESS.authors),
    section=(".entry-header > h3 a", *WORDPRESS.section),
    tags=('.entry-footer .tags-links a[rel="tag"]', *WORDPRESS.tags),
    bios=(".sidebar-author", *WORDPRESS.bios),
    bio_text=f".sa-body,{WORDPRESS.bio_text}",
    credit=(".credits-overlay", *WORDPRESS.credit),
    zone="America/Chicago",
    drops=(Drop("houston.share", "share", "#article-share"), *WORDPRESS.drops),
    regions=(
        Drop("houston.age", "date", ".old-article-banner"),
        Drop("houston.share", "share", "#article-share"),
        Drop("houston.aside", "promo", "aside.column-right"),
        Drop("houston.bio", "bio", ".sidebar-author"),
        Drop("houston.more", "promo", "#author-wrap .highlights"),
        Drop("houston.tags", "navigation", ".entry-footer"),
        *WORDPRESS.regions,
    ),
)
