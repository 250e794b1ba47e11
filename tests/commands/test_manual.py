"""The manual page: complete, and well-formed in the eyes of the programs that show it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from scraper.commands import COMMANDS, program
from scraper.commands._manual import EXITS

Cli = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def page(cli: Cli) -> str:
    code, out, err = cli("man")
    assert (code, err) == (0, "")
    return out


def test_it_has_every_command_and_option(page: str) -> None:
    text = page.replace(r"\-", "-")
    context = click.Context(program)
    for name in COMMANDS:
        assert f".SS scraper {name}\n" in text
        command = program.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert option in text


def test_exit_codes_are_those_of_the_record(page: str) -> None:
    table = (ROOT / "docs" / "record.md").read_text(encoding="utf-8").partition("## Exit codes")[2]
    codes = re.findall(r"^\| ([\d, ]+) \|", table.partition("\n## ")[0], re.M)
    assert codes == list(EXITS)
    assert ".SH EXIT STATUS" in page


def test_the_day_can_be_set(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert cli("man")[1].startswith(".TH SCRAPER 1 1970-01-02 ")


@pytest.mark.parametrize(
    "command",
    [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-man", "-ww", "-z", "-Tutf8"]],
    ids=["mandoc", "groff"],
)
def test_the_programs_that_show_it_find_nothing_wrong(page: str, command: list[str], tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    file = tmp_path / "scraper.1"
    file.write_text(page)
    done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_it_reads_as_it_is_meant(page: str) -> None:
    shown = subprocess.run(["mandoc", "-T", "ascii"], input=page, capture_output=True, text=True, check=True).stdout
    shown = re.sub(r".\x08", "", shown)
    assert "scraper show --limit 1000 | jq -r .title" in shown
    assert "scraper init --systemd --at 03:30" in shown
