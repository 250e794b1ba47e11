from __future__ import annotations

from typing import Any

import msgspec

from scraper.writer.archive import Archive


class Robots(msgspec.Struct, frozen=True, kw_only=True):
    verdict: str
    status: int | None = None
    body: bytes = b""
    good_at: float | None = None
    fetched_at: float
    expires_at: float


class Host(msgspec.Struct, frozen=True, kw_only=True):
    interval: float
    rest_until: float | None = None
    reason: str = ""
    unheard_of: tuple[int, ...] = ()


def test_robots_files_come_back_as_they_were_put(archive: Archive, rows: Any) -> None:
    memory = archive.host_memory(Robots, Host)
    assert memory.get_robots("https://www.wgul.example") is None
    body = b"\xef\xbb\xbfUser-agent: *\nDisallow: /caf\xe9\0"
    first = Robots(verdict="rules", status=200, body=body, good_at=5.25, fetched_at=5.25, expires_at=86405.25)
    memory.put_robots("https://www.wgul.example", first)
    assert memory.get_robots("https://www.wgul.example") == first
    second = Robots(verdict="disallow", body=body, good_at=5.25, fetched_at=90000.0, expires_at=90060.0)
    memory.put_robots("https://www.wgul.example", second)
    assert memory.get_robots("https://www.wgul.example") == second
    (row,) = rows("robots")
    assert (row["status"], row["body"], row["expires_at"]) == (None, body, "1970-01-02T01:01:00Z")


def test_host_states_come_back_as_they_were_put(archive: Archive, rows: Any) -> None:
    memory = archive.host_memory(Robots, Host)
    assert memory.get_host("wgul.example") is None
    for state in (Host(interval=5.5), Host(interval=11.25, rest_until=60.5, reason="503", unheard_of=(1, 2))):
        memory.put_host("wgul.example", state)
        assert memory.get_host("wgul.example") == state
    (row,) = rows("hosts")
    assert (row["host"], row["delay"], row["rest_until"], row["reason"]) == (
        "wgul.example",
        11.25,
        "1970-01-01T00:01:00Z",
        "503",
    )
