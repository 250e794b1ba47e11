"""Single fields of a record, by dotted paths such as ``title`` or ``authors.name``: as values, as cells of a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from scraper.article import Article
from scraper.writer.characters import well_formed, whole

USUAL = ("published", "station.name", "title", "authors.name", "section", "url", "id")
"""The columns of a table where nobody names any."""

BETWEEN = "; "
"""Stands between the values of a list in one cell."""


class UnknownField(ValueError):
    """The message names the field, and what may have been meant."""


@cache
def known() -> tuple[str, ...]:
    """All paths, in the order of the record; ``removed.rule`` is one, ``removed`` as well."""
    return tuple(_paths(inspect.type_info(Article), ""))


def _paths(kind: inspect.Type, before: str) -> Iterable[str]:
    if isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _paths(one, before)
    elif isinstance(kind, inspect.ListType | inspect.VarTupleType):
        yield from _paths(kind.item_type, before)
    elif isinstance(kind, inspect.StructType):
        for field in kind.fields:
            path = f"{before}{field.encode_name}"
            yield path
            yield from _paths(field.type, f"{path}.")


def parse(text: str) -> tuple[str, ...]:
    """The paths of a list such as ``title,published``. Raises `UnknownField`."""
    paths = tuple(path.strip() for path in text.split(",") if path.strip())
    if not paths:
        raise UnknownField("name at least one field, such as title")
    for path in paths:
        if path not in known():
            near = get_close_matches(path, known(), n=1) or [one for one in known() if one.endswith(f".{path}")][:1]
            hint = f"; did you mean {near[0]!r}?" if near else "; docs/record.md lists them"
            raise UnknownField(f"a record has no field {path!r}{hint}")
    return paths


def pick(record: Any, path: str) -> Any:
    """The value at a path of a record (`Article.to_dict`); of a list the values of its items.

    >>> pick({"authors": [{"name": "A"}, {"name": "B"}], "station": None}, "authors.name")
    ['A', 'B']
    >>> pick({"authors": [], "station": None}, "station.name")
    """
    if not path:
        return record
    if isinstance(record, list):
        found = [pick(item, path) for item in record]
        return [value for value in found if value is not None]
    if not isinstance(record, dict):
        return None
    name, _, rest = path.partition(".")
    return pick(record.get(name), rest)


def chosen(article: Article, paths: Sequence[str]) -> dict[str, Any]:
    """Values by their paths."""
    record = article.to_dict()
    return {path: pick(record, path) for path in paths}


def as_json(article: Article, paths: Sequence[str]) -> str:
    """Values by their paths, on one line."""
    try:
        return msgspec.json.encode(chosen(article, paths)).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(chosen(well_formed(article), paths)).decode()


def cells(article: Article, paths: Sequence[str]) -> list[str]:
    """A text for each path: nothing for null, the values of a list in a row, JSON for what has parts of its own."""
    return [_cell(value) for value in chosen(article, paths).values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return whole(BETWEEN.join(map(str, value)))
    return msgspec.json.encode(value).decode()


def as_csv(row: Sequence[str]) -> str:
    """A row of CSV without its line end.

    >>> as_csv(["a", "b, c", ""])
    'a,"b, c",'
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(row)
    return line.getvalue()


def as_line(row: Sequence[str]) -> str:
    """Cells between tabs, on one line whatever stands in them."""
    return "\t".join(" ".join(cell.split()) for cell in row)
