"""A bar for those who watch, nothing for those who do not."""

from __future__ import annotations

import pytest

from scraper.commands import _progress
from scraper.commands._progress import MANY, progress


def shown(capsys: pytest.CaptureFixture[str], total: int, *, prints: bool = False) -> str:
    with progress(total, prints=prints) as step:
        for number in range(total):
            step(f"page-{number}.html\x1b[2J")
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "is_terminal", lambda _: True)
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes what is captured here for a terminal
    monkeypatch.setenv("TERM", "xterm")
    err = shown(capsys, 40)
    assert "40/40" in err
    assert "page-39.html?[2J" in err
    assert shown(capsys, MANY - 1) == ""
    assert shown(capsys, 40, prints=True) == ""


def test_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, 40) == ""
