"""What a cycle sheet prints of the companion drugs' doses: rows, footnotes, who still must sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from il2desk.desk.chart import GIVEN, CycleChart, PatientChart
from il2desk.desk.code_words import AMENDED_FIELDS, OUTCOME_WORDS, shown
from il2desk.desk.companion_plan import (
    CompanionSlot,
    companion_slots,
    day_words,
    derived_companion,
)
from il2desk.desk.companion_records import CompanionRecord
from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import Change
from il2desk.desk.sheet_rows import (
    approximate_clock,
    lot_text,
    mark_of,
    marked_changes,
    spoken_against,
)
from il2desk.dosing import (
    NO_BREAK,
    Refusal,
    joined,
    tell,
    write_amount,
    write_date,
    write_moment,
    write_weekday,
)
from il2desk.sheets import CompanionDoseRow, Footnote, SheetGap, Shown

_SHEET_FIELD = {
    "given_at": "given_time", "amount": "amount", "outcome": "decision", "product": "product",
    "note": "reason", "against": "reason",
}  # fmt: skip
_FIELD_WORDS = {
    "given_at": tell("given time"),
    "against": tell("mark"),
    "in_error": tell("record"),
    "outcome": tell("decision"),
}


@dataclass(frozen=True, slots=True)
class _Marked:
    record: CompanionRecord
    change: Change
    mark: str


def companion_dose_rows(
    desk: Desk, chart: PatientChart, cycle: CycleChart
) -> tuple[CompanionDoseRow, ...]:
    """A row for every planned or recorded dose; everything but drug and plan is blank until told."""
    marked = tuple(_marked(cycle))
    return tuple(
        _row(desk, slot, _planned_dose(desk, chart, cycle, slot), marked)
        for slot in companion_slots(desk, chart, cycle)
    )


def companion_footnotes(desk: Desk, cycle: CycleChart) -> tuple[Footnote, ...]:
    """Old and new value of every amendment; the marks go on after those of aldesleukin."""
    return tuple(
        Footnote(
            mark=one.mark, what=joined(", ", (_named(one.record), _field(one.change.field))),
            old=shown(one.change.old), new=shown(one.change.new), who=f"{one.change.by} / {one.change.checked_by}",
            when=write_moment(desk.local(one.change.at)), why=one.change.why,
        )
        for one in _marked(cycle)
    )  # fmt: skip


def companion_notes(cycle: CycleChart) -> tuple[str, ...]:
    """A sentence for every record that was entered in error."""
    return tuple(
        tell(
            "{named}: a record was entered in error and is kept in the journal.",
            named=_named(record),
        )
        for record in cycle.companions
        if record.in_error
    )


def unsigned_companions(cycle: CycleChart) -> tuple[str, ...]:
    """Recorded doses that wait for a second person, by drug and day."""
    return tuple(
        _named(record)
        for record in cycle.companions
        if not record.in_error and record.cosigned_by is None
    )


def _field(name: str) -> str:
    return _FIELD_WORDS.get(name, AMENDED_FIELDS.get(name, name))


def _named(record: CompanionRecord) -> str:
    return joined(", ", (record.drug, day_words(record.day)))


def _marked(cycle: CycleChart) -> Iterator[_Marked]:
    at = len(marked_changes(cycle))
    for record in cycle.companions:
        for change in record.changes:
            yield _Marked(record, change, mark_of(at))
            at += 1


def _planned_dose(desk: Desk, chart: PatientChart, cycle: CycleChart, slot: CompanionSlot) -> Shown:
    if not slot.planned:
        return tell("none")
    if slot.record is not None and slot.record.derived_amount is not None:
        return _amount(slot.record.derived_amount, slot.record.unit)
    made = derived_companion(desk, chart, cycle, slot.companion, slot.day)
    if isinstance(made, Refusal) or made.exact_dose is None:
        why = made.text if isinstance(made, Refusal) else ""
        return SheetGap(tell("Dose of {drug}", drug=slot.companion.drug), why)
    return _amount(made.exact_dose, slot.companion.unit)


def _amount(value: Decimal, unit: str) -> str:
    """An amount in a cell: the number stays with its million, the rest of the unit may wrap."""
    return write_amount(value, unit).replace(f"{NO_BREAK}international", " international")


def _row(
    desk: Desk, slot: CompanionSlot, planned: Shown, marked: tuple[_Marked, ...]
) -> CompanionDoseRow:
    record = slot.record
    day = day_words(slot.day)
    if slot.of_day > 1 or slot.count > 1:
        day = tell("{day}, dose {count}", day=day, count=slot.count)
    plan = CompanionDoseRow(
        drug=slot.companion.drug, day=day,
        date=write_weekday(slot.date).replace(NO_BREAK, " "), planned_dose=planned,
    )  # fmt: skip
    if record is None:
        return plan
    given = None if record.given_at is None else desk.local(record.given_at)
    route = joined(", ", (part for part in (record.route, record.injection_site) if part))
    return CompanionDoseRow(
        drug=plan.drug, day=plan.day, date=plan.date, planned_dose=planned,
        decision=OUTCOME_WORDS[record.outcome],
        given_day="" if given is None else write_date(given.date()),
        given_time="" if given is None else approximate_clock(given, approximate=record.approximate),
        amount="" if record.amount is None else _amount(record.amount, record.unit),
        route=route, product=record.product,
        lots=", ".join(lot_text(lot) for lot in record.lots),
        given_by=record.by if record.outcome in GIVEN else tell("recorded by {by}", by=record.by),
        checked_by=record.cosigned_by or tell("NOT VERIFIED"), reason=_why(record),
        amended=tuple(
            (_SHEET_FIELD[one.change.field], one.mark)
            for one in marked
            if one.record.entry == record.entry and one.change.field in _SHEET_FIELD
        ),
    )  # fmt: skip


def _why(record: CompanionRecord) -> str:
    """Why, who decided, against what, recorded late, note: everything that explains the row."""
    decided = (
        tell("decided by {decided_by}", decided_by=record.decided_by) if record.decided_by else ""
    )
    late = tell("recorded late") if record.recorded_late else ""
    against = spoken_against(record.disputes, record.notes)
    parts = (record.reason, decided, record.against or "", late, record.note, *against)
    return joined("; ", (part for part in parts if part))
