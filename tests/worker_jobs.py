"""What the tests of `scraper.workers` have done in a worker process."""

from __future__ import annotations

import os
import re
import signal
import sys
from typing import Any

from scraper.errors import NotAnArticle, Unavailable


class Odd:
    """Cannot be pickled."""

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("an odd thing")


def do(order: tuple[str, Any]) -> Any:
    name, value = order
    return {
        "double": lambda: value * 2,
        "pid": os.getpid,
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "exit": lambda: sys.exit(value),
        "loop": loop,
        "hang_in_c": hang_in_c,
        "say_and_loop": lambda: (os.write(2, b"busy\n"), loop()),
        "say_and_hang_in_c": lambda: (os.write(2, b"busy\n"), hang_in_c()),
        "hog": lambda: len(bytearray(value)),
        "hoard": hoard,
        "parse": parse,
        "unavailable": unavailable,
        "no_story": no_story,
        "bug": lambda: {}[value],
        "recurse": lambda: do(order),
        "odd": Odd,
        "print": lambda: print("words of a page", flush=True),
        "main": lambda: sorted(vars(sys.modules["__main__"])),
    }[name]()


def loop() -> None:
    while True:
        pass


def hang(_: object) -> None:
    """Never ends, whatever it is given."""
    loop()


def hang_in_c() -> None:
    """Backtracks for ages without letting any other Python code run, signal handlers included."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def hoard() -> int:
    kept = []
    while True:
        kept.append("x" * (1 << 24))


def parse() -> int:
    from selectolax.lexbor import LexborHTMLParser

    page = "<p class='a'>Some <b>words</b> of a <a href='/x'>page</a>.</p>" * 100_000
    return len(LexborHTMLParser(page).css("p"))


def unavailable() -> None:
    raise Unavailable("the page is gone", status=410)


def no_story() -> None:
    raise NotAnArticle("list", "a section page")
