"""A page held against its record: each visible word with what became of it, in page order.

The rules are not asked again: what is listed with its element is found by the element, all else by its words, where they
stand between those of its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import msgspec

from scraper.article import Article, Block, Removed
from scraper.extractor.pagewords import PageWords, letters_of

KEPT, REMOVED, FIELD, UNLISTED = "kept", "removed", "field", "unlisted"
FATES = (KEPT, REMOVED, FIELD, UNLISTED)
_LONG = 18
"""Letters from which a text is hardly twice on a page: such are placed first, and the others between them."""
_LONGEST = 2000
"""Words of a text that are looked for where it does not stand together."""
_REACH = 12
_LABEL = 3
_BY = ("By", "Por", "Von", "Par", "Di", "Door")
_TRIES = 64
"""Places that are looked at for one text."""


class Claim(msgspec.Struct, frozen=True):
    """What became of some words: see `Passage`."""

    fate: str
    kind: str
    rule: str | None = None
    at: str | None = None
    speaker: str | None = None


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbouring words of a page that share a fate.

    `fate`      kept, removed, field (it stands in a field of the record) or unlisted (nowhere in the record)
    `kind`      the block's kind, the removed piece's, or the field's name; "" for what is unlisted
    `rule`      the rule that removed it, or took it out of the story's words for its field
    `at`        where in the record it stands, as a JSON pointer ("/blocks/3"; RFC 6901)
    `speaker`   who says it, in a transcript
    `text`      the words as the page shows them, one line a line
    `element`   where they stand on the page, as a short CSS path; "" for a plain text
    """

    fate: str
    kind: str
    rule: str | None = None
    at: str | None = None
    speaker: str | None = None
    text: str
    element: str = ""


class Item(msgspec.Struct, frozen=True):
    """A text of the record that is to be found on the page, and what it claims there."""

    text: str
    claim: Claim


class Account:
    """The words of one page and who has claimed them so far: nobody claims a word twice. What is `fenced` (by the word's
    number) is no story, whatever it says."""

    def __init__(self, page: PageWords) -> None:
        self.page = page
        self.claims: list[Claim | None] = [None] * len(page.words)
        self.fenced: set[int] = set()
        self._story = False
        self._letters = "".join(word.letters for word in page.words)
        self._starts: list[int] = []
        at = 0
        for word in page.words:
            self._starts.append(at)
            at += len(word.letters)
        self._starts.append(at)

    def claim(self, numbers: Iterable[int], claim: Claim) -> None:
        """Give words to a claim, those that are free."""
        for number in numbers:
            if self.claims[number] is None:
                self.claims[number] = claim

    def place(self, items: Sequence[Item], *, story: bool = False) -> None:
        """Find texts that stand on the page in this order; one that stands out of order is found nevertheless. `story`:
        among what is fenced only where it is nowhere else."""
        self._story = story
        wanted = [letters_of(item.text) for item in items]
        found: list[tuple[int, int] | None] = [None] * len(items)
        self._pass(items, wanted, found, lambda size: size >= _LONG)
        self._pass(items, wanted, found, lambda size: 0 < size < _LONG)
        self._story = False
        for number, (item, letters) in enumerate(zip(items, wanted, strict=True)):
            if found[number] is None and letters and not self._give(item, self._find(letters, 0, len(self.claims))):
                self._in_parts(item)

    def _pass(
        self,
        items: Sequence[Item],
        wanted: Sequence[str],
        found: list[tuple[int, int] | None],
        fits: Callable[[int], bool],
    ) -> None:
        """Place those of a fitting size, each between its neighbours that are placed."""
        ends = _next_starts(found, len(self.claims))
        after = 0
        for number, letters in enumerate(wanted):
            known = found[number]
            if known is None and fits(len(letters)):
                known = found[number] = self._give(items[number], self._find(letters, after, ends[number]))
            if known is not None:
                after = known[1]

    def _in_parts(self, item: Item) -> None:
        """Find a text that the page shows in parts (a credit's two names, the lines of a note): the longest run of words
        from its beginning, then those that follow within reach."""
        words = [letters for word in item.text.split()[:_LONGEST] if (letters := letters_of(word))]
        start, first, last = 0, 0, len(self.claims)
        placed = False
        while start < len(words):
            place, count = self._longest(words[start:], first, last)
            if place is not None and (placed or count > 1):
                self._give(item, place)
                placed, first = True, place[1]
                last = min(len(self.claims), first + len(words) - start + _REACH)
            elif start > _TRIES and not placed:
                return
            start += max(count, 1)

    def _longest(self, words: Sequence[str], first: int, last: int) -> tuple[tuple[int, int] | None, int]:
        """The place of as many of the words as stand together, and how many these are."""
        best, least, most = None, 0, len(words)
        while least < most:
            middle = (least + most + 1) // 2
            place = self._find("".join(words[:middle]), first, last)
            if place is None:
                most = middle - 1
            else:
                best, least = place, middle
        return best, least

    def claim_lines(self, items: Sequence[Item]) -> None:
        """Give to each text the free lines that say this and nothing else."""
        wanted = {letters_of(item.text): item.claim for item in reversed(items)}
        for text, numbers in self.free_lines():
            claim = wanted.get(letters_of(text))
            if claim is not None:
                self.claim(numbers, claim)

    def claim_labels(self) -> None:
        """A word or two beside what stands in a field ("By", "Heard on", "Credit") go with it."""
        words = self.page.words
        for _, numbers in self.free_lines():
            if len(numbers) > _LABEL:
                continue
            before, after = numbers[0] - 1, numbers[-1] + 1
            line = words[numbers[0]].line
            for other in (after, before):
                claim = self.claims[other] if 0 <= other < len(words) else None
                beside = claim is not None and (words[other].line == line or (other == after and claim.fate == FIELD))
                if beside and claim is not None and (claim.fate == FIELD or claim.kind == "caption"):
                    self.claim(numbers, claim)
                    break

    def _give(self, item: Item, place: tuple[int, int] | None) -> tuple[int, int] | None:
        if place is not None:
            self.claim(range(*place), item.claim)
        return place

    def _find(self, letters: str, first: int, last: int) -> tuple[int, int] | None:
        """The first words from `first` to `last` that are free and have these letters: their numbers, end exclusive."""
        at, stop = self._starts[first], self._starts[last]
        for _ in range(_TRIES):
            at = self._letters.find(letters, at, stop)
            if at < 0:
                return None
            start, end = bisect_left(self._starts, at), bisect_left(self._starts, at + len(letters))
            whole = self._starts[start] == at and self._starts[end] == at + len(letters)
            if whole and self._free(start, end):
                return start, end
            at += 1
        return None

    def _free(self, start: int, end: int) -> bool:
        if self._story and start in self.fenced:
            return False
        return all(claim is None for claim in self.claims[start:end])

    # ------------------------------------------------------------------ what is left, and the result
    def free_lines(self) -> list[tuple[str, list[int]]]:
        """The words that nobody has claimed, line by line: their text, and their numbers."""
        free = (number for number, claim in enumerate(self.claims) if claim is None)
        lines: list[list[int]] = []
        for number in free:
            last = lines[-1][-1] if lines else -2
            same = number == last + 1 and self.page.words[last].line == self.page.words[number].line
            lines[-1].append(number) if same else lines.append([number])
        return [(self._text(numbers), numbers) for numbers in lines]

    def passages(self) -> list[Passage]:
        """All words of the page in order, neighbours of one claim together; what nobody has claimed is unlisted."""
        out: list[Passage] = []
        words = self.page.words

        def share(number: int) -> tuple[int, int]:
            claim = self.claims[number]
            return (id(claim), 0) if claim else (0, words[number].line)

        for _, group in groupby(range(len(words)), key=share):
            numbers = list(group)
            claim = self.claims[numbers[0]]
            text = self._text(numbers)
            if claim is None and not any(char.isalnum() for char in text):
                continue
            claim = claim or Claim(UNLISTED, "")
            element = self.page.elements[words[numbers[0]].line]
            out.append(Passage(text=text, element=element, **msgspec.structs.asdict(claim)))
        return out

    def _text(self, numbers: Sequence[int]) -> str:
        """Words as the page shows them, with the marks beside them."""
        words, lines = self.page.words, self.page.lines
        parts: list[str] = []
        for line, group in groupby(numbers, key=lambda number: words[number].line):
            here = list(group)
            start, end = self._edge(here[0]), self._edge(here[-1] + 1, line)
            parts.append(lines[line][start:end].strip())
        return "\n".join(part for part in parts if part)

    def _edge(self, number: int, line: int | None = None) -> int:
        """Where the words from `number` on begin in their line (or in `line`, which they may be past): behind the marks
        that belong to the word before."""
        words = self.page.words
        if line is not None and (number == len(words) or words[number].line != line):
            return len(self.page.lines[line])
        word = words[number]
        if number == 0 or words[number - 1].line != word.line:
            return 0
        between = self.page.lines[word.line][words[number - 1].end : word.start]
        gap = between.find(" ")
        return words[number - 1].end + gap + 1 if gap >= 0 else word.start


def _next_starts(found: Sequence[tuple[int, int] | None], last: int) -> list[int]:
    """For each place the start of the next one that is known."""
    ends: list[int] = []
    for place in reversed(found):
        ends.append(last)
        last = place[0] if place is not None else last
    return ends[::-1]


# ---------------------------------------------------------------------- what a record claims
def kept(article: Article) -> list[Item]:
    """The story's words in order: a line each, labels of speakers and attributions where they stand."""
    items: list[Item] = []
    turns = iter(article.transcript.turns if article.transcript else ())
    for number, block in enumerate(article.blocks):
        speaker = block.speaker if block.kind == "turn" else None
        claim = Claim(KEPT, block.kind, at=f"/blocks/{number}", speaker=speaker)
        if block.kind == "turn":
            turn = next(turns, None)
            if turn is not None and turn.label:
                items.append(Item(turn.label, Claim(FIELD, "speaker", at=claim.at, speaker=speaker)))
        items += [Item(line, msgspec.structs.replace(claim)) for line in _lines(block)]
        if block.attribution:
            items.append(Item(block.attribution, Claim(FIELD, "attribution", at=f"{claim.at}/attribution")))
    return items


def _lines(block: Block) -> list[str]:
    return block.items if block.items else block.text.split("\n")


def removed(entries: Iterable[tuple[int, Removed]], article: Article) -> list[Item]:
    """Removed pieces (with their numbers in the record) in order. A headline or byline that a rule took out of the story's
    words is no furniture."""
    own = {letters_of(article.title or ""): "title", letters_of(article.subtitle or ""): "subtitle"}
    own |= {letters_of(f"{by} {article.byline}"): "byline" for by in ("", *_BY) if article.byline}
    items: list[Item] = []
    for number, entry in entries:
        name = own.get(letters_of(entry.text))
        claim = Claim(REMOVED, entry.kind, entry.rule, at=f"/removed/{number}")
        if name:
            claim = Claim(FIELD, name, entry.rule, at=f"/{name}")
        items.append(Item(entry.text, claim))
    return items


def fields(article: Article) -> list[Item]:
    """What stands in fields of the record, as a page may show it."""
    found: list[tuple[str, str, str | None]] = [
        ("title", "/title", article.title),
        ("subtitle", "/subtitle", article.subtitle),
        *(("byline", "/byline", f"{by} {article.byline}" if article.byline else None) for by in _BY),
        ("byline", "/byline", article.byline),
        ("teaser", "/teaser", article.teaser),
        ("section", "/section", article.section),
        ("program", "/program", article.program),
        ("dateline", "/dateline", article.dateline),
        ("copyright", "/copyright/notice", article.copyright.notice if article.copyright else None),
    ]
    for number, author in enumerate(article.authors):
        found += [
            (key, f"/authors/{number}/{key}", getattr(author, key)) for key in ("bio", "name", "role", "affiliation")
        ]
    for number, image in enumerate(article.images):
        found += [(key, f"/images/{number}/{key}", getattr(image, key)) for key in ("caption", "credit", "provider")]
    found += [("title", f"/audio/{number}/title", audio.title) for number, audio in enumerate(article.audio)]
    found += [("tag", f"/tags/{number}", tag) for number, tag in enumerate(article.tags)]
    return [Item(text, Claim(FIELD, kind, at=at)) for kind, at, text in found if text]
