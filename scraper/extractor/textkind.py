"""What kind of page a plain text was: a story, or one of the kinds that hold none."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scraper import addresses
from scraper.extractor import page_type
from scraper.extractor.textlines import Line, is_byline, is_dated

_CUT = re.compile(r"(?:…|\.\.\.)$")
_SEARCHED = re.compile(r"\d* ?[Ss]earch results for\b")
_EPISODE = re.compile(r"/(?:podcasts?|shows?|programs?)/[^/]+/(?:19|20)\d\d-\d\d-\d\d/")
_STAMP = re.compile(r"(?:[A-Z][a-z]+day, )?[A-Z][a-z]+\.? \d{1,2}, \d{4}|Listen • [\d:]+")
_LENGTH = re.compile(r"Listen • [\d:]+")
_CLOCK = re.compile(r"(?:\d{1,2}:\d\d|noon|midnight)\s*(?:[ap]\.?m\.?)?\b.{0,60}", re.I)
_CONTACT = re.compile(
    r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\w@[^\s@]{1,80}\.\w{2,}|\b[A-Z]{2} \d{5}\b|\b\d{2,3}\.\d(?: ?FM)?$"
    r"|\b(?:App Store|Google Play|smart speaker)\b"
)
_STATUS = re.compile(
    r"(?:HTTP |Error )?(?:40[0-9]|410|50[0-9])"
    r"(?:\s*[-–—:]?\s*(?:error|page|not found|forbidden|gone|bad|server|internal|service)\b.*)?",
    re.I,
)


def kind_of_page(lines: list[Line], headline: int | None, url: str | None) -> tuple[str, str]:
    """The page type of the record and the sign that tells; a page that nothing shows to be something else is an article."""
    texts = [line.text for line in lines]
    head = " ".join(texts[: 12 if headline is None else headline + 1])
    title = texts[headline if headline is not None else 0]
    if page_type.is_consent(title) or page_type.is_consent(head):
        return "consent", "it asks for consent to cookies"
    if _is_error(title) or any(_is_error(text) for text in texts[:30] if len(text) < 80):
        return "error", "a line of it reports an error"
    by_address = addresses.kind(url)
    if by_address in ("list", "person", "event", "other"):
        return by_address, f"the address is that of a {by_address} page"
    if any(_SEARCHED.match(text) for text in texts):
        return "list", "it counts the results of a search"
    if by_address != "story":
        rest = lines[headline or 0 :]
        if _is_list(rest):
            return "list", "teasers follow each other"
        if _is_house(rest):
            return "other", "it holds numbers, addresses or times, and no running text"
        if _short_path(url) and not any(_is_meta(line) for line in rest[:8]):
            return "other", "its address is short, and it has neither byline nor date"
    if _EPISODE.search(url or ""):
        return "episode", "the address is that of an episode"
    return "article", "nothing shows it to be anything else"


def _is_meta(line: Line) -> bool:
    return is_byline(line.text) or is_dated(line.text)


def _short_path(url: str | None) -> bool:
    """An address of one segment, of two words at most: pages of the house have such, stories hardly ever."""
    path = urlsplit(url).path.strip("/") if url else ""
    return bool(path) and "/" not in path and len(re.split(r"[-_]", path)) <= 2


def _is_error(text: str) -> bool:
    """An error report; a line that only begins with such a number (a street address) is none."""
    if re.match(r"(?:error\s*)?[45]\d\d\b", text, re.I):
        return _STATUS.fullmatch(text) is not None
    return page_type.is_error(text)


def _is_list(lines: list[Line]) -> bool:
    """Teasers one after the other: many lines that break off, or many bylines, dates or lengths."""
    rest = [line.text for line in lines]
    prose = [text for text in rest if len(text.split()) >= 8]
    cut = sum(1 for text in prose if _CUT.search(text))
    if sum(1 for text in rest if _LENGTH.fullmatch(text)) >= 3:
        return True
    stamps = sum(1 for text in rest if is_byline(text) or is_dated(text) or _STAMP.fullmatch(text))
    if cut >= 3 and cut >= 0.5 * len(prose):
        return True
    return (stamps >= 4 and stamps >= 0.4 * len(prose)) or (len(rest) >= 8 and not prose)


def _is_house(lines: list[Line]) -> bool:
    """A page of the house (contacts, frequencies, a schedule): neither byline nor date, telephone numbers, addresses or
    clock times on a good part of its lines, hardly any running text."""
    if len(lines) < 4 or any(is_byline(line.text) or is_dated(line.text) for line in lines[:8]):
        return False
    prose = sum(line.prose for line in lines)
    told = sum(1 for line in lines if _CONTACT.search(line.text) or _CLOCK.fullmatch(line.text))
    short = sum(1 for line in lines if not line.prose)
    return told >= 2 and told >= 0.2 * len(lines) and prose <= 0.4 * len(lines) and short >= 3
