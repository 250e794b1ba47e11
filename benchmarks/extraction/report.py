"""The results as one page that needs nothing else: tables, plots, what was run and how."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path

from .columns import best, present, shown
from .machine import Facts
from .measure import Run
from .peers import GENERIC, OURS
from .plots import bars, dots, stacks
from .summary import Row, Table

_OURS = (OURS, GENERIC)
_STYLE = (Path(__file__).parent / "report.css").read_text("utf-8")
_SORT = (Path(__file__).parent / "report.js").read_text("utf-8")


def page(tables: list[Table], run: Run, about: Facts) -> str:
    """The HTML of the whole report."""
    body = [
        "<h1>Extraction beside its peers</h1>",
        f"<p>{escape(about.line())}. Made by <code>{escape(about.command)}</code>.</p>",
        "<p>A filled figure is the best of its column; extractors that give whole pages do not compete."
        " A click on a heading sorts.</p>",
        _contents(tables),
        *(_section(table) for table in tables),
        _versions(run),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Extraction beside its peers</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + f"\n<script>\n{_SORT}</script>\n</body>\n</html>\n"
    )


def _contents(tables: list[Table]) -> str:
    items = (f'<li><a href="#{_anchor(table)}">{escape(table.name)}</a> ({len(table.cases)})</li>' for table in tables)
    return f"<nav><ul>{''.join(items)}</ul></nav>"


def _anchor(table: Table) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in table.name.lower()).split())


def _section(table: Table) -> str:
    stories = sum(case.story for case in table.cases)
    parts = [
        f'<section id="{_anchor(table)}"><h2>{escape(table.name)}</h2>',
        f"<p>{len(table.cases)} pages, {stories} of them stories, {table.paragraphs:,} paragraphs.</p>",
        _table(table.rows),
    ]
    if stories and len(table.rows) > 1:
        parts.append(_plots(table.rows))
    return "\n".join([*parts, "</section>"])


def _table(rows: list[Row]) -> str:
    measures = present(rows)
    marks = {measure.key: best(measure, rows) for measure in measures}
    heads = "".join(f'<th title="{escape(m.says)}"><button>{escape(m.head)}</button></th>' for m in measures)
    lines = []
    for row in rows:
        cells = []
        for measure in measures:
            figure = shown(measure, row)
            top = figure != "-" and figure == marks[measure.key] and not row.floor
            cells.append(f"<td{' class=top' if top else ''}>{figure}</td>")
        kind = ' class="ours"' if row.peer in _OURS else ""
        lines.append(f"<tr{kind}><th>{escape(row.peer)}</th>{''.join(cells)}</tr>")
    return (
        f'<div class="wide"><table><thead><tr><th><button>peer</button></th>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _plots(rows: list[Row]) -> str:
    figures = [_figure("F1 of words", _quality(rows)), _figure("Furniture in the text", _furniture(rows))]
    points = [(r.peer, r.median_ms, r.token_f1) for r in rows if r.median_ms and r.token_f1 is not None]
    if points:
        figures.append(_figure("F1 of words and CPU time a page", dots(points, ours=_OURS)))
    return f'<div class="plots">{"".join(figures)}</div>'


def _quality(rows: list[Row]) -> str:
    values = sorted(((r.peer, r.token_f1) for r in rows if r.token_f1 is not None), key=lambda pair: -pair[1])
    return bars(values, low=0.0, high=1.0, ours=_OURS, show=".3f")


def _furniture(rows: list[Row]) -> str:
    kinds = [kind for kind, _ in sum((Counter(r.leaks_by_kind) for r in rows), Counter()).most_common()]
    ordered = sorted(rows, key=lambda row: row.leaks)
    return stacks([(row.peer, row.leaks_by_kind) for row in ordered], kinds)


def _figure(title: str, svg: str) -> str:
    return f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>"


def _versions(run: Run) -> str:
    rows = "".join(
        f"<tr><th>{escape(c.peer.name)}</th><td>{escape(c.peer.shows)}</td><td>{escape(c.version or '-')}</td></tr>"
        for c in run.columns
    )
    out = "".join(f"<li>{escape(name)} is left out: {escape(reason)}</li>" for name, reason in run.left_out.items())
    return (
        '<section id="versions"><h2>Versions</h2><div class="wide"><table><tbody>'
        f"{rows}</tbody></table></div>{f'<ul>{out}</ul>' if out else ''}</section>"
    )
