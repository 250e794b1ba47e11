"""A server that hears pings, as healthchecks.io does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Heard(NamedTuple):
    method: str
    path: str
    body: str
    headers: dict[str, str]


class Watchman:
    """`pings` is what was heard; `statuses` are answered in turn, then 200."""

    def __init__(self) -> None:
        self.pings: list[Heard] = []
        self.statuses: list[int] = []
        self.host = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}/check-1"


@contextmanager
def watchman() -> Iterator[Watchman]:
    heard = Watchman()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            heard.pings.append(Heard(self.command, self.path, body, headers))
            self.send_response(heard.statuses.pop(0) if heard.statuses else 200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.host = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
