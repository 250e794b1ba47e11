"""Names in capitals to natural case: "RORY MCALLISTER" -> "Rory McAllister", and how the page itself spells them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from scraper.extractor.transcript import words

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_APOSTROPHES = "'’‘`´ʻʼ"
_PARTS = re.compile(r"([\-\"“”()])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+$")
_BEFORE = re.compile(r"((?:[^\W\d_][\w.'’\-]*[ \n]){1,3})$")
_VARIES = ("MC", "MAC", "DE", "DI", "DU", "LA", "LE", "LO", "VAN", "VON", "FITZ", "ST", "MAR", "AL-", "EL-")
_ACRONYMS = frozenset(("AI", "GPS", "TV", "NPR", "FBI", "CIA", "NASA", "DJ", "MC", "ID"))
_TWO_INITIALS = frozenset(("AJ", "EJ", "OJ"))
_SECOND_CAPITAL = frozenset("o d l de da ja la le ta ka".split())
MAX_LOOKUPS = 300
"""How many different people of one page are looked up in its text: a bound for hostile input, far above real casts."""


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes; as long as `text`, so that places in it stay the same.

    >>> fold("Álvarez and O’Neill")
    "alvarez and o'neill"
    """
    if not text.isascii():
        for char in set(_NOT_ASCII.findall(text)):
            plain = "'" if char in _APOSTROPHES else unicodedata.normalize("NFD", char)[0]
            if plain != char:
                text = text.replace(char, plain)
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).replace("`", "'")


def key(name: str) -> str:
    """What two spellings of one name share: folded, without full stops and quotes, single spaces.

    >>> key("J.D.  O`Brien")
    "jd o'brien"
    """
    return " ".join(
        fold(name).replace(".", "").replace('"', "").replace("“", "").replace("”", "").replace(",", "").split()
    )


def natural(name: str) -> str:
    """A name in capitals as it is written in running text, by general rules alone.

    >>> [natural(n) for n in ("RORY MCALLISTER", "LUCAS VAN DER HOEK", "SAMIR AL-KHATIB", "J.R. O'DELL JR.")]
    ['Rory McAllister', 'Lucas van der Hoek', 'Samir al-Khatib', "J.R. O'Dell Jr."]
    """
    shown = name.replace("`", "'").split()
    return " ".join(_word(word, first=not place, last=place == len(shown) - 1) for place, word in enumerate(shown))


def _word(word: str, *, first: bool, last: bool) -> str:
    if word != word.upper():
        inner = word.lower() if word.lower() in words.PARTICLES else word
        return inner if word[:1].islower() or not _half_capitals(word) else _part(word.upper(), first=first)
    bare = word.lower().strip(".,")
    if bare in words.PARTICLES and not first and not last:
        return word.lower()
    if bare in words.SUFFIXES and not first:
        return word if bare[0] in "iv" else word if bare in ("md", "phd") else word.capitalize()
    if first and len(word) == 2 and (word in _TWO_INITIALS or (word.isalpha() and not set(word) & set("AEIOUY"))):
        return word
    parts = _PARTS.split(word)
    out = [_part(part, first=first and not place) for place, part in enumerate(parts)]
    if len(parts) > 2 and parts[0].lower() in ("al", "el", "bin", "ibn") and not first:
        out[0] = parts[0].lower()
    return "".join(out)


def _half_capitals(word: str) -> bool:
    """McCAMMON, O'ROURKe: a label that is set half in capitals."""
    return sum(char.isupper() for char in word) > 2


def _part(part: str, *, first: bool) -> str:
    """One piece of a name between hyphens and quotes."""
    lower = part.lower()
    if (part in _ACRONYMS and (first or len(part) > 2)) or _INITIALS.match(part):
        return part
    if lower in words.INNER_CAPITALS:
        return words.INNER_CAPITALS[lower]
    if lower in words.MAC_NAMES:
        return "Mac" + part[3:].capitalize()
    if lower.startswith("mc") and len(part) > 3:
        return "Mc" + part[2:].capitalize()
    head, mark, tail = lower.partition("'") if "'" in lower else lower.partition("’")
    if mark and head in _SECOND_CAPITAL and len(tail) > 1:
        return head.capitalize() + mark + tail.capitalize()
    return lower[:1].upper() + lower[1:]


class Spelling:
    """How the page and its people write a name: asked before any general rule."""

    def __init__(self, text: str, people: Sequence[str] = ()) -> None:
        self._people = {key(name): " ".join(name.split()) for name in people if name.strip()}
        self._text = text
        self._folded: str | None = None
        self._lookups = 0

    def spell(self, name: str) -> str:
        """The natural spelling of a name that a label shows in capitals (or in mixed case: then as it stands)."""
        found = self._people.get(key(name))
        found = found if found and _keeps_accents(name, found) else self._find(fold(name), name)
        if found:
            return found
        out = self._particles(natural(name))
        shown = name.split()
        for place, word in enumerate(out.split(" ")):
            if place < len(shown) and len(word) > 3 and self._may_vary(shown[place]):
                found = self._word_of_people(word) or self._find(fold(word), word)
                if found:
                    out = out.replace(word, found)
        return out

    def _particles(self, name: str) -> str:
        """A surname of several words as the text writes it behind another given name: "Cletus Van Houten"."""
        parts = name.split()
        start = next((i for i, part in enumerate(parts) if i and part.lower() in words.PARTICLES), None)
        if start is None or "and" in parts:
            return name
        known = self.full_name(" ".join(parts[start:]))
        if known is None or not _keeps_accents(" ".join(parts[start:]), " ".join(known.split()[start - len(parts) :])):
            return name
        return " ".join([*parts[:start], *known.split()[start - len(parts) :]])

    def full_name(self, surname: str) -> str | None:
        """The full name that goes with a surname: of `people`, or as the text sets a given name before it."""
        tail = " " + key(surname)
        for known, name in self._people.items():
            if known.endswith(tail):
                return name
        folded, text = self._prepared(), self._text
        wanted = fold(surname)
        start = folded.find(" " + wanted)
        for _ in range(12):
            if start < 0:
                return None
            end = start + 1 + len(wanted)
            if _bounded(text, start + 1, end) and text[start + 1].isupper() and not text[start + 1 : end].isupper():
                given = _given(text[max(0, start - 44) : start + 1])
                if given:
                    return f"{given} {text[start + 1 : end]}"
            start = folded.find(" " + wanted, end)
        return None

    def of_people(self, surname: str) -> bool:
        """Does one of `people` bear the surname?"""
        tail = " " + key(surname)
        return any(known.endswith(tail) for known in self._people)

    def mentions(self, name: str) -> bool:
        """Does the text say the name anywhere in natural case?"""
        return self._find(fold(name)) is not None

    def _word_of_people(self, word: str) -> str | None:
        wanted = fold(word)
        parts = (part for name in self._people.values() for part in name.split())
        return next((part for part in parts if fold(part) == wanted and _keeps_accents(word, part)), None)

    def _may_vary(self, word: str) -> bool:
        return word.startswith(_VARIES) or not self._text.isascii()

    def _prepared(self) -> str:
        if self._folded is None:
            self._folded = fold(self._text)
        return self._folded

    def _find(self, wanted: str, label: str = "") -> str | None:
        """The first place where the text has the name with small letters, and with all accents that `label` shows."""
        self._lookups += 1
        if self._lookups > MAX_LOOKUPS * 4:
            return None
        folded, text = self._prepared(), self._text
        start = folded.find(wanted)
        for _ in range(24):
            if start < 0:
                return None
            end = start + len(wanted)
            shown = text[start:end]
            if (
                shown[:1].isupper()
                and not shown.isupper()
                and _bounded(text, start, end)
                and _all_names(shown)
                and _keeps_accents(label, shown)
            ):
                return shown.replace("\n", " ")
            start = folded.find(wanted, end)
        return None


def _keeps_accents(label: str, spelled: str) -> bool:
    """True where `spelled` has each accent of the label: who wrote it there meant it, and elsewhere it may be left out."""
    if label.isascii():
        return True
    marks = Counter(filter(unicodedata.combining, unicodedata.normalize("NFD", label.upper())))
    return marks <= Counter(filter(unicodedata.combining, unicodedata.normalize("NFD", spelled.upper())))


def _bounded(text: str, start: int, end: int) -> bool:
    return (start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "-'’")) and (
        end >= len(text) or not (text[end].isalnum() or text[end] == "-")
    )


def _all_names(shown: str) -> bool:
    return all(part[0].isupper() or part.lower() in words.PARTICLES for part in re.split(r"[ \n]+", shown) if part)


def _given(before: str) -> str | None:
    """The given names at the end of `before`: capitalised words that are no common word, title or possessive."""
    found = _BEFORE.search(before)
    if not found:
        return None
    kept: list[str] = []
    for word in reversed(found[1].split()):
        small = word.lower().rstrip(".")
        if kept and small in words.PARTICLES and word.islower():
            kept.append(word)
            continue
        if (
            not word[0].isupper()
            or small in words.COMMON
            or word.endswith(("'s", "’s", "s'"))
            or (len(word) > 2 and word.isupper() and "." not in word)
            or (len(word) > 4 and word.endswith(".") and not _INITIALS.match(word))
        ):
            break
        kept.append(word)
    while kept and kept[-1].islower():
        kept.pop()
    return " ".join(reversed(kept)) or None


def near(one: str, other: str) -> bool:
    """True when the two differ by one letter put in, left out, changed, or by two neighbours swapped.

    >>> near("anslem", "anselm"), near("whitlok", "whitlock"), near("mills", "miller")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    place = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), len(one))
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    return one[place + 1 :] == other[place + 1 :] or (
        one[place : place + 2] == other[place : place + 2][::-1] and one[place + 2 :] == other[place + 2 :]
    )
