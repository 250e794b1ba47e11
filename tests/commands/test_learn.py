"""``scraper learn``: folders and hosts in, what recurs out."""

from __future__ import annotations

import json
from pathlib import Path

import invented_station as station
import pytest

from scraper.commands import main
from scraper.run.lock import held


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    for story in station.stories():
        (pages / f"{story.number}.html").write_bytes(station.html(story))
    (pages / "junk.bin").write_bytes(b"\0" * 40)
    return str(tmp_path / "stories.db")


def test_a_folder_is_learned_shown_and_forgotten(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "pages", "--store", store]) == 0
    out = capsys.readouterr().out
    assert out.startswith("wqzx.example: 44 stories seen, 5 lines learned, version 1\n")
    assert "appeal: seen on 15 of 44 pages of this host; " in out
    assert station.EXPLAINER not in out

    assert main(["learn", "--show", "www.wqzx.example", "--store", store]) == 0
    out = capsys.readouterr().out
    assert f"\n{station.EXPLAINER}\n    kept: seen on 6 of 44 pages of this host; " in out

    assert main(["learn", "--show", "wqzx.example", "--json", "--store", store]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["text"] for row in rows if row["learned"]} == set(station.FURNITURE)

    assert main(["learn", "--forget", "wqzx.example", "--store", store]) == 0
    assert main(["learn", "--show", "--store", store]) == 0
    assert capsys.readouterr().out == ""


def test_a_folder_learned_twice_is_the_same(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["learn", "pages", "--store", store]) == 0
        assert "44 stories seen, 5 lines learned, version 1" in capsys.readouterr().out


def test_texts_need_to_be_told_their_host(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for story in station.stories():
        (texts / f"{story.number}.txt").write_bytes(station.dump(story))
    assert main(["learn", "texts", "--store", store]) == 66
    assert "name no host; --host tells it" in capsys.readouterr().err
    assert main(["learn", "texts", "--host", "www.Dump.example", "--store", store]) == 0
    out = capsys.readouterr().out
    assert out.startswith("dump.example: 44 stories seen, ")
    assert station.SLOGAN in out


def test_what_cannot_be_learned(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "nobody.example", "--store", store]) == 66
    assert main(["learn", "--store", store]) == 2
    assert main(["learn", "x.example", "--show", "--forget", "--store", store]) == 2
    with held(store):
        assert main(["learn", "pages", "--store", store]) == 75
    capsys.readouterr()


def test_a_host_is_learned_again_from_its_stored_stories(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    from scraper import extract
    from scraper.writer.archive import Archive

    with Archive.open(store) as archive:
        for story in station.stories():
            archive.write(extract(station.html(story), url=story.url))
    assert main(["learn", "wqzx.example", "--store", store]) == 0
    assert "44 stories seen, 5 lines learned, version 1" in capsys.readouterr().out
