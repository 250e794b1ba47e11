"""Given a report, when it becomes a page, then it says all in words too, is small, and nothing of it can run."""

from __future__ import annotations

import base64
import hashlib
import re
import tracemalloc
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.invented import fill
from scraper.report import Report, gather, to_html
from scraper.report.model import Pass, Point, Series, StationReport
from scraper.report.plot import Look, Scale, figure
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive
from scraper.writer.overview import Queue, Unread
from scraper.writer.review import Headline, Removals, RemovedRule

EVIL = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\" onfocus='x"
NOW = 1944309600.0


def point(at: str, coverage: float | None = 1.0, latency: float | None = 0.4, new: int = 2) -> Point:
    return Point(at=at, coverage=coverage, read=4, latency=latency, tried=4, failed=0, new=new)


def hostile() -> Report:
    alarm = Alarm(
        scope="host", subject=EVIL, kind=EVIL, raised_at="2031-08-01T00:00:00Z", raised_run=1, cause=EVIL,
        samples=[f"https://a.example/{EVIL}", "javascript:alert(1)"],
    )  # fmt: skip
    headline = Headline(station=EVIL, title=EVIL, url="javascript:alert(1)", published="2031-08-11")
    series = Series(points=[point("2031-08-11"), point("2031-08-12")], whole=point("2031-08-11"))
    rule = RemovedRule(kind=EVIL, rule=EVIL, pieces=1, stories=1)
    return Report(
        store=EVIL, made_at="2031-08-12T14:00:00Z", days=30, step=1, first="2031-08-11", last="2031-08-12",
        series=series, passes=[], alarms=[alarm], cleared=[alarm], newest=[headline], queue={}, stories=1,
        stations=[StationReport(host=EVIL, name=EVIL, platforms=[EVIL], series=series, queue=Queue(host=EVIL),
                                alarms=[alarm], stories=[headline])],
        removed=Removals(stories=1, kinds=[rule], rules=[rule]),
        unread=[Unread(station=EVIL, url=EVIL, kind=EVIL, failures=2, status=None, error=EVIL, read_at=None)],
    )  # fmt: skip


def parsed(report: Report) -> LexborHTMLParser:
    return LexborHTMLParser("".join(to_html(report)))


def test_hostile_words_are_text_everywhere() -> None:
    tree = parsed(hostile())
    assert not tree.css("script,img,iframe,object,link,base")
    attributes = {name for node in tree.css("*") for name in node.attributes}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
    links = [node.attributes["href"] or "" for node in tree.css("a")]
    assert all(href.startswith(("https://a.example/", "#")) for href in links)
    assert EVIL in tree.css_first("h1 + p").text()
    assert EVIL in tree.css_first(".station h3").text()


def test_the_policy_allows_its_own_style_alone() -> None:
    page = "".join(to_html(hostile()))
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


def test_an_id_stands_for_one_thing_and_each_reference_has_its_own() -> None:
    tree = parsed(hostile())
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    referred = {
        word for node in tree.css("[aria-labelledby]") for word in (node.attributes["aria-labelledby"] or "").split()
    }
    referred |= {(node.attributes["href"] or "")[1:] for node in tree.css("a[href^='#']")}
    assert referred <= set(ids)


LOOK = Look("Coverage", lambda one: one.coverage, lambda value: f"{value:.0%}", top=1.0)
BARS = Look("New", lambda one: float(one.new), lambda value: f"{value:g}", bars=True)
SCALE = Scale("2031-08-01", "2031-08-10", 1)


def drawn(look: Look, points: list[Point], alarms: list[Alarm] | None = None) -> LexborHTMLParser:
    return LexborHTMLParser(figure(look, points, SCALE, id_="x", of="A & B", alarms=alarms or []))


def path(tree: LexborHTMLParser, name: str) -> str:
    return tree.css_first(f"path.{name}").attributes["d"] or ""


def test_a_plot_is_told_in_words_too() -> None:
    tree = drawn(LOOK, [point("2031-08-01", 1.0), point("2031-08-02", 0.25), point("2031-08-03", 0.5)])
    assert tree.css_first("title").text() == "Coverage of A & B"
    said = "from 25% to 100%, at the end 50%"
    assert tree.css_first("desc").text() == f"2031-08-01 to 2031-08-10: {said}."
    assert tree.css_first("figcaption").text() == f"Coverage: {said}"


def test_a_line_goes_from_left_to_right_and_breaks_where_nothing_was_measured() -> None:
    days = [("2031-08-01", 1.0), ("2031-08-02", 0.0), ("2031-08-03", None), ("2031-08-09", 0.5)]
    line = path(drawn(LOOK, [point(at, value) for at, value in days]), "line")
    (first, second), last = re.findall(r"(\d+) (\d+)", line)[:2], re.findall(r"(\d+) (\d+)", line)[2]
    assert int(first[0]) < int(second[0]) < int(last[0])
    assert int(first[1]) < int(last[1]) < int(second[1])
    assert line.count("M") == 2, "the last point stands alone"
    assert line.count("L") == 1


def test_bars_are_as_high_as_their_numbers_and_none_is_drawn_for_nothing() -> None:
    tree = drawn(BARS, [point(f"2031-08-0{number}", new=number - 1) for number in (1, 2, 3, 5)])
    heights = [int(height) for height in re.findall(r"v-(\d+)", path(tree, "bars"))]
    assert len(heights) == 3
    assert heights[1] == pytest.approx(2 * heights[0], abs=1)
    assert heights[2] == pytest.approx(4 * heights[0], abs=2)
    assert [node.text() for node in tree.css("text.end")][:3] == ["4", "2", "0"]


def test_an_alarm_is_a_beam_for_as_long_as_it_lasted_and_is_told() -> None:
    told = {"scope": "host", "subject": "a", "kind": "body", "raised_run": 1}
    over = Alarm(raised_at="2031-08-02T01:00:00Z", cleared_at="2031-08-04T01:00:00Z", **told)  # type: ignore[arg-type]
    now = Alarm(raised_at="2031-08-08T01:00:00Z", **told)  # type: ignore[arg-type]
    before = Alarm(raised_at="2031-07-02T01:00:00Z", cleared_at="2031-07-04T01:00:00Z", **told)  # type: ignore[arg-type]
    tree = drawn(LOOK, [point("2031-08-01")], [now, over, before])
    spans = [re.findall(r"\d+", node.attributes["d"] or "") for node in tree.css("path.alarm")]
    (begin, _, end), (later, _, edge) = ([int(number) for number in span] for span in spans)
    assert begin < end < later < edge
    assert "alarm from 2031-08-02 to 2031-08-04, from 2031-08-08 to now" in tree.css_first("desc").text()


def test_nothing_measured_is_said() -> None:
    assert drawn(LOOK, [point("2031-08-01", None)]).css_first("figcaption").text() == "Coverage: nothing measured"


def test_an_empty_store_has_a_page_that_says_what_to_do(tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "stories.db")) as archive:
        tree = parsed(gather(archive, days=30, now=NOW))
    assert [node.text() for node in tree.css("main ol code")] == [
        "scraper init", "config.yaml", "scraper run", "scraper report",
    ]  # fmt: skip
    assert not tree.css("svg, nav, table")


def test_a_pass_that_goes_on_is_no_failure() -> None:
    from msgspec.structs import replace

    going = Pass(
        number=1, started="2031-08-12T13:00:00Z", seconds=None, exit_code=None, found=0, new=0, updated=0, failed=0
    )
    tree = parsed(replace(hostile(), passes=[going]))
    assert "The last pass began 2031-08-12 13:00 and has not ended." in tree.css_first(".lead").text()


def test_the_page_of_many_stations_is_small_and_is_made_in_little_memory(tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "stories.db"), clock=lambda: NOW) as archive:
        fill(archive, stations=60, days=365, now=NOW, a_day=0)
        report = gather(archive, days=365, now=NOW)
    sizes = []
    tracemalloc.start()
    try:
        sizes = [len(part.encode()) for part in to_html(report)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(sizes) < 60 * 10_000 + 60_000, "a station takes less than 10 kB"
    assert len(sizes) > 60
    assert peak < sum(sizes), "never the whole page at once"
