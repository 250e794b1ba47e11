"""What is seen of a story, what is thought of a line, and what a reading is told of a host."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from scraper import addresses

RULE = "learned.line"
"""`removed[].rule` of what was taken out because it recurs."""

PARAGRAPH, ITEM, OUTSIDE, TITLE, GONE, FIXED = range(6)
"""What a line is: a paragraph or a list's item of the story; a line outside it (plain text: before the headline, after
the end); what was taken for the headline of a text; a line that was learned and taken out; or one that is never learned
(heading, quotation, note, turn)."""

SHORT = 5
"""Lines of fewer words are answers, cues and names as often as slogans: they go at the edges of a page only."""

LONGEST = 1200
"""Characters of the longest line that is looked at: nothing that a site repeats is longer, but a whole page in one line
of a bad dump may be."""

MOST_LINES = 120
"""Lines of one page that are kept, from both ends: furniture stands there, and the middle of a long read does not recur."""

_SIZE = 9
_LABEL = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,40}(?:,[^:]{2,60})?(?: \([^)]{2,30}\))?:\s")


def key_of(folded: str) -> str:
    """What names a line: 64 bits of its folded text (`scraper.extractor.text.fold`), as 16 hex digits."""
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).hexdigest()


class Seen(NamedTuple):
    """One line of one story. `key` is empty for a fixed one. `tie` (0 to 3) is how much of its words the rest of the
    story has, `linked` tells of a link to where one gives or signs up."""

    key: str
    kind: int
    tie: int = 0
    linked: bool = False


def pack(lines: Iterable[Seen]) -> bytes:
    """Nine bytes a line, in page order.

    >>> [line.tie for line in unpack(pack([Seen("00112233aabbccdd", PARAGRAPH, 2, True), Seen("", FIXED)]))]
    [2, 0]
    """
    return b"".join(
        bytes.fromhex(line.key or "0" * 16) + bytes([line.kind | line.tie << 3 | line.linked << 5]) for line in lines
    )


def unpack(data: bytes) -> Iterator[Seen]:
    """The inverse of `pack`."""
    for start in range(0, len(data) - _SIZE + 1, _SIZE):
        code = data[start + 8]
        kind = code & 7
        key = "" if kind == FIXED else data[start : start + 8].hex()
        yield Seen(key, kind, code >> 3 & 3, bool(code & 32))


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One story as its host showed it.

    `story` is the record's id; `mark` names its words, so that a copy under another id is known; `about` holds what it
    shares with its like (day, byline, section, program, series, origin, tags), each a list; `lines` are packed `Seen`.
    `texts` are the lines' words by key: needed only for those that turn out to recur.
    """

    host: str
    story: str
    mark: str
    about: dict[str, list[str]] = {}
    lines: bytes = b""
    texts: dict[str, str] = {}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is thought of a line that recurs: on `pages` of the host's `of_pages`.

    `edge`: it goes only before the first or after the last paragraph of a story. `signs` are the reasons for taking it
    for furniture; `reason` is why it is kept, where it is (`learned` is false then).
    """

    key: str
    text: str
    kind: str
    learned: bool
    edge: bool
    pages: int
    of_pages: int
    signs: list[str] = []
    reason: str | None = None

    def __str__(self) -> str:
        said = f"seen on {self.pages} of {self.of_pages} pages of this host"
        return f"{said}; {'; '.join(self.signs if self.learned else [*self.signs, f'kept: {self.reason}'])}"


class Learned(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading is told: the keys of a host's lines that are furniture, each with its kind, in two groups: those
    that go wherever they stand, and those that go at the edges alone. `version` grows with each change."""

    host: str
    version: int
    anywhere: dict[str, str] = {}
    edges: dict[str, str] = {}

    @classmethod
    def of(cls, host: str, version: int, verdicts: Iterable[Verdict]) -> Learned:
        learned = [verdict for verdict in verdicts if verdict.learned]
        return cls(
            host=host,
            version=version,
            anywhere={verdict.key: verdict.kind for verdict in learned if not verdict.edge},
            edges={verdict.key: verdict.kind for verdict in learned if verdict.edge},
        )

    def serves(self, *urls: str | None) -> bool:
        """True for a page of the host, and for one of which no address is known."""
        host = next((found for url in urls if (found := addresses.bare_host(url))), None)
        return bool(self.anywhere or self.edges) and host in (None, self.host)


def is_label(text: str) -> bool:
    """The head of a transcript's turn: "AILSA CHANG, HOST: …"."""
    return _LABEL.match(text) is not None
