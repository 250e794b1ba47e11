"""From sightings to verdicts: which of the lines that recur at a host are furniture, and why.

Three things decide. A line must recur: on enough stories that are really different, and on a good share of them.
Nothing may speak against it: that its stories are all one author's, one series' or one subject's, or that its words are
those of its stories. And enough signs must speak for it, of which one at least is of its own: its words, its links,
its place or its reach. Where it is a near thing, the line stays in the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from scraper.extractor.learned.model import FIXED, GONE, OUTSIDE, SHORT, TITLE, Seen, Sighting, Verdict, unpack
from scraper.extractor.learned.words import told

WINDOW = 400
"""The newest stories of a host that count. A year of a small newsroom, two weeks of a large one: what a site repeats
shows within this many, and last year's drive is gone from it."""
HALF_LIFE = 100.0
"""Stories after which one counts half, so that a drive that is over fades long before it has left the window."""
LEAST_WINDOW = 12
"""Stories of which a host must have shown so many before anything is learned: fewer are often one day's or one desk's."""
LEAST = 5
"""Stories, counted as `_groups` counts, that a line must stand on. Three or four are what a running story repeats."""
SHARE = 0.2
"""Of all stories (the newest counting more), from which a line recurs. A hand-set appeal stands on a quarter and more of
a newsroom's stories; a paragraph that explains one subject on as many only where the site has no other."""
IN_ITS_TIME = 0.5
"""Or of the stories between its first and its last: an alert stands for three days, but on every page."""
LEAST_IN_ITS_TIME = 8
"""Stories that a line must stand on to be judged by its time alone."""
OFTEN = 1 / 3
"""Of the pages, from which a line is on more of them than any subject is."""
MOST = 0.5
"""Of the pages, from which not even a headline is the story's."""
FAIR = 2 / 3
"""Of a host's authors, and of its sections, that a line must have reached to stand on any story; see `_reach`."""
LEAST_CIRCLES = 4
AT_EDGES = 0.8
ONE_CIRCLE = 0.8
"""Of a line's stories, from which they are one author's, series', desk's or subject's."""
MORE = 0.3
"""By so much that share is larger than the same of all stories: a host of one author has all lines from him."""
BELONGS = 1.3
"""The mean `tie` from which a line's words are its stories' own."""
APART = 0.75
ENOUGH = 4
"""Points that make a line furniture."""
MOST_LEARNED = 200
"""Lines of a host that are learned at most, the most frequent first."""

_CIRCLES = ("byline", "series", "program", "section", "origin", "tags")
_DESK = ("byline", "series", "program", "section")


class Line(msgspec.Struct):
    """All sightings of one line. `pages` are numbers of stories in the window, oldest first."""

    pages: list[int] = []
    ties: int = 0
    placed: int = 0
    at_edges: int = 0
    outside: int = 0
    titles: int = 0
    linked: int = 0


def weigh(
    sightings: Sequence[Sighting], texts: Mapping[str, str], held: Mapping[str, Verdict] | None = None
) -> list[Verdict]:
    """A verdict on each line that stands on `LEAST` stories, the most frequent first.

    `sightings` are a host's, oldest first; of copies of one story the newest counts. `texts` have the words of the lines
    by key. `held` are the lines learned before: half the share is enough for these, and they stay what they were, since the place
    and the links that they had are not known any more, and what comes and goes with each run would change records for
    nothing.
    """
    stories = _distinct(sightings)[-WINDOW:]
    if len(stories) < LEAST_WINDOW:
        return []
    scales = _Scales(stories)
    held = held or {}
    verdicts = [
        scales.verdict(key, texts[key], line, held=held.get(key))
        for key, line in scales.lines.items()
        if len(line.pages) >= LEAST and key in texts
    ]
    verdicts.sort(key=lambda verdict: (not verdict.learned, -verdict.pages, verdict.key))
    learned = sum(verdict.learned for verdict in verdicts)
    return verdicts if learned <= MOST_LEARNED else [*verdicts[:MOST_LEARNED], *verdicts[learned:]]


def _distinct(sightings: Sequence[Sighting]) -> list[Sighting]:
    newest = {sighting.mark: sighting for sighting in sightings}
    return [sighting for sighting in sightings if newest[sighting.mark] is sighting]


class _Scales:
    """The window of one host, counted once."""

    def __init__(self, stories: Sequence[Sighting]) -> None:
        self.stories = stories
        self.weights = [0.5 ** ((len(stories) - 1 - number) / HALF_LIFE) for number in range(len(stories))]
        self.common = {name: self._counts(name, range(len(stories))) for name in _CIRCLES}
        pages = [list(unpack(story.lines)) for story in stories]
        self.number = Counter(key for page in pages for key in {line.key for line in page if line.kind != FIXED})
        self.lines: dict[str, Line] = {}
        for number, page in enumerate(pages):
            self._count(number, page)

    def _count(self, number: int, page: list[Seen]) -> None:
        edges = self._edges(page)
        once: set[str] = set()
        for place, seen in enumerate(page):
            if seen.kind == FIXED or seen.key in once or self.number[seen.key] < LEAST:
                continue
            once.add(seen.key)
            line = self.lines.setdefault(seen.key, Line())
            line.pages.append(number)
            line.ties += seen.tie
            line.linked += seen.linked
            line.placed += seen.kind != GONE
            line.outside += seen.kind in (OUTSIDE, TITLE)
            line.titles += seen.kind == TITLE
            line.at_edges += place in edges

    def _edges(self, page: list[Seen]) -> set[int]:
        """The places at the beginning and the end of a story where nothing but recurring lines stands; headings, which
        may belong to them, are passed over. What stands outside the story stands there, too."""
        outside = {place for place, seen in enumerate(page) if seen.kind in (OUTSIDE, TITLE)}
        story = [place for place, seen in enumerate(page) if seen.kind not in (OUTSIDE, TITLE, GONE)]
        for places in (story, story[::-1]):
            for place in places:
                if page[place].kind != FIXED and self.number[page[place].key] < LEAST:
                    break
                outside.add(place)
        return outside

    def _counts(self, name: str, numbers: Sequence[int]) -> Counter[str]:
        return Counter(value for number in numbers for value in set(self.stories[number].about.get(name, ())))

    def _groups(self, pages: Sequence[int]) -> int:
        """How many of the stories are really different: those of one day and one desk (a newscast's, a series' parts)
        count once."""
        found: set[object] = set()
        for number in pages:
            about = self.stories[number].about
            desk = tuple((name, *about[name]) for name in _DESK if name in about)
            found.add((*about["day"], *desk) if "day" in about and desk else number)
        return len(found)

    def _circle(self, pages: Sequence[int]) -> str | None:
        """What nearly all stories of a line share and the host's others do not; None where they are mixed."""
        whole = len(self.stories)
        for name in _CIRCLES:
            found = self._counts(name, pages).most_common(1)
            if not found:
                continue
            value, number = found[0]
            share, usual = number / len(pages), self.common[name][value] / whole
            if share >= ONE_CIRCLE and share - usual >= MORE:
                return f"{name} {value}"
        return None

    def _reach(self, pages: Sequence[int]) -> int:
        """2 where a line stands on stories of nearly all authors and sections, as what belongs to no story does; 1 for
        three authors or three sections; else 0. Those with hardly a story are not asked of."""
        reached, asked = 0, 0
        mixed = False
        for name in ("byline", "section"):
            mine = self._counts(name, pages)
            usual = [
                value for value, number in self.common[name].items() if number * len(pages) >= 2 * len(self.stories)
            ]
            mixed = mixed or len(mine) >= 3
            if len(usual) >= LEAST_CIRCLES:
                asked += 1
                reached += sum(value in mine for value in usual) >= FAIR * len(usual)
        return 2 if asked and reached == asked else int(mixed)

    # ------------------------------------------------------------------ one line
    def verdict(self, key: str, text: str, line: Line, *, held: Verdict | None) -> Verdict:
        """`held` is what was thought of the line, where it was learned before."""
        new = held is None
        share, in_its_time = self._shares(line.pages)
        edge = new and bool(line.placed) and line.at_edges >= AT_EDGES * line.placed
        outside = line.outside >= AT_EDGES * line.placed if line.placed and new else held is not None and held.edge
        kind, voice = told(text, linked=line.linked * 2 >= len(line.pages))
        reach = self._reach(line.pages)
        signs = self._signs(line, edge=edge, voice=voice, share=max(share, in_its_time), reach=reach)
        short = len(text.split()) < SHORT
        reason = self._against(line, share, in_its_time, outside=outside, new=new)
        if reason is None and new:
            own = voice or edge or line.linked or reach == 2
            if short and not edge:
                reason = f"fewer than {SHORT} words, inside stories"
            elif sum(signs.values()) < ENOUGH or not own:
                reason = "too few signs"
        return Verdict(
            key=key,
            text=text,
            kind=kind if held is None else held.kind,
            learned=reason is None,
            edge=short or outside,
            pages=len(line.pages),
            of_pages=len(self.stories),
            signs=list(signs),
            reason=reason,
        )

    def _shares(self, pages: Sequence[int]) -> tuple[float, float]:
        """Of all stories, the newest counting more; and of those between the line's first and its last."""
        share = sum(self.weights[number] for number in pages) / sum(self.weights)
        return share, len(pages) / (pages[-1] - pages[0] + 1)

    @staticmethod
    def _signs(line: Line, *, edge: bool, voice: int, share: float, reach: int) -> dict[str, int]:
        """What speaks for furniture, each with its points."""
        pages = len(line.pages)
        signs = {
            "before the first or after the last paragraph of stories": 2 * edge,
            "speaks to the reader or for the house": voice,
            "links to where one gives or signs up": int(line.linked * 2 >= pages),
            "its words are not the stories' own": int(line.ties < APART * pages),
            "on a third of the pages of its time": int(share >= OFTEN),
            "in stories of nearly all authors and sections": reach if reach == 2 else 0,
            "in stories of several authors or sections": reach if reach == 1 else 0,
        }
        return {words: points for words, points in signs.items() if points}

    def _against(self, line: Line, share: float, in_its_time: float, *, outside: bool, new: bool) -> str | None:
        pages = line.pages
        groups = self._groups(pages)
        if groups < LEAST:
            return f"{groups} really different stories, of {LEAST} that are needed"
        lasting = in_its_time >= IN_ITS_TIME and len(pages) >= LEAST_IN_ITS_TIME
        if share < (SHARE if new else SHARE / 2) and not lasting:
            return f"on {share:.0%} of the pages, the newest counting more"
        circle = self._circle(pages)
        if circle:
            return f"its stories are all of one kind ({circle})"
        if line.titles * 2 > len(pages) and share < MOST:
            return "it is the headline of stories"
        if not outside and line.ties >= BELONGS * len(pages):
            return "its words are the stories' own"
        return None
