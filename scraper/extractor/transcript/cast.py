"""Who speaks: labels to people through a whole transcript. Surnames, lost labels, misspellings, roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from scraper.extractor.transcript import words
from scraper.extractor.transcript.labels import Label
from scraper.extractor.transcript.names import MAX_LOOKUPS, Spelling, key, natural, near


class Person:
    """One voice. `speaker` is the name in natural case, null for a bare HOST.

    `role` is the first that a label gives, `latest` the one of the last label so far: a reporter may host later on.
    `office` stands before the full name: it tells Mr. POE from Ms. POE.
    """

    __slots__ = ("key", "latest", "office", "role", "short", "shown", "speaker", "stranger")

    def __init__(self, shown: str, key: str, *, role: str | None = None, short: bool = False) -> None:
        self.shown = shown
        self.key = key
        self.role = role
        self.latest: str | None = None
        self.office: str | None = None
        self.short = short
        self.stranger = False
        self.speaker: str | None = None


@lru_cache(maxsize=2048)
def tails(name: str) -> tuple[str, ...]:
    """All ends of a name that may stand for it, with Jr. and without.

    >>> tails("bo van dyke jr")
    ('van dyke jr', 'dyke jr', 'van dyke', 'dyke')
    """
    if " " not in name:
        return ()
    found = []
    for spelling in _spellings(name):
        rest = spelling
        while " " in rest:
            rest = rest.partition(" ")[2]
            if rest not in words.SUFFIXES:
                found.append(rest)
    return tuple(found)


def _with_office(person: Person) -> list[str]:
    """The tails of a name, and each of them behind the office."""
    ends = tails(person.key)
    return [*ends, *(f"{person.office} {end}" for end in ends)] if person.office else list(ends)


def _initials(full: Sequence[Label]) -> dict[str, str]:
    """Labels that are one person's initial and surname, with the full name: "f keane" is "francis keane"."""
    bearers: dict[str, set[str]] = {}
    for label in full:
        if label.key[1:2] != " " and " and " not in label.key:
            for tail in tails(label.key):
                bearers.setdefault(f"{label.key[0]} {tail}", set()).add(label.key)
    found = {label.key: bearers[label.key] for label in full if label.role is None and label.key in bearers}
    return {short: next(iter(names)) for short, names in found.items() if len(names) == 1}


def _spellings(name: str) -> tuple[str, ...]:
    front, _, last = name.rpartition(" ")
    return (name, front) if last in words.SUFFIXES and " " in front else (name,)


class Cast:
    """All people of one transcript.

    `labels` are the labels in order; `named` is the full name that an unlabelled introduction gives its speaker. Ask
    `person` for each label in that same order: the bare surname of two people goes to the one who spoke last. `staff`
    are the people of the byline: where no label gives them a role, the first of them to speak is the host, the others
    report.
    """

    def __init__(
        self, labels: Sequence[Label], spelling: Spelling, *, named: str | None = None, staff: Iterable[str] = ()
    ) -> None:
        self._spelling = spelling
        self._full: dict[str, Person] = {}
        self._ahead: dict[str, Person] = {}
        self._latest: dict[str, Person] = {}
        self._singles: dict[str, Person] = {}
        self._strangers: dict[str, Person] = {}
        self._uses = Counter(label.key for label in labels)
        self._staff = frozenset(map(key, staff))
        self._first: Person | None = None
        self.has_host = named is not None or any(label.role == "host" for label in labels)
        self.host: Person | None = None
        if named:
            self.host = self._add(Person(named, key(named), role="host"))
            self.host.speaker = named
            self._mark(self.host)
        self._register(labels)

    def person(self, label: Label) -> Person:
        """Whose label this is. A name that nobody bears yet makes a new person."""
        if label.kind != "name":
            return self._stranger(label)
        found = self._full.get(label.key) or self._by_tail(label.key, label.office) or self._singles.get(label.key)
        if found is None:
            found = self._misspelt(label.key) or self._single(label)
            self._singles[label.key] = found
        found.role = found.role or label.role
        self._mark(found)
        if self._first is None and found.key in self._staff:
            self._first = found
        return found

    def role(self, person: Person) -> str:
        """The record's role for a turn whose own label, and those before it, give none."""
        if person.stranger:
            return person.role or self._shared(person) or "unidentified"
        return person.role or self._shared(person) or self._of_staff(person) or "guest"

    def _of_staff(self, person: Person) -> str | None:
        if person.key not in self._staff:
            return None
        return "host" if person is self._first and not self.has_host else "reporter"

    def _shared(self, person: Person) -> str | None:
        """The role of people who speak in unison ("POE AND DREW"), where it is the same."""
        if " and " not in person.key or person.stranger:
            return None
        each = [self._full.get(name) or self._by_tail(name) for name in person.key.split(" and ")]
        roles = {one.role if one else None for one in each}
        return roles.pop() if len(roles) == 1 else None

    def people(self) -> list[Person]:
        """Everybody, once."""
        return list(
            {
                id(each): each for group in (self._full, self._singles, self._strangers) for each in group.values()
            }.values()
        )

    def name_everybody(self) -> None:
        """Give all their names in natural case; the rest of hostile thousands get them by general rules."""
        for number, each in enumerate(self.people()):
            if each.speaker is None and each.shown:
                each.speaker = (
                    self._spelling.spell(each.shown)
                    if number < MAX_LOOKUPS and not each.stranger
                    else natural(each.shown)
                )

    def _register(self, labels: Sequence[Label]) -> None:
        """Everybody with a full name, or with a role, in order of appearance."""
        full = [label for label in labels if label.kind == "name" and " " in label.key]
        longer = {tail for label in full if " and " not in label.key for tail in tails(label.key)}
        initials = _initials(full)
        for label in full:
            if label.key in initials or (label.key in longer and label.role is None and label.key not in self._full):
                continue
            known = self._full.get(label.key) or self._same_given(label.key)
            if known is None:
                self._add(Person(label.name, label.key, role=label.role), label.office)
            else:
                self._full.setdefault(label.key, known)
                known.role = known.role or label.role
                if label.key != known.key and self._better(label, known):
                    known.shown = label.name
        self._full.update({short: self._full[name] for short, name in initials.items() if name in self._full})

    def _better(self, label: Label, known: Person) -> bool:
        """Of two spellings the one that the speech shows, else the one that is used more often."""
        said, other = self._spelling.mentions(label.name), self._spelling.mentions(known.shown)
        return said if said != other else self._uses[label.key] > self._uses[known.key]

    def _add(self, person: Person, office: str | None = None) -> Person:
        person.office = office
        for name in _spellings(person.key):
            self._full.setdefault(name, person)
        if " and " not in person.key:
            for tail in _with_office(person):
                self._ahead.setdefault(tail, person)
        return person

    def _mark(self, person: Person) -> None:
        if " " in person.key and " and " not in person.key:
            for tail in _with_office(person):
                self._latest[tail] = person

    def _by_tail(self, name: str, office: str | None = None) -> Person | None:
        titled = f"{office} {name}"
        return self._latest.get(titled) or self._ahead.get(titled) or self._latest.get(name) or self._ahead.get(name)

    def _same_given(self, name: str) -> Person | None:
        """The same given name before a surname that differs by one letter: one person spelled twice."""
        if len(self._full) > MAX_LOOKUPS:
            return None
        given, _, last = name.rpartition(" ")
        for known, person in self._full.items():
            front, _, end = known.rpartition(" ")
            if front == given and len(last) > 4 and near(last, end):
                return person
        return None

    def _misspelt(self, name: str) -> Person | None:
        """The one person whose surname the label misses by a letter, where the label is rare."""
        if len(name) < 5 or self._uses[name] > 2 or len(self._ahead) > 4 * MAX_LOOKUPS:
            return None
        fits = {id(person): person for tail, person in self._ahead.items() if near(name, tail)}
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _single(self, label: Label) -> Person:
        """Somebody of one word: the byline or the speech may know the full name; else it is all there is."""
        person = Person(label.name, label.key, role=label.role, short=True)
        if len(self._singles) < MAX_LOOKUPS and not label.mixed:
            found = self._spelling.full_name(label.name)
            if found:
                person.speaker = found
        return person

    def _stranger(self, label: Label) -> Person:
        known = self._strangers.get(label.key)
        if known is None:
            known = self._strangers[label.key] = Person(label.name, label.key, role=label.role)
            known.stranger = label.kind == "stranger"
        return known
