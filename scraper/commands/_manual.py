"""The manual page, made from the commands themselves: what ``--help`` knows, in the macros of man(7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

from scraper.__about__ import __version__
from scraper.commands import COMMANDS, program

_WIDTH = 72
SUMMARY = "stories of public-radio stations as clean records"

FILES = {
    "config.yaml": "The settings of a run, read where it starts. scraper init writes one in which each is explained.",
    "stories.db": "The store, an SQLite database, where nothing else is said. Its lock is beside it: stories.db.lock.",
}
ENVIRONMENT = {
    "NO_COLOR": "Set to anything, it keeps colours away.",
    "FORCE_COLOR": "Set to anything, it gives colours where no terminal is.",
    "HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE": "Heeded only where fetch.trust_env is true.",
    "XDG_STATE_HOME": "Where the locks of stores on database servers are; ~/.local/state where it is not set.",
}
EXITS = {
    "0": "Done, also when there was nothing new.",
    "1": "Done, but more failures than the threshold, an alarm, or several sources that failed in different ways.",
    "2": "Wrong use.",
    "65": "No story in it: empty, binary, PDF, too large, or a page of another type.",
    "66": "A file is missing, unreadable or a directory.",
    "69": "The site did not answer after retries, or the page is gone.",
    "70": "An error of this program.",
    "73": "The output cannot be written.",
    "75": "Another run holds the lock, or the site asks to come back later.",
    "77": "Refused: robots.txt, an address that is not public, policy.",
    "78": "The configuration is wrong.",
    "130, 143": "Interrupted, terminated.",
}


def manual(date: str) -> str:
    """The page in roff. `date` is what its foot shows: year, month and day."""
    return "\n".join(_page(date)) + "\n"


def _page(date: str) -> Iterator[str]:
    yield f'.TH SCRAPER 1 {date} "public-radio-scraper {__version__}" "User Commands"'
    yield ".SH NAME"
    yield rf"scraper \- {escaped(SUMMARY)}"
    context = click.Context(program, info_name="scraper")
    yield ".SH SYNOPSIS"
    yield r".B scraper"
    yield r"[\fIoptions\fR] \fIcommand\fR [\fIarguments\fR]"
    yield ".SH DESCRIPTION"
    yield from _prose(program.help or "")
    yield ".SH OPTIONS"
    yield from _options(program, context)
    yield ".SH COMMANDS"
    for name in COMMANDS:
        command = program.get_command(context, name)
        assert command is not None  # noqa: S101  (it is listed)
        yield from _command(command, click.Context(command, info_name=name, parent=context))
    for title, entries in (("EXIT STATUS", EXITS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        yield from _list(entries.items())


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f".SS scraper {escaped(context.info_name or '')}"
    pieces = " ".join(command.collect_usage_pieces(context))
    yield rf"\fBscraper {escaped(context.info_name or '')}\fR {escaped(pieces.strip())}"
    yield ".PP"
    yield from _prose(command.help or "")
    yield from _options(command, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = [record for one in command.get_params(context) if (record := one.get_help_record(context)) is not None]
    yield from _list(records)


def _list(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, text in entries:
        yield ".TP"
        yield rf"\fB{escaped(term.strip())}\fR"
        yield from _filled(text)


def _prose(text: str) -> Iterator[str]:
    r"""Paragraphs; those that click keeps as they are (``\b``) as examples."""
    first = True
    for paragraph in re.split(r"\n\s*\n", _cleaned(text)):
        if paragraph.startswith("\b"):
            yield from (".PP", ".RS 4", ".nf", *map(_sentence, paragraph.splitlines()[1:]), ".fi", ".RE")
        else:
            yield from ([] if first else [".PP"])
            yield from _filled(paragraph)
        first = False


def _cleaned(text: str) -> str:
    import inspect

    return inspect.cleandoc(text).partition("\f")[0]


def _filled(text: str) -> Iterator[str]:
    """A paragraph in lines that are short enough for people who read the source."""
    from textwrap import wrap

    yield from map(_sentence, wrap(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False))


def _sentence(text: str) -> str:
    """A line of text: a dot or a quote at its start is no request."""
    line = escaped(text)
    return rf"\&{line}" if line.startswith((".", "'")) else line


_CHARACTERS = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "^": r"\(ha",
    "`": r"\(ga",
    "~": r"\(ti",
    "…": r"\&...",
}


def escaped(text: str) -> str:
    r"""Text in which every character means itself, whatever device shows it.

    >>> print(escaped("--json: C:\\x"))
    \-\-json: C:\ex
    """
    return "".join(_CHARACTERS.get(char, char if char.isascii() else f"\\[u{ord(char):04X}]") for char in text)
