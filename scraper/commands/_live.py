"""The line that lives on a terminal while a run goes on. The only module that loads rich."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.status import Status
from rich.text import Text

from scraper.commands._talk import harmless
from scraper.fetcher import Event
from scraper.run.summary import Happening

_GOOD = (("new", "new"), ("updated", "updated"), ("retried", "retried"), ("refused", "refused"), ("gone", "gone"))
_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_BAD = (("failed", "failed"), ("later", "put off"))


class LiveLine:
    """Hand `watch` to a run, inside the ``with`` block; the line is gone when the block ends."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._at = ""
        self._lock = threading.Lock()
        self._turn = 0
        self._live = Live(
            console=Console(file=sys.stderr),
            get_renderable=self._render,
            transient=True,
            refresh_per_second=10,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> LiveLine:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def watch(self, happening: Happening) -> None:
        with self._lock:
            self._counts[happening.kind] += happening.number
            self._at = happening.url or happening.station

    def _render(self) -> Text:
        with self._lock:
            self._turn += 1
            return self._line()

    def _line(self) -> Text:
        counts = self._counts
        text = Text(f"{_FRAMES[self._turn % len(_FRAMES)]} ", no_wrap=True, overflow="ellipsis")
        text.append(f"{counts['tried']}/{max(counts['queued'], counts['tried'])} pages", style="bold")
        for kind, word in _GOOD:
            if counts[kind]:
                text.append(f" · {counts[kind]} {word}")
        for kind, word in _BAD:
            if counts[kind]:
                text.append(f" · {counts[kind]} {word}", style="red")
        return text.append(f"  {self._at}", style="dim")


class Doing:
    """What is being asked for at the moment. Hand `hear` to a fetcher inside the ``with`` block; the line is gone when
    the block ends.
    """

    def __init__(self) -> None:
        self._status = Status("", console=Console(file=sys.stderr))

    def __enter__(self) -> Doing:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    def hear(self, event: Event) -> None:
        if event.kind in ("wait", "request", "retry"):
            wait = f"in {event.seconds:.0f} s " if event.seconds >= 1 else ""
            self._status.update(Text(f"{wait}{harmless(event.url)}", style="dim", no_wrap=True, overflow="ellipsis"))
