"""The documents as a site: ``sphinx-build -n -W --keep-going docs site``.

Sphinx (BSD), MyST (MIT) and Furo (MIT) are all kept well; MkDocs 1.x has had no release since 2024, and themes that
load fonts from elsewhere were no choice. Every link and every anchor is checked; the pages ask nothing of other hosts.
"""

from __future__ import annotations

from scraper.__about__ import __version__

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
