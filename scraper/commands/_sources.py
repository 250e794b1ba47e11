"""What `scraper extract` is given: a file, standard input or an address, told apart and read within bounds."""

from __future__ import annotations

import errno
import os
import re
import sys
import threading
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from scraper.errors import NotAnArticle, SourceError

if TYPE_CHECKING:
    from scraper.fetcher import Event, Fetcher
    from scraper.page import Page

LARGEST = 16 * 1024 * 1024
"""Bytes of a file that are read at most: more than a fetched page may have (``fetch.max_bytes``), many times what any
story needs, and little enough to be parsed in the memory of a laptop."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.I)  # bpr.org:8000 is a host with a port
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?P<last>[\w-]+)(?::\d+)?(?=[/?#]|$)")
_FILE_ENDINGS = frozenset("htm html xhtml shtml mhtml txt text json jsonl xml csv log gz bz2 xz warc pdf".split())
"""What stands behind a file's last dot and is no top-level domain: such a name alone is a file that is missing."""


class Source(NamedTuple):
    """`name` is as given; `url` is set where it is to be fetched."""

    name: str
    url: str | None = None


def source_of(name: str) -> Source:
    """Tells what a name is: a file that exists is a file; a scheme, or a host with a dot, makes it an address.

    >>> source_of("bpr.org/news"), source_of("./no-such.html")
    (Source(name='bpr.org/news', url='https://bpr.org/news'), Source(name='./no-such.html', url=None))
    """
    return Source(name) if name == "-" or os.path.exists(name) else Source(name, address_in(name))  # noqa: PTH110  (a Path raises for names that no file can have)


def address_in(name: str) -> str | None:
    """The address that a name stands for, https where no scheme is given; None for what can only be a file.

    >>> address_in("http://bpr.org/x"), address_in("bpr.org"), address_in("missing.html"), address_in("../x.org/y")
    ('http://bpr.org/x', 'https://bpr.org', None, None)
    """
    if _SCHEME.match(name):
        return name
    host = _HOST.match(name)
    if host is None or (host.end() == len(name) and host["last"].lower() in _FILE_ENDINGS):
        return None
    return f"https://{name}"


def words_of_stdin() -> list[str]:
    """What standard input names, one a line; empty lines and those that begin with # say nothing.

    Raises `SourceError` for one that is larger than any list of addresses.
    """
    data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
    if len(data) > LARGEST:
        raise SourceError(f"standard input: more than {LARGEST // 2**20} MiB, which no list of names is")
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for "-".

    Raises `SourceError` where it cannot be read, `NotAnArticle` where it is larger than `LARGEST`.
    """
    try:
        if name == "-":
            if sys.stdin is None:
                raise SourceError("standard input is closed")
            return _bounded(sys.stdin.buffer)
        with open(name, "rb") as file:  # noqa: PTH123  (pathlib costs more than the reading)
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise _too_large()
            return _bounded(file)
    except OSError as error:
        raise SourceError(_reason(error)) from error


def _bounded(file: BinaryIO) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _too_large()
    return data


def _too_large() -> NotAnArticle:
    return NotAnArticle("other", f"it is larger than {LARGEST // 1024 // 1024} MiB, which no page is")


def _reason(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return "no such file"
    if error.errno == errno.EISDIR:
        return "it is a directory; name the files in it"
    if error.errno == errno.EACCES:
        return "no permission to read it"
    return f"cannot be read: {error.strerror or error}"


class Loader:
    """Sources to pages, for several threads. `url` is the address of a file; close it when done."""

    def __init__(self, *, url: str | None = None, allow_hosts: tuple[str, ...] = ()) -> None:
        self._url = url
        self._allow_hosts = allow_hosts
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._fetcher: Fetcher | None = None

    def load(self, source: Source) -> Page:
        """Raises `ScraperError`, of every kind but `OutputError`."""
        from scraper.page import Page

        if source.url is None:
            return Page(read_file(source.name), url=self._url)
        return self._client().fetch(source.url)

    def close(self) -> None:
        """Ends waits at once and requests within seconds."""
        self._stop.set()
        if self._fetcher is not None:
            self._fetcher.close()

    def _client(self) -> Fetcher:
        with self._lock:
            if self._fetcher is None:
                from scraper.config import FetchSettings
                from scraper.fetcher import Fetcher

                settings = FetchSettings(allow_hosts=self._allow_hosts)
                self._fetcher = Fetcher(settings, crawl=False, watch=tell_event, stop=self._stop)
            return self._fetcher


def tell_event(event: Event) -> None:
    """A retry is worth a word on a terminal, since it makes people wait; the rest is for -v."""
    from scraper.commands._talk import is_terminal, say

    if event.kind == "retry":
        line = f"{event.url}: {event.detail}; trying again in {event.seconds:.0f} s"
        say(line, level=0 if is_terminal(sys.stderr) else 1)
    else:
        wait = f" {event.seconds:.1f} s" if event.seconds else ""
        status = f" {event.status}" if event.status else ""
        say(f"{event.kind}{status}{wait} {event.url} {event.detail}".rstrip(), level=1)
