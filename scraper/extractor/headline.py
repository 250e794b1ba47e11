"""Where the headline of a plain-text page stands."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from scraper.extractor import wording
from scraper.extractor.learned.model import RULE
from scraper.extractor.text import words
from scraper.extractor.textlines import Line, is_alert, is_ask, is_byline, is_dated

_PLAYER = ("player.live", "player.next-up", "player.clock", "player.streams")
_DEEPEST = 40
"""Lines after the player among which the headline is looked for."""
_SMALL = frozenset(
    "a an and are as at be but by for from has have he her his how in is it its of on or s she t that the their they"
    " this to was what when who why will with".split()
)
_SECTION = re.compile(
    r"(?:(?:Local|Regional|State|National|World|International|Top|NPR|Latest|[KW][A-Z]{3}) )*(?:News|Stories|Headlines)"
    r"|NPR|Local|Regional|National|World|(?:Arts|Education|Environment|Health|Politics|Government|Business|Economy|Music"
    r"|Culture|Science|Technology|Sports|Opinion|Commentary|Weather|Energy|Agriculture|Race|Transportation|Housing"
    r"|Community|Books|Movies|Food|History|Podcasts?)(?:(?:,| &| and|/) ?[\w ]{3,30})*"
)
_NAME_AND_HOUSE = re.compile(r"[A-Z][\w.'’-]+ (?:[A-Z]\. )?[A-Z][\w.'’-]+\s?[/|]\s?[A-Z].{1,40}")
_SLOGAN = re.compile(r"\b(?:NPR|(?:Public|Community) (?:Radio|Media)|Radio)\b.* (?:for|in|from|of) ")
_CREDIT = re.compile(
    r"(?:Photo |Image )?(?:Courtesy|Provided|Submitted|Contributed|Credit)\b|.{0,40}\s/\s.{0,40}$|.{2,60} via .{2,40}$"
    r"|.{2,50}(?:/(?:Getty|AP|AFP|NPR)|\b(?:Getty Images|AP Photo|[Ff]ile [Pp]hoto))"
)


def find_headline(lines: list[Line], url: str | None) -> int | None:
    """The index of the headline, or None for a text without one.

    The slug of the address is the best witness, where any line agrees with it; then a byline, date or share list right
    after; then place and shape: after the player the first heading that names no section. Lines passed over are marked
    (alert, appeal, section) on the way.
    """
    start = after_player(lines)
    end = min(len(lines), start + _DEEPEST)
    slug = _slug(url)
    if slug and max((_likeness(lines[i].text, slug) for i in range(start, end)), default=0) < 1.5:
        slug = set()  # the headline was changed after the address was made
    told = any(_introduced(lines, i) for i in range(start, end))
    first = None if told else _first_heading(lines, start, end)
    best, best_score = None, 1.5
    passed = 0
    for index in range(start, end):
        line = lines[index]
        if wording.notice(line.text) or (line.mark and not _is_plain_word(line, slug)):
            continue
        bar = _is_bar(line)
        score = _score(lines, index, slug, bar=bar) - 0.25 * passed
        score += 2.5 if index == first and start else 1 if index == first else 0
        passed += not bar
        if score > best_score:
            best, best_score = index, score
        if line.prose and not bar and best is not None and not slug:
            break
    if best is None and start:
        best = first
    if best is not None:
        _mark_passed(lines, start, best)
    return best


def page_heading(lines: list[Line], url: str | None) -> str | None:
    """The title of a page that is no story: the line that agrees with the address, else the first that can be a
    heading; a home page has none."""
    if url is not None and not urlsplit(url).path.strip("/"):
        return None
    start = after_player(lines)
    slug = _slug(url, least=1)
    if slug:
        near = range(start, min(len(lines), start + _DEEPEST))
        best = max(near, key=lambda i: (_likeness(lines[i].text, slug), -i), default=None)
        if best is not None and _likeness(lines[best].text, slug) >= 4:
            return lines[best].text
    for line in lines[start:]:
        if line.mark and line.mark[0] not in ("text.before-headline", "text.section", "navigation.links"):
            continue
        if len(line.text.split()) <= 14 and line.text[-1] not in ".:;,…" and not line.text.startswith(("- ", "• ")):
            return line.text
    return None


def after_player(lines: list[Line]) -> int:
    """The line after the last of the live player's, which opens the page (an audio clock further down does not count);
    0 for a page without one."""
    last = -1
    for index, line in enumerate(lines[:60]):
        if is_byline(line.text) or is_dated(line.text):
            break
        if line.mark and line.mark[0] in _PLAYER:
            near = 4 if line.mark[0] == "player.clock" else 12
            if last >= 0 and index - last > near:
                break
            last = index
    opening = {line.mark[0] for line in lines[: last + 1] if line.mark}
    return last + 1 if {"player.streams", "player.next-up", "player.live"} & opening else 0


def _slug(url: str | None, *, least: int = 2) -> set[str]:
    """The telling words of the address' last part; none where they are fewer than `least`."""
    if not url:
        return set()
    parts = [p for p in unquote(urlsplit(url).path).split("/") if p]
    tail = re.sub(r"\.\w{2,5}$", "", parts[-1]) if parts else ""
    found = {w for w in re.split(r"[^a-z0-9]+", tail.lower()) if w and w not in _SMALL and not w.isdigit()}
    return found if len(found) >= least else set()


def _likeness(text: str, slug: set[str]) -> float:
    """How much of the slug's words the line has, and of its words the slug: 0 to 8, -1 for hardly any."""
    mine = {w[:5] for w in words(text.replace("'", "").replace("’", "")) if w not in _SMALL}
    slug = {w[:5] for w in slug}  # "springs" is in "spring", "cools" in "cooled"
    share = len(slug & mine) / len(slug)
    precise = len(slug & mine) / len(mine) if mine else 0.0
    return 8 * share * min(1.0, 2 * precise) if share >= 0.5 else -1


def _score(lines: list[Line], index: int, slug: set[str], *, bar: bool) -> float:
    text = lines[index].text
    score = _likeness(text, slug) if slug else 0.0
    after = lines[index + 1 : index + 4]
    introduced = _introduced(lines, index)
    if introduced:
        score += 4
    elif any(is_byline(line.text) or is_dated(line.text) for line in after):
        score += 2
    elif after and after[0].mark and after[0].mark[1] == "share":
        score += 3
    elif after and after[0].prose and not is_alert(after[0].text) and not is_ask(after[0].text):
        score += 1
    last = text.rstrip("\"”’')")[-1:]
    if last in (":", ";", ",") or (last == "." and not introduced):
        score -= 4
    elif last == ".":
        score -= 4 if index and _heads(lines[index - 1]) and len(lines[index - 1].text.split()) >= 4 else 1
    count = len(text.split())
    score += 2 if 4 <= count <= 24 else 1 if count == 3 else -2 if count <= 2 else -1 if introduced else -3
    if is_byline(text) or is_dated(text):
        score -= 8
    if bar:
        score -= 1 if introduced else 5  # bars have neither byline nor date
    if _CREDIT.match(text) or wording.is_note(text) or _NAME_AND_HOUSE.fullmatch(text):
        score -= 4
    if re.match(r"\(|https?:|www\.|\d{3}[-.]\d{3}", text) or text.startswith(("- ", "• ")):
        score -= 4
    return score


def _introduced(lines: list[Line], index: int) -> bool:
    """A byline or a date comes next, as after no bar, section or crosshead."""
    if is_byline(lines[index].text) or is_dated(lines[index].text) or index + 1 >= len(lines):
        return False
    return is_byline(lines[index + 1].text) or is_dated(lines[index + 1].text)


def _first_heading(lines: list[Line], start: int, end: int) -> int | None:
    """The first line of four words and more that can be a heading and names no section; else the last shorter one
    before the story begins, else what reads like a bar (a story on an outage, on a fund drive)."""
    short: int | None = None
    bar: int | None = None
    for index in range(start, end):
        line = lines[index]
        if line.mark or wording.notice(line.text):
            continue
        if _is_bar(line):
            bar = index if _heads(line) and start else bar
            continue
        if is_byline(line.text) or is_dated(line.text):
            break
        if not _heads(line) or (not start and _SLOGAN.search(line.text)):
            if short is not None or (line.prose and not any(map(_heads, lines[index + 1 : index + 4]))):
                break
            continue
        if len(line.text.split()) >= 4 and not _SECTION.fullmatch(line.text):
            return index
        short = index
    return bar if short is None else short


def _is_plain_word(line: Line, slug: set[str]) -> bool:
    """A word of the menus ("Podcasts"), or a line that recurs, that agrees with the address is the page's headline all
    the same."""
    return (
        line.mark is not None
        and (line.mark[1] in ("navigation", "promo") or line.mark[0] == RULE)
        and bool(slug)
        and _likeness(line.text, slug) >= 4
    )


def _is_bar(line: Line) -> bool:
    return is_alert(line.text) or is_ask(line.text)


def _heads(line: Line) -> bool:
    """Looks like a heading: a line without a full stop, no item, no credit."""
    text = line.text
    if (
        line.mark
        or text.rstrip("\"”’')")[-1:] in (*".:;,", "")
        or text.startswith(("- ", "• "))
        or len(text.split()) > 30
    ):
        return False
    return not wording.is_note(text) and not is_byline(text) and not is_dated(text) and not _CREDIT.match(text)


def _mark_passed(lines: list[Line], start: int, headline: int) -> None:
    """Say what the lines between player and headline are: alerts, asks, the section right before the headline."""
    for index in range(start, headline):
        line = lines[index]
        if line.mark and not (line.mark[0] == "navigation.links" and index == headline - 1):
            continue
        if is_alert(line.text):
            line.mark = ("text.alert", "alert")
        elif is_ask(line.text):
            newsletter = re.search(r"newsletter|inbox", line.text, re.I)
            line.mark = ("text.ask", "newsletter" if newsletter else "appeal")
        elif index == headline - 1 and len(line.text.split()) <= 6 and line.text[-1] not in ".!?:":
            line.mark = ("text.section", "navigation")
        else:
            line.mark = ("text.before-headline", "alert" if line.prose else "banner")
