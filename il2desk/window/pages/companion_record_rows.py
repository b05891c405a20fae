"""The rows of the records that tell a dose of a companion drug, its corrections, and its errors."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk import (
    Change,
    CompanionPlace,
    CompanionRecord,
    CycleChart,
    Desk,
    PatientChart,
    day_words,
    locate_companion,
)
from il2desk.dosing import Refusal, tell, write_amount, write_date, write_moment
from il2desk.window.pages.companion_words import companion_record_lines, unit_below
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Cell, Row
from il2desk.words import say

COMPANION, COMPANION_IN_ERROR = "companion", "companion in error"
_NOWHERE = 0  # it belongs to no dose of aldesleukin
FIELD_WORDS = {
    "given_at": tell("time given"),
    "amount": tell("amount"),
    "in_error": tell("record"),
    "against": tell("mark"),
}


def companion_record_rows(desk: Desk, chart: PatientChart) -> list[tuple[datetime, list[Row]]]:
    """Every recorded dose with its corrections under it, and when it was recorded."""
    return [
        (record.recorded_at, _rows(desk, cycle, record))
        for cycle in chart.cycles.values()
        for record in cycle.companions
    ]


def companion_row_id(cycle: str, record: CompanionRecord) -> str:
    """The id of a row that belongs to no dose: see `row_id` of the dose rows."""
    kind = COMPANION_IN_ERROR if record.in_error else COMPANION
    return f"{cycle}/{_NOWHERE}/{kind}/{record.entry}"


def companion_record_of(
    chart: PatientChart, entry: str
) -> tuple[CycleChart, CompanionRecord] | None:
    """The record of an entry with its cycle, or None; the entry may name a correction of it."""
    for cycle in chart.cycles.values():
        for record in cycle.companions:
            if entry.partition("+")[0] == record.entry:
                return cycle, record
    return None


def place_of_record(
    chart: PatientChart, cycle: CycleChart, record: CompanionRecord
) -> CompanionPlace:
    """Where a record stands."""
    return CompanionPlace(chart.subject.id, cycle.id, record.companion, record.day, record.count)


def companion_detail(desk: Desk, chart: PatientChart, entry: str) -> tuple[str, ...]:
    """Everything that is recorded of one dose; empty where the entry is none of this patient's."""
    found = companion_record_of(chart, entry)
    if found is None:
        return ()
    at = locate_companion(desk, place_of_record(chart, *found))
    if isinstance(at, Refusal):
        return at.reasons
    lines = companion_record_lines(desk, at, found[1])
    if found[1].in_error:
        lines = (*lines, say("Entered in error: nothing of this record happened."))
    return lines


def _rows(desk: Desk, cycle: CycleChart, record: CompanionRecord) -> list[Row]:
    changes = (_change(desk, cycle, record, change) for change in record.changes)
    return [_main(desk, cycle, record), *changes]


def _main(desk: Desk, cycle: CycleChart, record: CompanionRecord) -> Row:
    def told(text: str) -> Cell:
        return Cell(text, struck=record.in_error)

    word = say(record.outcome.capitalize())
    if record.in_error:
        word = say("{word}, entered in error", word=word)
    elif record.waits:
        word = say("{word}, {waits}", word=word, waits=say(record.waits))
    day = day_words(record.day)
    what = spoken_all(
        (part for part in (f"{record.drug}, {day}", word, record.reason) if part), "\n"
    )
    given = "" if record.given_at is None else write_moment(desk.local(record.given_at))
    amount = "" if record.amount is None else write_amount(record.amount, record.unit)
    by = f"{record.by}\n{write_moment(desk.local(record.recorded_at))}"
    if record.recorded_late:
        by = say("{by}, late", by=by)
    if record.cosigned_by is not None:
        by = say("{by}\nsecond person {name}", by=by, name=record.cosigned_by)
    glyph = record.waits or record.outcome
    cells = (
        "", Cell(what, None if record.in_error else glyph, amended=bool(record.changes),
                 struck=record.in_error, bold=True),
        told(write_date(record.day_date)), told(given or _not_given(record)),
        told(unit_below(amount)), told(by),
    )  # fmt: skip
    said = say("{drug}, {day}, {word}", drug=record.drug, day=day, word=word)
    return Row(companion_row_id(cycle.id, record), cells, said)


def _not_given(record: CompanionRecord) -> str:
    return say("not known") if record.outcome == "not known" else say("not given")


def _change(desk: Desk, cycle: CycleChart, record: CompanionRecord, change: Change) -> Row:
    """What the field was and is now, with who amended it, when and why."""
    what = say(FIELD_WORDS.get(change.field, change.field))
    now = say("A{number} {what}: was {old}, is now {new}\nreason: {why}", number=change.number,
              what=what, old=change.old, new=change.new, why=change.why)  # fmt: skip
    people = say("{by}\n{when}\nsecond person {second}", by=change.by,
                 when=write_moment(desk.local(change.at)), second=change.checked_by)  # fmt: skip
    return Row(
        f"{companion_row_id(cycle.id, record)}+A{change.number}",
        ("", Cell(now, bold=True), "", "", "", people),
        say("Amendment {number} of {drug}, {day}", number=change.number, drug=record.drug,
            day=day_words(record.day)),
    )  # fmt: skip
