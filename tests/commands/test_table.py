from __future__ import annotations

import os

import pytest

from scraper.commands import _table
from scraper.commands._table import columns


def test_columns_are_aligned_and_lines_end_where_words_end() -> None:
    assert columns([("a", "bb", ""), ("cccc", "d", "e")], ("X", "Y", "Z")) == "X     Y   Z\na     bb\ncccc  d   e"
    assert columns([]) == ""


def test_wide_and_combining_characters() -> None:
    assert columns([("ラジオ", "x"), ("e\u0301", "y")]) == "ラジオ  x\ne\u0301       y"


def test_on_a_terminal_one_column_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_table, "is_terminal", lambda _: True)
    monkeypatch.setattr(_table, "coloured", lambda _: False)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((30, 24)))
    lines = columns([("2031-08-05", "The ferry to Little Gull Island runs again", "url:1")], cut=1).splitlines()
    assert lines == ["2031-08-05  The ferry …  url:1"]
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((5, 24)))
    assert "The fer…" in columns([("2031-08-05", "The ferry to Little Gull Island", "url:1")], cut=1)
