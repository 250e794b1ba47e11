"""The raw server and the fixtures of the hostile tests, for ordinary flows."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_name = "hostile_conftest"
_spec = importlib.util.spec_from_file_location(_name, Path(__file__).parents[1] / "hostile" / "conftest.py")
_module = importlib.util.module_from_spec(_spec)
sys.modules[_name] = _module
_spec.loader.exec_module(_module)

server, time, log, make, fake = _module.server, _module.time, _module.log, _module.make, _module.fake
