"""The plain part of TOML in which protocol files are written, read in a third of the time.

It answers exactly what the standard parser answers, or None: escapes, dotted or quoted keys, other
strings, signs, dates, fractions, anything defined twice, and every error are left to that parser.
"""

from __future__ import annotations

import re
from typing import cast

Values = dict[str, object]

_NOTE = r"(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?"
_GAP = re.compile(rf"(?:[ \t]*{_NOTE}\n)*[ \t]*")
_INSIDE_ARRAY = re.compile(r"(?:[ \t\n]|#[^\x00-\x08\x0a-\x1f\x7f]*\n)*")
_BARE = r"[A-Za-z0-9_-]+"
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_BARE}(?:\.{_BARE})*)[ \t]*(\]\]?)[ \t]*{_NOTE}(?:\n|\Z)")
_KEY = re.compile(rf"({_BARE})[ \t]*=[ \t]*")
_SCALAR = re.compile(r'"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"|(0|[1-9][0-9]{0,17})|(true|false)')
_END = re.compile(rf"[ \t]*{_NOTE}(?:\n|\Z)")
_BLANK = re.compile(r"[ \t]*")
_DEEPEST = 20


class _LeftError(Exception):
    """What stands here is left to the standard parser."""


def read_plain(text: str) -> Values | None:
    """The values of a text with LF line ends, or None where the standard parser must read it."""
    try:
        return _Plain(text).values()
    except _LeftError:
        return None


class _Plain:
    """One text while it is read. `_made` are the tables that headers made, `_named` those they named."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Values = {}
        self._made: dict[int, Values] = {id(self._root): self._root}
        self._named: set[int] = set()
        self._rows: dict[int, list[Values]] = {}

    def values(self) -> Values:
        """Read line by line to the end."""
        text, table, at = self._text, self._root, 0
        while (at := _after(_GAP, text, at)) < len(text):
            if text[at] == "[":
                header = _HEADER.match(text, at)
                if header is None or len(header[1]) != len(header[3]):
                    raise _LeftError
                table = self._table(header[2].split("."), row=len(header[1]) > 1)
                at = header.end()
                continue
            at = self._pair(table, at)
            end = _END.match(text, at)
            if end is None:
                raise _LeftError
            at = end.end()
        return self._root

    def _table(self, path: list[str], *, row: bool) -> Values:
        """The table that a header names: new, or made on the way to another one."""
        parent = self._root
        for name in path[:-1]:
            parent = self._step(parent, name)
        name = path[-1]
        if row:
            rows = parent.get(name)
            if rows is None:
                rows = parent[name] = []
                self._rows[id(rows)] = cast("list[Values]", rows)
            if id(rows) not in self._rows:
                raise _LeftError
            made = self._make()
            self._rows[id(rows)].append(made)
            return made
        found = parent.get(name)
        if found is None:
            found = parent[name] = self._make()
        if id(found) not in self._made or id(found) in self._named:
            raise _LeftError
        self._named.add(id(found))
        return self._made[id(found)]

    def _step(self, parent: Values, name: str) -> Values:
        """The table of that name on the way to another; of rows the last one."""
        found = parent.get(name)
        if found is None:
            found = parent[name] = self._make()
        if id(found) in self._rows:
            return self._rows[id(found)][-1]
        if id(found) not in self._made:
            raise _LeftError
        return self._made[id(found)]

    def _make(self) -> Values:
        made: Values = {}
        self._made[id(made)] = made
        return made

    def _pair(self, table: Values, at: int) -> int:
        """Read one key with its value into the table; return where it ends."""
        key = _KEY.match(self._text, at)
        if key is None or key[1] in table:
            raise _LeftError
        table[key[1]], at = self._value(key.end(), 0)
        return at

    def _value(self, at: int, depth: int) -> tuple[object, int]:
        found = _SCALAR.match(self._text, at)
        if found is not None:
            if found[1] is not None:
                return found[1], found.end()
            if found[2] is not None:
                return int(found[2]), found.end()
            return found[3] == "true", found.end()
        sign = self._text[at : at + 1]
        if depth > _DEEPEST or sign not in ("{", "["):
            raise _LeftError
        return self._inline(at + 1, depth) if sign == "{" else self._array(at + 1, depth)

    def _inline(self, at: int, depth: int) -> tuple[Values, int]:
        """A table on one line, whose keys stand once and without a comma after the last."""
        made: Values = {}
        text = self._text
        at = _after(_BLANK, text, at)
        if text[at : at + 1] == "}":
            return made, at + 1
        while True:
            key = _KEY.match(text, at)
            if key is None or key[1] in made:
                raise _LeftError
            made[key[1]], at = self._value(key.end(), depth + 1)
            at = _after(_BLANK, text, at)
            if text[at : at + 1] == "}":
                return made, at + 1
            at = self._past_comma(at, _BLANK)

    def _array(self, at: int, depth: int) -> tuple[list[object], int]:
        """A list over any lines, with or without a comma after the last."""
        made: list[object] = []
        text = self._text
        at = _after(_INSIDE_ARRAY, text, at)
        while text[at : at + 1] != "]":
            value, at = self._value(at, depth + 1)
            made.append(value)
            at = _after(_INSIDE_ARRAY, text, at)
            if text[at : at + 1] != "]":
                at = self._past_comma(at, _INSIDE_ARRAY)
        return made, at + 1

    def _past_comma(self, at: int, blank: re.Pattern[str]) -> int:
        if self._text[at : at + 1] != ",":
            raise _LeftError
        return _after(blank, self._text, at + 1)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the text goes on after what the pattern matches there, which may be nothing."""
    found = pattern.match(text, at)
    return at if found is None else found.end()
