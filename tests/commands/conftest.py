from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from scraper.commands import main
from scraper.commands._log import ToStderr


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def cli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Said]]:
    """The command line inside this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "_SCRAPER_COMPLETE"):
        monkeypatch.delenv(name, raising=False)

    def run(*args: str | Path) -> Said:
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    yield run
    logging.getLogger("scraper").setLevel(logging.NOTSET)  # what -v has changed
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, ToStderr)]:
        root.removeHandler(handler)
