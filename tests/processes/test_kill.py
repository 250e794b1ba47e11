"""A run that is killed at any moment: the next one finishes its work, with nothing lost, doubled or torn.

All rounds of a worker share one store, which goes on from round to round: some stories and their pages are forgotten, a
run is started on the demo station, killed without warning, and started again. `-m slow` asks for 200 more rounds.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shells import Shell, configure, family, until

from scraper.article import Article
from scraper.demo import Served, serve
from scraper.writer.archive import Archive

ROUNDS = 27
LONG_ROUNDS = 200
FORGOTTEN = 6
"""Pages that each round has to find and fetch again."""

PAGES = {"done": 25, "refused": 5, "gone": 1}
MOMENTS = ("start-up", "work", "anywhere")

Records = dict[tuple[object, object], dict[str, Any]]


class Victim:
    """The station, a store with all of it, and what was right when nothing was killed."""

    def __init__(self, shell: Shell, station: Served) -> None:
        self.shell = shell
        self.site = station.site
        configure(shell, station.host)
        self.ready = self.lasts = 0.0
        self.finish()
        self.right = self.records()
        self.states = self.shell.query("SELECT key, state FROM pages ORDER BY key")

    def finish(self) -> None:
        """A run to its end. Notes the seconds until its first request and in all, where it had anything to ask for."""
        self.site.requests.clear()
        began = time.monotonic()
        process = self.shell.start("run")
        until(lambda: self.site.requests.total() > 0, process, may_end=True)
        ready = time.monotonic() - began
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")
        if self.site.requests:
            self.ready, self.lasts = ready, time.monotonic() - began

    def forget(self, chance: random.Random) -> None:
        """Some pages are as if they had never been found, and their sources as if they had never been read."""
        keys = [key for (key,) in self.shell.query("SELECT key FROM pages ORDER BY key")]
        names = ", ".join(f"'{key}'" for key in chance.sample(keys, FORGOTTEN))
        self.shell.change(
            f"DELETE FROM stories WHERE number IN (SELECT story FROM pages WHERE key IN ({names}));"
            f"DELETE FROM pages WHERE key IN ({names}) OR state = 'done' AND story NOT IN (SELECT number FROM stories)"
        )
        if self.shell.query("SELECT 1 FROM sqlite_master WHERE name = 'sources'"):
            self.shell.change("DELETE FROM sources")

    def records(self) -> Records:
        """Every story as stored, without what differs from one fetch to the next. Raises where one is torn."""
        stored: Records = {}
        for host, name, title, text, record in self.shell.query("SELECT host, id, title, text, record FROM stories"):
            article = Article.from_json(str(record))
            assert (article.id, article.title, article.text) == (name, title, text)
            told = json.loads(str(record))
            told.pop("provenance")
            stored[host, name] = told
        return stored

    def kill(self, chance: random.Random, moment: str) -> None:
        """Starts a run and kills it: in its start-up, after some request, or at any time of its length."""
        self.site.requests.clear()
        wanted = chance.randrange(1, FORGOTTEN + 6)
        if moment == "work":
            wait = chance.uniform(0, 0.05)
        else:
            wait = chance.uniform(0, self.ready if moment == "start-up" else self.lasts * 1.1)
        process = self.shell.start("run")
        if moment == "work":
            until(lambda: self.site.requests.total() >= wanted, process, may_end=True)
        time.sleep(wait)
        children = family(process.pid)
        process.kill()
        process.communicate()
        gone = time.monotonic() + 60
        while any(Path(f"/proc/{pid}/stat").exists() and is_ours(pid) for pid in children):
            assert time.monotonic() < gone, "a worker outlives its run"
            time.sleep(0.01)


def is_ours(pid: int) -> bool:
    """True for a process of the command that has not ended: another may have its number by now."""
    try:
        return b"scraper" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with serve(0) as station:
        station.site.busy.clear()
        shell = Shell(tmp_path_factory.mktemp("killed"))
        yield Victim(shell, station)
        shell.close()


def rounds() -> list[object]:
    return [
        *range(ROUNDS),
        *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(ROUNDS, ROUNDS + LONG_ROUNDS)),
    ]


@pytest.mark.parametrize("seed", rounds())
def test_killed_at_any_moment_and_run_again_every_page_is_there_once(victim: Victim, seed: int) -> None:
    chance = random.Random(seed)
    victim.forget(chance)
    victim.kill(chance, MOMENTS[seed % len(MOMENTS)])
    check_what_a_killed_run_left(victim)
    victim.finish()
    assert victim.records() == victim.right
    assert victim.shell.query("SELECT key, state FROM pages ORDER BY key") == victim.states
    assert dict(victim.shell.query("SELECT state, count(*) FROM pages GROUP BY state")) == PAGES
    assert victim.shell.query("SELECT count(*) FROM stories WHERE revision > 1") == [(0,)]
    assert victim.shell.query("SELECT count(*) FROM pages WHERE leased_by IS NOT NULL") == [(0,)]
    with Archive.open(str(victim.shell.folder / "stories.db")) as archive:
        assert archive.check() == []


def check_what_a_killed_run_left(victim: Victim) -> None:
    """A story and its page's state are there together, or neither is; what is there is whole."""
    assert victim.records().items() <= victim.right.items()
    ask = victim.shell.query
    assert ask("SELECT key FROM pages WHERE state = 'done' AND story NOT IN (SELECT number FROM stories)") == []
    assert ask("SELECT key FROM pages WHERE state = 'done' AND story IS NULL") == []
    assert ask("SELECT number FROM stories WHERE number NOT IN (SELECT story FROM pages WHERE state = 'done')") == []
    assert ask("PRAGMA integrity_check") == [("ok",)]
