"""Inside a peer's own environment: pages in, answers out, a JSON line each. Knows nothing but the standard library.

    python -P runner.py READER MODE

READER is a file of `readers/`: its `reader(mode)` gives two functions, one that reads a page (this one is timed) and
one that puts what it found into the words of an answer. A request `{"path", "url"}` is answered with the answer and its
`seconds` (CPU time); `{"time": [[path, url], …]}` reads them all once, one after another, and tells the `ms` of each;
`{"batch": [[path, url], …], "repeat": n}` reads them all n times and tells `pages`, `wall`
(seconds) and the memory then. An exception ends the process: the benchmark counts the page and starts another.
"""

from __future__ import annotations

import json
import os
import re
import resource
import runpy
import sys
import time
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TextIO

_CHARSET = re.compile(rb"""<meta[^>]{0,200}\bcharset\s*=\s*["']?\s*([\w:-]{2,40})""", re.I)


class Page:
    """A page as a reader gets it: bytes, the address, and text for those that take no bytes (decoded before timing)."""

    def __init__(self, path: str, url: str | None) -> None:
        self.body = Path(path).read_bytes()
        self.url = url
        self.plain = path.endswith(".txt")

    @cached_property
    def html(self) -> str:
        """The text in the character set that the page declares, else in UTF-8, else in Windows-1252."""
        declared = _CHARSET.search(self.body[:4096])
        for name in ([declared[1].decode("ascii", "replace")] if declared else []) + ["utf-8"]:
            try:
                return self.body.decode(name)
            except (LookupError, UnicodeDecodeError):
                continue
        return self.body.decode("cp1252", "replace")


def main() -> None:
    name, mode, *packages = sys.argv[1:]
    out = _own_stdout()
    read, answer = runpy.run_path(str(Path(__file__).parent / "readers" / f"{name}.py"))["reader"](mode)
    _say(out, {"versions": {package: _version(package) for package in packages}})
    pages: dict[str, Page] = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "batch" in request:
            _say(out, _batch(request, read, pages))
            continue
        if "time" in request:
            _say(out, {"ms": [_timed(read, Page(path, url))[1] * 1000 for path, url in request["time"]], **_memory()})
            continue
        found, seconds = _timed(read, Page(request["path"], request["url"]))
        _say(out, {**answer(found), "seconds": seconds, **_memory()})


def _timed(read: Any, page: Page) -> tuple[Any, float]:
    """What was found, and the CPU seconds it took. The page is at hand as bytes and as text before the clock starts."""
    _ = page.html
    start = time.process_time()
    found = read(page)
    return found, time.process_time() - start


def _batch(request: dict[str, Any], read: Any, pages: dict[str, Page]) -> dict[str, Any]:
    kept = [pages.setdefault(path, Page(path, url)) for path, url in request["batch"]]
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(request["repeat"]):
        for page in kept:
            read(page)
    done = len(kept) * request["repeat"]
    return {"pages": done, "wall": time.perf_counter() - start, "cpu": time.process_time() - cpu, **_memory()}


def _own_stdout() -> TextIO:
    """The pipe to the benchmark; what a peer prints goes to stderr instead."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return pipe


def _say(out: TextIO, data: dict[str, Any]) -> None:
    out.write(json.dumps(data) + "\n")
    out.flush()


def _memory() -> dict[str, float]:
    """Resident memory now and at its peak, in MB. Linux keeps the peak of the program that started this one in
    `ru_maxrss`, so the process's own table is asked where there is one."""
    status = Path("/proc/self/status")
    if not status.exists():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        return {"peak_mb": peak, "now_mb": peak}
    told = dict(line.split(":", 1) for line in status.read_text("ascii", "replace").splitlines() if ":" in line)
    return {"peak_mb": int(told["VmHWM"].split()[0]) / 1024, "now_mb": int(told["VmRSS"].split()[0]) / 1024}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
