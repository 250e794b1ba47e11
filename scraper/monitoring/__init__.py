"""What others' watchmen hear of a run: a text file for Prometheus, and a ping at its start and its end.

Both are off until the configuration names them, and neither ever fails a run.
"""

from __future__ import annotations
