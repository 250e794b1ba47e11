from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest

import scraper
from scraper.commands import COMMANDS, program
from scraper.commands._exits import Outcome, signals_raise

Cli = Callable[..., tuple[int, str, str]]


def test_version(cli: Cli) -> None:
    assert cli("--version") == (0, f"scraper, version {scraper.__version__}\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
def test_help(cli: Cli, arguments: list[str]) -> None:
    code, out, err = cli(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith(" ".join(["Usage: scraper", *arguments[:-1]]))


def test_each_command_is_a_module_of_its_name() -> None:
    for name in COMMANDS:
        command = import_module(f"scraper.commands.{name}").command
        assert isinstance(command, click.Command)
        assert command.help
        assert {"quiet", "verbose"} <= {parameter.name for parameter in command.params}


def test_nothing_asked_is_answered_with_help(cli: Cli) -> None:
    code, out, err = cli()
    assert (code, out) == (2, "")
    assert "Commands:" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["exract", "x.html"], "there is no command 'exract'; did you mean 'extract'?"),
        (["bpr.org/x"], "there is no command 'bpr.org/x'; to extract a page: scraper extract bpr.org/x"),
        (["frobnicate"], "there is no command 'frobnicate'\n"),
        (["extract", "--remove", "x"], "did you mean"),
        (["--versoin"], "did you mean"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_what_was_meant(cli: Cli, arguments: list[str], words: str) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert words.lower() in err.lower()
    assert err.startswith("scraper: ")
    assert "--help'." in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(cli: Cli, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    code, out, _ = cli("completion", shell)
    assert code == 0
    assert "_SCRAPER_COMPLETE" in out


def complete(cli: Cli, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    monkeypatch.setenv("_SCRAPER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(["scraper", *words]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    code, out, _ = cli()
    assert code == 0
    return out.split()


def test_completion_of_commands_options_stations_and_files(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert complete(cli, monkeypatch, "stati") == ["plain,stations"]
    assert complete(cli, monkeypatch, "extract", "--for") == ["plain,--format"]
    assert complete(cli, monkeypatch, "run", "--station", "wun") == ["plain,wunc.org"]
    assert complete(cli, monkeypatch, "disc") == ["plain,discover"]
    assert complete(cli, monkeypatch, "discover", "wun") == ["plain,wunc.org"]
    assert complete(cli, monkeypatch, "fetch", "--expl") == ["plain,--explain"]
    assert complete(cli, monkeypatch, "extract", "pa") == ["file,pa"]
    assert complete(cli, monkeypatch, "init", "wun") == ["plain,wunc.org"]
    assert complete(cli, monkeypatch, "init", "--sys") == ["plain,--systemd"]
    assert complete(cli, monkeypatch, "check", "--onl") == ["plain,--online"]
    assert complete(cli, monkeypatch, "run", "--config", "x") == ["file,x"]
    assert complete(cli, monkeypatch, "show", "--format", "c") == ["plain,csv"]


def test_completion_knows_the_stations_of_the_configuration(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.yaml").write_text("stations: [{host: wu.example, url: 'https://wu.example'}, wunc.org]\n")
    Path("config.yaml").write_text("stations: [{host: other.example, url: 'https://other.example'}]\n")
    assert complete(cli, monkeypatch, "run", "--station", "o") == ["plain,other.example"]
    mine = ("--config", "mine.yaml", "--station")
    assert complete(cli, monkeypatch, "run", *mine, "wu") == ["plain,wu.example", "plain,wunc.org"]
    assert "plain,wuky.org" in complete(cli, monkeypatch, "show", *mine, "wu")
    assert complete(cli, monkeypatch, "show", *mine, "wu")[0] == "plain,wu.example"
    Path("config.yaml").write_text("stations: [")
    assert complete(cli, monkeypatch, "run", "--station", "wunc") == ["plain,wunc.org"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_take_the_completion_scripts(cli: Cli, shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(cli("completion", shell)[1])
    done = subprocess.run([program, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_colours_are_for_terminals_and_for_those_who_ask(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("extract", "missing.html")[2] == "scraper: missing.html: no such file\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert cli("extract", "missing.html")[2].startswith("\x1b[31mscraper:\x1b[0m ")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli("extract", "missing.html")[2] == "scraper: missing.html: no such file\n"


def test_quiet_and_verbose_before_or_after_the_name(cli: Cli, tmp_path: Path) -> None:
    for arguments in (["-vv", "extract", "missing.html"], ["extract", "missing.html", "-vv"]):
        code, _, err = cli(*arguments)
        assert code == 66
        assert "Traceback" not in err  # an error of the user's is none of ours
    assert cli("stations", "nowhere at all", "-q").err.count("\n") == 1  # type: ignore[attr-defined]


def test_a_signal_ends_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    for number, code, word in ((signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")):
        before = signal.getsignal(number)
        with Outcome() as outcome, signals_raise():
            signal.raise_signal(number)
        assert (outcome.code, capsys.readouterr().err) == (code, f"scraper: {word}\n")
        assert signal.getsignal(number) is before


def test_errors_of_ours_are_written_down(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Outcome() as outcome:
        raise KeyError("a\nb")
    line = capsys.readouterr().err
    assert (outcome.code, line.count("\n")) == (70, 1)
    assert "Traceback" in Path(line.rsplit(" ", 1)[1].strip()).read_text()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no"))
    with Outcome():
        raise KeyError("a")
    assert capsys.readouterr().err == "scraper: internal error: KeyError: 'a'\n"


def test_the_help_names_every_exit_worth_knowing() -> None:
    with program.make_context("scraper", ["extract"], resilient_parsing=True) as context:
        assert program.list_commands(context) == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["-q", "stations", "-v"], ["stations", "-q", "-v"], ["-vv", "stations", "-q"]])
def test_quiet_and_verbose_contradict_each_other(cli: Cli, arguments: list[str]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert "-q and -v contradict each other" in err


def test_standard_input_is_read_once(cli: Cli) -> None:
    code, out, err = cli("extract", "-", "-")
    assert (code, out) == (2, "")
    assert "standard input can be read once" in err


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("demo", "completion")])
def test_every_help_has_examples(cli: Cli, name: str) -> None:
    assert f"scraper {name}" in cli(name, "--help")[1].partition("Options:")[0].partition("\n")[2]
