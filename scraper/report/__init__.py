"""The store as one page for people: what went well, what did not, since when.

with Archive.open("stories.db", create=False) as archive:
    report = gather(archive, days=30, now=time.time())
for part in to_html(report):
    file.write(part)
"""

from __future__ import annotations

from scraper.report.gather import gather
from scraper.report.html import to_html
from scraper.report.model import Report

__all__ = ["Report", "gather", "to_html"]
