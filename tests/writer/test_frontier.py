from __future__ import annotations

from typing import Any

import pytest

from scraper.writer.archive import Archive
from scraper.writer.frontier import queue_of
from scraper.writer.results import Found, PageResult, Validators

HOST = "wgul.example"
HOUR = 3600.0

Visit = tuple[dict[str, Any], dict[str, Any], bool]
"""What is other in the story and its page at a second visit, and whether that makes the validators lies."""


def url(number: int | str) -> str:
    return f"https://www.{HOST}/news/{number}"


def found(*numbers: int | str, **fields: Any) -> list[Found]:
    return [Found(url=url(number), source="https://www.wgul.example/news.rss", **fields) for number in numbers]


def result(number: int | str, **fields: Any) -> PageResult:
    return PageResult(url=url(number), **fields)


def leased(archive: Archive, clock: Any, limit: int = 9, hosts: tuple[str, ...] = (HOST,)) -> list[str]:
    """What a new run gets, by the last part of the address."""
    return [due.url.rpartition("/")[2] for due in archive.lease(hosts, clock.now, limit, archive.start_run())]


def test_an_address_is_queued_once_in_all_its_spellings(archive: Archive, clock: Any) -> None:
    assert archive.add_found(found(1, 2)) == 2
    assert archive.add_found([Found(url="http://wgul.example/news/1/?utm_source=x#top"), *found(2, 3, 3)]) == 1
    due = archive.lease([HOST], clock.now, 9, archive.start_run())
    assert sorted(page.url for page in due) == [url(1), url(2), url(3)]
    assert due[0].source == "https://www.wgul.example/news.rss"


def test_many_addresses_at_once(archive: Archive, clock: Any) -> None:
    assert archive.add_found(Found(url=url(number)) for number in range(1203)) == 1203
    assert archive.add_found(Found(url=url(number)) for number in range(1204)) == 1
    assert len(archive.lease([HOST], clock.now, 600, archive.start_run())) == 600
    assert archive.page_states() == {"new": 1204}


def test_the_newest_are_leased_first(archive: Archive, clock: Any) -> None:
    archive.add_found(found("a", published="2031-08-01"))
    archive.add_found(found("undated"))
    archive.add_found(found("b", published="2031-08-03T01:00:00Z"))
    archive.add_found([Found(url=f"https://{HOST}/news/2031-08-02/c")])
    assert leased(archive, clock, limit=3) == ["b", "c", "a"]


def test_new_and_failed_pages_stand_in_one_line(archive: Archive, clock: Any) -> None:
    for number in (1, 2, 3, 4):
        archive.add_found(found(number, published=f"2031-08-0{9 - number}"))
    archive.fail(result(2, status=500))
    archive.fail(result(4, status=500))
    clock.pass_by(1)
    assert leased(archive, clock, limit=3) == ["1", "2", "3"]


def test_of_undated_pages_the_last_found_come_first(archive: Archive, clock: Any) -> None:
    archive.add_found(found("old"))
    clock.pass_by(24)
    archive.add_found(found("new"))
    assert leased(archive, clock) == ["new", "old"]


def test_a_thousand_hosts_may_be_asked_for(archive: Archive, clock: Any) -> None:
    archive.add_found(Found(url=f"https://h{number}.example/a") for number in range(1000))
    hosts = tuple(f"h{number}.example" for number in range(1000))
    assert len(leased(archive, clock, limit=700, hosts=hosts)) == 700
    assert len(leased(archive, clock, limit=700, hosts=hosts)) == 300


def test_hosts_take_turns(archive: Archive, clock: Any) -> None:
    for day, names in (("09", "a1 b1"), ("08", "a2 b2"), ("07", "a3")):
        first, *second = names.split()
        archive.add_found(found(first, published=f"2031-08-{day}"))
        archive.add_found([Found(url=f"https://wtern.example/{name}", published=f"2031-08-{day}") for name in second])
    archive.add_found([Found(url="https://other.example/c")])
    assert leased(archive, clock, limit=4, hosts=("www.wgul.example", "wtern.example")) == ["a1", "b1", "a2", "b2"]


def test_a_queue_may_have_another_name_than_the_host(archive: Archive, clock: Any) -> None:
    archive.add_found([Found(url="http://127.0.0.1:8123/a", host="wgul.example"), Found(url="http://127.0.0.1:8123/b")])
    assert leased(archive, clock, hosts=("wgul.example",)) == ["a"]
    assert leased(archive, clock, hosts=("127.0.0.1:8123",)) == ["b"]
    assert queue_of("https://WWW.wgul.example:443/") == "wgul.example"


def test_a_leased_page_is_nobody_elses_until_the_lease_runs_out(archive: Archive, clock: Any) -> None:
    archive.add_found(found(1))
    run = archive.start_run()
    assert archive.lease([HOST], clock.now, 9, run, duration=600)
    assert leased(archive, clock) == []
    clock.now += 599
    assert leased(archive, clock) == []
    clock.now += 1
    assert leased(archive, clock) == ["1"]


def test_leases_are_given_back(archive: Archive, clock: Any) -> None:
    for number in (1, 2, 3):
        archive.add_found(found(number, published=f"2031-08-0{9 - number}"))
    first, second = archive.start_run(), archive.start_run()
    archive.lease([HOST], clock.now, 1, first)
    archive.lease([HOST], clock.now, 2, second)
    assert archive.release(first) == 1
    assert leased(archive, clock) == ["1"]
    archive.end_run(second, 0, {})
    assert leased(archive, clock) == ["2", "3"]
    assert archive.release() == 3
    assert leased(archive, clock) == ["1", "2", "3"]


def test_a_page_put_off_waits_without_a_failure(archive: Archive, clock: Any) -> None:
    archive.add_found(found(1))
    (due,) = archive.lease([HOST], clock.now, 9, archive.start_run())
    archive.put_off(due.key, clock.now + 90.5)
    clock.now += 90
    assert leased(archive, clock) == []
    clock.now += 1
    (due,) = archive.lease([HOST], clock.now, 9, archive.start_run())
    assert due.attempts == 0


def test_a_page_that_is_done_is_not_due_again_unless_asked(archive: Archive, clock: Any, make: Any) -> None:
    archive.add_found(found(1, 2))
    archive.write(make(id="url:1"), result(1))
    archive.write(make(id="url:2"), result(2, next_try_at=clock.now + 24 * HOUR, etag='"v"'))
    assert leased(archive, clock) == []
    clock.pass_by(24)
    (due,) = archive.lease([HOST], clock.now, 9, archive.start_run())
    assert (due.url, due.etag, due.last_modified) == (url(2), '"v"', None)


def test_a_source_that_tells_of_a_change_makes_the_page_due(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1, fetched_at="2031-08-12T14:00:00.75Z"))
    archive.add_found(found(1, modified="2031-08-12T13:59:00Z"))
    archive.add_found(found(1))
    assert leased(archive, clock) == []
    archive.add_found(found(1, modified="2031-08-12T15:00:00Z"))
    assert leased(archive, clock) == ["1"]


def test_a_failed_page_comes_back_on_schedule_and_then_no_more(archive: Archive, clock: Any) -> None:
    archive.add_found(found(1))
    waits = []
    for attempts in range(4):
        (due,) = archive.lease([HOST], clock.now, 9, archive.start_run())
        assert due.attempts == attempts
        trouble = archive.fail(result(1, status=503, error="503 after 3 attempts"))
        waits.append(trouble.next_try_at and (trouble.next_try_at - clock.now) / HOUR)
        clock.pass_by(waits[-1] or 1000)
    assert waits == [1, 6, 48, None]
    assert leased(archive, clock) == []
    assert archive.page_states() == {"failed": 1}


def test_success_ends_a_row_of_failures(archive: Archive, clock: Any, make: Any) -> None:
    archive.fail(result(1, status=500))
    archive.fail(result(1, status=500))
    archive.write(make(), result(1, status=200))
    assert archive.fail(result(1, status=500)).attempts == 1


def test_a_failure_leaves_the_stored_version_as_it_is(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1, etag='"v"', content_sha256="aa"))
    archive.fail(result(1, status=None, error="timeout"))
    assert archive.validators(result(1).key) is None
    clock.pass_by(1)
    (due,) = archive.lease([HOST], clock.now, 9, archive.start_run())
    assert due.etag == '"v"'
    assert archive.count() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_keeps_its_record_marked(archive: Archive, clock: Any, make: Any, status: int) -> None:
    archive.write(make(), result(1))
    for _ in range(3 if status == 404 else 1):
        clock.pass_by(24)
        trouble = archive.fail(result(1, status=status))
    assert trouble.gone
    assert archive.page_states() == {"gone": 1}
    (stored,) = archive.find(url(1))
    assert stored.gone_at == ("2031-08-15T14:00:00Z" if status == 404 else "2031-08-13T14:00:00Z")
    assert archive.write(make(), result(1)) == "unchanged"
    (stored,) = archive.find(url(1))
    assert stored.gone_at is None


def test_gone_for_certain(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1))
    assert archive.gone(result(1, status=404)).gone
    archive.gone(result("never seen"))
    assert archive.page_states() == {"gone": 2}
    clock.pass_by(10000)
    assert leased(archive, clock) == []


def test_a_story_is_not_gone_while_another_page_has_it(archive: Archive, make: Any) -> None:
    archive.write(make(id="npr:1"), result(1))
    archive.write(make(id="npr:1"), result(2))
    archive.gone(result(1))
    assert archive.find("npr:1")[0].gone_at is None
    archive.gone(result(2))
    assert archive.find("npr:1")[0].gone_at is not None


def test_a_refused_page_says_why_and_is_not_asked_again(archive: Archive, clock: Any, rows: Any) -> None:
    archive.add_found(found(1, 2))
    archive.refuse(result(1, status=200, page_type="list", error="links to 30 stories"))
    archive.refuse(result(2, error="robots.txt says no", next_try_at=clock.now + 24 * HOUR))
    clock.pass_by(24)
    assert leased(archive, clock) == ["2"]
    row, _ = rows("pages")
    assert (row["state"], row["page_type"], row["error"], row["story"]) == (
        "refused",
        "list",
        "links to 30 stories",
        None,
    )


def test_a_page_as_before_refreshes_what_came_with_the_answer(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1, etag='"v"', last_modified="Mon, 11 Aug 2031 20:21:00 GMT", content_sha256="aa"))
    archive.fail(result(1, status=500))
    archive.not_modified(result(1, status=304, etag='"w"', fetched_at="2031-08-20T00:00:00Z"))
    assert archive.validators(result(1).key) == Validators('"w"', "Mon, 11 Aug 2031 20:21:00 GMT")
    (stored,) = archive.find(url(1))
    assert (stored.last_seen, stored.revision) == ("2031-08-20T00:00:00Z", 1)
    assert archive.fail(result(1, status=500)).attempts == 1
    archive.not_modified(result("never seen", status=304))
    assert archive.page_states() == {"failed": 1}


def test_pages_without_a_story_have_no_validators(archive: Archive) -> None:
    archive.refuse(result(1, etag='"list"'))
    assert archive.validators(result(1).key) is None
    assert archive.validators("nowhere") is None


def test_what_is_due_can_be_asked_without_taking_it(archive: Archive, clock: Any) -> None:
    archive.add_found([Found(url="https://wgul.example/a"), Found(url="https://wgul.example/b")])
    for _ in range(2):
        assert len(archive.due(["wgul.example"], clock())) == 2
    assert len(archive.due(["wgul.example"], clock(), 1)) == 1
    archive.lease(["wgul.example"], clock(), 1, archive.start_run())
    assert len(archive.due(["wgul.example"], clock())) == 1


def test_addresses_that_are_not_queued_in_any_spelling(archive: Archive) -> None:
    archive.add_found(Found(url=f"https://wgul.example/{number}") for number in range(1200))
    asked = [
        *(f"http://www.wgul.example/{number}/?utm_source=x" for number in range(1199, 1202)),
        "https://wgul.example/0#a",
    ]
    assert archive.unknown(asked) == asked[1:3]


def test_a_change_is_told_of_once(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1, fetched_at="2031-08-12T14:00:00Z"))
    later = found(1, modified="2031-09-01T00:00:00Z")  # a clock that is wrong
    assert archive.known_until([url(1), url(2)]) == {result(1).key: "2031-08-12T14:00:00Z"}
    archive.add_found(later)
    assert archive.known_until([url(1)]) == {result(1).key: "2031-09-01T00:00:00Z"}
    assert leased(archive, clock) == ["1"]
    archive.write(make(), result(1, fetched_at="2031-08-12T15:00:00Z"))
    archive.add_found(later)
    assert leased(archive, clock) == []


def test_a_change_that_is_not_believed_is_remembered(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1, fetched_at="2031-08-12T14:00:00Z"))
    archive.add_found(found(1, modified="2031-08-01T00:00:00Z", doubted="2031-08-12T16:00:00Z"))
    assert leased(archive, clock) == []
    archive.add_found(found(1, modified="2031-08-12T16:00:00Z"))  # no news
    assert leased(archive, clock) == []
    archive.add_found(found(1, modified="2031-08-12T17:00:00Z"))
    assert leased(archive, clock) == ["1"]


def whole(archive: Archive, clock: Any) -> bool:
    """Whether the one page that is due is to be read whole. It is given back."""
    (due,) = archive.due([HOST], clock.now + 9000 * HOUR)
    return due.whole


def test_a_page_is_read_whole_when_a_source_tells_of_a_change(archive: Archive, clock: Any, make: Any) -> None:
    archive.write(make(), result(1, etag='"v"', fetched_at="2031-08-12T14:00:00Z", next_try_at=clock.now + HOUR))
    assert not whole(archive, clock)
    archive.add_found(found(1, modified="2031-08-12T14:30:00Z"))
    assert whole(archive, clock)
    archive.write(make(), result(1, etag='"v"', fetched_at="2031-08-12T15:00:00Z", next_try_at=clock.now + HOUR))
    assert not whole(archive, clock)


def test_a_page_without_a_story_is_read_whole(archive: Archive, clock: Any) -> None:
    archive.refuse(result(1, etag='"v"', next_try_at=clock.now + HOUR))
    assert whole(archive, clock)


@pytest.mark.parametrize(
    "visit",
    [
        ({"text": "Another text."}, {"etag": '"v"', "content_sha256": "b"}, True),
        ({"title": "Another title"}, {"etag": 'W/"v"', "content_sha256": "b"}, True),
        ({"text": "Another text."}, {"etag": '"w"', "content_sha256": "b"}, False),
        ({"text": "Another text."}, {"etag": None, "content_sha256": "b"}, False),
        ({"text": "Another text."}, {"etag": '"v"', "content_sha256": "a"}, False),  # read in another way
        ({"removed": []}, {"etag": '"v"', "content_sha256": "b"}, False),  # a list of other stories beside it
        ({}, {"etag": '"v"', "content_sha256": "b"}, False),  # a nonce
    ],
)
def test_validators_of_pages_that_lie(archive: Archive, clock: Any, make: Any, visit: Visit) -> None:
    story, page, lying = visit
    again = {"next_try_at": clock.now + HOUR}
    archive.write(make(), result(1, etag='"v"', content_sha256="a", **again))
    archive.write(make(**story), result(1, **page, **again))
    assert whole(archive, clock) is lying
    assert (archive.validators(result(1).key) is None) is lying
    archive.write(make(**story), result(1, **page, **again))
    assert whole(archive, clock) is lying


def test_another_version_of_the_program_makes_nobody_a_liar(archive: Archive, clock: Any, make: Any) -> None:
    from msgspec.structs import replace

    first = make()
    later = replace(make(text="Read better."), provenance=replace(first.provenance, extractor="99"))
    for article, digest in ((first, "a"), (later, "b")):
        archive.write(article, result(1, etag='"v"', content_sha256=digest, next_try_at=clock.now + HOUR))
    assert not whole(archive, clock)


def test_an_address_that_leads_to_another_one_settles_both(archive: Archive, clock: Any, make: Any, rows: Any) -> None:
    archive.add_found(found("old", "new", "other"))
    archive.write(make(), result("old", final_url=url("new"), etag='"v"', next_try_at=clock.now + 24 * HOUR))
    by_url = {row["url"].rpartition("/")[2]: row for row in rows("pages")}
    assert (by_url["new"]["state"], by_url["new"]["story"], by_url["new"]["etag"]) == ("done", 1, '"v"')
    assert (by_url["old"]["state"], by_url["old"]["story"], by_url["old"]["next_try_at"]) == ("done", 1, None)
    assert leased(archive, clock) == ["other"]
    archive.refuse(result("other"))
    clock.pass_by(24)
    assert leased(archive, clock) == ["new"]
    archive.write(make(), result("moved", final_url=url("nowhere"), next_try_at=clock.now))
    assert leased(archive, clock) == ["moved"]


def test_a_backfill_is_queued_in_bounded_pieces(archive: Archive) -> None:
    """The rows that the database is given at once do not grow with the number of addresses, nor do the statements for
    each, and no more addresses are drawn than are written."""
    from sqlalchemy import event

    drawn, gaps, statements = [0], [], [0]

    def addresses() -> Any:
        for number in range(10_000):
            drawn[0] += 1
            yield Found(url=url(number), host=HOST)

    def executed(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        statements[0] += 1
        if statement.startswith("INSERT INTO pages"):
            gaps.append(len(values))

    event.listen(archive._engine, "before_cursor_execute", executed)
    assert archive.add_found(addresses()) == 10_000
    assert (max(gaps), sum(gaps)) == (500, 10_000)
    assert statements[0] <= 3 * 10_000 / 500
    assert archive.unknown(url(number) for number in range(10_001)) == [url(10_000)]
