"""Sort the stream of pieces into story and furniture, by what they say and where they stand.

Each rule looks at one piece in its place and either keeps it, turns it into a note, or turns it into a `Removed` with
the rule's name. Nothing leaves without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from scraper.article import Removed
from scraper.extractor import asks, furniture, promos, wording
from scraper.extractor.hints import starts
from scraper.extractor.patterns import lazily
from scraper.extractor.piece import Piece, Stream
from scraper.extractor.text import clean, fold

if TYPE_CHECKING:
    from scraper.extractor.learned.model import Learned


class _Line(msgspec.Struct, frozen=True):
    """What a whole line says. The `pattern` is tried (and compiled) only where the line begins with one of `heads`."""

    heads: tuple[str, ...]
    pattern: str
    shorter_than: int = 400

    def fits(self, text: str) -> bool:
        return (
            text.startswith(self.heads)
            and len(text) < self.shorter_than
            and re.fullmatch(self.pattern, text) is not None
        )


_GLUED_NOTICE = r"(?<=[.!?…”\"’')\]])\s*\[?((?:Copyright|©)\s*(?:©|\(c\))?\s*(?:19|20)\d\d\b[^\n]{0,160})$"
_ORIGINALLY = _Line(
    ("This ", "Originally ", "First ", "Reprinted ", "Republished "),
    r"(?:This (?:article|story|piece|post|report|interview|segment) (?:was )?(?:originally|first) (?:published|appeared|aired|posted)|(?:Originally|First) (?:published|aired|posted) (?:on|by|in|at)|(?:Reprinted|Republished) with permission)\b.{0,160}",
    shorter_than=240,
)
_SHARED = _Line(
    ("This ",),
    r"This (?:story|article|report|piece) (?:comes to you from|is (?:re)?published(?: here)? (?:with permission|under a content)|is shared) .{1,160}",
    shorter_than=240,
)
_DATELINE = r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w. ]{1,20})?(?: \([\w /]+\))?\s*[—–-]{1,2}"
_ORNAMENT = _Line(
    tuple("_*=~#•·●■◆✦—–- "),
    r"[_*=~#•·●■◆✦—–\- ]+",
)
_BYLINE = r"(?:[^|]{2,40}\| )?By [A-Z][^.!?]{2,80}"
_PUBLISHED = _Line(
    ("Published", "Posted", "Last ", "Publicado"),
    r"(?:Published|Posted|Last [Uu]pdated|Publicado)\s*:?\s*(?:on\s+)?[A-Z]?[a-z]{2,9}\.? \d{1,2},? \d{4}.{0,40}",
)
_CREDIT_LINE = _Line(
    ("Photo", "PHOTO", "Image", "Foto", "Credit", "credit", "(", "Courtesy", "Provided", "Contributed", "Screen"),
    r"(?:Photo |Image )?[Cc]redits?:? [A-Z].{1,80}|\(Image credit: .{1,100}\)|(?:Photo|Image|Foto)(?:graph)?s? (?:by|courtesy of?|credit:?)\b.{1,80}|(?:Photos?|PHOTOS?|Image): ?[A-Z].{1,80}|\((?:Photo |Image )?[Cc]ourtesy(?: of)? .{2,80}\)|(?:Courtesy(?: of)?|Provided by|Contributed by)(?: the)? [A-Z][^.!?]{1,80}|Screen(?:shot|grab)\b.{0,50}",
    shorter_than=120,
)
_SLASHED = rf"\(?(?:File (?:photo|image)[.:]? ?)?\(?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{1,2}}(?: ?/ ?| for )(?:{wording.CALL}|AP|NPR|AFP|Getty|Reuters|The Associated Press)\b[\w ]{{0,30}}\)?"
"""A photographer and where he works, alone on a line: "Ann Poe / KXLR"."""

_ASKING_HINTS = tuple(
    "donat pledge give contribut support membership sustain newsletter subscribe plus memsys allegiance dona apoy".split()
)
_LABEL = lazily(r"((?:[A-Z][\w.]{1,14} )?[^\W\d_a-z][^a-z:\n]{1,60}(?:(?:[,(]| reporting)[^:\n]{0,90})?):(?:\s|$)")
_ASKING = r"donat|pledge|\bgive\b|contribut|/support\b|support\.|membership|sustain|newsletter|subscribe|plus\.npr\.org|/plus/|memsys|allegiance|secureallegiance|/dona\b|apoy"


_GOES_WITH = ("appeal", "newsletter", "promo", "bio")


class Sorted(msgspec.Struct, eq=False):
    """What sorting found beside the order of the stream itself."""

    stream: Stream
    language: str | None = None
    notices: list[str] = []
    corrections: list[str] = []
    bios: list[str] = []
    syndicated: list[str] = []
    dateline: str | None = None


def sort(
    stream: Stream,
    *,
    title: str | None,
    byline: str | None,
    names: Sequence[str],
    learned: Learned | None = None,
    language: str | None = None,
) -> Sorted:
    """All rules over one stream, the `language`'s own among them (see `languages.code`). `names` are the authors known so far: a closing paragraph about one is a biography.
    `learned` is asked of what no other rule has taken out, before the story's end is looked at."""
    result = Sorted(stream=[], language=language)
    headline = fold(title) if title and len(title) < 300 else None
    pieces = [item for item in stream if isinstance(item, Piece)]
    last = pieces[-4:]
    for item in promos.under_headings(stream, language):
        if isinstance(item, Removed):
            result.stream.append(_asking_embed(item))
        else:
            _one(item, result, headline=headline, byline=byline, tail=item in last and len(pieces) > 4)
    if learned is not None:
        from scraper.extractor.learned.strip import strip

        result.stream = strip(result.stream, learned)
    _tail(result, tuple(names))
    _repeats(result)
    _bare_headings(result)
    return result


def _one(piece: Piece, result: Sorted, *, headline: str | None, byline: str | None, tail: bool) -> None:
    """One piece: kept, shortened, noted or removed. `headline` is folded."""
    out = result.stream
    text = piece.text
    if piece.kind == "list":
        _list(piece, result)
        return
    if piece.kind == "note":
        if wording.is_correction(text):
            result.corrections.append(text)
        out.append(piece)
        return
    words = starts(piece.folded)
    noted = not words.isdisjoint(wording.NOTED)
    found = furniture.phrase(text, piece.folded, words, language=result.language)
    if not found and _ORNAMENT.fits(text):
        found = ("ornament.line", "navigation")
    if found and not (piece.kind == "heading" and found[0] == "player.tools" and fold(text) == "transcript"):
        if found[1] == "copyright":
            result.notices.append(text)
        out.append(_removed(found, text))
    elif headline and piece.folded == headline:
        out.append(Removed(rule="headline.repeated", kind="banner", text=text))
    elif byline and len(text) < 120 and "By " in text and _match(_BYLINE, text) and fold(byline) in fold(text):
        out.append(Removed(rule="byline.repeated", kind="banner", text=text))
    elif _PUBLISHED.fits(text):
        out.append(Removed(rule="dateline.published", kind="banner", text=text))
    elif (
        text[-1:] in tuple("—–-")
        and _match(_DATELINE, text)
        and not any(isinstance(i, Piece) and i.kind == "paragraph" for i in out)
    ):
        result.dateline = text.rstrip("—–- ").rstrip()
        out.append(Removed(rule="dateline.place", kind="banner", text=text))
    elif wording.notice(text):
        result.notices.append(text)
        out.append(Removed(rule="copyright.notice", kind="copyright", text=text))
    elif (_ORIGINALLY.fits(text) or _SHARED.fits(text)) and "newsletter" not in piece.folded:
        result.syndicated.append(text)
        out.append(Removed(rule="copyright.originally", kind="copyright", text=text))
    elif _CREDIT_LINE.fits(text) or (len(text) < 120 and ("/" in text or " for " in text) and _match(_SLASHED, text)):
        out.append(Removed(rule="caption.credit-line", kind="caption", text=text))
    elif noted and wording.is_correction(text):
        result.corrections.append(text)
        out.append(_note(piece))
    elif noted and wording.is_note(text) and piece.kind != "heading":
        out.append(_note(piece))
    elif not promos.promo(piece, result.stream):
        asked = None
        if piece.kind != "quote":
            asked = asks.appeal(text, folded=piece.folded, words=words, tail=tail, linked=_asking_link(piece))
        if asked:
            out.append(Removed(rule=f"{asked}.weighed", kind=asked, text=text))
        else:
            _glued_notice(piece, result)


def _asking_embed(item: Removed) -> Removed:
    """A module of raw HTML may hold anything; one that begs is an ask."""
    asked = asks.appeal(item.text, tail=True) if item.kind == "embed" else None
    return msgspec.structs.replace(item, kind=asked) if asked else item


def _note(piece: Piece) -> Piece:
    return Piece("note", piece.text, piece.node)


def _removed(found: tuple[str, str], text: str) -> Removed:
    return Removed(rule=found[0], kind=found[1], text=text)


def _match(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def _asking_link(piece: Piece) -> bool:
    """True where the paragraph links to a page that takes money or addresses."""
    return any(asks_by_address(node.attributes.get("href") or "") for node in piece.links)


def asks_by_address(href: str) -> bool:
    """True for the address of a page that takes money or addresses."""
    href = href.lower()
    return any(hint in href for hint in _ASKING_HINTS) and re.search(_ASKING, href) is not None


def _glued_notice(piece: Piece, result: Sorted) -> None:
    """Keep the piece, less a copyright notice that is glued to its end."""
    text = piece.text
    found = re.search(_GLUED_NOTICE, text) if "opyright" in text[-200:] or "©" in text[-200:] else None
    if found:
        result.notices.append(clean(found[1]).strip("[]"))
        piece = msgspec.structs.replace(piece, text=text[: found.start()].rstrip(), _folded=None)
    if piece.text:
        result.stream.append(piece)
    if found:
        result.stream.append(Removed(rule="copyright.glued", kind="copyright", text=clean(found[1])))


def _list(piece: Piece, result: Sorted) -> None:
    """A list keeps its items, less those that are furniture; one of share links alone goes whole."""
    kept: list[str] = []
    for item in piece.items:
        found = furniture.phrase(item, language=result.language)
        if found:
            result.stream.append(_removed(found, item))
        else:
            kept.append(item)
    if kept:
        result.stream.append(msgspec.structs.replace(piece, items=kept, text="\n".join(kept), _folded=None))


def _tail(result: Sorted, names: tuple[str, ...]) -> None:
    """Biographies at the end, from the last paragraph backwards."""
    stream = result.stream
    run: list[int] = []  # paragraphs at the end that introduce a person, last first
    certain = 0  # how many of them, up to the first that is a biography for certain
    for index in range(len(stream) - 1, -1, -1):
        item = stream[index]
        if isinstance(item, Removed) or item.kind == "note":
            continue
        sure = item.kind == "paragraph" and _is_bio(item, names)
        if not sure and not (item.kind == "paragraph" and wording.introduces(item.text)):
            break
        run.append(index)
        if sure:
            certain = len(run)
    story = sum(isinstance(item, Piece) for item in stream)
    for index in run[: min(certain, story - 1)]:
        text = stream[index].text
        result.bios.insert(0, text)
        stream[index] = Removed(rule="bio.closing", kind="bio", text=text)


def _is_bio(piece: Piece, names: tuple[str, ...]) -> bool:
    if wording.biography(piece.text, names, apart=piece.wholly("em", "i")):
        return True
    about_author = any(name.split()[-1] in piece.text[:60] for name in names if name)
    return about_author and piece.wholly("em", "i") and wording.biography(piece.text.replace("—", "is", 1), names)


def _repeats(result: Sorted) -> None:
    """A paragraph of five words and more that stood before is furniture (a teaser, a pull quote, a caption).

    Not so behind speakers' labels: what is said twice, or a tape that is played again, is no furniture.
    """
    seen: set[str] = set()
    labels: set[str] = set()
    talk = False
    for index, item in enumerate(result.stream):
        if not isinstance(item, Piece):
            continue
        # "(SOUNDBITE OF SONG, …)" may well come twice
        if item.kind in ("paragraph", "quote", "heading") and item.text.count(" ") >= 4 and item.text[0] not in "([":
            if item.folded in seen and not talk:
                result.stream[index] = Removed(rule="repeat.paragraph", kind="promo", text=item.text)
                continue
            seen.add(item.folded)
        label = None if talk else _LABEL().match(item.text)
        if label:
            talk = label[1] in labels or label[1].endswith(("HOST", "host", "BYLINE"))
            labels.add(label[1])


def _bare_headings(result: Sorted) -> None:
    """A heading under which nothing is left but asks, promos or biographies goes with them."""
    stream = result.stream
    below: Removed | None = None  # what follows first
    filled = False  # something of the story stands between here and the next heading
    for index in range(len(stream) - 1, -1, -1):
        item = stream[index]
        if isinstance(item, Removed):
            below = item
        elif item.kind == "heading" and not filled and below and below.kind in _GOES_WITH:
            stream[index] = Removed(rule="heading.bare", kind=below.kind, text=item.text)
        else:
            filled = item.kind != "heading"
            below = None
