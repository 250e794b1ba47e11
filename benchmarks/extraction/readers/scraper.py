"""This package: the whole record. Mode "generic" reads every page by the generic rules, whatever its template."""

from typing import Any

from scraper.api import DIRECTORY
from scraper.article import Article
from scraper.errors import NotAnArticle
from scraper.extractor import read
from scraper.extractor.bounds import deep_reading
from scraper.extractor.platforms.generic import PLATFORM
from scraper.extractor.reader import read as read_html
from scraper.page import Page


def reader(mode: str) -> Any:
    def own(page: Any) -> Article | NotAnArticle:
        try:
            return read(Page(page.body, url=page.url), stations=DIRECTORY)
        except NotAnArticle as refusal:
            return refusal

    def generic(page: Any) -> Article | NotAnArticle:
        try:
            with deep_reading():
                return read_html(Page(page.body, url=page.url), stations=DIRECTORY, platform=PLATFORM)
        except NotAnArticle as refusal:
            return refusal

    return (generic if mode == "generic" else own), answer


def answer(found: Article | NotAnArticle) -> dict[str, Any]:
    if isinstance(found, NotAnArticle):
        return {"page_type": found.page_type, "title": None, "authors": [], "date": None, "turns": []}
    record = found.to_dict()
    paragraphs = [
        part
        for block in record["blocks"]
        for part in (block["items"] if block["kind"] == "list" else block["text"].split("\n"))
    ]
    turns = (record["transcript"] or {}).get("turns") or []
    return {
        "text": record["text"],
        "paragraphs": paragraphs,
        "title": record["title"],
        "authors": [author["name"] for author in record["authors"]],
        "date": record["published"],
        "page_type": record["page_type"],
        "platform": record["platform"],
        "turns": [{key: turn[key] for key in ("speaker", "label", "role", "text")} for turn in turns],
    }
