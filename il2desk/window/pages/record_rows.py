"""The rows of the records: doses newest first, with corrections and checks under each."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from il2desk.desk import (
    AdministrationRecord,
    Change,
    CheckRecord,
    CycleChart,
    Desk,
    Discarded,
    DoseRecords,
    PatientChart,
    SlotState,
    slot_states,
)
from il2desk.dosing import NO_BREAK, tell, write_dose, write_moment
from il2desk.window.pages.companion_record_rows import companion_record_rows
from il2desk.window.pages.record_weights import weight_rows
from il2desk.window.spoken import spoken
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say

_IN_GIVEN = ("given_at", "stopped_at")
_IN_AMOUNT = ("given_dose_iu", "volume_ml")
# What an amended field is called, by its name in the journal.
FIELD_WORDS = {
    "given_at": tell("time given"),
    "stopped_at": tell("time stopped"),
    "volume_ml": tell("volume"),
    "given_dose_iu": tell("given dose"),
    "outcome": tell("outcome"),
    "note": tell("note"),
    "reason": tell("reason"),
    "decided_by": tell("decided by"),
    "lots": tell("lots"),
    "in_error": tell("record"),
}


def columns() -> tuple[Column, ...]:
    """The columns of the table."""
    return (
        Column(say("Dose"), stretch=0),
        Column(say("What and why"), stretch=5),
        Column(say("Planned"), stretch=2),
        Column(say("Given"), stretch=2),
        Column(say("Given dose"), stretch=2),
        Column(say("Recorded"), stretch=2),
    )


def rows_of(desk: Desk, chart: PatientChart) -> tuple[Row, ...]:
    """Every dose of which anything is recorded, and every weight, newest first. Ids: see `row_id`."""
    found: list[tuple[datetime, list[Row]]] = []
    for cycle in chart.cycles.values():
        slots = {slot.number: slot for slot in slot_states(desk, cycle)}
        for dose in cycle.doses.values():
            when = _newest(dose)
            if when is not None:
                found.append((when, _dose_rows(desk, cycle, dose, slots[dose.number])))
    found.extend((when, [row]) for when, row in weight_rows(desk, chart))
    found.extend(companion_record_rows(desk, chart))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(row for _, rows in found for row in rows)


def row_id(cycle: str, number: int, kind: str = "dose", what: str = "") -> str:
    """The id of a row: cycle, dose number, kind and entry.

    Kinds are "dose", "change", "check", "voided" (a check entered in error), "discarded" (a preparation) and "error"; and without
    cycle, of dose 0, "weight" and "weight in error"; of dose 0, "companion" and "companion in error".
    """
    return f"{cycle}/{number}/{kind}/{what}"


def parts_of(row: str) -> tuple[str, int, str, str]:
    """Cycle, dose number, kind and entry of a row id."""
    cycle, number, kind, what = row.split("/")
    return cycle, int(number), kind, what


def _newest(dose: DoseRecords) -> datetime | None:
    times = [check.assessed_at for check in (*dose.checks, *dose.voided)]
    times.extend(record.recorded_at for record in dose.errors)
    times.extend(one.at for one in dose.discarded)
    if dose.release is not None:
        times.append(dose.release.at)
    if dose.administration is not None:
        times.append(dose.administration.recorded_at)
    return max(times, default=None)


def _dose_rows(desk: Desk, chart: CycleChart, dose: DoseRecords, slot: SlotState) -> list[Row]:
    cycle = chart.id
    rows = [_main(desk, cycle, dose, slot)]
    record = dose.administration
    if record is not None:
        for change in record.changes:
            rows.extend(_change(desk, cycle, dose, change))
    for wrong in dose.errors:
        rows.append(_error(desk, cycle, dose, wrong))
        for change in wrong.changes:
            rows.extend(_change(desk, cycle, dose, change))
    rows.extend(_check(desk, cycle, dose, check) for check in reversed(dose.checks))
    rows.extend(_discarded(desk, cycle, dose, one) for one in reversed(dose.discarded))
    rows.extend(_voided(desk, cycle, dose, check) for check in reversed(dose.voided))
    return rows


def _main(desk: Desk, cycle: str, dose: DoseRecords, slot: SlotState) -> Row:
    record = dose.administration
    planned = write_moment(desk.local(dose.planned))
    number = str(dose.number)
    if record is None:
        word = say("{word}\nno outcome yet", word=slot.word)
        amount = "" if dose.release is None else _prepared(dose)
        cells: tuple[Cell | str, ...] = (
            number, Cell(word, slot.state, bold=True), planned, say("not recorded"), amount, "",
        )  # fmt: skip
        said = say("Dose {n}, {word}, no outcome yet", n=number, word=slot.word)
        return Row(row_id(cycle, dose.number), cells, said)
    glyph = record.waits or record.outcome
    word = say(record.outcome.capitalize())
    if record.waits:
        word = say("{word}, {waits}", word=word, waits=say(record.waits))
    cells = (
        Cell(number, bold=True),
        Cell(_with_reason(word, record), glyph, amended=bool(record.changes), bold=True),
        planned,
        _given(desk, record),
        _amount(record),
        _recorded(desk, record),
    )
    said = say("Dose {n}, {word}, planned {when}", n=number, word=word, when=planned)
    return Row(row_id(cycle, dose.number), cells, said)


def _with_reason(word: str, record: AdministrationRecord) -> str:
    return f"{word}\n{spoken(record.reason)}" if record.reason else word


def _given(desk: Desk, record: AdministrationRecord) -> str:
    if record.given_at is None:
        return say("not known") if record.outcome == "not known" else say("not given")
    when = write_moment(desk.local(record.given_at))
    return say("{when} approximate", when=when) if record.approximate else when


def _prepared(dose: DoseRecords) -> str:
    if dose.release is None:
        return ""
    return say("prepared\n{dose}", dose=_two_lines(dose.release.prepared_dose_iu))


def _amount(record: AdministrationRecord) -> str:
    """The given dose with its unit; in words where none went in or nobody knows."""
    if record.given_dose_iu is not None:
        return _two_lines(record.given_dose_iu)
    return say("not known") if record.outcome == "not known" else say("none")


def _two_lines(international_units: Decimal) -> str:
    """The dose with its unit under it: on one line the last column would not fit the window."""
    return _unit_below(write_dose(international_units))


def _unit_below(text: str) -> str:
    return text.replace(f"{NO_BREAK}international", "\ninternational")


def _recorded(desk: Desk, record: AdministrationRecord) -> str:
    when = write_moment(desk.local(record.recorded_at))
    late = say(", late") if record.recorded_late else ""
    first = f"{record.by}\n{when}{late}"
    if record.cosigned_by is None:
        return first
    return f"{first}\n{say('second person {name}', name=record.cosigned_by)}"


def _change(desk: Desk, cycle: str, dose: DoseRecords, change: Change) -> tuple[Row, Row]:
    """What the field was, struck, and under it what it is, with who amended it, when and why."""
    letter, what = f"A{change.number}", say(FIELD_WORDS.get(change.field, change.field))
    when = write_moment(desk.local(change.at))
    people = say("{by}\n{when}\nsecond person {second}", by=change.by, when=when,
                 second=change.checked_by)  # fmt: skip
    said = say("Amendment {n} of dose {dose}: {what} was {old}, is {new}", n=change.number,
               dose=dose.number, what=what, old=change.old, new=change.new)  # fmt: skip
    row = row_id(cycle, dose.number, "change", f"{change.at.isoformat()}+{letter}")
    was = say("{letter} {what} was", letter=letter, what=what)
    now = say("{letter} {what} is now\nreason: {why}", letter=letter, what=what, why=change.why)
    number = str(dose.number)
    if change.field in (*_IN_GIVEN, *_IN_AMOUNT):
        at = 3 if change.field in _IN_GIVEN else 4
        old_cells: list[Cell | str] = [number, was, "", "", "", ""]
        new_cells: list[Cell | str] = [number, Cell(now, bold=True), "", "", "", people]
        old, new = (_unit_below(text) for text in (change.old, change.new))
        old_cells[at], new_cells[at] = Cell(old, struck=True), Cell(new, bold=True)
    else:  # words have no column of their own
        now = say("{letter} {what} is now: {new}\nreason: {why}", letter=letter, what=what,
                  new=change.new, why=change.why)  # fmt: skip
        old_cells = [number, Cell(f"{was}: {change.old}", struck=True), "", "", "", ""]
        new_cells = [number, Cell(now, bold=True), "", "", "", people]
    return Row(f"{row}+was", tuple(old_cells), said), Row(row, tuple(new_cells), said)


def _error(desk: Desk, cycle: str, dose: DoseRecords, record: AdministrationRecord) -> Row:
    def struck(text: str) -> Cell:
        return Cell(text, struck=True)

    word = say("{word}, entered in error", word=say(record.outcome.capitalize()))
    cells: tuple[Cell | str, ...] = (
        Cell(str(dose.number), bold=True),
        struck(_with_reason(word, record)),
        struck(write_moment(desk.local(dose.planned))),
        struck(_given(desk, record)),
        struck(_amount(record)),
        struck(_recorded(desk, record)),
    )
    said = say("Dose {n}, record entered in error", n=dose.number)
    return Row(row_id(cycle, dose.number, "error", record.entry), cells, said)


def _check(desk: Desk, cycle: str, dose: DoseRecords, check: CheckRecord) -> Row:
    when = write_moment(desk.local(check.assessed_at))
    what = say("Check {verdict}\n{found}", verdict=check.verdict, found=_found(check))
    cells = (str(dose.number), what, "", "", "", f"{check.by}\n{when}")
    said = say("Check of dose {n}: {sentence}", n=dose.number, sentence=check.sentence)
    return Row(row_id(cycle, dose.number, "check", check.entry), cells, said)


def _voided(desk: Desk, cycle: str, dose: DoseRecords, check: CheckRecord) -> Row:
    when = write_moment(desk.local(check.assessed_at))
    what = Cell(say("Check {verdict}, entered in error", verdict=check.verdict), struck=True)
    cells = (str(dose.number), what, "", "", "", Cell(f"{check.by}\n{when}", struck=True))
    said = say("Check of dose {n}, entered in error", n=dose.number)
    return Row(row_id(cycle, dose.number, "voided", check.entry), cells, said)


def _discarded(desk: Desk, cycle: str, dose: DoseRecords, one: Discarded) -> Row:
    when = write_moment(desk.local(one.at))
    what = say(
        "Preparation discarded, given to nobody\n{reason}\n{dose}, prepared by {who}",
        reason=one.reason,
        dose=write_dose(one.release.prepared_dose_iu),
        who=one.release.by,
    )
    cells = (str(dose.number), what, "", say("not given"), say("none"), f"{one.by}\n{when}")
    said = say("Preparation of dose {n} discarded: {reason}", n=dose.number, reason=one.reason)
    return Row(row_id(cycle, dose.number, "discarded", one.release.entry), cells, said)


def _found(check: CheckRecord) -> str:
    """What the check said; a GO in few words, since nothing was outside its limit."""
    if check.verdict == "GO":
        return say("no hold or stop criterion met, {count} assessed", count=check.required)
    return check.sentence.removeprefix(check.verdict).lstrip(".: ")
