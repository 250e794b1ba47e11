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


Sample = tuple[Mapping[str, str], float]
"""Values of labels by their names, and a value."""


class Family(NamedTuple):
    """What all samples of one name have in common: the names of their labels, and what they say."""

    labels: tuple[str, ...]
    help: str


METRICS = {
    "last_run_timestamp_seconds": Family((), "When the last run ended, in seconds since 1970."),
    _SUCCESS: Family((), "When the last run ended that answered with exit code 0, in seconds since 1970."),
    "last_run_duration_seconds": Family((), "How long the last run took."),
    "last_run_exit_code": Family((), "What the last run answered with."),
    "last_run_stopped": Family((), "1 where the last run ended before it was done: by its time, a signal or trouble."),
    "last_run_failed_ratio": Family((), "Share of the last run's pages that failed, from 0 to 1."),
    "station_up": Family(("station",), "1 where any source of the station could be read in the last run."),
    "station_addresses_found": Family(("station",), "Addresses that the station's sources listed in the last run."),
    "station_addresses_new": Family(("station",), "Those of them that were not known before."),
    "station_pages": Family(("station", "result"), "Pages of the last run by what came of them."),
    "station_retries": Family(("station",), "Requests of the last run that were made again."),
    "station_troubles": Family(("station",), "Sources of the station that could not be read in the last run."),
    "alarms": Family((), "Alarms that stood when the last run ended."),
    "alarm": Family(
        ("scope", "subject", "kind"),
        "1 for each alarm: about a host or a platform, which one, which figure.",
    ),
}
"""By name, without `PREFIX`."""


def render(summary: Mapping[str, Any], *, ended: float, succeeded: float | None = None) -> str:
    """The text of the file. `summary` is that of a run (`scraper.run.Summary.to_dict`), or has its `exit_code` alone
    where a run did not get so far; `ended` is when it ended, `succeeded` when the last one did that went well.
    """
    values: dict[str, list[Sample]] = {name: [] for name in METRICS}
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
    if "alarms" in summary:
        values["alarms"].append(({}, len(summary["alarms"])))
        for alarm in summary["alarms"]:
            values["alarm"].append(({name: alarm[name] for name in METRICS["alarm"].labels}, 1))
    for station, tally in summary.get("stations", {}).items():
        for name, labels, value in _of_station(tally):
            values[name].append(({"station": station, **labels}, value))
    return "".join(_family(name, samples) for name, samples in values.items() if samples)


def _of_station(tally: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, str], float]]:
    yield "station_up", {}, float(not tally["unreachable"])
    yield "station_addresses_found", {}, tally["found"]
    yield "station_addresses_new", {}, tally["queued"]
    for result in RESULTS:
        yield "station_pages", {"result": result}, tally[result]
    yield "station_retries", {}, tally["retried"]
    yield "station_troubles", {}, len(tally["trouble"])


def _family(name: str, samples: Iterable[Sample]) -> str:
    full = PREFIX + name
    lines = [f"# HELP {full} {METRICS[name].help}", f"# TYPE {full} gauge"]
    lines += [f"{full}{_labels(labels)} {value:.15g}" for labels, value in samples]
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
