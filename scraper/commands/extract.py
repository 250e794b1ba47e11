"""``scraper extract``: sources in, stories out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from scraper.commands import _options as options
from scraper.commands._options import allow_host, complete_file, moment, own_platforms, talk
from scraper.commands._progress import Step, progress
from scraper.commands._several import code_of, line_on, output_to
from scraper.commands._sources import Loader, Source, address_in, source_of
from scraper.commands._talk import say, still_libraries
from scraper.errors import NoTranscript, ScraperError

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.extractor.rules import Rules
    from scraper.page import Page

FEW = 4
"""So many sources are read in this process; more go to worker processes, which a bad page may crash."""

LARGE = 1024 * 1024
"""A page of more bytes goes to a worker process, too, which bounds its time and memory."""

_THREADS = 8
FORMATS = ("text", "markdown", "json", "html", "podcast", "mediasum")
LINES = ("json", "mediasum")
"""Formats of one line a record: those that several records may have."""


@click.command()
@click.argument("sources", nargs=-1, required=True, shell_complete=complete_file, metavar="SOURCE...")
@click.option("--url", metavar="URL", help="The address of a file's page.")
@click.option("--captured", callback=moment, metavar="DATE", help="When the page was saved.")
@own_platforms
@click.option("--format", "format_", type=click.Choice(FORMATS), help="How to print it; text where nothing is said.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json: the whole record.")
@click.option("--removed", is_flag=True, help="Show what was taken out, too.")
@options.output("Write it there instead, whole or not at all.")
@allow_host
@talk
def command(
    *,
    sources: tuple[str, ...],
    url: str | None,
    captured: datetime | None,
    platform_files: tuple[str, ...],
    format_: str | None,
    as_json: bool,
    removed: bool,
    output: str | None,
    allow_hosts: tuple[str, ...],
) -> int:
    """Print the story of pages, and nothing else of them.

    SOURCE is an address, a file (HTML or plain text, told by its content) or - for standard input. A name that exists
    as a file is a file; bpr.org/… is fetched by https. Several sources give JSON Lines, in their order.

    \b
    scraper extract https://www.bpr.org/…
    scraper extract page.html --url https://www.bpr.org/… --json
    scraper extract pages/*.html --json > stories.jsonl
    """
    format_ = _format(format_, as_json=as_json, several=len(sources) > 1)
    if sources.count("-") > 1:
        raise click.UsageError("standard input can be read once; - stands there more often")
    inputs = [source_of(name) for name in sources]
    if any(source.url for source in inputs):
        still_libraries()
    loader = Loader(url=address_option(url, inputs), allow_hosts=allow_hosts)
    results = stories(inputs, loader, captured, rules_from(platform_files))
    with output_to(output) as write, progress(len(inputs), prints=output in (None, "-")) as step:
        return _write_all(results, inputs, lambda article: write(_rendered(article, format_, removed)), step)


def _format(format_: str | None, *, as_json: bool, several: bool) -> str:
    if as_json and format_ not in (None, "json"):
        raise click.UsageError(f"--json and --format {format_} contradict each other")
    if several and format_ not in (None, *LINES):
        raise click.UsageError(f"several sources give JSON Lines; --format {format_} is for a single one")
    return "json" if as_json else format_ or ("json" if several else "text")


def address_option(url: str | None, inputs: list[Source]) -> str | None:
    """The address that --url tells for the one file among the sources. Raises `click.UsageError`."""
    if url is None:
        return None
    from scraper import addresses

    if len(inputs) > 1:
        raise click.UsageError("--url tells the address of one file; there are several sources")
    if inputs[0].url is not None:
        raise click.UsageError(f"--url is for a file; {inputs[0].name} is fetched, and has an address")
    address = address_in(url.strip())
    if address is None or addresses.split(address) is None:
        raise click.BadParameter(f"{url!r} is no address such as https://www.bpr.org/…", param_hint="'--url'")
    return address


def rules_from(platform_files: tuple[str, ...]) -> Rules | None:
    """What --platforms adds. Raises `ConfigError`."""
    if not platform_files:
        return None
    from scraper.api import rules_of

    return rules_of(platform_files)


def stories(
    sources: list[Source], loader: Loader, captured: datetime | None, rules: Rules | None = None
) -> Iterator[Article | ScraperError]:
    """The story of each source, or why there is none, in their order. Closes the loader at its end."""
    if len(sources) > FEW:
        yield from _by_workers(sources, loader, captured, rules)
        return
    try:
        for source in sources:
            try:
                yield _here(loader.load(source), captured, rules)
            except ScraperError as error:
                yield error
    finally:
        loader.close()


def _here(page: Page, captured: datetime | None, rules: Rules | None) -> Article:
    """The story of a page, read in this process as long as the page is of a usual size."""
    if len(page.body) <= LARGE:
        from scraper.api import read_story

        return read_story(page, captured=captured, rules=rules)
    from scraper.workers import WorkerPool

    with WorkerPool("scraper.api.work", processes=1) as pool:
        article: Article = pool.call((page, captured, rules))
    return article


def _by_workers(
    sources: list[Source], loader: Loader, captured: datetime | None, rules: Rules | None
) -> Iterator[Article | ScraperError]:
    """As `stories`: some threads load, processes extract, and only few pages are in memory at a time."""
    from concurrent.futures import Future, ThreadPoolExecutor

    from scraper.workers import WorkerPool

    with ExitStack() as closing:
        threads = ThreadPoolExecutor(_THREADS)
        closing.callback(threads.shutdown, cancel_futures=True)
        pool = closing.enter_context(WorkerPool("scraper.api.work"))
        closing.callback(loader.close)

        def story(source: Source) -> Article | ScraperError:
            try:
                article: Article = pool.call((loader.load(source), captured, rules))
            except ScraperError as error:
                return error
            return article

        waiting: deque[Future[Article | ScraperError]] = deque()
        for source in sources:
            waiting.append(threads.submit(story, source))
            if len(waiting) > 2 * _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _write_all(
    results: Iterator[Article | ScraperError], inputs: list[Source], write: Callable[[Article], Any], step: Step
) -> int:
    """Writes what is a story and says what is none. Raises where nothing was written, so that no output appears."""
    codes: list[int] = []
    for source, result in zip(inputs, results, strict=True):
        error = result if isinstance(result, ScraperError) else _written(result, write)
        if error is not None:
            say(line_on(source.name, error))
            codes.append(error.exit_code)
        step(source.name)
    if len(codes) == len(inputs):
        raise click.exceptions.Exit(code_of(codes))
    return code_of(codes)


def _written(article: Article, write: Callable[[Article], Any]) -> NoTranscript | None:
    """Why a story cannot be written as it was asked for: it has no transcript."""
    try:
        write(article)
    except NoTranscript as error:
        return error
    return None


def _rendered(article: Article, format_: str, removed: bool) -> str:
    from scraper.writer.render import render

    text = render(article, format_, removed=removed)  # type: ignore[arg-type]
    return text if text.endswith("\n") else f"{text}\n"
