"""Worker processes for work on untrusted input: a page that crashes or hangs costs that page alone.

`WorkerPool` runs one function, given by its dotted name, in processes of their own. Each process is started afresh
(never forked), imports what the function needs and nothing of the parent's ``__main__``, and has a pipe to the thread
that watches over it. `scraper._worker` is the other end of the pipe.

    with WorkerPool("package.module.function") as pool:
        for future in pool.map(payloads):
            result = future.result()      # or raises what the function raised, or WorkerCrashed
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.reduction import ForkingPickler
from pickle import UnpicklingError
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from scraper.errors import ScraperError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STARTUP_SECONDS = 60.0
"""How long a worker may take to start and to import its function."""

_BOOT = "import sys; sys.path[:] = sys.argv[5:]; from scraper._worker import main; main(*sys.argv[1:5])"


class WorkerCrashed(ScraperError):
    """The worker did not live to answer.

    `reason` says why: "killed by signal 11", "took longer than 30 s", "out of memory", "ValueError: ..." (a bug; the
    traceback is a note of this error), "the pool was closed".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the worker process failed: {self.reason}"


class _Task:
    """One payload on its way, pickled, with the future that waits for its result."""

    def __init__(self, payload: Any, timeout: float) -> None:
        self.payload = ForkingPickler.dumps(payload)
        self.timeout = timeout
        self.future: Future[Any] = Future()


class _Worker:
    """One process from its start to its end."""

    def __init__(self, function: str, memory: int) -> None:
        """Starts the process. Raises OSError when the system has none to give."""
        self.served = 0
        self._connection, theirs = Pipe()
        their_end, self._lifeline = os.pipe()  # nothing is ever written: its closing says that we are gone
        command = [sys.executable, "-c", _BOOT, function, str(memory), str(theirs.fileno()), str(their_end), *sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603  (our interpreter, our module: nothing comes from a page)
                command, stdin=subprocess.DEVNULL, stdout=2, pass_fds=(theirs.fileno(), their_end)
            )  # stdout is stderr there: what a page's code prints is talk, not data
        except OSError:
            self._connection.close()
            os.close(self._lifeline)
            raise
        finally:
            theirs.close()
            os.close(their_end)

    def answer(self, timeout: float) -> Any:
        """What the worker says next. Raises the function's own ScraperError, else WorkerCrashed: then it is dead."""
        try:
            if not self._connection.poll(timeout):
                self.kill()
                raise WorkerCrashed(f"took longer than {timeout:g} s")
            verdict, value, trace = self._connection.recv()
        except (EOFError, OSError):
            raise WorkerCrashed(self._cause_of_death()) from None
        except (UnpicklingError, ImportError, AttributeError, TypeError) as error:  # of a class that is not known here
            self.kill()
            raise WorkerCrashed(f"its result cannot be read: {error}") from error
        if verdict == "result":
            return value
        if verdict == "raised":
            raise value
        self.kill()
        crash = WorkerCrashed(value)
        crash.add_note(trace)
        raise crash

    def ask(self, task: _Task) -> Any:
        self.served += 1
        with suppress(BrokenPipeError, ConnectionResetError):  # it died meanwhile; `answer` tells of what
            self._connection.send_bytes(task.payload)
        return self.answer(task.timeout)

    def _cause_of_death(self) -> str:
        with suppress(subprocess.TimeoutExpired):  # the pipe alone is closed, the process lives: `kill` ends it
            self._process.wait(5)
        self.kill()
        code = self._process.returncode
        return f"killed by signal {-code}" if code < 0 else f"ended with exit status {code}"

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """Ends the process, busy or not, and waits for its end. Safe from any thread, any number of times."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self.kill()
        self._connection.close()
        os.close(self._lifeline)


class WorkerPool:
    """Some worker processes that run one function. Safe to use from several threads.

    `function` is a dotted name, called with one argument. `processes` defaults to the cores this process may use, each
    started when first needed. `timeout` is the seconds one item may take, `memory` the bytes a worker may grow by over
    its size after imports, `max_items` the items after which it is replaced by a fresh one, which bounds what leaks.
    """

    def __init__(
        self,
        function: str,
        *,
        processes: int | None = None,
        timeout: float = 30.0,
        memory: int = 1 << 30,
        max_items: int = 500,
    ) -> None:
        self._function = function
        self._timeout = timeout
        self._memory = memory
        self._max_items = max_items
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._lock = threading.Lock()  # guards the two below: no worker starts once the pool is closed
        self._workers: set[_Worker] = set()
        self._closed = False
        self.processes = processes or cores()
        self._threads = [threading.Thread(target=self._watch, daemon=True) for _ in range(self.processes)]
        for thread in self._threads:
            thread.start()
        atexit.register(self.close)

    def submit(self, payload: Any, *, timeout: float | None = None) -> Future[Any]:
        """A future of the function's result for a payload that can be pickled.

        Its `result()` raises the function's own ScraperError as it was, and WorkerCrashed when the worker died of the
        payload. Raises RuntimeError when the pool is closed.
        """
        task = _Task(payload, self._timeout if timeout is None else timeout)
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._tasks.put(task)
        return task.future

    def call(self, payload: Any, *, timeout: float | None = None) -> Any:
        """The function's result, waited for; raises as the future of `submit` does, and WorkerCrashed where the pool is
        closed meanwhile.
        """
        try:
            future = self.submit(payload, timeout=timeout)
        except RuntimeError:
            raise WorkerCrashed("the pool was closed") from None
        try:
            return future.result()
        except CancelledError:
            raise WorkerCrashed("the pool was closed") from None

    def map(self, payloads: Iterable[Any]) -> Iterator[Future[Any]]:
        """Futures in the order of the payloads, each done when it is given; few payloads are drawn ahead."""
        waiting: deque[Future[Any]] = deque()
        for payload in payloads:
            waiting.append(self.submit(payload))
            if len(waiting) > 2 * self.processes:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())

    def close(self) -> None:
        """Ends all workers at once and waits for their end: what waits is cancelled, what runs fails.

        Take the results first. May be called again.
        """
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        atexit.unregister(self.close)

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _watch(self) -> None:
        """The life of one thread: one worker at a time, one task at a time."""
        worker: _Worker | None = None
        try:
            while (task := self._tasks.get()) is not None:
                if self._closed:
                    task.future.cancel()
                if task.future.set_running_or_notify_cancel():
                    worker = self._serve(task, worker)
        finally:
            self._discard(worker)

    def _serve(self, task: _Task, worker: _Worker | None) -> _Worker | None:
        """Answers one task. Gives the worker for the next one, None when a new one is due."""
        try:
            if worker is None or not worker.alive:
                self._discard(worker)
                worker = None
                worker = self._start()
            result = worker.ask(task)
        except WorkerCrashed as crash:
            task.future.set_exception(WorkerCrashed("the pool was closed") if self._closed else crash)
        except ScraperError as error:
            task.future.set_exception(error)
        except OSError as error:
            task.future.set_exception(WorkerCrashed(f"no process to be had: {error}"))
        else:
            task.future.set_result(result)
        if worker is not None and worker.alive and worker.served < self._max_items:
            return worker
        self._discard(worker)
        return None

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise WorkerCrashed("the pool was closed")
            worker = _Worker(self._function, self._memory)
            self._workers.add(worker)
        try:
            worker.answer(STARTUP_SECONDS)
        except WorkerCrashed:
            self._discard(worker)
            raise
        return worker

    def _discard(self, worker: _Worker | None) -> None:
        if worker is not None:
            with self._lock:
                self._workers.discard(worker)
            worker.close()


def cores() -> int:
    """The cores that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _done(future: Future[Any]) -> Future[Any]:
    future.exception()
    return future
