"""SIGINT and SIGTERM to a run: it ends within ten seconds with a summary, and the next one goes on."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
from shells import SIGNALS, STORY, Reply, Server, Shell, end, family, until

from scraper.writer.archive import Archive

SECONDS = 10.0
"""What the project promises; a run needs eight at most, on a machine that does something else besides."""

STATIONS = 3
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{}</channel></rss>"""
WORDS = {130: "interrupted", 143: "terminated"}


def paths(station: int) -> list[str]:
    return [f"/news/2024-01-0{day}/rope-{station}-{day}" for day in (3, 2, 1)]


def publish(server: Server, **first: object) -> None:
    """A feed of three stories for each station. `first` is said of the newest story of each, which is fetched first."""
    for station in range(STATIONS):
        items = "".join(f"<item><title>x</title><link>{server.address}{path}</link></item>" for path in paths(station))
        server.replies[f"/{station}.rss"] = Reply(
            body=FEED.format(items).encode(), headers={"content-type": "application/rss+xml"}
        )
        for path in paths(station):
            canonical = f'<link rel="canonical" href="{server.address}{path}"'.encode()
            body = STORY.read_bytes().replace(b'<link rel="canonical" href="', canonical + b' data-was="')
            server.replies[path] = Reply(body=body)
        if first:
            newest = server.replies[paths(station)[0]]
            for name, value in first.items():
                setattr(newest, name, value(newest) if callable(value) else value)


def configure(shell: Shell, server: Server, *, delay: float = 0.0, address: str | None = None) -> None:
    address = address or server.address
    stations = "".join(
        f"  - {{host: s{number}.example, url: '{address}', feeds: [/{number}.rss]}}\n" for number in range(STATIONS)
    )
    (shell.folder / "config.yaml").write_text(
        f"contact: tests@example.org\nstations:\n{stations}"
        f"fetch: {{delay: {delay}, group_delay: 0, timeout: 60, allow_hosts: ['{address.partition('//')[2]}']}}\n"
    )


def stop(shell: Shell, process: subprocess.Popen[str], code: int) -> None:
    """Sends the signal; the process ends as it should, and leaves the store as it should."""
    workers = family(process.pid)
    began = time.monotonic()
    process.send_signal(SIGNALS[code])
    done = end(process)
    assert time.monotonic() - began < SECONDS
    assert (done.code, done.out) == (code, "")
    assert done.lines == [f"scraper: {WORDS[code]}; the rest is left for the next run"]
    [(exit_code, text)] = shell.query("SELECT exit_code, summary FROM runs")
    assert exit_code == code
    assert json.loads(str(text))["stopped"] == WORDS[code]
    assert shell.query("SELECT count(*) FROM pages WHERE leased_by IS NOT NULL") == [(0,)]
    assert shell.query("SELECT count(*) FROM pages WHERE state NOT IN ('new', 'done')") == [(0,)]
    assert not [pid for pid in workers[1:] if b"scraper" in command(pid)]
    check(shell)


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def check(shell: Shell) -> None:
    with Archive.open(str(shell.folder / "stories.db")) as archive:
        assert archive.check() == []


def go_on(shell: Shell, server: Server) -> None:
    """The next run does the rest."""
    configure(shell, server)
    done = shell("run")
    assert (done.code, done.out, done.err) == (0, "", "")
    states = dict(shell.query("SELECT state, count(*) FROM pages GROUP BY state"))
    assert states == {"done": 3 * STATIONS}, shell.query("SELECT key, state, error, next_try_at FROM pages")
    assert shell.count() == 3 * STATIONS
    assert shell.query("SELECT count(*) FROM stories WHERE revision > 1") == [(0,)]
    check(shell)


@pytest.mark.parametrize("code", SIGNALS)
def test_while_a_request_hangs(shell: Shell, server: Server, code: int) -> None:
    hangs = threading.Event()
    publish(server, wait=hangs)
    configure(shell, server)
    process = shell.start("run")
    until(lambda: any(path.startswith("/news/") for path in server.asked), process)
    stop(shell, process, code)
    hangs.set()
    go_on(shell, server)


@pytest.mark.parametrize("code", SIGNALS)
def test_while_a_handshake_hangs(shell: Shell, server: Server, code: int) -> None:
    publish(server)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        configure(shell, server, address=f"https://127.0.0.1:{mute.getsockname()[1]}")
        process = shell.start("run")
        peer, _ = mute.accept()
        with peer:
            stop(shell, process, code)
    go_on(shell, server)


@pytest.mark.parametrize("code", SIGNALS)
def test_while_robots_txt_hangs(shell: Shell, server: Server, code: int) -> None:
    hangs = threading.Event()
    publish(server)
    server.replies["/robots.txt"] = Reply(404, wait=hangs)
    configure(shell, server)
    process = shell.start("run")
    until(lambda: "/robots.txt" in server.asked, process)
    stop(shell, process, code)
    hangs.set()
    go_on(shell, server)


@pytest.mark.parametrize("code", SIGNALS)
def test_while_workers_read_heavy_pages_and_more_pages_wait_for_them(shell: Shell, server: Server, code: int) -> None:
    # Each heavy page keeps its worker busy in C, where no exception of Python's gets to it.
    shell.patch(
        "import os, time, pathlib, scraper.api\nread = scraper.api.read_story\n"
        "def story(page, **k):\n"
        "    if b'HEAVY' in page.body and pathlib.Path('heavy').exists():\n"
        "        pathlib.Path(f'reading-{os.getpid()}').touch()\n"
        "        sum(range(10 ** 12))\n"
        "    return read(page, **k)\n"
        "scraper.api.read_story = story\n"
    )
    (shell.folder / "heavy").touch()
    publish(server, body=lambda reply: reply.body.replace(b"</body>", b"<!-- HEAVY --></body>"))
    configure(shell, server)
    process = shell.start("run")
    heavy = [paths(station)[0] for station in range(STATIONS)]
    until(lambda: set(heavy) <= set(server.asked) and any(shell.folder.glob("reading-*")), process)
    stop(shell, process, code)
    (shell.folder / "heavy").unlink()
    go_on(shell, server)


@pytest.mark.parametrize("code", SIGNALS)
def test_while_it_waits_for_spacing(shell: Shell, server: Server, code: int) -> None:
    publish(server)
    configure(shell, server, delay=60.0)
    process = shell.start("run")
    until(lambda: "/robots.txt" in server.asked, process)
    stop(shell, process, code)
    go_on(shell, server)


@pytest.mark.parametrize("code", SIGNALS)
def test_while_it_waits_to_try_again(shell: Shell, server: Server, code: int) -> None:
    publish(server, status=503, headers={"retry-after": "50"})
    configure(shell, server)
    process = shell.start("run")
    until(lambda: any(path.startswith("/news/") for path in server.asked), process)
    stop(shell, process, code)
    publish(server)
    shell.change("DELETE FROM hosts")  # the rest that was asked for is honoured: see tests/run
    go_on(shell, server)
