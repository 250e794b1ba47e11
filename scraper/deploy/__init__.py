"""Ready files: a commented config.yaml, a systemd service with its timer, a crontab line, a container file.

Each is a file of this folder with places to fill in (``@program@``); config.yaml is the project's own.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def template(name: str) -> str:
    """The text of a file of this folder. config.yaml stands here where the package is installed, else at the root of
    the checkout.
    """
    file = _HERE / name
    if name == "config.yaml" and not file.exists():
        file = _HERE.parents[1] / name
    return file.read_text(encoding="utf-8")
