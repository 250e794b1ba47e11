"""A record to a sighting: the lines of one story with what speaks for and against each.

The record is all that is needed: `blocks` hold the lines that were kept, in order, `removed` those that were learned
before, and, for plain text, those around the story. So what a run sees and what the store holds tell the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scraper.article import Article, Block
from scraper.extractor.learned.model import (
    FIXED,
    GONE,
    ITEM,
    LONGEST,
    MOST_LINES,
    OUTSIDE,
    PARAGRAPH,
    RULE,
    TITLE,
    Seen,
    Sighting,
    is_label,
    key_of,
    pack,
)
from scraper.extractor.learned.words import stems, tie
from scraper.extractor.sort import asks_by_address
from scraper.extractor.text import fold

_AROUND = ("text.before-headline", "text.section", "text.after-", "text.trailing-tags")
"""Rules of plain text that take a line for its place alone."""
_MOST_VALUES = 6
_TELLING = 3
"""The longest paragraphs, which name a story's words."""
_SERIES = re.compile(r"(.{3,40}?)(?:: | \| | – | — | #?\d)")


def observe(article: Article, host: str) -> Sighting | None:
    """The sighting of a story at `host`; None for a page that is no story, or has no line that could recur."""
    if not article.is_story or not host:
        return None
    lines = [(kind, text, fold(text)) for kind, text in _lines(article)]
    if not any(kind != FIXED for kind, *_ in lines):
        return None
    if len(lines) > MOST_LINES:
        lines = lines[: MOST_LINES // 2] + lines[-MOST_LINES // 2 :]
    vocabulary = _vocabulary(article)
    copies = Counter(folded for kind, _, folded in lines if kind in (PARAGRAPH, ITEM))
    asking = [fold(link.text) for link in article.links if asks_by_address(link.url)]
    seen: list[Seen] = []
    texts: dict[str, str] = {}
    for kind, text, folded in lines:
        if kind == FIXED:
            seen.append(Seen("", FIXED))
            continue
        mine = stems(folded)
        others = {stem for stem in mine if vocabulary[stem] > copies[folded]}
        linked = any(words in folded for words in asking)
        key = key_of(folded)
        seen.append(Seen(key, kind, tie(mine, others), linked))
        texts[key] = text
    longest = sorted((folded for kind, _, folded in lines if kind == PARAGRAPH), key=len)[-_TELLING:]
    return Sighting(
        host=host,
        story=article.id,
        mark=key_of("\n".join(sorted(longest)) or fold(article.text)),
        about=_about(article),
        lines=pack(seen),
        texts=texts,
    )


def _lines(article: Article) -> Iterator[tuple[int, str]]:
    """All lines as (kind, text). A text's title is one of them: a slogan may have been taken for it."""
    is_text = article.platform == "text"
    around = [item.text for item in article.removed if is_text and item.rule.startswith(_AROUND)]
    for text in around:
        yield (OUTSIDE if len(text) <= LONGEST else FIXED), text
    if is_text and article.title:
        yield TITLE, article.title
    for block in article.blocks:
        yield from _of_block(block)
    for item in article.removed:
        if item.rule == RULE:
            yield GONE, item.text


def _of_block(block: Block) -> Iterator[tuple[int, str]]:
    if block.kind == "list":
        for item in block.items or ():
            yield (ITEM if len(item) <= LONGEST else FIXED), item
    elif block.kind == "paragraph" and len(block.text) <= LONGEST and not is_label(block.text):
        yield PARAGRAPH, block.text
    else:
        yield FIXED, block.text


def _vocabulary(article: Article) -> Counter[str]:
    """In how many of the story's pieces (blocks, items, headline) each telling word stands."""
    found: Counter[str] = Counter()
    title = [article.title] if article.title and article.platform != "text" else []
    pieces = [*title, *article.tags]
    for block in article.blocks:
        pieces += block.items or [block.text]
    for text in pieces:
        found.update(stems(fold(text)))
    return found


def _about(article: Article) -> dict[str, list[str]]:
    """What the story shares with its like, folded and cut; only what is known."""
    series = _SERIES.match(article.title or "")
    values = {
        "day": [(article.published or "")[:10]],
        "byline": [article.byline or ""],
        "section": [article.section or ""],
        "program": [article.program or ""],
        "series": [series[1] if series else ""],
        "origin": [article.origin.name if article.origin else ""],
        "tags": article.tags[:_MOST_VALUES],
    }
    folded = {name: [fold(value)[:60] for value in given if value] for name, given in values.items()}
    return {name: given for name, given in folded.items() if given}
