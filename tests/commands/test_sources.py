from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from scraper.commands import _sources
from scraper.commands._sources import Source, address_in, read_file, source_of
from scraper.errors import NotAnArticle, SourceError


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("https://bpr.org/x", "https://bpr.org/x"),
        ("HTTP://bpr.org/x", "HTTP://bpr.org/x"),
        ("bpr.org/x", "https://bpr.org/x"),
        ("bpr.org", "https://bpr.org"),
        ("www.bpr.org?x=1", "https://www.bpr.org?x=1"),
        ("127.0.0.1:8000/x.html", "https://127.0.0.1:8000/x.html"),
        ("bpr.org:8080/x", "https://bpr.org:8080/x"),
        ("bücher.example/x", "https://bücher.example/x"),
        ("ftp://bpr.org/x", "ftp://bpr.org/x"),
        ("mailto:news@bpr.org", "mailto:news@bpr.org"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("missing.html", None),
        ("missing.HTML", None),
        ("notes.txt", None),
        ("folder/page.html", None),
        ("./bpr.org/x", None),
        ("/bpr.org/x", None),
        ("../x.html", None),
        ("story", None),
        ("", None),
        (".hidden", None),
        ("a..b/x", None),
    ],
)
def test_what_a_name_stands_for(name: str, url: str | None) -> None:
    assert address_in(name) == url


def test_a_file_that_exists_is_a_file_whatever_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert source_of("bpr.org") == Source("bpr.org", "https://bpr.org")
    Path("bpr.org").write_text("x")
    assert source_of("bpr.org") == Source("bpr.org")
    assert source_of("-") == Source("-")


def test_only_so_much_of_a_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sources, "LARGEST", 1 << 20)
    path = tmp_path / "page.html"
    path.write_bytes(b"x" * (1 << 20))
    assert len(read_file(str(path))) == 1 << 20
    path.write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(NotAnArticle, match="larger than 1 MiB"):
        read_file(str(path))
    with pytest.raises(NotAnArticle, match="larger than 1 MiB"):
        read_file("/dev/zero")


def test_a_named_pipe(tmp_path: Path) -> None:
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: Path(pipe).write_bytes(b"<p>hello"))
    writer.start()
    assert read_file(pipe) == b"<p>hello"
    writer.join()


@pytest.mark.parametrize(
    ("name", "reason"), [("no/such.html", "no such file"), (".", "directory"), ("x" * 9999, "cannot")]
)
def test_why_a_file_cannot_be_read(name: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_file(name)
