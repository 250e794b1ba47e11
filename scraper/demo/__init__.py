"""A small invented station, WRVL, on a loopback port: what `scraper demo` scrapes, and tests do.

Its pages are the fixtures of the project; ``fixtures/station/site.toml`` says which stands where.
"""

from __future__ import annotations

from scraper.demo.server import Served, serve
from scraper.demo.site import Answer, Site, fixtures

__all__ = ["Answer", "Served", "Site", "fixtures", "serve"]
