"""The table `sources`: what is remembered of each feed, sitemap and list page of a station.

Each function works inside the transaction that it is given. The states are structs of the discoverer, whose type is
handed in; their fields are the table's columns. Times are seconds since the epoch there, text here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, select, update

from scraper import addresses
from scraper.writer.characters import storable
from scraper.writer.schema import sources
from scraper.writer.times import seconds, stamp

StateT = TypeVar("StateT", bound=msgspec.Struct)

_FIELDS = tuple("".join(column.name) for column in sources.columns if not column.primary_key)  # plain str: for msgspec
_TIMES = tuple(name for name in _FIELDS if name.endswith("_at"))


def load(connection: Connection, station: str, state: type[StateT]) -> list[StateT]:
    """The states of a station's sources."""
    query = select(*(sources.c[name] for name in _FIELDS)).where(sources.c.station == station).order_by(sources.c.key)
    return [msgspec.convert(_values(row), state) for row in connection.execute(query)]


def put(connection: Connection, station: str, states: Iterable[msgspec.Struct]) -> None:
    """Remember these states of a station's sources; those of its other sources stay as they are."""
    for state in states:
        row = _row(state)
        mine = {"station": station, "key": storable(addresses.key(row["url"]))}
        where = [sources.c[name] == value for name, value in mine.items()]
        if not connection.execute(update(sources).where(*where).values(**row)).rowcount:
            connection.execute(sources.insert().values(**mine, **row))


def _row(state: msgspec.Struct) -> dict[str, Any]:
    values = msgspec.to_builtins(state)
    for name in _TIMES:
        values[name] = None if values[name] is None else stamp(values[name])
    values["children"] = msgspec.json.encode(values["children"]).decode()
    return {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}


def _values(row: Any) -> dict[str, Any]:
    values = dict(zip(_FIELDS, row, strict=True))
    for name in _TIMES:
        values[name] = None if values[name] is None else seconds(values[name])
    return values | {"children": msgspec.json.decode(values["children"])}
