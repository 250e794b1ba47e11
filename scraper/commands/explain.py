"""``scraper explain``: why the record of a page is as it is."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._browser import open_in_browser
from scraper.commands._options import allow_host, complete_file, moment, own_platforms, talk
from scraper.commands._several import line_on, output_to
from scraper.commands._sources import Loader, Source, source_of
from scraper.commands._talk import coloured, is_terminal, say, still_libraries
from scraper.commands.extract import LARGE, address_option, rules_from
from scraper.errors import ScraperError
from scraper.explain import FORMATS

if TYPE_CHECKING:
    from scraper.extractor.explanation import Explanation
    from scraper.extractor.rules import Rules
    from scraper.page import Page

_NAME = 60


@click.command()
@click.argument("source", shell_complete=complete_file)
@click.option("--url", metavar="URL", help="The address of a file's page.")
@click.option("--captured", callback=moment, metavar="DATE", help="When the page was saved.")
@own_platforms
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="html", show_default=True, help="How to explain it."
)
@options.output("Write it there, whole or not at all; - is stdout.")
@click.option("--open", "open_", is_flag=True, help="Open the HTML page in a browser.")
@allow_host
@talk
def command(
    *,
    source: str,
    url: str | None,
    captured: datetime | None,
    platform_files: tuple[str, ...],
    format_: str,
    output: str | None,
    open_: bool,
    allow_hosts: tuple[str, ...],
) -> int:
    """Show a page with what was kept and what was removed of it, by which rule, and the record beside it.

    SOURCE is as for extract. The HTML page goes to stdout where that is a pipe or a file, else to a file named after
    the source. Pages that hold no story are explained, too.

    \b
    scraper explain page.html --open
    scraper explain https://www.bpr.org/… --format text
    """
    if open_ and (format_ != "html" or output == "-"):
        raise click.UsageError("--open shows an HTML page in a file")
    given = source_of(source)
    if given.url:
        still_libraries()
    loader = Loader(url=address_option(url, [given]), allow_hosts=allow_hosts)
    try:
        page = loader.load(given)
        told = _explained(page, captured, rules_from(platform_files))
    except ScraperError as error:
        say(line_on(source, error))
        raise click.exceptions.Exit(error.exit_code) from error
    finally:
        loader.close()
    _write(told, given, format_, output, open_)
    return 0


def _explained(page: Page, captured: datetime | None, rules: Rules | None) -> Explanation:
    if len(page.body) <= LARGE:
        from scraper.explain import explain

        return explain(page, captured=captured, rules=rules)
    from scraper.workers import WorkerPool

    with WorkerPool("scraper.explain.work", processes=1) as pool:
        told: Explanation = pool.call((page, captured, rules))
    return told


def _write(told: Explanation, source: Source, format_: str, output: str | None, open_: bool) -> None:
    from scraper.explain import render

    if output is None and format_ == "html" and (open_ or is_terminal(sys.stdout)):
        output = file_name(source)
        named = True
    else:
        named = False
    colour = output in (None, "-") and coloured(sys.stdout)
    name = "standard input" if source.name == "-" else source.name
    with output_to(output) as write:
        write(render(told, format_, source=name, colour=colour))
    if named:
        say(f"written to {output}", level=0)
    if open_:
        open_in_browser(Path(output or ""))


def file_name(source: Source) -> str:
    """The file that an explanation goes to, in the current folder: named after the page's file or address.

    >>> file_name(Source("pages/story.html")), file_name(Source("-"))
    ('story.explain.html', 'page.explain.html')
    >>> file_name(Source("bpr.org/news/night-trains?x=1", "https://bpr.org/news/night-trains?x=1"))
    'night-trains.explain.html'
    """
    if source.url:
        from scraper import addresses

        path = source.url.partition("?")[0].partition("#")[0].rstrip("/")
        stem = path.rpartition("/")[2] or addresses.host(source.url) or ""
    else:
        stem = Path(source.name).stem
    stem = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:_NAME]
    return f"{stem or 'page'}.explain.html"
