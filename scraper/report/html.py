"""A report as one HTML page, in parts as they are made."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scraper.report.model import Report
from scraper.report.parts import alarm_list, facts, percent, stories, table
from scraper.report.plot import DOT, Scale
from scraper.report.station import plots, points, station
from scraper.webpage import contents, head, link, many, style_sheet
from scraper.writer.characters import one_line

_PARTS = {
    "alarms": "Alarms",
    "stations": "Stations",
    "newest": "Newest stories",
    "removed": "Removed most",
    "sources": "Sources not readable",
    "queue": "Queue",
    "passes": "Passes",
}
_MOST_SOURCES = 100
_MOST_CLEARED = 50
_FILTER_FROM = 8
_QUEUE = {
    "due": "may be fetched now",
    "later": "known, must wait",
    "failed": "could not be had, tried again",
    "lost": "could not be had, given up",
    "done": "done",
    "refused": "hold no story, or may not be had",
    "gone": "gone",
    "planned": "looked at again some day",
}


def to_html(report: Report) -> Iterator[str]:
    """The whole document. Its size goes with stations and points; memory is that of one station."""
    yield from _lines(*head(f"Report: {report.store}", style_sheet("scraper.report")), *_header(report))
    if report.empty:
        yield from _lines(*_what_to_do())
    else:
        scale = Scale(report.first, report.last, report.step)
        yield from _lines(*contents("Parts of this report", _PARTS), DOT, '<main id="main">')
        yield from _lines(*_alarms(report))
        yield from _stations(report, scale)
        for part in (_newest, _removed, _sources, _queue, _passes, _meanings):
            yield from _lines(*part(report))
    yield from _lines("</main>", "</body>", "</html>")


def _lines(*lines: str) -> Iterator[str]:
    yield "".join(f"{line}\n" for line in lines)


def _header(report: Report) -> list[str]:
    when = f"{report.made_at[:10]} {report.made_at[11:16]} UTC"
    parts = [
        "<header>",
        "<h1>Report</h1>",
        f"<p>{escape(report.store)}, {when}, the last {many(report.days, 'day')}.</p>",
    ]
    if not report.empty:
        alarmed = many(len(report.alarms), "alarm") if report.alarms else "No alarm"
        whole = report.series.whole
        told = [alarmed, many(len(report.stations), "station"), f"{whole.new:,} new, {report.series.updated:,} updated"]
        told += [f"{many(whole.failed, 'page')} failed"] if whole.failed else []
        parts += [f'<p class="lead">{"; ".join(told)}. {_last_pass(report)}</p>']
    return [*parts, "</header>"]


def _last_pass(report: Report) -> str:
    if not report.passes:
        return "No pass yet."
    last = report.passes[0]
    ended = "has not ended" if last.exit_code is None else f"ended with exit code {last.exit_code}"
    return f"The last pass began {_time(last.started)} and {ended}."


def _what_to_do() -> list[str]:
    return [
        '<main id="main">',
        "<p>There is nothing in the store yet. What to do:</p>",
        "<ol>",
        "<li><code>scraper init</code> writes a <code>config.yaml</code> with your stations;</li>",
        "<li><code>scraper run</code> makes the first pass;</li>",
        "<li><code>scraper report</code> shows here what came of it.</li>",
        "</ol>",
        "<p>If there should be something, another store is meant: name it with <code>--store</code>.</p>",
    ]


def _section(id_: str, *lines: str) -> list[str]:
    heading = f'<h2 id="{id_}" tabindex="-1">{_PARTS[id_]}</h2>'
    return [f'<section aria-labelledby="{id_}">', heading, *lines, "</section>"]


def _alarms(report: Report) -> list[str]:
    places = {one.host: f"#s{number}" for number, one in enumerate(report.stations)}
    now = alarm_list(report.alarms, places) if report.alarms else ["<p>None now.</p>"]
    over = report.cleared[:_MOST_CLEARED]
    if not over:
        return _section("alarms", *now)
    name = f"{many(len(report.cleared), 'alarm')} of these days, over by now"
    name += f" (the newest {_MOST_CLEARED})" if len(over) < len(report.cleared) else ""
    folded = ["<details>", f"<summary>{name}</summary>", *alarm_list(over, places, over=True), "</details>"]
    return _section("alarms", *now, *folded)


def _stations(report: Report, scale: Scale) -> Iterator[str]:
    every = many(len(report.stations), "station")
    lines = _section("stations", "<h3>All together</h3>", *plots(report.series, scale, id_="all", of=every))[:-1]
    yield from _lines(*lines, *points(report.series, report.step))
    if len(report.stations) >= _FILTER_FROM:
        tick = '<label><input type="checkbox" id="only-alarmed"> Only stations with an alarm</label>'
        yield from _lines(f'<form method="dialog" aria-label="Filter">{tick}</form>')
    for number, one in enumerate(report.stations):
        opened = len(report.stations) < _FILTER_FROM
        yield from _lines(*station(one, scale, number=number, opened=opened))
    yield from _lines("</section>")


def _newest(report: Report) -> list[str]:
    names = {one.host: one.name for one in report.stations}
    shown = stories(report.newest, names) if report.newest else ["<p>There is none with a date.</p>"]
    return _section("newest", *shown)


def _removed(report: Report) -> list[str]:
    found = report.removed
    if not found.kinds:
        return _section("removed", "<p>Nothing was removed from the stories of these days.</p>")
    of = "one story" if found.stories == 1 else f"{found.stories:,} stories"
    kinds = [(one.kind, f"{one.pieces:,}", percent(one.stories / found.stories)) for one in found.kinds]
    rules = [(one.rule, one.kind, f"{one.pieces:,}", percent(one.stories / found.stories)) for one in found.rules]
    return _section(
        "removed",
        f"<p>Counted in {of}: all that came in these days, or an even sample of them.</p>",
        *table("By kind", ("Kind", "Pieces", "In stories"), kinds),
        "<details>",
        "<summary>By rule</summary>",
        *table(
            f"The {len(rules)} rules that fired in most stories",
            ("Rule", "Kind", "Pieces", "In stories"),
            rules,
            words=2,
        ),
        "</details>",
    )


def _sources(report: Report) -> list[str]:
    if not report.unread:
        return _section("sources", "<p>All sources could be read when they were asked last.</p>")
    rows = ["<ul>"]
    for one in report.unread[:_MOST_SOURCES]:
        last = f"read last {_time(one.read_at)}" if one.read_at else "never read yet"
        why = one_line(one.error or f"status {one.status}")
        times = "once" if one.failures == 1 else f"{one.failures:,} times in a row"
        what = f"{escape(one.station)}, {escape(one.kind)}: {link(one.url, one.url)}"
        rows.append(f"<li>{what}: {times}, {escape(why)}; {last}</li>")
    rest = len(report.unread) - _MOST_SOURCES
    return _section("sources", *rows, "</ul>", *([f"<p>And {rest:,} more.</p>"] if rest > 0 else []))


def _queue(report: Report) -> list[str]:
    told = {name.capitalize(): f"{report.queue.get(key, 0):,}" for key, name in _QUEUE.items()}
    return _section("queue", "<p>Pages of all stations.</p>", *facts({**told, "Stories": f"{report.stories:,}"}))


def _passes(report: Report) -> list[str]:
    if not report.passes:
        return _section("passes", "<p>No pass yet: <code>scraper run</code> makes one.</p>")
    rows = []
    for one in report.passes:
        took = (
            "–"
            if one.seconds is None
            else f"{one.seconds / 60:,.0f} min"
            if one.seconds >= 60
            else f"{one.seconds:.0f} s"
        )
        counts = [f"{number:,}" for number in (one.new, one.updated, one.failed)]
        rows.append((_time(one.started), took, *counts, "–" if one.exit_code is None else str(one.exit_code)))
    names = ("Began (UTC)", "Took", "New", "Upd.", "Failed", "Exit")
    return _section("passes", *table(f"The last {len(rows)}", names, rows))


def _meanings(report: Report) -> list[str]:
    step = {1: "a day", 7: "a week, from Monday"}.get(report.step, "four weeks")
    told = {
        "Coverage": "of the young pages that were read and should hold a story, the share that has a body",
        "Latency": "the middle of the times from a request to the head of its response, within 5 %",
        "New stories": "pages that became a record for the first time",
        "A point, a bar": f"{step}, in UTC; the last may not be over; where nothing was measured, there is none",
        "A beam above a plot": "an alarm, for as long as it lasted",
    }
    rows = [f"<dt>{name}</dt><dd>{escape(what)}</dd>" for name, what in told.items()]
    return ["<details>", "<summary>What the figures mean</summary>", "<dl>", *rows, "</dl>", "</details>"]


def _time(at: str) -> str:
    return f"{at[:10]} {at[11:16]}"
