"""PTS (Taiwan): the news pages of about 2012."""

from scraper.extractor.platforms.base import Platform

PLATFORM = Platform(
    name="pts",
    hosts=("pts.org.tw",),
    mixed=True,
    types=((".News_page_tittle", "article"),),
    root=("td.News_page_tittle", "body"),
    body=(".News_page_tittle p.Page:not(:last-of-type)",),
    title=(".News_page_tittle > table td:not(:has(b)):not(:has(div)):not(:has(p))", ".News_page_tittle tr:nth-child(2) td", "meta:og:description", "title:"),
    byline=(),
    published=(".News_page_tittle p.Page:last-of-type",),
    section=("b.Page a:last-of-type",),
    zone="Asia/Taipei",
    figures=(".News_page_tittle table:has(img):not(:has(p))",),
    rest=True,
    regions=(),
)  # fmt: skip
