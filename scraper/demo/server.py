"""A real HTTP server for the demo station, on loopback, in threads of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from scraper.demo.site import Site
from scraper.errors import Unavailable

LOOPBACK = "127.0.0.1"
PORT = 8017
"""Tried first, so that the stories of one demo have the addresses of the next."""


class Served(NamedTuple):
    """A station that answers: `address` is http://127.0.0.1:8017, `host` the same without scheme."""

    site: Site
    address: str
    host: str


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is nothing to tell of."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "WRVL"
    sys_version = ""
    wbufsize = -1  # head and body in one packet
    disable_nagle_algorithm = True
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        answer = self.server.site.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """The run tells what happens."""


@contextmanager
def serve(port: int | None = None) -> Iterator[Served]:
    """The demo station, served while the block runs.

    `port` null takes `PORT`, or any free one where that is taken; 0 any free one. Raises `Unavailable` when a port that
    was asked for is taken.
    """
    server = _bound(port)
    host = f"{LOOPBACK}:{server.server_address[1]}"
    server.site = Site(f"http://{host}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Served(server.site, f"http://{host}", host)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _bound(port: int | None) -> _Server:
    try:
        return _Server((LOOPBACK, PORT if port is None else port), _Handler)
    except OSError as error:
        if port is not None:
            raise Unavailable(f"{LOOPBACK}:{port} cannot be served: {error.strerror or error}") from error
        return _Server((LOOPBACK, 0), _Handler)
