"""A server on a raw socket that does exactly what a test tells it, right or wrong."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Act = Callable[[socket.socket], object]
"""Writes an answer to a connection. The connection is kept open afterwards if it returns True."""

STORY = (
    b"<!doctype html><html><head><title>Rain</title></head><body><p>It rained all day in the valley.</p></body></html>"
)


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    at: float
    connection: int


@dataclass
class Server:
    """`routes` says how each path is answered: bytes as they are, an `Act`, or a list of these, one a request, the last
    of which stays. What has no route is a 404. `requests` is what came in.
    """

    routes: dict[str, bytes | Act | list[bytes | Act]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    closing: threading.Event = field(default_factory=threading.Event)
    connections: int = 0

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}{path}"

    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def close(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        connection.settimeout(10)
        with contextlib.suppress(OSError), contextlib.closing(self._secure(connection)) as secured:
            while request := self._read(secured, number):
                with self._lock:
                    self.requests.append(request)
                    act = self._route(request.path.partition("?")[0])
                if isinstance(act, bytes):
                    secured.sendall(act)
                    if b"connection: close" in act.lower():
                        return
                elif act(secured) is not True:
                    return

    def _secure(self, connection: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(connection, server_side=True) if self.tls else connection

    def _route(self, path: str) -> bytes | Act:
        route = self.routes.get(path, NOT_FOUND)
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        return route

    def _read(self, connection: socket.socket, number: int) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return None
            data += piece
        first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return Request(first.split(" ")[1], headers, time.monotonic(), number)


def answer(body: bytes = STORY, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """A right answer: status line, length, type (unless given) and body."""
    fields = {"Content-Type": "text/html", "Content-Length": str(len(body)), **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode("latin-1") + body


NOT_FOUND = answer(b"not here", 404)


def raw(text: str, body: bytes = b"") -> bytes:
    """An answer whose head is given line by line, to be closed after it."""
    return "\r\n".join([*text.strip().splitlines(), "Connection: close", "", ""]).encode("latin-1") + body


def drip(data: bytes, *, after: bytes = b"", pause: float = 0.05) -> Act:
    """Sends `after` at once, then `data` byte by byte."""

    def act(connection: socket.socket) -> None:
        connection.sendall(after)
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return act


def endless(piece: bytes, *, after: bytes = b"") -> Act:
    """Sends `after`, then `piece` again and again until the other side has had enough."""

    def act(connection: socket.socket) -> None:
        connection.sendall(after)
        while True:
            connection.sendall(piece)

    return act


def silent(connection: socket.socket) -> None:
    """Says nothing until the other side goes away."""
    connection.recv(1)


def hang_up(connection: socket.socket) -> None:
    """Closes without a word."""


def reset(after: bytes = b"") -> Act:
    """Sends `after`, then resets the connection."""

    def act(connection: socket.socket) -> None:
        connection.sendall(after)
        time.sleep(0.02)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return act


def close_after(data: bytes) -> Act:
    """Sends `data` and closes, as a server without keep-alive does."""

    def act(connection: socket.socket) -> None:
        connection.sendall(data)

    return act


def redirect(location: str, status: int = 302) -> bytes:
    return answer(b"", status, {"Location": location})


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end
