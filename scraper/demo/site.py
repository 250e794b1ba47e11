"""The station as a function: a path and the request's headers go in, an answer comes out."""

from __future__ import annotations

import gzip
import hashlib
import threading
import tomllib
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

HTML = "text/html; charset=utf-8"
_LAST_MODIFIED = "Wed, 03 Dec 2025 18:10:00 GMT"
_WORTH_PACKING = 1400  # bytes: what fits into one packet gains nothing


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def fixtures() -> Path:
    """The folder of ``station`` and ``pages``: inside the package where that is installed, else the checkout's."""
    packed = Path(__file__).with_name("fixtures")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "fixtures"


class Site:
    """The demo station, served at `address` (http://127.0.0.1:8017). Thread-safe.

    Each page's own public address is written as `address` in it. `requests` counts what was asked for, by path.
    """

    def __init__(self, address: str, folder: Path | None = None) -> None:
        self.address = address
        self.requests: Counter[str] = Counter()
        self._folder = folder or fixtures()
        self._lock = threading.Lock()
        table = tomllib.loads((self._folder / "station" / "site.toml").read_text("utf-8"))
        self.name: str = table["name"]
        self._base: str = table["base"]
        self._files: dict[str, list[str]] = table["files"]
        self.busy: dict[str, int] = table["busy"]
        """Path -> seconds of the Retry-After that its first request is answered with."""
        self._gone: list[str] = table["gone"]["paths"]
        self._moved: dict[str, str] = table["moved"]
        self.pages: dict[str, tuple[str, str]] = {
            path: (file, base) for base, paths in table["pages"].items() for path, file in paths.items()
        }
        """Path -> (file under ``pages``, the address that the file has for its site)."""

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """The answer to a GET of `target` (path and query). `headers` has lower-case names."""
        path = unquote(urlsplit(target).path)
        with self._lock:
            self.requests[path] += 1
            first = self.requests[path] == 1
        if path in self.busy and first:
            wait = str(self.busy[path])
            return _plain(503, "The transmitter is being swapped. Back in a second.", {"retry-after": wait})
        if path in self._gone:
            return _plain(410, "This story is no longer here.")
        if path in self._moved:
            return _plain(301, "It has moved.", {"location": self.address + self._moved[path]})
        if path in self._files:
            name, kind = self._files[path]
            return self._file(self._folder / "station" / name, self._base, kind, headers)
        if path in self.pages:
            name, base = self.pages[path]
            return self._file(self._folder / "pages" / name, base, HTML, headers)
        return _plain(404, "There is no such page.")

    def rewritten(self, data: bytes, base: str) -> bytes:
        """`data` with the address `base`, with either scheme and as JSON may escape it, replaced by our own."""
        host = base.partition("://")[2].encode()
        ours = self.address.encode()
        for scheme in (b"https", b"http"):
            data = data.replace(scheme + b"://" + host, ours)
            data = data.replace(scheme + b":\\/\\/" + host, ours.replace(b"/", b"\\/"))
        return data

    def _file(self, file: Path, base: str, kind: str, asked: Mapping[str, str]) -> Answer:
        body = file.read_bytes()
        if not kind.startswith("application/pdf"):
            body = self.rewritten(body, base)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"etag": etag, "last-modified": _LAST_MODIFIED, "vary": "Accept-Encoding"}
        if asked.get("if-none-match") == etag:
            return Answer(304, headers, b"")
        headers["content-type"] = kind
        if "gzip" in asked.get("accept-encoding", "") and len(body) > _WORTH_PACKING:
            headers["content-encoding"] = "gzip"
            body = gzip.compress(body, 1)
        return Answer(200, headers, body)


def _plain(status: int, words: str, more: dict[str, Any] | None = None) -> Answer:
    title = f"{status} {HTTPStatus(status).phrase}"
    body = f"<!DOCTYPE html><title>{title}</title><h1>{title}</h1><p>{words}</p>\n".encode()
    return Answer(status, {"content-type": HTML, **(more or {})}, body)
