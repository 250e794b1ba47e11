"""The tables of learned furniture: the newest stories of each host, the lines that recur, what was learned.

Each function works inside the transaction that it is given. Sightings and verdicts are structs of the extractor, whose
types are handed in; their fields are the tables' columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, update

from scraper.writer.characters import storable
from scraper.writer.schema import learned_hosts, learned_lines, learned_pages

WINDOW = 400
"""The newest stories of a host that are kept: with 120 lines of 9 bytes each at most, 430 KB a host; most stories have
a dozen lines or two."""
MOST_TEXTS = 1000
"""Lines of a host whose words are kept, of 1,200 characters at most."""
_HASH = 8
_LINE = 9

VerdictT = TypeVar("VerdictT", bound=msgspec.Struct)
SightingT = TypeVar("SightingT", bound=msgspec.Struct)


class Sighting(Protocol):
    """One story as its host showed it; `lines` begin each with the eight bytes of a key of `texts`."""

    @property
    def host(self) -> str: ...
    @property
    def story(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def about(self) -> dict[str, list[str]]: ...
    @property
    def lines(self) -> bytes: ...
    @property
    def texts(self) -> dict[str, str]: ...


def see(connection: Connection, sighting: Sighting) -> None:
    """Remember a story. Seen again it takes the place of what was seen of it, a copy under another id is passed over;
    the oldest leave the window."""
    host, story, mark = storable(sighting.host), storable(sighting.story), storable(sighting.mark)
    page = learned_pages.c
    copies = select(page.number).where(page.host == host, page.mark == mark, page.story != story).limit(1)
    if connection.execute(copies).first():
        return
    others = _recurring(connection, host, story, sighting)
    _keep_texts(connection, host, {key: text for key, text in sighting.texts.items() if key in others})
    values = {
        "mark": mark,
        "about": storable(msgspec.json.encode(sighting.about).decode()),
        "lines": sighting.lines,
    }
    this = (page.host == host, page.story == story)
    if not connection.execute(update(learned_pages).where(*this).values(**values)).rowcount:
        connection.execute(learned_pages.insert().values(host=host, story=story, **values))
        _forget_oldest(connection, host)


def _recurring(connection: Connection, host: str, story: str, sighting: Sighting) -> set[str]:
    """Those keys of the sighting that other stories of the host have. Keys are looked up as bytes in what is stored: to
    keep an index of each line of each story would cost ten times the room."""
    query = select(learned_pages.c.lines).where(learned_pages.c.host == host, learned_pages.c.story != story)
    known = b"".join(row.lines for row in connection.execute(query))
    return {key for key in sighting.texts if _stands(bytes.fromhex(key), known)}


def _stands(key: bytes, known: bytes) -> bool:
    place = known.find(key)
    while place >= 0 and place % _LINE:
        place = known.find(key, place + 1)
    return place >= 0


def _keep_texts(connection: Connection, host: str, texts: dict[str, str]) -> None:
    lines = learned_lines.c
    stored = select(lines.key).where(lines.host == host, lines.key.in_(texts))
    fresh = texts.keys() - set(connection.execute(stored).scalars())
    if not fresh:
        return
    number = connection.execute(select(func.count()).select_from(learned_lines).where(lines.host == host)).scalar_one()
    for key in sorted(fresh)[: max(0, MOST_TEXTS - number)]:
        connection.execute(learned_lines.insert().values(host=host, key=key, text=storable(texts[key])))


def _forget_oldest(connection: Connection, host: str) -> None:
    number = learned_pages.c.number
    mine = learned_pages.c.host == host
    last = select(number).where(mine).order_by(number.desc()).offset(WINDOW).limit(1).scalar_subquery()
    connection.execute(delete(learned_pages).where(mine, number <= last))


def sightings(connection: Connection, host: str, sighting: type[SightingT]) -> list[SightingT]:
    """The stories of a host that are remembered, oldest first."""
    query = select(learned_pages).where(learned_pages.c.host == host).order_by(learned_pages.c.number)
    return [
        msgspec.convert(_values(row, "about"), sighting, builtin_types=(bytes,), strict=True)
        for row in connection.execute(query)
    ]


def texts(connection: Connection, host: str) -> dict[str, str]:
    """The words of the lines that recur at a host, by key."""
    query = select(learned_lines.c.key, learned_lines.c.text).where(learned_lines.c.host == host)
    return {row.key: row.text for row in connection.execute(query)}


def verdicts(connection: Connection, host: str, verdict: type[VerdictT]) -> list[VerdictT]:
    """What was thought of the lines of a host when they were weighed last; the learned ones first."""
    lines = learned_lines.c
    query = (
        select(learned_lines)
        .where(lines.host == host, lines.pages.is_not(None))
        .order_by(lines.learned.desc(), lines.pages.desc(), lines.key)
    )
    return [msgspec.convert(_values(row, "signs"), verdict, strict=False) for row in connection.execute(query)]


def _values(row: Row[Any], packed: str) -> dict[str, Any]:
    """A row's values by column; that of `packed` is JSON."""
    values = {str(name): value for name, value in row._mapping.items()}
    return values | {packed: msgspec.json.decode(values[packed])}


def version(connection: Connection, host: str) -> int:
    """The version of what was learned of a host; 0 for nothing yet."""
    query = select(learned_hosts.c.version).where(learned_hosts.c.host == host)
    return connection.execute(query).scalar() or 0


def put(connection: Connection, host: str, found: Sequence[msgspec.Struct], now: str) -> int:
    """Write what is thought of the lines of a host now; the words of all others are let go. Returns the version, which
    grows where the learned lines are other ones, or other things, than before."""
    lines = learned_lines.c
    rows = [_row(verdict) for verdict in found]
    before = _learned(connection, host)
    kept = [row["key"] for row in rows]
    still = _keys_of_stories(connection, host)
    stored = set(connection.execute(select(lines.key).where(lines.host == host)).scalars())
    for key in stored - set(kept):
        this = (lines.host == host, lines.key == key)
        if key in still:
            nothing = dict.fromkeys(("kind", "pages", "of_pages", "signs", "reason"))
            connection.execute(update(learned_lines).where(*this).values(learned=False, edge=False, **nothing))
        else:
            connection.execute(delete(learned_lines).where(*this))
    for row in rows:
        connection.execute(update(learned_lines).where(lines.host == host, lines.key == row["key"]).values(**row))
    if _learned(connection, host) == before:
        return version(connection, host)
    return _next_version(connection, host, now)


def _learned(connection: Connection, host: str) -> set[tuple[Any, ...]]:
    lines = learned_lines.c
    query = select(lines.key, lines.kind, lines.edge).where(lines.host == host, lines.learned.is_(True))
    return {tuple(row) for row in connection.execute(query)}


def _keys_of_stories(connection: Connection, host: str) -> set[str]:
    """The keys that stand on two stories of the window at least."""
    once: set[str] = set()
    twice: set[str] = set()
    for row in connection.execute(select(learned_pages.c.lines).where(learned_pages.c.host == host)):
        keys = {row.lines[start : start + _HASH].hex() for start in range(0, len(row.lines), _LINE)}
        twice |= keys & once
        once |= keys
    return twice


def _next_version(connection: Connection, host: str, now: str) -> int:
    following = version(connection, host) + 1
    values = {"version": following, "changed_at": now}
    if not connection.execute(update(learned_hosts).where(learned_hosts.c.host == host).values(**values)).rowcount:
        connection.execute(learned_hosts.insert().values(host=host, **values))
    return following


def _row(verdict: msgspec.Struct) -> dict[str, Any]:
    values = msgspec.to_builtins(verdict)
    values["signs"] = msgspec.json.encode(values["signs"]).decode()
    return {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}


def forget(connection: Connection, host: str, now: str) -> int:
    """Forget the stories and lines of a host. Its version stays, and grows where something was learned. Returns the
    number of stories."""
    learned = bool(_learned(connection, host))
    connection.execute(delete(learned_lines).where(learned_lines.c.host == host))
    number = connection.execute(delete(learned_pages).where(learned_pages.c.host == host)).rowcount
    if learned:
        _next_version(connection, host, now)
    return number


def hosts(connection: Connection) -> list[tuple[str, int, int, int]]:
    """Each host of which something was seen: host, stories, learned lines, version."""
    lines = select(func.count()).where(learned_lines.c.host == learned_pages.c.host, learned_lines.c.learned.is_(True))
    known = select(learned_hosts.c.version).where(learned_hosts.c.host == learned_pages.c.host)
    query = (
        select(learned_pages.c.host, func.count(), lines.scalar_subquery(), known.scalar_subquery())
        .group_by(learned_pages.c.host)
        .order_by(learned_pages.c.host)
    )
    return [(row[0], row[1], row[2], row[3] or 0) for row in connection.execute(query)]
