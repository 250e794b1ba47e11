"""Operations that know no stop event and cannot be interrupted: each in a thread of its own, which is left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import httpcore

SLICE = 0.5
"""Seconds after which whoever waits on the network looks at the stop event again."""

_Result = TypeVar("_Result")


class Stopped(httpcore.ConnectTimeout):
    """The stop event is set, and nothing was sent yet that an answer would be worth waiting for."""


def apart(
    work: Callable[[], _Result],
    seconds: float,
    *,
    late: str,
    is_stopped: Callable[[], bool],
    drop: Callable[[_Result], object] | None = None,
) -> _Result:
    """What `work` gives or raises, within `seconds` and until the stop event is set.

    Raises `httpcore.ConnectTimeout` with `late`, a line that says what was not done in time, or `Stopped`. What `work`
    gives after that is handed to `drop`.
    """
    done, given_up = threading.Event(), threading.Event()
    results: list[_Result] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except (httpcore.NetworkError, httpcore.TimeoutException, OSError, ValueError) as error:
            errors.append(error)
        finally:
            done.set()
        if given_up.is_set() and drop:
            _drop_all(results, drop)

    threading.Thread(target=run, name=late, daemon=True).start()
    ends = time.monotonic() + seconds
    while not done.wait(max(min(SLICE, ends - time.monotonic()), 0.001)):
        stopped = is_stopped()
        if stopped or time.monotonic() >= ends:
            given_up.set()
            if drop and done.is_set():  # just now, and perhaps before the thread could see that nobody waits any more
                _drop_all(results, drop)
            raise Stopped("stopped") if stopped else httpcore.ConnectTimeout(f"{late} in {seconds:.3g} s")
    if errors:
        raise errors[0]
    return results[0]


def _drop_all(results: list[_Result], drop: Callable[[_Result], object]) -> None:
    while results:
        drop(results.pop())
