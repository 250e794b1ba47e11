"""Run the benchmark: `python -m benchmarks.extraction`. See docs/benchmark.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import corpus, environments, terminal
from .cases import Case
from .machine import facts
from .measure import Run, measure
from .peers import Peer, chosen, peers
from .report import page
from .results import as_json, write_records
from .scaling import scaling
from .summary import tables


def main() -> None:
    parser = _parser()
    options = parser.parse_args()
    every = peers()
    if options.pin is not None:
        _pin(options.pin, every, options.envs)
        return
    try:
        cases = _cases(options)
        wanted = chosen(every, options.only)
    except ValueError as error:
        parser.error(str(error))
    if options.scaling:
        print(scaling(cases, every, options.envs, pages=5_000 if options.quick else 50_000))
        return
    rounds = 1 if options.quick else options.rounds
    run = measure(cases, wanted, envs=options.envs, rounds=rounds, timeout=options.timeout)
    _write(run, options, rounds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extraction", description="Extraction beside its peers, on the same pages."
    )
    add = parser.add_argument
    add(
        "--pages",
        type=Path,
        action="append",
        metavar="DIR",
        help="pages with gold of your own, instead of the project's",
    )
    add("--only", action="append", default=[], metavar="PEER", help="this peer only (repeatable)")
    add("--quick", action="store_true", help="every fourth page, one timing round")
    add("--rounds", type=int, default=3, help="timing rounds; a page's quickest counts (3)")
    add("--timeout", type=float, default=60.0, metavar="S", help="seconds after which a page is lost (60)")
    add("--worst", type=int, default=0, metavar="N", help="also list the N worst pages of each peer")
    add("--json", type=Path, metavar="FILE", help="write the figures, page by page as well")
    add("--html", type=Path, metavar="FILE", help="write them as one page with plots")
    add("--records", type=Path, metavar="DIR", help="write what each peer said, to read or to score by other tools")
    add("--scaling", action="store_true", help="two worker processes, memory over 50,000 pages, speed against the aims")
    add("--envs", type=Path, default=environments.default_folder(), metavar="DIR", help="where environments are kept")
    add("--pin", nargs="*", metavar="ENV", help="resolve these environments (or all) anew and write their pins")
    return parser


def _cases(options: argparse.Namespace) -> list[Case]:
    """The pages asked for. Without the shared ones the run goes on, and says so."""
    if options.pages:
        cases = [case for folder in options.pages for case in corpus.own(folder)]
    else:
        cases = corpus.shared()
        if not cases:
            print("The real pages (../shared/data) are not beside this clone: fixtures only.", file=sys.stderr)
        cases += corpus.fixtures()
    return cases[::4] if options.quick else cases


def _pin(names: list[str], every: dict[str, Peer], envs: Path) -> None:
    for peer in every.values():
        if peer.requires and peer.env and (not names or peer.env in names):
            try:
                print(environments.pin(peer.env, peer.requires, envs))
            except environments.Unavailable as reason:
                print(f"{peer.env} is left as it was: {reason}", file=sys.stderr)


def _write(run: Run, options: argparse.Namespace, rounds: int) -> None:
    made = tables(run)
    about = facts(rounds)
    print(about.line())
    print()
    print(terminal.show(made, run))
    for column in run.columns:
        if options.worst and not column.peer.bare:
            print()
            print(terminal.show_worst(column, run, options.worst))
    if options.json:
        options.json.write_text(json.dumps(as_json(made, run, about), indent=1, ensure_ascii=False) + "\n", "utf-8")
    if options.html:
        options.html.write_text(page(made, run, about), "utf-8")
    if options.records:
        write_records(options.records, run)


if __name__ == "__main__":
    main()
