from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive
from scraper.writer.measure import Measure
from scraper.writer.results import Found, PageResult

Cli = Callable[..., Any]
URL = "https://bpr.org/news/{}".format
ALARM = Alarm(
    scope="host", subject="bpr.org", kind="body", raised_at="2031-08-12T14:00:00Z", raised_run=1, figure=0.1, past=0.98,
    pages=10, past_pages=400, samples=[URL(1)], cause="the template has probably changed",
    seen_at="2031-08-12T14:00:00Z",
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(str(tmp_path / "stories.db"))
    run = archive.start_run()
    archive.add_found([Found(url=URL(number)) for number in range(3)])
    at = archive.watching().runs()[0].started
    measure = Measure(
        host="bpr.org", platform="grove", run=run, at=at, tried=1, read=4, body=3, records=4, authors=2, ruled=4
    )
    archive.watching().add(measure)
    archive.refuse(PageResult(url=URL(0), error="it lists"))
    counts = {"new": 2, "updated": 1, "gone": 0, "failed": 0}
    archive.end_run(run, 0, {"total": counts, "stations": {"bpr.org": counts}, "seconds": 12.0, "stopped": None})
    return archive


def test_how_the_stations_are(cli: Cli, archive: Archive) -> None:
    said = cli("status")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith("last pass 1, ended ")
    assert lines[0].endswith("after 12 s with exit code 0: 2 new, 1 updated, 0 gone, 0 failed")
    (row,) = [line.split() for line in lines if line.startswith("bpr.org")]
    assert row == ["bpr.org", "0", "2", "1", "0", "75%", "50%", "100%", "2", "0", "0"]


def test_alarms_stand_first_and_are_an_exit_code(cli: Cli, archive: Archive) -> None:
    archive.watching().put_alarms([ALARM])
    said = cli("status")
    assert said.code == 1
    assert said.out.startswith("ALARM  bpr.org: pages with a body: 10% of 10, usually 98%; the template has probably")
    assert URL(1) in said.out.splitlines()[1]
    assert "ALARM" in next(line for line in said.out.splitlines() if line.startswith("bpr.org"))
    told = json.loads(cli("status", "--json").out)
    assert (told["alarms"][0]["kind"], told["alarms"][0]["samples"]) == ("body", [URL(1)])
    assert told["alarms"][0]["sentence"].startswith("bpr.org: pages with a body")
    (station,) = told["stations"]
    assert station["coverage"] | {"body": 0.75, "authors": 0.5, "pages": 4} == station["coverage"]
    assert station["queue"]["due"] == 2
    assert station["last_run"] == {"new": 2, "updated": 1, "gone": 0}
    assert told["size"] > 4096
    assert told["last_run"]["exit_code"] == 0


def test_before_the_first_pass_and_without_a_store(cli: Cli, tmp_path: Path) -> None:
    assert cli("status").code == 66
    Archive.open(str(tmp_path / "stories.db")).close()
    said = cli("status")
    assert (said.code, said.out.splitlines()[0]) == (0, "no pass yet: scraper run makes one")
    assert json.loads(cli("status", "--json", "--store", "stories.db").out)["last_run"] is None


def test_the_stations_of_the_configuration(cli: Cli, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("contact: a@example.org\nstations: [wunc.org, bpr.org]\n")
    told = json.loads(cli("status", "--json").out)
    assert [station["host"] for station in told["stations"]] == ["wunc.org", "bpr.org"]
    archive.start_run()
    assert "under way, or killed" in cli("status").out
