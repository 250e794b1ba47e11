"""Files for those that start runs: systemd, cron, a container."""

from __future__ import annotations

import re
import shlex
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from scraper.__about__ import __version__
from scraper.deploy import template

NAME = "public-radio-scraper"
HOUR = 4
_GRACE = 300.0
"""Seconds that systemd gives a run beyond its own ``max_runtime``: it should never have to end one."""


class Job(NamedTuple):
    """A run to be started by others.

    `program` are the words that start this program, `folder` and `config` absolute paths, `writable` the folders that
    a run writes to, `at` hour and minute of the day (any minute of one hour where null).
    """

    program: Sequence[str]
    folder: str
    config: str
    user: str
    max_runtime: float
    writable: Sequence[str]
    at: tuple[int, int] | None = None

    @property
    def minute(self) -> int:
        """The minute asked for, else one that differs from user to user: sites see no crowd at the full hour."""
        return self.at[1] if self.at else zlib.crc32(f"{self.user} {self.config}".encode()) % 60


def systemd(job: Job) -> dict[str, str]:
    """Names and texts of the service and the timer."""
    hour, minute = job.at or (HOUR, 0)
    values = {
        "user": job.user,
        "folder": _percent(job.folder),
        "command": " ".join(map(_unit_word, [*job.program, "run", "--config", job.config])),
        "writable": " ".join(map(_unit_word, job.writable)),
        "timeout": f"{job.max_runtime + _GRACE:.0f}",
        "at": f"{hour:02}:{minute:02}",
    }
    return {f"{NAME}.{kind}": _filled(template(f"scraper.{kind}"), values) for kind in ("service", "timer")}


def cron(job: Job) -> dict[str, str]:
    """Name and text of lines for a crontab."""
    hour = job.at[0] if job.at else HOUR
    words = [*job.program, "run", "--config", job.config]
    command = f"cd {shlex.quote(job.folder)} && exec {shlex.join(words)}".replace("%", r"\%")
    values = {"minute": str(job.minute), "hour": str(hour), "command": command}
    return {f"{NAME}.cron": _filled(template("crontab"), values)}


def container() -> dict[str, str]:
    """Name and text of the container file, of this version."""
    return {"Containerfile": _filled(template("Containerfile"), {"version": __version__})}


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"@([a-z]+)@", lambda found: values[found[1]], text)


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _unit_word(word: str) -> str:
    r"""A word as it stands in a unit: specifiers and variables mean themselves.

    >>> print(_unit_word("/srv/radio"), _unit_word('/srv/50% "a"'))
    /srv/radio "/srv/50%% \"a\""
    """
    text = _percent(word).replace("$", "$$")
    if re.fullmatch(r"[\w@%+=:,./$-]+", text):
        return text
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'
