"""Strict reading of one TOML table: every value by type, unknown keys named at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from il2desk.dosing import Evidence, Source, tell
from il2desk.protocols.locator import KeyPath
from il2desk.protocols.reader import BinaryFraction, Reader

_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,8})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN_AS = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}


class Table:
    """A TOML table that is read key by key; a key that nobody asked for is a problem at `close`."""

    def __init__(self, reader: Reader, path: KeyPath, data: Mapping[str, object]) -> None:
        self.reader = reader
        self.path = path
        self._data = data
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def holds_text(self, key: str) -> bool:
        """True where the key holds a text, and not a table."""
        return isinstance(self._data.get(key), str)

    @property
    def is_empty(self) -> bool:
        """True where the table holds nothing."""
        return not self._data

    def keys(self) -> tuple[str, ...]:
        """The keys of this table, in the order of the file."""
        return tuple(self._data)

    @property
    def field(self) -> str:
        """The path of this table as written in gaps."""
        return ".".join(self.path)

    def problem(self, key: str, text: str) -> None:
        """Keep a problem at a key of this table."""
        self.reader.problem((*self.path, key) if key else self.path, text)

    def close(self) -> None:
        """Name every key that was never asked for."""
        for key in self._data:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem(
                    key,
                    tell(
                        'the key "{key}" is unknown here. Known keys: {known}.',
                        key=key,
                        known=known,
                    ),
                )

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; `default` where the key may be left out."""
        value = self._typed(key, str, required=default is None)
        if value is not None and not cast("str", value).strip():
            self.problem(
                key,
                tell("the text is empty. Write it, or leave the key out if it may be left out."),
            )
        return default or "" if value is None else cast("str", value)

    def text_or_none(self, key: str) -> str | None:
        """A text, or None where the key is left out."""
        return self.text(key, "") or None

    def word(self, key: str, words: tuple[str, ...], default: str | None = None) -> str:
        """One of the listed words; the first of them where it is none (with a problem)."""
        value = self.text(key, default)
        if value in words:
            return value
        if value:
            self.problem(
                key,
                tell(
                    '"{value}" is not known here. Write one of: {words}.',
                    value=value,
                    words=", ".join(words),
                ),
            )
        return words[0]

    def whole(self, key: str, *, required: bool = True, instead: str = "") -> int | None:
        """A count of at least 1, or None where it is missing; `instead` is another way to write it."""
        value = cast("int | None", self._typed(key, int, required=required))
        if value is not None and value < 1:
            text = tell(
                "{value} is not a count. Write a whole number from 1. {instead}",
                value=value,
                instead=instead,
            )
            self.problem(key, text.rstrip())
        return value

    def day(self, key: str) -> date | None:
        """A day written as text ("2026-03-01"), or None where the key is left out or wrong."""
        written = self.text_or_none(key)
        if written is None:
            return None
        try:
            found = date.fromisoformat(written) if _DAY.fullmatch(written) else None
        except ValueError:
            found = None
        if found is None:
            self.problem(
                key,
                tell(
                    '"{written}" is no day. Write year, month and day, such as "2026-03-01".',
                    written=written,
                ),
            )
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false, as written."""
        value = self._typed(key, bool, required=False)
        return default if value is None else bool(value)

    def decimal(self, key: str, *, required: bool = True, positive: bool = True) -> Decimal | None:
        """A decimal number written as text ("72000"), or None where it is missing or wrong."""
        written = self._typed(key, str, required=required)
        return (
            None if written is None else self._decimal(key, cast("str", written), positive=positive)
        )

    def decimals(self, key: str, *, required: bool = True) -> tuple[Decimal, ...]:
        """A list of decimal numbers, each written as text."""
        read = (
            self._decimal(key, written, positive=True)
            for written in self.texts(key, required=required)
        )
        return tuple(number for number in read if number is not None)

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts without duplicates."""
        return cast("tuple[str, ...]", self._list(key, str, required=required))

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers without duplicates."""
        return cast("tuple[int, ...]", self._list(key, int, required=True))

    def table(self, key: str) -> Table | None:
        """The table at the key, or None where there is none."""
        value = self._typed(key, dict, required=False)
        return (
            None
            if value is None
            else Table(self.reader, (*self.path, key), cast("dict[str, object]", value))
        )

    def rows(self, key: str) -> Iterator[tuple[str, Table]]:
        """The named tables under the key, in the order of the file."""
        parent = self.table(key)
        for name in parent.keys() if parent is not None else ():
            row = parent.table(name) if parent is not None else None
            if row is not None:
                yield name, row

    def list_of_tables(self, key: str, *, required: bool = False) -> tuple[Table, ...]:
        """The tables of a list, each with its row number (from 0) in its path."""
        found = self._typed(key, list, required=required) or []
        tables: list[Table] = []
        for number, row in enumerate(cast("list[object]", found)):
            if isinstance(row, dict):
                tables.append(Table(self.reader, (*self.path, key, str(number)), row))
            else:
                self.problem(
                    key,
                    tell(
                        "row {fact} is not {written_as}.",
                        fact=number + 1,
                        written_as=_WRITTEN_AS[dict],
                    ),
                )
        return tuple(tables)

    def source(self, key: str = "source") -> Source:
        """The source that the key names; the mark is kept for the field of this table."""
        name = self.text(key)
        source = self.reader.sources.get(name)
        if source is None:
            if name:
                self.problem(
                    key,
                    tell(
                        'the source "{name}" is not among [sources]. Describe it there: document, place, evidence.',
                        name=name,
                    ),
                )
            return Source("", "", Evidence.UNCONFIRMED)
        self.reader.marks.append((self.field, source.evidence))
        self.reader.uses.append((self.field, name))
        return source

    def _typed(self, key: str, kind: type, *, required: bool) -> object | None:
        self._asked.add(key)
        if key not in self._data:
            if required:
                self.problem(
                    key,
                    tell(
                        '"{key}" is missing. Write {key} = {written_as}.',
                        key=key,
                        written_as=_WRITTEN_AS[kind],
                    ),
                )
            return None
        value = self._data[key]
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        self.problem(key, _wrong_type(key, value, kind))
        return None

    def _list(self, key: str, kind: type, *, required: bool) -> tuple[object, ...]:
        found = cast("list[object]", self._typed(key, list, required=required) or [])
        kept: list[object] = []
        for item in found:
            if not isinstance(item, kind) or isinstance(item, bool):
                self.problem(key, _wrong_type(key, item, kind))
            elif item in kept:
                self.problem(key, tell("{item} stands twice in the list. Keep one.", item=item))
            else:
                kept.append(item)
        return tuple(kept)

    def _decimal(self, key: str, written: str, *, positive: bool) -> Decimal | None:
        if not _DECIMAL.fullmatch(written):
            self.problem(
                key,
                tell(
                    '"{written}" is not a number. Write digits with at most one point, no thousands marks, sign, exponent or unit, such as "72000" or "0.28".',
                    written=written,
                ),
            )
            return None
        number = Decimal(written)
        if positive and number == 0:
            self.problem(key, tell("0 is not possible here. Write a number above 0."))
            return None
        return number


def _wrong_type(key: str, value: object, kind: type) -> str:
    if isinstance(value, BinaryFraction):
        return tell(
            '{written} is a binary fraction in TOML. Write it in quotes: {key} = "{written}".',
            written=value.written,
            key=key,
        )
    if kind is str and isinstance(value, int) and not isinstance(value, bool):
        return tell('{value} must stand in quotes: {key} = "{value}".', value=value, key=key)
    return tell("this must be {written_as}.", written_as=_WRITTEN_AS[kind])
