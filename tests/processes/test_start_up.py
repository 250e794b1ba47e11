"""Starting is quick because only what a command needs is loaded. What is loaded is counted here, not time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from shells import PAGES, ROOT, STORY

HEAVY = set(
    "msgspec selectolax lxml httpx httpcore trafilatura tenacity sqlalchemy alembic feedparser rich yaml w3lib protego "
    "asyncio ssl email http json sqlite3 multiprocessing concurrent secrets random zoneinfo pathlib".split()
)
PROGRAM = """
import sys
from scraper.commands import main
main(sys.argv[1:])
print(*{name.partition(".")[0] for name in sys.modules}, sep="\\n", file=sys.stderr)
"""


def loaded(*args: str) -> set[str]:
    command = [sys.executable, "-c", PROGRAM, *args]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_help_and_version_load_click_alone(argument: str) -> None:
    assert loaded(argument) & HEAVY == set()


@pytest.mark.parametrize("format_", ["text", "json", "markdown", "html"])
def test_a_file_is_read_without_network_store_or_general_extractors(format_: str) -> None:
    found = loaded("extract", str(STORY), "--format", format_) & HEAVY
    assert found <= {"msgspec", "selectolax", *(["json"] if format_ == "markdown" else [])}


def test_a_text_as_well() -> None:
    text = next((PAGES / "text").glob("*.txt"))
    assert loaded("extract", str(text)) & HEAVY <= {"msgspec", "selectolax"}
