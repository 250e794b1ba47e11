from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scraper.errors import OutputError
from scraper.writer.files import open_output, write_output


def left_over(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_the_text_appears_whole_and_closed_by_a_line_end(tmp_path: Path) -> None:
    target = tmp_path / "story.txt"
    write_output(target, "fünf Möwen")
    assert target.read_bytes() == "fünf Möwen\n".encode()
    write_output(target, "again\n")
    assert target.read_bytes() == b"again\n"
    assert left_over(tmp_path) == ["story.txt"]


def test_until_the_end_the_old_file_stands(tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    target.write_text("old\n")
    with open_output(target) as output:
        for number in range(3):
            output.write(f"{number}\n")
        assert target.read_text() == "old\n"
    assert target.read_text() == "0\n1\n2\n"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_a_failure_on_the_way_leaves_all_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "all.jsonl"
    target.write_text("old\n")
    with pytest.raises(error), open_output(target) as output:  # noqa: PT012
        output.write("half")
        raise error
    assert target.read_text() == "old\n"
    assert left_over(tmp_path) == ["all.jsonl"]


def test_a_new_file_gets_the_mode_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_output(tmp_path / "new", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_an_old_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "old"
    target.write_text("old")
    target.chmod(0o604)
    write_output(target, "new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_a_symbolic_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link, dangling = tmp_path / "link", tmp_path / "dangling"
    (tmp_path / "there" / "old").write_text("old")
    link.symlink_to("there/old")
    dangling.symlink_to("there/new")
    for path in (link, dangling):
        write_output(path, "new")
        assert path.is_symlink()
        assert path.read_text() == "new\n"
    assert left_over(tmp_path / "there") == ["new", "old"]


def test_a_named_pipe_is_written_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_output(pipe, "through")
    reader.join()
    assert read == ["through\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_standard_output_is_appended_to_where_the_shell_says_so(tmp_path: Path) -> None:
    target = tmp_path / "log"
    target.write_text("before\n")
    program = "from scraper.writer.files import write_output; write_output('/dev/stdout', 'after')"
    with target.open("a") as stream:
        subprocess.run([sys.executable, "-c", program], stdout=stream, check=True)
    assert target.read_text() == "before\nafter\n"


def test_a_device_is_written_directly_and_its_refusal_told() -> None:
    write_output("/dev/null", "gone")
    with pytest.raises(OutputError, match=r"^cannot write /dev/full: the disk is full$"):
        write_output("/dev/full", "x")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere/story.txt", r"cannot write .*nowhere/story\.txt: no such directory: .*nowhere$"),
        ("file/story.txt", r"not a directory: .*file$"),
        (".", "it is a directory"),
        ("x" * 300, "the name is too long"),
        ("circle", "circle"),
        ("a\0b", r"cannot write '.*a\\x00b'"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(OutputError, match=words) as told:
        write_output(f"{tmp_path}/{name}", "x")
    assert "\n" not in str(told.value)
    assert told.value.exit_code == 73
    assert left_over(tmp_path) == ["circle", "file"]


def test_without_permission() -> None:
    with pytest.raises(
        OutputError, match=r"^cannot write /sys/story\.txt: (no permission|the file system is read-only)$"
    ):
        write_output("/sys/story.txt", "x")


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "kept"
    target.write_text("old")
    target.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everything
    with pytest.raises(OutputError, match="no permission"):
        write_output(target, "new")
    assert target.read_text() == "old"
    assert left_over(tmp_path) == ["kept"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "big"
    target.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OutputError, match=r"big: the file grows beyond the size limit$"):
            write_output(target, "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert target.read_text() == "old"
    assert left_over(tmp_path) == ["big"]


def test_a_reader_that_goes_away_is_no_output_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        with pytest.raises(BrokenPipeError):
            write_output(f"/dev/fd/{writing}", "x" * 100_000)
    finally:
        os.close(writing)
