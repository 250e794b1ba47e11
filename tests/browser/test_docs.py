"""Given the site of the documents in a real browser, then anybody can read it, and it asks nothing of other hosts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from documents import built

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("index.html", "tutorial.html", "record.html", "reference/command-line.html")


@pytest.fixture(scope="module")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx")
    return built(DOCS, tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 360])
def test_given_the_site_then_axe_finds_no_violation_and_nothing_is_too_wide(
    browser: Any, site: Path, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    try:
        for name in PAGES:
            page, asked, said = context.new_page(), [], []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.goto((site / name).as_uri())
            found = axe.run(page, options={"preload": False}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
            assert said == []
            assert {url.partition(":")[0] for url in asked} <= {"file", "data"}, asked
    finally:
        context.close()
