"""Where the links of a story stand. The record keeps their words and addresses but not their places."""

from __future__ import annotations

from collections.abc import Iterator

from scraper import addresses
from scraper.article import Article, Link
from scraper.writer.characters import lines, one_line

_MOST = 500
"""So many links are looked for in the text; a page with more is no story, and the time must stay bounded."""


def safe_url(url: str | None) -> str | None:
    """`url` when it is an http(s) address, else None: nothing else may become a link, an image or a sound."""
    clean = one_line(url) if url else ""
    return clean if addresses.split(clean) else None


class InlineLinks:
    """The links of a record, set into its lines.

    A link is set where its words occur just once in the whole story, as words of their own; there it must have stood.
    All other links are in `others`, to be listed after the story.
    """

    def __init__(self, article: Article) -> None:
        self._placed: dict[str, str] = {}
        self.others: list[Link] = []
        story = "\n".join(_story_lines(article))
        links = {(link.url, one_line(link.text)): link for link in article.links if safe_url(link.url)}
        for (_, words), link in sorted(links.items(), key=lambda item: -len(item[0][1])):
            places = list(_places(words, story)) if words and len(self._placed) < _MOST else []
            if len(places) == 1:
                self._placed[words] = link.url
                story = _blank(story, places[0], len(words))
            else:
                self.others.append(link)
        order = {link: number for number, link in enumerate(links.values())}
        self.others.sort(key=lambda link: order[link])

    def pieces(self, line: str) -> list[tuple[str, str | None]]:
        """One of the story's lines in pieces, each with the address that it leads to, or None."""
        found: list[tuple[int, int, str]] = []
        rest = line
        for words, url in self._placed.items():  # longest first, as in __init__
            for start in _places(words, rest):
                found.append((start, start + len(words), url))
                rest = _blank(rest, start, len(words))
                break
        pieces: list[tuple[str, str | None]] = []
        done = 0
        for start, end, url in sorted(found):
            pieces += [(line[done:start], None), (line[start:end], url)]
            done = end
        pieces.append((line[done:], None))
        return [piece for piece in pieces if piece[0]]


def _story_lines(article: Article) -> Iterator[str]:
    for block in article.blocks:
        for text in block.items or [block.text]:
            yield from lines(text)


def _places(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start
        start = text.find(words, start + 1)


def _blank(text: str, start: int, length: int) -> str:
    return f"{text[:start]}{chr(0) * length}{text[start + length :]}"
