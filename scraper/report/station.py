"""One station in a report: its figures, plots, alarms and newest stories, folded into one line."""

from __future__ import annotations

from html import escape

from scraper.report.model import Series, StationReport
from scraper.report.parts import alarm_list, facts, percent, seconds, stories, table
from scraper.report.plot import Look, Scale, figure
from scraper.webpage import many
from scraper.writer.alarm import Alarm

_LOOKS = (
    Look("Coverage", lambda point: point.coverage, percent, top=1.0),
    Look("Latency", lambda point: point.latency, seconds),
    Look("New stories", lambda point: float(point.new), lambda value: f"{value:,.10g}", bars=True),
)
_MOST_ALARMS = 10


def station(one: StationReport, scale: Scale, *, number: int, opened: bool) -> list[str]:
    """The station as a fold; `number` is its own in the document."""
    alarmed, open_ = " alarmed" if one.alarmed else "", " open" if opened else ""
    host = f" <small>{escape(one.host)}</small>" if one.host != one.name else ""
    alarms = one.alarms[:_MOST_ALARMS]
    return [
        f'<details class="station{alarmed}" id="s{number}"{open_}>',
        f"<summary><h3>{escape(one.name)}{host}</h3> {_short(one)}</summary>",
        *(alarm_list([alarm for alarm in alarms if alarm.active], {}) if one.alarmed else []),
        *plots(one.series, scale, id_=f"s{number}", of=one.name, alarms=one.alarms),
        *facts(_facts(one)),
        *(["<h4>Newest stories</h4>", *stories(one.stories)] if one.stories else []),
        *points(one.series, scale.step),
        "</details>",
    ]


def plots(series: Series, scale: Scale, *, id_: str, of: str, alarms: list[Alarm] | None = None) -> list[str]:
    """All plots of a series. `id_` is its own in the document."""
    drawn = [
        figure(look, series.points, scale, id_=f"{id_}-{number}", of=of, alarms=alarms or [])
        for number, look in enumerate(_LOOKS)
    ]
    return ['<div class="plots">', *drawn, "</div>"]


def points(series: Series, step: int) -> list[str]:
    """The same as a table, the newest first."""
    if not series.points:
        return []
    name = {1: "day", 7: "week"}.get(step, "four weeks")
    rows = [
        (
            point.at,
            percent(point.coverage),
            seconds(point.latency),
            *(f"{number:,}" for number in (point.new, point.tried, point.failed)),
        )
        for point in reversed(series.points)
    ]
    names = (name.capitalize(), "Coverage", "Latency", "New", "Tried", "Failed")
    return ["<details>", "<summary>As a table</summary>", *table(f"By {name}", names, rows), "</details>"]


def _short(one: StationReport) -> str:
    whole = one.series.whole
    told = f"<span>coverage {percent(whole.coverage)}, latency {seconds(whole.latency)}, {whole.new:,} new</span>"
    active = sum(alarm.active for alarm in one.alarms)
    return (f'<strong class="badge">! {many(active, "alarm")}</strong>' if active else "") + told


def _facts(one: StationReport) -> dict[str, str]:
    whole, queue = one.series.whole, one.queue
    told = {"Pages tried": f"{whole.tried:,}", "Failed": f"{whole.failed:,}", "Updated": f"{one.series.updated:,}"}
    told |= {name.capitalize(): percent(share) for name, share in one.series.fields.items()}
    if queue is not None:
        told |= {"Waiting": f"{queue.due + queue.later + queue.failed:,}", "Stories stored": f"{queue.stories:,}"}
        told |= {"Newest story": queue.newest[:10]} if queue.newest else {}
    if one.platforms:
        told["Platform"] = ", ".join(one.platforms)
    return told
