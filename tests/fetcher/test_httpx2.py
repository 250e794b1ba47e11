"""The fetcher works on httpx2, the continuation of httpx: its tests are run once more with that in httpx's place."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IN_ITS_PLACE = """
import sys
import httpcore2, httpx2
sys.modules["httpx"], sys.modules["httpcore"] = httpx2, httpcore2
import pytest
from scraper.fetcher import client, guard
assert issubclass(client._Transport, httpx2.BaseTransport) and issubclass(guard.Guard, httpcore2.NetworkBackend)
sys.exit(pytest.main(sys.argv[1:]))
"""
OPTIONS = ("-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
"""httpx2 has loaded a package that has a plugin for pytest, too."""


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("httpx2") is None, reason="httpx2 is not installed: python -m pip install httpx2"
)
def test_given_httpx2_in_the_place_of_httpx_then_all_tests_of_the_fetcher_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_ITS_PLACE, *OPTIONS, "tests/fetcher", "tests/hostile"],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
