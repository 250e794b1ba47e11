"""What a page, or its server, reserves for robots stands in the record."""

from __future__ import annotations

import pytest

from scraper.extractor import extract
from scraper.page import Page

_STORY = "<html><head><title>A bridge reopens</title>{head}</head><body><main><article><h1>A bridge reopens</h1>{body}"
_BODY = "".join(
    f"<p>The bridge over the Wend was closed for {n} weeks while crews replaced its deck and painted every beam.</p>"
    for n in range(3, 9)
)


def _robots(head: str, robots: str | None = "allowed") -> str | None:
    page = Page(
        _STORY.format(head=head, body=_BODY).encode(),
        url="https://www.wxyz.example/news/2024-05-11/a-bridge-reopens",
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        robots=robots,
    )
    return extract(page).provenance.robots


@pytest.mark.parametrize(
    ("head", "served", "recorded"),
    [
        ("", "allowed", "allowed"),
        ('<meta name="robots" content="index, NoArchive, noai">', "allowed", "allowed; noarchive; noai"),
        ('<meta name="robots" content="max-image-preview:large">', "allowed", "allowed"),
        ('<meta name="tdm-reservation" content="1">', "allowed", "allowed; tdm-reservation"),
        ('<meta name="tdm-reservation" content="0">', "allowed", "allowed"),
        (
            '<meta name="robots" content="noarchive">',
            "allowed; noarchive; ai-train=no",
            "allowed; noarchive; ai-train=no",
        ),
        ('<meta name="googlebot" content="noarchive">', "allowed", "allowed"),
    ],
)
def test_given_reservations_when_extracted_then_each_stands_once(head: str, served: str, recorded: str) -> None:
    assert _robots(head, served) == recorded
