from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shells import Server, Shell

from scraper.demo import Served, serve


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    yield shell
    shell.close()


@pytest.fixture
def station() -> Iterator[Served]:
    """The demo station."""
    with serve(0) as served:
        yield served


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()
