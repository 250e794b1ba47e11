"""PBS NewsHour (WordPress with a theme of its own)."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="pbs-newshour",
    marks=(".post__article .body-text", "article.post__article", ".video-transcript"),
    types=(("article.post__article,.body-text", "article"),),
    root=("main.page__main", "main"),
    body=(".body-text", '[itemprop="articleBody"]'),
    spoken=(".video-transcript", "#transcript"),
    title=("h1.post__title", "h1", "meta:og:title", "title:"),
    authors=(".post__byline-name-hyphenated", "meta:author", "ld:author.name"),
    published=(
        "time.post__date@content",
        "[itemprop='datePublished']@content",
        "meta:article:published_time",
        "ld:datePublished",
    ),
    modified=("[itemprop='dateModified']@content",),
    section=("a.post__category", "meta:article:section"),
    tags=(".tag__list a",),
    figures=(".post__hero", "figure"),
    caption=(".post__hero-caption", "figcaption"),
    lead_caption=".post__hero-caption",
    copyright=(".footer__copyright", ".copyright", "footer"),
    drops=(
        Drop("pbs-newshour.share", "share", ".share,.comments__btn,.post__sticky-rail"),
        Drop("pbs-newshour.promo", "promo", ".post__aside,.card-text,.canvas"),
        Drop("pbs-newshour.newsletter", "newsletter", ".subscribe__box,.sidebar__subscribe"),
    ),
    rest=True,
    regions=(
        Drop("pbs-newshour.header", "navigation", "header"),
        Drop("pbs-newshour.aside", "promo", ".post__aside"),
        Drop("pbs-newshour.sidebar", "promo", "section.sidebar"),
        Drop("pbs-newshour.footer", "footer", "footer"),
    ),
)
