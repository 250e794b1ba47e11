"""text.npr.org, npr.org without pictures. Its older pages (/s.php?sId=) are bare paragraphs, read by the generic path."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="npr-text",
    hosts=("text.npr.org", "thin.npr.org"),
    marks=(".story-container .paragraphs-container", ".paragraphs-container"),
    types=((".topic-container,a.topic-title", "list"), (".story-head,.paragraphs-container,h1.story-title", "article")),
    root=(".story-container", "article", "main", "body"),
    body=(".paragraphs-container",),
    title=("h1.story-title", ".story-head h1", "article h1", "h1", "h2", "meta:og:title", "title:"),
    byline=(".story-head p",),
    program=(".story-head p:nth-of-type(3)",),
    visible_date=(".story-head p:nth-of-type(2)", ".story-head"),
    section=("p.slug-line",),
    drops=(
        Drop("npr-text.head", "banner", ".story-head,.slug-line,h1,.full-version-link,header"),
        Drop("npr-text.navigation", "navigation", "nav,ul.topic-nav,.topics"),
        Drop("npr-text.footer", "footer", "footer"),
    ),
    rest=True,
    regions=(
        Drop("npr-text.header", "navigation", "body > header"),
        Drop("npr-text.footer", "footer", "body > footer"),
    ),
)
