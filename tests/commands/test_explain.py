"""`scraper explain` at the shell: where it writes, what it says, how it ends."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from pages import ROOT

Cli = Callable[..., tuple[int, str, str]]
PAGES = ROOT / "fixtures" / "pages"
STORY = PAGES / "grove" / "kxlr-typography-trap.html"
LIST = PAGES / "grove" / "kxlr-tag-list.html"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    addresses: list[str] = []

    def open_(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_)
    return addresses


def test_given_a_pipe_then_the_page_goes_to_stdout(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("explain", STORY)
    assert (code, err) == (0, "")
    assert out.startswith("<!DOCTYPE html>")
    assert list(tmp_path.iterdir()) == []


def test_given_a_terminal_then_a_file_named_after_the_source(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.commands.explain.is_terminal", lambda _: True)
    code, out, err = cli("explain", STORY)
    assert (code, out, err) == (0, "", "scraper: written to kxlr-typography-trap.explain.html\n")
    assert (tmp_path / "kxlr-typography-trap.explain.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_given_o_then_the_file_alone(cli: Cli, tmp_path: Path) -> None:
    assert cli("explain", STORY, "-o", "why.html") == (0, "", "")
    assert (tmp_path / "why.html").stat().st_size > 1000


def test_given_open_then_a_browser_is_sent_to_the_file(cli: Cli, tmp_path: Path, opened: list[str]) -> None:
    assert cli("explain", STORY, "--open")[0] == 0
    assert opened == [(tmp_path / "kxlr-typography-trap.explain.html").as_uri()]


def test_given_no_browser_then_it_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    code, _, err = cli("explain", STORY, "--open", "-o", "why.html")
    assert (code, err) == (0, "scraper: no browser could be started; open why.html yourself\n")


@pytest.mark.parametrize("args", [("--format", "text"), ("--format", "json"), ("-o", "-")])
def test_given_open_without_a_file_of_html_then_wrong_usage(cli: Cli, args: tuple[str, str], opened: list[str]) -> None:
    assert cli("explain", STORY, "--open", *args)[0] == 2
    assert opened == []


def test_given_text_then_a_diff_without_colours(cli: Cli) -> None:
    code, out, _ = cli("explain", STORY, "--format", "text")
    assert code == 0
    assert "\x1b" not in out
    assert {line[0] for line in out.splitlines()[4:]} == {" ", "-", "="}
    assert any(line.startswith("-") and line.endswith(" [grove.footer]") for line in out.splitlines())


def test_given_force_color_then_a_diff_in_colours(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31m-" in cli("explain", STORY, "--format", "text")[1]


def test_given_json_then_passages_and_the_record_of_extract(cli: Cli) -> None:
    told = json.loads(cli("explain", STORY, "--format", "json")[1])
    record = json.loads(cli("extract", STORY, "--json", "--removed")[1])
    assert told["record"] == record
    assert told["platform"]["name"] == record["platform"]
    assert told["sources"]["title"]
    assert {passage["fate"] for passage in told["passages"]} == {"kept", "removed", "field"}
    kept = next(passage for passage in told["passages"] if passage["fate"] == "kept")
    assert kept["at"] == "/blocks/0"
    assert kept["text"] == record["blocks"][0]["text"]
    assert sum(count["passages"] for count in told["counts"]) == len(told["passages"])


def test_given_a_page_without_story_then_it_is_explained(cli: Cli) -> None:
    code, out, _ = cli("explain", LIST, "--format", "text")
    assert code == 0
    assert out.splitlines()[1].startswith("+++ list: the template says list by ")


def test_given_a_url_then_it_counts_for_the_type(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><body><h1>Hi</h1><p>Words of no kind</p></body></html>", "utf-8")
    out = cli("explain", "p.html", "--url", "https://www.bpr.org/tags/music", "--format", "text")[1]
    assert out.splitlines()[1] == "+++ list: the address is that of a list page"


def test_given_a_platform_of_ones_own_then_its_rules_are_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "name: coastal\nhosts: [coastal.example]\ntypes: {.words: article}\nbody: .words\n"
        "drops:\n  - {rule: coastal.pledge, kind: appeal, select: .give}\n",
        "utf-8",
    )
    (tmp_path / "p.html").write_text(
        "<html><body><div class=words><p>The harbor froze before Thanksgiving for the first time since 1978.</p>"
        "<div class=give>Chip in</div></div></body></html>",
        "utf-8",
    )
    out = cli("explain", "p.html", "--url", "https://coastal.example/a", "--platforms", "own.yaml", "--format", "text")[
        1
    ]
    assert "@@ coastal: its host is coastal.example @@" in out.splitlines()
    assert "-Chip in [coastal.pledge]" in out.splitlines()


@pytest.mark.parametrize(
    ("name", "body", "code"), [("none.html", None, 66), ("empty.html", b"", 65), ("p.pdf", b"%PDF-", 65)]
)
def test_given_nothing_to_explain_then_the_code_of_extract_and_one_line(
    cli: Cli, tmp_path: Path, name: str, body: bytes | None, code: int
) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)
    got, out, err = cli("explain", name, "-o", "why.html")
    assert (got, out) == (code, "")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "why.html").exists()


def test_given_an_output_that_cannot_be_written_then_73(cli: Cli) -> None:
    assert cli("explain", STORY, "-o", "no/such/folder.html")[0] == 73


def test_given_a_large_page_then_a_worker_reads_it(cli: Cli, tmp_path: Path) -> None:
    filler = "<!-- " + "x" * 1_100_000 + " -->"
    (tmp_path / "large.html").write_text(STORY.read_text("utf-8").replace("</body>", f"{filler}</body>"), "utf-8")
    code, out, _ = cli("explain", "large.html", "--format", "json")
    assert code == 0
    assert json.loads(out)["page_type"] == "article"
