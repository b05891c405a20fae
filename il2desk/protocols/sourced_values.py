"""Values that name their source: { value = ..., source = "..." }."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from il2desk.dosing import Evidence, Source, Sourced, tell
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table

NO_SOURCE = Source("", "", Evidence.UNCONFIRMED)
"""Stands where a problem was reported, in a value that is never used."""

NO_DAYS = "none"
"""What a file writes where its document states that cycles follow each other without a rest."""

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
    "document": tell("Write which document the value was read in."),
    "place": tell("Write the section, page or table, so that a second person finds it."),
}
_EVIDENCE = {evidence.value: evidence for evidence in Evidence}


def read_sources(reader: Reader, root: Table) -> None:
    """Read the table of sources, which every value names."""
    for name, row in root.rows("sources"):
        word = row.text("evidence")
        evidence = _EVIDENCE.get(word)
        if word and evidence is None:
            known = ", ".join(_EVIDENCE)
            row.problem(
                "evidence",
                tell('"{word}" is no evidence mark. Write one of {known}.', word=word, known=known),
            )
        document, place = row.text("document"), row.text("place")
        for key, said in (("document", document), ("place", place)):
            if said.strip().casefold() in _SAYS_NOTHING:
                row.problem(
                    key,
                    tell('"{said}" names no {key}. {write}', said=said, key=key, write=_WRITE[key]),
                )
        if (dated := row.day("date")) is not None:
            reader.source_dates[name] = dated
        citation = row.text("citation", "")
        reader.sources[name] = Source(document, place, evidence or Evidence.UNCONFIRMED, citation)
        row.close()
        _check_citation(reader, row, document, citation)


def _check_citation(reader: Reader, row: Table, document: str, citation: str) -> None:
    """A document has one full citation, written with any one of its sources."""
    others = (one.citation for one in reader.sources.values() if one.document == document)
    other = next((one for one in others if one not in ("", citation)), "")
    if citation and other:
        text = tell(
            '"{document}" has another citation above: "{other}". Keep one of them.',
            document=document,
            other=other,
        )
        row.problem("citation", text)


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source of a file under its name there, with the fields that rest on it, in their order.

    The `citation` of the source is filled in where another source of the same document has it.
    """

    name: str
    source: Source
    fields: tuple[str, ...]


def used_sources(reader: Reader) -> tuple[UsedSource, ...]:
    """All sources of the file that was read."""
    cited = {one.document: one.citation for one in reader.sources.values() if one.citation}
    fields: dict[str, list[str]] = {name: [] for name in reader.sources}
    for field, name in dict.fromkeys(reader.uses):
        fields[name].append(field)
    return tuple(
        UsedSource(
            name,
            replace(source, citation=cited.get(source.document, "")),
            tuple(fields[name]),
        )
        for name, source in reader.sources.items()
    )


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


def sourced_days_or_none(table: Table, key: str) -> Sourced[int] | None:
    """Days of rest with their source; "none", written out, is 0 days, which no number may say."""
    row = _value_row(table, key, required=False)
    if row is None:
        return None
    source, days = row.source(), 0
    if row.holds_text("value"):
        if row.text("value") != NO_DAYS:
            row.problem(
                "value",
                tell(
                    'write a whole number of days from 1, or "{no_days}" where there is no rest.',
                    no_days=NO_DAYS,
                ),
            )
    else:
        days = (
            row.whole(
                "value", instead=tell('Or "{no_days}", where there is no rest.', no_days=NO_DAYS)
            )
            or 0
        )
    row.close()
    return Sourced(days, source)


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
        table.problem(
            key,
            tell('"{key}" is missing. Write {key} = {{ value = ..., source = "..." }}.', key=key),
        )
    return row
