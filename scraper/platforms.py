"""What is known of the templates that many stations share: where each keeps its feeds and sitemaps. Data alone.

The names are those that config.yaml takes, so that a station of the user's own need not list its sources.
"""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """What a platform offers, as paths or addresses. `archives` are indexes that reach back to the first story."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    pages: tuple[str, ...] = ("/",)


PLATFORMS = {
    "grove": Known(
        feeds=("/index.rss",),
        sitemaps=("/sitemap-latest.xml", "/news-sitemap.xml"),
        archives=("/sitemap.xml",),
    ),
    "npr": Known(
        feeds=tuple(
            f"https://feeds.npr.org/{number}/rss.xml"
            for number in (1001, 1003, 1004, 1006, 1007, 1008, 1014, 1019, 1128)
        ),
        sitemaps=("https://googlecrawl.npr.org/news/sitemap_news.xml",),
        archives=("https://googlecrawl.npr.org/standard/sitemap_index.xml",),
        pages=("/sections/news/",),
    ),
    "core-publisher": Known(feeds=("/rss.xml",), archives=("/sitemap.xml",)),
    "wordpress": Known(feeds=("/feed/",), archives=("/sitemap_index.xml", "/wp-sitemap.xml")),
}
