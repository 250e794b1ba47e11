"""The one way in which a run ends early: a signal, its time being up, or trouble that no page can be blamed for."""

from __future__ import annotations

import signal
import threading

STOP_SECONDS = 8.0
"""So long after a stop at most a run's threads are done: pages in flight are finished or left to the next one. The
summary and the end of the process come after, and all of it is to take less than ten seconds."""


class Halt:
    """Set once; the first reason counts. `event` is what fetcher and threads look at. Safe from signal handlers."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.reason: str | None = None
        self.signal: int | None = None
        self.error: BaseException | None = None

    def __bool__(self) -> bool:
        return self.event.is_set()

    def by_signal(self, number: int) -> None:
        """SIGINT or SIGTERM came."""
        if self.signal is None:
            self.signal = number
        self._stop("interrupted" if number == signal.SIGINT else "terminated")

    def time_is_up(self) -> None:
        """`max_runtime` is over."""
        self._stop("its time is up")

    def by_error(self, error: BaseException) -> None:
        """The run cannot go on: the store cannot be written, say."""
        if self.reason is None:
            self.error = error
            self._stop(" ".join(str(error).split()) or type(error).__name__)

    def _stop(self, reason: str) -> None:
        if self.reason is None:
            self.reason = reason
        self.event.set()
