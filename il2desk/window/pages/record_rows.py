"""The rows of the records: doses newest first, with corrections and checks under each."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from il2desk.desk import AdministrationRecord, Change, CheckRecord, Desk, DoseRecords, PatientChart
from il2desk.dosing import NO_BREAK, write_dose, write_moment
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say

_UNIT = f"{NO_BREAK}international{NO_BREAK}units"
# What an amended field is called, by its name in the journal.
FIELD_WORDS = {
    "given_at": "time given",
    "stopped_at": "time stopped",
    "volume_ml": "volume",
    "given_dose_iu": "given dose",
    "outcome": "outcome",
    "note": "note",
    "reason": "reason",
    "decided_by": "decided by",
    "lots": "lots",
    "in_error": "record",
}


def columns() -> tuple[Column, ...]:
    """The columns of the table."""
    return (
        Column(say("Dose"), stretch=0),
        Column(say("What"), stretch=2),
        Column(say("Planned"), stretch=2),
        Column(say("Given"), stretch=2),
        Column(say("Given dose,\ninternational units"), stretch=3),
        Column(say("Recorded"), stretch=2),
        Column("", stretch=0),  # the scroll bar lies over it, never over a date
    )


def rows_of(desk: Desk, chart: PatientChart) -> tuple[Row, ...]:
    """Every dose of which anything is recorded, newest first. Ids: see `row_id`."""
    found: list[tuple[datetime, list[Row]]] = []
    for cycle in chart.cycles.values():
        for dose in cycle.doses.values():
            when = _newest(dose)
            if when is not None:
                found.append((when, _dose_rows(desk, cycle.id, dose)))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(row for _, rows in found for row in rows)


def row_id(cycle: str, number: int, kind: str = "dose", what: str = "") -> str:
    """The id of a row: cycle, dose number, kind ("dose", "change", "check", "error") and entry."""
    return f"{cycle}/{number}/{kind}/{what}"


def parts_of(row: str) -> tuple[str, int, str, str]:
    """Cycle, dose number, kind and entry of a row id."""
    cycle, number, kind, what = row.split("/")
    return cycle, int(number), kind, what


def _newest(dose: DoseRecords) -> datetime | None:
    times = [check.assessed_at for check in dose.checks]
    times.extend(record.recorded_at for record in dose.errors)
    if dose.release is not None:
        times.append(dose.release.at)
    if dose.administration is not None:
        times.append(dose.administration.recorded_at)
    return max(times, default=None)


def _dose_rows(desk: Desk, cycle: str, dose: DoseRecords) -> list[Row]:
    rows = [_main(desk, cycle, dose)]
    record = dose.administration
    if record is not None:
        rows.extend(_change(desk, cycle, dose, change) for change in record.changes)
    for wrong in dose.errors:
        rows.append(_error(desk, cycle, dose, wrong))
        rows.extend(_change(desk, cycle, dose, change) for change in wrong.changes)
    rows.extend(_check(desk, cycle, dose, check) for check in reversed(dose.checks))
    return rows


def _main(desk: Desk, cycle: str, dose: DoseRecords) -> Row:
    record = dose.administration
    planned = write_moment(desk.local(dose.planned))
    number = str(dose.number)
    if record is None:
        word = say("Prepared") if dose.release is not None else say("No outcome yet")
        glyph = "prepared" if dose.release is not None else "scheduled"
        amount = "" if dose.release is None else _prepared(dose)
        cells: tuple[Cell | str, ...] = (
            number, Cell(word, glyph, bold=True), planned, "", amount, "", "",
        )  # fmt: skip
        return Row(row_id(cycle, dose.number), cells, say("Dose {n}, {word}", n=number, word=word))
    glyph = record.outcome if record.cosigned_by is not None else "needs second person"
    word = record.outcome.capitalize()
    if record.cosigned_by is None:
        word = say("{word}, needs second person", word=word)
    cells = (
        Cell(number, bold=True),
        Cell(word, glyph, amended=bool(record.changes), bold=True),
        planned,
        _given(desk, record),
        _amount(record),
        _recorded(desk, record),
        "",
    )
    said = say("Dose {n}, {word}, planned {when}", n=number, word=word, when=planned)
    return Row(row_id(cycle, dose.number), cells, said)


def _given(desk: Desk, record: AdministrationRecord) -> str:
    if record.given_at is None:
        return ""
    when = write_moment(desk.local(record.given_at))
    return say("{when} approximate", when=when) if record.approximate else when


def _prepared(dose: DoseRecords) -> str:
    if dose.release is None:
        return ""
    return say("prepared {dose}", dose=_bare(dose.release.prepared_dose_iu))


def _amount(record: AdministrationRecord) -> str:
    if record.given_dose_iu is not None:
        return _bare(record.given_dose_iu)
    return record.reason


def _bare(international_units: Decimal) -> str:
    """The dose without its unit, which stands at the head of the column."""
    return write_dose(international_units).removesuffix(_UNIT)


def _recorded(desk: Desk, record: AdministrationRecord) -> str:
    when = write_moment(desk.local(record.recorded_at))
    late = say(", late") if record.recorded_late else ""
    return f"{record.by}\n{when}{late}"


def _change(desk: Desk, cycle: str, dose: DoseRecords, change: Change) -> Row:
    number = f"A{change.number}"
    what = say(FIELD_WORDS.get(change.field, change.field))
    when = write_moment(desk.local(change.at))
    cells = (
        number,
        say("amended\n{when}", when=when),
        what,
        Cell(change.old, struck=True),
        Cell(change.new, bold=True),
        say("{by}, {second}\n{why}", by=change.by, second=change.checked_by, why=change.reason),
        "",
    )
    said = say("Amendment {n} of dose {dose}: {what} was {old}, is {new}", n=change.number,
               dose=dose.number, what=what, old=change.old, new=change.new)  # fmt: skip
    row = row_id(cycle, dose.number, "change", f"{change.at.isoformat()}+{number}")
    return Row(row, cells, said)


def _error(desk: Desk, cycle: str, dose: DoseRecords, record: AdministrationRecord) -> Row:
    def struck(text: str) -> Cell:
        return Cell(text, struck=True)

    cells: tuple[Cell | str, ...] = (
        Cell(str(dose.number), bold=True),
        Cell(say("{word}, entered in error", word=record.outcome.capitalize()), struck=True),
        struck(write_moment(desk.local(dose.planned))),
        struck(_given(desk, record)),
        struck(_amount(record)),
        struck(_recorded(desk, record)),
        "",
    )
    said = say("Dose {n}, record entered in error", n=dose.number)
    return Row(row_id(cycle, dose.number, "error", record.entry), cells, said)


def _check(desk: Desk, cycle: str, dose: DoseRecords, check: CheckRecord) -> Row:
    when = write_moment(desk.local(check.assessed_at))
    cells = (
        "", say("Check {verdict}", verdict=check.verdict), "", "", _found(check),
        f"{check.by}\n{when}", "",
    )  # fmt: skip
    said = say("Check of dose {n}: {sentence}", n=dose.number, sentence=check.sentence)
    return Row(row_id(cycle, dose.number, "check", check.entry), cells, said)


def _found(check: CheckRecord) -> str:
    """What the check said; a GO in few words, since nothing was outside its limit."""
    if check.verdict == "GO":
        return say("no criterion met, {count} assessed", count=check.required)
    return check.sentence
