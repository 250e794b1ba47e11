"""The command line. One thin module a command, imported when its command is called; nothing else here prints.

`main` is the entry point. Only click is loaded for ``--help`` and ``--version``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from scraper.__about__ import __version__
from scraper.commands._exits import Outcome, signals_raise
from scraper.commands._options import talk
from scraper.commands._talk import set_verbosity

COMMANDS = {
    "extract": "Print the story of pages: addresses, files, or standard input.",
    "explain": "Show what was kept and removed of a page, and why.",
    "fetch": "Print pages as they came, or explain how they came.",
    "discover": "List what a run would fetch of a station, and from where.",
    "init": "Write a config.yaml, and files for cron, systemd or a container.",
    "check": "Check config.yaml and the store, and tell what a run would do.",
    "run": "One scheduled pass over the stations of config.yaml.",
    "learn": "Learn which lines recur over a station's pages, and show what is known.",
    "show": "Show stored records, the newest without an argument.",
    "status": "How the stations are: alarms, the last pass, what came, what waits.",
    "report": "Write one HTML page on the stations: figures by day, alarms, stories.",
    "stations": "Search the directory of public-radio stations.",
    "demo": "Scrape a small station on this machine, end to end.",
    "completion": "Print the completion script of a shell.",
    "man": "Print the manual page.",
}
"""Name and one line of each command, so that ``--help`` imports none of them."""

_COMPLETE = "_SCRAPER_COMPLETE"


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"{__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101  (our own modules)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"there is no command {name!r}{_meant(name)}")
        return super().resolve_command(ctx, args)


def _meant(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; to extract a page: scraper extract {word}" if "." in word or "/" in word else ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scraper")
@talk
def program() -> None:
    """A page of a public-radio site goes in, a clean record comes out.

    \b
    scraper extract https://www.bpr.org/…      the story, nothing else
    scraper extract page.html --json           the whole record
    scraper run                                the stations of config.yaml into a database
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    set_verbosity(0)
    with Outcome() as outcome, signals_raise():
        if wanted := os.environ.get(_COMPLETE):
            from click.shell_completion import shell_complete

            outcome.code = shell_complete(program, {}, "scraper", _COMPLETE, wanted)
        else:
            with program.make_context("scraper", args) as context:
                outcome.code = program.invoke(context) or 0
    return outcome.code
