"""A peer's process from outside: asked page by page, restarted where a page ended it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from .corpus import ROOT
from .peers import HERE, Peer


class PageLost(Exception):
    """A page gave no answer: the peer crashed on it, or took too long. Says which in a line."""


class Process:
    """A running peer. `versions` of the packages it shows; `peak_mb` is its highest resident memory so far."""

    def __init__(self, peer: Peer, python: Path, *, timeout: float = 60.0) -> None:
        self.peer = peer
        self.peak_mb = 0.0
        self.versions: dict[str, str | None] = {}
        self._python = python
        self._timeout = timeout
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (kept as long as the process)
        self._buffer = b""
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, path: Path, url: str | None) -> dict[str, Any]:
        """The answer to a page. Raises `PageLost`; the next page is asked of a new process then."""
        self._send({"path": str(path), "url": url})
        answer = self._answer(self._timeout)
        self.peak_mb = max(self.peak_mb, answer["peak_mb"])
        return answer

    def time(self, pages: list[tuple[str, str | None]]) -> list[float]:
        """CPU time (ms) of each page, read one after another. Raises `PageLost` where any of them gives no answer."""
        self._send({"time": pages})
        answer = self._answer(self._timeout * max(1, len(pages)) / 4)
        self.peak_mb = max(self.peak_mb, answer["peak_mb"])
        times: list[float] = answer["ms"]
        return times

    def batch(self, pages: list[tuple[str, str | None]], repeat: int, timeout: float = 3600.0) -> dict[str, Any]:
        """Read all the pages so many times: pages, wall and CPU seconds, memory. Raises `PageLost`."""
        self.begin_batch(pages, repeat)
        return self.end_batch(timeout)

    def begin_batch(self, pages: list[tuple[str, str | None]], repeat: int) -> None:
        self._send({"batch": pages, "repeat": repeat})

    def end_batch(self, timeout: float = 3600.0) -> dict[str, Any]:
        return self._answer(timeout)

    def start(self) -> None:
        """Start the process and wait until its imports are done. Raises `PageLost` where it does not start."""
        environ = {**os.environ, "PYTHONPATH": str(ROOT) if self.peer.own else "", "PYTHONWARNINGS": "ignore"}
        self._errors.seek(0)
        self._errors.truncate()
        self._buffer = b""
        self._process = subprocess.Popen(
            [self._python, "-P", HERE / "runner.py", self.peer.reader, self.peer.mode, self.peer.shows],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environ,
        )
        self.versions = self._answer(120.0)["versions"]

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        self._errors.close()

    # ------------------------------------------------------------------ the pipe
    def _send(self, request: dict[str, Any]) -> None:
        if self._process is None:
            self.start()
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()

    def _answer(self, timeout: float) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        pipe, end = self._process.stdout.fileno(), time.monotonic() + timeout
        while b"\n" not in self._buffer:
            if not select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
                self._stop()
                raise PageLost(f"no answer in {timeout:g} s")
            piece = os.read(pipe, 1 << 20)
            if not piece:
                self._stop()
                raise PageLost(self._last_error())
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()
        self._process = None

    def _last_error(self) -> str:
        self._errors.seek(0)
        told = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return told[-1][:200] if told else "ended without a word"
