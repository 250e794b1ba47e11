"""How a command ends: exit codes, one line on stderr, and never a traceback unless it was asked for.

The codes stand with the errors (`scraper.errors`) and are those of sysexits.h.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

import click

from scraper.commands._talk import flush, say, verbosity
from scraper.errors import ScraperError

USAGE = 2
INTERNAL = 70
BROKEN_PIPE = 128 + signal.SIGPIPE
"""What a shell sees of a program that nobody reads any more."""


class Stopped(BaseException):
    """A signal asks the program to end. Caught by nobody but `Outcome`, so that files in the making are cleaned up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return "interrupted" if self.number == signal.SIGINT else "terminated"


class Outcome:
    """The exit code of what happens inside its ``with`` block, whatever that raises."""

    def __init__(self) -> None:
        self.code = 0

    def __enter__(self) -> Outcome:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self.code = answer(error)
        try:
            flush()
        except BrokenPipeError:
            self.code = _unread()
        except ScraperError as unwritten:
            self.code = self.code or answer(unwritten)
            _close_output()
        return True


def answer(error: BaseException) -> int:
    """Says on stderr what an error means for the user, and gives its exit code."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else INTERNAL
    if isinstance(error, BrokenPipeError):
        return _unread()
    if isinstance(error, (Stopped, KeyboardInterrupt)):
        stopped = error if isinstance(error, Stopped) else Stopped(signal.SIGINT)
        say(str(stopped))
        return 128 + stopped.number
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, ScraperError):
        for line in str(error).splitlines():
            say(line)
        _trace(error, at=2)
        return error.exit_code
    return internal(error)


def _usage(error: click.ClickException) -> int:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message, err=True)
        return USAGE
    text = " ".join(error.format_message().split())
    say(text[:1].lower() + text[1:])
    if context is not None:
        click.echo(f"{context.get_usage()}\nTry '{context.command_path} --help'.", err=True)
    return USAGE


def internal(error: BaseException) -> int:
    """A mistake of this program: one line that says where its traceback is."""
    line = f"internal error: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    if not _trace(error, at=2) and (path := _written(error)):
        line += f"; the traceback is in {path}"
    say(line)
    return INTERNAL


def _trace(error: BaseException, *, at: int) -> bool:
    if verbosity() < at:
        return False
    from traceback import print_exception

    print_exception(error)
    return True


def _written(error: BaseException) -> str | None:
    import tempfile
    from traceback import format_exception

    try:
        with tempfile.NamedTemporaryFile("w", prefix="scraper-error-", suffix=".txt", delete=False) as file:
            file.writelines([" ".join(sys.argv), "\n", *format_exception(error)])
    except OSError:
        return None
    return file.name


def _unread() -> int:
    """Nobody reads our output any more, which is no reason for a word."""
    _close_output()
    return BROKEN_PIPE


def _close_output() -> None:
    """What is left of the output goes nowhere: else the interpreter would try again when it closes stdout, and talk."""
    hole = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(hole, sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):  # closed, or no real file (a test's)
        return
    finally:
        os.close(hole)


@contextmanager
def signals_raise() -> Iterator[None]:
    """SIGINT and SIGTERM raise `Stopped` in the main thread, until the block ends."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> None:
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
