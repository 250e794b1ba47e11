"""Puts into the wheel what has its place elsewhere in the checkout: the commented config.yaml, the demo station's own
files, and those of the fixture pages that it serves.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "scraper/demo/fixtures"
CONFIG = "scraper/deploy/config.yaml"


class ShippedFiles(BuildHookInterface):  # type: ignore[type-arg]
    """An editable install reads them where they are."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        build_data["force_include"][str(Path(self.root) / "config.yaml")] = CONFIG
        fixtures = Path(self.root) / "fixtures"
        station = fixtures / "station"
        files = [file for file in station.iterdir() if file.is_file()]
        table = tomllib.loads((station / "site.toml").read_text("utf-8"))
        files += [fixtures / "pages" / name for paths in table["pages"].values() for name in paths.values()]
        for file in files:
            build_data["force_include"][str(file)] = f"{INSIDE}/{file.relative_to(fixtures).as_posix()}"
