"""The table of peers (peers.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
OURS, GENERIC, BARE = "scraper", "scraper-generic", "lexbor"


@dataclass(frozen=True)
class Peer:
    """One column's extractor. `env` is None for what runs on this package's own requirements.

    `text` reads plain text as well as HTML; `bare` only parses and has no answer to judge; `floor` does not look for
    the story, but gives the whole page.
    """

    name: str
    reader: str
    mode: str = ""
    env: str | None = None
    requires: tuple[str, ...] = ()
    shows: str = ""
    text: bool = False
    bare: bool = False
    floor: bool = False
    slow: bool = False

    @property
    def own(self) -> bool:
        return self.env is None


def peers(path: Path = HERE / "peers.toml") -> dict[str, Peer]:
    """All peers in the order of the table."""
    table = tomllib.loads(path.read_text("utf-8"))
    return {
        name: Peer(
            name=name,
            reader=row.get("reader", name).replace("-", "_"),
            mode=row.get("mode", ""),
            env=row.get("env"),
            requires=tuple(row.get("requires", ())),
            shows=row.get("shows", row.get("env", name)),
            text=row.get("text", False),
            bare=row.get("bare", False),
            floor=row.get("floor", False),
            slow=row.get("slow", False),
        )
        for name, row in table.items()
    }


def chosen(every: dict[str, Peer], only: list[str]) -> list[Peer]:
    """The peers asked for (all but the slow, where none is named), and always bare parsing beside them.

    Raises `ValueError` for a name that is not in the table.
    """
    unknown = [name for name in only if name not in every]
    if unknown:
        raise ValueError(f"no peer {unknown[0]!r}; there are {', '.join(every)}")
    wanted = only or [peer.name for peer in every.values() if not peer.slow]
    return [peer for peer in every.values() if peer.name in wanted or peer.bare]
