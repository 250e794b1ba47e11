"""The package's log in a file, as text or JSON Lines. Whoever rotates it may move it away: it is made anew."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING

from scraper.commands._log import ToStderr
from scraper.writer.unwritable import output_errors

if TYPE_CHECKING:
    from scraper.config import LogSettings

PACKAGE = "scraper"


class Json(logging.Formatter):
    """One object a record: time (RFC 3339 in UTC), level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


class Text(logging.Formatter):
    """One line a record: time (RFC 3339 in UTC), level, message; a traceback follows indented."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        lines = " ".join(record.getMessage().split())
        if record.exc_info:
            lines += "\n" + self.formatException(record.exc_info).replace("\n", "\n  ")
        return f"{at} {record.levelname.lower()} {lines}"


class _File(WatchedFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (logging's name)
        """A disk that is full is the store's to tell of."""


@contextmanager
def logging_to(settings: LogSettings) -> Iterator[None]:
    """The log goes to the settings' file while the block runs, and what -v shows has their format. Raises `OutputError`
    where the file cannot be opened.
    """
    formatter = Json() if settings.format == "json" else Text()
    root, package = logging.getLogger(), logging.getLogger(PACKAGE)
    if settings.format == "json":
        for shown in [one for one in root.handlers if isinstance(one, ToStderr)]:
            shown.setFormatter(formatter)
    if settings.file is None:
        yield
        return
    with output_errors(settings.file):
        handler = _File(settings.file, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(formatter)
    handler.setLevel(settings.level.upper())
    before = package.level
    wanted = logging.getLevelNamesMapping()[settings.level.upper()]
    package.setLevel(wanted if before == logging.NOTSET else min(before, wanted))
    package.addHandler(handler)
    try:
        yield
    finally:
        package.removeHandler(handler)
        package.setLevel(before)
        handler.close()
