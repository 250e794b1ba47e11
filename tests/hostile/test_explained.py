"""`scraper fetch --explain` of sites that misbehave on a connection that was kept from their robots.txt."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner

from scraper.commands.fetch import command

h = sys.modules["hostile_server"]
ROBOTS = h.answer(b"User-agent: *\nDisallow: /private", headers={"Content-Type": "text/plain"})

ODD = {
    "hangs up": h.hang_up,
    "resets": h.reset(),
    "speaks HTTP/0.9": h.close_after(h.STORY),
    "sends two lengths": h.raw("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 50", h.STORY),
    "sends a zero in a header": h.raw('HTTP/1.1 200 OK\nETag: "\0x"', h.STORY),
    "greets as a mail server": h.close_after(b"220 mail.example.org ESMTP\r\n"),
    "breaks off its head": h.close_after(b"HTTP/1.1 200 OK\r\nConte"),
}


def explained(server, *options: str):
    return CliRunner().invoke(command, [server.url("/page"), "--allow-host", server.host, "--explain", *options])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch) -> None:
    monkeypatch.setattr("scraper.fetcher.fetcher.Fetcher._pause", lambda self, seconds: None)


@pytest.mark.parametrize("act", ODD.values(), ids=ODD.keys())
def test_given_an_odd_answer_on_a_kept_connection_when_explained_then_its_story_is_whole(server, act) -> None:
    server.routes |= {"/robots.txt": ROBOTS, "/page": act}
    done = explained(server, "--json")
    assert done.exit_code == 69, done.exception
    story = json.loads(done.stdout)
    sent = [step for step in story["steps"] if step["kind"] == "request"]
    assert len(sent) == story["requests"] == len(server.requests)
    assert [bool(step["again"]) for step in sent] == [False, False, True] + [False] * (len(sent) - 3)
    assert {step["user_agent"] for step in sent} == {story["user_agent"]}
    told = explained(server)
    assert told.exit_code == 69, told.exception
    assert "request   GET, again: on the connection kept from before, " in told.stdout
    assert "outcome     not had: " in told.stdout


NO_ROBOTS = {
    "fails": (h.answer(b"", 500), 77, "robots.txt answers 500"),
    "is forbidden itself": (h.answer(b"", 403), 77, "robots.txt answers 403; taken as not now"),
    "asks to come back": (h.answer(b"", 503, {"Retry-After": "7200"}), 75, "asks to come back later"),
    "is never answered": (h.hang_up, 69, "without an answer"),
    "is no HTTP": (h.close_after(b"SSH-2.0-OpenSSH\r\n"), 69, "does not speak valid HTTP"),
}


@pytest.mark.parametrize(("act", "code", "words"), NO_ROBOTS.values(), ids=NO_ROBOTS.keys())
def test_given_a_robots_file_that_cannot_be_had_when_explained_then_that_is_the_verdict(
    server, act, code, words
) -> None:
    server.routes |= {"/robots.txt": act, "/page": h.answer()}
    done = explained(server, "--json")
    assert done.exit_code == code, done.exception
    story = json.loads(done.stdout)
    assert words in story["robots"]["reason"]
    assert (story["robots"]["allowed"], story["robots"]["rule"]) == (False, None)
    assert [step["kind"] for step in story["steps"]][-2] == "robots"
    told = explained(server).stdout
    assert any(line.split()[2:3] == ["robots"] and words in line for line in told.splitlines())


def test_given_an_address_that_is_not_public_when_explained_then_that_is_no_verdict_of_its_robots(server) -> None:
    done = CliRunner().invoke(command, [server.url("/page"), "--explain", "--json"])
    story = json.loads(done.stdout)
    assert (done.exit_code, story["robots"], story["requests"]) == (77, None, 0)


def test_given_a_kept_connection_that_was_closed_when_explained_then_the_page_is_had(server) -> None:
    server.routes |= {"/robots.txt": ROBOTS, "/page": [h.hang_up, h.answer()]}
    done = explained(server)
    assert done.exit_code == 0, done.exception
    assert "GET, again: " in done.stdout
    assert "3 requests" in done.stdout
