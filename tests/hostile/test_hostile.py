"""One misbehaviour a test: bounded time, bounded memory, the right verdict."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
import time as real_time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest
import zstandard

from scraper.errors import NotAnArticle, Refused, Unavailable

h = sys.modules["hostile_server"]
STORY = h.STORY
MEMORY = 8 * 1024 * 1024
"""Bytes that one fetch may need at most, with a cap of 256 KiB on the body."""

OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MANY = "\r\n".join(f"X-Header-{n}: {n}" for n in range(200)).encode()
SPACES = b"<p>" + b" " * (64 * 1024 * 1024)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """What happens inside takes no longer, and no more than `MEMORY` of what Python and its libraries allocate."""
    tracemalloc.start()
    started = real_time.perf_counter()
    try:
        yield
        took, peak = real_time.perf_counter() - started, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert took < seconds
    assert peak < MEMORY


def bomb(coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(SPACES, 9)
    if coding == "deflate":
        return zlib.compress(SPACES, 9)
    if coding == "br":
        return brotli.compress(SPACES, quality=1)
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=3).compress(SPACES)
    return gzip.compress(gzip.compress(SPACES, 9), 9)


def coded(body: bytes, coding: str) -> bytes:
    return h.answer(body, headers={"Content-Encoding": coding})


def zstd_with_window(log: int) -> bytes:
    parameters = zstandard.ZstdCompressionParameters(window_log=log)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return stream.compress(STORY) + stream.flush()


NO_ANSWER = {
    "hangs up before an answer": h.hang_up,
    "resets before an answer": h.reset(),
    "resets within the head": h.reset(b"HTTP/1.1 200 OK\r\nConte"),
    "never says a word": h.silent,
    "drips its status line": h.drip(b"HTTP/1.1 200 OK\r\n\r\n"),
    "drips its headers": h.drip(b"X-A: bbbbbbbbbbbbbbbbbbbbb\r\n\r\n", after=OPEN),
    "drips its body": h.drip(STORY, after=OPEN + b"Content-Length: 5000\r\n\r\n"),
    "drips chunks": h.drip(b"1\r\nx\r\n" * 100, after=OPEN + b"Transfer-Encoding: chunked\r\n\r\n"),
    "drips a chunk's extension": h.drip(b"1;" + b"x" * 1000, after=OPEN + b"Transfer-Encoding: chunked\r\n\r\n"),
    "drips its trailers": h.drip(b"0\r\n" + b"X: y\r\n" * 50, after=OPEN + b"Transfer-Encoding: chunked\r\n\r\n"),
    "sends headers without end": h.endless(b"X-More: and more\r\n" * 100, after=OPEN),
    "sends one header of 200 KB": h.close_after(OPEN + b"X-Long: " + b"x" * 200_000 + b"\r\n\r\n"),
    "sends interim answers without end": h.endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
    "switches protocols unasked": h.raw("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket"),
    "greets as a mail server": h.close_after(b"220 mail.example.org ESMTP\r\n"),
    "answers without a status line": h.close_after(STORY),
    "answers a status of two digits": h.raw("HTTP/1.1 20 OK", STORY),
    "sends a header without a colon": h.raw("HTTP/1.1 200 OK\nnot a header", STORY),
    "sends two lengths that differ": h.raw("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 50", STORY),
    "sends a negative length": h.raw("HTTP/1.1 200 OK\nContent-Length: -5", STORY),
    "sends a length that is no number": h.raw("HTTP/1.1 200 OK\nContent-Length: many", STORY),
    "names an unknown transfer coding": h.raw("HTTP/1.1 200 OK\nTransfer-Encoding: rot13", STORY),
    "claims compression and sends noise": coded(b"\x1f\x8b" + b"noise" * 50, "gzip"),
    "claims brotli and sends text": coded(STORY, "br"),
    "claims zstd and sends text": coded(STORY, "zstd"),
    "wants a window of 64 MiB": coded(zstd_with_window(26), "zstd"),
    "compresses five times over": coded(STORY, "gzip, gzip, gzip, gzip, gzip"),
    "sends empty gzip members without end": h.endless(
        gzip.compress(b"") * 500, after=OPEN + b"Content-Encoding: gzip\r\n\r\n"
    ),
    "says that nothing changed, unasked": h.answer(b"", 304),
    "redirects to itself": h.redirect("/page"),
    "redirects without saying where": h.answer(b"", 302),
    "redirects to a broken address": h.redirect("http://[::1"),
    "redirects to a host without a name": h.redirect("http:///x"),
    "redirects to 10,000 characters": h.redirect("/" + "x" * 10_000),
    "answers 503 for ever": h.answer(b"", 503),
}


@pytest.mark.parametrize("act", NO_ANSWER.values(), ids=NO_ANSWER.keys())
def test_given_a_server_that_gives_no_page_when_fetched_then_it_is_unavailable_in_time(server, make, act) -> None:
    server.routes["/page"] = act
    fetcher = make()
    fetcher.robots(server.url("/page"))
    with bounded(5), pytest.raises(Unavailable):  # the deadline is 0.3 s; the rest is room for a busy machine
        fetcher.fetch(server.url("/page"))


TOO_MUCH = {
    "never ends": h.endless(b" " * 65536, after=OPEN + b"\r\n<p>"),
    "never ends its chunks": h.endless(
        h.chunked(b" " * 65536, end=b""), after=OPEN + b"Transfer-Encoding: chunked\r\n\r\n"
    ),
    "announces a gigabyte": h.raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 1073741824", STORY),
    "is a gzip bomb": coded(bomb("gzip"), "gzip"),
    "is a gzip bomb twice over": coded(bomb("twice"), "gzip, gzip"),
    "is a deflate bomb": coded(bomb("deflate"), "deflate"),
    "is a brotli bomb": coded(bomb("br"), "br"),
    "is a zstd bomb": coded(bomb("zstd"), "zstd"),
}


@pytest.mark.parametrize("act", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_given_a_body_above_the_cap_when_fetched_then_it_is_refused_in_bounded_memory(server, make, act) -> None:
    server.routes["/page"] = act
    fetcher = make(settings={"deadline": 10.0})
    fetcher.robots(server.url("/page"))
    with bounded(20), pytest.raises(NotAnArticle, match="larger than 262,144 bytes"):
        fetcher.fetch(server.url("/page"))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is looked up in /proc")
def test_given_all_bodies_above_the_cap_when_a_process_fetches_them_then_its_memory_hardly_grows(server) -> None:
    # What decoders hold in C is seen by nobody but the kernel.
    server.routes |= {f"/{number}": act for number, act in enumerate(TOO_MUCH.values())}
    server.routes["/small"] = h.answer()
    command = [sys.executable, "-c", GREEDY, server.host, str(len(TOO_MUCH))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    refused, grown = map(int, done.stdout.split())
    assert refused == len(TOO_MUCH)
    assert 0 <= grown < 24 * 1024 * 1024  # each body is 64 MiB and more; the cap is 256 KiB


GREEDY = """
import re, sys, pathlib
from scraper.config import FetchSettings
from scraper.errors import NotAnArticle
from scraper.fetcher import Fetcher
import brotli, zstandard

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) * 1024

host, number = sys.argv[1], int(sys.argv[2])
limits = {"timeout": 10, "deadline": 20, "attempts": 1, "delay": 0, "group_delay": 0, "max_bytes": 2**18}
settings = FetchSettings(**limits, allow_hosts=(host,))
refused = 0
with Fetcher(settings, crawl=False) as fetcher:
    fetcher.fetch(f"http://{host}/small")
    before = peak()
    for at in range(number):
        try:
            fetcher.fetch(f"http://{host}/{at}")
        except NotAnArticle:
            refused += 1
print(refused, peak() - before)
"""


PAGES = {
    "sends 200 headers": (OPEN + MANY + b"\r\nConnection: close\r\n\r\n" + STORY, STORY),
    "sends a header of 60 KB": (OPEN + b"X-Long: " + b"x" * 60_000 + b"\r\nConnection: close\r\n\r\n" + STORY, STORY),
    "folds a header": (OPEN + b"X-Folded: a\r\n b\r\nConnection: close\r\n\r\n" + STORY, STORY),
    "sends headers in Latin-1": (OPEN + b"X-Name: Jos\xe9\r\nConnection: close\r\n\r\n" + STORY, STORY),
    "sends an interim answer first": (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + h.answer(), STORY),
    "speaks HTTP/1.0": (h.close_after(b"HTTP/1.0 200 OK\r\n\r\n" + STORY), STORY),
    "sends chunks and a length": (
        h.raw("HTTP/1.1 200 OK\nContent-Length: 3\nTransfer-Encoding: chunked", h.chunked(STORY)),
        STORY,
    ),
    "sends more than its length": (h.close_after(h.answer() + b"and more"), STORY),
    "claims gzip and sends text": (coded(STORY, "gzip"), STORY),
    "claims an unknown coding": (coded(STORY, "utf-8"), STORY),
    "pads its gzip with zeros": (coded(gzip.compress(STORY) + b"\0" * 100, "x-gzip"), STORY),
    "sends gzip in two members": (coded(gzip.compress(STORY[:50]) + gzip.compress(STORY[50:]), "gzip"), STORY),
    "sends deflate with a header": (coded(zlib.compress(STORY), "deflate"), STORY),
    "sends deflate without a header": (coded(zlib.compress(STORY)[2:-4], "deflate"), STORY),
    "sends brotli": (coded(brotli.compress(STORY), "br"), STORY),
    "sends zstd": (coded(zstandard.compress(STORY), "zstd"), STORY),
    "compresses twice": (coded(brotli.compress(gzip.compress(STORY)), "gzip, br"), STORY),
    "sends no type": (h.close_after(b"HTTP/1.1 200 OK\r\n\r\n" + STORY), STORY),
    "calls a page a file": (h.answer(headers={"Content-Type": "application/octet-stream"}), STORY),
    "sends nothing": (h.answer(b""), b""),
    "sends no content with a body": (h.raw("HTTP/1.1 204 No Content"), b""),
}


@pytest.mark.parametrize(("act", "body"), PAGES.values(), ids=PAGES.keys())
def test_given_an_odd_but_readable_answer_when_fetched_then_its_page_is_had(server, make, act, body) -> None:
    server.routes["/page"] = act
    fetcher = make(settings={"deadline": 5.0, "timeout": 5.0})
    fetcher.robots(server.url("/page"))
    with bounded(10):
        page = fetcher.fetch(server.url("/page"))
    assert page.body == body
    assert not page.truncated


SHORT = {
    "closes before its length": (h.raw("HTTP/1.1 200 OK\nContent-Length: 5000", STORY), STORY),
    "resets within its body": (h.reset(OPEN + b"Content-Length: 5000\r\n\r\n" + STORY), STORY),
    "closes within a chunk": (
        h.raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", h.chunked(STORY, end=b"50\r\nmore")),
        STORY,
    ),
    "closes before the last chunk": (
        h.raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", h.chunked(STORY, end=b"")),
        STORY,
    ),
    "miscounts a chunk": (h.raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", h.chunked(STORY, end=b"zz\r\n")), STORY),
    "cuts its gzip": (coded(gzip.compress(STORY * 400, 0)[:20_000], "gzip"), STORY),
    "cuts its brotli": (coded(brotli.compress(bytes(range(32, 127)) * 300, quality=0)[:-20], "br"), b" !"),
    "cuts its zstd": (coded(zstandard.ZstdCompressor(level=1).compress(STORY * 4000)[:-3], "zstd"), STORY),
    "answers a part unasked": (h.answer(STORY, 206), STORY),
}


@pytest.mark.parametrize(("act", "start"), SHORT.values(), ids=SHORT.keys())
def test_given_a_body_that_breaks_off_when_fetched_then_what_came_is_flagged(server, make, act, start) -> None:
    server.routes["/page"] = act
    page = make(settings={"deadline": 5.0, "timeout": 5.0, "max_bytes": 10**6}).fetch(server.url("/page"))
    assert page.truncated
    assert page.body.startswith(start)


def test_given_a_body_that_broke_off_once_when_fetched_then_the_second_try_is_whole(server, fake) -> None:
    server.routes["/page"] = [h.raw("HTTP/1.1 200 OK\nContent-Length: 5000", STORY), h.answer()]
    page = fake(settings={"attempts": 2}).fetch(server.url("/page"))
    assert (page.body, page.truncated) == (STORY, False)


FORBIDDEN = {
    "to another port of this machine": "http://127.0.0.1:{other}/",
    "to loopback by name": "http://localhost:80/",
    "to loopback as a number": "http://2130706433/",
    "to loopback in hexadecimal": "http://0x7f000001/",
    "to loopback cut short": "http://127.1/",
    "to loopback in IPv6": "http://[::1]/",
    "to loopback mapped to IPv6": "http://[::ffff:127.0.0.1]/",
    "to loopback by 6to4": "http://[2002:7f00:1::]/",
    "to loopback by NAT64": "http://[64:ff9b::7f00:1]/",
    "to loopback by local NAT64": "http://[64:ff9b:1::7f00:1]/",
    "to loopback translated": "http://[::ffff:0:127.0.0.1]/",
    "to a link with a zone": "http://[fe80::1%25eth0]/",
    "to the address of nobody": "http://0.0.0.0/",
    "to a private network": "http://192.168.1.1/",
    "to a cloud's metadata": "http://169.254.169.254/latest/meta-data/",
    "to a multicast group": "http://224.0.0.1/",
    "to a file": "file:///etc/passwd",
    "to a script": "javascript:alert(1)",
    "to ftp": "ftp://ftp.example.org/x",
    "with a password": "http://user:secret@www.example.org/",
    "to a port of another service": "http://www.example.org:6379/",
}


@pytest.mark.parametrize("location", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_given_a_redirect_that_is_not_to_be_followed_when_fetched_then_it_is_refused(server, make, location) -> None:
    inner = h.Server({"/": h.answer(b"<p>secret"), "/robots.txt": h.NOT_FOUND})
    server.routes["/page"] = h.redirect(location.format(other=inner.port))
    with pytest.raises(Refused):
        make().fetch(server.url("/page"))
    assert inner.requests == []
    inner.close()


@pytest.mark.parametrize(
    "address",
    [
        "http://0177.0.0.1/",
        "//0177.0.0.01:8080/x",
        "HTTP://300.1.1.1",
        "http://2130706433/",
        "http://0x7f.1/x",
        "http://[::1]/",
    ],
)
def test_given_a_number_for_a_host_when_redirected_to_then_it_is_refused_as_when_it_is_asked_for(
    server, make, address
) -> None:
    server.routes["/page"] = h.redirect(address)
    with pytest.raises(Refused, match=r"redirects to|not fetched") as refusal:
        make().fetch(server.url("/page"))
    assert "--allow-host" not in str(refusal.value)
    with pytest.raises(Refused):
        make().fetch(address if "://" in address else f"http:{address}")


def test_given_what_a_server_has_said_when_it_is_no_http_then_it_is_told_in_plain_words(server, make) -> None:
    server.routes |= {
        "/chunks": h.raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"ZZ\r\n" + STORY),
        "/header": h.raw("HTTP/1.1 200 OK\nthis is 'not' a header " + "x" * 5000, STORY),
        "/status": h.close_after(b"220 mail.example.org ESMTP\r\n\r\n"),
    }
    fetcher = make(settings={"deadline": 5.0})
    for path, words in (("/chunks", "ZZ"), ("/header", "a header xxx"), ("/status", "220 mail")):
        with pytest.raises(Unavailable) as failure:
            fetcher.fetch(server.url(path))
        line = str(failure.value)
        assert words in line, line
        assert "bytearray" not in line
        assert "\\r" not in line
        assert "b'" not in line
        assert len(line) < 300


def test_given_a_name_that_resolves_to_loopback_when_fetched_then_it_is_refused(make) -> None:
    fetcher = make(resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(Refused, match=r"rebind\.example \(127\.0\.0\.1\) is not a public address"):
        fetcher.fetch("http://rebind.example/")


def test_given_redirects_without_end_when_fetched_then_ten_are_followed(server, make) -> None:
    for n in range(40):
        server.routes[f"/{n}"] = h.redirect(f"/{n + 1}")
    with pytest.raises(Unavailable, match="more than 10 redirects"):
        make(settings={"deadline": 5.0}).fetch(server.url("/0"))
    assert server.paths() == [f"/{n}" for n in range(11)]


def test_given_two_pages_that_redirect_to_each_other_when_fetched_then_the_circle_is_seen(server, make) -> None:
    server.routes |= {"/a": h.redirect("/b"), "/b": h.redirect("/a")}
    with pytest.raises(Unavailable, match="circle"):
        make().fetch(server.url("/a"))
    assert server.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    ("kind", "start", "words"),
    [
        ("application/pdf", b"%PDF-1.7\n", "application/pdf"),
        ("audio/mpeg", b"ID3\x04", "audio/mpeg"),
        ("text/html", b"%PDF-1.7\n", "pdf, served as text/html"),
        ("text/html", b"ID3\x04", "served as text/html"),
    ],
)
def test_given_a_large_file_behind_a_story_link_when_fetched_then_its_body_is_not_downloaded(
    server, make, kind, start, words
) -> None:
    sent, over = [], threading.Event()

    def act(connection) -> None:
        connection.setsockopt(h.socket.SOL_SOCKET, h.socket.SO_SNDBUF, 65536)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 90000000\r\n\r\n"
        try:
            connection.sendall(head.encode() + start + b"\0" * 100)
            for _ in range(1400):
                connection.sendall(b"x" * 65536)
                sent.append(65536)
        finally:
            over.set()

    server.routes["/page"] = act
    fetcher = make(settings={"max_bytes": 10**9, "deadline": 10.0, "timeout": 5.0})
    with pytest.raises(NotAnArticle, match=words):
        fetcher.fetch(server.url("/page"))
    assert over.wait(30)  # the server was hung up on
    assert sum(sent) < 9_000_000  # a tenth: what the buffers of both sides hold


@pytest.mark.parametrize("start", [b"%PDF-1.7\n" + b"x" * 60, b"ID3\x04" + b"\0" * 90, b"\x89PNG\r\n" + b"\0" * 90])
def test_given_a_file_that_is_called_a_page_when_fetched_then_its_first_bytes_tell(server, make, start) -> None:
    server.routes["/page"] = h.endless(b"x" * 65536, after=OPEN + b"\r\n" + start)
    with pytest.raises(NotAnArticle, match="served as text/html"):
        make(settings={"max_bytes": 10**9, "deadline": 10.0}).fetch(server.url("/page"))


def test_given_a_wrong_charset_when_fetched_then_the_text_is_right(server, make) -> None:
    server.routes["/page"] = h.answer(
        "<p>Café – “naïve”</p>".encode(), headers={"Content-Type": "text/html; charset=ascii"}
    )
    server.routes["/old"] = h.answer(
        "<p>Café – “naïve”</p>".encode("cp1252"), headers={"Content-Type": "text/html; charset=iso-8859-1"}
    )
    server.routes["/none"] = h.answer("<p>Café – “naïve”</p>".encode("cp1252"), headers={"Content-Type": "text/html"})
    server.routes["/mark"] = h.answer(
        b"\xef\xbb\xbf" + "<p>Café – “naïve”</p>".encode(), headers={"Content-Type": "text/html; charset=iso-8859-1"}
    )
    fetcher = make(settings={"deadline": 5.0})
    for path in ("/page", "/old", "/none", "/mark"):
        assert fetcher.fetch(server.url(path)).text.removeprefix("\ufeff") == "<p>Café – “naïve”</p>", path


def test_given_cookies_when_fetched_again_then_none_is_sent_back(server, make) -> None:
    server.routes["/page"] = h.answer(headers={"Set-Cookie": "track=" + "x" * 4000})
    fetcher = make()
    fetcher.fetch(server.url("/page"))
    fetcher.fetch(server.url("/page"))
    assert all("cookie" not in request.headers for request in server.requests)


def test_given_leftover_bytes_on_a_kept_connection_when_the_next_page_is_fetched_then_it_is_right(server, make) -> None:
    server.routes["/first"] = h.answer() + b"<p>and more than it said"
    server.routes["/second"] = h.answer(b"<p>second</p>")
    fetcher = make(settings={"attempts": 1})
    fetcher.fetch(server.url("/first"))
    assert fetcher.fetch(server.url("/second")).body == b"<p>second</p>"


def test_given_a_kept_connection_that_was_closed_when_used_again_then_no_try_is_lost(server, make, log) -> None:
    server.routes["/page"] = [h.answer(), h.hang_up, h.answer(b"<p>again</p>")]
    fetcher = make(settings={"attempts": 1})
    fetcher.fetch(server.url("/page"))
    assert fetcher.fetch(server.url("/page")).body == b"<p>again</p>"
    assert log.of("retry") == []


@pytest.mark.parametrize("crawl", [True, False])
def test_given_a_kept_connection_that_was_closed_when_crawled_then_the_replay_waits_for_its_turn(
    server, fake, time, log, crawl
) -> None:
    server.routes["/page"] = [h.hang_up, h.answer()]
    fetcher = fake(settings={"delay": 5.0}, crawl=crawl, contact="a@example.org")
    assert fetcher.fetch(server.url("/page")).body == STORY
    assert time.slept == ([5.0, 5.0] if crawl else [])
    assert log.of("retry") == []
    assert [bool(event.facts["again"]) for event in log.of("request")] == [False, False, True]


def test_given_a_server_that_hangs_up_each_time_when_fetched_then_one_request_is_no_attempt(server, fake, log) -> None:
    server.routes["/page"] = [h.hang_up, h.answer(b"", 503), h.hang_up]
    with pytest.raises(Unavailable, match="without an answer, 4 times in a row"):
        fake(settings={"attempts": 3, "budget": 60.0}).fetch(server.url("/page"))
    assert len(server.paths()) == 4
    assert [event.facts["attempt"] for event in log.of("retry")] == [1, 2]


def test_given_a_name_that_is_not_public_when_fetched_then_no_request_is_told_of(make, log) -> None:
    with pytest.raises(Refused):
        make(resolve=lambda host, port: ["127.0.0.1"]).fetch("http://rebind.example/")
    assert log.of("request") == []


@pytest.mark.parametrize("charset", ["utf-16le", "utf-16be", "utf-32le"])
def test_given_a_wide_charset_without_a_mark_when_fetched_then_its_text_is_right(server, make, charset) -> None:
    text = "<p>It rained all day – “in the valley”.</p>"
    kind = {"Content-Type": f"text/html; charset={charset}"}
    server.routes["/page"] = h.answer(text.encode(charset), headers=kind)
    server.routes["/noise"] = h.answer(b"\0\xd8\xd8\0" * 400, headers=kind)
    fetcher = make(settings={"deadline": 5.0})
    assert fetcher.fetch(server.url("/page")).text == text
    with pytest.raises(NotAnArticle, match="bytes that are no text"):
        fetcher.fetch(server.url("/noise"))
