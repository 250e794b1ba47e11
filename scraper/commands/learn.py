"""``scraper learn``: what recurs over the pages of a host, learned in bulk, shown and forgotten."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.commands import _options as options
from scraper.commands._options import complete_any_station, complete_file, own_platforms, station_hosts, talk
from scraper.commands._progress import Step, progress
from scraper.commands._several import line_on
from scraper.commands._sources import read_file
from scraper.commands._talk import harmless, put, say, still_libraries
from scraper.errors import NotAnArticle, ScraperError, SourceError

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.extractor.learned.model import Sighting, Verdict
    from scraper.writer.learning import Learning

    Learner = Learning[Sighting, Verdict]


@click.command()
@click.argument("what", nargs=-1, shell_complete=complete_file, metavar="[FOLDER|HOST]...")
@options.store("The store; by default that of --config, else stories.db.")
@options.config_file("The settings.")
@click.option("--host", callback=lambda c, p, v: station_hosts(c, p, (v,))[0] if v else None, metavar="HOST",
              shell_complete=complete_any_station,
              help="The host of a folder's pages, whatever address they name.")  # fmt: skip
@click.option("--show", is_flag=True, help="Show what is known, with its evidence; without a host, which hosts are.")
@click.option("--forget", is_flag=True, help="Forget what was seen and learned of these hosts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
@own_platforms
@talk
def command(
    *,
    what: tuple[str, ...],
    store: str | None,
    config_file: str,
    host: str | None,
    show: bool,
    forget: bool,
    as_json: bool,
    platform_files: tuple[str, ...],
) -> int:
    """Learn which lines recur over a station's pages, so that they are taken out of its stories.

    A FOLDER holds saved pages, HTML or plain text; a HOST is learned from its stories in the store. A run learns by
    itself from the pages that it sees, unless the configuration says "learn: false".

    \b
    scraper learn pages/ --host bpr.org
    scraper learn bpr.org
    scraper learn --show bpr.org
    scraper learn --forget bpr.org
    """
    if show and forget:
        raise click.UsageError("--show and --forget contradict each other")
    if not what and not show:
        raise click.UsageError("name a folder of pages or a host")
    still_libraries()
    from scraper.commands.show import store_of
    from scraper.extractor.learned.model import Sighting, Verdict
    from scraper.run.lock import held
    from scraper.writer.archive import Archive

    store = store_of(store, config_file)
    if show:
        with Archive.open(store, create=False) as archive:
            _show(archive.learning(Sighting, Verdict), _hosts(what), as_json=as_json)
        return 0
    with held(store), Archive.open(store) as archive:
        learner = archive.learning(Sighting, Verdict)
        if forget:
            for name in _hosts(what):
                say(f"{name}: {learner.forget(name)} stories forgotten", level=0)
            return 0
        return _learn(learner, what, host, platform_files, as_json=as_json)


def _hosts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.lower().removeprefix("www.") for name in names)


# ---------------------------------------------------------------------- learning
def _learn(
    learner: Learner, what: Iterable[str], host: str | None, platform_files: tuple[str, ...], *, as_json: bool
) -> int:
    """Each folder and host in turn; the exit code is that of the last that gave nothing."""
    code = 0
    touched: dict[str, None] = {}
    for name in what:
        try:
            seen = _of_folder(name, host, platform_files) if Path(name).is_dir() else _of_store(learner, name)
        except SourceError as error:
            say(line_on(name, error))
            code = error.exit_code
            continue
        for one, sightings in seen.items():
            learner.see(sightings)
            touched[one] = None
    from scraper.extractor.learned.weigh import weigh

    for one in touched:
        learner.learn(one, weigh)
    if touched:
        _show(learner, tuple(touched), as_json=as_json, kept=False)
    return code


def _of_store(learner: Learner, name: str) -> dict[str, list[Sighting]]:
    """What the stored stories of a host show. Raises `SourceError` where there are none."""
    from scraper.extractor.learned.observe import observe

    (host,) = _hosts((name,))
    found = [sighting for article in learner.stories(host) if (sighting := observe(article, host)) is not None]
    if not found:
        raise SourceError("no such folder, and no stories of such a host in the store")
    return {host: found}


def _of_folder(name: str, host: str | None, platform_files: tuple[str, ...]) -> dict[str, list[Sighting]]:
    """What the pages of a folder show, by host, the story published last at the end; of each host as many as count.

    Raises `SourceError` where no page holds a story, or none tells its host.
    """
    from scraper.extractor.learned.observe import observe
    from scraper.extractor.learned.weigh import WINDOW
    from scraper.writer.stories import host_of

    found: dict[str, list[tuple[str, Sighting]]] = {}
    stories = homeless = 0
    for article in _articles(name, platform_files):
        stories += 1
        home = host or host_of(article)
        sighting = observe(article, home)
        if sighting is None:
            homeless += not home
            continue
        mine = found.setdefault(home, [])
        mine.append((article.published or "", sighting))
        if len(mine) >= 2 * WINDOW:
            found[home] = sorted(mine, key=lambda pair: pair[0])[-WINDOW:]
    if homeless:
        say(f"{name}: {homeless} of {stories} stories name no host; --host tells it")
    if not found:
        raise SourceError("no page in it holds a story of a known host")
    return {home: [s for _, s in sorted(mine, key=lambda pair: pair[0])[-WINDOW:]] for home, mine in found.items()}


def _articles(folder: str, platform_files: tuple[str, ...]) -> Iterator[Article]:
    """The stories of all files under a folder, read in worker processes, in the order of their names."""
    from scraper.api import rules_of
    from scraper.page import Page
    from scraper.workers import WorkerPool

    rules = rules_of(platform_files)

    def payloads(names: list[str], step: Step) -> Iterator[Any]:
        for path in names:
            step(path)
            try:
                yield Page(read_file(path)), None, rules
            except (SourceError, NotAnArticle) as error:
                say(line_on(path, error), level=1)

    names = list(_files(folder))
    with WorkerPool("scraper.api.work") as pool, progress(len(names), prints=False) as step:
        for future in pool.map(payloads(names, step)):
            article = _result(future)
            if article is not None:
                yield article


def _result(future: Future[Any]) -> Article | None:
    """A story; None for a page that holds none or cannot be read, which only -v tells of."""
    try:
        article: Article = future.result()
    except ScraperError as error:
        say(" ".join(str(error).split()), level=1)
        return None
    return article


def _files(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield str(Path(place) / name)


# ---------------------------------------------------------------------- showing
def _show(learner: Learner, hosts: tuple[str, ...], *, as_json: bool, kept: bool = True) -> None:
    """The lines of these hosts with their evidence (`kept`: also those that stay in stories), or all known hosts."""
    import msgspec

    known = {one.host: one for one in learner.hosts()}
    if not hosts:
        for one in known.values():
            put(msgspec.json.encode(one._asdict()).decode() if as_json else _line(*one))
        return
    for host in hosts:
        version, verdicts = learner.known(host)
        shown = [verdict for verdict in verdicts if kept or verdict.learned]
        if as_json:
            for verdict in shown:
                row = {"host": host, "version": version, **msgspec.to_builtins(verdict)}
                put(msgspec.json.encode(row).decode())
            continue
        stories, learned = (known[host].stories, known[host].learned) if host in known else (0, 0)
        put(_line(host, stories, learned, version))
        for verdict in shown:
            put(_told(verdict))


def _line(host: str, stories: int, learned: int, version: int) -> str:
    return f"{host}: {stories} stories seen, {learned} lines learned, version {version}"


def _told(verdict: Verdict) -> str:
    fate = "kept" if not verdict.learned else f"{verdict.kind}, at the edges" if verdict.edge else verdict.kind
    return f"\n{harmless(verdict.text)}\n    {fate}: {harmless(str(verdict))}"
