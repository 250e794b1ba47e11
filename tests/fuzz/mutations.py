"""Broken pages: a fixture (HTML, text or transcript) with a few things done to it. A seed names a case for ever."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
LARGEST = 400_000
"""Bytes of a case; the largest fixture has a quarter of that."""

NASTY = (
    "\0", "\ufeff", "\u202e", "\u2028", "\ud7ff", "&#0;", "&#xD800;", "&nbsp;" * 40, "&", "<", "<!--", "-->",
    "<![CDATA[", "<?php", "</p>", "</div>" * 30, "<p>" * 50, "<table><tr><td>", "<svg><title>", "<template>",
    "<plaintext>", "<textarea>", "<script>", "<style>", "<base href='javascript:x'>", "<b><i><u>" * 20, "'\"`",
    "%00", "(" * 400, ")" * 400, "[" * 400, "{" * 400, "A" * 3000, "a b " * 2000, "A. " * 1000, " " * 4000,
    "\n" * 2000, "\t" * 500, "—" * 300, "…" * 300, ":" * 500, "HOST: " * 200, "SMITH: " * 200,
    "MARY SMITH, HOST:\n" * 50, "(SOUNDBITE OF " * 60, "Copyright 2024 NPR. " * 60, "By " * 300, "@" * 300,
    "January 1, 2024 " * 80, "99999999999999999999", "2024-13-45T99:99:99Z", "1" * 400, "0:00 0:00 " * 200,
    "https://" * 100, "http://[::1", "https://x.example/" + "%2e" * 400, "NPR's " * 200, "“" * 200, "”" * 200,
    "'" * 200, "é" * 500, "漢" * 500, "Play Live Radio\nNext Up:\n0:00\n0:00\nAvailable On Air Stations\n" * 20,
    "Donate today! " * 100, "is a reporter " * 100,
)  # fmt: skip


@cache
def pages() -> tuple[tuple[str, bytes, bool], ...]:
    """All fixture pages: address, bytes, whether it is text."""
    found = []
    for record in sorted(PAGES.glob("*/*.json")):
        page = next(path for path in sorted(record.parent.glob(f"{record.stem}.*")) if path.suffix != ".json")
        address = re.search(r'"url":\s*"([^"]+)"', record.read_text(encoding="utf-8"))
        found.append((address[1] if address else "", page.read_bytes(), page.suffix == ".txt"))
    return tuple(found)


def case(seed: int) -> tuple[str | None, bytes]:
    """The address and the bytes of a case."""
    dice = random.Random(seed)
    url, data, is_text = dice.choice(pages())
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8))):
        data = dice.choice(TEXT if is_text else HTML)(data, dice)[:LARGEST]
    return dice.choice((url, url, None)) or None, data


Mutation = Callable[[bytes, random.Random], bytes]


def _parts(data: bytes) -> list[bytes]:
    """Lines, or what stands between the beginnings of two tags."""
    return re.split(rb"(?=<)" if b"<" in data else rb"(?<=\n)", data)


def _span(parts: list[bytes], dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(parts))
    return start, min(len(parts), start + int(dice.expovariate(1 / 8)) + 1)


def delete(data: bytes, dice: random.Random) -> bytes:
    parts = _parts(data)
    start, end = _span(parts, dice)
    return b"".join(parts[:start] + parts[end:])


def double(data: bytes, dice: random.Random) -> bytes:
    parts = _parts(data)
    start, end = _span(parts, dice)
    return b"".join(parts[:end] + parts[start:end] * dice.choice((1, 2, 30)) + parts[end:])


def shuffle(data: bytes, dice: random.Random) -> bytes:
    parts = _parts(data)
    start, end = _span(parts, dice)
    some = parts[start:end]
    dice.shuffle(some)
    return b"".join(parts[:start] + some + parts[end:])


def splice(data: bytes, dice: random.Random) -> bytes:
    """A piece of another page in this one."""
    mine, theirs = _parts(data), _parts(dice.choice(pages())[1])
    start, end = _span(theirs, dice)
    at = dice.randrange(len(mine) + 1)
    return b"".join(mine[:at] + theirs[start : end + 40] + mine[at:])


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 4, 60)) if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def insert(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(NASTY).encode() + data[at:]


def swap_words(data: bytes, dice: random.Random) -> bytes:
    """A line, or the words between two tags, replaced by something nasty."""
    parts = _parts(data)
    at = dice.randrange(len(parts))
    tag = re.match(rb"<[^>]*>", parts[at])
    parts[at] = (tag[0] if tag else b"") + dice.choice(NASTY).encode() + b"\n"
    return b"".join(parts)


def rename(data: bytes, dice: random.Random) -> bytes:
    """Every element of one name gets another, or a class loses its name."""
    names = re.findall(rb"</?([a-z][a-z0-9-]*)", data) or [b"p"]
    classes = re.findall(rb'class="([^"]+)"', data) or [b"x"]
    if dice.random() < 0.5:
        other = dice.choice((b"div", b"p", b"li", b"section", b"table", b"a", b"select", b"h1", b"noscript"))
        return re.sub(rb"(</?)" + re.escape(dice.choice(names)) + rb"\b", rb"\1" + other, data)
    return data.replace(dice.choice(classes), dice.choice((b"", b"x", dice.choice(classes))))


def nest(data: bytes, dice: random.Random) -> bytes:
    tag = dice.choice((b"div", b"span", b"ul", b"blockquote", b"b", b"table", b"a", b"p"))
    at = dice.randrange(len(data) + 1)
    return data[:at] + (b"<" + tag + b">") * dice.choice((20, 300, 1500)) + data[at:]


def attributes(data: bytes, dice: random.Random) -> bytes:
    """A tag with very many attributes, with and without values."""
    tag = dice.choice((b"<p", b"<div", b"<a", b"<script", b"<meta"))
    at = data.find(tag, dice.randrange(len(data) + 1))
    at = at + len(tag) if at >= 0 else 0
    value = dice.choice((b"", b"=1", b"='>'", b'="a > b"', b'="'))
    count = dice.choice((200, 990, 1010, 20_000))
    return data[:at] + b"".join(b" a%d%b" % (number, value) for number in range(count)) + data[at:]


def multiply(data: bytes, dice: random.Random) -> bytes:
    """One small element again and again, closed or left open, alike or not."""
    element = dice.choice(
        (b"<p>", b"<p>The ferry left at noon and came back.", b"<li>%d</li>", b"<p>%d</p>", b"<br>", b"<td>")
    )
    at = dice.randrange(len(data) + 1)
    some = b"".join(element.replace(b"%d", b"%d" % number) for number in range(dice.choice((300, 2000, 60_000))))
    return data[:at] + some + data[at:]


def capitals(data: bytes, dice: random.Random) -> bytes:
    """Lines in capitals, or labels where none were."""
    parts = _parts(data)
    for _ in range(dice.choice((1, 5, 40))):
        at = dice.randrange(len(parts))
        label = dice.choice((b"", b"SMITH: ", b"ANA RUIZ, HOST: ", b"Q: ", b"(LAUGHTER) ", b"UNIDENTIFIED PERSON #2: "))
        tag = re.match(rb"<[^>]*>", parts[at])
        start = tag.end() if tag else 0
        parts[at] = parts[at][:start] + label + dice.choice((parts[at][start:], parts[at][start:].upper()))
    return b"".join(parts)


def recode(data: bytes, dice: random.Random) -> bytes:
    """The page in another encoding than it says."""
    coding = dice.choice(("utf-16", "latin-1", "cp1252", "shift_jis", "utf-8-sig", "utf-32"))
    return data.decode("utf-8", "replace").encode(coding, "ignore")


def join_lines(data: bytes, dice: random.Random) -> bytes:
    return data.replace(b"\n", dice.choice((b"", b" ", b"\r", b"\r\n", b"\n\n\n")))


TEXT: tuple[Mutation, ...] = (
    delete, double, shuffle, splice, cut, flip, insert, swap_words, capitals, recode, join_lines,
)  # fmt: skip
HTML: tuple[Mutation, ...] = (*TEXT, rename, nest, attributes, multiply)
