"""The package's log on stderr, for -v and -vv; loaded only then."""

from __future__ import annotations

import logging

from scraper.commands._talk import harmless, tell


class ToStderr(logging.Handler):
    """A line a record, and what is known of an exception after it."""

    def emit(self, record: logging.LogRecord) -> None:
        for line in self.format(record).splitlines():
            tell(harmless(line))


def show_log(level: int) -> None:
    """Shows what happens (1), or all that is known (2)."""
    handler = ToStderr()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    root = logging.getLogger()
    for old in [known for known in root.handlers if isinstance(known, ToStderr)]:
        root.removeHandler(old)
    root.addHandler(handler)
    logging.getLogger("scraper").setLevel(logging.INFO if level == 1 else logging.DEBUG)
