"""Pages and what must come out of them: the fixtures, and the real pages where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.api import DIRECTORY
from scraper.article import Article
from scraper.extractor import read
from scraper.page import Page

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures" / "pages"
SHARED = ROOT.parent / "shared" / "data"


def fixture_records() -> list[Path]:
    """The expected records of all fixtures."""
    return sorted(FIXTURES.glob("*/*.json"))


def page_of(record: Path) -> Path:
    """The page that stands beside a record."""
    return next(path for path in sorted(record.parent.glob(record.stem + ".*")) if path.suffix != ".json")


def load(record: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    return data


def read_page(path: Path, url: str | None) -> Article:
    """The record of a page on disk, of whatever type it is."""
    return read(Page(path.read_bytes(), url=url), stations=DIRECTORY)


def real_pages() -> list[tuple[Path, dict[str, Any]]]:
    """Real pages with gold (html and text), each with its gold record; none where the data are not there."""
    found: list[tuple[Path, dict[str, Any]]] = []
    for kind in ("html", "text"):
        for gold in sorted((SHARED / "gold" / kind).glob("*.json")):
            page = next((SHARED / "pages" / kind).glob(gold.stem + ".*"))
            found.append((page, load(gold)))
    return found


def needs_shared() -> None:
    """Skip, with a clear word, where the real pages are not there (a user's clone has none)."""
    if not SHARED.is_dir():
        pytest.skip("the real pages (../shared/data) are not beside this checkout")
