"""A bar for long work over many things, on a terminal alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scraper.commands._talk import harmless, is_terminal, verbosity

MANY = 5
"""Of fewer things the work is over before anybody has read a bar."""

Step = Callable[[str], None]
"""To be called with the name of each thing when it is done."""


@contextmanager
def progress(total: int, *, prints: bool) -> Iterator[Step]:
    """Shows on stderr how much of the work is done, while the block runs; the bar is gone when it ends.

    `prints`: results go to stdout meanwhile. Where that is a terminal they show the progress themselves, and a bar
    would be in their way.
    """
    if total < MANY or verbosity() != 0 or not is_terminal(sys.stderr) or (prints and is_terminal(sys.stdout)):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.description}", style="dim", markup=False),
        console=Console(file=sys.stderr),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=harmless(name)[-60:])
