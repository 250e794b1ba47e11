"""The properties of this folder over ten thousand examples each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_all_properties_hold_over_many_examples() -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "pytest", "tests/properties", "--hypothesis-profile", "long"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
