"""An explanation as one HTML page: nothing is loaded, no script is in it, and none can run.

The legend filters by CSS alone (`:has()`), so that the policy can forbid all scripts: whatever a page says stays text.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from zlib import crc32

from scraper.explain.record import record
from scraper.explain.tally import Count, counts, template, words_in
from scraper.extractor.account import FATES, FIELD, KEPT, REMOVED, UNLISTED, Passage
from scraper.extractor.explanation import Explanation
from scraper.webpage import contents, head, link, many, style_sheet

_MARKS = {KEPT: "✓", REMOVED: "−", FIELD: "▸", UNLISTED: "?"}
_NAMES = {KEPT: "kept", REMOVED: "removed", FIELD: "in a field", UNLISTED: "not listed"}
_MEANINGS = {
    KEPT: "in the story",
    REMOVED: "taken out by a rule",
    FIELD: "in a field of the record",
    UNLISTED: "nowhere in the record",
}
_FOLDED = 900
"""Characters of a removed passage from which it is folded."""
_SHOWN = 140
_PARTS = {"legend": "Legend and filter", "page": "The page", "record": "The record"}
_KNOWN = (
    "navigation banner player alert appeal share caption promo newsletter ad bio copyright footer embed consent"
    " comments form"
).split()


def to_html(told: Explanation, *, source: str) -> str:
    """The whole document."""
    tally = counts(told.passages)
    numbers = {(count.fate, count.kind): number for number, count in enumerate(tally)}
    style = _style(tally)
    title = (told.record.title if told.record else None) or source
    parts = [
        *head(f"Explained: {title}", style),
        *_header(told, title, source),
        *contents("Parts of this explanation", _PARTS),
        '<div class="beside">',
        '<main id="main">',
        *_legend(tally, numbers),
        *_page(told, numbers),
        "</main>",
        *record(told),
        "</div>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _style(tally: Iterable[Count]) -> str:
    """The style sheet, with the colours of the kinds and the filters of the legend. Kinds go by number: a platform of
    a user's own may give them any name."""
    rules = [style_sheet("scraper.explain")]
    rules += [f"body:has(#show-{fate}:not(:checked)) .passage.{fate} {{ display: none; }}" for fate in FATES]
    for number, count in enumerate(tally):
        hidden = f"body:has(#kind-{number}:not(:checked)) .passage.kind-{number} {{ display: none; }}"
        rules += [f".kind-{number} {{ --hue: {_hue(count.kind)}; }}", hidden]
    return "\n".join(rules)


def _hue(kind: str) -> int:
    """The same on all pages; neighbours in the list of known kinds stand far apart on the wheel."""
    return _KNOWN.index(kind) * 137 % 360 if kind in _KNOWN else crc32(kind.encode()) % 360


def _header(told: Explanation, title: str, source: str) -> list[str]:
    name = link(told.record.url if told.record else None, source)
    sign = told.reason or told.sign
    return [
        "<header>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{name}</p>",
        f"<p>Page type: <strong>{escape(told.page_type)}</strong>{f' ({escape(sign)})' if sign else ''}.</p>",
        f"<p>Template: <strong>{escape(template(told))}</strong> ({escape(told.why)}).</p>",
        "</header>",
    ]


def _legend(tally: list[Count], numbers: dict[tuple[str, str], int]) -> list[str]:
    parts = [
        '<section aria-labelledby="legend">',
        '<h2 id="legend" tabindex="-1">Legend and filter</h2>',
        "<p>What is not ticked is hidden below.</p>",
        '<form method="dialog" class="legend" aria-labelledby="legend">',
    ]
    for fate in FATES:
        own = [count for count in tally if count.fate == fate]
        if not own:
            continue
        whole = Count(fate, "", sum(count.passages for count in own), sum(count.words for count in own))
        name = _NAMES[fate]
        parts += [
            "<fieldset>",
            f'<legend><span aria-hidden="true">{_MARKS[fate]}</span> {name.capitalize()}: {_MEANINGS[fate]}</legend>',
            _tick(f"show-{fate}", f"all {name}", whole),
        ]
        for count in own if fate != UNLISTED else ():
            number = numbers[fate, count.kind]
            parts.append(_tick(f"kind-{number}", escape(count.kind), count, swatch=number))
        parts.append("</fieldset>")
    return [*parts, '<button type="reset">Show everything</button>', "</form>", "</section>"]


def _tick(id_: str, name: str, count: Count, swatch: int | None = None) -> str:
    colour = "" if swatch is None else f'<span class="swatch kind-{swatch}" aria-hidden="true"></span>'
    size = f"{many(count.passages, 'passage')}, {many(count.words, 'word')}"
    return f'<label><input type="checkbox" id="{id_}" checked>{colour}<span>{name} ({size})</span></label>'


def _page(told: Explanation, numbers: dict[tuple[str, str], int]) -> list[str]:
    language = told.record.language if told.record else None
    lang = f' lang="{escape(language)}"' if language else ""
    rows = [_passage(passage, numbers[passage.fate, passage.kind], lang) for passage in told.passages]
    return [
        '<section aria-labelledby="page">',
        '<h2 id="page" tabindex="-1">The page</h2>',
        '<ol class="page">' if rows else "<p>There are no words on it.</p>",
        *rows,
        *(["</ol>"] if rows else []),
        "</section>",
    ]


def _passage(passage: Passage, number: int, lang: str) -> str:
    tag = f'<span aria-hidden="true">{_MARKS[passage.fate]}</span> <b>{_NAMES[passage.fate]}</b> {escape(passage.kind)}'
    tag += f" by <code>{escape(passage.rule)}</code>" if passage.rule else ""
    tag += f", said by {escape(passage.speaker)}" if passage.speaker else ""
    where = [f"record <code>{escape(passage.at)}</code>"] if passage.at else []
    where += [f"page <code>{escape(passage.element)}</code>"] if passage.element else []
    return "\n".join(
        [
            f'<li class="passage {passage.fate} kind-{number}">',
            f'<p class="tag">{tag}</p>',
            _words(passage, lang),
            *([f'<p class="where">{" · ".join(where)}</p>'] if where else []),
            "</li>",
        ]
    )


def _words(passage: Passage, lang: str) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in passage.text.split("\n"))
    words = f'<div class="words"{lang}>{lines}</div>'
    if passage.fate == KEPT or len(passage.text) < _FOLDED:
        return words
    start = escape(" ".join(passage.text[:_SHOWN].split()))
    size = many(words_in(passage.text), "word")
    return f"<details><summary><span{lang}>{start}…</span> ({size})</summary>{words}</details>"
