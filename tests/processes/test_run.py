"""`scraper run`: silent, alone, stoppable, and truthful in its exit code."""

from __future__ import annotations

import fcntl
import json

import pytest
from shells import SIGNALS, STORY, Reply, Server, Shell, configure, end, on_terminal, until

from scraper.demo import Served

STORIES = 24
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{}</channel></rss>"""


def feed(server: Server, *paths: str) -> Reply:
    items = "".join(f"<item><title>x</title><link>{server.address}{path}</link></item>" for path in paths)
    return Reply(body=FEED.format(items).encode(), headers={"content-type": "application/rss+xml"})


def summary(shell: Shell) -> dict[str, object]:
    (text,) = shell.query("SELECT summary FROM runs ORDER BY number DESC LIMIT 1")[0]
    assert isinstance(text, str)
    told: dict[str, object] = json.loads(text)
    return told


def test_a_pass_says_nothing_and_the_next_one_finds_nothing_new(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    done = shell("run")
    assert (done.code, done.out, done.err) == (0, "", "")
    stories = shell.query("SELECT host, id, record, revision, changed_at FROM stories ORDER BY number")
    assert len(stories) == STORIES
    total = summary(shell)["total"]
    assert isinstance(total, dict)
    assert {key: total[key] for key in ("found", "queued", "new", "unchanged", "refused", "gone", "failed")} == {
        "found": 31,
        "queued": 31,
        "new": 24,
        "unchanged": 1,
        "refused": 5,
        "gone": 1,
        "failed": 0,
    }
    assert total["retried"] == 1
    refused = dict(shell.query("SELECT page_type, error FROM pages WHERE state = 'refused'"))
    assert refused["event"] == "event page: it announces an event"
    assert refused[None] == "robots.txt forbids it (Disallow: /members-only/)"
    station.site.requests.clear()
    again = shell("run")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert shell.query("SELECT host, id, record, revision, changed_at FROM stories ORDER BY number") == stories
    assert not [path for path in station.site.requests if path in station.site.pages and path != "/"]
    assert shell.query("SELECT number, exit_code FROM runs") == [(1, 0), (2, 0)]


def test_a_story_that_changed_is_updated(shell: Shell, server: Server) -> None:
    configure(shell, server.host)
    server.replies["/news.rss"] = feed(server, "/news/2024-01-01/rope")
    server.replies["/news/2024-01-01/rope"] = Reply(body=STORY.read_bytes())
    assert shell("run").code == 0
    server.replies["/news/2024-01-01/rope"] = Reply(
        body=STORY.read_bytes().replace(b"under a tarp", b"under a tarpaulin")
    )
    shell.change("UPDATE pages SET next_try_at = '2024-01-01T00:00:00Z'")
    assert shell("run").code == 0
    assert shell.query("SELECT revision, instr(text, 'tarpaulin') > 0 FROM stories") == [(2, 1)]


def test_one_run_at_a_time(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    with (shell.folder / "stories.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shell("run")
    assert (done.code, done.out, len(done.lines)) == (75, "", 1)
    assert "holds the lock stories.db.lock" in done.err
    assert not station.site.requests
    assert shell("run", "--limit", "1").code == 0  # the file is still there, and no obstacle


def test_a_station_that_is_down_fails_the_run(shell: Shell, server: Server) -> None:
    server.close()
    configure(shell, server.host)
    done = shell("run")
    assert (done.code, done.out) == (1, "")
    assert "100% of the pages failed" in done.err
    assert "Traceback" not in done.err
    assert shell.query("SELECT exit_code FROM runs") == [(1,)]


def test_some_failures_are_no_alarm_and_many_are(shell: Shell, server: Server) -> None:
    configure(shell, server.host, failure_threshold="0.5")
    server.replies["/news.rss"] = feed(server, "/news/2024-01-01/rope", "/news/2024-01-02/broken")
    server.replies["/news/2024-01-01/rope"] = Reply(body=STORY.read_bytes())
    server.replies["/news/2024-01-02/broken"] = Reply(500, headers={"retry-after": "0"})
    done = shell("run")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert summary(shell)["failed_share"] == 0.5
    configure(shell, server.host, failure_threshold="0.49")
    done = shell("run", "--store", "other.db")
    assert (done.code, done.out) == (1, "")
    assert done.lines == [
        "scraper: 50% of the pages failed, more than the 49% of failure_threshold:",
        "scraper:   1 × it answers 500 Internal Server Error, 2 times in a row",
        f"scraper:   {server.address}/sitemap.xml: it answers 404 Not Found",
        f"scraper:   {server.address}/: it answers 404 Not Found",
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stations: [bpr.org]\n", "contact"),
        ("contact: a@example.org\nstation: [bpr.org]\n", "did you mean stations"),
    ],
)
def test_a_configuration_that_is_wrong(shell: Shell, text: str, word: str) -> None:
    (shell.folder / "config.yaml").write_text(text)
    done = shell("run")
    assert (done.code, done.out) == (78, "")
    assert word in done.err.replace('"', "")
    assert all(line.startswith("scraper: ") for line in done.lines)
    assert "stories.db" not in shell.files()


def test_a_store_that_cannot_be_written(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    done = shell("run", "--store", "no/such/folder.db")
    assert (done.code, done.out, len(done.lines)) == (73, "", 1)
    (shell.folder / "notes.db").write_text("this is no database, but a text of some length " * 20)
    assert shell("run", "--store", "notes.db").code == 73
    assert not station.site.requests


def test_a_dry_run_lists_and_writes_nothing(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    before = shell.files()
    done = shell("run", "--dry-run")
    assert (done.code, done.err) == (0, "")
    listed = done.out.splitlines()
    assert len(listed) == 31
    assert all(line.startswith(station.address) for line in listed)
    assert shell.files() == before


@pytest.mark.parametrize("code", SIGNALS)
def test_a_signal_ends_it_and_the_next_run_goes_on(shell: Shell, station: Served, code: int) -> None:
    configure(shell, station.host, delay=0.1)
    process = shell.start("run")
    until(lambda: shell.count() >= 2, process)
    process.send_signal(SIGNALS[code])
    done = end(process)
    assert (done.code, done.out, len(done.lines)) == (code, "", 1)
    assert shell.query("SELECT exit_code FROM runs") == [(code,)]
    assert shell.query("SELECT count(*) FROM pages WHERE leased_by IS NOT NULL") == [(0,)]
    written = shell.count()
    assert written < STORIES
    configure(shell, station.host)
    done = shell("run")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert shell.count() == STORIES
    assert shell.query("SELECT count(*) FROM stories WHERE revision > 1") == [(0,)]


def test_on_a_terminal_it_shows_what_it_does(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    code, shown = on_terminal(shell, "run")
    assert code == 0
    assert "/31 pages" in shown
    assert "written      24  24 new, 0 updated; 1 unchanged" in shown


def test_days_in_the_wrong_order(shell: Shell) -> None:
    for more in ((), ("--dry-run",)):
        done = shell("run", "--since", "2024-06-01", "--until", "2024-05-31", *more)
        assert (done.code, done.out) == (2, "")
        assert "--since 2024-06-01 is after --until 2024-05-31" in done.err
