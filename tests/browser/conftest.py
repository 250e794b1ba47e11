"""A real browser without a window, where one is installed: Debian's `chromium`, driven by playwright (dev extra).

`SCRAPER_BROWSER` names another executable; set to "required" it turns a missing browser from a skip into a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"wide": {"width": 1400, "height": 1000}, "phone": {"width": 360, "height": 740}}
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")  # not longer: its event loop is this thread's, and other tests start one of their own
def browser() -> Iterator[Browser]:
    wanted = os.environ.get("SCRAPER_BROWSER", "")
    required = wanted == "required"
    path = wanted if wanted and not required else next(filter(None, map(shutil.which, _NAMES)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed (pip install playwright axe-playwright-python)", required=required)
    if path is None:
        _missing("no browser is installed (apt-get install chromium)", required=required)
    with sync_playwright() as driver:
        # root may only start it without its sandbox; the pages are our own.
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield started
        started.close()


def _missing(reason: str, *, required: bool) -> None:
    (pytest.fail if required else pytest.skip)(reason)


class Opened:
    """A page in the browser, with what it asked the network for and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def is_accessible(self) -> None:
        """axe finds nothing, nothing has to be scrolled sideways, nothing was asked for but the page itself."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        found = axe.run(self.page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is too wide"
        assert self.said == []
        assert [url.partition(":")[0] for url in self.asked] == ["file"]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    contexts = []

    def show_(html: str, *, scheme: str = "light", size: str = "wide") -> Opened:
        (tmp_path / "page.html").write_text(html, "utf-8")
        context = browser.new_context(color_scheme=scheme, viewport=SIZES[size])  # type: ignore[arg-type]
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.goto((tmp_path / "page.html").as_uri())
        return opened

    yield show_
    for context in contexts:
        context.close()
