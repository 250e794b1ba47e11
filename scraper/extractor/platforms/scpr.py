"""Southern California Public Radio (KPCC) before it became LAist: scpr.org's own Rails site, two generations.

The structure is that of its published templates (SCPRv4). The clock is in <meta> with its offset; older pages had it in
the <time> alone, as wall time of Los Angeles.
"""

from __future__ import annotations

from msgspec.structs import replace

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="scpr",
    since="2015-01-01",
    hosts=("scpr.org",),
    mixed=True,
    types=((".prose-body,.story-body", "article"),),
    root=("body",),
    body=(".prose-body",),
    title=(".prologue h1.title", "h1.story-headline", "meta:og:title", "h1", "title:"),
    byline=(".prologue .author",),
    authors=("article header .byline a", "meta:author"),
    published=("meta:article:published_time", "time.smarttime[datetime]@datetime"),
    modified=("meta:article:modified_time",),
    visible_date=("article header .byline time",),
    zone="America/Los_Angeles",
    figures=("figure,.prologue .asset,.asset-block",),
    lead_caption=".prologue .caption p",
    caption=("figcaption", ".asset-block p"),
    credit=("figcaption mark", "mark.credit", ".asset-block h4"),
    audio=(".story-audio a[href*='.mp3']", "audio[src]", "audio source[src]"),
    copyright=("#page-footer .legal li:last-child", "#page-footer"),
    drops=(
        Drop("scpr.source", "appeal", ".content-partners,.pij"),
        Drop("scpr.storybar", "comments", ".storybar"),
        Drop("scpr.audio", "player", ".audio-queue,.visible-reader"),
    ),
    rest=True,
    regions=(
        Drop("scpr.header", "navigation", "header.masthead,.masthead"),
        Drop("scpr.audio", "player", ".audio-queue"),
        Drop("scpr.share", "share", "ul.share,.share,.social-tools"),
        Drop("scpr.related", "promo", "aside.related,.related-links"),
        Drop("scpr.comments", "comments", ".comments-jump,#comments"),
        Drop("scpr.aside", "promo", "section.supportive"),
        Drop("scpr.author", "bio", ".author-info"),
        Drop("scpr.footer", "footer", "#page-footer"),
    ),
)

EARLIER = (replace(PLATFORM, since="", until="2014-12-31", body=(".story-body",)),)
