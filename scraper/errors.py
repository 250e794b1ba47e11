"""The errors of the package. Each carries the exit code that the command line answers with (sysexits.h where it has
one).

    ScraperError
    ├── NotAnArticle   65  the page is no story
    ├── SourceError    66  a file that cannot be read
    ├── Unavailable    69  the site did not answer, or the page is gone
    ├── OutputError    73  the output cannot be written
    ├── TryLater       75  another run holds the lock, or the site asks to come back later
    ├── Refused        77  robots.txt, a non-public address, policy
    └── ConfigError    78  config.yaml is wrong

A message is one line for a person: what was wrong, where, and what to do.
"""

from __future__ import annotations


class ScraperError(Exception):
    """Base of all errors that the package raises on purpose."""

    exit_code = 70


class NotAnArticle(ScraperError):
    """The page holds no story: `page_type` says what it is, `reason` why it is refused."""

    exit_code = 65

    def __init__(self, page_type: str, reason: str) -> None:
        super().__init__(page_type, reason)
        self.page_type = page_type
        self.reason = reason

    def __str__(self) -> str:
        return f"no story here: {self.page_type} page ({self.reason})"


class NoTranscript(NotAnArticle):
    """A story that nobody speaks in, asked for as a transcript."""

    def __init__(self, page_type: str) -> None:
        super().__init__(page_type, "it has no transcript")

    def __reduce__(self) -> tuple[type[NoTranscript], tuple[str]]:
        return type(self), (self.page_type,)

    def __str__(self) -> str:
        return "the story has no transcript"


class SourceError(ScraperError):
    exit_code = 66


class Unavailable(ScraperError):
    """`status` is the HTTP status where there was one (404 and 410: the page is gone)."""

    exit_code = 69

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class OutputError(ScraperError):
    exit_code = 73


class TryLater(ScraperError):
    """`retry_at` is the time (seconds since the epoch) from which another try is welcome, where known."""

    exit_code = 75

    def __init__(self, message: str, *, retry_at: float | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class Refused(ScraperError):
    """`retry_at` is the time (seconds since the epoch) from which it may be otherwise, where that is known."""

    exit_code = 77

    def __init__(self, message: str, *, retry_at: float | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class ConfigError(ScraperError):
    """All problems of one configuration at once, a line each."""

    exit_code = 78
