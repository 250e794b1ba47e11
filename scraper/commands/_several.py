"""What commands with several sources share: where they write, and how they tell of the sources that failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from scraper.commands._talk import put
from scraper.errors import ScraperError

_LONGEST = 300

Write = Callable[[str | bytes], None]


@contextmanager
def output_to(path: str | None) -> Iterator[Write]:
    """Writes to a file, which appears whole or not at all, or to stdout where there is none. Raises `OutputError`."""
    if path in (None, "-"):
        yield put
        return
    from scraper.writer.files import open_output

    assert path is not None  # noqa: S101
    with open_output(path) as file:
        yield file.write


def line_on(name: str, error: ScraperError) -> str:
    """One line on a source that failed: its name, and what was wrong.

    >>> line_on("-", ScraperError("it is empty"))
    'standard input: it is empty'
    """
    text = " ".join(str(error).split())
    shown = "standard input" if name == "-" else name if len(name) < _LONGEST else f"{name[:_LONGEST]}…"
    return text if text.startswith(f"{name}: ") else f"{shown}: {text}"


def code_of(codes: Sequence[int]) -> int:
    """The exit code of sources that failed with these codes: their own where all failed in one way.

    >>> code_of([]), code_of([69, 69]), code_of([69, 77])
    (0, 69, 1)
    """
    return (codes[0] if len(set(codes)) == 1 else 1) if codes else 0
