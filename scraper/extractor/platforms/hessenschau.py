"""hr (Hesse): hessenschau.de and the sites on its template."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="hessenschau",
    hosts=("hessenschau.de", "hr.de", "hr1.de", "hr2.de", "hr-inforadio.de"),
    mixed=True,
    types=(("p.copytext__text", "article"),),
    root=("article:has(.copytext__text)", "main"),
    body=("article:has(.copytext__text)", "div:has(> .copytext__text)"),
    title=("meta:og:title", "h1"),
    byline=(".byline__name", ".authorInfo__name", ".c-contentHeader__author"),
    authors=("ld:author.name", "meta:author"),
    published=("meta:article:published_time", "meta:date", ".text__byline time[datetime]@datetime"),
    visible_date=(".text__byline",),
    modified=("meta:og:updated_time", "meta:article:modified_time", "ld:dateModified"),
    section=("meta:article:section", "ld:articleSection", "#breadcrumb-nav li:nth-child(2)"),
    tags=(".tags a", "ld:keywords"),
    figures=("figure",),
    caption=(".figcaption", ".mediaInfo", "figcaption"),
    credit=(".figcaption__copyright",),
    copyright=("footer",),
    zone="Europe/Berlin",
    drops=(
        Drop("hessenschau.head", "banner", ".c-contentHeader,.text__byline"),
        Drop("hessenschau.box", "promo", ".infobox,.teaser,[class*='c-teaser'],.copytext__clearBox:has(a.teaser__link),.linklist,.additionalInfo,[class*='linkList']"),
        Drop("hessenschau.player", "player", ".audioElement,.videoElement,.mediaBox:not(figure *)"),
        Drop("hessenschau.hidden", "navigation", ".hideCompletely,.sr-only"),
        Drop("hessenschau.source", "copyright", ".source,.text__source,.article__source"),
        Drop("hessenschau.share", "share", "[class*='sharing'],[class*='socialMedia']"),
        Drop("hessenschau.embed", "embed", ".dataWrapper,[class*='embed'],[class*='dataPrivacy']"),
    ),
    rest=True,
    regions=(
        Drop("hessenschau.header", "navigation", "body > header,nav,.page__header"),
        Drop("hessenschau.more", "promo", "aside"),
        Drop("hessenschau.footer", "footer", "body > footer,footer"),
    ),
)  # fmt: skip
