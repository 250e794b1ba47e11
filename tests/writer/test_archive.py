from __future__ import annotations

import sqlite3
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from scraper.article import Article, Provenance, Station
from scraper.page import Page
from scraper.writer.archive import Archive
from scraper.writer.results import Found, PageResult, Validators
from scraper.writer.schema import pages, stories

URL = "https://www.wgul.example/news/2031-08-11/ferry-runs-again"


def result(url: str = URL, **fields: Any) -> PageResult:
    return PageResult(**({"url": url, "status": 200, "fetched_at": "2031-08-12T14:00:00Z"} | fields))


def again(article: Article, **fields: Any) -> Article:
    return msgspec.structs.replace(article, **fields)


def test_a_record_comes_back_as_it_was_written(archive: Archive, make: Any) -> None:
    article = make()
    assert archive.write(article, result()) == "new"
    stored = archive.story(URL)
    assert stored
    assert stored.article == article
    assert stored.host == "wgul.example"
    assert stored.revision == 1
    assert stored.first_seen == stored.last_seen == stored.changed_at == "2031-08-12T14:00:00Z"
    assert archive.count() == 1


def test_the_same_story_again_changes_nothing_but_the_time_it_was_seen(archive: Archive, make: Any) -> None:
    article = make()
    archive.write(article, result(etag='"1"'))
    later = again(
        article, provenance=Provenance(fetched_at="2031-08-13T14:00:00Z", etag='"2"', content_sha256="cd" * 32)
    )
    written = archive.write(later, result(etag='"2"', fetched_at="2031-08-13T14:00:00Z"))
    assert written == "unchanged"
    stored = archive.story(URL)
    assert stored
    assert stored.article == article
    assert (stored.revision, stored.changed_at, stored.last_seen) == (1, "2031-08-12T14:00:00Z", "2031-08-13T14:00:00Z")
    assert archive.validators(result().key) == Validators('"2"', None)


def test_a_changed_story_is_updated(archive: Archive, make: Any) -> None:
    archive.write(make(), result())
    changed = make(title="Ferry stops again", text="It stopped.")
    assert archive.write(changed, result(fetched_at="2031-08-13T14:00:00Z")) == "updated"
    stored = archive.story(URL)
    assert stored
    assert stored.article == changed
    assert (stored.revision, stored.first_seen, stored.changed_at) == (
        2,
        "2031-08-12T14:00:00Z",
        "2031-08-13T14:00:00Z",
    )
    assert archive.count() == 1


def test_one_story_at_two_addresses_of_a_site_is_one_and_stays_as_it_is(archive: Archive, make: Any) -> None:
    first = make(id="npr:123")
    second = again(first, url="https://wgul.example/local/ferry-runs-again")
    assert archive.write(first, result()) == "new"
    for _ in range(2):
        assert archive.write(second, result(second.url)) == "unchanged"
        assert archive.write(first, result()) == "unchanged"
    assert archive.count() == 1
    assert archive.story(URL) == archive.story(second.url)
    assert archive.page_states() == {"done": 2}


def test_one_story_on_two_stations_is_two_records(archive: Archive, make: Any) -> None:
    other = "https://wtern.example/2031-08-12/ferry"
    archive.write(make(id="npr:123"), result())
    archive.write(make(id="npr:123", url=other, canonical_url=URL, published="2031-08-12T00:00:00Z"), result(other))
    assert [stored.host for stored in archive.find("npr:123")] == ["wtern.example", "wgul.example"]
    assert archive.count() == 2


def test_the_host_is_that_of_the_address_that_answered(archive: Archive, make: Any) -> None:
    moved = make(provenance=Provenance(final_url="https://news.wtern.example/ferry"))
    archive.write(moved, result())
    stored = archive.story(URL)
    assert stored
    assert stored.host == "news.wtern.example"


@pytest.mark.parametrize(
    "name",
    [
        "url:00000000000000aa",
        URL,
        "http://wgul.example/news/2031-08-11/ferry-runs-again/?utm_source=rss#top",
        "wgul.example/news/2031-08-11/ferry-runs-again",
        "www.wgul.example/news/2031-08-11/ferry-runs-again/",
        "https://wgul.example/canonical",
    ],
)
def test_a_story_is_found_by_id_address_canonical_and_key(archive: Archive, make: Any, name: str) -> None:
    archive.write(make(canonical_url="https://wgul.example/canonical"), result())
    assert archive.story(name)
    assert archive.story(name.replace("a", "b")) is None


def test_a_record_without_a_page_is_found_by_its_address(archive: Archive, make: Any) -> None:
    url = "https://wgul.example/a"
    article = make(
        id=f"url:{sha256(b'wgul.example/a').hexdigest()[:16]}", url=None, canonical_url=url, provenance=Provenance()
    )
    archive.write(article)
    assert archive.page_states() == {}
    for name in (url, "http://www.wgul.example/a/"):
        stored = archive.story(name)
        assert stored
        assert stored.article == article
    assert archive.write(make(id="text:1", url=None, canonical_url=None)) == "new"


def test_the_newest_come_first_and_the_undated_last(archive: Archive, make: Any) -> None:
    dates = ["2031-08-11", "2031-08-12T01:00:00Z", None, "2031-08-11T09:00:00Z"]
    for number, date in enumerate(dates):
        url = f"https://www.wgul.example/{number}"
        archive.write(make(id=f"url:{number}", url=url, canonical_url=url, published=date), result(url))
    assert [stored.article.published for stored in archive.newest(3)] == [dates[1], dates[3], dates[0]]
    assert len(archive.newest(10)) == 4


def test_the_newest_of_one_station(archive: Archive, make: Any) -> None:
    station = Station(name="WTERN Radio", call_sign="WTRN", domain="wtern.example", city=None, state=None)
    url = "https://news.wtern.example/1"
    archive.write(make(), result())
    archive.write(make(id="url:2", url=url, canonical_url=url, station=station), result(url))
    for name in ("wtern.example", "www.wtern.example", "news.wtern.example", "WTERN radio"):
        assert [stored.article.id for stored in archive.newest(9, station=name)] == ["url:2"]
    assert archive.newest(9, station="elsewhere.example") == []


def test_characters_that_a_database_cannot_hold_do_not_stop_a_record(archive: Archive, make: Any) -> None:
    article = make(title="half \ud83d a sign", text="nothing\0here", byline="\0")
    assert archive.write(article, result(etag='"\ud800"', error="\0")) == "new"
    assert archive.write(article, result()) == "unchanged"
    stored = archive.story(URL)
    assert stored
    assert stored.article.title == "half � a sign"
    assert stored.article.text == "nothing\0here"
    assert archive.check() == []


def test_a_page_becomes_a_result(archive: Archive, make: Any) -> None:
    page = Page(
        b"<p>x",
        url=URL,
        status=200,
        final_url=URL,
        headers={"etag": 'W/"a"', "last-modified": "Mon, 11 Aug 2031 20:21:00 GMT"},
        fetched_at="2031-08-12T14:00:00Z",
    )
    told = PageResult.of(page, page_type="article")
    assert told.etag == 'W/"a"'
    assert told.content_sha256 == sha256(b"<p>x").hexdigest()
    archive.write(make(), told)
    assert archive.validators(told.key) == Validators('W/"a"', "Mon, 11 Aug 2031 20:21:00 GMT")
    with pytest.raises(ValueError, match="without an address"):
        PageResult.of(Page(b"x"))


def test_runs_are_numbered_and_remembered(archive: Archive, clock: Any, rows: Any) -> None:
    first = archive.start_run()
    clock.pass_by(1)
    archive.end_run(first, 1, {"fetched": 3, "why": {"503": 2}})
    second = archive.start_run()
    assert second == first + 1
    assert rows("runs") == [
        {
            "number": first,
            "started": "2031-08-12T14:00:00Z",
            "ended": "2031-08-12T15:00:00Z",
            "exit_code": 1,
            "summary": '{"fetched":3,"why":{"503":2}}',
        },
        {"number": second, "started": "2031-08-12T15:00:00Z", "ended": None, "exit_code": None, "summary": None},
    ]


def test_many_threads_write_at_once(archive: Archive, make: Any) -> None:
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for page in range(5):
                url = f"https://www.wgul.example/{number}/{page}"
                archive.add_found([Found(url=url)])
                archive.write(make(id=f"url:{number}.{page}", url=url, canonical_url=url), result(url))
                assert archive.story(url)
        except BaseException as error:
            problems.append(error)
            raise

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert archive.count() == 40
    assert archive.page_states() == {"done": 40}
    assert archive.check() == []


def test_what_is_wrong_is_told(archive: Archive, make: Any) -> None:
    archive.write(make(), result())
    archive.write(make(id="url:2", url="https://wgul.example/2"), result("https://wgul.example/2"))
    assert archive.check() == []
    with archive._writing() as connection:
        connection.execute(update(stories).where(stories.c.id != "url:2").values(id="url:3"))
        connection.execute(update(stories).where(stories.c.id == "url:2").values(record='{"id": 5}'))
        connection.execute(update(pages).where(pages.c.url == "https://wgul.example/2").values(story=None))
    told = "\n".join(archive.check())
    assert "its record is that of url:00000000000000aa, not of url:3" in told
    assert "Expected `str`, got `int` - at `$.id`" in told
    assert "1 pages are done but have no story" in told


def test_what_sqlite_itself_finds_wrong_is_told(archive: Archive, path: Path, make: Any) -> None:
    archive.write(make(), result())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE pages SET story = 99")
    connection.close()
    assert archive.check() == ["pages 1: refers to a row of stories that is not there"]
