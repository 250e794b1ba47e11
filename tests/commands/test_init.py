"""``scraper init``: by flags and by answers, never over what is there."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.commands import init
from scraper.commands.run import configuration
from scraper.errors import ConfigError

Cli = Callable[..., tuple[int, str, str]]
CONTACT = ("--contact", "a@example.org")


def test_by_flags(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("init", "bpr.org", "--station", "WUNC,www.kqed.org", *CONTACT, "--store", "my.db")
    assert (code, out) == (0, "")
    assert "scraper check --online" in err
    config = configuration("config.yaml", None, ())
    assert [station.host for station in config.stations] == ["bpr.org", "wunc.org", "kqed.org"]
    assert (config.contact, config.store) == ("a@example.org", "my.db")
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_what_is_there_is_kept(cli: Cli) -> None:
    Path("config.yaml").write_text("mine")
    code, _, err = cli("init", "bpr.org", *CONTACT)
    assert (code, err) == (73, "scraper: config.yaml is there already; --force overwrites it\n")
    assert Path("config.yaml").read_text() == "mine"
    assert cli("init", "bpr.org", *CONTACT, "--force")[0] == 0
    assert configuration("config.yaml", None, ()).contact == "a@example.org"


def test_to_a_pipe(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("init", "bpr.org", *CONTACT, "--config", "-")
    assert (code, err) == (0, "")
    assert out.startswith("# Settings of public-radio-scraper.")
    assert list(tmp_path.iterdir()) == []


def test_a_station_of_ones_own(cli: Cli) -> None:
    arguments = ("https://www.wxyz.example/", "http://127.0.0.1:8017", *CONTACT, "--allow-host", "127.0.0.1:8017")
    assert cli("init", *arguments)[0] == 0
    config = configuration("config.yaml", None, ())
    assert [(station.host, station.url) for station in config.stations] == [
        ("wxyz.example", "https://www.wxyz.example"),
        ("127.0.0.1", "http://127.0.0.1:8017"),
    ]
    assert config.fetch.allow_hosts == ("127.0.0.1:8017",)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name at least one station"),
        (["bpr.org"], "--contact is missing"),
        (["bpr.og", "wunk", *CONTACT], "did you mean bpr.org"),
        (["bpr.og", "wunk", *CONTACT], "'wunk'; did you mean wunc.org or "),
        (["ohio", *CONTACT], "stations fit 'ohio': "),
        (["zzzzzz", *CONTACT], "named by its address, with https://"),
        (["ftp://x.org", *CONTACT], "no address such as"),
        (["bpr.org", "--contact", "nobody"], "expected an e-mail address"),
        (["bpr.org", *CONTACT, "--store", "mysql://x/y"], "database URL"),
        (["bpr.org", *CONTACT, "--at", "3:30"], "--at goes with"),
        (["bpr.org", *CONTACT, "--cron", "--at", "25:00"], "no time of the day"),
        (["bpr.org", *CONTACT, "--cron", "--config", "-"], "--config - is none"),
    ],
)
def test_usage(cli: Cli, tmp_path: Path, arguments: list[str], words: str) -> None:
    code, out, err = cli("init", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert list(tmp_path.iterdir()) == []


def test_schedules_for_a_configuration_that_is_there(cli: Cli, tmp_path: Path) -> None:
    assert cli("init", "bpr.org", *CONTACT)[0] == 0
    Path("config.yaml").write_text(Path("config.yaml").read_text().replace("metrics:\n", "metrics: prom/x.prom\n"))
    before = Path("config.yaml").read_text()
    assert cli("init", "--systemd", "--cron", "--container", "--at", "03:07")[0] == 0
    assert Path("config.yaml").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "Containerfile",
        "config.yaml",
        "public-radio-scraper.cron",
        "public-radio-scraper.service",
        "public-radio-scraper.timer",
    ]
    service = Path("public-radio-scraper.service").read_text()
    assert f"\nReadWritePaths={tmp_path} {tmp_path}/prom\n" in service
    assert f"\nWorkingDirectory={tmp_path}\n" in service
    assert "\n7 3 * * * cd " in Path("public-radio-scraper.cron").read_text()
    code, _, err = cli("init", "--cron")
    assert (code, "is there already" in err) == (73, True)


def test_all_at_once_or_nothing(cli: Cli, tmp_path: Path) -> None:
    Path("public-radio-scraper.cron").write_text("mine")
    assert cli("init", "bpr.org", *CONTACT, "--cron")[0] == 73
    assert [path.name for path in tmp_path.iterdir()] == ["public-radio-scraper.cron"]


def test_schedules_need_a_configuration_that_is_right(cli: Cli) -> None:
    Path("config.yaml").write_text("stations: [bpr.orgg]\n")
    assert cli("init", "--systemd")[0] == ConfigError.exit_code


def test_by_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(init, "is_terminal", lambda _: True)
    answers = "bpr.og\nbpr.org, WUNC\nnobody\na@example.org\n\n"
    done = CliRunner().invoke(init.command, [], input=answers, standalone_mode=False)
    assert done.exception is None
    assert "did you mean bpr.org" in done.stderr
    assert "expected an e-mail address" in done.stderr
    assert done.stdout == ""
    config = configuration("config.yaml", None, ())
    assert [station.host for station in config.stations] == ["bpr.org", "wunc.org"]
    assert (config.contact, config.store) == ("a@example.org", "stories.db")


def test_answers_that_do_not_come(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "is_terminal", lambda _: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("bpr.org\n"))
    code, _, err = cli("init")
    assert (code, "no answer came" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []
