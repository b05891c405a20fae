"""A file as the values that stand in it, whatever its kind: where, what, in which unit, from which source.

Nothing here knows what a regimen or a rule is: a table with `source` lends its source to everything
inside it that has none of its own. So a format that grows needs no change here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import tomli

from il2desk.dosing import Evidence, Source, tell, write_number, write_quantity
from il2desk.protocols.file_text import normalised_text
from il2desk.protocols.locator import KeyPath, line_of_syntax_error
from il2desk.protocols.reader import BinaryFraction

Data = dict[str, object]
Scalar = str | int | bool

_NAMES_A_ROW = ("field", "first", "syringe", "state", "code", "name", "text", "value")
_HEAD = (
    "id", "title", "version", "status", "effective", "site_copy_of", "drug", "name", "printed_as",
    "citation", "notes",
)  # fmt: skip
"""What a file says about itself; it is read in no document."""
_Paths = tuple[
    KeyPath, tuple[str, ...], tuple[str, ...]
]  # in the data, as a key, as people read it
_Around = tuple[KeyPath | None, str | None]  # the nearest table that names a source, and that name
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MARKS = {evidence.value: evidence for evidence in Evidence}


@dataclass(frozen=True, slots=True)
class Stated:
    """One value of a file. `path` finds it in the data, `where` is that path as people read it.

    `key` is the same for the same value in another version, also where rows moved. `source` is that
    of the table at `holder`, the nearest one that names a source; None where none does (title).
    """

    path: KeyPath
    key: tuple[str, ...]
    where: str
    value: Scalar | tuple[Scalar, ...]
    unit: str
    holder: KeyPath | None
    source: Source | None

    @property
    def text(self) -> str:
        """The value as people read it, with its unit."""
        return written(self.value, self.unit)


def data_of(text: str) -> Data:
    """The parsed text of a file that loads without a problem."""
    return tomli.loads(normalised_text(text))


def is_row_list(node: object) -> bool:
    """True for a list of tables."""
    return isinstance(node, list) and bool(node) and all(isinstance(row, dict) for row in node)


def row_label(rows: list[Data], number: int) -> str:
    """What tells a row from the others: its first key that is different in every row, or its number."""
    for key in _NAMES_A_ROW:
        values = [row.get(key) for row in rows]
        whole = all(isinstance(value, str | int) for value in values)
        if whole and len(set(values)) == len(values):
            return f"{key} {values[number]}"
    return tell("row {row}", row=number + 1)


def row_name(rows: list[Data], number: int) -> str:
    """As `row_label`, but short: a row that is known by a whole sentence is called by its number."""
    label = row_label(rows, number)
    return tell("row {row}", row=number + 1) if label.startswith(("text ", "value ")) else label


def first_count(row: Data) -> str | None:
    """The count by which gaps name a level: its `first`, or the first of its listed days."""
    days = row.get("days")
    if isinstance(days, list) and days:
        return str(days[0])
    return str(row["first"]) if "first" in row else None


def source_of(data: Data, name: str | None) -> Source | None:
    """The source that a name stands for in this file."""
    table = cast("Mapping[str, Mapping[str, str]]", data.get("sources", {}))
    row = table.get(name) if name is not None else None
    if row is None:
        return None
    evidence = _MARKS.get(row.get("evidence", ""), Evidence.UNCONFIRMED)
    return Source(row.get("document", ""), row.get("place", ""), evidence)


def stated(data: Data) -> tuple[Stated, ...]:
    """Every value of a file in its order; sources, gaps and the list of open rules are no values."""
    return tuple(_walk(data, data, ((), (), ()), (None, None)))


def _walk(data: Data, node: Data, paths: _Paths, around: _Around) -> Iterator[Stated]:
    path, key, where = paths
    named = node.get("source")
    around = (path, named) if isinstance(named, str) else around
    for name, child in node.items():
        if _is_no_value(path, name, node):
            continue
        here, there, said = (*path, name), (*key, name), (*where, name)
        if isinstance(child, dict):
            yield from _walk(data, child, (here, there, said), around)
        elif is_row_list(child):
            rows = cast("list[Data]", child)
            for number, row in enumerate(rows):
                label, short = row_label(rows, number), row_name(rows, number)
                inside = (*key, f"{name} ({label})"), (*where, f"{name} ({short})")
                yield from _walk(data, row, ((*here, str(number)), *inside), around)
        else:
            # { value = ..., source = ... } is one value: it is called what the table is called.
            own = name == "value" and bool(path)
            unit = node.get("unit") if own else ""
            value = tuple(child) if isinstance(child, list) else cast("Scalar", child)
            holder, source = (None, None) if not path and name in _HEAD else around
            yield Stated(
                here, key if own else there, ".".join(where if own else said), value,
                unit if isinstance(unit, str) else "", holder, source_of(data, source),
            )  # fmt: skip


def _is_no_value(path: KeyPath, name: str, node: Data) -> bool:
    if not path:
        return name in ("format", "kind", "sources", "gaps", "source")
    return name == "source" or (path, name) == (("site",), "open") or (
        name == "unit" and "value" in node
    )  # fmt: skip


def unusable(text: str) -> str:
    """Why a text cannot be shown as values: no TOML, or of another shape; empty where it can.

    It may still have any number of problems.
    """
    try:
        data = tomli.loads(normalised_text(text), parse_float=BinaryFraction)
    except (ValueError, RecursionError) as error:
        line = line_of_syntax_error(text, str(error))
        return tell(
            "Line {line}: this is not valid TOML ({error}). Mend this line.", line=line, error=error
        )
    if not _plain(data):
        return tell("A number with a point, or a date, stands without quotes. Write it in quotes.")
    if not _shaped(data):
        return tell(
            "[site], [[gaps]] or [sources] is no table of the form that the help page shows."
        )
    return ""


def _shaped(data: Data) -> bool:
    """True where the tables that the editor itself reads have their form."""
    site, gaps, sources = (data.get(key, {}) for key in ("site", "gaps", "sources"))
    if not isinstance(site, dict) or not isinstance(sources, dict):
        return False
    texts = (
        site.get("open", []),
        table_in(site, "parts_confirmed").get("value", []),
        data.get("required", []),
    )
    tables = (site.get("max_age_h", {}), site.get("parts_confirmed", {}))
    return (
        all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in texts)
        and all(isinstance(one, dict) for one in tables)
        and _rows(list(sources.values()))
        and (
            gaps == {} or (_rows(gaps) and all("field" in gap for gap in cast("list[Data]", gaps)))
        )
        and isinstance(site.get("syringes", []), list)
        and isinstance(data.get("beyond_use", []), list)
    )


def table_in(data: Data, key: str) -> Data:
    """The table at a key, empty where there is none."""
    found = data.get(key, {})
    return found if isinstance(found, dict) else {}


def _plain(node: object) -> bool:
    if isinstance(node, dict):
        return all(_plain(one) for one in node.values())
    if isinstance(node, list):
        return all(_plain(one) for one in node)
    return isinstance(node, str | int)


def _rows(node: object) -> bool:
    """True for a list of tables of texts; what a gap blocks is a list of them."""
    return isinstance(node, list) and all(
        isinstance(row, dict)
        and all(isinstance(one, str) for key, one in row.items() if key != "blocks")
        for row in node
    )


def written(value: object, unit: str = "") -> str:
    """A value as people read it: numbers grouped with their unit, words in quotation marks."""
    if isinstance(value, tuple | list):
        return ", ".join(written(one) for one in value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if _NUMBER.fullmatch(text):
        number = write_number(Decimal(text))
        return write_quantity(number, unit) if unit else number
    return f'"{text}"' + (f" {unit}" if unit else "")
