"""A page read by the rules of a platform that the caller names."""

from __future__ import annotations

from pages import FIXTURES, load

from scraper.extractor.platforms.generic import PLATFORM
from scraper.extractor.reader import read
from scraper.page import Page


def test_a_given_platform_is_taken_in_place_of_the_pages_own() -> None:
    path = min((FIXTURES / "grove").glob("wgcu-*.html"))
    page = Page(path.read_bytes(), url=load(path.with_suffix(".json"))["url"])
    assert read(page).platform == "grove"
    assert read(page, platform=PLATFORM).platform == "generic"
