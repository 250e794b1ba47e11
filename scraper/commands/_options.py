"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scraper.commands._talk import set_verbosity, verbosity

if TYPE_CHECKING:
    from datetime import datetime

    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


def talk(command: F) -> F:
    """``-q`` and ``-v``, before or after a command's name."""

    def set_level(_: click.Context, parameter: click.Parameter, value: Any) -> None:
        if not value:
            return
        wanted = -1 if parameter.name == "quiet" else int(value)
        if wanted * verbosity() < 0:
            raise click.UsageError("-q and -v contradict each other")
        set_verbosity(wanted)

    options: dict[str, Any] = {"callback": set_level, "expose_value": False}
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.", **options)
    verbose = click.option("-v", "--verbose", count=True, help="Say more; -vv also shows tracebacks.", **options)
    return quiet(verbose(command))


def allow_host(command: F) -> F:
    """``--allow-host``, for every command that fetches."""
    return click.option(
        "--allow-host",
        "allow_hosts",
        multiple=True,
        metavar="HOST:PORT",
        callback=_hosts,
        help="Let this address be reached although it is not public. May be repeated.",
    )(command)


def _hosts(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        return ()
    from scraper._values import host_and_port

    try:
        return tuple(host_and_port(value) for value in values)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx=context, param=parameter) from None


def config_file(help: str = "The settings; - is standard input.") -> Callable[[F], F]:
    """``--config``, as the argument `config_file`."""
    return click.option(
        "--config",
        "config_file",
        default="config.yaml",
        show_default=True,
        metavar="FILE",
        shell_complete=complete_file,
        help=help,
    )


def store(help: str, *, default: str | None = None) -> Callable[[F], F]:
    """``--store``."""
    shown = default is not None
    return click.option(
        "--store", default=default, show_default=shown, metavar="PATH|URL", shell_complete=complete_file, help=help
    )


def output(help: str) -> Callable[[F], F]:
    """``-o``."""
    return click.option("-o", "--output", metavar="FILE", shell_complete=complete_file, help=help)


def own_platforms(command: F) -> F:
    """``--platforms``, for every command that reads pages."""
    return click.option(
        "--platforms",
        "platform_files",
        multiple=True,
        metavar="FILE",
        shell_complete=complete_file,
        help="Templates of your own, in YAML. May be repeated.",
    )(command)


def moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """Callback of an option: a day (2024-05-11) or a time (2024-05-11T20:21:00-04:00); without a zone it is UTC."""
    if value is None:
        return None
    from datetime import UTC, datetime

    try:
        time = datetime.fromisoformat(value.strip())
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no date; write it as 2024-05-11", ctx=context, param=parameter
        ) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def station_hosts(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Callback of a repeated option: hosts such as bpr.org, also several in one value, parted by commas."""
    hosts = [host.strip().lower().removeprefix("www.") for value in values for host in value.split(",")]
    for host in hosts:
        if not host or "/" in host:
            raise click.BadParameter(f"{host!r} is no host such as bpr.org", ctx=context, param=parameter)
    return tuple(dict.fromkeys(hosts))


def complete_station(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The directory's hosts that begin so, with the stations' names; for a shell."""
    from click.shell_completion import CompletionItem

    from scraper.stations import find

    return [CompletionItem(entry.domain, help=entry.name) for entry in find() if entry.domain.startswith(incomplete)]


def complete_configured(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The stations of the configuration that begin so; those of the directory where there is no configuration."""
    own = [host for host in configured_hosts(context) if host.startswith(incomplete)]
    if not own:
        return complete_station(context, parameter, incomplete)
    from click.shell_completion import CompletionItem

    from scraper.stations import get

    return [CompletionItem(host, help=entry.name if (entry := get(host)) else None) for host in own]


def complete_any_station(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The stations of the configuration that begin so, then those of the directory."""
    from click.shell_completion import CompletionItem

    known = complete_station(context, parameter, incomplete)
    hosts = {item.value for item in known}
    own = [host for host in configured_hosts(context) if host.startswith(incomplete) and host not in hosts]
    return [*(CompletionItem(host) for host in own), *known]


def configured_hosts(context: click.Context) -> list[str]:
    """The stations of the configuration at hand; none where it cannot be read, of which a shell has nothing to say."""
    from scraper.config import load
    from scraper.errors import ConfigError

    file = context.params.get("config_file") or "config.yaml"
    try:
        return [station.host for station in load(file).stations] if file != "-" else []
    except ConfigError:
        return []


def complete_file(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Has the shell complete names of files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]
