"""What a worker process does with a run of fuzzing cases; see `tests/fuzz`."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from scraper.api import DIRECTORY
from scraper.article import Article
from scraper.errors import NotAnArticle
from scraper.extractor import blocks as blocks_of
from scraper.extractor import read
from scraper.page import Page

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

SECONDS = 20.0
"""CPU seconds of one case at most, below the 30 that a worker may take: the worst case, 400 kB of tags without a
word, takes six, half of them in trafilatura."""

_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")
_PLAIN = "url canonical_url title subtitle teaser section program byline published modified dateline language".split()


def run(seeds: range) -> list[str]:
    """What is wrong with these cases, a line each. A mistake of the program is raised with the seed in a note."""
    import mutations

    found: list[str] = []
    for seed in seeds:
        url, data = mutations.case(seed)
        began = time.process_time()
        try:
            faults = faults_of(data, url)
        except Exception as error:
            error.add_note(f"fuzzing case {seed}")
            raise
        seconds = time.process_time() - began
        if seconds > SECONDS:
            faults.append(f"took {seconds:.1f} s for {len(data):,} bytes")
        found += [f"case {seed}: {fault}" for fault in faults]
    return found


def faults_of(data: bytes, url: str | None) -> list[str]:
    """Reads a page twice; what is not as every record has to be."""
    try:
        article = read(Page(data, url=url), stations=DIRECTORY)
    except NotAnArticle:
        return []
    faults = [f"{name} is {value!r}" for name, value in _values(article) if value is not None and not value.strip()]
    if article.text != blocks_of.render(article.blocks):
        faults.append("the text is not what its blocks say")
    if article.is_story and not article.blocks and not article.audio:
        faults.append("a story without a word")
    for name in ("published", "modified"):
        stamp = getattr(article, name)
        if stamp is not None and not _STAMP.fullmatch(stamp):
            faults.append(f"{name} is {stamp!r}")
    if not 0 <= article.quality.score <= 1:
        faults.append(f"the quality's score is {article.quality.score}")
    try:
        if Article.from_json(article.to_json()) != article:
            faults.append("the record is another one after its JSON")
    except UnicodeEncodeError:  # a lone surrogate out of a page's JSON: the writer makes it whole
        pass
    if article.transcript and len(article.transcript.turns) != sum(b.kind == "turn" for b in article.blocks):
        faults.append("turns and blocks differ in number")
    return faults


def _values(article: Article) -> list[tuple[str, str | None]]:
    values = [(name, getattr(article, name)) for name in _PLAIN]
    values += [("author", author.name) for author in article.authors]
    values += [("tag", tag) for tag in article.tags]
    values += [("block", block.text or "".join(block.items or [])) for block in article.blocks]
    return values
