"""``scraper check``: what would keep a run from working, what a run would do, and nothing changed by asking."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.demo import Served, serve
from scraper.run.lock import held
from scraper.writer.archive import Archive

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def station() -> Iterator[Served]:
    with serve(0) as served:
        served.site.busy.clear()
        yield served


def write(folder: Path, *stations: str, more: str = "", contact: str = "contact: a@example.org") -> None:
    listed = "\n".join(f"  - {station}" for station in stations or ("bpr.org",))
    fetch = "fetch: {delay: 0, group_delay: 0, attempts: 1}"
    (folder / "config.yaml").write_text(f"{contact}\n{fetch}\n{more}\nstations:\n{listed}\n")


def demo(station: Served, host: str = "wrvl.example") -> str:
    return f"{{host: {host}, url: '{station.address}', feeds: [/news.rss], sitemaps: [/sitemap.xml]}}"


def test_given_a_good_configuration_when_it_is_checked_then_a_run_can_start(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path)
    code, out, err = cli("check")
    assert (code, err) == (0, "scraper: a run can start; --online asks the stations, too\n")
    assert "stories.db is not there yet" in out
    assert "grove, 0 s between requests, 0 pages due" in out
    assert "https://bpr.org/news-sitemap.xml" in out
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_all_mistakes_of_a_configuration(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path, "bpr.orgg", more="max_runtime: soon\nstoer: x.db")
    code, out, err = cli("check")
    assert (code, out) == (78, "")
    assert len(err.splitlines()) == 3
    code, out, err = cli("check", "--json")
    assert (code, err) == (78, "")
    found = json.loads(out)
    assert (found["ok"], found["exit_code"], len(found["findings"]), found["stations"]) == (False, 78, 3, [])


@pytest.mark.parametrize(
    ("more", "contact", "what"),
    [
        ("", "contact:", "contact"),
        ("ping: http://127.0.0.1:9/x", "contact: a@example.org", "ping"),
        ("platforms: [none.yaml]", "contact: a@example.org", "platforms"),
    ],
)
def test_what_the_configuration_lacks(cli: Cli, tmp_path: Path, more: str, contact: str, what: str) -> None:
    write(tmp_path, more=more, contact=contact)
    code, out, err = cli("check", "--json")
    problems = [finding for finding in json.loads(out)["findings"] if finding["state"] == "problem"]
    assert [(problem["what"], problem["exit_code"]) for problem in problems] == [(what, 78)]
    assert (code, err) == (78, f"scraper: 1 problem: {what}\n")


def test_metrics_without_a_folder(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path, more="metrics: none/x.prom")
    code, out, _ = cli("check")
    assert (code, "no such directory: none" in out) == (73, True)
    write(tmp_path, more="metrics: x.prom")
    assert cli("check")[0] == 0


def test_stores_that_cannot_be_used(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path, more="store: none/stories.db")
    code, out, _ = cli("check")
    assert (code, "no such directory" in out) == (73, True)
    (tmp_path / "bad.db").write_bytes(b"this is no database at all, it is a text" * 100)
    code, out, _ = cli("check", "--store", "bad.db")
    assert (code, "it is not a database" in out) == (73, True)


def test_a_store_that_is_damaged(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path)
    with Archive.open(str(tmp_path / "stories.db")) as archive:
        archive.checkpoint()
    assert cli("check")[0] == 0
    file = tmp_path / "stories.db"
    data = bytearray(file.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 512] = b"\xa5" * 512
    file.write_bytes(bytes(data))
    code, out, _ = cli("check")
    assert (code, "the database is damaged" in out) == (73, True)


def test_a_store_of_a_newer_version(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path)
    with Archive.open(str(tmp_path / "stories.db")):
        pass
    with sqlite3.connect(tmp_path / "stories.db") as database:
        (table,) = database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%version%'").fetchone()
        database.execute(f"UPDATE {table} SET version_num = '9999'")
    database.close()
    code, out, _ = cli("check")
    assert (code, "update the program" in out) == (73, True)


def test_an_older_store_stays_as_it_is(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path)
    sqlite3.connect(tmp_path / "stories.db").close()
    (tmp_path / "stories.db").touch()
    code, out, _ = cli("check")
    assert (code, "the next run brings it up to date" in out) == (0, True)
    assert (tmp_path / "stories.db").stat().st_size == 0


def test_another_run(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path)
    with held(str(tmp_path / "stories.db")):
        code, out, _ = cli("check")
        assert code == 75
        assert "another run (process " in out
    assert cli("check")[0] == 0


def test_several_things_wrong(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path, more="store: none/x.db", contact="contact:")
    assert cli("check")[0] == 1


def test_online(cli: Cli, tmp_path: Path, station: Served) -> None:
    write(tmp_path, demo(station), more="store: my.db")
    code, out, err = cli("check", "--online", "--json", "--allow-host", station.host)
    assert (code, err) == (0, "scraper: a run can start, and every station answers\n")
    (report,) = json.loads(out)["stations"]
    assert report["found"] == report["new"] > 10
    assert report["robots"].startswith("robots.txt allows")
    assert [source["status"] for source in report["sources"]] == [200] * len(report["sources"])
    assert station.site.requests["/robots.txt"] == 1
    assert not any(path.startswith("/news/") for path in station.site.requests)
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_online_after_a_run(cli: Cli, tmp_path: Path, station: Served) -> None:
    write(tmp_path, demo(station))
    assert cli("run", "--limit", "2", "--allow-host", station.host)[0] == 0
    code, out, _ = cli("check", "--online", "--allow-host", station.host)
    assert code == 0
    assert ", 0 new" in out
    assert "pages due" in out
    assert "0 pages due" not in out


def test_stations_that_do_not_answer(cli: Cli, tmp_path: Path, station: Served) -> None:
    dead = "{host: dead.example, url: 'http://127.0.0.1:9'}"
    allowed = ("--allow-host", station.host, "--allow-host", "127.0.0.1:9")
    write(tmp_path, dead)
    code, out, err = cli("check", "--online", *allowed)
    assert (code, err) == (69, "scraper: 1 problem: dead.example\n")
    assert "no connection" in out
    write(tmp_path, dead, demo(station))
    assert cli("check", "--online", *allowed)[0] == 1
    assert cli("check", "--online", "--station", "wrvl.example", *allowed)[0] == 0
    write(tmp_path, dead, demo(station), more="failure_threshold: 0.5")
    assert cli("check", "--online", *allowed)[0] == 0
    assert cli("check", "--online")[0] == 77  # none of the addresses is allowed


def test_from_standard_input(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    text = io.TextIOWrapper(io.BytesIO(b"contact: a@example.org\nstations: [bpr.org]\nfetch: {dely: 1}\n"))
    monkeypatch.setattr(sys, "stdin", text)
    code, _, err = cli("check", "--config", "-")
    assert (code, err) == (78, 'scraper: standard input:3: fetch.dely: unknown key, did you mean "delay"?\n')
