"""One process that is all stations: a socket for each address, raw HTTP/1.1, and a note of when requests came.

The kernel stamps what arrives where it can (Linux), so that the times are the network's and not those of a busy
server. ``/-/reset`` forgets what was counted (``?edition=2`` makes all stories new), ``/-/stats?delay=0.05`` tells it.

    python benchmarks/crawling/server.py STATIONS STORIES PORT
"""

from __future__ import annotations

import json
import selectors
import socket
import struct
import sys
import time
from collections import Counter, defaultdict
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from stations import Served, Stations, address

_STAMPED = getattr(socket, "SO_TIMESTAMPNS", 35)  # Linux, 64 bits
_LAST_MODIFIED = "Wed, 03 Dec 2025 18:10:00 GMT"
_ENOUGH = 65536


class _Connection:
    """One client's connection to one station."""

    def __init__(self, sock: socket.socket, station: int) -> None:
        self.sock = sock
        self.station = station
        self.read = b""
        self.unsent = memoryview(b"")


class Server:
    def __init__(self, stations: Stations) -> None:
        self._site = stations
        self._selector = selectors.DefaultSelector()
        self._reset()
        for number in range(stations.stations):
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if sys.platform == "linux":
                listener.setsockopt(socket.SOL_SOCKET, _STAMPED, 1)
            listener.bind((address(number), stations.port))
            listener.listen(128)
            listener.setblocking(False)
            self._selector.register(listener, selectors.EVENT_READ, number)

    def _reset(self) -> None:
        self._times: defaultdict[int, list[float]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._bytes = 0
        self._cpu = time.process_time()

    def serve(self) -> None:
        while True:
            for key, mask in self._selector.select():
                if isinstance(key.data, int):
                    self._accept(key.fileobj, key.data)
                    continue
                try:
                    (self._receive if mask & selectors.EVENT_READ else self._send)(key.data)
                except OSError:
                    self._close(key.data)

    def _accept(self, listener: socket.socket, station: int) -> None:
        sock, _ = listener.accept()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(sock, selectors.EVENT_READ, _Connection(sock, station))

    def _close(self, connection: _Connection) -> None:
        self._selector.unregister(connection.sock)
        connection.sock.close()

    def _receive(self, connection: _Connection) -> None:
        data, notes, _, _ = connection.sock.recvmsg(_ENOUGH, 128)
        if not data:
            self._close(connection)
            return
        connection.read += data
        if connection.read.endswith(b"\r\n\r\n"):
            head, connection.read = connection.read, b""
            connection.unsent = memoryview(self._answer(connection.station, head, _arrival(notes)))
            self._send(connection)

    def _send(self, connection: _Connection) -> None:
        try:
            sent = connection.sock.send(connection.unsent)
        except BlockingIOError:
            sent = 0
        connection.unsent = connection.unsent[sent:]
        events = selectors.EVENT_WRITE if connection.unsent else selectors.EVENT_READ
        if self._selector.get_key(connection.sock).events != events:
            self._selector.modify(connection.sock, events, connection)

    def _answer(self, station: int, head: bytes, arrived: float) -> bytes:
        line, *fields = head[:-4].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
        target = line.split(" ")[1]
        if target.startswith("/-/"):
            return self._control(target)
        self._times[station].append(arrived)
        served = self._site.answer(station, target)
        answer = _response(served, headers)
        self._counts[answer[9:12].decode()] += 1
        self._counts[_kind(target)] += 1
        self._bytes += len(answer)
        return answer

    def _control(self, target: str) -> bytes:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        if target.startswith("/-/reset"):
            self._site.edition = int(asked.get("edition", self._site.edition))
            self._reset()
        body = json.dumps(self._stats(float(asked.get("delay", 0)))).encode()
        return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body

    def _stats(self, delay: float) -> dict[str, object]:
        gaps = sorted(later - earlier for times in self._times.values() for earlier, later in pairwise(sorted(times)))
        return {
            "requests": sum(map(len, self._times.values())),
            "stations": len(self._times),
            "counts": dict(self._counts),
            "bytes": self._bytes,
            "cpu": time.process_time() - self._cpu,
            "spacing": {
                "min": gaps[0] if gaps else None,
                "p1": gaps[len(gaps) // 100] if gaps else None,
                "median": gaps[len(gaps) // 2] if gaps else None,
                "closer_than_delay": sum(gap < delay for gap in gaps),
            },
        }


def _arrival(notes: list[tuple[int, int, bytes]]) -> float:
    for _, kind, data in notes:
        if kind == _STAMPED and len(data) >= 16:
            seconds, nanoseconds = struct.unpack_from("qq", data)
            return seconds + nanoseconds / 1e9
    return time.time()


def _response(served: Served | None, headers: dict[str, str]) -> bytes:
    if served is None:
        return b"HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\ncontent-length: 0\r\n\r\n"
    head = f"etag: {served.etag}\r\nlast-modified: {_LAST_MODIFIED}\r\nvary: Accept-Encoding\r\n"
    if headers.get("if-none-match") == served.etag:
        return f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode()
    parts = served.parts
    if "gzip" in headers.get("accept-encoding", ""):
        head, parts = head + "content-encoding: gzip\r\n", served.packed
    length = sum(map(len, parts))
    start = f"HTTP/1.1 200 OK\r\ncontent-type: {served.kind}\r\n{head}content-length: {length}\r\n\r\n"
    return b"".join((start.encode(), *parts))


def _kind(target: str) -> str:
    return {"/robots.txt": "robots", "/index.rss": "feed", "/news-sitemap.xml": "sitemap"}.get(target, "story")


if __name__ == "__main__":
    server = Server(Stations(*map(int, sys.argv[1:4])))
    print("ready", flush=True)
    server.serve()
