"""`scraper report` at the shell: where it writes, what it says, how it ends."""

from __future__ import annotations

import json
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.invented import fill, hosts
from scraper.writer.archive import Archive

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "stories.db"
    with Archive.open(str(path)) as archive:
        fill(archive, stations=3, days=10, now=time.time(), a_day=1, length=200)
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


@pytest.mark.usefixtures("store")
def test_given_a_pipe_then_the_page_goes_to_stdout(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("report")
    assert (code, err) == (0, "")
    assert out.startswith("<!DOCTYPE html>")
    assert out.endswith("</html>\n")
    assert not (tmp_path / "report.html").exists()


@pytest.mark.usefixtures("store")
def test_given_a_terminal_then_report_html(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.commands.report.is_terminal", lambda _: True)
    assert cli("report") == (0, "", "scraper: written to report.html\n")
    assert (tmp_path / "report.html").read_text("utf-8").endswith("</html>\n")


@pytest.mark.usefixtures("store")
def test_given_o_then_the_same_page_as_a_file(cli: Cli, tmp_path: Path) -> None:
    assert cli("report", "-o", "r.html") == (0, "", "")
    assert cli("report", "-o", "-")[1].splitlines()[8:] == (tmp_path / "r.html").read_text("utf-8").splitlines()[8:]
    assert cli("report", "-o", "no/such/r.html")[0] == 73


@pytest.mark.usefixtures("store")
def test_given_open_then_a_browser_is_sent_to_the_file(cli: Cli, tmp_path: Path, opened: list[str]) -> None:
    assert cli("report", "--open")[0] == 0
    assert opened == [(tmp_path / "report.html").as_uri()]
    assert cli("report", "--open", "--json")[0] == 2
    assert cli("report", "--open", "-o", "-")[0] == 2
    assert len(opened) == 1


@pytest.mark.usefixtures("store")
def test_given_json_then_the_figures_on_one_line(cli: Cli) -> None:
    code, out, err = cli("report", "--json", "--days", "5")
    assert (code, err, out.count("\n")) == (0, "", 1)
    told = json.loads(out)
    assert {one["host"] for one in told["stations"]} == set(hosts(3))
    assert len(told["series"]["points"]) == 5
    assert told["alarms"][0]["subject"] == hosts(3)[0]


def test_given_another_store_then_that(cli: Cli, store: Path, tmp_path: Path) -> None:
    store.rename(tmp_path / "other.db")
    code, out, err = cli("report")
    assert (code, out) == (66, "")
    assert err.startswith("scraper: no store at stories.db")
    assert "3 stations" in cli("report", "--store", "other.db")[1]
    (tmp_path / "config.yaml").write_text("store: other.db\nstations: [bpr.org]\n")
    assert "3 stations" in cli("report")[1]


def test_given_an_empty_store_then_a_page_that_says_what_to_do(cli: Cli, tmp_path: Path) -> None:
    Archive.open(str(tmp_path / "stories.db")).close()
    code, out, _ = cli("report")
    assert code == 0
    assert "<code>scraper run</code>" in out


@pytest.mark.parametrize("days", ["0", "1201", "x"])
def test_given_days_that_are_none_then_wrong_usage(cli: Cli, days: str) -> None:
    assert cli("report", "--days", days)[0] == 2
