"""`scraper discover`: what is listed of a station, in which shape, and each way in which it ends."""

from __future__ import annotations

import json
import subprocess
import threading

import pytest
from shells import COMMAND, SIGNALS, Reply, Server, Shell, configure, end, on_terminal, until

from scraper.demo import Served

FEED = """<rss version="2.0"><channel><title>News</title>
<item><title>The &#27;[2J second</title><link>{0}/news/2031-08-12/second</link>
<pubDate>Tue, 12 Aug 2031 10:00:00 GMT</pubDate></item>
<item><title>The first</title><link>{0}/news/2031-08-11/first</link>
<pubDate>Mon, 11 Aug 2031 10:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def listed(shell: Shell, server: Server) -> Server:
    """A station with a feed, an empty sitemap that is missing, and a home page without links."""
    configure(shell, server.host)
    server.replies |= {
        "/news.rss": Reply(body=FEED.format(server.address).encode(), headers={"content-type": "application/rss+xml"}),
        "/": Reply(body=b"<html><body><p>Welcome"),
    }
    return server


def test_the_demo_station(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    done = shell("discover", "wrvl.example")
    assert done.code == 0
    addresses = done.out.splitlines()
    assert len(addresses) == len(set(addresses)) == 31
    assert all(address.startswith(f"{station.address}/") for address in addresses)
    assert done.lines == ["scraper: wrvl.example: 31 stories in 5 of 5 sources"]
    would = shell("run", "--dry-run")
    assert sorted(would.out.splitlines()) == sorted(addresses)
    assert "stories.db" not in shell.files()


def test_one_address_a_line_and_what_is_wrong_on_stderr(shell: Shell, listed: Server) -> None:
    done = shell("discover", "wrvl.example")
    assert done.code == 0
    assert done.out.splitlines() == [
        f"{listed.address}/news/2031-08-12/second",
        f"{listed.address}/news/2031-08-11/first",
    ]
    slip, *others = done.lines
    assert slip.startswith(f"scraper: {listed.address}/news.rss: not well-formed: ")
    assert others == [
        f"scraper: {listed.address}/sitemap.xml: it answers 404 Not Found",
        "scraper: wrvl.example: 2 stories in 2 of 3 sources",
    ]
    assert "/news/2031-08-12/second" not in listed.asked
    assert shell("discover", "wrvl.example", "-q").lines == done.lines[:2]
    assert any("request" in line for line in shell("discover", "wrvl.example", "-v").lines)


def test_json_has_all_of_it(shell: Shell, listed: Server) -> None:
    lines = [json.loads(line) for line in shell("discover", "wrvl.example", "--json").out.splitlines()]
    sources = [line for line in lines if line["type"] == "source"]
    assert [(line["kind"], line["status"], line["kept"]) for line in sources] == [
        ("feed", 200, 2),
        ("sitemap", 404, 0),
        ("page", 200, 0),
    ]
    assert lines[len(sources)] == {
        "type": "address",
        "url": f"{listed.address}/news/2031-08-12/second",
        "date": "2031-08-12T10:00:00Z",
        "title": lines[len(sources)]["title"],
        "sources": [f"{listed.address}/news.rss"],
        "modified": lines[len(sources)]["modified"],
        "foreign": False,
        "known": None,
    }
    assert len(lines) == 5


def test_days_and_a_limit(shell: Shell, listed: Server) -> None:
    first = f"{listed.address}/news/2031-08-11/first"
    assert shell("discover", "wrvl.example", "--until", "2031-08-11").out.split() == [first]
    assert shell("discover", "wrvl.example", "--since", "2031-08-13").out == ""
    done = shell("discover", "wrvl.example", "--limit", "1")
    assert done.out.split() == [first.replace("11/first", "12/second")]
    assert done.lines[-1].endswith("; the newest 1 are listed")


def test_what_the_store_does_not_know(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    done = shell("discover", "wrvl.example", "--new")
    assert len(done.out.splitlines()) == 31
    assert done.lines[0].endswith("stories.db yet, so that all is new")
    assert shell("run", "--limit", "3").code == 0
    done = shell("discover", "wrvl.example", "--new")
    assert (done.code, done.out) == (0, "")  # a run queues all that it finds
    assert done.lines == ["scraper: wrvl.example: 0 new stories in 5 of 5 sources"]
    known = shell("discover", "wrvl.example", "--store", str(shell.folder / "stories.db"), "--json")
    told = [json.loads(line) for line in known.out.splitlines()]
    assert {line["known"] for line in told if line["type"] == "address"} == {True}


def test_tables_for_a_terminal(shell: Shell, listed: Server) -> None:
    code, seen = on_terminal(shell, "discover", "wrvl.example")
    assert code == 0
    lines = [line for line in seen.splitlines() if "\x1b[2K" not in line]
    assert f"1  feed     200          2       2  2031-08-12  {listed.address}/news.rss" in lines
    assert f"2  sitemap  404          0       0              {listed.address}/sitemap.xml" in lines
    assert "    it answers 404 Not Found" in lines
    assert f"2031-08-12  1     {listed.address}/news/2031-08-12/second" in lines
    assert "    The first" in lines
    assert "\x1b[2J" not in seen


def test_no_source_can_be_read(shell: Shell, listed: Server) -> None:
    listed.replies.clear()
    done = shell("discover", "wrvl.example")
    assert (done.code, done.out) == (69, "")
    assert done.err.count("it answers 404 Not Found") == 3
    assert done.lines[-1] == "scraper: wrvl.example: 0 stories in 0 of 3 sources"


def test_robots_txt_says_no(shell: Shell, listed: Server) -> None:
    listed.replies["/robots.txt"] = Reply(403)
    done = shell("discover", "wrvl.example")
    assert (done.code, done.out, len(done.lines)) == (77, "", 1)


def test_without_a_configuration_the_directory_is_enough(shell: Shell) -> None:
    shell.patch(
        "import socket\n"
        "def nowhere(*args, **options):\n"
        "    raise socket.gaierror(socket.EAI_NONAME, 'Name or service not known')\n"
        "socket.getaddrinfo = nowhere\n"
    )
    for name in ("bpr.org", "www.bpr.org", "https://www.bpr.org/news"):
        done = shell("discover", name)
        assert (done.code, done.out, len(done.lines)) == (69, "", 1)
        assert "its name cannot be resolved" in done.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "missing argument 'station'"),
        (["wunk.org"], "did you mean wunc.org"),
        (["WUNC"], "did you mean wunc.org"),
        (["wrvl.exampel"], "did you mean wrvl.example?"),
        (["zzz"], "there is no station 'zzz' in the directory (scraper stations word searches it)"),
        (["bpr.org", "--since", "soon"], "'soon' is no date"),
        (["bpr.org", "--since", "2031-08-12", "--until", "2031-08-11"], "--since 2031-08-12 is after"),
        (["bpr.org", "--limit", "0"], "--limit"),
        (["bpr.org", "--frob"], "no such option"),
        (["bpr.org", "wunc.org"], "unexpected extra argument"),
    ],
)
def test_wrong_use(shell: Shell, args: list[str], words: str) -> None:
    configure(shell, "127.0.0.1:1")
    done = shell("discover", *args)
    assert (done.code, done.out) == (2, "")
    assert words in done.err.lower()


def test_a_wrong_configuration(shell: Shell) -> None:
    assert shell("discover", "bpr.org", "--config", "no.yaml").code == 78
    (shell.folder / "config.yaml").write_text("stations: [nowhere.example]\n")
    assert shell("discover", "bpr.org").code == 78


def test_nobody_reads_on(shell: Shell, station: Served) -> None:
    configure(shell, station.host)
    process = subprocess.Popen(
        [*COMMAND, "discover", "wrvl.example", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=shell.folder,
        env=shell.env,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.parametrize("code", SIGNALS)
def test_a_signal(shell: Shell, listed: Server, code: int) -> None:
    listed.replies["/sitemap.xml"] = Reply(wait=threading.Event())
    process = shell.start("discover", "wrvl.example")
    until(lambda: "/sitemap.xml" in listed.asked, process)
    process.send_signal(SIGNALS[code])
    done = end(process)
    assert (done.code, done.out) == (code, "")
    assert done.lines == [f"scraper: {'interrupted' if code == 130 else 'terminated'}"]
