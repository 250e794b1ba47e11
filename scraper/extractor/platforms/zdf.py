"""ZDF (Germany): ZDFheute, whose class names are made by machine; what the modules are is told by what they hold."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="zdf",
    hosts=("zdf.de", "zdfheute.de"),
    mixed=True,
    types=(("[data-testid='text-module']", "article"),),
    root=("main:has([data-testid='text-module'])", "main"),
    body=("main > div:first-child > p,[data-testid='text-module']", "[data-testid='text-module']"),
    title=("meta:og:title", "main > div > h2", "main h2", "h1", "title:"),
    byline=(),
    authors=("ld:author.name", "meta:author"),
    published=("ld:datePublished", "main time[datetime]@datetime", "meta:article:published_time"),
    modified=("ld:dateModified",),
    section=("meta:article:section", "ld:articleSection"),
    figures=("figure:not(:has(blockquote)),picture,div:has(> picture),div:has(> div > picture)",),
    quotes="figure:has(blockquote)",
    quote_by="figcaption",
    copyright=("footer",),
    zone="Europe/Berlin",
    drops=(
        Drop("zdf.consent", "consent", "div:has(> div > div > button):not(:has([data-testid='text-module']))"),
        Drop("zdf.player", "player", "div:has(> hr):has(> span),div:has(> video),div:has(> hr)"),
        Drop("zdf.teaser", "promo", "article,section:has(article),div:has(> a > picture),div:has(> a article),a:has(picture)"),
        Drop("zdf.share", "share", "button"),
    ),
    rest=True,
    regions=(
        Drop("zdf.header", "navigation", "body > header,header,nav"),
        Drop("zdf.footer", "footer", "footer"),
    ),
)  # fmt: skip
