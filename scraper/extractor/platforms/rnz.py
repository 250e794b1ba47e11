"""RNZ (New Zealand): the news pages of 2007 to 2013."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="rnz",
    hosts=("rnz.co.nz", "radionz.co.nz"),
    mixed=True,
    marks=("#cont-pri .newsstory",),
    types=((".newsstory", "article"),),
    root=(".newsstory",),
    body=(".newsstory",),
    title=(".newsstory h2", "h2", "title:"),
    byline=(".newsstory .byline",),
    published=(".newsstory .posted",),
    section=("#crumbs a:last-of-type",),
    copyright=(".newsstory .copyright",),
    zone="Pacific/Auckland",
    drops=(
        Drop("rnz.head", "banner", "h2,p.posted,.byline"),
        Drop("rnz.copyright", "copyright", "p.copyright"),
        Drop("rnz.related", "promo", ".related,.audio-links"),
    ),
    rest=True,
    regions=(
        Drop("rnz.header", "navigation", "#hw,#topnav,#crumbs"),
        Drop("rnz.more", "promo", "#cont-sec,#snw"),
        Drop("rnz.player", "player", "#ap"),
        Drop("rnz.footer", "footer", "#footer"),
    ),
)
