"""Edited data back into the text of a file, laid out as the shipped files are.

The order of keys and tables stays, and so do whole lines of comment above them. What is written is
what is read: parsing the text gives the same data again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

from il2desk.protocols.document import Data, is_row_list
from il2desk.protocols.locator import KeyPath, lines_of
from il2desk.protocols.reader import END_MARK

_WIDEST = 110
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ALWAYS_A_TABLE = ("sources", "facts", "criteria", "items", "companions")
_DELETE = chr(0x7F)

Comments = Mapping[KeyPath, tuple[str, ...]]


def text_of(data: Data, comments: Comments | None = None) -> str:
    """The text of a file with this data; `comments` by the path of the key they stand above."""
    lines = list(_table((), data, comments or {}))
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join((*lines, "", END_MARK, ""))


def comments_of(text: str) -> dict[KeyPath, tuple[str, ...]]:
    """Whole lines of comment by the key or header under them; rows of a list keep none."""
    lines = text.splitlines()
    by_line: dict[int, KeyPath] = {}
    for path, number in lines_of(text).items():
        # A header stands for its parent too: the remark belongs to the longest path.
        if not any(step.isdigit() for step in path) and len(path) >= len(by_line.get(number, ())):
            by_line[number] = path
    above = {path: _above(lines[: number - 1]) for number, path in by_line.items()}
    return {path: remark for path, remark in above.items() if remark}


def _above(lines: list[str]) -> tuple[str, ...]:
    """The comment at the end of these lines, whether or not an empty line follows it."""
    remark: list[str] = []
    for line in reversed(lines):
        if line.lstrip().startswith("#"):
            remark.insert(0, line.strip())
        elif line.strip() or remark:
            break
    return tuple(remark)


def _table(path: KeyPath, node: Data, comments: Comments) -> Iterator[str]:
    """The keys of a table, then its tables: TOML wants them in this order."""
    later: list[str] = []
    for key, value in node.items():
        line = None if _is_table(path, key, value) else f"{_key(key)} = {_inline(value)}"
        if line is None:
            later.append(key)
        else:
            yield from comments.get((*path, key), ())
            yield line if len(line) <= _WIDEST or not isinstance(value, list) else _long(key, value)
    for key in later:
        value = node[key]
        here = (*path, key)
        if isinstance(value, dict):
            yield from _under(here, f"[{_dotted(here)}]", value, comments)
        else:
            for number, row in enumerate(cast("list[Data]", value)):
                if number == 0 and here in comments:
                    yield from ("", *comments[here])
                    yield from list(_under((*here, "0"), f"[[{_dotted(here)}]]", row, comments))[1:]
                else:
                    yield from _under((*here, str(number)), f"[[{_dotted(here)}]]", row, comments)


def _under(path: KeyPath, header: str, node: Data, comments: Comments) -> Iterator[str]:
    """A table under its header; one that only holds named tables needs none."""
    inside = list(_table(path, node, comments))
    if node and all(_is_table(path, key, value) for key, value in node.items()):
        if path in comments:
            yield from ("", *comments[path])
        yield from inside
        return
    yield ""
    yield from comments.get(path, ())
    yield header
    yield from inside


def _is_table(path: KeyPath, key: str, value: object) -> bool:
    """True for what stands under a header of its own, and not behind an equals sign."""
    if is_row_list(value):
        rows = cast("list[Data]", value)
        whole = any("source" in row or any(_nested(one) for one in row.values()) for row in rows)
        return not path or whole or len(f"{key} = {_inline(value)}") > _WIDEST
    if not isinstance(value, dict):
        return False
    if not path:
        return not _is_value(value)
    if path[-1] in _ALWAYS_A_TABLE:
        return True
    return any(_nested(one) for one in value.values()) or len(f"{key} = {_inline(value)}") > _WIDEST


def _is_value(node: Data) -> bool:
    """True for what a top-level key says in one line, such as { value = 2, source = "..." }."""
    short = len(_inline(node)) + 20 <= _WIDEST
    return "source" in node and short and not any(_nested(one) for one in node.values())


def _nested(value: object) -> bool:
    return isinstance(value, dict) or is_row_list(value)


def _inline(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {_inline(one)}" for key, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(one) for one in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _long(key: str, values: list[object]) -> str:
    """A list that is too long for one line, an entry a line."""
    return "\n".join((f"{_key(key)} = [", *(f"  {_inline(one)}," for one in values), "]"))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _dotted(path: KeyPath) -> str:
    return ".".join(_key(step) for step in path)
