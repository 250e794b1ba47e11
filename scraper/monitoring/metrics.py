"""The figures of the last run in Prometheus' text format (version 0.0.4), for the node exporter's textfile collector.

The file holds gauges alone: what the last run came to. A watchman asks how old it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

PREFIX = "public_radio_scraper_"

RESULTS = ("new", "updated", "unchanged", "refused", "gone", "failed", "later")
"""What may come of a page: values of the label `result`."""

_LARGEST = 16 * 1024 * 1024
_SUCCESS = "last_success_timestamp_seconds"


class Metric(NamedTuple):
    """A family of samples. `samples` are label values by their names, and a value."""

    name: str
    help: str
    samples: tuple[tuple[Mapping[str, str], float], ...]


METRICS = {
    "last_run_timestamp_seconds": "When the last run ended, in seconds since 1970.",
    _SUCCESS: "When the last run ended that answered with exit code 0, in seconds since 1970.",
    "last_run_duration_seconds": "How long the last run took.",
    "last_run_exit_code": "What the last run answered with.",
    "last_run_stopped": "1 where the last run ended before it was done: by its time, a signal or trouble.",
    "last_run_failed_ratio": "Share of the last run's pages that failed, from 0 to 1.",
    "station_up": "1 where any source of the station could be read in the last run.",
    "station_addresses_found": "Addresses that the station's sources listed in the last run.",
    "station_addresses_new": "Those of them that were not known before.",
    "station_pages": "Pages of the last run by what came of them.",
    "station_retries": "Requests of the last run that were made again.",
    "station_troubles": "Sources and hosts of the station that could not be read in the last run.",
    "station_alarms": "Alarms about the station that stand after the last run.",
}
"""Each name, without `PREFIX`, with what it says."""


def render(summary: Mapping[str, Any], *, ended: float, succeeded: float | None = None) -> str:
    """The text of the file. `summary` is that of a run (`scraper.run.Summary.to_dict`), or has its `exit_code` alone
    where a run did not get so far; `ended` is when it ended, `succeeded` when the last one did that went well.
    """
    values: dict[str, list[tuple[Mapping[str, str], float]]] = {name: [] for name in METRICS}
    values["last_run_timestamp_seconds"].append(({}, ended))
    if summary["exit_code"] == 0:
        succeeded = ended
    if succeeded is not None:
        values[_SUCCESS].append(({}, succeeded))
    values["last_run_exit_code"].append(({}, summary["exit_code"]))
    if "seconds" in summary:
        values["last_run_duration_seconds"].append(({}, summary["seconds"]))
        values["last_run_stopped"].append(({}, float(summary["stopped"] is not None)))
        values["last_run_failed_ratio"].append(({}, summary["failed_share"]))
    for station, tally in summary.get("stations", {}).items():
        for name, labels, value in _of_station(tally):
            values[name].append(({"station": station, **labels}, value))
    metrics = [Metric(name, METRICS[name], tuple(samples)) for name, samples in values.items() if samples]
    return "".join(_family(metric) for metric in metrics)


def _of_station(tally: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, str], float]]:
    yield "station_up", {}, float(not tally["unreachable"])
    yield "station_addresses_found", {}, tally["found"]
    yield "station_addresses_new", {}, tally["queued"]
    for result in RESULTS:
        yield "station_pages", {"result": result}, tally[result]
    yield "station_retries", {}, tally["retried"]
    yield "station_troubles", {}, len(tally["trouble"])
    if "alarms" in tally:
        yield "station_alarms", {}, len(tally["alarms"])


def _family(metric: Metric) -> str:
    name = PREFIX + metric.name
    lines = [f"# HELP {name} {metric.help}", f"# TYPE {name} gauge"]
    lines += [f"{name}{_labels(labels)} {value:.15g}" for labels, value in metric.samples]
    return "".join(f"{line}\n" for line in lines)


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels.items()) + "}"


def escaped(value: str) -> str:
    r"""A label's value as it stands between quotes.

    >>> escaped('a\\b "c"')
    'a\\\\b \\"c\\"'
    """
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def last_success(file: str) -> float | None:
    """When the last run that went well ended, as the file of an earlier one tells."""
    try:
        with Path(file).open("rb") as stream:
            text = stream.read(_LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):  # none yet, or a name that is none: writing will tell
        return None
    found = re.search(rf"^{PREFIX}{_SUCCESS} (\d+(?:\.\d+)?(?:e\+\d+)?)$", text, re.M)
    return float(found[1]) if found else None


def write(file: str, summary: Mapping[str, Any], *, ended: float) -> None:
    """Puts the file in place at once, so that no reader sees half of it. Raises `OutputError`."""
    from scraper.writer.files import write_output

    write_output(file, render(summary, ended=ended, succeeded=last_success(file)))
