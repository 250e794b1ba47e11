"""One address after another, with a server that behaves."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
import time as real_time
import zlib
from email.utils import formatdate

import brotli
import pytest
import zstandard

from scraper.errors import ConfigError, NotAnArticle, Refused, TryLater, Unavailable
from scraper.fetcher import HostState, MemoryState, Quirk, Validators

h = sys.modules["hostile_server"]
STORY = h.STORY


def test_given_a_page_when_fetched_then_all_that_is_known_of_it_is_handed_over(server, make, time, fake, log) -> None:
    server.routes["/page"] = h.answer(headers={"ETag": '"v1"', "Last-Modified": "Tue, 01 Jul 2025 10:00:00 GMT"})
    page = fake().fetch(server.url("/page#comments"))
    assert (page.body, page.status, page.url) == (STORY, 200, server.url("/page#comments"))
    assert (page.final_url, page.redirects, page.robots) == (server.url("/page"), (), "allowed")
    assert page.fetched_at == "2027-01-15T08:00:00Z"
    assert (page.headers["etag"], page.headers["content-type"]) == ('"v1"', "text/html")
    assert log.kinds() == ["request", "response", "robots", "request", "response", "body", "page"]


def test_given_a_watch_when_a_page_is_fetched_then_events_have_facts_for_programs(server, fake, time, log) -> None:
    server.routes |= {
        "/robots.txt": h.answer(b"User-agent: *\nDisallow: /\nAllow: /new\nContent-Signal: ai-train=no"),
        "/new": [h.answer(b"", 503, {"Retry-After": "0"}), h.redirect("/new/1")],
        "/new/1": h.answer(gzip.compress(STORY), headers={"Content-Encoding": "gzip", "X-Powered-By": "Brightspot"}),
    }
    quirk = Quirk(host="127.0.0.1", reason="a test", headers={"x-quirk": "1"})
    fake(settings={"attempts": 2, "deadline": 5.0}, quirks=(quirk,)).fetch(
        server.url("/new"), validators=Validators(etag='"v0"')
    )
    robots, _ = log.of("robots")
    assert robots.facts == {"allowed": True, "rule": "Allow: /new", "opt_outs": ("ai-train=no",), "crawl_delay": None}
    sent = log.of("request")[1].facts
    assert (sent["headers"]["if-none-match"], sent["headers"]["x-quirk"]) == ('"v0"', "1")
    assert sent["quirks"] == [quirk]
    first, *_, last = log.of("response")
    assert (first.facts["connected"], first.facts["peer"], first.facts["group"]) == (True, "127.0.0.1", None)
    assert (last.facts["peer"], last.facts["group"]) == ("127.0.0.1", "grove")
    assert last.facts["headers"]["content-encoding"] == "gzip"
    (retry,) = log.of("retry")
    assert retry.facts == {"trouble": "status", "retry_after": 0.0, "attempt": 1}
    assert time.slept == [retry.seconds] == [2.0]
    assert log.of("redirect")[0].facts == {"to": server.url("/new/1")}
    wire = len(gzip.compress(STORY))
    assert log.of("body")[-1].facts == {"wire": wire, "size": len(STORY), "codings": ("gzip",), "truncated": False}


def test_given_a_kept_connection_when_used_again_then_its_address_is_known(server, make, log) -> None:
    server.routes["/page"] = h.answer()
    make(settings={"deadline": 5.0}).fetch(server.url("/page"))
    assert [event.facts["peer"] for event in log.of("response")] == ["127.0.0.1", "127.0.0.1"]


def test_given_a_failure_when_told_then_its_facts_say_what_comes_next(server, make, fake, time, log) -> None:
    server.routes |= {
        "/busy": h.answer(b"", 503, {"Retry-After": "7200"}),
        "/pdf": h.answer(b"%PDF-1.4 " * 20, headers={"Content-Type": "application/pdf"}),
    }
    with pytest.raises(TryLater):
        fake().fetch(server.url("/busy"))
    assert log.of("later")[0].facts == {"retry_at": time.now + 7200}
    with pytest.raises(NotAnArticle):
        make().fetch(server.url("/pdf"))
    assert log.of("unfit")[0].facts == {"page_type": "other"}


def test_given_a_request_when_sent_then_it_says_who_we_are_and_nothing_of_a_connection(server, make) -> None:
    server.routes["/page"] = h.answer()
    make(crawl=True, contact="archive@example.org").fetch(server.url("/page"))
    for request in server.requests:
        assert request.headers["user-agent"].startswith("public-radio-scraper/")
        assert request.headers["user-agent"].endswith(" (+archive@example.org)")
        assert request.headers["accept-encoding"] == "gzip, deflate, br, zstd"
        assert not {"connection", "cookie", "referer", "authorization"} & set(request.headers)


@pytest.mark.parametrize("contact", [None, "", "  ", "jürgen@example.org", "a@example.org\r\nX-Evil: 1", "a(b)@c.org"])
def test_given_no_usable_contact_when_a_crawl_starts_then_it_is_a_config_error(make, contact) -> None:
    with pytest.raises(ConfigError, match="contact"):
        make(crawl=True, contact=contact)


@pytest.mark.parametrize(
    "allowed",
    ["127.0.0.1", "localhost:", ":80", "a:99999", "a:b", "::1:80", "::ffff:127.0.0.1:80", "[a]:80", "[]:80", "[::1]"],
)
def test_given_a_wrong_allow_host_when_made_then_it_is_a_config_error(make, allowed) -> None:
    with pytest.raises(ConfigError, match="HOST:PORT"):
        make(settings={"allow_hosts": (allowed,)})


def test_given_redirects_when_fetched_then_the_way_is_recorded(server, make) -> None:
    server.routes |= {
        "/a": h.redirect("b?x=1", 301),
        "/b": h.redirect(server.url("/caf%C3%A9"), 308),
        "/caf%C3%A9": h.redirect("/ü".encode().decode("latin-1")),
        "/%C3%BC": h.answer(),
    }
    page = make(settings={"deadline": 5.0}).fetch(server.url("/a"))
    assert page.redirects == (server.url("/b?x=1"), server.url("/caf%C3%A9"))
    assert (page.url, page.final_url) == (server.url("/a"), server.url("/%C3%BC"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 501])
def test_given_a_lasting_failure_when_fetched_then_it_is_unavailable_after_one_request(server, fake, status) -> None:
    server.routes["/page"] = h.answer(b"", status)
    with pytest.raises(Unavailable, match=f"answers {status}") as failure:
        fake(settings={"attempts": 3}).fetch(server.url("/page"))
    assert failure.value.status == status
    assert server.paths() == ["/page"]


def test_given_503_with_a_wait_when_fetched_then_it_waits_and_has_the_page(server, fake, time, log) -> None:
    server.routes["/page"] = [h.answer(b"", 503, {"Retry-After": "7"}), h.answer()]
    page = fake(settings={"attempts": 3, "budget": 60.0}).fetch(server.url("/page"))
    assert page.status == 200
    assert time.slept == [7.0]
    [retry] = log.of("retry")
    assert (retry.seconds, retry.status, retry.url) == (7.0, 503, server.url("/page"))
    assert "503 Service Unavailable" in retry.detail


def test_given_503_until_a_date_when_fetched_then_it_waits_by_the_servers_clock(server, fake, time) -> None:
    head = {"Date": formatdate(1_000_000, usegmt=True), "Retry-After": formatdate(1_000_020, usegmt=True)}
    server.routes["/page"] = [h.answer(b"", 503, head), h.answer()]
    fake(settings={"attempts": 2, "budget": 60.0}).fetch(server.url("/page"))
    assert time.slept == [20.0]


@pytest.mark.parametrize("wait", ["0", formatdate(0, usegmt=True)])
@pytest.mark.parametrize("status", [429, 503])
def test_given_a_leave_to_come_back_at_once_when_fetched_then_it_is_not_taken(server, fake, time, status, wait) -> None:
    server.routes["/page"] = h.answer(b"", status, {"Retry-After": wait})
    with pytest.raises(Unavailable):
        fake(settings={"attempts": 3, "budget": 60.0}).fetch(server.url("/page"))
    assert time.slept == [2.0, 4.0]


def test_given_a_wait_beyond_belief_when_fetched_then_what_is_said_of_it_is_true(server, fake) -> None:
    server.routes["/page"] = h.raw("HTTP/1.1 503 X\nRetry-After: 5\nRetry-After: 9999999999999999999999")
    with pytest.raises(TryLater, match="and asks to come back in a day at the earliest"):
        fake(settings={"attempts": 3}).fetch(server.url("/page"))


def test_given_failures_without_a_wait_when_fetched_then_waits_grow_and_attempts_end(server, fake, time) -> None:
    server.routes["/page"] = h.answer(b"", 502)
    with pytest.raises(Unavailable, match="502 Bad Gateway, 3 times in a row") as failure:
        fake(settings={"attempts": 3, "budget": 60.0}).fetch(server.url("/page"))
    assert failure.value.status == 502
    assert time.slept == [2.0, 4.0]


@pytest.mark.parametrize("wait", ["61", "86400", "9" * 18, "9" * 40])
def test_given_a_wait_above_the_cap_when_fetched_then_it_is_later_and_the_host_rests(server, fake, time, wait) -> None:
    server.routes |= {"/page": h.answer(b"", 429, {"Retry-After": wait}), "/other": h.answer()}
    state = MemoryState()
    fetcher = fake(settings={"attempts": 3}, state=state)
    until = time.now + min(float(wait), 86400)
    with pytest.raises(TryLater, match="429 Too Many Requests and asks to come back") as later:
        fetcher.fetch(server.url("/page"))
    assert later.value.retry_at == until
    with pytest.raises(TryLater, match="rests for") as resting:
        fetcher.fetch(server.url("/other"))
    assert resting.value.retry_at == pytest.approx(until)
    assert time.slept == []
    assert server.paths() == ["/page"]
    assert fetcher.ready_in(server.url("/other")) == pytest.approx(until - time.now)
    assert state.get_host(server.host).rest_until == pytest.approx(until)


def test_given_a_rest_from_an_earlier_run_when_fetched_then_it_is_honoured(server, fake, time) -> None:
    state = MemoryState()
    rest = HostState(interval=1.0, rest_until=time.now + 1000, reason="asked for it")
    state.put_host(server.host, rest)
    with pytest.raises(TryLater, match="asked for it") as later:
        fake(state=state).fetch(server.url("/page"))
    assert later.value.retry_at == pytest.approx(rest.rest_until)
    assert server.requests == []


def test_given_waits_that_together_exceed_the_budget_when_fetched_then_it_is_later(server, fake, time) -> None:
    server.routes["/page"] = h.answer(b"", 503, {"Retry-After": "40"})
    with pytest.raises(TryLater):
        fake(settings={"attempts": 9, "budget": 100.0}).fetch(server.url("/page"))
    assert time.slept == [40.0, 40.0]


def test_given_an_unreachable_host_when_crawled_then_it_rests_ten_minutes(make, time, fake) -> None:
    socket = h.socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{socket.getsockname()[1]}"
    socket.close()
    state = MemoryState()
    fetcher = fake(
        settings={"attempts": 2, "allow_hosts": (host,), "budget": 60.0}, crawl=True, contact="a@b.org", state=state
    )
    with pytest.raises(Unavailable, match="no connection"):
        fetcher.fetch(f"http://{host}/")
    assert 595 < fetcher.ready_in(f"http://{host}/") <= 600
    assert state.get_host(host).rest_until == pytest.approx(time.now + 600, abs=5)


def test_given_pages_of_one_host_when_crawled_then_every_request_is_spaced(server, fake, time) -> None:
    server.routes |= {"/a": h.redirect("/b"), "/b": h.answer(), "/c": h.answer()}
    fetcher = fake(settings={"delay": 5.0}, crawl=True, contact="a@b.org")
    fetcher.fetch(server.url("/a"))
    fetcher.fetch(server.url("/c"))
    assert time.slept == [5.0, 5.0, 5.0]


def test_given_one_page_at_the_shell_when_fetched_then_nothing_is_waited_for(server, fake, time) -> None:
    server.routes |= {"/a": h.redirect("/b"), "/b": h.answer(), "/c": h.answer()}
    fetcher = fake(settings={"delay": 5.0})
    fetcher.fetch(server.url("/a"))
    assert time.slept == []
    fetcher.fetch(server.url("/c"))
    assert time.slept == [5.0]


def test_given_spacing_of_its_own_and_a_crawl_delay_when_crawled_then_the_longer_holds(server, fake, time) -> None:
    server.routes |= {"/robots.txt": h.answer(b"User-agent: *\nCrawl-delay: 9"), "/a": h.answer(), "/b": h.answer()}
    fetcher = fake(crawl=True, contact="a@b.org", delays={f"www.{server.host}": 3.0})
    fetcher.fetch(server.url("/a"))
    fetcher.fetch(server.url("/b"))
    assert time.slept == [9.0, 9.0]


def test_given_validators_when_nothing_changed_then_the_page_is_empty_with_304(server, make) -> None:
    etag = 'W/"caf\xe9"'
    server.routes["/page"] = h.answer(b"", 304, {"ETag": etag})
    known = Validators(etag=etag, last_modified="yesterday, I think")
    page = make().fetch(server.url("/page"), validators=known)
    assert (page.status, page.body, page.headers["etag"]) == (304, b"", etag)
    sent = server.requests[-1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == (etag, "yesterday, I think")
    assert "if-none-match" not in server.requests[0].headers


def test_given_304_with_a_body_when_fetched_then_the_body_is_left_alone(server, make) -> None:
    server.routes["/page"] = h.close_after(b"HTTP/1.1 304 Not Modified\r\n\r\n<p>surprise")
    assert make().fetch(server.url("/page"), validators=Validators(etag='"x"')).body == b""


def test_given_a_gzip_file_when_a_sitemap_is_wanted_then_it_is_unpacked_within_its_cap(server, make) -> None:
    sitemap = b"<urlset>" + b" " * 900_000 + b"</urlset>"
    server.routes["/s.xml.gz"] = h.answer(gzip.compress(sitemap), headers={"Content-Type": "application/x-gzip"})
    fetcher = make(settings={"deadline": 5.0})
    assert fetcher.fetch(server.url("/s.xml.gz"), accept="sitemap").body == sitemap
    with pytest.raises(NotAnArticle, match="archive"):
        fetcher.fetch(server.url("/s.xml.gz"))
    with pytest.raises(NotAnArticle, match="larger than"):
        fetcher.fetch(server.url("/s.xml.gz"), accept="sitemap", max_bytes=1000)


def test_given_a_robots_file_when_asked_for_then_its_sitemaps_are_listed(server, make) -> None:
    server.routes["/robots.txt"] = h.answer(b"User-agent: *\nDisallow: /x\nSitemap: https://other.example/s.xml")
    permission = make().robots(server.url("/x"))
    assert (permission.allowed, permission.sitemaps) == (False, ["https://other.example/s.xml"])


def test_given_a_quirk_of_a_host_when_fetched_then_its_headers_are_sent(server, make) -> None:
    server.routes["/page"] = h.answer()
    quirk = Quirk(host="127.0.0.1", reason="test", headers={"accept-encoding": None, "x-why": "because"})
    make(quirks=[quirk]).fetch(server.url("/page"))
    assert "accept-encoding" not in server.requests[-1].headers
    assert server.requests[-1].headers["x-why"] == "because"


def test_given_a_stop_event_when_waiting_then_the_wait_ends_at_once(server, make) -> None:
    stop = threading.Event()
    server.routes["/page"] = h.answer(b"", 503, {"Retry-After": "30"})
    fetcher = make(
        settings={"attempts": 3, "budget": 60.0},
        stop=stop,
        watch=lambda event: stop.set() if event.kind == "retry" else None,
    )
    with pytest.raises(TryLater, match="stopped") as stopped:
        fetcher.fetch(server.url("/page"))
    assert stopped.value.retry_at is None
    assert server.paths() == ["/page"]
    with pytest.raises(TryLater, match="stopped"):
        fetcher.fetch(server.url("/page"))


def test_given_many_threads_when_a_host_is_fetched_then_one_request_at_a_time_and_one_robots_file(server, make) -> None:
    busy, most, lock = [], [], threading.Lock()

    def act(connection) -> bool:
        with lock:
            busy.append(1)
            most.append(len(busy))
        connection.sendall(h.answer())
        with lock:
            busy.pop()
        return True

    server.routes["/page"] = act
    fetcher = make(settings={"deadline": 10.0, "timeout": 10.0, "budget": 30.0}, crawl=True, contact="a@b.org")
    pages = []
    threads = [
        threading.Thread(target=lambda: pages.append(fetcher.fetch(server.url("/page")).status)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pages == [200] * 8
    assert max(most) == 1
    assert [request.path for request in server.requests].count("/robots.txt") == 1
    assert server.connections == 1


@pytest.mark.parametrize(
    "url", ["", "bpr.org", "http://", "http://[", "mailto:a@b.org", "http://a.example/" + "x" * 9000]
)
def test_given_what_is_no_address_when_fetched_then_it_is_refused(make, url) -> None:
    with pytest.raises(Refused):
        make().fetch(url)


def test_given_the_package_when_imported_then_httpx_is_not() -> None:
    code = (
        "import sys, scraper.fetcher; scraper.fetcher.Validators; "
        "print(sorted({'httpx', 'httpcore', 'tenacity', 'protego', 'selectolax'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", ""])
def test_given_chunked_compressed_pages_when_fetched_then_the_connection_is_kept(server, make, coding) -> None:
    encode = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}
    body = encode.get(coding, bytes)(STORY)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    moved = h.answer(b"moved", 302, {"Location": "/b"})

    def act(connection) -> bool:
        connection.sendall(head + h.chunked(body, end=b""))
        connection.sendall(b"0\r\n\r\n")
        return True

    server.routes |= {"/a": moved, "/b": act, "/c": act}
    fetcher = make(settings={"deadline": 5.0, "timeout": 5.0})
    assert fetcher.fetch(server.url("/a")).body == fetcher.fetch(server.url("/c")).body == STORY
    assert server.connections == 1


def test_given_a_server_that_hangs_up_when_fetched_then_it_is_tried_as_often_as_any(server, fake) -> None:
    server.routes["/page"] = [
        h.hang_up,
        h.hang_up,
        h.hang_up,
        h.answer(),
    ]  # the first on a connection kept from robots.txt
    assert fake(settings={"attempts": 3, "budget": 60.0}).fetch(server.url("/page")).status == 200


def test_given_robots_that_cost_time_when_a_page_is_fetched_then_its_budget_is_whole(server, fake, time) -> None:
    busy = h.answer(b"", 503, {"Retry-After": "40"})
    server.routes |= {"/robots.txt": [busy, h.answer(b"")], "/page": [busy, h.answer()]}
    assert fake(settings={"attempts": 2, "budget": 60.0}).fetch(server.url("/page")).status == 200
    assert time.slept == [40.0, 40.0]


def test_given_a_stop_event_when_an_answer_drips_then_it_has_a_grace_and_no_more(server, make, monkeypatch) -> None:
    monkeypatch.setattr("scraper.fetcher.model.STOP_GRACE", 0.1)
    stop = threading.Event()

    def act(connection) -> None:
        stop.set()
        h.drip(b"x" * 10_000, after=b"HTTP/1.1 200 OK\r\n\r\n")(connection)

    server.routes["/page"] = act
    started = real_time.perf_counter()
    with pytest.raises(TryLater, match="stopped"):
        make(settings={"timeout": 60.0, "deadline": 60.0, "budget": 60.0}, stop=stop).fetch(server.url("/page"))
    assert real_time.perf_counter() - started < 10


def test_given_silence_when_the_timeout_is_shorter_than_the_deadline_then_it_holds(server, make) -> None:
    server.routes["/page"] = h.silent
    started = real_time.perf_counter()
    with pytest.raises(Unavailable, match="nothing was sent in time"):
        make(settings={"timeout": 0.2, "deadline": 60.0, "budget": 60.0}).fetch(server.url("/page"))
    assert real_time.perf_counter() - started < 10


def test_given_a_refused_address_when_fetched_then_nothing_is_kept_of_its_robots(make) -> None:
    state = MemoryState()
    fetcher = make(state=state, resolve=lambda host, port: ["10.0.0.1"])
    with pytest.raises(Refused, match="not a public address"):
        fetcher.fetch("http://station.example/page")
    assert state.get_robots("http://station.example") is None


def test_given_what_was_learned_of_a_host_when_closed_then_the_state_has_it(server, fake) -> None:
    state = MemoryState()
    server.routes["/page"] = h.answer(b"", 429)
    with fake(state=state, settings={"delay": 5.0}) as fetcher, pytest.raises(Unavailable):
        fetcher.fetch(server.url("/page"))
    assert state.get_host(server.host) == HostState(interval=10.0)
    again = fake(state=state, settings={"delay": 5.0}, crawl=True, contact="a@b.org")
    assert again.ready_in(server.url("/page")) == 0


def test_given_more_hosts_than_clients_are_kept_when_fetched_then_the_oldest_is_closed(make, monkeypatch) -> None:
    monkeypatch.setattr("scraper.fetcher.client.KEPT_CLIENTS", 2)
    servers = [h.Server({"/page": h.answer()}) for _ in range(3)]
    fetcher = make(settings={"allow_hosts": tuple(server.host for server in servers), "deadline": 5.0})
    for server in [*servers, servers[2], servers[0]]:
        fetcher.fetch(server.url("/page"))
    assert [server.connections for server in servers] == [2, 1, 1]
    for server in servers:
        server.close()
