"""Documents that keep their word: their marked blocks are read, written as files, and run.

A comment before a fenced block says what becomes of it, in the order of the document and in one empty folder:

<!-- file: NAME -->          it is a file
<!-- run -->                 it is run: ``console`` holds commands (``$ …``, a backslash continues a line), each with
                             what it prints on either stream; ``python`` is a script, or a session (``>>>``)
<!-- run: exit N -->         the same; its last command answers with N
<!-- beside -->              commands that go on running beside the rest of the document (``scraper demo --serve``)
<!-- config -->              a part of config.yaml, which must be valid
<!-- not run: REASON -->     it cannot be run here

In what is printed, ``...`` stands for anything. A demo station is served on a free port: its address is put into
the place of the one shown, and back again in what is printed.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

BIN = Path(sys.executable).parent
_SECONDS = 120
_FENCE = re.compile(r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
_CALL = re.compile(r"(?:^|[|&;] *|\$ |^(?:bash|zsh|fish) +)(scraper (?=[a-z-])[^|<>;&\n]*)", re.M)
_ADDRESS = re.compile(r"(?<=http://)127\.0\.0\.1:\d+")


class Block(NamedTuple):
    """A fenced block: `what` becomes of it (null where it has no mark), the word behind that, its language and text."""

    what: str | None
    word: str
    language: str
    text: str


def blocks(document: Path) -> list[Block]:
    found = _FENCE.finditer(document.read_text(encoding="utf-8"))
    return [Block(*_mark(match["mark"]), match["language"], match["text"]) for match in found]


def _mark(mark: str | None) -> tuple[str | None, str]:
    what, _, word = (mark or "").partition(":")
    return what or None, word.strip()


def is_code(block: Block) -> bool:
    """Whether somebody may want to run it."""
    return block.language in ("sh", "bash", "console", "python", "sql") or (not block.language and bool(calls(block)))


def calls(block: Block) -> list[str]:
    """The calls of our own command in a block, but for those that only tell how it is used."""
    return [call for call in _CALL.findall(block.text.replace("\\\n", " ")) if "[OPTIONS]" not in call]


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of a block with what it prints."""
    parts = re.split(r"^\$ ", text, flags=re.M)
    assert not parts[0].strip(), "a block of commands begins with one"
    return [_command(part) for part in parts[1:]]


def _command(part: str) -> tuple[str, str]:
    lines = part.splitlines(keepends=True)
    last = next(number for number, line in enumerate(lines) if not line.endswith("\\\n"))
    return "".join(lines[: last + 1]).strip(), "".join(lines[last + 1 :])


def fits(printed: str, wanted: str) -> bool:
    """Whether a text is what was wanted, with anything for each ``...``."""
    parts = [re.escape(part) for part in _trimmed(wanted).split("...")]
    return re.fullmatch(".*".join(parts), _trimmed(printed), re.S) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


class Session:
    """One document's blocks, played in `folder`. Close it, or use it in a ``with`` statement."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._addresses: dict[str, str] = {}
        self._closing = ExitStack()
        path = os.pathsep.join((str(BIN), os.environ.get("PATH", "")))
        self._environment = os.environ | {"PATH": path, "HOME": str(folder), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def play(self, block: Block) -> None:
        """Raises `AssertionError` where the block does not keep its word."""
        if block.what == "file":
            (self.folder / block.word).write_text(self._real(block.text), encoding="utf-8")
        elif block.what == "beside":
            for command, printed in commands(block.text):
                self._beside(command, printed)
        elif block.what == "run" and block.language == "python":
            self._script(block)
        elif block.what == "run":
            told = commands(block.text)
            for number, (command, printed) in enumerate(told, 1):
                self._run(command, printed, int(block.word.removeprefix("exit ") or 0) if number == len(told) else 0)

    def _run(self, command: str, wanted: str, code: int) -> None:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", self._real(command)], cwd=self.folder, env=self._environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
        printed = self._shown(done.stdout)
        assert done.returncode == code, f"$ {command}\nanswers {done.returncode}:\n{printed}"
        assert fits(printed, wanted), f"$ {command}\nprints:\n{printed}"

    def _script(self, block: Block) -> None:
        session = block.text.startswith(">>> ")
        name = "session.txt" if session else "script.py"
        (self.folder / name).write_text(self._real(block.text), encoding="utf-8")
        how = ["-m", "doctest", "-o", "ELLIPSIS", name] if session else [name]
        self._run(shlex.join(["python", "-W", "error", *how]), "..." if not session else "", 0)

    def _beside(self, command: str, wanted: str) -> None:
        words = shlex.split(re.sub(r" --port \d+", "", command))
        assert words[:3] == ["scraper", "demo", "--serve"], "only a demo station runs beside a document"
        process = subprocess.Popen(
            [str(BIN / "scraper"), *words[1:], "--port", "0"], cwd=self.folder, env=self._environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._closing.callback(_ended, process)
        assert process.stdout is not None
        line = process.stdout.readline()
        shown, real = _ADDRESS.search(wanted), _ADDRESS.search(line)
        if shown and real:
            self._addresses[shown[0]] = real[0]
        assert fits(self._shown(line), wanted.partition("\n")[0]), f"$ {command}\nprints:\n{line}"

    def _real(self, text: str) -> str:
        return _replaced(text, self._addresses)

    def _shown(self, text: str) -> str:
        return _replaced(text, {real: shown for shown, real in self._addresses.items()})


def _replaced(text: str, words: dict[str, str]) -> str:
    """All at once, so that one address may stand in another's place."""
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text) if words else text


def _ended(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    finally:
        if process.poll() is None:
            process.kill()
        assert process.stdout is not None
        process.stdout.close()


def links(document: Path) -> Iterator[str]:
    """Targets of a document's links, but for those to other hosts."""
    text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as forges make them."""
    text = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
    titles = re.findall(r"^#+ +(.+?)\s*$", text, re.M)
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title)).lower().replace(" ", "-")
        for title in titles
    }


def built(docs: Path, folder: Path) -> Path:
    """The site of `docs`, made in `folder` as strictly as can be. Raises `AssertionError` for any warning."""
    build = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-d", str(folder / "trees"), str(docs)]
    done = subprocess.run(
        [*build, str(folder / "html")], capture_output=True, text=True, check=False, timeout=3 * _SECONDS
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"
