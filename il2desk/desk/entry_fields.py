"""Every field of an entry as a person reads it: nothing is left out but what would let somebody sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from il2desk.desk.code_words import AMENDED_FIELDS, shown
from il2desk.desk.desk import Desk
from il2desk.desk.entry_words import kind_words
from il2desk.dosing import joined, tell
from il2desk.records import Entry, told_moment

HIDDEN = ("pin_hash",)
"""Never shown or exported: whoever has it can try PINs against it elsewhere."""
_LONG = 600
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def changes_of_entry(desk: Desk, entry: Entry) -> tuple[tuple[str, str, str], ...]:
    """What a correction changed: field, old, new; empty where it corrects nothing by a value."""
    changes = entry.body.get("changes")
    if isinstance(changes, tuple):
        return tuple(
            (_name(str(one["field"])), _text(one.get("old_text", one.get("old"))),
             _text(one.get("new_text", one.get("new"))))
            for one in changes
            if isinstance(one, Mapping) and "field" in one
        )  # fmt: skip
    before = None if entry.amends is None else desk.journal.entry(entry.amends)
    if before is None or before.kind.rpartition("-")[0] != entry.kind.rpartition("-")[0]:
        return ()
    return tuple(
        (_name(name), _text(before.body[name]), _text(value))
        for name, value in entry.body.items()
        if name != "signatures" and name in before.body and before.body[name] != value
    )


def signers_of(entry: Entry) -> tuple[Mapping[str, Any], ...]:
    """The signatures of an entry as they are stored."""
    found = entry.body.get("signatures")
    return found if isinstance(found, tuple) else ()


def _signature(desk: Desk, one: Mapping[str, Any]) -> str:
    said = tell(
        "{name}, {role}, {at}: {meaning}",
        name=one["name"], role=shown(one["role"]), at=_moments(desk, one["at"]),
        meaning=one["meaning"],
    )  # fmt: skip
    return tell("{said} ({note})", said=said, note=one["note"]) if one.get("note") else said


def entry_fields(desk: Desk, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Label and value of everything the entry holds, and where it stands in the chain."""
    changed = changes_of_entry(desk, entry)
    return (
        (tell("Entry"), str(entry.sequence)),
        (tell("Kind"), kind_words(entry.kind)),
        (tell("Stored"), told_moment(entry.at, desk.zone)),
        (tell("Written in"), tell("{zone} {offset}", zone=entry.zone, offset=entry.local_offset)),
        *((tell("Reason"), one) for one in (entry.reason,) if one),
        *(
            (name, tell("was {old}, is {new}", old=old, new=new))
            for name, old, new in changed
        ),
        *((tell("Signed"), _signature(desk, one)) for one in signers_of(entry)),
        *((name, _moments(desk, text)) for name, text in _flat(entry.body.items())),
        *((tell("Corrects entry"), _sequence(desk, one)) for one in (entry.amends,) if one),
        (tell("Protocol"), entry.protocol_fingerprint or tell("none")),
        (tell("Program version"), entry.program_version),
        (tell("Id"), entry.id),
        (tell("Hash before"), entry.previous_hash),
        (tell("Hash"), entry.hash),
    )  # fmt: skip


def _moments(desk: Desk, text: str) -> str:
    """The text; a moment that is stored in UTC as people read it, with its offset."""
    if not _MOMENT.fullmatch(text):
        return text
    return told_moment(datetime.fromisoformat(text), desk.zone)


def _sequence(desk: Desk, id_: str) -> str:
    found = desk.journal.entry(id_)
    return id_ if found is None else str(found.sequence)


def _flat(items: Iterable[tuple[str, Any]], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in items:
        label = f"{before}{_name(str(name))}"
        if name in ("signatures", "changes"):
            continue
        if name in HIDDEN:
            yield label, tell("stored as a hash, not shown")
        elif isinstance(value, Mapping):
            yield from _flat(value.items(), f"{label}, ")
        elif isinstance(value, tuple) and any(isinstance(one, Mapping) for one in value):
            for at, one in enumerate(value, start=1):
                if isinstance(one, Mapping):
                    yield from _flat(one.items(), f"{label} {at}, ")
                else:
                    yield f"{label} {at}", _text(one)
        else:
            yield label, _text(value)


def _name(field: str) -> str:
    return AMENDED_FIELDS.get(field, field.replace("_", " "))


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a body may hold
    """A value as it is stored; a long text is cut, and says so."""
    if value is None or value in ("", ()):
        return tell("none")
    if isinstance(value, bool):
        return tell("yes") if value else tell("no")
    if isinstance(value, tuple):
        return joined("; ", (_text(one) for one in value))
    if isinstance(value, Mapping):
        return joined(", ", (f"{_name(str(name))} {_text(one)}" for name, one in value.items()))
    text = str(value)
    if len(text) <= _LONG:
        return text
    return tell("{text} ... ({count} letters)", text=text[:_LONG], count=len(text))
