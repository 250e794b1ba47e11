"""The text file for Prometheus, read by Prometheus' own parser."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scraper.errors import OutputError
from scraper.monitoring import metrics
from scraper.run.summary import Summary
from scraper.writer.alarm import Alarm


def summary(exit_code: int = 0) -> dict[str, object]:
    made = Summary()
    made.count("bpr.org", "found", 30)
    made.count("bpr.org", "queued", 4)
    made.count("bpr.org", "new", 3)
    made.count("bpr.org", "failed", reason="it answers 503")
    made.trouble("wunc.org", "it does not answer", unreachable=True)
    made.seconds = 12.5
    made.exit_code = exit_code
    return made.to_dict()


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Value by name, without the prefix, and labels' values."""
    found: dict[tuple[str, ...], float] = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            name = sample.name.removeprefix(metrics.PREFIX)
            assert tuple(sample.labels) == metrics.METRICS[name].labels
            found[(sample.name.removeprefix(metrics.PREFIX), *sample.labels.values())] = sample.value
    return found


def test_given_a_run_when_its_figures_are_written_then_prometheus_reads_them() -> None:
    found = samples(metrics.render(summary(), ended=1_750_000_000.25))
    assert found["last_run_timestamp_seconds",] == found["last_success_timestamp_seconds",] == 1_750_000_000.25
    assert found["last_run_duration_seconds",] == 12.5
    assert found["last_run_exit_code",] == found["last_run_stopped",] == 0
    assert found["station_addresses_found", "bpr.org"] == 30
    assert found["station_pages", "bpr.org", "new"] == 3
    assert found["station_pages", "bpr.org", "failed"] == 1
    assert (found["station_up", "bpr.org"], found["station_up", "wunc.org"]) == (1, 0)
    assert found["station_troubles", "wunc.org"] == 1


def test_alarms_stand_there_by_what_they_are_about() -> None:
    made = Summary()
    assert samples(metrics.render(made.to_dict(), ended=1.0))["alarms",] == 0
    made.alarms = [
        Alarm(scope="host", subject="bpr.org", kind="fallback", raised_at="2031-08-01T04:00:00Z", raised_run=3),
        Alarm(scope="platform", subject="grove", kind="body", raised_at="2031-08-01T04:00:00Z", raised_run=3),
    ]
    found = samples(metrics.render(made.to_dict(), ended=1.0))
    assert found["alarms",] == 2
    assert found["alarm", "host", "bpr.org", "fallback"] == found["alarm", "platform", "grove", "body"] == 1


def test_names_carry_their_units_and_stand_once() -> None:
    lines = metrics.render(summary(), ended=1.0).splitlines()
    types = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(types) == len(set(types)) == len([line for line in lines if line.startswith("# HELP")])
    assert all(name.startswith(metrics.PREFIX) for name in types)
    for name in types:
        if "timestamp" in name or "duration" in name:
            assert name.endswith("_seconds")


def test_a_failed_run_keeps_the_time_of_the_last_success(tmp_path: Path) -> None:
    file = str(tmp_path / "scraper.prom")
    metrics.write(file, summary(), ended=1_750_000_000.0)
    metrics.write(file, summary(exit_code=1), ended=1_750_086_400.0)
    metrics.write(file, {"exit_code": 73}, ended=1_750_172_800.0)
    found = samples(Path(file).read_text())
    assert found["last_success_timestamp_seconds",] == 1_750_000_000.0
    assert found["last_run_timestamp_seconds",] == 1_750_172_800.0
    assert found["last_run_exit_code",] == 73
    assert ("last_run_duration_seconds",) not in found
    assert [path.name for path in tmp_path.iterdir()] == ["scraper.prom"]


def test_a_file_of_somebody_else_tells_no_success(tmp_path: Path) -> None:
    file = tmp_path / "scraper.prom"
    assert metrics.last_success(str(file)) is None
    file.write_bytes(b"\xff\x00 nothing")
    assert metrics.last_success(str(file)) is None


def test_labels_are_escaped() -> None:
    made = Summary()
    made.count('a\\b"c\nd', "new")
    assert samples(metrics.render(made.to_dict(), ended=1.0))["station_pages", 'a\\b"c\nd', "new"] == 1


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such directory"):
        metrics.write(str(tmp_path / "none" / "x.prom"), summary(), ended=1.0)
