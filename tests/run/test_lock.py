from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import OutputError, TryLater
from scraper.run.lock import held, lock_path

HOLDER = (
    "import sys; from scraper.run.lock import held\nwith held(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
)


def test_one_at_a_time(tmp_path: Path) -> None:
    store = str(tmp_path / "stories.db")
    with held(store):
        with pytest.raises(TryLater, match=r"another run \(process \d+, since .*Z\) holds the lock"), held(store):
            pass
        with held(str(tmp_path / "other.db")):
            pass
    with held(store):
        pass
    assert (tmp_path / "stories.db.lock").exists()


def test_the_kernel_frees_it_when_its_holder_is_killed(tmp_path: Path) -> None:
    store = str(tmp_path / "stories.db")
    process = subprocess.Popen([sys.executable, "-c", HOLDER, store], stdin=-1, stdout=-1)
    assert process.stdout
    assert process.stdin
    process.stdout.readline()
    with pytest.raises(TryLater, match=f"process {process.pid}"), held(store):
        pass
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with held(store):
        pass


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lock_path("a/stories.db") == Path("a/stories.db.lock")
    assert lock_path("~/stories.db") == Path.home() / "stories.db.lock"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    server = "postgresql+psycopg://me:secret@host/name"
    assert lock_path(server).parent == tmp_path / "public-radio-scraper"
    assert "secret" not in str(lock_path(server))
    with held(server):
        assert lock_path(server).exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such directory"), held(str(tmp_path / "no" / "stories.db")):
        pass
