"""What a fetcher remembers of hosts from run to run, kept in the store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, Table, select, update

from scraper.writer.schema import hosts, robots
from scraper.writer.times import stamp

Transaction = Callable[[], AbstractContextManager[Connection]]
RobotsT = TypeVar("RobotsT", bound=msgspec.Struct)
HostT = TypeVar("HostT", bound=msgspec.Struct)


class HostMemory(Generic[RobotsT, HostT]):
    """Robots files by origin (``https://www.bpr.org``) and host states by host.

    Both are structs of the fetcher, handed in as types, and come back as they were put. The store reads some of their
    fields, to show them as columns: of a robots file `body` (bytes), `fetched_at`, `expires_at` (seconds since the
    epoch) and `status`; of a host `interval`, `rest_until` and `reason`, where there are such.
    """

    def __init__(
        self, reading: Transaction, writing: Transaction, robots_type: type[RobotsT], host_type: type[HostT]
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._robots_type = robots_type
        self._host_type = host_type

    def get_robots(self, origin: str) -> RobotsT | None:
        with self._reading() as connection:
            row = connection.execute(select(robots.c.state, robots.c.body).where(robots.c.origin == origin)).first()
        if row is None:
            return None
        values = msgspec.json.decode(row.state) | {"body": row.body}
        return msgspec.convert(values, self._robots_type, builtin_types=(bytes,))

    def put_robots(self, origin: str, entry: RobotsT) -> None:
        values = msgspec.to_builtins(entry, builtin_types=(bytes,))
        columns = {
            "status": values.get("status"),
            "fetched_at": stamp(values["fetched_at"]),
            "expires_at": stamp(values["expires_at"]),
            "body": values.pop("body"),
            "state": _json(values),
        }
        with self._writing() as connection:
            _put(connection, robots, "origin", origin, columns)

    def get_host(self, host: str) -> HostT | None:
        with self._reading() as connection:
            state = connection.execute(select(hosts.c.state).where(hosts.c.host == host)).scalar()
        return None if state is None else msgspec.json.decode(state, type=self._host_type)

    def put_host(self, host: str, state: HostT) -> None:
        values = msgspec.to_builtins(state)
        rest_until = values.get("rest_until")
        columns = {
            "delay": values.get("interval"),
            "rest_until": None if rest_until is None else stamp(rest_until),
            "reason": values.get("reason") or None,
            "state": _json(values),
        }
        with self._writing() as connection:
            _put(connection, hosts, "host", host, columns)


def _json(values: dict[str, Any]) -> str:
    return msgspec.json.encode(values).decode()


def _put(connection: Connection, table: Table, name: str, key: str, columns: dict[str, Any]) -> None:
    if not connection.execute(update(table).where(table.c[name] == key).values(**columns)).rowcount:
        connection.execute(table.insert().values(**{name: key}, **columns))
