"""The rows of the cycle sheet that come from what was recorded: doses, footnotes, signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from il2desk.desk.chart import GIVEN, CycleChart
from il2desk.desk.code_words import OUTCOME_WORDS, shown
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import weight_note
from il2desk.desk.records_of_a_dose import (
    AdministrationRecord,
    Change,
    CheckRecord,
    Dispute,
    DoseRecords,
    Lot,
)
from il2desk.desk.staff import everybody
from il2desk.dosing import (
    joined,
    tell,
    write_clock,
    write_date,
    write_dose,
    write_moment,
    write_offset,
    write_quantity,
    write_weekday,
)
from il2desk.sheets import DoseRow, Footnote, SignatureRow

_SHEET_FIELD = {
    "given_at": "given_time",
    "volume_ml": "volume",
    "given_dose_iu": "dose",
    "outcome": "decision",
    "note": "reason",
    "against": "reason",
    "reason": "reason",
    "lots": "lots",
}
_FIELD_WORDS = {
    "given_at": tell("given time"),
    "volume_ml": tell("volume"),
    "given_dose_iu": tell("given dose"),
    "outcome": tell("decision"),
    "note": tell("note"),
    "against": tell("mark"),
    "in_error": tell("record"),
    "lots": tell("lots"),
}


@dataclass(frozen=True, slots=True)
class MarkedChange:
    """An amended value of a dose with the letter of its footnote."""

    number: int
    change: Change
    mark: str


def marked_changes(cycle: CycleChart) -> tuple[MarkedChange, ...]:
    """Every amendment of the cycle, in the order of doses, with its mark."""
    found: list[tuple[int, Change]] = []
    for dose in cycle.doses.values():
        records = [*dose.errors, *([] if dose.administration is None else [dose.administration])]
        found.extend((dose.number, change) for record in records for change in record.changes)
    return tuple(
        MarkedChange(number, change, mark_of(index)) for index, (number, change) in enumerate(found)
    )


def dose_rows(desk: Desk, cycle: CycleChart) -> tuple[DoseRow, ...]:
    """A row a dose; everything but number and plan stays blank until it happened."""
    marked = marked_changes(cycle)
    stopped = stopped_words(desk, cycle)
    return tuple(_row(desk, dose, marked, stopped) for dose in cycle.doses.values())


def stopped_words(desk: Desk, cycle: CycleChart) -> str | None:
    """When and for how long the cycle was stopped, in words; None where it was not."""
    stop = cycle.stop_by()
    if stop is None and any(dose.administration is None for dose in cycle.doses.values()):
        stop = cycle.barred_by  # one for good in another cycle ends none that was complete
    if stop is None:
        return None
    return tell(
        "STOPPED {scope}, {date}",
        scope=shown(stop.scope or tell("this cycle")),
        date=write_date(desk.local(stop.assessed_at).date()),
    )


def mark_of(index: int) -> str:
    """a, b, ... z, aa, ab: the mark of the footnote at an index from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def lot_text(lot: Lot) -> str:
    """A lot as a sheet names it."""
    return f"{lot.lot} x {lot.vials}" if lot.vials != 1 else lot.lot


def _row(
    desk: Desk, dose: DoseRecords, marked: tuple[MarkedChange, ...], stopped: str | None
) -> DoseRow:
    planned = desk.local(dose.planned)
    check = dose.check
    record = dose.administration
    given = None if record is None or record.given_at is None else desk.local(record.given_at)
    row = DoseRow(
        number=dose.number, planned_day=write_weekday(planned.date()),
        planned_time=f"{write_clock(planned)} {write_offset(planned)}",
        check="" if check is None else check.verdict,
        check_time="" if check is None else write_clock(desk.local(check.assessed_at)),
        check_counts="" if check is None else counts_of(check),
    )  # fmt: skip
    if record is None:
        return row if stopped is None else replace(row, decision=tell("Cancelled"), reason=stopped)
    return replace(
        row, decision=OUTCOME_WORDS[record.outcome],
        given_day="" if given is None else write_date(given.date()),
        given_time="" if given is None else approximate_clock(given, approximate=record.approximate),
        volume="" if record.volume_ml is None else write_quantity(record.volume_ml, "mL"),
        dose="" if record.given_dose_iu is None else write_dose(record.given_dose_iu),
        lots=tuple(lot_text(lot) for lot in record.lots),
        given_by=record.by if record.outcome in GIVEN else tell("recorded by {by}", by=record.by),
        checked_by=record.cosigned_by or tell("NOT VERIFIED"), reason=_why(dose, record), amended=_amended(dose, marked),
    )  # fmt: skip


def approximate_clock(moment: datetime, *, approximate: bool) -> str:
    """The time of a record by the clock; an approximate one says so."""
    clock = write_clock(moment)
    return tell("Approx {clock}", clock=clock) if approximate else clock


def counts_of(check: CheckRecord) -> str:
    """How many required values were there and are missing, how many rows of HOLD and STOP were met."""
    missing = len(check.missing)
    counts = [tell("{some} of {all} assessed", some=check.required - missing, all=check.required)]
    if check.relative or check.absolute:
        counts += [
            tell("{count} HOLD", count=check.relative),
            tell("{count} STOP", count=check.absolute),
        ]
    if missing:
        counts.append(tell("{count} missing", count=missing))
    if unjudged := len(check.not_judged) + len(check.unjudged):
        counts.append(tell("{count} not judged", count=unjudged))
    return joined(", ", counts)


def _why(dose: DoseRecords, record: AdministrationRecord) -> str:
    """Everything that explains the row: an override, the record's reasons, a weight entered in error."""
    override = tell("override, see Notes") if _on_override(dose, record) else ""
    parts = (override, reason_of(record), weight_note(dose))
    return joined("; ", (part for part in parts if part))


def _on_override(dose: DoseRecords, record: AdministrationRecord) -> bool:
    """Whether something went in on an override of the check that the row shows."""
    check = "" if dose.check is None else dose.check.entry
    override = dose.override
    return record.outcome in GIVEN and override is not None and override.check == check


def reason_of(record: AdministrationRecord) -> str:
    """Why, who decided, against what, recorded late, note: everything that explains the row."""
    parts = [record.reason]
    if record.decided_by:
        parts.append(tell("decided by {decided_by}", decided_by=record.decided_by))
    if record.against:
        parts.append(record.against)
    if record.recorded_late:
        parts.append(tell("recorded late"))
    if record.note:
        parts.append(record.note)
    parts += spoken_against(record.disputes, record.notes)
    return joined("; ", (part for part in parts if part))


def spoken_against(disputes: tuple[Dispute, ...], notes: tuple[str, ...]) -> list[str]:
    """Who did not agree with a record and why, and what must be read with its signatures."""
    said = [
        tell("disputed by {by}: {reason}, amended since", by=one.by, reason=one.reason)
        if one.settled
        else tell("disputed by {by}: {reason}", by=one.by, reason=one.reason)
        for one in disputes
    ]
    return [*said, *notes]


def _amended(dose: DoseRecords, marked: tuple[MarkedChange, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of a field of the row and the mark of its footnote."""
    return tuple(
        (_SHEET_FIELD[one.change.field], one.mark)
        for one in marked
        if one.number == dose.number and one.change.field in _SHEET_FIELD
    )


def footnotes_of(desk: Desk, cycle: CycleChart) -> tuple[Footnote, ...]:
    """Old and new value of every amendment, who, when and why."""
    return tuple(
        Footnote(
            mark=one.mark,
            what=tell(
                "dose {number}, {field}",
                number=one.number,
                field=_FIELD_WORDS.get(one.change.field, one.change.field),
            ),
            old=shown(one.change.old),
            new=shown(one.change.new),
            who=f"{one.change.by} / {one.change.checked_by}",
            when=write_moment(desk.local(one.change.at)),
            why=one.change.why,
        )
        for one in marked_changes(cycle)
    )


def unsigned_doses(cycle: CycleChart) -> tuple[int, ...]:
    """Numbers of recorded doses that wait for a second person; they make a sheet NOT VERIFIED."""
    return tuple(
        dose.number
        for dose in cycle.doses.values()
        if dose.administration is not None and dose.administration.cosigned_by is None
    )


def signature_rows(desk: Desk, cycle: CycleChart) -> tuple[SignatureRow, ...]:
    """Who signed releases and records of this cycle: each person and meaning, for which doses."""
    signed: dict[tuple[str, str], list[tuple[int, datetime]]] = {}
    for dose in cycle.doses.values():
        release, record = dose.release, dose.administration
        if release is not None:
            mine = (dose.number, release.at)
            signed.setdefault((tell("released preparations"), release.by), []).append(mine)
            checked = (tell("checked preparations independently"), release.checked_by)
            signed.setdefault(checked, []).append(mine)
        if record is not None:
            mine = (dose.number, record.recorded_at)
            signed.setdefault((tell("recorded"), record.by), []).append(mine)
            if record.cosigned_by is not None and record.cosigned_at is not None:
                second = (tell("second person for records"), record.cosigned_by)
                signed.setdefault(second, []).append((dose.number, record.cosigned_at))
    roles = {one.person.name: one.person.role for one in everybody(desk)}
    return tuple(
        SignatureRow(
            tell(
                "{meaning} of {doses}",
                meaning=meaning,
                doses=doses_in_words([number for number, _ in acts]),
            ),
            shown(roles.get(name, "")),
            name,
            _times(desk, [moment for _, moment in acts]),
        )
        for (meaning, name), acts in signed.items()
    )


def _times(desk: Desk, moments: list[datetime]) -> str:
    first, last = (write_moment(desk.local(moment)) for moment in (min(moments), max(moments)))
    return first if first == last else tell("{first}\u00a0to {last}", first=first, last=last)


def doses_in_words(numbers: list[int]) -> str:
    """Dose 3; doses 1 to 5, 7, 9 to 12."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        str(run[0])
        if len(run) == 1
        else tell("{first}\u00a0to\u00a0{last}", first=run[0], last=run[-1])
        for run in runs
    ]
    named = joined(", ", words)
    return (
        tell("dose {named}", named=named)
        if len(numbers) == 1
        else tell("doses {named}", named=named)
    )
