from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.article import Article, Removed, Station
from scraper.writer.archive import Archive
from scraper.writer.results import PageResult

Cli = Callable[..., tuple[int, str, str]]


def story(number: int, host: str = "www.bpr.org", **fields: object) -> Article:
    url = f"https://{host}/news/2031-08-0{number}/story"
    values: dict[str, object] = {"id": f"url:{number}", "url": url, "canonical_url": url, "page_type": "article"}
    values |= {"platform": "grove", "title": f"Story {number}", "text": f"Text {number}."}
    values |= {"published": f"2031-08-0{number}T12:00:00Z", "removed": [Removed(rule="r", kind="appeal", text="Give!")]}
    return Article(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "stories.db"
    bpr = Station(name="Blue Ridge Public Radio", call_sign="WCQS", domain="bpr.org", city=None, state=None)
    with Archive.open(str(path)) as archive:
        for number in (1, 3, 2):
            article = story(number, station=bpr)
            archive.write(article, PageResult(url=str(article.url), status=200))
        archive.write(story(4, "www.wunc.org", id="npr:4"))
        archive.write(story(5, "www.kut.org", id="npr:4"))
    return path


def titles(out: str) -> list[str]:
    return [json.loads(line)["title"] for line in out.splitlines()]


@pytest.mark.usefixtures("store")
def test_the_newest_in_a_pipe(cli: Cli) -> None:
    code, out, err = cli("show")
    assert (code, err) == (0, "")
    assert titles(out) == ["Story 5", "Story 4", "Story 3", "Story 2", "Story 1"]
    assert titles(cli("show", "--limit", "2")[1]) == ["Story 5", "Story 4"]
    assert titles(cli("show", "--station", "bpr.org", "--json")[1]) == ["Story 3", "Story 2", "Story 1"]
    assert cli("show", "--limit", "2", "--format", "text")[1] == "Story 5\n\nText 5.\n\nStory 4\n\nText 4.\n"


@pytest.mark.usefixtures("store")
def test_the_newest_on_a_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.commands._shown.is_terminal", lambda _: True)
    _, out, err = cli("show", "--limit", "3")
    assert [line.split() for line in out.splitlines()] == [
        ["PUBLISHED", "STATION", "TITLE", "ID"],
        ["2031-08-05", "kut.org", "Story", "5", "npr:4"],
        ["2031-08-04", "wunc.org", "Story", "4", "npr:4"],
        ["2031-08-03", "WCQS", "Story", "3", "url:3"],
    ]
    assert err == "scraper: 3 of 5; scraper show ID shows one\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "what", ["url:2", "https://www.bpr.org/news/2031-08-02/story", "bpr.org/news/2031-08-02/story/"]
)
def test_one_by_id_or_address(cli: Cli, what: str) -> None:
    assert cli("show", what) == (0, "Story 2\n\nText 2.\n", "")
    assert json.loads(cli("show", what, "--json")[1])["removed"] == []
    assert json.loads(cli("show", what, "--json", "--removed")[1])["removed"][0]["text"] == "Give!"
    assert cli("show", what, "--format", "html")[1].startswith("<article")


@pytest.mark.usefixtures("store")
def test_one_that_several_stations_carry(cli: Cli) -> None:
    code, out, err = cli("show", "npr:4")
    assert (code, out) == (0, "Story 5\n\nText 5.\n")
    assert err == "scraper: 1 more of this id: wunc.org; --json shows all\n"
    assert titles(cli("show", "npr:4", "--json")[1]) == ["Story 5", "Story 4"]


def test_where_it_looks(cli: Cli, store: Path) -> None:
    store.rename(store.with_name("other.db"))
    assert cli("show") == (66, "", "scraper: no store at stories.db; scraper run makes one, --store names another\n")
    assert titles(cli("show", "--store", "other.db", "--limit", "1")[1]) == ["Story 5"]
    Path("config.yaml").write_text("store: other.db\nstations: [bpr.org]\n")
    assert titles(cli("show", "--limit", "1")[1]) == ["Story 5"]
    assert cli("show", "--config", "no.yaml")[0] == 78
    assert not Path("stories.db").exists()


@pytest.mark.usefixtures("store")
def test_what_is_not_there(cli: Cli) -> None:
    assert cli("show", "url:9") == (66, "", "scraper: no story url:9 in stories.db\n")
    assert cli("show", "--station", "kuow.org") == (0, "", "scraper: no stories of kuow.org in stories.db\n")
    assert cli("show", "--json", "--format", "text")[0] == 2


@pytest.mark.usefixtures("store")
def test_of_some_days(cli: Cli) -> None:
    assert titles(cli("show", "--since", "2031-08-03", "--until", "2031-08-04")[1]) == ["Story 4", "Story 3"]
    assert titles(cli("show", "--until", "2031-08-02")[1]) == ["Story 2", "Story 1"]
    assert cli("show", "--since", "2031-08-03", "--until", "2031-08-02")[0] == 2


def test_days_bring_all_of_their_stories(cli: Cli, tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "stories.db")) as archive:
        for number in range(30):
            url = f"https://www.bpr.org/news/{number}"
            archive.write(story(1, id=f"url:n{number}", url=url, canonical_url=url, published="2031-08-01"))
    assert len(cli("show")[1].splitlines()) == 20
    assert len(cli("show", "--since", "2031-08-01", "--until", "2031-08-01")[1].splitlines()) == 30
    assert len(cli("show", "--since", "2031-08-01", "--limit", "4")[1].splitlines()) == 4


@pytest.mark.usefixtures("store")
def test_some_fields(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = ("--fields", "title, station.call_sign,removed.kind")
    shown = [json.loads(line) for line in cli("show", "--limit", "3", *fields)[1].splitlines()]
    assert shown[2] == {"title": "Story 3", "station.call_sign": "WCQS", "removed.kind": ["appeal"]}
    assert shown[0]["station.call_sign"] is None
    assert cli("show", "--limit", "1", *fields, "--format", "jsonl")[1].startswith('{"title":"Story 5"')
    out = cli("show", "--limit", "3", *fields, "--format", "csv")[1]
    assert out.splitlines() == [
        "title,station.call_sign,removed.kind",
        "Story 5,,appeal",
        "Story 4,,appeal",
        "Story 3,WCQS,appeal",
    ]
    assert cli("show", "url:3", *fields, "--format", "text")[1] == "Story 3\tWCQS\tappeal\n"
    monkeypatch.setattr("scraper.commands._shown.is_terminal", lambda _: True)
    out = cli("show", "--limit", "1", *fields)[1]
    assert out.splitlines()[0].split() == ["TITLE", "STATION.CALL_SIGN", "REMOVED.KIND"]


@pytest.mark.usefixtures("store")
def test_a_table_without_fields_named(cli: Cli) -> None:
    out = cli("show", "--limit", "1", "--format", "csv")[1]
    assert out.splitlines() == [
        "published,station.name,title,authors.name,section,url,id",
        "2031-08-05T12:00:00Z,,Story 5,,,https://www.kut.org/news/2031-08-05/story,npr:4",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fields", "titel"], "did you mean 'title'?"),
        (["--fields", "call_sign"], "did you mean 'station.call_sign'?"),
        (["--fields", "zzzz"], "no field 'zzzz'"),
        (["--fields", ","], "name at least one field"),
        (["--fields", "title", "--format", "markdown"], "not with markdown"),
        (["--fields", "title", "--removed"], "whole records"),
        (["url:1", "--since", "2031-01-01"], "for lists"),
    ],
)
def test_usage(cli: Cli, arguments: list[str], words: str) -> None:
    code, out, err = cli("show", *arguments)
    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.usefixtures("store")
def test_those_that_standard_input_names(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(text: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))

    given(b"# mine\nurl:1\n\nbpr.org/news/2031-08-02/story\n")
    assert titles(cli("show", "-")[1]) == ["Story 1", "Story 2"]
    given(b"url:1\nurl:9\n")
    code, out, err = cli("show", "-", "--format", "text")
    assert (code, out, err) == (1, "Story 1\n\nText 1.\n", "scraper: no story url:9 in stories.db\n")
    given(b"url:9\n")
    assert cli("show", "-")[:2] == (66, "")
