"""`scraper extract`: what it prints, and each way in which it ends."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest
from shells import LIST, PAGES, SIGNALS, STORY, Reply, Server, Shell, end, until

TITLE = '‘Don’t call it a museum,’ the owners of "The World\'s Longest Rope" say & mean it'
NO_STORIES = {
    "empty.html": b"",
    "blank.txt": b" \n\t\n",
    "binary.dat": bytes(range(256)) * 40,
    "letter.pdf": b"%PDF-1.4\n1 0 obj\n",
    "photo.html": b"\x89PNG\r\n\x1a\n" + bytes(400),
}


def test_the_story_alone(shell: Shell) -> None:
    done = shell("extract", STORY)
    assert (done.code, done.err) == (0, "")
    title, empty, first, *_ = done.out.split("\n")
    assert (title, empty) == (TITLE, "")
    assert first.startswith("The rope begins under a tarp")
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")


def test_standard_input_with_an_address(shell: Shell) -> None:
    with STORY.open("rb") as page:
        done = shell("extract", "-", "--url", "https://www.kxlr.example/x", "--json", stdin=page)
    record = json.loads(done.out)
    assert (done.code, record["url"], record["title"]) == (0, "https://www.kxlr.example/x", TITLE)
    assert record["removed"] == []
    with STORY.open("rb") as page:
        assert json.loads(shell("extract", "-", "--json", "--removed", stdin=page).out)["removed"]


def test_an_address(shell: Shell, server: Server) -> None:
    server.replies["/story"] = Reply(body=STORY.read_bytes())
    done = shell("extract", f"{server.address}/story", "--json", "--allow-host", server.host)
    assert (done.code, done.err) == (0, "")
    record = json.loads(done.out)
    assert record["url"] == f"{server.address}/story"
    assert record["provenance"]["status"] == 200
    assert server.asked == ["/robots.txt", "/story"]


def test_many_sources_in_their_order_whatever_one_of_them_is(shell: Shell) -> None:
    sources = sorted(PAGES.glob("grove/kxlr-*.html"))
    done = shell("extract", *sources, "nothing-here.html", STORY)
    assert done.code == 1
    titles = [json.loads(line)["title"] for line in done.out.splitlines()]
    assert len(titles) == len(sources)
    assert titles[-1] == TITLE
    assert [line.split(":")[1].strip() for line in done.lines] == [str(LIST), "nothing-here.html"]


def test_sources_that_fail_in_one_way_give_its_code(shell: Shell) -> None:
    done = shell("extract", STORY, LIST, LIST)
    assert done.code == 65
    assert len(done.out.splitlines()) == 1


@pytest.mark.parametrize("name", NO_STORIES)
def test_no_story_in_it(shell: Shell, name: str) -> None:
    (shell.folder / name).write_bytes(NO_STORIES[name])
    (shell.folder / "out.txt").write_text("as before")
    done = shell("extract", name, "-o", "out.txt")
    assert (done.code, done.out, len(done.lines)) == (65, "", 1)
    assert done.err.startswith(f"scraper: {name}: no story here: other page (")
    assert (shell.folder / "out.txt").read_text() == "as before"


def test_a_page_of_another_type(shell: Shell) -> None:
    done = shell("extract", LIST, "-o", "out.txt")
    assert (done.code, done.out) == (65, "")
    assert done.err == f"scraper: {LIST}: no story here: list page (it lists other stories)\n"
    assert shell.files() == []


def test_a_file_that_is_too_large_is_not_read(shell: Shell) -> None:
    with (shell.folder / "huge.html").open("wb") as file:
        file.write(b"<html>")
        file.truncate(200 * 1024 * 1024)
    done = shell("extract", "huge.html")
    assert (done.code, done.out, len(done.lines)) == (65, "", 1)
    assert "larger than" in done.err


@pytest.mark.parametrize(("name", "reason"), [("missing.html", "no such file"), (".", "it is a directory")])
def test_a_file_that_cannot_be_read(shell: Shell, name: str, reason: str) -> None:
    done = shell("extract", name)
    assert (done.code, done.out, len(done.lines)) == (66, "", 1)
    assert done.err.startswith(f"scraper: {name}: {reason}")


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_site_that_does_not_answer(shell: Shell) -> None:
    host = f"127.0.0.1:{unused_port()}"
    done = shell("extract", f"http://{host}/story", "--allow-host", host)
    assert (done.code, done.out, len(done.lines)) == (69, "", 1)


def test_a_page_that_is_gone(shell: Shell, server: Server) -> None:
    server.replies["/old"] = Reply(410)
    done = shell("extract", f"{server.address}/old", "--allow-host", server.host)
    assert (done.code, done.out, len(done.lines)) == (69, "", 1)
    assert "410 Gone" in done.err


def test_a_site_that_wants_to_be_left_alone(shell: Shell, server: Server) -> None:
    server.replies["/busy"] = Reply(503, headers={"retry-after": "7200"})
    done = shell("extract", f"{server.address}/busy", "--allow-host", server.host)
    assert (done.code, done.out, len(done.lines)) == (75, "", 1)


def test_what_robots_txt_forbids(shell: Shell, server: Server) -> None:
    server.replies["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /", headers={"content-type": "text/plain"})
    done = shell("extract", f"{server.address}/story", "--allow-host", server.host)
    assert (done.code, done.out, len(done.lines)) == (77, "", 1)
    assert "robots.txt" in done.err
    assert server.asked == ["/robots.txt"]


def test_an_address_that_is_not_public(shell: Shell, server: Server) -> None:
    done = shell("extract", f"{server.address}/story")
    assert (done.code, done.out, len(done.lines)) == (77, "", 1)
    assert "--allow-host" in done.err
    assert server.asked == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [str(STORY), "--fromat", "text"],
        [str(STORY), str(STORY), "--format", "text"],
        [str(STORY), "--format", "text", "--json"],
        [str(STORY), "--captured", "yesterday"],
        [str(STORY), "--url", "not an address"],
        [str(STORY), str(STORY), "--url", "https://bpr.org/x"],
        ["https://bpr.org/x", "--url", "https://bpr.org/x"],
        [str(STORY), "--allow-host", "http://bpr.org"],
    ],
)
def test_usage(shell: Shell, arguments: list[str]) -> None:
    done = shell("extract", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("scraper: ")


@pytest.mark.parametrize("output", ["no-such-folder/out.txt", "."])
def test_an_output_that_cannot_be_written(shell: Shell, output: str) -> None:
    done = shell("extract", STORY, "-o", output)
    assert (done.code, done.out, len(done.lines)) == (73, "", 1)
    assert shell.files() == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk(shell: Shell) -> None:
    with Path("/dev/full").open("w") as full:
        done = shell("extract", STORY, stdout=full)
    assert (done.code, done.err) == (73, "scraper: cannot write standard output: the disk is full\n")
    assert shell("extract", STORY, "-o", "/dev/full").code == 73


def test_an_output_is_replaced_whole(shell: Shell) -> None:
    (shell.folder / "out.md").write_text("before")
    done = shell("extract", STORY, "--format", "markdown", "-o", "out.md")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (shell.folder / "out.md").read_text("utf-8").startswith("---\n")
    assert shell.files() == ["out.md"]


def test_a_reader_that_goes_away_is_no_error(shell: Shell) -> None:
    sources = [STORY] * 40
    process = shell.start("extract", *sources)
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.parametrize("code", SIGNALS)
def test_a_signal_leaves_nothing_half_done(shell: Shell, server: Server, code: int) -> None:
    server.replies["/slow"] = Reply(body=STORY.read_bytes(), wait=threading.Event())
    process = shell.start("extract", f"{server.address}/slow", "--allow-host", server.host, "-o", "out.txt")
    until(lambda: "/slow" in server.asked, process)
    process.send_signal(SIGNALS[code])
    done = end(process)
    assert (done.code, done.out) == (code, "")
    assert done.err == {130: "scraper: interrupted\n", 143: "scraper: terminated\n"}[code]
    assert shell.files() == []


def test_a_mistake_of_ours_is_one_line_and_a_file(shell: Shell) -> None:
    (shell.folder / "sitecustomize.py").write_text(
        "import scraper.api\nscraper.api.read_story = lambda *a, **k: 1 / 0\n"
    )
    shell.env["PYTHONPATH"] = f"{shell.folder}:{shell.env['PYTHONPATH']}"
    done = shell("extract", STORY)
    assert (done.code, done.out, len(done.lines)) == (70, "", 1)
    assert done.err.startswith("scraper: internal error: ZeroDivisionError: division by zero; the traceback is in ")
    trace = Path(done.err.rsplit(" ", 1)[1].strip())
    assert "ZeroDivisionError" in trace.read_text()
    shown = shell("extract", STORY, "-vv")
    assert shown.code == 70
    assert "Traceback" in shown.err


def test_a_page_that_kills_its_worker_costs_itself_alone(shell: Shell) -> None:
    shell.patch(
        "import os, scraper.api\nread = scraper.api.read_story\n"
        "def story(page, **k):\n    if b'POISON' in page.body: os.kill(os.getpid(), 11)\n    return read(page, **k)\n"
        "scraper.api.read_story = story\n"
    )
    (shell.folder / "poison.html").write_text("<html><p>POISON</p>")
    done = shell("extract", STORY, STORY, "poison.html", STORY, STORY)
    assert (done.code, len(done.out.splitlines())) == (70, 4)
    assert done.err == "scraper: poison.html: the worker process failed: killed by signal 11\n"


def test_a_page_that_is_very_long_is_bounded_in_time_and_memory(shell: Shell) -> None:
    shell.patch(
        "import os, scraper.api\nmain = os.getpid()\nos.environ.setdefault('MAIN', str(main))\n"
        "read = scraper.api.read_story\n"
        "def story(page, **k):\n    assert os.environ['MAIN'] != str(os.getpid())\n    return read(page, **k)\n"
        "scraper.api.read_story = story\n"
    )
    long = STORY.read_bytes().replace(b"</body>", b"<!--" + b"x" * (1 << 20) + b"--></body>")
    (shell.folder / "long.html").write_bytes(long)
    done = shell("extract", "long.html")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(TITLE)
