"""The end of a run, judged: what its measures say of the stations, against all that was measured before."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import NamedTuple

from scraper.watch import judge, sentence
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive

log = logging.getLogger("scraper.run")

DAYS = 75
"""So much of the past is looked at."""


class Judged(NamedTuple):
    """`changed` is to be stored with the end of the run; `active` are the alarms of its stations that are not over,
    platforms' first."""

    changed: list[Alarm]
    active: list[Alarm]


def judged(archive: Archive, run: int, now: float, hosts: Collection[str]) -> Judged:
    """What a run over `hosts` means for the alarms. Nothing is stored. Each alarm that is raised or over is logged."""
    watching = archive.watching()
    known = watching.alarms(active=False)
    unread: dict[str, list[str]] = {}
    for source in watching.unread_sources():
        unread.setdefault(source.station, []).append(source.url)
    measures = watching.measures(days=DAYS)
    changed = judge(measures, known, run=run, now=now, hosts=hosts, unread=unread)
    for alarm in changed:
        if not alarm.active:
            log.info("alarm over (%s): %s", alarm.ended, sentence(alarm))
        elif alarm.raised_run == run:
            log.warning("alarm: %s: %s", sentence(alarm), " ".join(alarm.samples))
    touched = {alarm.key for alarm in changed}
    kept = [alarm for alarm in known if alarm.active and alarm.key not in touched and alarm.subject in hosts]
    active = [alarm for alarm in changed if alarm.active] + kept
    return Judged(changed, sorted(active, key=lambda alarm: (alarm.scope != "platform", alarm.subject)))
