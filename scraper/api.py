"""The library's two verbs: `extract` for a page at hand, `fetch` for an address. The rooms meet here and in `run`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from scraper.page import Page

if TYPE_CHECKING:
    from scraper.article import Article, Station
    from scraper.extractor.rules import Rules


def extract(
    source: bytes | str,
    *,
    url: str | None = None,
    kind: str | None = None,
    captured: datetime | date | None = None,
    rules: Rules | None = None,
) -> Article:
    """The story of one page: `source` is HTML or plain text, as bytes as they were served, or as text.

    `url` is the page's address, `kind` ("html" or "text") forces a reading that is otherwise told from the content,
    `captured` is when the page was saved (a time without a zone is UTC), `rules` what is known beyond the package's own
    (`scraper.extractor.rules.Rules`: a user's platforms). Opens no file and no connection, and gives the
    same record for the same arguments. Raises `NotAnArticle`, with the page's type and the reason, where there is no
    story; `TypeError` and `ValueError` for arguments that are none.
    """
    if not isinstance(source, (bytes, str)):
        raise TypeError(f"source is a page as bytes or str, not {type(source).__name__}")
    if kind not in (None, "html", "text"):
        raise ValueError(f'kind is "html" or "text", not {kind!r}')
    if url is not None:
        _check_address(url)
    return read_story(Page.of(source, url=url, kind=kind), captured=moment(captured), rules=rules)


def fetch(url: str, **settings: Any) -> Article:
    """The story at an address: fetched once, with robots.txt, retries and limits as in a run, and extracted.

    `settings` are `contact` (goes into the User-Agent) and the keys of `scraper.config.FetchSettings`, such as
    ``timeout=10``. Raises a `ScraperError`: `Unavailable`, `Refused`, `TryLater` or `NotAnArticle`; `ValueError` where
    `url` is no http or https address.
    """
    from scraper.config import FetchSettings
    from scraper.fetcher import Fetcher

    _check_address(url)
    contact = settings.pop("contact", None)
    with Fetcher(FetchSettings(**settings), contact=contact, crawl=False) as fetcher:
        return read_story(fetcher.fetch(url))


def _check_address(url: object) -> None:
    from scraper import addresses

    if not isinstance(url, str):
        raise TypeError(f"url is a str, not {type(url).__name__}")
    if addresses.split(url) is None:
        raise ValueError(f"url is an address such as https://www.bpr.org/…, not {url[:200]!r}")


def read_story(page: Page, *, captured: datetime | None = None, rules: Rules | None = None) -> Article:
    """The record of a page that was fetched or read. Raises `NotAnArticle` where it holds no story."""
    from scraper import extractor

    return extractor.extract(page, stations=DIRECTORY, captured=captured, rules=rules)


def work(task: tuple[Page, datetime | None, Rules | None]) -> Article:
    """`read_story` for a worker process: page, `captured` and `rules` in one argument."""
    page, captured, rules = task
    return read_story(page, captured=captured, rules=rules)


def rules_of(platform_files: Iterable[str]) -> Rules | None:
    """The rules that a user's files add; None where there are none. Raises `ConfigError`."""
    files = tuple(platform_files)
    if not files:
        return None
    from scraper.extractor.platforms.own import load
    from scraper.extractor.rules import Rules

    return Rules(platforms=tuple(platform for file in files for platform in load(file)))


def moment(day: datetime | date | None) -> datetime | None:
    """A day or a time as a time with a zone.

    >>> moment(date(2024, 5, 11)).isoformat()
    '2024-05-11T00:00:00+00:00'
    """
    if day is None:
        return None
    if not isinstance(day, datetime):
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return day if day.tzinfo else day.replace(tzinfo=UTC)


class _Directory:
    """The directory of stations as the extractor asks for it."""

    def station_of(self, url_or_host: str, /) -> Station | None:
        from scraper import stations

        return stations.station_of(url_or_host)

    def by_call(self, call: str, /) -> Station | None:
        from scraper import stations

        entry = stations.by_call(call)
        return entry.station if entry else None

    def by_name(self, name: str, /) -> Station | None:
        from scraper import stations

        entry = stations.by_name(name)
        return entry.station if entry else None


DIRECTORY = _Directory()
