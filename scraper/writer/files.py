"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scraper.writer.unwritable import output_errors

_DESCRIPTOR = re.compile(r"/dev/(?:stdin|stdout|stderr)|(?:/dev/fd|/proc/self/fd)/(\d+)")
_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}


class Output:
    """An open output. `write` takes text, which is stored as UTF-8 just as it is, or bytes."""

    def __init__(self, path: str, stream: BinaryIO) -> None:
        self.path = path
        self._stream = stream

    def write(self, text: str | bytes) -> None:
        """Raises OutputError when the text cannot be written, BrokenPipeError when a reader has gone away."""
        with output_errors(self.path):
            self._stream.write(text.encode() if isinstance(text, str) else text)


@contextmanager
def open_output(path: str | os.PathLike[str]) -> Iterator[Output]:
    """An output that appears under its name when the block ends well, and leaves no trace otherwise.

    The text goes to a temporary file in the same directory, is forced to disk and takes the place of `path`; a file
    that was there keeps its mode and owner, a symbolic link stays and its target is written. What is no regular file
    (`/dev/stdout`, a named pipe, a device) is written directly. Raises OutputError, one line, where that fails.
    """
    name = os.fspath(path)
    with output_errors(name):
        before = _stat(name)
    if _DESCRIPTOR.fullmatch(name) or (before and not stat.S_ISREG(before.st_mode)):
        with _direct(name) as output:
            yield output
        return
    with output_errors(name):
        target = Path(name).resolve()
        temporary, stream = _temporary(target, before)
    try:
        yield Output(name, stream)
        with output_errors(name):
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            temporary.replace(target)
    finally:
        with suppress(OSError):  # closing flushes what a full disk has refused before
            stream.close()
        temporary.unlink(missing_ok=True)


def write_output(path: str | os.PathLike[str], text: str) -> None:
    """Write one text, closed by a line end. See `open_output`."""
    with open_output(path) as output:
        output.write(text if text.endswith("\n") else f"{text}\n")


def _stat(name: str) -> os.stat_result | None:
    try:
        return Path(name).stat()
    except FileNotFoundError:
        return None


def _temporary(target: Path, before: os.stat_result | None) -> tuple[Path, BinaryIO]:
    if before and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    temporary = target.with_name(f".scraper-{os.urandom(8).hex()}.tmp")
    # The mode of a new file is what the umask leaves, as with open().
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    if before:
        with suppress(PermissionError):  # only root may give files away
            os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
    return temporary, os.fdopen(descriptor, "wb")


@contextmanager
def _direct(name: str) -> Iterator[Output]:
    with output_errors(name):
        if number := _DESCRIPTOR.fullmatch(name):
            # Opened by name it would be cut to nothing where the shell has redirected it to a file.
            descriptor = os.dup(int(number[1]) if number[1] else _STREAMS[name])
        else:
            descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC)
        stream = os.fdopen(descriptor, "wb")
    try:
        yield Output(name, stream)
        with output_errors(name):
            stream.close()
    finally:
        with suppress(OSError):
            stream.close()
