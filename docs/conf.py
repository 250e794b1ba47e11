"""The documents as a site: ``sphinx-build -n -W --keep-going docs site``.

Sphinx (BSD), MyST (MIT) and Furo (MIT) are all kept well; MkDocs 1.x has had no release since 2024, and themes that
load fonts from elsewhere were no choice. Every link and every anchor is checked; the pages ask nothing of other hosts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.__about__ import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "public-radio-scraper"
author = "The public-radio-scraper authors"
version = release = __version__
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["reference/make.py"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = ["misc.highlighting_failure"]  # examples shorten what is long by an ellipsis

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}

# What axe finds in the theme's pages: headings without a level, regions that scroll but cannot be reached by keyboard,
# landmarks of one kind without names.
ACCESSIBLE = (
    (r'role="heading"(?! aria)', 'role="heading" aria-level="2"'),
    (r"<pre>", '<pre tabindex="0">'),
    (r'<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
    (r'<aside class="sidebar-drawer"', '<aside aria-label="The site" class="sidebar-drawer"'),
    (r'<aside class="toc-drawer', '<aside aria-label="This page" class="toc-drawer'),
)


def make_accessible(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text("utf-8")
        for found, better in ACCESSIBLE:
            text = re.sub(found, better, text)
        page.write_text(text, "utf-8")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", make_accessible)
