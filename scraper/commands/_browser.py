"""A page of ours shown to people."""

from __future__ import annotations

from pathlib import Path

from scraper.commands._talk import say


def open_in_browser(file: Path) -> None:
    """Sends a browser to a file, or says that there is none."""
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        say(f"no browser could be started; open {file} yourself")
