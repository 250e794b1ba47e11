"""YAML read strictly, with the line of every value. Private to `scraper.config`.

The core schema of YAML 1.2: only true and false are booleans (`no` and `on` stay text), 1:30 is no number and
2024-01-31 no date. A key that stands twice is a problem, a tag is one too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the root."""

_TAG = "tag:yaml.org,2002:"
_DEEPEST = 20
_MOST_VALUES = 100_000
_RESOLVERS = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
     [*"-+.0123456789"]),
)  # fmt: skip


class Document(NamedTuple):
    """`data` as plain Python, `lines` (from 1) by path, `problems` as (line, message)."""

    data: Any
    lines: dict[Path, int]
    problems: list[tuple[int, str]]


def read(text: str) -> Document:
    """The one YAML document in `text`, with all that is wrong in it; after a slip of syntax `data` is None."""
    import yaml

    document = Document({}, {(): 1}, [])
    try:
        node = yaml.compose(text, Loader=_loader())
        data = _value(node, (), document) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Document(None, {}, [(line, f"not valid YAML: {error.problem or error.context}")])
    except yaml.YAMLError as error:
        return Document(None, {}, [(1, f"not valid YAML: {' '.join(str(error).split())}")])
    except _OvergrownError as error:
        return Document(None, {}, [(error.line, "nested too deeply, or too many values")])
    return document._replace(data=data)


class _OvergrownError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@cache
def _loader() -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("StrictLoader", (base,), {"yaml_implicit_resolvers": {}})
    for name, pattern, first in _RESOLVERS:
        loader.add_implicit_resolver(_TAG + name, re.compile(rf"(?:{pattern})\Z"), first)
    return loader


def _value(node: Any, path: Path, document: Document) -> Any:
    """The node as plain Python. A repeated alias counts each time that it is used, so that no alias can grow it."""
    line = node.start_mark.line + 1
    document.lines.setdefault(path, line)
    if len(path) > _DEEPEST or len(document.lines) > _MOST_VALUES:
        raise _OvergrownError(line)
    if node.id == "sequence":
        return [_value(item, (*path, index), document) for index, item in enumerate(node.value)]
    if node.id == "mapping":
        return _mapping(node, path, document)
    return _scalar(node, line, document)


def _mapping(node: Any, path: Path, document: Document) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if key_node.id != "scalar":
            document.problems.append((line, f"{dotted(path) or 'keys'}: a key has to be a plain word"))
            continue
        key = key_node.value
        where = (*path, key)
        if key in mapping:
            document.problems.append((line, f"{dotted(where)}: given twice, first on line {document.lines[where]}"))
            continue
        document.lines[where] = line
        mapping[key] = _value(value_node, where, document)
    return mapping


def _scalar(node: Any, line: int, document: Document) -> Any:
    kind, text = node.tag.removeprefix(_TAG), node.value
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in ("int", "float"):
        return _number(kind, text)
    if kind != "str":
        document.problems.append((line, f"the tag {node.tag} has no meaning here"))
    return text


def _number(kind: str, text: str) -> Any:
    try:
        if kind == "float":
            return float(re.sub(r"\.(inf|nan)", r"\1", text.lower()))
        return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)
    except ValueError:  # thousands of digits
        return text


def dotted(path: Path) -> str:
    """The path as people write it.

    >>> dotted(("stations", 2, "delay"))
    'stations[2].delay'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
