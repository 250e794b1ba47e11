"""The lock of a store: the kernel holds it while the run lives and not a moment longer, so none is ever stale."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scraper.errors import TryLater
from scraper.writer.unwritable import output_errors


def lock_path(store: str) -> Path:
    """Where the lock of a store is: beside its file, or in the user's state directory for a database server.

    >>> lock_path("stories.db").name, lock_path("sqlite:///stories.db").name
    ('stories.db.lock', 'stories.db.lock')
    """
    if store.startswith("sqlite:///"):
        store = store.removeprefix("sqlite:///").partition("?")[0]
    if "://" not in store:
        file = Path(store).expanduser()
        return file.with_name(f"{file.name}.lock")
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    name = hashlib.sha256(store.encode()).hexdigest()[:16]
    return Path(state).expanduser() / "public-radio-scraper" / f"{name}.lock"


@contextmanager
def held(store: str) -> Iterator[None]:
    """The store is this run's alone inside the block.

    Raises `TryLater` while another run has it, `OutputError` where no lock file can be made. The file stays: to remove
    it would let two runs lock two files of one name.
    """
    path = lock_path(store)
    with output_errors(str(path)):
        if "://" in store and not store.startswith("sqlite:"):
            path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            raise TryLater(f"another run{_holder(descriptor)} holds the lock {path}; let it end first") from None
        with output_errors(str(path)):
            os.ftruncate(descriptor, 0)
            started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            os.pwrite(descriptor, f"process {os.getpid()}, since {started}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def holder(store: str) -> str | None:
    """Who holds the lock of a store, as it said of itself; None where nobody does. Nothing is made or changed."""
    try:
        descriptor = os.open(lock_path(store), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # no run was ever here, or one of somebody else's, whose store is not ours to write
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return f"another run{_holder(descriptor)}"
    finally:
        os.close(descriptor)
    return None


def _holder(descriptor: int) -> str:
    said = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
    return f" ({said})" if said else ""
