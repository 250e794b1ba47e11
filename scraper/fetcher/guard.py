"""The guarded connection: which addresses may be reached, and a deadline that no server can outlast.

Both are held where the socket is made, below httpx: the address that is judged is the very one that is connected to, so
a name that resolves differently a moment later gains nothing, and a redirect passes the same door.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import httpcore

from scraper.errors import ConfigError, Refused
from scraper.fetcher.apart import SLICE, Stopped, apart
from scraper.fetcher.model import Exchange

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
"""Host and port to the numeric addresses of the host, best first. It may take as long as it likes."""

PORTS = frozenset((80, 443, 8080, 8443))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_UNKNOWN = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}


class NameUnknown(httpcore.ConnectError):
    """The host has no address, and asking again will not give it one."""


class NotPermitted(Refused):
    """An address that may not be reached. `fault` says why; the message adds what lets it be reached, which is advice
    for whoever asked for just this address, and for nobody who was sent there.
    """

    def __init__(self, fault: str, host: str, port: int) -> None:
        name = f"[{host}]" if ":" in host else host
        super().__init__(f"{fault}; --allow-host {name}:{port} lets it be reached")
        self.fault = fault


def fault_of(refusal: Refused) -> str:
    """Why something is refused, without advice."""
    return refusal.fault if isinstance(refusal, NotPermitted) else str(refusal)


class CertificateError(httpcore.ConnectError):
    """The certificate is not good for this host."""


def embedded(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4), else the address itself.

    >>> embedded(ipaddress.ip_address("::ffff:127.0.0.1"))
    IPv4Address('127.0.0.1')
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return inner
        if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(text: str) -> bool:
    """True for an address of the public Internet that one host alone answers on.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("224.0.0.1")
    (True, False, False, False)
    """
    try:
        address = embedded(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def parse_allowed(entries: Iterable[str]) -> frozenset[tuple[str, int]]:
    """``HOST:PORT`` entries as pairs. Raises `ConfigError` for what is none.

    >>> sorted(parse_allowed(["localhost:8000", "[::1]:80"]))
    [('::1', 80), ('localhost', 8000)]
    """
    pairs = set()
    for entry in entries:
        host, _, port = entry.strip().lower().rpartition(":")
        bracketed = host.startswith("[") and host.endswith("]")
        host = host[1:-1] if bracketed else host
        if (
            not host
            or bracketed != (":" in host)
            or not (port.isascii() and port.isdigit())
            or not 0 < int(port) < 65536
        ):
            raise ConfigError(f"allow_hosts: {entry!r} is not HOST:PORT, such as 127.0.0.1:8000 or [::1]:8000")
        pairs.add((host, int(port)))
    return frozenset(pairs)


def resolve(host: str, port: int) -> list[str]:
    """The system's resolver. Raises `NameUnknown` or `httpcore.ConnectError` (try again)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        kind = NameUnknown if error.errno in _UNKNOWN else httpcore.ConnectError
        raise kind(f"its name cannot be resolved: {error.strerror}") from error
    except (OSError, UnicodeError) as error:
        raise NameUnknown(f"its name cannot be resolved: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard(httpcore.NetworkBackend):
    """Makes connections for httpcore, to permitted addresses only.

    A thread that sends a request says so with `begin` and `end`; connections, reads and writes between them keep to the
    deadline of the exchange, and to its stop event: before the request has left at once, then with a grace. Raises
    `Refused` where no address of a host is permitted.
    """

    def __init__(self, allow_hosts: Iterable[str] = (), *, resolve: Resolve = resolve) -> None:
        self._allowed = parse_allowed(allow_hosts)
        self._proxies: set[tuple[str, int]] = set()
        self._resolve = resolve
        self._inner = httpcore.SyncBackend()
        self._local = threading.local()

    def is_allowed(self, host: str, port: int) -> bool:
        """True for a host and port that the configuration names, which then may be anywhere."""
        return (host.lower(), port) in self._allowed

    def add_proxy(self, host: str, port: int) -> None:
        """Lets connections be made to a proxy, wherever it is. It does not let the proxy itself be fetched from."""
        self._proxies.add((host.lower(), port))

    def check(self, host: str, port: int) -> None:
        """Raises `Refused` for what can be told without the network: a literal that is not public, an unusual port."""
        if self.is_allowed(host, port):
            return
        try:
            literal = str(ipaddress.ip_address(host))
        except ValueError:
            literal = None
        if literal and not is_public(literal):
            raise NotPermitted(f"{host} is not a public address", host, port)
        if port not in PORTS:
            raise NotPermitted(f"{host}:{port}: port {port} is not one that web pages are fetched from", host, port)

    def begin(self, exchange: Exchange) -> None:
        """This thread sends a request from now on: what it does on the network belongs to `exchange`."""
        self._local.exchange = exchange

    def end(self) -> None:
        self._local.exchange = None

    @property
    def current(self) -> Exchange | None:
        """The exchange of this thread, if one is under way."""
        exchange: Exchange | None = getattr(self._local, "exchange", None)
        return exchange

    def limit(self, timeout: float | None) -> float:
        """Seconds that one operation may take. Raises `httpcore.ReadTimeout` when the deadline is past."""
        exchange = self.current
        left = exchange.left() if exchange else float("inf")
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline is past")
        return max(min(left if timeout is None else timeout, left), 0.001)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        if exchange := self.current:
            exchange.connected = True
        anywhere = self.is_allowed(host, port) or (host.lower(), port) in self._proxies
        if not anywhere:
            self.check(host, port)
        found = self._look_up(host, port, timeout)
        usable = found if anywhere else [address for address in found if is_public(address)]
        if found and not usable:
            where = host if host == found[0] else f"{host} ({found[0]})"
            raise NotPermitted(f"{where} is not a public address", host, port)
        error: httpcore.ConnectError | httpcore.ConnectTimeout = NameUnknown("its name has no address")
        for nth, address in enumerate(usable):
            share = self.limit(timeout) / (len(usable) - nth)
            connect = partial(self._inner.connect_tcp, address, port, share, local_address, socket_options)
            try:
                stream = self.apart(connect, share, "no connection was made")
            except Stopped:
                raise
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
                continue
            return GuardedStream(stream, self, address)
        raise error

    def apart(self, work: Callable[[], httpcore.NetworkStream], seconds: float, late: str) -> httpcore.NetworkStream:
        """The connection that `work` makes, unless it takes too long or the stop event is set."""
        return apart(work, seconds, late=late, is_stopped=self._is_stopped, drop=lambda stream: stream.close())

    def _look_up(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            limit = self.limit(timeout)
        look_up = partial(self._resolve, host, port)
        return apart(look_up, limit, late="its name was not resolved", is_stopped=self._is_stopped)

    def _is_stopped(self) -> bool:
        exchange = self.current
        return exchange is not None and exchange.is_stopped


class GuardedStream(httpcore.NetworkStream):
    """A connection that keeps to the deadline of the exchange under way, however slowly bytes come."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard, peer: str | None = None) -> None:
        self._stream = stream
        self._guard = guard
        self._peer = peer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        patience = time.monotonic() + self._guard.limit(timeout)
        while True:
            limit = min(self._guard.limit(timeout), patience - time.monotonic(), SLICE)
            if limit <= 0:
                raise httpcore.ReadTimeout("nothing was sent in time")
            try:
                data = self._stream.read(max_bytes, limit)
            except httpcore.ReadTimeout:
                continue
            if exchange := self._guard.current:
                exchange.received += len(data)
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.limit(timeout))
        if buffer and (exchange := self._guard.current):
            exchange.sent()
            exchange.peer = self._peer

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = self._guard.limit(timeout)
        secure = partial(self._stream.start_tls, ssl_context, server_hostname, limit)
        try:
            secured = self._guard.apart(secure, limit, "the TLS handshake was not done")
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise CertificateError(f"its certificate is not valid: {error.__cause__.verify_message}") from error
            raise
        return GuardedStream(secured, self._guard, self._peer)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
