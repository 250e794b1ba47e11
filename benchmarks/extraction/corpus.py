"""The pages: the project's fixtures, the shared real pages where they lie beside the clone, a user's own folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .cases import Case, case_of

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "pages"
SHARED = ROOT.parent / "shared" / "data"
_PAGES = (".html", ".htm", ".txt")
_GROUPS = {"html": "radio", "text": "page text"}


def fixtures(folder: Path = FIXTURES) -> list[Case]:
    """Every page of the fixtures, grouped by platform."""
    return [
        case for part in sorted(folder.iterdir()) if part.is_dir() for case in _beside(part, f"fixtures/{part.name}")
    ]


def shared(folder: Path = SHARED) -> list[Case]:
    """Pages under `pages/KIND` with gold under `gold/KIND`; broadcasters are parted by who wrote their gold."""
    cases = []
    for kind in sorted(part for part in (folder / "gold").glob("*") if part.is_dir()):
        for gold in sorted(kind.glob("*.json")):
            paths = _pages_of(folder / "pages" / kind.name, gold.stem)
            cases += [_shared_case(path, gold, kind.name) for path in paths]
    return cases


def own(folder: Path) -> list[Case]:
    """A user's pages: laid out as the shared ones are, or each page with its gold (`x.json`) beside it.

    Pages beside their gold are grouped by the folder they lie in. Raises `ValueError` where there is none.
    """
    cases = shared(folder) if (folder / "gold").is_dir() else []
    if not cases:
        for part in sorted({path.parent for path in folder.rglob("*.json")}):
            cases += _beside(part, part.relative_to(folder).as_posix() if part != folder else folder.name)
    if not cases:
        raise ValueError(f"no page with gold beside it under {folder}")
    return cases


def _beside(folder: Path, group: str) -> Iterator[Case]:
    for gold in sorted(folder.glob("*.json")):
        for path in _pages_of(folder, gold.stem):
            yield case_of(path, json.loads(gold.read_text("utf-8")), group)


def _shared_case(path: Path, gold_path: Path, kind: str) -> Case:
    gold = json.loads(gold_path.read_text("utf-8"))
    if kind == "broadcasters":
        human = gold.get("truth") == "human"
        return case_of(path, gold, "broadcasters (human gold)" if human else "broadcasters (reviewed)")
    return case_of(path, gold, _GROUPS.get(kind, kind))


def _pages_of(folder: Path, stem: str) -> list[Path]:
    return [path for suffix in _PAGES if (path := folder / (stem + suffix)).exists()][:1]
