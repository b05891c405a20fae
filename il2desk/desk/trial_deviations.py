"""What of a trial must be read: records that wait, disputes, marks, errors, discarded preparations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from il2desk.desk.chart import CycleChart
from il2desk.desk.code_words import AMENDED_FIELDS, shown
from il2desk.desk.companion_plan import day_words
from il2desk.desk.companion_records import CompanionRecord
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import weight_note
from il2desk.desk.records_of_a_dose import AdministrationRecord, Discarded, DoseRecords
from il2desk.desk.sheet_names import cycle_name
from il2desk.desk.sheet_rows import lot_text
from il2desk.desk.trial_checks import where_of
from il2desk.desk.trial_counts import TrialPatient
from il2desk.dosing import joined, tell, write_moment, write_quantity
from il2desk.sheets import TrialEvent

NO_SECOND = tell("No second person")


def deviation_rows(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[TrialEvent, ...]:
    """Every deviation of every patient, in the order of cycles and doses."""
    return tuple(event for one in patients for event in _of_patient(desk, one))


def _of_patient(desk: Desk, one: TrialPatient) -> Iterator[TrialEvent]:
    for wrong in one.chart.weights_in_error:
        kilograms = write_quantity(wrong.weight.weight_kg, "kg")
        yield TrialEvent(
            one.code, tell("weight"), tell("Weight {kilograms} was entered in error", kilograms=kilograms),
            write_moment(desk.local(wrong.at)), wrong.reason, f"{wrong.by}, {wrong.checked_by}",
        )  # fmt: skip
    for cycle in one.cycles:
        for dose in cycle.doses.values():
            yield from _of_dose(desk, one, cycle, dose)
        for record in cycle.companions:
            yield from _of_record(desk, one, _companion_place(cycle, record), record)


def _companion_place(cycle: CycleChart, record: CompanionRecord) -> str:
    return joined(", ", (cycle_name(cycle), record.drug, day_words(record.day)))


def _of_dose(
    desk: Desk, one: TrialPatient, cycle: CycleChart, dose: DoseRecords
) -> Iterator[TrialEvent]:
    where = where_of(cycle, dose.number)
    for check in dose.voided:
        yield TrialEvent(
            one.code, where, tell("A check ({verdict}) was entered in error", verdict=check.verdict),
            write_moment(desk.local(check.assessed_at)), tell("kept in the journal"), check.by,
        )  # fmt: skip
    if note := weight_note(dose):
        at = dose.release.at if dose.release is not None else dose.planned
        who = "" if dose.release is None else dose.release.by
        yield TrialEvent(
            one.code, where, tell("Released, {note}", note=note), write_moment(desk.local(at)),
            tell("the preparation is of another weight"), who,
        )  # fmt: skip
    records = [*dose.errors, *([] if dose.administration is None else [dose.administration])]
    for record in records:
        yield from _of_record(desk, one, where, record)


def _of_record(
    desk: Desk, one: TrialPatient, where: str, record: AdministrationRecord | CompanionRecord
) -> Iterator[TrialEvent]:
    """Everything about one record, a row each; a record in error says that and nothing else."""
    at = write_moment(desk.local(record.recorded_at))

    def event(what: str, detail: str, who: str, when: str = at) -> TrialEvent:
        return TrialEvent(one.code, where, what, when, detail, who)

    if record.in_error:
        last = record.changes[-1] if record.changes else None
        why = tell("kept in the journal") if last is None else last.reason
        yield event(
            tell("A record ({outcome}) was entered in error", outcome=shown(record.outcome)),
            why,
            record.by,
        )
        return
    if record.cosigned_by is None:
        yield event(
            NO_SECOND, tell("recorded as {outcome}", outcome=shown(record.outcome)), record.by
        )
    for dispute in record.disputes:
        settled = tell("amended since") if dispute.settled else tell("waits for an amendment")
        when = write_moment(desk.local(dispute.at))
        yield event(tell("Disputed"), joined("; ", (dispute.reason, settled)), dispute.by, when)
    if record.against:
        why = tell("{against} {reason}", against=record.against, reason=record.reason)
        if record.decided_by:
            why = tell("{why}; decided by {who}", why=why, who=record.decided_by)
        yield event(tell("Marked"), why, record.by)
    if record.recorded_late:
        yield event(tell("Recorded late"), record.reason, record.by)
    for change in record.changes:
        when = write_moment(desk.local(change.at))
        field = AMENDED_FIELDS.get(change.field, change.field.replace("_", " "))
        yield event(
            tell("Amended: {field}", field=field), change.why, f"{change.by}, {change.checked_by}", when,
        )  # fmt: skip
    for note in record.notes:
        yield event(tell("To be read with the signatures"), note, record.by)


def discarded_rows(desk: Desk, patients: Iterable[TrialPatient]) -> tuple[TrialEvent, ...]:
    """Every preparation that was released and given to nobody."""
    return tuple(
        _discarded(desk, one, where_of(cycle, dose.number), found)
        for one in patients
        for cycle in one.cycles
        for dose in cycle.doses.values()
        for found in dose.discarded
    )


def _discarded(desk: Desk, one: TrialPatient, where: str, found: Discarded) -> TrialEvent:
    release = found.release
    lots = ", ".join(lot_text(lot) for lot in release.lots)
    volume = write_quantity(release.prepared_volume_ml, "mL")
    when = write_moment(desk.local(release.at))
    return TrialEvent(
        one.code,
        where,
        tell("{volume}, lot {lots}", volume=volume, lots=lots),
        write_moment(desk.local(found.at)),
        tell(
            "{reason}; released {when} by {by}, checked by {checked_by}",
            reason=found.reason,
            when=when,
            by=release.by,
            checked_by=release.checked_by,
        ),
        found.by,
    )
