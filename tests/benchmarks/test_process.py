"""A peer that crashes, hangs or chatters loses that page and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.extraction.cases import Case
from benchmarks.extraction.measure import Run, measure
from benchmarks.extraction.peers import Peer, chosen, peers
from benchmarks.extraction.process import PageLost, Process
from benchmarks.extraction.summary import tables

READER = """
import os, time

def reader(mode):
    return read, lambda found: {"text": found, "title": mode}

def read(page):
    print("chatter on standard output")
    text = page.html
    if "crash" in text:
        raise RuntimeError("the page was too much")
    if "vanish" in text:
        os._exit(7)
    if "hang" in text:
        time.sleep(60)
    return text
"""


@pytest.fixture
def peer(tmp_path: Path) -> Peer:
    (tmp_path / "odd.py").write_text(READER, "utf-8")
    return Peer(name="odd", reader=str(tmp_path / "odd"), mode="Quiet", shows="pytest")


@pytest.fixture
def process(peer: Peer) -> Iterator[Process]:
    process = Process(peer, Path(sys.executable), timeout=2.0)
    yield process
    process.close()


def page(folder: Path, text: str) -> Path:
    path = folder / f"{text}.html"
    path.write_text(text, "utf-8")
    return path


def test_an_answer_with_its_time_and_memory(process: Process, tmp_path: Path) -> None:
    answer = process.ask(page(tmp_path, "fine"), None)
    assert (answer["text"], answer["title"]) == ("fine", "Quiet")
    assert answer["seconds"] >= 0
    assert process.peak_mb > 1
    assert process.versions == {"pytest": pytest.__version__}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("crash", "RuntimeError: the page was too much"),
        ("vanish", "ended without a word"),
        ("hang", "no answer in 2 s"),
    ],
)
def test_a_page_is_lost_and_the_next_one_read(process: Process, tmp_path: Path, text: str, reason: str) -> None:
    process.ask(page(tmp_path, "fine"), None)
    with pytest.raises(PageLost) as lost:
        process.ask(page(tmp_path, text), None)
    assert str(lost.value) in (reason, "chatter on standard output")  # what it printed may be its last word
    assert process.ask(page(tmp_path, "fine"), None)["text"] == "fine"


def test_times_and_batches(process: Process, tmp_path: Path) -> None:
    pages = [(str(page(tmp_path, name)), None) for name in ("one", "two")]
    assert len(process.time(pages)) == 2
    done = process.batch(pages, 3)
    assert done["pages"] == 6
    assert done["wall"] > 0
    assert done["now_mb"] > 1


def test_a_lost_page_is_counted_and_the_peer_still_timed(peer: Peer, tmp_path: Path) -> None:
    cases = [
        Case(name=text, path=page(tmp_path, text), url=None, group="made", page_types=("article",), paragraphs=(text,))
        for text in ("fine", "crash", "good")
    ]
    run: Run = measure(cases, [peer], envs=tmp_path, rounds=1, timeout=5.0)
    (table,) = tables(run)
    (row,) = table.rows
    assert (row.pages, row.failures, row.missed_stories) == (3, 1, 1)
    assert row.token_f1 == pytest.approx(2 / 3)
    assert [ms is None for ms in run.columns[0].ms] == [False, True, False]


def test_a_peer_that_does_not_start_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import no_such_module_anywhere\n", "utf-8")
    broken = Peer(name="broken", reader=str(tmp_path / "broken"), shows="none")
    run = measure([], [broken], envs=tmp_path, rounds=1, timeout=5.0)
    assert not run.columns
    assert "no_such_module_anywhere" in run.left_out["broken"]


def test_the_table_of_peers() -> None:
    every = peers()
    here = Path(peers.__code__.co_filename).parent
    for peer in every.values():
        assert (here / "readers" / f"{peer.reader}.py").exists()
        if peer.env:
            pins = (here / "pins" / f"{peer.env}.txt").read_text("utf-8").split()
            assert pins
            assert all("==" in pin for pin in pins)
    assert [peer.name for peer in chosen(every, ["goose3"])] == ["lexbor", "goose3"]
    with pytest.raises(ValueError, match="no peer 'goose4'"):
        chosen(every, ["goose4"])
