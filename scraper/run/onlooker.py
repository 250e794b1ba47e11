"""Asking hosts as a run would, without being one: what the store remembers of them is heeded, and left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from scraper.config import Config
from scraper.errors import SourceError
from scraper.run.halt import Halt
from scraper.run.one_pass import fetcher_for
from scraper.run.site import Site
from scraper.writer.archive import Archive

if TYPE_CHECKING:
    from scraper.fetcher import Event, Fetcher


@contextmanager
def onlooking(
    config: Config,
    sites: Sequence[Site],
    *,
    halt: Halt,
    watch: Callable[[Event], None] | None = None,
    crawl: bool = True,
    archive: Archive | None = None,
) -> Iterator[Fetcher]:
    """A fetcher as `fetcher_for` makes it, with the memory of `archive`, or of the configuration's store where there is
    one: rests that hosts asked for, spacing, robots files. What it hears itself is forgotten with it.
    """
    from scraper.fetcher import HostState, Recalled, RobotsEntry

    with ExitStack() as closing:
        archive = archive or existing(config.store, closing)
        state = Recalled(archive.host_memory(RobotsEntry, HostState)) if archive else None
        yield closing.enter_context(fetcher_for(config, sites, halt=halt, state=state, watch=watch, crawl=crawl))


def existing(store: str, closing: ExitStack) -> Archive | None:
    """The store, opened until `closing` ends; None where there is none yet."""
    try:
        return closing.enter_context(Archive.open(store, create=False))
    except SourceError:
        return None
