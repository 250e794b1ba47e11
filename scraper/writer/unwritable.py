"""Why an output cannot be written, in words. Apart from `files`, since every command that prints needs it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from scraper.errors import OutputError

_REASONS = {
    errno.ENOENT: "no such directory: {parent}",
    errno.ENOTDIR: "not a directory: {parent}",
    errno.EISDIR: "it is a directory",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EROFS: "the file system is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file grows beyond the size limit",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its symbolic links go in a circle",
    errno.ENXIO: "it is a socket, not a file",
}


@contextmanager
def output_errors(path: str) -> Iterator[None]:
    """Turn the system's error into an OutputError that names the file, what was wrong, and where."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        parent = os.path.dirname(path) or "."  # noqa: PTH120  a Path would lose the spelling
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error)).format(parent=parent)
        raise OutputError(f"cannot write {path}: {reason}") from error
    except ValueError as error:  # a name with a null character
        raise OutputError(f"cannot write {path!r}: {error}") from error
