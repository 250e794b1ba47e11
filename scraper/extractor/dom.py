"""Elements as the extractor asks of them: their visible words, what is silent, the outermost of many matches."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from scraper.extractor.text import clean

_SILENT = frozenset(
    "script style noscript template svg head meta link source track param object embed canvas map math input select textarea".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby rp rt s samp small span strike strong"
    " sub sup time tt u var wbr picture img center".split()
)
_HIDDEN = "script,style,noscript,template,svg"


def is_silent(tag: str | None) -> bool:
    """Comments, processing instructions, scripts: nothing a reader sees."""
    return tag is None or tag in _SILENT or tag[0] in "-!"


def words_of(node: LexborNode, *, enough: int = 0) -> str:
    """All visible words of an element, white space collapsed; scripts and styles left out. So many characters as are
    `enough` may do for who needs the beginning alone."""
    if any(hidden.text() for hidden in node.css(_HIDDEN)):
        parts: list[str] = []
        _visible(node, parts, enough or 1 << 30)
        return clean(" ".join(parts))
    text = node.text(separator=" ")
    if enough and len(text) > 8 * enough:
        start = clean(text[: 8 * enough])
        if len(start) >= enough:
            return start
    return clean(text)


def has_words(node: LexborNode) -> bool:
    """True where there is anything to read in an element."""
    return _visible(node, [], 1) <= 0


def _visible(node: LexborNode, parts: list[str], left: int) -> int:
    """Gather the text under an element until `left` characters (white space aside) are there; what is left of them."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            text = child.text().strip()
            if text:
                parts.append(text)
                left -= len(text)
        elif not is_silent(tag):
            left = _visible(child, parts, left)
        if left <= 0:
            break
    return left


def outermost(node: LexborNode, selector: str) -> list[LexborNode]:
    """The matches under an element (itself included) that stand in no other match, each once: lexbor returns an element
    once for every part of a selector list that it matches."""
    found: dict[int, LexborNode] = {}
    for match in node.css(selector):
        parent = match.parent
        while parent is not None and parent.mem_id != node.mem_id and parent.mem_id not in found:
            parent = parent.parent
        if parent is None or parent.mem_id not in found:
            found.setdefault(match.mem_id, match)
    return list(found.values())


def is_inside(node: LexborNode, outer: LexborNode) -> bool:
    """True for a node that stands in `outer`, at any depth."""
    current = node.parent
    while current is not None and current.mem_id != outer.mem_id:
        current = current.parent
    return current is not None
