"""Data on stdout, talk on stderr: the only functions that write to either."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

_level = [0]  # one command line a process


def verbosity() -> int:
    """-1 quiet, 0 usual, 1 and more as often as -v was given."""
    return _level[0]


def set_verbosity(level: int) -> None:
    """Also sends the package's log to stderr, where more is wanted than the usual."""
    _level[0] = level
    if level > 0:
        from scraper.commands._log import show_log

        show_log(level)


def still_libraries() -> None:
    """Keeps the libraries' own log lines off stderr: what matters of them comes as an error."""
    import logging

    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())  # else Python prints warnings by itself
    for name in ("httpx", "httpcore", "trafilatura", "htmldate", "courlan", "alembic"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def coloured(stream: TextIO | None) -> bool:
    """Whether colours are wanted there: on a terminal, unless NO_COLOR says no; FORCE_COLOR needs no terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def say(text: str, *, level: int = -1) -> None:
    """One line for people, on stderr; only where the verbosity is at least `level`."""
    if verbosity() < level:
        return
    name = click.style("scraper:", fg="red") if coloured(sys.stderr) else "scraper:"
    tell(f"{name} {harmless(text)}")


def harmless(text: str) -> str:
    """`text` without what could move a terminal's cursor, or worse: it may come from a page.

    >>> harmless("a\x1b[2Jb")
    'a?[2Jb'
    """
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)


def tell(text: str = "") -> None:
    """A line of talk on stderr, as it is. A stderr that is gone is no reason to fail."""
    try:
        print(text.encode("utf-8", "replace").decode("utf-8"), file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        return


def put(text: str | bytes) -> None:
    """Data on stdout: text in UTF-8, closed by a line end; bytes as they are. Raises `OutputError` where it cannot be
    written.
    """
    from scraper.writer.unwritable import output_errors

    if isinstance(text, str):
        text = (text if text.endswith("\n") else f"{text}\n").encode("utf-8", "replace")
    with output_errors("standard output"):
        if sys.stdout is None:
            raise ValueError("it is closed")
        sys.stdout.flush()
        sys.stdout.buffer.write(text)


def flush() -> None:
    """All of stdout is out. Raises as `put`."""
    if sys.stdout is None or sys.stdout.closed:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        from scraper.writer.unwritable import output_errors

        with output_errors("standard output"):
            sys.stdout.flush()
