"""``scraper init``: a config.yaml of one's own, and files for those that start runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands import _options as options
from scraper.commands._options import allow_host, complete_file, complete_station, talk
from scraper.commands._talk import is_terminal, say, tell
from scraper.errors import OutputError

if TYPE_CHECKING:
    from scraper.config import Config
    from scraper.deploy.schedules import Job
    from scraper.deploy.settings import OwnStation

STORE = "stories.db"
_ASK_STATIONS = """\
Which stations? Hosts, call signs or names, parted by commas; scraper stations WORD searches for them.
A station that the directory lacks is named by its address: https://www.wxyz.example"""
_ASK_CONTACT = """
Who answers for the requests? An e-mail address or a page; each request carries it, so that a webmaster
can reach you."""
_ASK_STORE = """
Where do the records go? A path (SQLite) or the URL of a PostgreSQL database."""


@click.command()
@click.argument("more", nargs=-1, metavar="[STATION]...", shell_complete=complete_station)
@click.option("--station", "stations", multiple=True, metavar="STATION", shell_complete=complete_station,
              help="A station to scrape, as STATION. May be repeated.")  # fmt: skip
@click.option("--contact", metavar="ADDRESS", help="Who answers for the requests: an e-mail address or a page.")
@options.store(f"Where the records go; {STORE} where nothing is said.")
@click.option("--config", "file", default="config.yaml", show_default=True, metavar="FILE",
              shell_complete=complete_file, help="The file to write; - is stdout.")  # fmt: skip
@click.option("--systemd", is_flag=True, help="Write a service and a timer for systemd beside it.")
@click.option("--cron", is_flag=True, help="Write a line for a crontab beside it.")
@click.option("--container", is_flag=True, help="Write a Containerfile beside it.")
@click.option("--at", metavar="HH:MM", help="When systemd or cron start a run each day; about 04:00 otherwise.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@click.option("--yes", is_flag=True, help="Ask nothing, on a terminal either.")
@allow_host
@talk
def command(
    *,
    more: tuple[str, ...],
    stations: tuple[str, ...],
    contact: str | None,
    store: str | None,
    file: str,
    systemd: bool,
    cron: bool,
    container: bool,
    at: str | None,
    force: bool,
    yes: bool,
    allow_hosts: tuple[str, ...],
) -> int:
    """Write a config.yaml in which every setting is explained, with your stations in it.

    STATION is a host, a call sign or a name of the directory, or the address of a station that it lacks. What is not
    said is asked for on a terminal. --systemd, --cron and --container write what starts a run each day; where a
    config.yaml is there already, they write that alone.

    \b
    scraper init
    scraper init bpr.org WUNC --contact archive@example.org
    scraper init --systemd --at 03:30
    """
    words = [word for value in (*more, *stations) for word in value.split(",") if word.strip()]
    wanted = [name for name, given in (("systemd", systemd), ("cron", cron), ("container", container)) if given]
    if at is not None and not (systemd or cron):
        raise click.UsageError("--at goes with --systemd or --cron")
    if wanted and file == "-":
        raise click.UsageError("files for schedulers need a config.yaml that stays; --config - is none")
    time = _time(at)
    keep = bool(wanted) and not force and not words and contact is None and store is None and Path(file).exists()
    written: list[str] = []
    if not keep:
        _free([file] if file != "-" else [], force=force)
        ask = is_terminal(sys.stdin) and is_terminal(sys.stderr) and not yes
        text = _text(words, contact, store, allow_hosts, ask=ask)
        _free(_names(wanted, file), force=force)
        written += _written({file: text})
    if wanted:
        written += _scheduled(wanted, file, time, force=force)
    _next(written, file)
    return 0


def _time(at: str | None) -> tuple[int, int] | None:
    if at is None:
        return None
    hour, mark, minute = at.strip().partition(":")
    if mark and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60:
        return int(hour), int(minute)
    raise click.BadParameter(f"{at!r} is no time of the day such as 03:30", param_hint="'--at'")


# ---------------------------------------------------------------------- config.yaml
def _text(words: list[str], contact: str | None, store: str | None, allow_hosts: tuple[str, ...], *, ask: bool) -> str:
    """The configuration, from the flags and from answers. It is read back: what is written here loads."""
    from scraper import _values
    from scraper.commands.run import loaded
    from scraper.deploy.settings import config_text

    stations = _stations(words, ask=ask)
    who = _valid("--contact", contact, _values.contact) if contact is not None else _asked_contact(ask=ask)
    where = _valid("--store", store, _values.store) if store is not None else _asked_store(ask=ask)
    text = config_text(contact=who, stations=stations, store=where, allow_hosts=allow_hosts)
    loaded(text, "config.yaml")
    return text


def _valid(option: str, value: str, reader: Callable[[object], str]) -> str:
    try:
        return reader(value)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"'{option}'") from None


def _stations(words: list[str], *, ask: bool) -> list[OwnStation]:
    from scraper.commands._chosen import UnknownStation, chosen

    if not words and not ask:
        raise click.UsageError("name at least one station, such as bpr.org; scraper stations WORD searches for them")
    if not words:
        tell(_ASK_STATIONS)
    while True:
        given = words or [word for word in _ask("Stations").split(",") if word.strip()]
        try:
            return chosen(given)
        except UnknownStation as error:
            if words:
                raise click.UsageError(str(error)) from None
            tell(str(error))


def _asked_contact(*, ask: bool) -> str:
    from scraper import _values

    if not ask:
        raise click.UsageError("--contact is missing: an e-mail address or a page that webmasters can turn to")
    tell(_ASK_CONTACT)
    while True:
        try:
            return str(_values.contact(_ask("Contact")))
        except ValueError as error:
            tell(str(error))


def _asked_store(*, ask: bool) -> str:
    from scraper import _values

    if not ask:
        return STORE
    tell(_ASK_STORE)
    while True:
        try:
            return str(_values.store(_ask("Store", STORE)))
        except ValueError as error:
            tell(str(error))


def _ask(what: str, default: str | None = None) -> str:
    try:
        return str(click.prompt(what, default=default, err=True))
    except click.Abort:  # the end of the input
        raise click.UsageError("no answer came; nothing was written") from None


# ---------------------------------------------------------------------- schedulers
def _names(wanted: list[str], file: str) -> list[str]:
    from scraper.deploy.schedules import NAME

    names = {
        "systemd": (f"{NAME}.service", f"{NAME}.timer"),
        "cron": (f"{NAME}.cron",),
        "container": ("Containerfile",),
    }
    return [str(Path(file).parent / name) for kind in wanted for name in names[kind]]


def _scheduled(wanted: list[str], file: str, at: tuple[int, int] | None, *, force: bool) -> list[str]:
    from scraper.commands.run import configuration
    from scraper.deploy import schedules

    _free(_names(wanted, file), force=force)
    texts: dict[str, str] = {}
    if "container" in wanted:
        texts |= schedules.container()
    if "systemd" in wanted or "cron" in wanted:
        job = _job(configuration(file, None, ()), file, at)
        texts |= schedules.systemd(job) if "systemd" in wanted else {}
        texts |= schedules.cron(job) if "cron" in wanted else {}
    return _written({str(Path(file).parent / name): text for name, text in texts.items()})


def _job(config: Config, file: str, at: tuple[int, int] | None) -> Job:
    import getpass

    from scraper.deploy.schedules import Job
    from scraper.run.lock import lock_path
    from scraper.writer.unwritable import output_errors

    place = Path(file).resolve()
    lock = lock_path(config.store).parent.resolve()
    with output_errors(str(lock)):
        lock.mkdir(parents=True, exist_ok=True)  # a unit that may write to a folder does not start without it
    writable = [lock, Path(config.metrics).parent.resolve()] if config.metrics else [lock]
    return Job(
        program=_program(),
        folder=str(place.parent),
        config=str(place),
        user=getpass.getuser(),
        max_runtime=config.max_runtime,
        writable=tuple(dict.fromkeys(map(str, writable))),
        at=at,
    )


def _program() -> tuple[str, ...]:
    """The words that start this program from anywhere: schedulers know no PATH of ours."""
    import shutil

    called = shutil.which(sys.argv[0])
    if called and Path(called).name == "scraper":
        return (str(Path(called).absolute()),)
    beside = Path(sys.executable).with_name("scraper")
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "scraper")


# ---------------------------------------------------------------------- writing
def _free(files: list[str], *, force: bool) -> None:
    """Raises `OutputError` where a file is there that nobody wants overwritten."""
    for file in files:
        if not force and Path(file).exists():
            raise OutputError(f"{file} is there already; --force overwrites it")


def _written(texts: dict[str, str]) -> list[str]:
    from scraper.commands._several import output_to

    for file, text in texts.items():
        with output_to(file) as write:
            write(text)
    return [file for file in texts if file != "-"]


def _next(written: list[str], file: str) -> None:
    """Says what was written, and what comes next."""
    if not written:
        return
    say(f"written: {', '.join(written)}", level=0)
    if file in written:
        named = "" if file == "config.yaml" else f" --config {file}"
        say(f"next: scraper check --online{named} (what a run would meet), then scraper run{named}", level=0)
    elif any(not name.endswith(".timer") for name in written):
        say("how to install it stands at the head of each file", level=0)
