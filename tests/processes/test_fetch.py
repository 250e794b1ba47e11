"""`scraper fetch`: what it prints, what it explains, and each way in which it ends."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import threading

import pytest
from shells import COMMAND, SIGNALS, Reply, Server, Shell, configure, end, on_terminal, until

WORDS = "<p>Le café était fermé, à l’aube."
LATIN = Reply(body=WORDS.encode("cp1252"), headers={"content-type": "text/html; charset=windows-1252"})


@pytest.fixture
def site(server: Server) -> Server:
    server.replies |= {
        "/robots.txt": Reply(body=b"User-agent: *\nDisallow: /private\n", headers={"content-type": "text/plain"}),
        "/page": LATIN,
        "/packed": Reply(body=gzip.compress(LATIN.body), headers={**LATIN.headers, "content-encoding": "gzip"}),
        "/moved": Reply(302, headers={"location": "/page"}),
        "/busy": Reply(503, headers={"retry-after": "7200"}),
        "/letter": Reply(body=b"%PDF-1.4", headers={"content-type": "application/pdf"}),
        "/tagged": Reply(body=LATIN.body, headers={"etag": '"v1"'}),
    }
    return server


def fetch(shell: Shell, site: Server, *args: str, **options: object):
    paths = [site.address + arg if arg.startswith("/") else arg for arg in args]
    return shell("fetch", *paths, "--allow-host", site.host, **options)


def explained(shell: Shell, site: Server, *args: str) -> tuple[int, dict]:
    done = fetch(shell, site, *args, "--explain", "--json")
    return done.code, json.loads(done.out)


def test_the_page_as_text_and_nothing_else(shell: Shell, site: Server) -> None:
    for path in ("/page", "/packed", "/moved"):
        done = fetch(shell, site, path)
        assert (done.code, done.out, done.err) == (0, WORDS, "")


def test_addresses_on_standard_input(shell: Shell, site: Server) -> None:
    names = shell.folder / "names.txt"
    names.write_text(f"# two of them\n{site.address}/page\n\n{site.address}/moved\n")
    with names.open() as given:
        done = shell("fetch", "-", "--allow-host", site.host, stdin=given)
    assert (done.code, done.out, done.err) == (0, WORDS * 2, "")
    assert "names no address" in shell("fetch", "-").err
    assert shell("fetch", "-", "-").code == 2


def test_the_bytes_and_a_file(shell: Shell, site: Server) -> None:
    assert fetch(shell, site, "/packed", "--raw", "-o", "raw.html").out == ""
    assert (shell.folder / "raw.html").read_bytes() == LATIN.body
    fetch(shell, site, "/packed", "-o", "page.html")
    assert (shell.folder / "page.html").read_text("utf-8") == WORDS
    done = fetch(shell, site, "/letter", "-o", "page.html")
    assert (done.code, (shell.folder / "page.html").read_text("utf-8")) == (65, WORDS)
    assert fetch(shell, site, "/page", "-o", "no/such/folder.html").code == 73


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/private", 77, "robots.txt forbids it (Disallow: /private)"),
        ("/busy", 75, "asks to come back in 7,200 s"),
        ("/gone", 69, "it answers 404 Not Found"),
        ("/letter", 65, "application/pdf, not a web page"),
    ],
)
def test_each_failure_has_its_line_its_code_and_its_story(
    shell: Shell, site: Server, path: str, code: int, words: str
) -> None:
    done = fetch(shell, site, path)
    assert (done.code, done.out, len(done.lines)) == (code, "", 1)
    assert done.err.startswith(f"scraper: {site.address}{path}: ")
    assert words in done.err
    told = fetch(shell, site, path, "--explain")
    assert told.code == code
    assert words in told.out
    assert told.err == done.err
    ended, story = explained(shell, site, path)
    assert (ended, story["exit_code"]) == (code, code)
    assert words in story["error"]


def test_an_address_that_is_not_public(shell: Shell, site: Server) -> None:
    done = shell("fetch", f"{site.address}/page", "--explain", "--json")
    story = json.loads(done.out)
    assert (done.code, story["outcome"], story["requests"]) == (77, "refused", 0)
    assert f"--allow-host {site.host}" in story["error"]
    assert site.asked == []


def test_a_dead_host_is_named_once(shell: Shell) -> None:
    with socket.socket() as held:  # bound, and not listening
        held.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{held.getsockname()[1]}"
        (shell.folder / "config.yaml").write_text(
            "contact: tests@example.org\nstations: [bpr.org]\nfetch: {attempts: 1}\n"
        )
        done = shell("fetch", f"http://{host}/x", "--crawl", "--allow-host", host)
        assert (done.code, done.err.count(host)) == (69, 1)
        assert "no connection" in done.err


def test_the_story_of_a_page(shell: Shell, site: Server) -> None:
    code, story = explained(shell, site, "/moved")
    assert (code, story["outcome"], story["status"]) == (0, "page", 200)
    kinds = [step["kind"] for step in story["steps"]]
    assert kinds == ("request response body robots request response redirect robots request response body page".split())
    assert story["final_url"] == f"{site.address}/page"
    assert story["charset"] == {"name": "cp1252", "from": "header"}
    assert (story["peer"], story["robots"]["allowed"], story["group"]) == ("127.0.0.1", True, None)
    told = fetch(shell, site, "/moved", "--explain", "-o", "page.html")
    assert f"redirect  to {site.address}/page" in told.out
    assert (shell.folder / "page.html").read_text("utf-8") == WORDS


def test_asked_twice(shell: Shell, site: Server) -> None:
    configure(shell, site.host)
    spaced = ("--config", "config.yaml", "--twice")
    _, story = explained(shell, site, "/tagged", *spaced)
    assert story["again"]["verdict"] == "ignored"
    (sent,) = [step for step in story["again"]["steps"] if step["kind"] == "request"]
    assert sent["if_none_match"] == '"v1"'
    assert explained(shell, site, "/page", *spaced)[1]["again"] == {"verdict": "none", "steps": []}
    assert "it gives no validators" in fetch(shell, site, "/page", "--explain", *spaced).out
    told = fetch(shell, site, "/tagged", "--explain", *spaced).out
    assert 'If-None-Match: "v1"' in told
    assert "does not honour its validators" in told


def test_as_a_run_would(shell: Shell, site: Server) -> None:
    configure(shell, site.host, delay=0.2)
    code, story = explained(shell, site, "/page", "--crawl")
    assert (code, story["user_agent"].endswith("(+tests@example.org)")) == (0, True)
    assert [step["reason"] for step in story["steps"] if step["kind"] == "wait"] == ["spacing"]
    (shell.folder / "config.yaml").unlink()
    assert fetch(shell, site, "/page", "--crawl").code == 78


def test_many_pages_and_one_that_fails(shell: Shell, site: Server) -> None:
    configure(shell, site.host)
    done = fetch(shell, site, "/page", "/gone", "/packed", "--config", "config.yaml")
    assert (done.code, done.out, len(done.lines)) == (69, WORDS * 2, 1)
    done = fetch(shell, site, "/private", "/gone", "--config", "config.yaml")
    assert (done.code, done.out, len(done.lines)) == (1, "", 2)
    done = fetch(shell, site, "/page", "/gone", "--config", "config.yaml", "--explain", "--json")
    assert [json.loads(line)["exit_code"] for line in done.out.splitlines()] == [0, 69]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "missing argument"),
        (["x.html"], "'x.html' is no address"),
        (["bpr.org", "--json"], "--json goes with --explain"),
        (["bpr.org", "--twice"], "--twice goes with --explain"),
        (["bpr.org", "--explain", "--raw"], "--raw needs -o"),
        (["bpr.org", "--explain", "-o", "-"], "-o takes the name of a file"),
        (["bpr.org", "-q", "-v"], "-q and -v contradict each other"),
        (["bpr.org", "--explian"], "did you mean"),
    ],
)
def test_wrong_use(shell: Shell, args: list[str], words: str) -> None:
    done = shell("fetch", *args)
    assert (done.code, done.out) == (2, "")
    assert words in done.err.lower()


def test_a_terminal_is_told_of_a_failure_once(shell: Shell, site: Server) -> None:
    code, seen = on_terminal(shell, "fetch", f"{site.address}/gone", "--explain", "--allow-host", site.host)
    assert (code, seen.count("404 Not Found")) == (69, 2)  # the answer, and the outcome
    assert "scraper:" not in seen


def test_nobody_reads_on(shell: Shell, site: Server) -> None:
    site.replies["/long"] = Reply(body=b"<p>x" * 500_000)
    args = [*COMMAND, "fetch", f"{site.address}/long", "--allow-host", site.host]
    process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=shell.folder, env=shell.env)
    assert process.stdout
    assert process.stderr
    assert os.read(process.stdout.fileno(), 4) == b"<p>x"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.parametrize("code", SIGNALS)
def test_a_signal(shell: Shell, site: Server, code: int) -> None:
    site.replies["/slow"] = Reply(wait=threading.Event())
    process = shell.start("fetch", f"{site.address}/slow", "--explain", "-o", "x.html", "--allow-host", site.host)
    until(lambda: "/slow" in site.asked, process)
    process.send_signal(SIGNALS[code])
    done = end(process)
    assert done.code == code
    assert done.lines[-1] == f"scraper: {'interrupted' if code == 130 else 'terminated'}"
    assert "robots.txt allows it" in done.out  # what had happened until then
    assert "x.html" not in shell.files()


def test_a_site_that_hangs_is_asked_again_and_given_up(shell: Shell, site: Server) -> None:
    site.replies["/slow"] = Reply(wait=threading.Event())
    (shell.folder / "config.yaml").write_text(
        "contact: tests@example.org\nstations: [bpr.org]\nfetch: {delay: 0, timeout: 0.3, attempts: 2}\n"
    )
    code, story = explained(shell, site, "/slow", "--crawl")
    assert (code, story["outcome"], story["status"]) == (69, "failed", None)
    assert "it did not answer in time" in story["error"]
    (retry,) = [step for step in story["steps"] if step["kind"] == "retry"]
    assert (retry["trouble"], retry["attempt"], retry["retry_after"], retry["status"]) == ("timeout", 1, None, None)
    assert site.asked.count("/slow") == 2


def test_a_robots_txt_that_cannot_be_had(shell: Shell, site: Server) -> None:
    site.replies["/robots.txt"] = Reply(403)
    code, story = explained(shell, site, "/page")
    assert (code, story["outcome"], story["robots"]["allowed"]) == (77, "refused", False)
    assert "robots.txt answers 403; taken as not now" in story["error"]
    assert [step["kind"] for step in story["steps"]] == ["request", "response", "robots", "refused"]
    assert site.asked == ["/robots.txt"]
