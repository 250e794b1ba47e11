"""Links of a home or section page that lead to stories, told by the grammar of their addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urljoin

from scraper import addresses
from scraper.discoverer.model import Item, Limits, Listing, UnreadableError
from scraper.page import Page

_LONGEST_TITLE = 500
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def base_of(page: Page) -> str:
    """The address that relative links of a page start from."""
    own = page.final_url or page.url or ""
    node = page.tree.css_first("base[href]")
    return _join(own, node.attributes.get("href") or "") or own if node is not None else own


def parse_page(page: Page, limits: Limits | None = None) -> Listing:
    """Every link of a page whose address is a story's, once, in the page's order, with the longest words that lead
    there. Raises `UnreadableError` where the answer is no HTML page.
    """
    limits = limits or Limits()
    if page.kind != "html":
        raise UnreadableError(f"not an HTML page but {page.kind}")
    base = base_of(page)
    titles: dict[str, str] = {}
    links = page.tree.css("a[href]")
    for node in links[: limits.page_links]:
        url = _join(base, node.attributes.get("href") or "").partition("#")[0]
        if url and addresses.kind(url) == "story":
            words = " ".join(node.text().split())[:_LONGEST_TITLE]
            titles[url] = max(titles.get(url, ""), words, key=len)
    more = f"more than {limits.page_links} links, the rest was not read"
    items = [Item(url, title=title or None) for url, title in titles.items()]
    return Listing(items, [], more if len(links) > limits.page_links else None)


def feeds_of(page: Page) -> list[str]:
    """The feeds that the head of a page names, comments left out."""
    if page.kind != "html":
        return []
    base = base_of(page)
    found: dict[str, None] = {}
    for node in page.tree.css("link[rel~=alternate][href]"):
        url = _join(base, node.attributes.get("href") or "")
        kind = (node.attributes.get("type") or "").strip().lower()
        if kind in _FEED_TYPES and addresses.split(url) and "comments" not in url:
            found[url] = None
    return list(found)


def sections_of(urls: Iterable[str], most: int) -> list[str]:
    """The section pages that the stories of a home page belong to, the most frequent first.

    >>> sections_of(["https://x.org/news/2024-01-02/a", "https://x.org/news/2024-01-03/b", "https://x.org/post/c"], 3)
    ['https://x.org/news']
    """
    counted = Counter(section for url in urls if (section := _section(url)))
    return [section for section, _ in counted.most_common(most)]


def _section(url: str) -> str | None:
    day = addresses.date_in(url)
    section, mark, _ = url.partition(f"/{day}/")
    parts = addresses.split(section) if day and mark else None
    return section if parts and parts.path.strip("/") else None


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""
