"""An environment for each peer, with the versions that its pins name: their requirements exclude one another."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

from .corpus import ROOT
from .peers import HERE, Peer

PINS = HERE / "pins"
_PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet"]
_OWN = "own"


class Unavailable(Exception):
    """An environment could not be made; says why in a line."""


def default_folder() -> Path:
    """Where environments are kept from run to run."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "public-radio-scraper" / "benchmark-environments"


def python_of(peer: Peer, folder: Path) -> Path:
    """The interpreter that runs a peer; its environment is made where it is missing or its pins have changed.

    Raises `Unavailable`.
    """
    if peer.own:
        return _own(folder)
    pins = PINS / f"{peer.env}.txt"
    if not pins.exists():
        raise Unavailable(f"no pins/{pins.name}: make it with --pin {peer.env}")
    return _made(folder / str(peer.env), pins.read_text("utf-8"), ["--no-deps", "-r", str(pins)])


def pin(env: str, requires: tuple[str, ...], folder: Path) -> Path:
    """Resolve an environment anew and write the exact version of all that it holds to `pins/ENV.txt`."""
    python = _made(folder / f"{env}-pinning", repr(requires), list(requires))
    frozen = subprocess.run([python, *_PIP, "freeze"], capture_output=True, text=True, check=True).stdout
    target = PINS / f"{env}.txt"
    target.write_text(frozen, "utf-8")
    return target


def _own(folder: Path) -> Path:
    """The interpreter of this run where this package works on it, else an environment with its requirements."""
    if all(importlib.util.find_spec(name) for name in ("selectolax", "msgspec", "trafilatura")):
        return Path(sys.executable)
    return _made(folder / _OWN, (ROOT / "pyproject.toml").read_text("utf-8"), [str(ROOT)])


def _made(folder: Path, recipe: str, install: list[str]) -> Path:
    python, ready = folder / "bin" / "python", folder / "ready"
    mark = hashlib.sha256(f"{sys.version}\n{recipe}".encode()).hexdigest()
    if ready.exists() and ready.read_text("ascii") == mark:
        return python
    venv.create(folder, with_pip=True, clear=True)
    done = subprocess.run([python, *_PIP, "install", *install], capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise Unavailable(errors[-1].strip() if errors else "pip failed without a word")
    ready.write_text(mark, "ascii")
    return python
