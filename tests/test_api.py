from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import scraper
from scraper import NotAnArticle, extract, fetch
from scraper.api import DIRECTORY, moment, work
from scraper.demo import serve
from scraper.errors import Refused
from scraper.page import Page

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
STORY = (PAGES / "grove" / "bpr-npr-wire-night-trains.html").read_bytes()
URL = "https://www.bpr.org/2024-10-05/why-small-towns-are-bidding-for-a-seat-on-the-night-train"


def test_bytes_and_text_give_the_same_record_each_time() -> None:
    article = extract(STORY, url=URL)
    assert article.title
    assert article.station
    assert article.station.domain == "bpr.org"
    assert extract(STORY.decode(), url=URL).to_dict() == article.to_dict()
    assert extract(STORY, url=URL) == article
    assert article.provenance == type(article.provenance)()


def test_a_kind_can_be_forced() -> None:
    assert (
        "<" in extract("A title\n\nA first line with a <b> in it, long enough to be taken for words.", kind="text").text
    )
    with pytest.raises(ValueError, match="kind"):
        extract("x", kind="pdf")


@pytest.mark.parametrize("source", [b"", "", b"%PDF-1.7", b"\0\1\2" * 99])
def test_one_error_for_what_is_no_story(source: bytes | str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract(source)
    assert caught.value.page_type == "other"
    assert caught.value.reason


def test_it_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    extract(STORY, url=URL)  # what is read once is read now
    for name in ("builtins.open", "socket.socket", "os.open"):
        monkeypatch.setattr(name, None)
    assert extract(STORY, url=URL).title


def test_fetch_gets_and_extracts() -> None:
    with serve(0) as station:
        path = next(path for path, (file, _) in station.site.pages.items() if "night-trains" in file)
        article = fetch(station.address + path, allow_hosts=(station.host,), timeout=5.0, contact="me@example.org")
        assert article.title == extract(STORY, url=URL).title
        assert article.provenance.status == 200
        with pytest.raises(Refused):
            fetch(station.address + path)


def test_a_page_goes_to_a_worker_and_its_record_comes_back() -> None:
    task = pickle.loads(pickle.dumps((Page(STORY, url=URL), None, None)))
    assert pickle.loads(pickle.dumps(work(task))) == extract(STORY, url=URL)


@pytest.mark.parametrize(
    ("given", "moment_"),
    [
        (None, None),
        (date(2024, 5, 11), datetime(2024, 5, 11, tzinfo=UTC)),
        (datetime(2024, 5, 11, 8), datetime(2024, 5, 11, 8, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2024, 5, 11, 8, tzinfo=timezone(timedelta(hours=-4))), datetime(2024, 5, 11, 12, tzinfo=UTC)),
    ],
)
def test_when_a_page_was_saved(given: date | None, moment_: datetime | None) -> None:
    assert moment(given) == moment_


def test_the_directory_as_the_extractor_asks() -> None:
    station = DIRECTORY.by_call("WUFT-FM")
    assert station == DIRECTORY.station_of("https://www.wuft.org/x")
    assert DIRECTORY.by_name("North Carolina Public Radio") == DIRECTORY.station_of("wunc.org")
    assert DIRECTORY.by_call("will") is DIRECTORY.by_name("nobody") is DIRECTORY.station_of("npr.org") is None


def test_the_package_shows_few_names_and_loads_none_of_them() -> None:
    assert set(scraper.__all__) == {"Article", "NotAnArticle", "__version__", "extract", "fetch"}
    assert all(getattr(scraper, name) for name in scraper.__all__)
    with pytest.raises(AttributeError):
        _ = scraper.extrakt  # type: ignore[attr-defined]
    program = "import scraper, sys; print([name for name in sys.modules if name.startswith('scraper.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "['scraper.__about__']\n"


@pytest.mark.parametrize("source", [None, 5, ["<p>"], Path("page.html")])
def test_what_is_no_page_is_told_of(source: object) -> None:
    with pytest.raises(TypeError, match=f"bytes or str, not {type(source).__name__}"):
        extract(source)  # type: ignore[arg-type]


def test_what_is_no_address_is_told_of() -> None:
    for read in (lambda url: extract(STORY, url=url), fetch):
        for url in ("bpr.org/x", "page.html", "mailto:news@bpr.org", "https://", ""):
            with pytest.raises(ValueError, match="url is an address such as"):
                read(url)
    for url in (5, b"https://www.bpr.org/x"):
        with pytest.raises(TypeError, match="url is a str"):
            extract(STORY, url=url)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="url is a str, not NoneType"):
        fetch(None)  # type: ignore[arg-type]
