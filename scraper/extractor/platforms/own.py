"""A user's own platforms, from a YAML file: the tables of `base.Platform`, read strictly.

    platforms:
      - name: coastal
        extends: wordpress          # what is not said here is as there; its hosts and marks are not
        hosts: [coastalradio.example]
        body: [.story-text]
        drops:                      # come before those of the platform that is extended
          - {rule: coastal.pledge, kind: appeal, select: .pledge-box}
        earlier:                    # versions of the template before this one, newest first
          - {until: 2021-03-31, body: ["#content .post"]}

A file with one platform may hold its keys at the top.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scraper.errors import ConfigError
from scraper.extractor import dates
from scraper.extractor.platforms.base import Drop, Platform

if TYPE_CHECKING:
    from scraper._yaml import Document
    from scraper._yaml import Path as Where

PAGE_TYPES = ("article", "episode", "transcript", "event", "list", "person", "consent", "error", "other")
_LARGEST_FILE = 1024 * 1024
_HELD = ("drops", "regions")
_TEXTS = (
    "bio_name",
    "bio_text",
    "bio_role",
    "quotes",
    "quote_by",
    "speakers",
    "notes",
    "lead_caption",
    "own_audio",
    "audio_title",
)
_SELECTORS = ("marks", "root", "body", "spoken", "bios", "figures", "caption", "credit", "provider", "copyright")
_FOR_DATES = ("published", "modified", "date_only", "visible_date")
_SOURCES = (
    "title", "subtitle", "teaser", "byline", "authors", "section", "program", "tags", "story_id", "site_names", "audio",
    *_FOR_DATES,
)  # fmt: skip
_ENDINGS = {"!utc": _FOR_DATES, "!eastern": _FOR_DATES, "!day": _FOR_DATES, "!episode": ("program",)}
_MACHINE = re.compile(r"(?:meta|ld|layer|class):.+|title:", re.S)


def load(path: str | Path) -> tuple[Platform, ...]:
    """The platforms of a file, in its order, each followed by its earlier versions. Raises `ConfigError` with a line for
    each problem."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    if len(data) > _LARGEST_FILE:
        raise ConfigError(f"{path}: larger than {_LARGEST_FILE} bytes, which no file of platforms is")
    try:
        return loads(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8; save the file with that encoding") from None


def loads(text: str, name: str = "platforms.yaml") -> tuple[Platform, ...]:
    """As `load`, from a text; `name` stands before each problem."""
    from scraper._yaml import read

    document = read(text)
    reading = _Reading(document)
    found = reading.platforms() if document.data is not None else []
    if document.problems:
        raise ConfigError("\n".join(f"{name}:{line}: {message}" for line, message in sorted(document.problems)))
    return tuple(found)


class _Reading:
    """One pass over a document: what is wrong is added to its problems, with the line."""

    def __init__(self, document: Document) -> None:
        from scraper.extractor.platforms import platforms
        from scraper.extractor.platforms.generic import PLATFORM

        self.document = document
        self.known = {platform.name: platform for platform in reversed((PLATFORM, *platforms()))}
        self.tree = LexborHTMLParser("<p>")

    def platforms(self) -> list[Platform]:
        data = self.document.data
        if not isinstance(data, dict):
            self.problem((), f"expected keys with values, got {_shown(data)}")
            return []
        if "platforms" not in data:
            return self.family((), data)
        for key in data:
            if key != "platforms":
                self.problem((key,), "stands beside platforms; it belongs into one of them")
        listed = data["platforms"]
        if not isinstance(listed, list) or not listed:
            self.problem(("platforms",), "expected a list of platforms")
            return []
        found: list[Platform] = []
        for index, item in enumerate(listed):
            where: Where = ("platforms", index)
            if not isinstance(item, dict):
                self.problem(where, f"expected keys with values, got {_shown(item)}")
                continue
            family = self.family(where, item)
            if family and any(family[0].name == other.name for other in found):
                self.problem((*where, "name"), f"{family[0].name} is there twice")
            found += family
        return found

    def family(self, where: Where, data: dict[str, Any]) -> list[Platform]:
        """A platform and its earlier versions."""
        base = self.extended(where, data)
        name = data.get("name", base.name if base else None)
        if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
            self.problem((*where, "name"), "a platform needs a name in small letters, such as coastal-radio")
            return []
        if base is None:
            base = Platform(name=name)
        elif name != base.name:  # else every page of the one that is extended would be this one's
            base = msgspec.structs.replace(base, name=name, hosts=(), marks=())
        newest = self.version(where, {key: value for key, value in data.items() if key != "earlier"}, base)
        if not newest.known:
            self.problem(where, f"{name} needs hosts or marks, or no page can be told to be of it")
        if not newest.body and not newest.spoken:
            self.problem(where, f"{name} needs a body: where do its stories stand?")
        earlier = data.get("earlier") or []
        if not isinstance(earlier, list) or not all(isinstance(item, dict) for item in earlier):
            self.problem((*where, "earlier"), "expected a list of versions, each with keys and values")
            return [newest]
        versions = [newest]
        for index, item in enumerate(earlier):
            here: Where = (*where, "earlier", index)
            if not item.get("until"):
                self.problem(here, "an earlier version needs until: its last day, such as 2021-03-31")
            versions.append(self.version(here, item, msgspec.structs.replace(newest, since="", until="")))
        return versions

    def extended(self, where: Where, data: dict[str, Any]) -> Platform | None:
        name = data.get("extends")
        if name is None:
            return None
        found = self.known.get(name) if isinstance(name, str) else None
        if found is None:
            from scraper._values import nearest

            hint = nearest(str(name), self.known)
            self.problem((*where, "extends"), f"expected one of {', '.join(self.known)}, got {_shown(name)}{hint}")
        return found

    def version(self, where: Where, data: dict[str, Any], base: Platform) -> Platform:
        values: dict[str, Any] = {}
        for key, value in data.items():
            here: Where = (*where, key)
            if key in ("name", "extends"):
                continue
            reader = self.reader(key)
            if reader is None:
                from scraper._values import nearest

                self.problem(here, f"unknown key{nearest(key, [*Platform.__struct_fields__, 'extends', 'earlier'])}")
            elif value is not None:
                values[key] = reader(here, value)
        for key in _HELD:
            values[key] = (*values.get(key, ()), *getattr(base, key))
        return msgspec.structs.replace(base, **values)

    def reader(self, key: str) -> Callable[[Where, Any], Any] | None:
        if key in ("since", "until"):
            return self.day
        if key == "hosts":
            return lambda where, value: self.each(where, value, self.host)
        if key in _SELECTORS:
            return lambda where, value: self.each(where, value, self.selector)
        if key in _SOURCES:
            return lambda where, value: self.each(where, value, lambda at, item: self.source(at, item, key))
        if key in _TEXTS:
            return self.selector
        if key in _HELD:
            return lambda where, value: self.each(where, value, self.drop)
        return {"types": self.types, "rest": self.switch, "mixed": self.switch, "zone": self.zone}.get(key)

    def each(self, where: Where, value: Any, read: Callable[[Where, Any], Any]) -> tuple[Any, ...]:
        """A list, or one value alone; what is wrong in it is left out."""
        items = value if isinstance(value, list) else [value]
        return tuple(found for index, item in enumerate(items) if (found := read((*where, index), item)) is not None)

    def text(self, where: Where, value: Any) -> str | None:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.problem(where, f"expected a text, got {_shown(value)}")
        return None

    def zone(self, where: Where, value: Any) -> str | None:
        text = self.text(where, value)
        if text is not None and dates.zone(text) is None:
            self.problem(where, f"expected a zone such as America/Denver, got {_shown(value)}")
            return None
        return text

    def selector(self, where: Where, value: Any) -> str | None:
        text = self.text(where, value)
        if text is None:
            return None
        try:
            self.tree.css_first(text)
        except SelectolaxError:
            self.problem(where, f"{_shown(text)} is no CSS selector that can be read")
            return None
        return text

    def source(self, where: Where, value: Any, key: str) -> str | None:
        """A source of a field, in the forms that `base` names."""
        text = self.text(where, value)
        if text is None:
            return None
        ending = next((end for end in _ENDINGS if text.endswith(end)), "")
        if ending and key not in _ENDINGS[ending]:
            self.problem(where, f"{ending} says nothing of {key}")
            return None
        bare = text.removesuffix(ending)
        if _MACHINE.fullmatch(bare):
            return text if not bare.startswith("class:") or self.pattern(where, bare[6:]) else None
        return text if self.selector(where, bare.partition("@")[0]) else None

    def pattern(self, where: Where, text: str) -> bool:
        try:
            re.compile(text)
        except re.error as error:
            self.problem(where, f"{_shown(text)} is no pattern: {error}")
            return False
        return True

    def types(self, where: Where, value: Any) -> tuple[tuple[str, str], ...]:
        """Signs with their page types: a mapping, asked in its order."""
        if not isinstance(value, dict):
            self.problem(where, f"expected signs with page types, such as .event-page: event, got {_shown(value)}")
            return ()
        found = []
        for sign, kind in value.items():
            at: Where = (*where, sign)
            if kind not in PAGE_TYPES:
                self.problem(at, f"expected one of {', '.join(PAGE_TYPES)}, got {_shown(kind)}")
            elif self.pattern(at, sign[6:]) if sign.startswith("class:") else self.selector(at, sign):
                found.append((sign, str(kind)))
        return tuple(found)

    def drop(self, where: Where, value: Any) -> Drop | None:
        if not isinstance(value, dict) or set(value) != {"rule", "kind", "select"}:
            self.problem(where, "expected rule, kind and select, such as {rule: my.box, kind: promo, select: .box}")
            return None
        rule, kind = (self.text((*where, key), value[key]) for key in ("rule", "kind"))
        select = self.selector((*where, "select"), value["select"])
        return Drop(rule, kind, select) if rule and kind and select else None

    def host(self, where: Where, value: Any) -> str | None:
        from scraper._values import host

        try:
            return host(value).removeprefix("www.")
        except ValueError as error:
            self.problem(where, str(error))
            return None

    def day(self, where: Where, value: Any) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except (ValueError, TypeError):
            self.problem(where, f"expected a day such as 2021-03-31, got {_shown(value)}")
            return ""

    def switch(self, where: Where, value: Any) -> bool:
        if not isinstance(value, bool):
            self.problem(where, f"expected true or false, got {_shown(value)}")
        return bool(value)

    def problem(self, where: Where, message: str) -> None:
        from scraper._yaml import dotted

        line = next(
            (self.document.lines[where[:n]] for n in range(len(where), -1, -1) if where[:n] in self.document.lines), 1
        )
        self.document.problems.append((line, f"{dotted(where)}: {message}" if where else message))


def _shown(value: object) -> str:
    from scraper._values import shown

    return shown(value)
