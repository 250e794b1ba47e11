"""What others hear of a run: from its lock to its end, and nothing that fails it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchman import Watchman, watchman

from scraper.demo import Served, serve
from scraper.run.lock import held

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def station() -> Iterator[Served]:
    with serve(0) as served:
        served.site.busy.clear()
        yield served


@pytest.fixture
def heard() -> Iterator[Watchman]:
    with watchman() as heard:
        yield heard


def write(
    folder: Path, station: Served, heard: Watchman, *, store: str = "stories.db", metrics: str = "x.prom"
) -> None:
    (folder / "config.yaml").write_text(
        f"contact: a@example.org\nstore: {store}\nmetrics: {metrics}\nping: {heard.url}\n"
        f"fetch: {{delay: 0, group_delay: 0, attempts: 1, allow_hosts: ['{station.host}', '{heard.host}']}}\n"
        f"stations: [{{host: wrvl.example, url: '{station.address}', feeds: [/news.rss]}}]\n"
    )


def test_a_run_that_goes_well(cli: Cli, tmp_path: Path, station: Served, heard: Watchman) -> None:
    write(tmp_path, station, heard)
    code, out, err = cli("run", "--limit", "3")
    assert (code, out, err) == (0, "", "")
    assert [ping.path for ping in heard.pings] == ["/check-1/start", "/check-1"]
    assert "exit code 0" in heard.pings[1].body
    assert "2 new" in heard.pings[1].body
    text = (tmp_path / "x.prom").read_text()
    assert 'public_radio_scraper_station_pages{station="wrvl.example",result="new"} 2\n' in text


def test_a_run_that_fails_by_its_store(cli: Cli, tmp_path: Path, station: Served, heard: Watchman) -> None:
    write(tmp_path, station, heard, store="config.yaml")
    code, _, err = cli("run")
    assert code == 73
    assert [ping.path for ping in heard.pings] == ["/check-1/fail"]
    assert heard.pings[0].body in err
    assert "public_radio_scraper_last_run_exit_code 73\n" in (tmp_path / "x.prom").read_text()


def test_another_run_speaks_for_itself(cli: Cli, tmp_path: Path, station: Served, heard: Watchman) -> None:
    write(tmp_path, station, heard)
    with held(str(tmp_path / "stories.db")):
        assert cli("run")[0] == 75
    assert heard.pings == []
    assert not (tmp_path / "x.prom").exists()


def test_neither_fails_a_run(cli: Cli, tmp_path: Path, station: Served, heard: Watchman) -> None:
    write(tmp_path, station, heard, metrics="none/x.prom")
    heard.statuses = [404] * 4
    code, out, err = cli("run", "--limit", "1")
    assert (code, out) == (0, "")
    assert err == "scraper: metrics: cannot write none/x.prom: no such directory: none\n"
