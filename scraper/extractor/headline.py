"""Where the headline of a plain-text page stands."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from scraper.extractor.text import words
from scraper.extractor.textlines import BYLINE, PUBLISHED, Line, is_alert, is_ask

_PLAYER = ("player.live", "player.next-up", "player.clock", "player.streams")
_DEEPEST = 40
"""Lines after the player among which the headline is looked for."""
_SMALL = frozenset(
    "a an and are as at be but by for from has have he her his how in is it its of on or s she t that the their they this to was what when who why will with".split()
)


def find_headline(lines: list[Line], url: str | None) -> int | None:
    """The index of the headline, or None for a text without one.

    The slug of the address is the best witness; then a byline, date or share list right after; then the shape: some words
    without a full stop, before the first paragraph. Lines passed over are marked (alert, appeal, section) on the way.
    """
    start = _after_player(lines)
    slug = _slug(url)
    end = min(len(lines), start + _DEEPEST)
    best, best_score = None, 1.5
    for index in range(start, end):
        line = lines[index]
        if line.mark and line.mark[1] not in ("navigation", "promo"):
            continue
        score = _score(lines, index, slug) - 0.25 * (index - start)
        if score > best_score:
            best, best_score = index, score
        if line.prose and not is_alert(line.text) and not is_ask(line.text) and best is not None and not slug:
            break
    if best is not None:
        _mark_passed(lines, start, best)
    return best


def _after_player(lines: list[Line]) -> int:
    """The line after the last of the live player's, which opens the page (an audio clock further down does not count)."""
    last = -1
    for index, line in enumerate(lines[:60]):
        if line.mark and line.mark[0] in _PLAYER and (line.mark[0] != "player.live" or index - last <= 12 or last < 0):
            if last >= 0 and index - last > 12:
                break
            last = index
    chrome = [
        i
        for i in range(last + 1)
        if lines[i].mark and lines[i].mark[0] in ("player.streams", "player.next-up", "player.live")
    ]  # type: ignore[index]
    return last + 1 if chrome else 0


def _slug(url: str | None) -> set[str]:
    """The telling words of the address' last part."""
    if not url:
        return set()
    parts = [p for p in unquote(urlsplit(url).path).split("/") if p]
    tail = re.sub(r"\.\w{2,5}$", "", parts[-1]) if parts else ""
    found = {w for w in re.split(r"[^a-z0-9]+", tail.lower()) if w and w not in _SMALL}
    return found if len(found) >= 2 else set()


def _score(lines: list[Line], index: int, slug: set[str]) -> float:
    text = lines[index].text
    count = len(text.split())
    score = 0.0
    if slug:
        mine = {w for w in words(text.replace("'", "").replace("’", "")) if w not in _SMALL}
        share = len(slug & mine) / len(slug)
        precise = len(slug & mine) / len(mine) if mine else 0.0
        score += 8 * share * min(1.0, 2 * precise) if share >= 0.5 else -1
    after = [line for line in lines[index + 1 : index + 4]]
    if after and (BYLINE.fullmatch(after[0].text) or PUBLISHED.fullmatch(after[0].text)):
        score += 4
    elif any(BYLINE.fullmatch(line.text) or PUBLISHED.fullmatch(line.text) for line in after):
        score += 2
    elif after and after[0].mark and after[0].mark[1] == "share":
        score += 3
    if text.rstrip("\"”’')")[-1:] in (".", ":", ";", ","):
        score -= 4
    score += 2 if 4 <= count <= 24 else 1 if count == 3 else -2 if count <= 2 else -3
    if BYLINE.fullmatch(text) or PUBLISHED.fullmatch(text):
        score -= 8
    if is_alert(text):
        score -= 5
    if is_ask(text):
        score -= 4
    if re.match(r"\(|https?:|www\.|\d{3}[-.]\d{3}", text) or text.startswith(("- ", "• ")):
        score -= 4
    return score


def _mark_passed(lines: list[Line], start: int, headline: int) -> None:
    """Say what the lines between player and headline are: alerts, asks, the section right before the headline."""
    for index in range(start, headline):
        line = lines[index]
        if line.mark and not (line.mark[0] == "navigation.links" and index == headline - 1):
            continue
        if is_alert(line.text):
            line.mark = ("text.alert", "alert")
        elif is_ask(line.text):
            line.mark = ("text.ask", "newsletter" if re.search(r"newsletter|inbox", line.text, re.I) else "appeal")
        elif index == headline - 1 and len(line.text.split()) <= 6 and line.text[-1] not in ".!?:":
            line.mark = ("text.section", "navigation")
        else:
            line.mark = ("text.before-headline", "alert" if line.prose else "banner")
