"""Given a headline, when it reports an error in place of a story, then it is told; a story about such things is not."""

from __future__ import annotations

import pytest

from scraper.extractor.page_type import is_error


@pytest.mark.parametrize(
    "title",
    [
        "We couldn't find that page",
        "We couldn’t find the page you were looking for",
        "Something went wrong",
        "This page isn't available",
        "Access to this page has been denied",
        "Seite nicht gefunden",
        "Sorry, something went wrong.",
        "Diese Seite wurde nicht gefunden",
        "Die Seite existiert nicht",
        "Page introuvable",
        "Esta página no existe",
        "No encontramos esa página",
    ],
)
def test_soft_errors(title: str) -> None:
    assert is_error(title)


@pytest.mark.parametrize(
    "title",
    [
        "Something went wrong with the ferry, and nobody noticed",
        "When something went wrong on Flight 12",
        "Access to this beach has been denied for years",
        "Why this drug isn't available",
        "Jimmy Page isn't available for the reunion",
        "Searchers couldn't find that plane",
        "Frau nicht gefunden: Suche geht weiter",
        "What went wrong at the dam",
        "Access denied: how a town lost its beach",
    ],
)
def test_stories_about_such_things(title: str) -> None:
    assert not is_error(title)
