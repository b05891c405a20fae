"""The rows of a site's copy in a table: what it is, what stands there, where it was read, its mark."""

from __future__ import annotations

from collections.abc import Sequence

from il2desk.desk import Row as CopyRow
from il2desk.desk import field_in_words
from il2desk.dosing import tell
from il2desk.window.tables import Column, Row
from il2desk.words import say

_KINDS = {
    "head": "",
    "gap": tell("▲ gap"),
    "open rule": tell("▲ open rule"),
    "to confirm": tell("▲ to confirm"),
    "value": "",
}


def columns() -> tuple[Column, ...]:
    """The columns of the table."""
    return (
        Column(say("What"), stretch=3), Column(say("Value"), stretch=3),
        Column(say("Document and place"), stretch=4), Column(say("Mark"), stretch=2),
        Column(say("State"), stretch=1),
    )  # fmt: skip


def table_rows(rows: Sequence[CopyRow]) -> list[Row]:
    """A line for every row; its id is the path in the file."""
    return [_row(row) for row in rows]


def first_open(rows: Sequence[CopyRow]) -> str:
    """The first row in which the site has something to do: an empty head, a gap, an open rule."""
    waiting = [row for row in rows if row.is_open or (row.kind == "head" and not row.value)]
    needed = [row for row in waiting if row.field != "effective"] or waiting or list(rows)
    return needed[0].field if needed else ""


def row_title(row: CopyRow) -> str:
    """What the value is, in words; a value without a name of its own by its place in the file."""
    return field_in_words(row.field) if row.name == row.field else row.name


def _row(row: CopyRow) -> Row:
    source = row.source
    cited = "" if source is None else f"{source.document}, {source.place}"
    mark = "" if source is None else source.evidence.in_words
    words = row_title(row)
    name = words if words == row.field else f"{words} ({row.field})"
    empty = say("not filled in") if row.is_open or row.kind == "head" else ""
    return Row(row.field, (name, row.value or empty, cited, mark, say(_KINDS[row.kind])))
