"""The house: who may know whom. Read off the imports, also those inside functions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scraper"
GROUND = set("article page addresses _grammar errors config durations platforms _yaml _values __about__".split())
ROOMS = ("discoverer", "fetcher", "extractor", "writer", "stations")


def imports(path: Path) -> set[str]:
    """Second part of all `scraper.X` modules that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(
                [node.module] if node.module != "scraper" else [f"scraper.{alias.name}" for alias in node.names]
            )
    return {name.split(".")[1] for name in found if name.startswith("scraper.") and len(name.split(".")) > 1}


def third_party(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_stand_on_the_ground_alone(room: str) -> None:
    for path in sorted((PACKAGE / room).rglob("*.py")):
        strangers = imports(path) - GROUND - {room}
        assert not strangers, f"{path.relative_to(PACKAGE)} imports {strangers}"


@pytest.mark.parametrize("name", ["article", "page", "addresses", "errors", "config", "durations", "platforms"])
def test_the_ground_knows_no_room(name: str) -> None:
    assert not imports(PACKAGE / f"{name}.py") & {*ROOMS, "run", "commands", "api"}


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("httpx", {"fetcher/client.py"}),
        ("httpcore", {"fetcher/client.py", "fetcher/guard.py", "fetcher/apart.py", "fetcher/network_errors.py"}),
        ("trafilatura", {"extractor/generic.py"}),
        ("protego", {"fetcher/robots.py"}),
        ("tenacity", {"fetcher/retry.py"}),
    ],
)
def test_a_library_has_one_home(library: str, homes: set[str]) -> None:
    users = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if library in third_party(path)}
    assert users <= homes


def test_only_commands_print() -> None:
    for path in PACKAGE.rglob("*.py"):
        if "commands" in path.parts or path.name == "_worker.py":
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        printed = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]
        assert not printed, f"{path.relative_to(PACKAGE)} prints"
