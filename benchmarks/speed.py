"""Time and memory of extraction: this package beside trafilatura, resiliparse and bare parsing, on the same pages.

    python benchmarks/speed.py                                 the fixtures, half a minute
    python benchmarks/speed.py --pages ../shared/data/pages/html
    python benchmarks/speed.py --quick                         a few seconds, for a first look
    python benchmarks/speed.py --json                          the same figures for programs

Each contender runs in a process of its own, so that its peak memory is its own. All of them read the pages once a round
and take turns, so that what else the machine does falls on all alike; of a page's rounds the quickest counts. Time is
CPU time of the process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _pages import FIXTURES, PageFile, html_pages, median, percentile, table

Reader = Callable[[bytes, str | None], str | None]
"""What a contender does with a page; it may name the template it has recognised."""

TIMES, PLUS_MS = 3.0, 0.3
"""The aim for a Grove or npr.org page: so many times bare parsing, plus so many milliseconds."""
FASTER = 10
"""... and so many times faster than trafilatura with metadata."""


# ---------------------------------------------------------------------- contenders
def scraper() -> Reader:
    """The whole record."""
    from scraper.api import DIRECTORY
    from scraper.errors import NotAnArticle
    from scraper.extractor import read
    from scraper.page import Page

    def run(body: bytes, url: str | None) -> str | None:
        try:
            return read(Page(body, url=url), stations=DIRECTORY).platform
        except NotAnArticle:
            return None

    return run


def lexbor() -> Reader:
    """Parsing alone, with the parser that this package uses."""
    from selectolax.lexbor import LexborHTMLParser

    def run(body: bytes, _: str | None) -> None:
        LexborHTMLParser(body)

    return run


def resiliparse() -> Reader:
    """The main content as plain text, without metadata."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def run(body: bytes, _: str | None) -> None:
        extract_plain_text(HTMLTree.parse_from_bytes(body, "utf-8"), main_content=True)

    return run


def trafilatura() -> Reader:
    """Text and metadata, as JSON."""
    import logging

    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def run(body: bytes, url: str | None) -> None:
        extract(body, url=url, output_format="json", with_metadata=True)

    return run


CONTENDERS: dict[str, Callable[[], Reader]] = {
    "lexbor": lexbor,
    "scraper": scraper,
    "resiliparse": resiliparse,
    "trafilatura": trafilatura,
}


# ---------------------------------------------------------------------- a contender's process
def work(name: str) -> None:
    """Reads the pages' names from the first line of stdin, then answers every further line with one round."""
    pages = [(Path(path).read_bytes(), url) for path, url in json.loads(sys.stdin.readline())]
    run = CONTENDERS[name]()
    _answer([run(body, url) for body, url in pages])  # warms up; tells the templates
    for _ in sys.stdin:
        times = []
        for body, url in pages:
            start = time.process_time()
            run(body, url)
            times.append((time.process_time() - start) * 1000)
        _answer({"ms": times, "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss})


def _answer(data: Any) -> None:
    print(json.dumps(data), flush=True)


class Contender:
    """A contender from outside: its process, and the quickest time (ms) of each page so far."""

    def __init__(self, name: str, pages: list[PageFile]) -> None:
        command = [sys.executable, __file__, "--work", name]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ms = [float("inf")] * len(pages)
        self.peak_mb = 0.0
        self.templates: list[str | None] = self._ask([(str(page.path), page.url) for page in pages])

    def round(self) -> None:
        answer = self._ask("round")
        self.ms = [min(pair) for pair in zip(self.ms, answer["ms"], strict=True)]
        self.peak_mb = answer["peak_kb"] / 1024

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a contender has ended: {' '.join(self._process.args)}")  # type: ignore[arg-type]
        return json.loads(line)


# ---------------------------------------------------------------------- results
def measure(pages: list[PageFile], names: list[str], rounds: int) -> dict[str, Contender]:
    """All contenders over all pages, taking turns."""
    contenders = {name: Contender(name, pages) for name in names}
    for _ in range(rounds):
        for contender in contenders.values():
            contender.round()
    for contender in contenders.values():
        contender.close()
    return contenders


def overall(contenders: dict[str, Contender]) -> list[dict[str, Any]]:
    """A row a contender over all pages."""
    return [
        {
            "name": name,
            "pages_per_s": 1000 * len(contender.ms) / sum(contender.ms),
            "median_ms": median(contender.ms),
            "p95_ms": percentile(contender.ms, 95),
            "peak_mb": contender.peak_mb,
        }
        for name, contender in contenders.items()
    ]


def by_template(contenders: dict[str, Contender]) -> list[dict[str, Any]]:
    """A row a template: this package against bare parsing and trafilatura, page by page."""
    ours, bare, peer = contenders["scraper"], contenders["lexbor"], contenders["trafilatura"]
    rows = []
    for template in sorted({name for name in ours.templates if name}):
        places = [i for i, name in enumerate(ours.templates) if name == template]
        rows.append(
            {
                "template": template,
                "pages": len(places),
                "lexbor_ms": median([bare.ms[i] for i in places]),
                "scraper_ms": median([ours.ms[i] for i in places]),
                "times_lexbor": median([ours.ms[i] / bare.ms[i] for i in places]),
                "within": sum(ours.ms[i] <= TIMES * bare.ms[i] + PLUS_MS for i in places),
                "trafilatura_times": median([peer.ms[i] / ours.ms[i] for i in places]),
                "faster": sum(peer.ms[i] >= FASTER * ours.ms[i] for i in places),
            }
        )
    return rows


def show(rows: list[dict[str, Any]], templates: list[dict[str, Any]], pages: int, rounds: int) -> str:
    first = [
        [r["name"], f"{r['pages_per_s']:,.0f}", f"{r['median_ms']:.2f}", f"{r['p95_ms']:.2f}", f"{r['peak_mb']:.0f}"]
        for r in rows
    ]
    second_head = ["", "pages", "lexbor ms", "scraper ms", "x lexbor", f"in {TIMES:g}x + {PLUS_MS:g} ms"]
    second_head += ["x trafilatura", f"{FASTER}x faster"]
    second = [
        [
            r["template"],
            str(r["pages"]),
            f"{r['lexbor_ms']:.2f}",
            f"{r['scraper_ms']:.2f}",
            f"{r['times_lexbor']:.1f}",
            f"{r['within']} of {r['pages']}",
            f"{r['trafilatura_times']:.1f}",
            f"{r['faster']} of {r['pages']}",
        ]
        for r in templates
    ]
    return "\n".join(
        (
            f"{pages} pages, quickest of {rounds} rounds, CPU time",
            "",
            table(["", "pages/s", "ms median", "ms p95", "peak MB"], first),
            "",
            "scraper by template (medians over its pages)",
            "",
            table(second_head, second),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=Path, default=FIXTURES, metavar="DIR", help="folder of HTML pages")
    parser.add_argument("--rounds", type=int, default=8, help="how often each page is read (8)")
    parser.add_argument("--quick", action="store_true", help="every fourth page, three rounds")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--work", choices=CONTENDERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    pages = html_pages(options.pages)
    if not pages:
        parser.error(f"no HTML pages under {options.pages}")
    rounds = 3 if options.quick else options.rounds
    if options.quick:
        pages = pages[::4]
    contenders = measure(pages, list(CONTENDERS), rounds)
    rows, templates = overall(contenders), by_template(contenders)
    if options.json:
        print(json.dumps({"pages": len(pages), "rounds": rounds, "contenders": rows, "templates": templates}, indent=2))
    else:
        print(show(rows, templates, len(pages), rounds))


if __name__ == "__main__":
    main()
