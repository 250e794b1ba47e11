"""Given an explanation in a real browser, then anybody can read and use it, and a hostile page can do nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pages import FIXTURES, load, page_of

from scraper.explain import explain, render
from scraper.page import Page as Source

RECORDS = [
    FIXTURES / "grove" / "kunc-irrigation-ditch-lede-thrice.json",
    FIXTURES / "grove" / "kxlr-tag-list.json",
    FIXTURES / "npr" / "news-2024-story-and-transcript.json",
    FIXTURES / "generic" / "spanish-2023-burro-library.json",
    next(iter(sorted((FIXTURES / "text").glob("*.json")))),
]
HOSTILE = """<html lang="en"><head><title>&lt;script&gt;document.title='owned'&lt;/script&gt;</title>
<meta property="og:type" content="article"></head><body><article>
<h1>&lt;script&gt;window.owned = 1&lt;/script&gt;</h1>
<p>&lt;img src=x onerror="window.owned = 2"&gt; was what the mayor of the town said at a meeting on Tuesday night.</p>
<p>&lt;/style&gt;&lt;/div&gt;&lt;script&gt;window.owned = 3&lt;/script&gt; the clerk wrote down,
and everyone who had come to the meeting agreed with it.</p>
<p>&lt;base href="https://evil.example/"&gt; and so forth;
&lt;meta http-equiv="refresh" content="0;url=https://evil.example/"&gt; was not.</p>
<p>The council of the town meets again on Thursday to hear whether anything of all this should be put into the law.</p>
</article></body></html>"""


def of(record: Path) -> str:
    path = page_of(record)
    return render(explain(Source(path.read_bytes(), url=load(record)["url"])), "html", source=path.name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_given_an_explanation_then_axe_finds_no_violation(show: Any, record: Path, size: str, scheme: str) -> None:
    opened = show(of(record), scheme=scheme, size=size)
    opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    opened.is_accessible()


def test_given_a_box_is_unticked_then_its_kind_is_hidden_and_comes_back(show: Any) -> None:
    page = show(of(RECORDS[0])).page
    navigation = page.locator(".passage", has_text="by grove.header")
    kept = page.locator(".passage.kept")
    assert navigation.first.is_visible()
    page.get_by_label("navigation (").uncheck()
    assert not navigation.first.is_visible()
    assert kept.first.is_visible()
    page.get_by_label("all removed").uncheck()
    assert page.locator(".passage.removed:visible").count() == 0
    page.get_by_role("button", name="Show everything").click()
    assert navigation.first.is_visible()


def test_given_a_keyboard_then_parts_boxes_and_folds_are_reached(show: Any) -> None:
    page = show(of(RECORDS[0])).page
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement === document.body")
    assert {"A", "INPUT", "BUTTON", "SUMMARY"} <= reached
    box = page.locator("#show-removed")
    box.focus()
    page.keyboard.press("Space")
    assert page.locator(".passage.removed:visible").count() == 0


def test_given_return_in_a_box_then_nothing_is_sent(show: Any) -> None:
    opened = show(of(RECORDS[0]))
    opened.page.locator("#show-removed").press("Enter")
    assert len(opened.asked) == 1


def test_given_a_phone_then_each_rule_is_read_without_a_pointer(show: Any) -> None:
    page = show(of(RECORDS[0]), size="phone").page
    assert page.locator(".passage.removed .tag code:visible").count() == page.locator(".passage.removed").count()


@pytest.mark.parametrize("force", [False, True], ids=["as it is", "in the document"])
def test_given_a_hostile_page_then_nothing_runs(show: Any, force: bool) -> None:
    html = render(explain(Source(HOSTILE.encode())), "html", source="<script>window.owned = 4</script>")
    if force:  # were the words ever not escaped, the policy still holds
        html = html.replace("</main>", "<script>window.owned = 5</script><img src=x onerror='window.owned = 6'></main>")
    opened = show(html)
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.owned") is None
    assert "owned" in opened.page.title()
    assert opened.page.url.startswith("file:")
    assert [url for url in opened.asked if "evil" in url] == []
    assert bool(opened.said) == force
    assert "onerror" in opened.page.locator(".passage.kept").first.inner_text()
