"""``scraper check``: would a run work, and what would it do?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from scraper.commands import _options as options
from scraper.commands._options import allow_host, complete_configured, station_hosts, talk
from scraper.commands._several import code_of
from scraper.commands._table import columns
from scraper.commands._talk import coloured, flush, harmless, is_terminal, put, say, still_libraries, verbosity
from scraper.errors import ConfigError

if TYPE_CHECKING:
    from scraper.config import Config
    from scraper.fetcher import Watch
    from scraper.run.inspection import Finding, StationReport
    from scraper.run.site import Site

_COLOURS = {"note": "yellow", "problem": "red"}


@click.command()
@options.config_file()
@options.store("That store, instead of the configuration's.")
@click.option("--station", "stations", multiple=True, metavar="HOST...", callback=station_hosts,
              shell_complete=complete_configured, help="Only these of the stations. May be repeated.")  # fmt: skip
@click.argument("more", nargs=-1, metavar="", callback=station_hosts, shell_complete=complete_configured)
@click.option("--online", is_flag=True, help="Ask the stations, too: robots.txt, every feed, sitemap and list page.")
@click.option("--json", "as_json", is_flag=True, help="All that was found, as one JSON object.")
@allow_host
@talk
def command(
    *,
    config_file: str,
    store: str | None,
    stations: tuple[str, ...],
    more: tuple[str, ...],
    online: bool,
    as_json: bool,
    allow_hosts: tuple[str, ...],
) -> int:
    """Check the configuration, the store and its lock, and tell what a run would do. Nothing is changed.

    All mistakes of a config.yaml are told at once. --online asks every station for its sources, as politely as a run
    would. The exit code is that of what is wrong: 78 the configuration, 73 the store, 75 the lock, 69 no station
    answers, 1 too many of them do not, or several things are wrong.

    \b
    scraper check
    scraper check --online --station bpr.org
    scraper check --json | jq '.findings[] | select(.state == "problem")'
    """
    still_libraries()
    try:
        config, pairs, findings = _offline(config_file, store, (*stations, *more), allow_hosts)
    except ConfigError as error:
        return _wrong(error, as_json=as_json)
    if online and config.contact:
        _ask(config, pairs)
    reports = [report for _, report in pairs]
    codes = [finding.exit_code for finding in findings if finding.exit_code]
    if online and (code := _code_of(reports, config.failure_threshold)):
        codes.append(code)
    code = code_of(codes)
    if as_json:
        _put_json(findings, reports, code)
    else:
        put(_finding_table(findings))
        for report in reports:
            put(f"\n{_told(report)}")
    flush()
    _conclude(findings, reports, online=online)
    return code


def _offline(
    file: str, store: str | None, only: tuple[str, ...], allow_hosts: tuple[str, ...]
) -> tuple[Config, list[tuple[Site, StationReport]], list[Finding]]:
    """What can be told without asking anybody. Raises `ConfigError`."""
    from scraper.commands.run import configuration
    from scraper.run.inspection import Finding, inspect_files, inspect_stations

    config = configuration(file, store, allow_hosts)
    pairs = inspect_stations(config, dict.fromkeys(only))
    number = len(pairs)
    name = "standard input" if file == "-" else file
    first = Finding(what="config", state="ok", detail=f"{name}, {number} station{'s' * (number != 1)}")
    return config, pairs, [first, *inspect_files(config)]


def _wrong(error: ConfigError, *, as_json: bool) -> int:
    """A configuration that cannot be read leaves nothing else to check."""
    if not as_json:
        raise error
    from scraper.run.inspection import Finding

    lines = str(error).splitlines()
    findings = [Finding(what="config", state="problem", detail=line, exit_code=error.exit_code) for line in lines]
    _put_json(findings, [], error.exit_code)
    return error.exit_code


def _ask(config: Config, pairs: list[tuple[Site, StationReport]]) -> None:
    from scraper.run import Halt
    from scraper.run.inspection import ask_stations
    from scraper.run.onlooker import onlooking

    halt = Halt()
    with _watching() as watch, onlooking(config, [site for site, _ in pairs], halt=halt, watch=watch) as fetcher:
        ask_stations(config, pairs, fetcher, stop=halt.event.set)


@contextmanager
def _watching() -> Iterator[Watch]:
    """What hears of requests and waits: a live line on a terminal, else -v."""
    if verbosity() != 0 or not is_terminal(sys.stderr):
        from scraper.commands._sources import tell_event

        yield tell_event
        return
    from scraper.commands._live import Doing

    with Doing() as doing:
        yield doing.hear


def _code_of(reports: list[StationReport], threshold: float) -> int:
    from scraper.run.inspection import exit_code_of

    return exit_code_of(reports, threshold)


# ---------------------------------------------------------------------- showing
def _put_json(findings: list[Finding], reports: list[StationReport], code: int) -> None:
    from msgspec import json, to_builtins

    whole: dict[str, Any] = {
        "ok": code == 0,
        "exit_code": code,
        "findings": to_builtins(findings),
        "stations": to_builtins(reports),
    }
    put(json.encode(whole).decode())


def _finding_table(findings: list[Finding]) -> str:
    lines = columns([(finding.what, finding.state, finding.detail) for finding in findings]).splitlines()
    if not coloured(sys.stdout):
        return "\n".join(lines)
    return "\n".join(
        click.style(line, fg=_COLOURS[finding.state]) if finding.state in _COLOURS else line
        for line, finding in zip(lines, findings, strict=True)
    )


def _told(report: StationReport) -> str:
    """A station in some lines: what it is, what a run would do there, and its sources."""
    what = [report.platform or "no known platform", f"{report.delay:g} s between requests", f"{report.due:,} pages due"]
    if report.new is not None:
        what.append(f"{report.found:,} stories listed, {report.new:,} new")
    lines = [f"{report.host}  {report.url}", f"    {', '.join(what)}"]
    if report.robots is not None:
        opt_outs = f"; opt-outs: {', '.join(report.opt_outs)}" if report.opt_outs else ""
        lines.append(f"    {harmless(report.robots + opt_outs)}")
    if report.error is not None:
        lines.append(f"    problem: {harmless(report.error)}")
    rows = [
        (
            f"    {source.kind}",
            str(source.status or ""),
            "" if source.listed is None else f"{source.listed:,}",
            source.url + (f"  ({source.error})" if source.error else ""),
        )
        for source in report.sources
    ]
    return "\n".join([*lines, columns(rows)]) if rows else "\n".join(lines)


def _conclude(findings: list[Finding], reports: list[StationReport], *, online: bool) -> None:
    problems = [finding.what for finding in findings if finding.state == "problem"]
    problems += [report.host for report in reports if report.error]
    if problems:
        say(f"{len(problems)} problem{'s' * (len(problems) != 1)}: {', '.join(problems[:10])}", level=0)
    elif not online:
        say("a run can start; --online asks the stations, too", level=0)
    else:
        say("a run can start, and every station answers", level=0)
