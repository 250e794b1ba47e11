"""Pieces that recur in a report: alarms, stories, tables, figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from scraper.watch import sentence
from scraper.webpage import link
from scraper.writer.alarm import Alarm
from scraper.writer.characters import one_line
from scraper.writer.review import Headline

_LONGEST = 200


def alarm_list(alarms: Iterable[Alarm], places: Mapping[str, str], *, over: bool = False) -> list[str]:
    """Alarms with their samples. `places` are where the stations stand in the document, by host."""
    rows = [f'<ul class="alarms{" over" if over else ""}">']
    for alarm in alarms:
        ended = ""
        if alarm.cleared_at:
            how = {"back": "as before", "usual": "it is the usual now"}.get(alarm.ended or "", "over")
            ended = f" Over on {alarm.cleared_at[:10]}: {how}."
        mark = "✓" if over else "!"
        place = places.get(alarm.subject) if alarm.scope == "host" else None
        to = f' <a href="{place}">Plots of {escape(alarm.subject)}</a>' if place else ""
        samples = [f"<li>{link(url, _cut(url))}</li>" for url in alarm.samples]
        rows.append(f'<li><b aria-hidden="true">{mark}</b> {escape(one_line(sentence(alarm)))}.{ended}{to}')
        rows += [*(["<ul>", *samples, "</ul>"] if samples else []), "</li>"]
    return [*rows, "</ul>"]


def stories(found: Iterable[Headline], names: Mapping[str, str] | None = None) -> list[str]:
    """Headlines with links; with `names`, by host, also the station of each."""
    rows = []
    for one in found:
        title = _cut(one_line(one.title) or one.url or "without a title")
        by = f" {escape(names.get(one.station, one.station))}," if names is not None else ""
        rows.append(f"<li><bdi>{link(one.url, title)}</bdi> <small>{by} {escape(one.published[:10])}</small></li>")
    return ["<ul>", *rows, "</ul>"]


def table(caption: str, names: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> list[str]:
    """The first column names the row; the first `words` columns are words, the others numbers."""

    def cell(number: int, value: str) -> str:
        kind = ' class="word"' if number < words else ""
        return f"<td{kind}>{escape(value)}" if number else f'<th scope="row">{escape(value)}'

    headings = "".join(
        f'<th scope="col"{" class=word" if number < words else ""}>{name}' for number, name in enumerate(names)
    )
    lines = ["".join(cell(number, value) for number, value in enumerate(row)) for row in rows]
    return [
        f"<table><caption>{escape(caption)}</caption><thead><tr>{headings}</thead><tbody>",
        *(f"<tr>{line}" for line in lines),
        "</tbody></table>",
    ]


def facts(told: Mapping[str, str]) -> list[str]:
    """Figures with their names."""
    rows = [f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in told.items()]
    return ['<dl class="facts">', *rows, "</dl>"]


def percent(share: float | None) -> str:
    """A share; what is not quite all never reads as all.

    >>> percent(0.984), percent(0.9964), percent(1.0), percent(None)
    ('98%', '99.6%', '100%', '–')
    """
    if share is None:
        return "–"
    return f"{min(share, 0.999):.1%}" if 0.99 < share < 1 else f"{share:.0%}"


def seconds(value: float | None) -> str:
    """A latency.

    >>> seconds(0.0042), seconds(0.42), seconds(1.234), seconds(12.3), seconds(0)
    ('4 ms', '420 ms', '1.23 s', '12 s', '0 s')
    """
    if value is None:
        return "–"
    if 0 < value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if 0 < value < 10 else f"{value:.0f} s"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
