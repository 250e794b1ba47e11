"""The documents keep their word: files that they show are written, commands that they show are run.

<!-- file: NAME -->   the fenced block that follows is a file
<!-- run -->          the fenced block that follows holds commands ("$ …"), each with what it prints below it
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = sorted((Path(__file__).parents[1] / "docs").rglob("*.md"))
SCRAPER = Path(sys.executable).with_name("scraper")
_MARKED = re.compile(r"^<!-- (?P<what>file: (?P<name>\S+)|run) -->\n```\w*\n(?P<text>.*?)^```$", re.M | re.S)


class Block(NamedTuple):
    """A file with its `name`, or commands where there is none."""

    name: str | None
    text: str


def blocks(document: Path) -> list[Block]:
    return [Block(found["name"], found["text"]) for found in _MARKED.finditer(document.read_text(encoding="utf-8"))]


def commands(text: str) -> list[tuple[str, str]]:
    """Each command with the lines that it prints."""
    parts = re.split(r"^\$ ", text, flags=re.M)
    assert not parts[0].strip(), "a run block begins with a command"
    return [(line, printed) for line, _, printed in (part.partition("\n") for part in parts[1:])]


@pytest.mark.parametrize("document", [path for path in DOCS if blocks(path)], ids=lambda path: path.stem)
def test_given_a_document_when_its_commands_are_run_then_they_print_what_it_says(
    document: Path, tmp_path: Path
) -> None:
    for block in blocks(document):
        if block.name:
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
            continue
        for command, printed in commands(block.text):
            words = shlex.split(command)
            assert words[0] == "scraper", "only our own command is run"
            done = subprocess.run(
                [str(SCRAPER), *words[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
            )
            assert done.stdout == printed, f"$ {command}\n{done.stderr}"


def test_some_document_has_commands() -> None:
    assert any(block.name is None for path in DOCS for block in blocks(path))
