"""The inside of a worker process: a function, a pipe, and limits that the kernel holds. See `scraper.workers`."""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from fcntl import F_GETFL, F_SETFL, F_SETOWN, fcntl
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.errors import ScraperError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

OUT_OF_MEMORY = "out of memory"


def main(function: str, memory: str, pipe: str, lifeline: str) -> None:
    """Serves the pipe until it closes. An answer is (verdict, value, traceback), verdict result, raised or crashed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    _die_with(int(lifeline))
    connection = Connection(int(pipe))
    sys.excepthook = lambda kind, error, trace: _last_words(connection, kind, error, trace)
    module, _, name = function.rpartition(".")
    call = getattr(import_module(module), name)
    _cap_memory(int(memory))
    connection.send(("result", None, ""))
    while True:
        try:
            answer = _answer(call, connection)
        except EOFError:
            return
        except MemoryError:
            connection.send(("crashed", OUT_OF_MEMORY, ""))
            return
        connection.send_bytes(answer)


def _answer(call: Callable[[Any], Any], connection: Connection) -> memoryview:
    payload = connection.recv()
    try:
        return ForkingPickler.dumps(("result", call(payload), ""))
    except ScraperError as error:
        answer = ForkingPickler.dumps(("raised", error, ""))
        ForkingPickler.loads(answer)  # one that cannot be made again must not surprise the parent
        return answer


def _die_with(lifeline: int) -> None:
    """Has the kernel end this process when the other end of `lifeline` closes: the parent is gone, however it went.

    The signal's default action needs no Python, so it ends an endless loop inside C as well.
    """
    fcntl(lifeline, F_SETOWN, os.getpid())
    fcntl(lifeline, F_SETFL, fcntl(lifeline, F_GETFL) | os.O_ASYNC)
    signal.signal(signal.SIGIO, signal.SIG_DFL)


def _cap_memory(growth: int) -> None:
    """Lets the address space grow by `growth` bytes over what it is now, and no core be dumped.

    Above the present size, because interpreters and libraries differ in how much they reserve and never use.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = 0
    with suppress(OSError):  # no /proc elsewhere
        size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    cap = size + growth if hard == resource.RLIM_INFINITY else min(size + growth, hard)
    with suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (cap, hard))


def _last_words(
    connection: Connection, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """An error nobody foresaw ends the worker, since none can say what state it left; the parent hears of it first."""
    from traceback import format_exception

    summary = " ".join(f"{kind.__name__}: {error}".split())
    connection.send(("crashed", summary, "".join(format_exception(kind, error, trace))))
