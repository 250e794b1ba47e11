"""The results for programs: figures as JSON, answers as records."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .machine import Facts
from .measure import Run
from .summary import Table


def as_json(tables: list[Table], run: Run, about: Facts) -> dict[str, Any]:
    """The run's facts, a row a set and peer, and a row a page and peer."""
    return {
        "about": asdict(about),
        "left_out": run.left_out,
        "versions": {column.peer.name: column.version for column in run.columns},
        "sets": [
            {
                "name": table.name,
                "pages": len(table.cases),
                "stories": sum(case.story for case in table.cases),
                "paragraphs": table.paragraphs,
                "rows": [asdict(row) for row in table.rows],
            }
            for table in tables
        ],
        "pages": _pages(run),
    }


def _pages(run: Run) -> list[dict[str, Any]]:
    pages = []
    for column in run.columns:
        for place, case in enumerate(run.cases):
            score, answer = column.scores[place], column.answers[place]
            if answer is None or score is None:
                continue
            row = {"peer": column.peer.name, "group": case.group, "page": case.name, "ms": column.ms[place]}
            judged = {} if column.peer.bare else asdict(score)
            pages.append({**row, "platform": answer.platform, "failure": answer.failure, **judged})
    return pages


def write_records(folder: Path, run: Run) -> None:
    """What each peer said, as DIR/PEER/GROUP/PAGE.json, with the keys of this project's record that it fills."""
    for column in run.columns:
        for case, answer in zip(run.cases, column.answers, strict=True):
            if answer is None or column.peer.bare:
                continue
            target = folder / column.peer.name / case.group / f"{case.name}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            record = {
                "page_type": answer.page_type or ("article" if answer.story else "other"),
                "title": answer.title,
                "authors": [{"name": name} for name in answer.authors or ()],
                "published": answer.date,
                "text": answer.text,
                "blocks": [{"kind": "paragraph", "text": text} for text in answer.paragraphs],
                "transcript": {"turns": [asdict(turn) for turn in answer.turns]} if answer.turns else None,
            }
            target.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
