"""This American Life: a transcript's acts, each speaker's words in a block of their own under the name."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="this-american-life",
    hosts=("thisamericanlife.org",),
    mixed=True,
    types=((".act .act-inner", "episode"), ("header.episode-header", "episode")),
    root=("#content",),
    spoken=(".act",),
    body=("#content header.episode-header .field-name-body,#content .field-acts article[data-type='act']",),
    title=("#content header h1", ".episode-title", "meta:og:title", "h1", "title:"),
    byline=(),
    authors=(),
    published=("meta:article:published_time", "ld:datePublished", "time[datetime]@datetime"),
    visible_date=("header .meta", ".meta .date"),
    program=("meta:og:site_name!episode",),
    speakers=".act-inner h4",
    copyright=("footer", "#footer"),
    drops=(
        Drop("this-american-life.links", "navigation", ".links,.links-processed,.more"),
        Drop("this-american-life.player", "player", ".player,[class*='audio'],.download"),
        Drop("this-american-life.share", "share", "[class*='share'],[class*='social']"),
    ),
    rest=True,
    regions=(
        Drop("this-american-life.header", "navigation", "body > header,nav,#header"),
        Drop("this-american-life.footer", "footer", "footer,#footer"),
    ),
)  # fmt: skip
