"""Given a report in a real browser, then anybody can read and use it, and what comes from pages can do nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.invented import fill
from scraper.report import gather, to_html
from scraper.writer.archive import Archive
from scraper.writer.measure import Measure

NOW = 1944309600.0  # 2031-08-12T14:00:00Z


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    with Archive.open(str(tmp_path_factory.mktemp("store") / "stories.db"), clock=lambda: NOW) as archive:
        fill(archive, stations=22, days=40, now=NOW, a_day=1)
        return "".join(to_html(gather(archive, days=40, now=NOW)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("folded", [True, False], ids=["folded", "open"])
def test_given_a_report_then_axe_finds_no_violation(show: Any, page: str, size: str, scheme: str, folded: bool) -> None:
    opened = show(page, scheme=scheme, size=size)
    if not folded:
        # What stands below the screen is drawn late, and would not be looked at.
        opened.page.evaluate(
            """document.querySelectorAll('details').forEach(each => {
                each.open = true; each.style.contentVisibility = 'visible' })"""
        )
    opened.is_accessible()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_given_an_empty_store_then_its_page_is_accessible(show: Any, tmp_path: Path, size: str) -> None:
    with Archive.open(str(tmp_path / "empty.db")) as archive:
        show("".join(to_html(gather(archive, days=30, now=NOW))), size=size).is_accessible()


def test_given_the_filter_then_only_stations_with_an_alarm_are_shown(show: Any, page: str) -> None:
    opened = show(page).page
    assert opened.locator(".station").count() == 22
    opened.get_by_label("Only stations with an alarm").check()
    assert opened.locator(".station:visible").count() == 1
    assert opened.locator(".station:visible .badge").inner_text() == "! 1 alarm"
    opened.get_by_label("Only stations with an alarm").uncheck()
    assert opened.locator(".station:visible").count() == 22


def test_given_an_alarm_then_its_link_leads_to_the_station_and_a_keyboard_opens_it(show: Any, page: str) -> None:
    opened = show(page).page
    opened.get_by_role("link", name="Plots of").first.click()
    station = opened.locator(".station.alarmed")
    assert station.locator("svg").first.is_visible() is False
    station.locator("summary").first.focus()
    opened.keyboard.press("Enter")
    assert station.locator("svg").count() == 3
    assert station.locator("svg").first.is_visible()


def test_given_any_scheme_then_lines_dots_and_bars_stand_out(show: Any, page: str) -> None:
    for scheme, ink in (("light", "rgb(28, 28, 28)"), ("dark", "rgb(240, 240, 240)")):
        opened = show(page, scheme=scheme).page
        drawn = "getComputedStyle(document.querySelector('{}')).{}"
        assert opened.evaluate(drawn.format("svg .line", "stroke")) == ink
        assert opened.evaluate(drawn.format("svg .bars", "fill")) == ink
        assert opened.evaluate(drawn.format("svg text", "fill")) == ink
        assert "#dot" in opened.evaluate(drawn.format("svg .line", "markerMid"))


def test_given_words_that_were_not_escaped_then_the_policy_still_holds(show: Any, page: str) -> None:
    evil = "<script>window.owned = 1</script><img src=x onerror='window.owned = 2'></main>"
    opened = show(page.replace("</main>", evil))
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.owned") is None
    assert opened.said != []


def test_given_large_numbers_and_long_names_then_a_phone_is_wide_enough(show: Any, tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "stories.db"), clock=lambda: NOW) as archive:
        counts = dict.fromkeys(("tried", "failed", "new", "read", "body", "records"), 123_456)
        told = {"at": "2031-08-12T10:00:00Z", "run": 1, "seconds": {"60": 1}}
        archive.watching().add(Measure(host=f"{'long' * 12}.example", platform="grove", **told, **counts))  # type: ignore[arg-type]
        opened = show("".join(to_html(gather(archive, days=3, now=NOW))), size="phone")
    opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    opened.is_accessible()
