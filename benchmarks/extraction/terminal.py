"""The results as plain text."""

from __future__ import annotations

from collections import Counter

from .columns import best, present, shown
from .measure import Column, Run
from .summary import Table, worst

MARK = "*"


def show(tables: list[Table], run: Run) -> str:
    """All tables, the best figure of each column marked."""
    parts = [one_table(table) for table in tables]
    parts += [f"{name} is left out: {reason}" for name, reason in run.left_out.items()]
    return "\n\n".join(parts)


def one_table(table: Table) -> str:
    measures = present(table.rows)
    marks = {measure.key: best(measure, table.rows) for measure in measures}
    grid = [["", *(measure.head for measure in measures)]]
    for row in table.rows:
        cells = [shown(measure, row) for measure in measures]
        tops = [
            cell != "-" and cell == marks[measure.key] and not row.floor
            for cell, measure in zip(cells, measures, strict=True)
        ]
        grid.append([row.peer, *(cell + (MARK if top else " ") for cell, top in zip(cells, tops, strict=True))])
    stories = sum(case.story for case in table.cases)
    head = f"{table.name}: {len(table.cases)} pages, {stories} stories, {table.paragraphs:,} paragraphs"
    return "\n".join([head, *_aligned(grid), *_kinds(table)])


def _kinds(table: Table) -> list[str]:
    """What kinds of furniture each peer leaks, where the gold tells them apart."""
    every = Counter(kind for row in table.rows for kind in row.leaks_by_kind)
    if len(every) < 3:
        return []
    kinds = sorted(every)
    grid = [["leaks by kind", *kinds]]
    grid += [[row.peer, *(str(row.leaks_by_kind.get(kind, 0)) for kind in kinds)] for row in table.rows]
    return ["", *_aligned(grid)]


def _aligned(grid: list[list[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in grid) for place in range(len(grid[0]))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]).rstrip()
        for row in grid
    ]


def show_worst(column: Column, run: Run, count: int) -> str:
    """The pages that a peer does worst on, each with what is wrong."""
    lines = [f"worst pages of {column.peer.name}"]
    for case, score in worst(column, run.cases, count):
        figures = {"para": score.paragraph_f1, "tok P": score.precision, "tok R": score.recall}
        told = "  ".join(f"{name} {value:.3f}" for name, value in figures.items() if value is not None)
        fields = {"title": score.title, "authors": score.authors, "date": score.date, "turns": score.turns}
        wrong = [name for name, value in fields.items() if value is not None and value < 1]
        if not score.decided:
            wrong.append("no story taken for one" if not case.story else "story not found")
        lines.append(f"  {case.group}/{case.name}  {told}" + (f"  wrong: {', '.join(wrong)}" if wrong else ""))
        lines += [f"      leak ({kind}): {text[:100]}" for kind, text in score.leaks[:6]]
        lines += [f"      lost: {text[:100]}" for text in score.lost[:4]]
    return "\n".join(lines)
