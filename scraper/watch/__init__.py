"""Watching over stations: when a figure has left what is usual for its host, or for all hosts of a platform. Pure.

    changed = judge(measures, alarms, run=412, now=time.time())

`judge` knows what was measured and which alarms there were, and tells which are raised, seen again or over.
"""

from __future__ import annotations

from scraper.watch.judge import judge
from scraper.watch.kinds import KINDS, Kind
from scraper.watch.words import sentence

__all__ = ["KINDS", "Kind", "judge", "sentence"]
