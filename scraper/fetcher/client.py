"""HTTP itself. The only module of the project that imports httpx.

One transport a host over a pool of its own, all on one TLS context; no cookies, no environment, no redirects followed,
no body decoded: what httpx would do by itself is done in the open by the modules around this one. Only what httpx 0.28
and its continuation httpx2 share is used.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpcore
import httpx

from scraper.errors import ConfigError, Refused
from scraper.fetcher.body import ShortBody
from scraper.fetcher.guard import Guard
from scraper.fetcher.model import Exchange
from scraper.fetcher.network_errors import NETWORK_ERRORS, told, trouble_in
from scraper.fetcher.proxy import Proxy, proxy_for

KEPT_CLIENTS = 256
KEEP_ALIVE = 30.0
LONGEST_CONNECT = 10.0
"""Seconds that a connection may take to be made, whatever the timeout."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_NAME = re.compile(r"[a-z0-9._-]+")
_NUMBERS = re.compile(r"(?:[a-z]+:)?//(?:[^/?#@]*@)?[0-9]+(?:\.[0-9]+){3}\.?(?=[:/?#]|$)", re.I)
_LONGEST = 8192  # characters of an address


@dataclass(frozen=True, slots=True)
class Target:
    """An address as it will be requested: `url` in httpx's spelling, without fragment; `host` in ASCII."""

    url: str
    scheme: str
    host: str
    port: int
    parsed: httpx.URL = field(compare=False, repr=False)

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def place(self) -> str:
        """The host as politeness counts it: without "www.", with an unusual port."""
        return self.netloc.removeprefix("www.")


class BadAddress(Refused):
    """What was given cannot be read as an address."""


def target(url: str, *, base: Target | None = None) -> Target:
    """The address to request, resolved against `base` where it is relative. Raises `Refused` for one that is not
    fetched, and `BadAddress` for what is none.
    """
    shown = url if len(url) <= 200 else url[:199] + "…"
    if len(url) > _LONGEST:
        raise BadAddress(f"{shown} has more than {_LONGEST} characters")
    try:
        parsed = httpx.URL(url.strip())
        if base is not None:
            parsed = httpx.URL(base.url).join(parsed)
        host = parsed.raw_host.decode("ascii").lower().rstrip(".")
        port = parsed.port
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        if _NUMBERS.match(url.strip()):  # other programs read 0177.0.0.1 as 127.0.0.1
            raise Refused(f"{shown} is not fetched: its host is a number, and not in the spelling of one") from error
        raise BadAddress(f"{shown} is not an address: {error}") from error
    if parsed.scheme not in _DEFAULT_PORTS:
        raise Refused(f"{shown} is not fetched: only http and https addresses are")
    if not host or not (":" in host or _HOST_NAME.fullmatch(host)):
        raise BadAddress(f"{shown} names no host")
    if parsed.userinfo:
        raise Refused(f"{parsed.host}: an address with a user name or password in it is not fetched")
    if port is None:
        port = _DEFAULT_PORTS[parsed.scheme]
    if parsed.fragment:
        parsed = parsed.copy_with(fragment=None)
    return Target(str(parsed), parsed.scheme, host, port, parsed)


@dataclass(frozen=True, slots=True)
class Head:
    """Status line and headers. Values are decoded as Latin-1, so that they can be sent back byte for byte; headers that
    stand several times are joined by commas.
    """

    status: int
    headers: Mapping[str, str]
    latency: float

    def get(self, name: str) -> str | None:
        return self.headers.get(name)

    @property
    def length(self) -> int | None:
        text = self.headers.get("content-length", "")
        return int(text) if text.isascii() and text.isdigit() else None


class Clients:
    """A client for each host, made when first needed; the least recently used idle ones are closed."""

    def __init__(
        self, guard: Guard, *, tls: ssl.SSLContext | None = None, trust_env: bool = False, per_host: int = 1
    ) -> None:
        if tls is not None and (tls.verify_mode != ssl.CERT_REQUIRED or not tls.check_hostname):
            raise ConfigError("the TLS context must verify certificates and host names")
        self._guard = guard
        self._tls = tls
        self._trust_env = trust_env
        self._per_host = per_host
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, _Client] = OrderedDict()

    def check(self, address: Target) -> None:
        """Raises `Refused` where the address alone tells that it is not to be requested, also through a proxy."""
        self._guard.check(address.host, address.port)

    @contextmanager
    def request(
        self,
        address: Target,
        headers: Mapping[str, str],
        exchange: Exchange,
        *,
        timeout: float,
        body: bytes | None = None,
    ) -> Iterator[tuple[Head, Iterator[bytes]]]:
        """Sends one GET, or a POST of `body`; gives the head and the answer's raw chunks. Raises `Trouble`, and
        `ShortBody` from the chunks.

        `timeout` is for each single operation; `exchange` bounds them all together.
        """
        client = self._borrow(address)
        self._guard.begin(exchange)
        response = None
        try:
            response = client.http.handle_request(_request(address, headers, timeout, body))
            exchange.answered = True
            sent = exchange.sent_at or exchange.started
            answered = _plain(response.extensions["headers"])
            yield Head(response.status_code, answered, exchange.now() - sent), _chunks(response)
        except NETWORK_ERRORS as error:
            raise trouble_in(error, exchange) from error
        finally:
            try:
                if response is not None:
                    response.close()
            finally:
                self._guard.end()
                self._give_back(client)

    def close(self) -> None:
        with self._lock:
            clients, self._clients = self._clients, OrderedDict()
        for client in clients.values():
            client.http.close()

    def _borrow(self, address: Target) -> _Client:
        name = address.origin
        with self._lock:
            client = self._clients.get(name)
            if client is None:
                client = self._clients[name] = _Client(self._make(address))
            self._clients.move_to_end(name)
            client.users += 1
            idle = self._surplus()
        for old in idle:
            old.http.close()
        return client

    def _give_back(self, client: _Client) -> None:
        with self._lock:
            client.users -= 1

    def _surplus(self) -> list[_Client]:
        surplus = len(self._clients) - KEPT_CLIENTS
        if surplus <= 0:
            return []
        names = [name for name, client in self._clients.items() if not client.users][:surplus]
        return [self._clients.pop(name) for name in names]

    def _make(self, address: Target) -> _Transport:
        proxy = proxy_for(address.scheme, address.netloc) if self._trust_env else None
        return _Transport(self._pool(address, proxy))

    def _pool(self, address: Target, proxy: Proxy | None) -> httpcore.ConnectionPool:
        if self._tls is None and "https" in (address.scheme, proxy and proxy.scheme):
            self._tls = httpx.create_ssl_context(trust_env=self._trust_env)
        if proxy is None:
            return httpcore.ConnectionPool(
                ssl_context=self._tls,
                max_connections=self._per_host,
                max_keepalive_connections=1,
                keepalive_expiry=KEEP_ALIVE,
                network_backend=self._guard,
            )
        self._guard.add_proxy(proxy.host, proxy.port)
        return httpcore.HTTPProxy(
            proxy.url,
            proxy_auth=proxy.auth,
            ssl_context=self._tls,
            proxy_ssl_context=self._tls if proxy.scheme == "https" else None,
            max_connections=self._per_host,
            max_keepalive_connections=1,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=self._guard,
        )


@dataclass(slots=True)
class _Client:
    http: _Transport
    users: int = 0


class _Transport(httpx.BaseTransport):
    """httpx over a pool with our own network backend, by the public interfaces of both.

    It is asked directly, for what `httpx.Client` adds (redirects, cookies, authentication, settings of its own merged
    into each request, a line of log) is what we do otherwise or not at all, and would cost a fifth of a request. The
    answer's headers stay as they came, in an extension.
    """

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.content,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, stream=_Stream(answer), extensions={"headers": answer.headers})

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _plain(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        between = "\n" if key == "x-robots-tag" else ", "  # each of these lines may be for another crawler
        headers[key] = f"{headers[key]}{between}{text}" if key in headers else text
    return headers


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    """The body as it comes. A connection that breaks within it is a short body, not a failed request."""
    try:
        yield from response.iter_raw()
    except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
        raise ShortBody(f"the connection broke within the body: {told(error)}") from error


def _request(address: Target, headers: Mapping[str, str], timeout: float, body: bytes | None) -> httpx.Request:
    """The request as it goes out."""
    connect = min(timeout, LONGEST_CONNECT)
    return httpx.Request(
        "GET" if body is None else "POST",
        address.parsed,
        content=body,
        headers=[
            (b"host", address.parsed.netloc),
            *((name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()),
        ],
        extensions={"timeout": {"connect": connect, "read": timeout, "write": timeout, "pool": timeout}},
    )
