"""`scraper demo`: a station scraped end to end, and the records that come of it."""

from __future__ import annotations

import json
import resource
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from shells import PAGES, SIGNALS, Shell, end, family

from scraper.demo import Site

SITE = Site("http://127.0.0.1:1")
KEPT = (
    "title subtitle teaser section program tags byline authors published modified dateline language text transcript "
    "copyright corrections"
)
"""What a record has in common with that of the same page at its own address: there its links, its station and what
follows from them are others."""


def comparable(record: dict[str, Any], base: str, address: str) -> dict[str, Any]:
    """The fields of `KEPT` with the site's own address told alike."""
    kept = {key: record[key] for key in KEPT.split()}
    text = json.dumps(kept, ensure_ascii=False).replace(address, "HERE").replace(base, "HERE")
    told: dict[str, Any] = json.loads(text)
    return told


def test_the_demo_and_a_second_one(shell: Shell) -> None:
    done = shell("demo", "--port", "0")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("WRVL, a station that does not exist, answers at http://127.0.0.1:")
    table = {line.split()[0]: line for line in lines[1:] if line and not line.startswith(" ")}
    assert {"found", "fetched", "retried", "written", "refused", "gone", "failed"} <= set(table)
    assert table["written"].split() == "written 24 24 new, 0 updated; 1 unchanged".split()
    assert "robots.txt forbids it" in table["refused"]
    assert "24 records are in demo.db; this shows them:" in done.out
    assert lines[-1].strip() == "scraper show --store demo.db"
    address = lines[0].rsplit(" ", 1)[1]
    assert_records_are_those_beside_the_pages(shell, address)
    again = shell("demo", "--port", address.rsplit(":", 1)[1])
    assert (again.code, again.err) == (0, "")
    assert "known already from an earlier demo" in again.out
    assert "To begin anew, delete demo.db" in again.out
    assert "24 records are in demo.db" in again.out
    listed = shell("show", "--store", "demo.db", "--limit", "3")
    assert json.loads(listed.out.splitlines()[0])["title"].startswith("Midday newscast")


def assert_records_are_those_beside_the_pages(shell: Shell, address: str) -> None:
    stored = {
        json.loads(text)["url"]: json.loads(text) for (text,) in shell.query("SELECT record FROM stories", "demo.db")
    }
    assert len(stored) == 24
    for url, record in stored.items():
        file, base = SITE.pages[url.removeprefix(address).partition("?")[0]]
        expected = json.loads((PAGES / file).with_suffix(".json").read_text("utf-8"))
        assert comparable(record, base, address) == comparable(expected, base, address), file


def resident(pid: int) -> int:
    """Bytes of memory that a process has; 0 when it has ended."""
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return 0


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is looked up in /proc")
def test_it_needs_little_memory(shell: Shell) -> None:
    process = shell.start("demo", "--port", "0")
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(resident, family(process.pid))))
        time.sleep(0.01)
    assert end(process).code == 0
    assert 20e6 < peak < 150e6


def test_a_station_to_try_things_on(shell: Shell) -> None:
    process = shell.start("demo", "--serve", "--port", "0")
    assert process.stdout
    address = process.stdout.readline().split()[-1]
    assert any("--allow-host" in line for line in iter(process.stdout.readline, ""))
    host = address.removeprefix("http://")
    page = next(path for path, (file, _) in SITE.pages.items() if "typography" in file)
    assert "tarp" in shell("extract", f"{host}{page}".replace(host, address), "--allow-host", host).out
    process.send_signal(SIGNALS[130])
    assert end(process).code == 0


def test_a_port_that_is_taken(shell: Shell) -> None:
    process = shell.start("demo", "--serve", "--port", "0")
    assert process.stdout
    port = process.stdout.readline().strip().rsplit(":", 1)[1]
    done = shell("demo", "--port", port)
    assert (done.code, done.out, len(done.lines)) == (69, "", 1)
    process.kill()
    process.communicate()


def test_every_page_of_the_site_is_there() -> None:
    for path, (file, _) in SITE.pages.items():
        answer = SITE.answer(path, {})
        assert answer.status in (200, 503), file
    assert {Path(file).suffix for file, _ in SITE.pages.values()} == {".html"}
