"""A run under the eyes of others: pings and the file of metrics, where the configuration asks for them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from scraper.commands._exits import INTERNAL
from scraper.commands._talk import is_terminal, say, verbosity
from scraper.errors import OutputError, ScraperError

if TYPE_CHECKING:
    from scraper.config import Config
    from scraper.monitoring.ping import Pinger
    from scraper.run.summary import Summary


class Monitored:
    """A ``with`` block around a run. `begun` is to be called when the run has its lock, `done` when it is over.

    A run that never began, since another one holds the lock, is not told of: the other one speaks for itself. What goes
    wrong here is said on stderr: the metrics' trouble always, a ping's on a terminal alone, since whoever waits for it
    misses it anyhow.
    """

    def __init__(self, config: Config, *, clock: Callable[[], float] = time.time) -> None:
        self._metrics = config.metrics
        self._config = config
        self._clock = clock
        self._begun = False
        self._told = False
        self._pinger: Pinger | None = None

    def __enter__(self) -> Monitored:
        if self._config.ping is not None:
            from scraper.monitoring.ping import Pinger

            fetch = self._config.fetch
            self._pinger = Pinger(self._config.ping, allow_hosts=fetch.allow_hosts, trust_env=fetch.trust_env)
        return self

    def begun(self) -> None:
        self._begun = True
        if self._pinger is not None:
            self._say(self._pinger.started())

    def done(self, summary: Summary) -> None:
        """The run is over, with this summary."""
        self._told = True
        self._ended(summary.to_dict(), summary)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A run that ended by an error of its own, such as a store that cannot be written, is told of as well."""
        held = isinstance(error, ScraperError) and error.exit_code == 75 and not self._begun
        try:
            if error is not None and not self._told and not held:
                code = error.exit_code if isinstance(error, ScraperError) else INTERNAL
                self._ended({"exit_code": code}, " ".join(str(error).split()))
        finally:
            if self._pinger is not None:
                self._pinger.close()

    def _ended(self, facts: dict[str, object], what: Summary | str) -> None:
        if self._metrics is not None:
            from scraper.monitoring import metrics

            try:
                metrics.write(self._metrics, facts, ended=self._clock())
            except OutputError as error:
                say(f"metrics: {error}")
        if self._pinger is not None:
            code = facts["exit_code"]
            assert isinstance(code, int)  # noqa: S101  (of a summary)
            self._say(self._pinger.ended(code, what if isinstance(what, str) else body_of(what)))

    def _say(self, trouble: str | None) -> None:
        if trouble is not None and verbosity() == 0 and is_terminal(sys.stderr):  # -v shows it as all of the log
            say(trouble)


def body_of(summary: Summary) -> str:
    """The summary as a ping's body: what a person reads in an alarm's mail."""
    from scraper.commands._passes import table

    number = len(summary.stations)
    lines = [f"exit code {summary.exit_code}, {summary.seconds:.0f} s, {number} station{'s' * (number != 1)}"]
    if summary.stopped:
        lines.append(f"stopped: {summary.stopped}")
    if summary.alarms:
        from scraper.watch import sentence

        lines += [f"alarm: {sentence(alarm)}" for alarm in summary.alarms]
    return "\n".join([*lines, table(summary), *summary.total.trouble]) + "\n"
