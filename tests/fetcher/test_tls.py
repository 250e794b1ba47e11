"""https, with a certificate authority of the test's own."""

from __future__ import annotations

import ssl
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import trustme

from scraper.errors import ConfigError, Refused, TryLater, Unavailable

h = sys.modules["hostile_server"]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def serving(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[object]:
    server = h.Server({"/page": h.answer()}, tls=serving(authority, "127.0.0.1"))
    yield server
    server.close()


def settings(*servers) -> dict[str, object]:
    return {"allow_hosts": tuple(server.host for server in servers), "deadline": 5.0, "timeout": 5.0, "attempts": 3}


def test_given_a_certificate_that_is_trusted_when_fetched_then_the_page_is_had(secure, make, trusting) -> None:
    page = make(settings=settings(secure), tls=trusting).fetch(secure.url("/page"))
    assert page.body == h.STORY
    assert secure.connections == 1


def test_given_a_certificate_of_nobody_when_fetched_then_it_is_unavailable_at_once(secure, make, log) -> None:
    with pytest.raises(Unavailable, match=r"certificate is not valid: .*unable to get local issuer"):
        make(settings=settings(secure)).fetch(secure.url("/page"))
    assert secure.requests == []
    assert log.of("retry") == []


def test_given_a_certificate_of_another_host_when_fetched_then_it_is_unavailable(authority, make, trusting) -> None:
    server = h.Server({}, tls=serving(authority, "other.example"))
    with pytest.raises(Unavailable, match=r"certificate is not valid: .*IP address mismatch"):
        make(settings=settings(server), tls=trusting).fetch(server.url("/page"))
    server.close()


def test_given_a_context_that_does_not_verify_when_made_then_it_is_a_config_error(make, trusting) -> None:
    trusting.check_hostname = False
    with pytest.raises(ConfigError, match="must verify"):
        make(tls=trusting)


def test_given_a_server_without_tls_when_fetched_by_https_then_it_is_unavailable(server, make, trusting) -> None:
    server.routes["/page"] = h.answer()
    with pytest.raises(Unavailable, match="no connection"):
        make(tls=trusting).fetch(f"https://{server.host}/page")


def test_given_a_handshake_that_hangs_when_fetched_then_the_deadline_holds(make, trusting) -> None:
    listener = h.socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(Unavailable, match="in time"):
        make(settings={"allow_hosts": (host,)}, tls=trusting).fetch(f"https://{host}/page")
    listener.close()


def test_given_a_stop_event_when_a_handshake_hangs_then_nobody_waits_for_it(make, trusting) -> None:
    stop = threading.Event()
    listener = h.socket.create_server(("127.0.0.1", 0))
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    patient = {"allow_hosts": (host,), "timeout": 60.0, "deadline": 60.0, "budget": 60.0}
    peers = []
    threading.Thread(target=lambda: (peers.append(listener.accept()), stop.set()), daemon=True).start()
    started = time.perf_counter()
    with pytest.raises(TryLater, match="stopped"):
        make(settings=patient, tls=trusting, stop=stop).fetch(f"https://{host}/page")
    assert time.perf_counter() - started < 4.5  # at once, without the grace of a request that has left
    peers[0][0].close()
    listener.close()


def test_given_a_body_that_drips_through_tls_when_fetched_then_the_deadline_holds(secure, make, trusting) -> None:
    secure.routes["/page"] = h.drip(b"x" * 1000, after=b"HTTP/1.1 200 OK\r\n\r\n")
    fetcher = make(settings={"allow_hosts": (secure.host,), "timeout": 5.0, "deadline": 0.8}, tls=trusting)
    with pytest.raises(Unavailable, match="deadline"):
        fetcher.fetch(secure.url("/page"))


def test_given_https_that_redirects_to_http_when_fetched_then_it_is_refused(secure, server, make, trusting) -> None:
    server.routes["/page"] = h.answer()
    secure.routes["/page"] = h.redirect(server.url("/page"))
    with pytest.raises(Refused, match="gives up encryption"):
        make(settings=settings(secure, server), tls=trusting).fetch(secure.url("/page"))
    assert server.requests == []


def test_given_http_that_redirects_to_https_when_fetched_then_it_is_followed(secure, server, make, trusting) -> None:
    server.routes["/page"] = h.redirect(secure.url("/page"), 301)
    page = make(settings=settings(secure, server), tls=trusting).fetch(server.url("/page"))
    assert (page.final_url, page.redirects) == (secure.url("/page"), ())
