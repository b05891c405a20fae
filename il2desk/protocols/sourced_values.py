"""Values that name their source: { value = ..., source = "..." }."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import Evidence, Source, Sourced
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table

NO_SOURCE = Source("", "", Evidence.UNCONFIRMED)
"""Stands where a problem was reported, in a value that is never used."""

_SAYS_NOTHING = frozenset(
    (
        "-",
        "--",
        "?",
        "...",
        "n/a",
        "na",
        "none",
        "nil",
        "unknown",
        "not known",
        "tbd",
        "todo",
        "to do",
        "x",
    )
)
_WRITE = {
    "document": "Write which document the value was read in.",
    "place": "Write the section, page or table, so that a second person finds it.",
}
_EVIDENCE = {evidence.value: evidence for evidence in Evidence}


def read_sources(reader: Reader, root: Table) -> None:
    """Read the table of sources, which every value names."""
    for name, row in root.rows("sources"):
        word = row.text("evidence")
        evidence = _EVIDENCE.get(word)
        if word and evidence is None:
            known = ", ".join(_EVIDENCE)
            row.problem("evidence", f'"{word}" is no evidence mark. Write one of {known}.')
        document, place = row.text("document"), row.text("place")
        for key, said in (("document", document), ("place", place)):
            if said.strip().casefold() in _SAYS_NOTHING:
                row.problem(key, f'"{said}" names no {key}. {_WRITE[key]}')
        if (dated := row.day("date")) is not None:
            reader.source_dates[name] = dated
        reader.sources[name] = Source(document, place, evidence or Evidence.UNCONFIRMED)
        row.close()


def sourced_decimal(table: Table, key: str, *, required: bool = True) -> Sourced[Decimal] | None:
    """A decimal with its source: { value = "8", source = "..." }."""
    row = _value_row(table, key, required=required)
    if row is None:
        return None
    value = row.decimal("value")
    source = row.source()
    row.close()
    return None if value is None else Sourced(value, source)


def sourced_whole(table: Table, key: str, *, required: bool = True) -> Sourced[int] | None:
    """A count with its source: { value = 15, source = "..." }."""
    row = _value_row(table, key, required=required)
    if row is None:
        return None
    value = row.whole("value")
    source = row.source()
    row.close()
    return None if value is None else Sourced(value, source)


def sourced_text(table: Table, key: str, *, required: bool = True) -> Sourced[str] | None:
    """A text with its source: { value = "...", source = "..." }."""
    row = _value_row(table, key, required=required)
    if row is None:
        return None
    found = Sourced(row.text("value"), row.source())
    row.close()
    return found


def sourced_texts(table: Table, key: str) -> tuple[str, ...]:
    """A list of texts with its source, empty where the key is left out."""
    row = _value_row(table, key, required=False)
    if row is None:
        return ()
    found = row.texts("value")
    row.source()
    row.close()
    return found


def _value_row(table: Table, key: str, *, required: bool) -> Table | None:
    row = table.table(key)
    if row is None and required and key not in table:
        table.problem(key, f'"{key}" is missing. Write {key} = {{ value = ..., source = "..." }}.')
    return row
