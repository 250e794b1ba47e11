"""The documents keep their word: what they show is run (see `documents`), what they name exists, their links lead
somewhere, and the site made of them asks nothing of other hosts.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from documents import Block, Session, anchors, blocks, built, calls, commands, fits, is_code, links

from scraper.commands import COMMANDS, program
from scraper.commands._talk import set_verbosity

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PLAYED = ("file", "run", "beside")
README = ROOT / "README.md"

NOT_RUN = {
    ("learned.md", "needs a store of some weeks"): 2,
    ("scheduling.md", "needs cron"): 1,
    ("scheduling.md", "needs root and systemd"): 1,
    ("scheduling.md", "needs podman"): 1,
    ("tutorial.md", "needs the network"): 1,
    ("tutorial.md", "installs packages"): 1,
}
"""Every block that no test runs: document, reason, number."""


def name(document: Path) -> str:
    return document.relative_to(ROOT / "docs").as_posix()


@pytest.mark.parametrize("document", [path for path in DOCS if any(b.what in PLAYED for b in blocks(path))], ids=name)
def test_given_a_document_when_its_blocks_are_run_then_they_print_what_it_says(document: Path, tmp_path: Path) -> None:
    if missing := [tool for tool in tools(document) if shutil.which(tool) is None]:
        # required on our own machines, where nobody would see that it is skipped
        told = pytest.fail if os.environ.get("SCRAPER_TOOLS") == "required" else pytest.skip
        told(f"not installed: {', '.join(missing)}")
    with Session(tmp_path) as session:
        for block in blocks(document):
            session.play(block)


def tools(document: Path) -> list[str]:
    """The programs of others that its commands need, beside those that every system has."""
    text = "\n".join(block.text for block in blocks(document) if block.what == "run")
    return [tool for tool in ("bash", "jq", "sqlite3") if tool == "bash" or re.search(rf"(\$|\|) {tool}\b", text)]


def test_every_block_that_could_be_run_is_run_or_says_why_not() -> None:
    unmarked = [f"{name(path)}: {b.text[:60]!r}" for path in DOCS for b in blocks(path) if is_code(b) and not b.what]
    assert not unmarked
    known = {*PLAYED, "config", "not run", None}
    assert {block.what for path in DOCS for block in blocks(path)} <= known


def test_the_blocks_that_are_not_run_are_those_of_the_list() -> None:
    found = Counter((name(path), block.word) for path in DOCS for block in blocks(path) if block.what == "not run")
    assert found == NOT_RUN


@pytest.mark.parametrize("document", [README, *DOCS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_call_that_a_document_shows_is_one_that_the_program_takes(document: Path) -> None:
    for call in [call for block in blocks(document) if block.what not in PLAYED for call in calls(block)]:
        taken(shlex.split(call, comments=True)[1:], call)


def taken(words: list[str], call: str) -> None:
    context = click.Context(program, info_name="scraper")
    command = program.get_command(context, words[0]) if not words[0].startswith("-") else None
    if words[0].startswith("-"):
        assert set(words) <= {"--help", "--version", "-h"}, call
        return
    assert command is not None, f"there is no {call}"
    try:
        command.make_context(words[0], words[1:], parent=context)
    except click.exceptions.Exit:  # --help
        pass
    except click.UsageError as error:
        pytest.fail(f"{call}: {error.format_message()}")
    finally:
        set_verbosity(0)


def test_parts_of_a_configuration_are_valid() -> None:
    from scraper.config import loads

    parts = [block.text for path in DOCS for block in blocks(path) if block.what == "config"]
    assert parts
    for part in parts:
        loads(part if re.search(r"^stations:", part, re.M) else f"{part}\nstations: [bpr.org]\n")


# ---------------------------------------------------------------------- the record
RECORD = (ROOT / "docs" / "record.md").read_text("utf-8")


def rows(heading: str) -> dict[str, str]:
    """The rows of a table of record.md, by the words between backticks in the first cell, or by its numbers."""
    text = re.split(r"^## ", RECORD, flags=re.M)
    part = next(part for part in text if part.startswith(heading))
    lines = [line for line in part.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    table: dict[str, str] = {}
    for line in lines:
        first = re.split(r"(?<!\\)\|", line)[1]
        table |= dict.fromkeys(re.findall(r"`([^`]+)`", first) or re.findall(r"\d+", first), line)
    return table


def test_the_record_names_every_field_of_the_structs() -> None:
    import msgspec

    from scraper import article

    table = rows("# The record")
    parts = {
        "station": article.Station, "origin": article.Origin, "authors": article.Author, "blocks": article.Block,
        "images": article.Image, "audio": article.Audio, "links": article.Link, "copyright": article.Copyright,
        "quality": article.Quality, "removed": article.Removed, "provenance": article.Provenance,
    }  # fmt: skip
    assert list(table) == [field.name for field in msgspec.structs.fields(article.Article)]
    for field, struct in parts.items():
        coded = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", table[field]))))
        assert {part.name for part in msgspec.structs.fields(struct)} <= coded, field
    said = set(re.findall(r"\w+", table["transcript"]))
    assert {f.name for s in (article.Transcript, article.Turn) for f in msgspec.structs.fields(s)} <= said


def test_the_record_names_every_exit_code_and_no_other() -> None:
    from scraper import errors

    named = set(map(int, rows("Exit codes")))
    kinds = [errors.ScraperError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    of_errors = {kind.exit_code for kind in kinds if kind.__module__ == errors.__name__}
    assert named == of_errors | {0, 1, 2, 130, 143}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_record_names_every_command_with_its_options(command: str) -> None:
    row = next((row for call, row in rows("Commands").items() if call.split()[:2] == ["scraper", command]), None)
    assert row, f"docs/record.md does not tell of scraper {command}"
    found = program.get_command(click.Context(program), command)
    assert found is not None
    real = {max(parameter.opts, key=len) for parameter in found.params if isinstance(parameter, click.Option)}
    said = {option if option != "-o" else "--output" for option in re.findall(r"(?<![\w-])--?[a-z][\w-]*", row)}
    said -= {"--help"}
    assert real - {"--quiet", "--verbose"} == said


# ---------------------------------------------------------------------- pages made from code, links, the site
def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "reference" / "make.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("document", [README, *DOCS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading_of_it(document: Path) -> None:
    for target in links(document):
        path, _, anchor = target.partition("#")
        file = (document.parent / path) if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


class Loaded(HTMLParser):
    """What a page loads when it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "link", "iframe", "source", "object", "embed", "video", "audio"):
            self.urls += [value for key, value in attrs if key in ("src", "href", "data", "srcset") and value]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site."""
    pytest.importorskip("sphinx")
    return built(ROOT / "docs", tmp_path_factory.mktemp("site"))


def test_the_site_holds_every_document(site: Path) -> None:
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} >= {
        name(path).removesuffix("md") + "html" for path in DOCS
    }


def test_the_site_loads_nothing_from_other_hosts(site: Path) -> None:
    for page in site.rglob("*.html"):
        loaded = Loaded()
        loaded.feed(page.read_text("utf-8"))
        assert loaded.urls
        assert not [url for url in loaded.urls if re.match(r"(https?:)?//", url)], page
    for style in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", style.read_text("utf-8")), style


# ---------------------------------------------------------------------- the means
def test_a_block_of_commands_is_parted_at_its_prompts() -> None:
    assert commands("$ a \\\n    b\nout\n$ c\n") == [("a \\\n    b", "out\n"), ("c", "")]


@pytest.mark.parametrize(
    ("printed", "wanted", "right"),
    [("a\nb\n", "a\nb", True), ("a\nb\n", "a", False), ("a 12 s\nz", "a ... s\n...", True), ("a.b", "a-b", False)],
)
def test_three_points_stand_for_anything(printed: str, wanted: str, right: bool) -> None:
    assert fits(printed, wanted) is right


def test_a_block_that_does_not_keep_its_word_is_told(tmp_path: Path) -> None:
    with Session(tmp_path) as session:
        session.play(Block("file", "a.txt", "text", "one\n"))
        session.play(Block("run", "", "console", "$ cat a.txt\none\n"))
        session.play(Block("run", "exit 1", "console", "$ grep -q two a.txt\n"))
        session.play(Block("run", "", "python", ">>> 1 + 1\n2\n"))
        for block in (
            Block("run", "", "console", "$ cat a.txt\ntwo\n"),
            Block("run", "", "console", "$ false\n"),
            Block("run", "", "python", ">>> 1 + 1\n3\n"),
            Block("run", "", "python", "raise ValueError\n"),
        ):
            with pytest.raises(AssertionError):
                session.play(block)


def test_a_call_that_the_program_does_not_take_is_told() -> None:
    for words in (["extract", "x", "--no-such-option"], ["extarct", "x"], ["run", "--limit", "many"]):
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            taken(words, " ".join(words))
