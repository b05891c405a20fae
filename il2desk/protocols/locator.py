"""On which line of a TOML text a key stands: the standard parser keeps no line numbers."""

from __future__ import annotations

import re

KeyPath = tuple[str, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_ERROR_LINE = re.compile(r"at line (\d+)")


def line_of(text: str, path: KeyPath) -> int:
    """The line (from 1) of the key at `path`; where it has none, that of its nearest parent.

    Rows of an array of tables are counted from 0 in the path: ("gaps", "0", "field").
    """
    lines = lines_of(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def line_of_syntax_error(text: str, message: str) -> int:
    """The line that the parser's message names; it says "end of document" for the last one."""
    found = _ERROR_LINE.search(message)
    return int(found[1]) if found else text.rstrip().count("\n") + 1


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every key and header; rows of a list of tables are counted from 0."""
    found: dict[KeyPath, int] = {}
    rows: dict[KeyPath, int] = {}
    table: KeyPath = ()
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if depth == 0:
            header = _HEADER.match(line)
            if header:
                table = _table(header, rows)
                found.setdefault(table, number)
                found.setdefault(table[:-1], number)
                continue
            key = _KEY.match(line)
            if key:
                found.setdefault(table + _parts(key[1]), number)
        depth = max(0, depth + _opened(line))
    return found


def _table(header: re.Match[str], rows: dict[KeyPath, int]) -> KeyPath:
    """The path of a table header, with the row number after each array of tables on the way."""
    path: KeyPath = ()
    names = _parts(header[2])
    for position, name in enumerate(names, start=1):
        path = (*path, name)
        if position == len(names) and header[1] == "[[":
            rows[path] = rows.get(path, -1) + 1
        if path in rows:
            path = (*path, str(rows[path]))
    return path


def _parts(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _opened(line: str) -> int:
    """How many arrays stay open after the line (strings and comments do not count)."""
    bare = _STRINGS.sub("", line).split("#", 1)[0]
    return bare.count("[") - bare.count("]")
