"""What the project's HTML pages share: nothing is loaded, no script is in them, and none can run."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources

from scraper.writer.links import safe_url


def style_sheet(package: str, name: str = "page.css") -> str:
    """The common rules, with those of a package's own file."""
    files = (("scraper.webpage", "base.css"), (package, name))
    return "\n".join(resources.files(home).joinpath(file).read_text("utf-8") for home, file in files)


def head(title: str, style: str) -> list[str]:
    """A document up to the beginning of its body. The policy allows nothing but this very style sheet, so that
    whatever comes from a page stays text."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="robots" content="noindex">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
    ]


def contents(label: str, links: dict[str, str]) -> list[str]:
    """Links to the parts of the page: names by id."""
    rows = [f'<li><a href="#{id_}">{name}</a></li>' for id_, name in links.items()]
    return [f'<nav aria-label="{label}">', "<ul>", *rows, "</ul>", "</nav>"]


def link(url: str | None, text: str) -> str:
    """`text`, as a link where `url` may become one. Neither need be escaped."""
    address = safe_url(url)
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(text)}</a>' if address else escape(text)


def many(number: int, what: str) -> str:
    """A count of things whose plural takes an s.

    >>> many(1, "word"), many(1200, "word")
    ('1 word', '1,200 words')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"
