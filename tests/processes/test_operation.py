"""`scraper run` left alone: its log, its alarms, its time, and what may be wrong around it."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path

import pytest
from shells import STORY, Reply, Server, Shell, configure

from scraper.demo import Served
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{}</channel></rss>"""


def test_the_log_is_a_file_of_lines_or_objects_and_the_run_stays_silent(shell: Shell, station: Served) -> None:
    configure(shell, station.host, log="{file: run.log, format: json}")
    done = shell("run", "--limit", "5")
    assert (done.code, done.out, done.err) == (0, "", "")
    told = [json.loads(line) for line in (shell.folder / "run.log").read_text("utf-8").splitlines()]
    assert {"time", "level", "logger", "message"} == set(told[0])
    assert sum(line["message"].startswith("new http") for line in told) >= 1
    (shell.folder / "run.log").rename(shell.folder / "run.log.1")
    done = shell("run", "--limit", "5", "--log-format", "text")
    assert (done.code, done.err) == (0, "")
    line = (shell.folder / "run.log").read_text("utf-8").splitlines()[0]
    assert line[:4].isdigit()
    assert " info " in line


def test_a_log_that_cannot_be_written(shell: Shell, station: Served) -> None:
    configure(shell, station.host, log="{file: no/such/folder.log}")
    done = shell("run")
    assert (done.code, len(done.lines)) == (73, 1)
    assert "no such directory" in done.err
    assert not station.site.requests


def test_its_time_is_up(shell: Shell, station: Served) -> None:
    configure(shell, station.host, delay=30.0, max_runtime="2s")
    done = shell("run")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert shell.query("SELECT json_extract(summary, '$.stopped') FROM runs") == [("its time is up",)]


def test_an_alarm_that_lasts_is_an_exit_code_and_a_line(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    alarm = Alarm(
        scope="host",
        subject="wrvl.example",
        kind="authors",
        raised_at="2031-08-12T14:00:00Z",
        raised_run=99,
        figure=0.0,
        past=0.9,
        pages=12,
        past_pages=300,
        samples=["https://wrvl.example/a"],
        cause="the template has probably changed where it names the author",
    )
    with Archive.open(str(shell.folder / "stories.db")) as archive:
        archive.watching().put_alarms([alarm])
    done = shell("run", "--limit", "1")
    assert (done.code, done.out) == (1, "")
    assert done.lines == [
        "scraper: alarm: wrvl.example: records with a byline: 0% of 12, usually 90%; "
        "the template has probably changed where it names the author (since 2031-08-12)",
        "scraper:   https://wrvl.example/a",
    ]
    said = shell("status")
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith("ALARM  wrvl.example: records with a byline")


def test_half_of_the_stations_are_down(shell: Shell, station: Served, server: Server) -> None:
    dead = server.host
    server.close()
    configure(shell, station.host)
    text = (shell.folder / "config.yaml").read_text("utf-8")
    more = f"  - {{host: dead.example, url: 'http://{dead}', feeds: [/news.rss]}}\nfetch:"
    text = text.replace("fetch:", more, 1).replace("allow_hosts: [", f'allow_hosts: ["{dead}", ')
    (shell.folder / "config.yaml").write_text(text, "utf-8")
    done = shell("run")
    assert (done.code, done.out, done.err) == (0, "", "")  # one of thirty that failed is below the threshold
    assert shell.count() == 24
    assert shell.query("SELECT visits, unread FROM measures WHERE platform = '' ORDER BY host") == [(0, 1), (1, 0)]


def test_a_name_that_is_not_known(shell: Shell) -> None:
    shell.patch(
        "import socket\n"
        "def unknown(*_, **__):\n"
        "    raise socket.gaierror(socket.EAI_AGAIN, 'Temporary failure in name resolution')\n"
        "socket.getaddrinfo = unknown\n"
    )
    (shell.folder / "config.yaml").write_text(
        "contact: tests@example.org\nstations: [{host: wrvl.example, url: 'https://wrvl.example'}]\n"
        "fetch: {delay: 0, attempts: 1}\n",
        "utf-8",
    )
    done = shell("run")
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert shell("run").code == 1  # and nothing is stuck


def test_a_disk_that_fills_up(shell: Shell, station: Served) -> None:
    configure(shell, station.host)

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    done = shell("run", preexec_fn=little)
    assert (done.code, done.out, len(done.lines)) == (73, "", 1)
    again = shell("run")
    assert (again.code, again.err) == (0, "")
    assert shell.count() == 24


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    Path(shell.folder).chmod(0o500)
    done = shell("run")
    Path(shell.folder).chmod(0o700)
    assert (done.code, len(done.lines)) == (73, 1)


def test_a_clock_that_was_a_year_ahead(shell: Shell, server: Server) -> None:
    """What a run of next year put off is done by today's."""
    configure(shell, server.host, failure_threshold="1")
    link = f"<item><title>x</title><link>{server.address}/news/2024-01-01/rope</link></item>"
    server.replies["/news.rss"] = Reply(
        body=FEED.format(link).encode(), headers={"content-type": "application/rss+xml"}
    )
    server.replies["/news/2024-01-01/rope"] = Reply(500)
    shell.patch("import time\nreal = time.time\ntime.time = lambda: real() + 365 * 86400\n")
    assert shell("run").code == 0
    shell.patch("")
    server.replies["/news/2024-01-01/rope"] = Reply(body=STORY.read_bytes())
    assert shell("run").code == 0
    soon = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+2 hours')"
    shell.change(f"UPDATE pages SET next_try_at = NULL, state = 'new' WHERE next_try_at < {soon}")
    assert shell("run").code == 0
    assert shell.count() == 1
