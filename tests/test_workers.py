"""A page that crashes or hangs costs that page alone, and no process outlives its pool. With real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from scraper.errors import NotAnArticle, ScraperError, Unavailable
from scraper.workers import WorkerCrashed, WorkerPool

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _jobs_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool("worker_jobs.do", processes=2, timeout=60) as pool:
        yield pool


@pytest.fixture
def single() -> Iterator[WorkerPool]:
    with WorkerPool("worker_jobs.do", processes=1, timeout=60, memory=256 << 20) as pool:
        yield pool


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_results_come_back_in_the_order_of_the_payloads(pool: WorkerPool):
    done = [future.result() for future in pool.map(("double", n) for n in range(50))]
    assert done == [2 * n for n in range(50)]


def test_map_draws_few_payloads_ahead(pool: WorkerPool):
    drawn: list[int] = []

    def payloads() -> Iterator[tuple[str, int]]:
        for n in range(1000):
            drawn.append(n)
            yield "double", n

    results = pool.map(payloads())
    assert next(results).result() == 0
    assert len(drawn) == 5


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (("crash", None), "killed by signal 11"),
        (("exit", 3), "ended with exit status 3"),
        (("hog", 1 << 30), "out of memory"),
        (("hoard", None), "out of memory"),
        (("bug", "key"), "KeyError: 'key'"),
        (("recurse", None), "RecursionError: maximum recursion depth exceeded"),
        (("odd", None), "TypeError: an odd thing"),
    ],
)
def test_the_guilty_item_alone_fails(single: WorkerPool, order: tuple[str, object], reason: str):
    futures = list(single.map([("double", 1), order, ("double", 2), ("double", 3)]))
    assert [futures[n].result() for n in (0, 2, 3)] == [2, 4, 6]
    with pytest.raises(WorkerCrashed) as caught:
        futures[1].result()
    assert caught.value.reason.startswith(reason)
    assert isinstance(caught.value, ScraperError)


@pytest.mark.parametrize("job", ["loop", "hang_in_c"])
def test_a_hanging_item_is_killed_and_the_next_ones_come_back(single: WorkerPool, job: str):
    before, hanging, after = single.submit(("pid", 0)), single.submit((job, 0), timeout=0.3), single.submit(("pid", 0))
    with pytest.raises(WorkerCrashed) as caught:
        hanging.result()
    assert caught.value.reason == "took longer than 0.3 s"
    assert gone(before.result())
    assert after.result() != before.result()


def test_a_bug_brings_its_traceback(single: WorkerPool):
    with pytest.raises(WorkerCrashed) as caught:
        single.call(("bug", "key"))
    assert "worker_jobs.py" in caught.value.__notes__[0]


def test_many_threads_and_many_crashes(pool: WorkerPool):
    def one(n: int) -> object:
        try:
            return pool.call(("crash", n) if n % 10 == 7 else ("double", n))
        except WorkerCrashed as crash:
            return crash.reason

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(one, range(40)))
    assert got == ["killed by signal 11" if n % 10 == 7 else 2 * n for n in range(40)]


def test_a_large_page_passes_under_the_default_cap(pool: WorkerPool):
    assert pool.call(("parse", None)) == 100_000


def test_large_payloads_and_results_pass(pool: WorkerPool):
    body = os.urandom(1 << 20)
    assert pool.call(("double", body)) == body * 2


def test_errors_of_the_package_travel_back_intact(single: WorkerPool):
    pid = single.call(("pid", None))
    with pytest.raises(Unavailable, match="the page is gone") as gone_page:
        single.call(("unavailable", None))
    assert gone_page.value.status == 410
    with pytest.raises(NotAnArticle) as no_story:
        single.call(("no_story", None))
    assert (no_story.value.page_type, no_story.value.reason) == ("list", "a section page")
    assert single.call(("pid", None)) == pid, "a refusal is no crash: the worker lives on"


def test_records_travel_back_equal():
    from scraper.article import Article, Block

    with WorkerPool("copy.copy", processes=1) as pool:
        article = Article(id="text:1", page_type="article", platform="text", blocks=[Block(kind="note", text="x")])
        assert pool.call(article) == article


def test_a_worker_is_replaced_after_its_items():
    with WorkerPool("worker_jobs.do", processes=1, max_items=3) as pool:
        pids = [pool.call(("pid", None)) for _ in range(7)]
    assert len({*pids[:3]}) == len({*pids[3:6]}) == 1
    assert len({*pids}) == 3


def test_a_worker_killed_while_idle_is_replaced_unnoticed(single: WorkerPool):
    pid = single.call(("pid", None))
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert single.call(("double", 2)) == 4


def test_nothing_of_the_parents_main_module_is_in_a_worker(single: WorkerPool):
    assert "pytest" not in " ".join(single.call(("main", None)))


def test_what_a_worker_prints_is_talk_and_not_data(single: WorkerPool, capfd: pytest.CaptureFixture[str]):
    single.call(("print", None))
    assert capfd.readouterr() == ("", "words of a page\n")


def test_a_function_that_is_not_there_is_said_so():
    with WorkerPool("worker_jobs.nothing", processes=1) as pool, pytest.raises(WorkerCrashed, match="AttributeError"):
        pool.call(None)
    with WorkerPool("no_module.at_all", processes=1) as pool, pytest.raises(WorkerCrashed, match="ModuleNotFoundError"):
        pool.call(None)


def test_a_payload_that_cannot_be_pickled_fails_at_the_caller(single: WorkerPool):
    with pytest.raises(TypeError):
        single.submit(threading.Lock())
    assert single.call(("double", 1)) == 2


def test_close_leaves_no_process_and_may_be_called_again(pool: WorkerPool):
    pids = {future.result() for future in pool.map([("pid", None)] * 10)}
    pool.close()
    pool.close()
    assert all(gone(pid) for pid in pids)
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(("double", 1))


def test_close_does_not_wait_for_a_busy_worker():
    pool = WorkerPool("worker_jobs.do", processes=1, timeout=600)
    pid = pool.call(("pid", None))
    busy, waiting = pool.submit(("loop", None)), pool.submit(("double", 1))
    pool.close()
    wait([busy, waiting])
    assert gone(pid)
    with pytest.raises(CancelledError):
        waiting.result()
    with pytest.raises((WorkerCrashed, CancelledError)):
        busy.result()


def test_who_waits_for_a_result_when_the_pool_closes_is_told_of_a_crash():
    pool = WorkerPool("worker_jobs.do", processes=1, timeout=600)
    pool.call(("pid", None))
    busy = pool.submit(("loop", None))
    told: list[str] = []

    def work() -> None:
        with pytest.raises(WorkerCrashed) as crash:
            pool.call(("double", 1))
        told.append(crash.value.reason)

    waiting = threading.Thread(target=work)
    waiting.start()
    while pool._tasks.qsize() == 0:
        pass
    pool.close()
    waiting.join()
    work()
    assert told == ["the pool was closed"] * 2
    wait([busy])


PARENT = """
import sys
sys.path[:] = {path!r}
from scraper.workers import WorkerPool

# No guard for __main__: a worker that imported this file would start pools without end.
with WorkerPool("worker_jobs.do", processes=2, timeout=600) as pool:
    jobs = [pool.submit((job, 0)) for job in ("say_and_loop", "say_and_hang_in_c")]
    jobs[0].result()
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_busy_workers_end_with_their_parent(end: signal.Signals, tmp_path: Path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(path=sys.path))
    parent = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert parent.stderr is not None
    assert [parent.stderr.readline() for _ in range(2)] == ["busy\n", "busy\n"]
    parent.send_signal(end)
    # The workers hold the parent's stderr too: it ends only when the last of them is gone.
    _, talk = parent.communicate(timeout=60)
    assert parent.returncode == -end
    assert ("KeyboardInterrupt" in talk) == (end == signal.SIGINT)
