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
    if text.split(": ", 1)[0].rstrip("/") in (name, f"https://{name}", origin(name)):
        return text
    shown = "standard input" if name == "-" else name if len(name) < _LONGEST else f"{name[:_LONGEST]}…"
    return f"{shown}: {text}"


def origin(name: str) -> str:
    """Scheme and host of an address as somebody may have written it, without a scheme too.

    >>> origin("bpr.org/news"), origin("http://127.0.0.1:8000/x")
    ('https://bpr.org', 'http://127.0.0.1:8000')
    """
    scheme, _, rest = name.rpartition("://")
    return f"{scheme or 'https'}://{rest.partition('/')[0]}"


def code_of(codes: Sequence[int]) -> int:
    """The exit code of sources that failed with these codes: their own where all failed in one way.

    >>> code_of([]), code_of([69, 69]), code_of([69, 77])
    (0, 69, 1)
    """
    return (codes[0] if len(set(codes)) == 1 else 1) if codes else 0
