"""Makes the pages of the reference from the code: the command line, config.yaml, exit codes, metrics, alarms.

python docs/reference/make.py           writes them
python docs/reference/make.py --check   says which are stale (exit code 1)
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import click
import msgspec

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_MADE = "<!-- Made by docs/reference/make.py from {source}: change it there, and run that. -->\n\n"
_COMMON = ("quiet", "verbose")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---"] * len(head))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# ---------------------------------------------------------------------- the command line
def command_line() -> str:
    from scraper.commands import COMMANDS, program

    parent = click.Context(program, info_name="scraper")
    parts = [
        _MADE.format(source="scraper/commands"),
        "# The command line\n\n",
        "What `scraper COMMAND --help` says. Data goes to stdout, talk to stderr; the [exit code](exit-codes.md) tells "
        "how it went. Every command also takes `-q` (nothing but errors), `-v` (what happens), `-vv` (all that is "
        "known) and `--help`.\n\n",
        table(
            ("command", "does"),
            [(f"[`scraper {name}`](#scraper-{name})", line) for name, line in COMMANDS.items()],
        ),
    ]
    for name in COMMANDS:
        command = program.get_command(parent, name)
        if command is None:
            raise LookupError(name)
        parts.append(_command(name, command, click.Context(command, info_name=name, parent=parent)))
    return "".join(parts)


def _command(name: str, command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    text = f"\n## scraper {name}\n\n```text\n{usage}\n```\n\n{_prose(command.help or '')}"
    own = [option for option in command.params if isinstance(option, click.Option) and option.name not in _COMMON]
    records = [option.get_help_record(context) for option in own]
    rows = [(f"`{record[0]}`", _cell(record[1])) for record in records if record]
    return f"{text}\n{table(('option', 'does'), rows)}" if rows else text


def _prose(text: str) -> str:
    """A help text as Markdown: paragraphs, and what click is told not to wrap as it is."""
    parts: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r", "").strip()):
        lines = paragraph.strip("\n").splitlines()
        if lines[0].strip() == "\b":
            code = "\n".join(line.strip() for line in lines[1:])
            parts.append(f"```text\n{code}\n```\n")
        else:
            parts.append(_plain(" ".join(line.strip() for line in lines)) + "\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    """An option's text with its default set apart."""
    text = re.sub(r"\s*\[(?:default: (?P<value>[^];]*))?[; ]*(?:\d*<?=?x[<>]=?\d+)?\]$", _ended, " ".join(text.split()))
    return _plain(text)


def _ended(end: re.Match[str]) -> str:
    return f" Default: `{end['value']}`." if end["value"] else ""


def _plain(text: str) -> str:
    """Words as they are: Markdown has no mark-up in them, but for code."""
    return re.sub(r"([*<>])", r"\\\1", text) if "`" not in text else text


# ---------------------------------------------------------------------- config.yaml
def configuration() -> str:
    from scraper.config import Config, StationSettings

    notes = Notes((ROOT / "config.yaml").read_text("utf-8"))
    keys = ("key", "default", "meaning")
    fields = msgspec.structs.fields(Config)
    sections = [field for field in fields if isinstance(field.default, msgspec.Struct)]
    top = [notes.row(field, "") for field in fields if field not in sections]
    top += [(f"`{field.name}`", "", f"[A section](#{field.name}).") for field in sections]
    station = [notes.row(field, "stations") for field in msgspec.structs.fields(StationSettings)]
    return (
        _MADE.format(source="scraper/config.py and config.yaml")
        + "# config.yaml\n\n"
        + f"{notes.head}\n\nThe file itself, with all this as comments: [config.yaml](../../config.yaml). "
        "`scraper init` writes one with your stations in it.\n\n"
        + table(keys, top)
        + "\n## stations\n\n"
        + "Each item is a host of the directory, or these keys.\n\n"
        + table(keys, station)
        + "".join(_section(notes, field) for field in sections)
        + "\n### fetch.retries\n\n"
        + "Keys are classes of trouble; each takes `attempts`, `first_wait` and `budget`. "
        "What is empty is that of `fetch`.\n\n" + _retries(notes)
    )


def _section(notes: Notes, field: msgspec.structs.FieldInfo) -> str:
    """A section of the file: what is said of it as a whole, then its keys."""
    rows = [notes.row(part, field.name) for part in msgspec.structs.fields(field.default)]
    whole = notes.about(field.name)
    return f"\n## {field.name}\n\n{whole + chr(10) * 2 if whole else ''}{table(('key', 'default', 'meaning'), rows)}"


def _retries(notes: Notes) -> str:
    from scraper.config import RetriesSettings

    rows: list[tuple[str, ...]] = []
    for field in msgspec.structs.fields(RetriesSettings):
        policy = field.default
        values = [_value(getattr(policy, name)) for name in ("attempts", "first_wait", "budget")]
        rows.append((f"`{field.name}`", *values, _plain(notes.of("retries", field.name))))
    return table(("key", "attempts", "first_wait", "budget", "meaning"), rows)


class Notes:
    """The comments of config.yaml, by section and key."""

    def __init__(self, text: str) -> None:
        head, _, rest = text.partition("\n\n")
        self.head = _sentences(head)
        self._notes: dict[tuple[str, str], str] = {}
        path: list[str] = []
        note, above = "", []
        for line in rest.splitlines():
            if found := re.match(r"#   (?:- |  )(\w+): \S.*?  # (.*)", line):  # the example of a station
                self._notes["stations", found[1]] = found[2]
                continue
            if comment := re.match(r"\s*#( ?.*)", line):
                above.append(comment[1].strip())
                continue
            if found := re.match(r"( *)(\w+):(.*)", line):
                depth, key, behind = len(found[1]) // 2, found[2], found[3].partition("# ")[2]
                shared = note if depth == len(path) - 1 else ""  # neighbours may share one
                note = behind or _sentences("\n".join(above)) or shared
                path = [*path[:depth], key]
                self._notes["".join(path[-2:-1]), key] = note
            above = []

    def about(self, section: str) -> str:
        return _plain(self._notes.get(("", section), ""))

    def of(self, section: str, key: str) -> str:
        """Raises `KeyError` where config.yaml explains neither the key nor its section."""
        if not self._notes.get((section, key)) and not self.about(section):
            raise KeyError(f"config.yaml does not explain {section}.{key}")
        return self._notes.get((section, key), "")

    def row(self, field: msgspec.structs.FieldInfo, section: str) -> tuple[str, ...]:
        note = _plain(self.of(section, field.name))
        default = "needed" if field.required else _value(field.default)
        return f"`{field.name}`", default, f"{note.rstrip('.')}." if note else ""


def _sentences(comment: str) -> str:
    lines = [line.removeprefix("# ").strip() for line in comment.splitlines()]
    return " ".join(line for line in lines if line)


def _value(value: object) -> str:
    """A default as config.yaml writes it."""
    if value is None:
        return ""
    if isinstance(value, msgspec.Struct):
        return "see below"
    if isinstance(value, tuple):
        return f"`[{', '.join(_bare(item) for item in value)}]`"
    return f"`{_bare(value)}`"


def _bare(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


# ---------------------------------------------------------------------- exit codes
def exit_codes() -> str:
    from scraper import errors
    from scraper.commands._exits import BROKEN_PIPE, INTERNAL, USAGE

    told = re.findall(r"[├└]── (\w+) +(\d+)  (.*)", errors.__doc__ or "")
    if {(kind, int(code)) for kind, code, _ in told} != {
        (kind.__name__, kind.exit_code) for kind in errors.ScraperError.__subclasses__()
    }:
        raise ValueError("the tree in scraper/errors.py is stale")
    rows = [("0", "", "done, also when there was nothing new"),
            ("1", "", "done, but with more failures than the threshold, an alarm, or sources that failed differently"),
            (str(USAGE), "", "wrong use of the command line")]  # fmt: skip
    rows += [(code, f"`{kind}`", meaning) for kind, code, meaning in sorted(told, key=lambda row: int(row[1]))]
    rows += [(str(INTERNAL), "`ScraperError`", "an error of this program"),
             ("130", "", "interrupted (SIGINT)"), ("143", "", "terminated (SIGTERM)"),
             (str(BROKEN_PIPE), "", "nobody reads the output any more (SIGPIPE)")]  # fmt: skip
    rows.sort(key=lambda row: int(row[0]))
    return (
        _MADE.format(source="scraper/errors.py")
        + "# Exit codes\n\n"
        + "Codes from 64 to 78 are those of `sysexits.h`. In Python the same trouble is an exception of "
        "`scraper`; each has its code as `exit_code`. What they mean command by command stands in "
        "[the record](../record.md#exit-codes).\n\n" + table(("code", "exception", "when"), rows)
    )


# ---------------------------------------------------------------------- metrics
def metrics() -> str:
    from scraper.monitoring import metrics as module

    rows = [
        (f"`{module.PREFIX}{name}`", ", ".join(f"`{label}`" for label in family.labels), family.help)
        for name, family in module.METRICS.items()
    ]
    results = ", ".join(f"`{result}`" for result in module.RESULTS)
    return (
        _MADE.format(source="scraper/monitoring/metrics.py")
        + "# Metrics\n\n"
        + "Gauges of the last run, in the file that `metrics` of [config.yaml](configuration.md) names. How to have "
        "them collected stands in [scheduling](../scheduling.md#monitoring).\n\n"
        + table(("metric", "labels", "says"), rows)
        + f"\nValues of `result`: {results}.\n"
    )


# ---------------------------------------------------------------------- alarms
def alarms() -> str:
    from scraper.watch import KINDS

    units = {"share": "a share of pages", "characters": "a length", "hours": "a time"}
    rows = [
        (f"`{kind.name}`", kind.title, units[kind.unit], "no" if kind.lasting else "yes") for kind in KINDS.values()
    ]
    return (
        _MADE.format(source="scraper/watch/kinds.py")
        + "# Alarms\n\n"
        + "What each pass is watched for, host by host and over all hosts of a platform, the earliest sign of a "
        "changed template first. What an alarm does stands in [scheduling](../scheduling.md#alarms).\n\n"
        + table(("kind", "figure", "is", "may become the new usual"), rows)
    )


PAGES = {
    "alarms.md": alarms,
    "command-line.md": command_line,
    "configuration.md": configuration,
    "exit-codes.md": exit_codes,
    "metrics.md": metrics,
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the pages of the reference from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 where a page is stale")
    check = parser.parse_args().check
    stale = []
    for name, make in PAGES.items():
        file, text = HERE / name, make()
        if not file.exists() or file.read_text("utf-8") != text:
            stale.append(name)
            if not check:
                file.write_text(text, "utf-8")
    if stale:
        print(f"{'stale' if check else 'written'}: {', '.join(stale)}")
    if stale and check:
        print("python docs/reference/make.py makes them anew")
    return int(bool(stale and check))


if __name__ == "__main__":
    sys.exit(main())
