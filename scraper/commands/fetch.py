"""``scraper fetch``: pages as they came, and how they came."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._options import allow_host, talk
from scraper.commands._several import code_of, line_on, output_to
from scraper.commands._sources import address_in, tell_event, words_of_stdin
from scraper.commands._talk import flush, is_terminal, put, say, still_libraries
from scraper.errors import ScraperError

if TYPE_CHECKING:
    from scraper.commands._journey import Facts
    from scraper.commands._journey_words import Telling
    from scraper.fetcher import Event, Fetcher
    from scraper.page import Page

Had = tuple["Page | None", ScraperError | None]


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--explain", is_flag=True, help="Tell what happened on the way, instead of printing the page.")
@click.option("--json", "as_json", is_flag=True, help="With --explain: as one JSON object a page.")
@click.option("--twice", is_flag=True, help="With --explain: ask again, only if it has changed since.")
@click.option("--raw", is_flag=True, help="The page's bytes in its own charset, not as UTF-8 text.")
@options.output("Write the page there, whole or not at all.")
@click.option("--crawl", is_flag=True, help="Treat it as a run would: every request spaced, by the settings.")
@options.config_file("Settings of --crawl.")
@allow_host
@talk
def command(
    *,
    urls: tuple[str, ...],
    explain: bool,
    as_json: bool,
    twice: bool,
    raw: bool,
    output: str | None,
    crawl: bool,
    config_file: str,
    allow_hosts: tuple[str, ...],
) -> int:
    """Fetch pages with all manners and limits, and print them as they came.

    robots.txt, spacing, retries, redirects and decoding are those of every other command. --explain tells what each
    of them did, and why a page could not be had; with -o the page is written as well. Several pages are printed one
    after the other. - stands for the addresses on standard input, one a line.

    \b
    scraper fetch bpr.org > home.html
    scraper fetch https://www.bpr.org/… --explain
    scraper discover bpr.org --limit 3 | scraper fetch - --explain
    scraper fetch https://www.bpr.org/… --explain --twice --json | jq .again.verdict
    """
    _check(explain=explain, only_explained={"--json": as_json, "--twice": twice}, raw=raw, output=output)
    addresses = [_address(url) for url in _given(urls)]
    still_libraries()
    crawl = crawl or _is_given("config_file")
    ear = _Ear()
    telling = _telling() if explain and not as_json else None
    codes: list[int] = []
    with output_to(output) as write, _fetcher(config_file if crawl else None, allow_hosts, ear) as fetcher:
        for url in addresses:
            page, error = _explained(fetcher, ear, url, telling, twice) if explain else _fetched(fetcher, url)
            if page is not None and (output or not explain):
                write(page.body if raw else page.text.encode())
            if error is not None:
                if not (explain and is_terminal(sys.stdout)):  # there it was just told
                    say(line_on(url, error))
                codes.append(error.exit_code)
        if len(codes) == len(addresses):
            raise click.exceptions.Exit(code_of(codes))
    return code_of(codes)


class _Ear:
    """The fetcher's watch: events go to the explanation of the page at hand, else to -v."""

    def __init__(self) -> None:
        self.hear: Callable[[Event], None] = tell_event

    def __call__(self, event: Event) -> None:
        self.hear(event)


def _check(*, explain: bool, only_explained: dict[str, bool], raw: bool, output: str | None) -> None:
    for name, given in only_explained.items():
        if given and not explain:
            raise click.UsageError(f"{name} goes with --explain")
    if explain and output == "-":
        raise click.UsageError("the explanation is printed already; -o takes the name of a file")
    if explain and raw and not output:
        raise click.UsageError("--explain prints no page; --raw needs -o")


def _given(urls: tuple[str, ...]) -> list[str]:
    """The addresses that are named, those of standard input in the place of -."""
    if urls.count("-") > 1:
        raise click.UsageError("standard input can be read once; - stands there more often")
    given = [one for url in urls for one in (words_of_stdin() if url == "-" else (url,))]
    if not given:
        raise click.UsageError("standard input names no address")
    return given


def _address(url: str) -> str:
    address = address_in(url.strip())
    if address is None:
        raise click.UsageError(f"{url!r} is no address such as https://www.bpr.org/…")
    return address


def _is_given(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is not click.core.ParameterSource.DEFAULT


def _fetcher(
    config_file: str | None, allow_hosts: tuple[str, ...], watch: Callable[[Event], None]
) -> AbstractContextManager[Fetcher]:
    """As a run's fetcher by its settings; without any, one for a few pages at the shell."""
    if config_file is None:
        from scraper.config import FetchSettings
        from scraper.fetcher import Fetcher

        return Fetcher(FetchSettings(allow_hosts=allow_hosts), crawl=False, group_of=_group_of, watch=watch)
    from scraper.commands.run import configuration
    from scraper.run import Halt, sites_of
    from scraper.run.onlooker import onlooking

    config = configuration(config_file, None, allow_hosts)
    return onlooking(config, sites_of(config), halt=Halt(), watch=watch)


def _group_of(place: str) -> str | None:
    from scraper.run.site import group_at
    from scraper.stations import platform_of

    return group_at(platform_of(place))


def _fetched(fetcher: Fetcher, url: str, after: Page | None = None) -> Had:
    """The page, or why there is none; `after` asks by its validators."""
    from scraper.fetcher import Validators

    headers = after.headers if after else {}
    validators = Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified"))
    try:
        return fetcher.fetch(url, validators=validators), None
    except ScraperError as error:
        return None, error


def _explained(fetcher: Fetcher, ear: _Ear, url: str, telling: Telling | None, twice: bool) -> Had:
    """As `_fetched`, with its story on stdout: in words while it happens, or as JSON when it is over."""
    if telling:
        telling.begin(url)
    story, page, error = _heard(fetcher, ear, url, telling)
    if telling:
        telling.end(story)
    if twice and page is not None:
        again, error = _again(fetcher, ear, url, page, telling)
        story["again"] = again
    if telling is None:
        from msgspec.json import encode

        _shown(encode(story).decode())
    return page, error


def _telling() -> Telling:
    from scraper.commands._journey_words import Telling

    return Telling(_shown)


def _heard(
    fetcher: Fetcher, ear: _Ear, url: str, telling: Telling | None, after: Page | None = None
) -> tuple[Facts, Page | None, ScraperError | None]:
    from scraper.commands._journey import Explanation

    explanation = Explanation(url, told=telling.step if telling else None)
    ear.hear = explanation.hear
    page, error = _fetched(fetcher, url, after)
    return explanation.story(page, error), page, error


def _again(
    fetcher: Fetcher, ear: _Ear, url: str, page: Page, telling: Telling | None
) -> tuple[Facts, ScraperError | None]:
    """What becomes of a second request that asks only for news, and how that is to be understood."""
    from scraper.commands._journey import asked_again, has_validators

    if not has_validators(page):
        return _judged({"verdict": "none", "steps": []}, telling), None
    if telling:
        telling.begin("again, only if it has changed")
    again, second, error = _heard(fetcher, ear, url, telling, page)
    return _judged({"verdict": asked_again(page, second), **again}, telling), error


def _judged(again: Facts, telling: Telling | None) -> Facts:
    if telling:
        telling.verdict(again)
    return again


def _shown(text: str) -> None:
    put(text)
    flush()
