"""Tables, JSON, the report: the right figure marked, everything in one page."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from benchmarks.extraction import corpus, terminal
from benchmarks.extraction.answers import answer_of
from benchmarks.extraction.cases import Case, Furniture
from benchmarks.extraction.machine import facts
from benchmarks.extraction.measure import Column, Run
from benchmarks.extraction.peers import Peer
from benchmarks.extraction.report import page
from benchmarks.extraction.results import as_json, write_records
from benchmarks.extraction.scoring import judge
from benchmarks.extraction.summary import tables, worst

CASES = [
    Case(
        name=name,
        path=Path(f"{name}.html"),
        url=None,
        group="made",
        page_types=(kind,),
        paragraphs=tuple(texts),
        furniture=(Furniture("appeal", "Give now <b>please</b> & thanks", "string"),),
    )
    for name, kind, texts in (("goats", "article", ["The goats are well."]), ("news", "list", []))
]


def column(name: str, texts: list[str], ms: list[float], *, bare: bool = False, floor: bool = False) -> Column:
    answers = [answer_of({"text": text}) for text in texts]
    peer = Peer(name=name, reader=name, shows=name, bare=bare, floor=floor)
    scores = [judge(case, answer) for case, answer in zip(CASES, answers, strict=True)]
    return Column(peer, "1.0", list(answers), list(scores), list(ms), peak_mb=10.0)


@pytest.fixture
def run() -> Run:
    leaky = "The goats are well.\nGive now <b>please</b> & thanks"
    return Run(
        CASES,
        [
            column("lexbor", ["", ""], [1.0, 2.0], bare=True),
            column("clean", ["The goats are well.", ""], [4.0, 4.0]),
            column("leaky", [leaky, "Latest"], [2.0, 2.0]),
            column("whole", [leaky, "Latest"], [0.5, 0.5], floor=True),
        ],
        {"absent": "pip said <no>"},
    )


def test_figures_of_a_set(run: Run) -> None:
    (table,) = tables(run)
    clean, leaky, _ = table.rows
    assert (clean.token_f1, clean.leaks, clean.false_stories, clean.times_bare) == (1.0, 0, 0, 3.0)
    assert (leaky.leaks, leaky.leaking_pages, leaky.leaks_by_kind, leaky.false_stories) == (1, 1, {"appeal": 1}, 1)
    assert leaky.median_ms == 2.0


def test_the_best_of_a_column_is_marked(run: Run) -> None:
    text = terminal.show(tables(run), run)
    lines = {line.split()[0]: line for line in text.splitlines() if line.strip()}
    assert "1.000*" in lines["clean"]
    assert "0.50*" not in lines["whole"]  # what gives whole pages does not compete
    assert "2.00*" in lines["leaky"]
    assert "absent is left out: pip said <no>" in text


def test_worst_pages_leave_out_the_faultless(run: Run) -> None:
    clean, leaky = run.columns[1:3]
    assert worst(clean, CASES, 5) == []
    assert [case.name for case, _ in worst(leaky, CASES, 5)] == ["news", "goats"]
    assert "leak (appeal): Give now" in terminal.show_worst(leaky, run, 5)


class Names(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href")]


def test_the_report_needs_nothing_but_itself(run: Run) -> None:
    html = page(tables(run), run, facts(3))
    names = Names()
    names.feed(html)
    assert names.tags.count("svg") == 3
    assert all(address.startswith("#") for address in names.addresses)
    assert "@import" not in html
    assert "url(" not in html
    assert "prefers-color-scheme: dark" in html
    assert 'name="viewport"' in html
    assert "pip said &lt;no&gt;" in html


def test_figures_for_programs(run: Run) -> None:
    data = json.loads(json.dumps(as_json(tables(run), run, facts(3))))
    assert data["about"]["rounds"] == 3
    assert data["versions"]["clean"] == "1.0"
    assert data["sets"][0]["rows"][0]["peer"] == "clean"
    pages = [row for row in data["pages"] if row["peer"] == "leaky"]
    assert [row["page"] for row in pages] == ["goats", "news"]
    assert pages[0]["leaks"] == [["appeal", "Give now <b>please</b> & thanks"]]


def test_answers_as_records(run: Run, tmp_path: Path) -> None:
    write_records(tmp_path, run)
    record = json.loads((tmp_path / "clean" / "made" / "goats.json").read_text("utf-8"))
    assert (record["page_type"], record["text"]) == ("article", "The goats are well.")


def test_one_command(tmp_path: Path) -> None:
    """Our own columns over a folder, from the command line: no environment has to be made for them."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for path in sorted((corpus.FIXTURES / "generic").glob("brief-*")):
        (folder / path.name).write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "benchmarks.extraction", "--pages", str(folder), "--rounds", "1"]
    command += ["--only", "scraper", "--only", "scraper-generic", "--envs", str(tmp_path / "envs")]
    command += ["--json", str(tmp_path / "r.json"), "--html", str(tmp_path / "r.html")]
    done = subprocess.run(command, cwd=corpus.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (only,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["sets"]
    assert [row["peer"] for row in only["rows"]] == ["scraper", "scraper-generic"]
    assert all(row["token_f1"] is not None and row["median_ms"] > 0 for row in only["rows"])
    assert str(tmp_path) not in (tmp_path / "r.html").read_text("utf-8")
