"""BoilerPy3's extractor for articles."""

from typing import Any

from boilerpy3.extractors import ArticleExtractor


def reader(_: str) -> Any:
    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda page: extractor.get_doc(page.html), lambda found: {"text": found.content, "title": found.title}
