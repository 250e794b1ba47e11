"""A real browser without a window, where one is installed: Debian's `chromium`, driven by playwright (dev extra).

`SCRAPER_BROWSER` names another executable; set to "required" it turns a missing browser from a skip into a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
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
