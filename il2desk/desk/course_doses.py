"""The doses of a cycle for its picture: state, moment and amount of each, and the sums over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from il2desk.desk.chart import GIVEN, CycleChart, PatientChart, outcome_of
from il2desk.desk.code_words import OUTCOME_WORDS, WAITING_WORDS
from il2desk.desk.course_axis import Span
from il2desk.desk.desk import Desk
from il2desk.desk.doses_by_day import differs_by_day
from il2desk.desk.prepare_dose import derive_for
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.sheet_names import cycle_name
from il2desk.dosing import (
    Refusal,
    Sentence,
    joined,
    regimen_of,
    shifted,
    tell,
    told,
    write_dose,
    write_quantity,
)
from il2desk.sheets import CourseDose, CourseTotal, CycleTotal

_OPEN_WORDS = {
    "planned": tell("Planned"), "delayed": tell("Delayed"), "prepared": tell("Prepared"),
    "cancelled": tell("Cancelled by STOP"),
}  # fmt: skip


def moment_drawn(dose: DoseRecords) -> datetime:
    """When a dose stands in the picture: when it was given, else when it is due."""
    record = dose.administration
    return dose.due if record is None or record.given_at is None else record.given_at


def course_doses(chart: PatientChart, cycle: CycleChart, span: Span) -> tuple[CourseDose, ...]:
    """Every dose of the cycle, in the order of its numbers."""
    return tuple(_dose(chart, cycle, dose, span) for dose in cycle.doses.values())


def _dose(chart: PatientChart, cycle: CycleChart, dose: DoseRecords, span: Span) -> CourseDose:
    record, state = dose.administration, _state(chart, cycle, dose)
    given, amount, by, marks = "", "", "", []
    word = _OPEN_WORDS.get(state, "")
    if record is not None:
        word = OUTCOME_WORDS[record.outcome]
        by = joined(", ", filter(None, (record.by, record.cosigned_by)))
        if record.given_at is not None:
            given = span.told(record.given_at)
            given = tell("Approx {when}", when=given) if record.approximate else given
        if record.given_dose_iu is not None:
            amount = write_dose(record.given_dose_iu)
        marks += [WAITING_WORDS[record.waits]] if record.waits else []
        marks += (
            [tell("amended: {reason}", reason=record.changes[-1].why)] if record.changes else []
        )
        marks += [record.reason] if record.reason else []
    elif dose.delayed_to is not None:
        marks.append(tell("delayed to {when}", when=span.told(dose.delayed_to)))
    if dose.errors:
        marks.append(tell("an earlier record was entered in error"))
    return CourseDose(
        number=dose.number, minutes=span.minutes(moment_drawn(dose)) or 0, state=state, word=word,
        planned=span.told(dose.planned), given=given, amount=amount, by=by,
        marks=tuple(marks), amended=record is not None and bool(record.changes),
    )  # fmt: skip


def _state(chart: PatientChart, cycle: CycleChart, dose: DoseRecords) -> str:
    """The state by what is recorded alone: the clock changes nothing on paper."""
    record = dose.administration
    if record is not None:
        return record.waits or record.outcome
    stopped = cycle.stopped
    after = stopped is not None and dose.number > stopped.number
    if after or (stopped is None and chart.stop_by(cycle) is not None):
        return "cancelled"
    if dose.standing_release is not None:
        return "prepared"
    return "planned" if dose.delayed_to is None else "delayed"


def errors_said(cycle: CycleChart) -> Iterator[Sentence | str]:
    """How many records of doses were entered in error: they are not drawn."""
    wrong = sum(len(dose.errors) for dose in cycle.doses.values())
    if wrong:
        yield (
            tell("1 record of a dose was entered in error and is not drawn.")
            if wrong == 1
            else tell(
                "{count} records of doses were entered in error and are not drawn.", count=wrong
            )
        )


def course_total(
    cycle: CycleChart, span: Span, planned: dict[int, Decimal], why: str
) -> CourseTotal:
    """The cumulative dose of the cycle: what went in, and what its plan says at the baseline weight."""
    doses = sorted(cycle.doses.values(), key=moment_drawn)
    given = [
        (span.minutes(moment_drawn(dose)) or 0, dose.administration.given_dose_iu)
        for dose in doses
        if dose.administration is not None
        and dose.administration.outcome in GIVEN
        and dose.administration.given_dose_iu is not None
    ]
    by_time = sorted(cycle.doses.values(), key=lambda dose: dose.planned)
    plan = [(span.minutes(dose.planned) or 0, planned[dose.number]) for dose in by_time if planned]
    return CourseTotal(
        given=_sums(given), planned=_sums(plan), given_words=write_dose(cycle.given_iu),
        planned_words=write_dose(sum(planned.values(), Decimal(0))) if planned else "",
        notes=(*_how_planned(cycle, why), *_without_amount(cycle)),
    )  # fmt: skip


def planned_doses(
    desk: Desk, chart: PatientChart, cycle: CycleChart
) -> tuple[dict[int, Decimal], str]:
    """The exact dose of each number at the cycle's baseline weight; empty with the reason why not."""
    baseline = cycle.baseline
    if baseline is None:
        return {}, tell("The cycle has no baseline weight.")
    bundle = bundle_of(desk, cycle.fingerprint)
    regimen = bundle if isinstance(bundle, Refusal) else regimen_of(bundle.protocol, cycle.arm)
    if isinstance(regimen, Refusal):
        return {}, told(regimen.reasons[0])
    days = sorted({dose.day for dose in cycle.doses.values()})
    by_day: dict[int, Decimal] = {}
    for day in days if differs_by_day(regimen) else days[:1]:
        made = derive_for(
            desk, chart, cycle.fingerprint, cycle=cycle, day=day, weight_kg=baseline.weight_kg
        )
        if isinstance(made, Refusal):
            return {}, told(made.reasons[0])
        by_day[day] = made.exact_dose_iu
    first = next(iter(by_day.values()), Decimal(0))
    return {dose.number: by_day.get(dose.day, first) for dose in cycle.doses.values()}, ""


def _sums(amounts: Iterable[tuple[int, Decimal]]) -> tuple[tuple[int, Decimal], ...]:
    """The sum after each dose, in millions, exactly."""
    found, total = [], Decimal(0)
    for minutes, amount in amounts:
        total += amount
        found.append((minutes, shifted(total, -6)))
    return tuple(found)


def _how_planned(cycle: CycleChart, why: str) -> Iterator[Sentence | str]:
    if why:
        yield tell("No planned sum is drawn. {why}", why=why)
    elif cycle.baseline is not None:
        yield tell(
            "Planned: the exact dose of every planned dose at the baseline weight {weight}, at its "
            "planned time. Given: what was recorded as given, at the time given.",
            weight=write_quantity(cycle.baseline.weight_kg, "kg"),
        )


def _without_amount(cycle: CycleChart) -> Iterator[Sentence | str]:
    """The doses that may have gone in and add nothing, for nobody knows how much."""
    unknown = [
        str(dose.number)
        for dose in cycle.doses.values()
        if dose.administration is not None
        and dose.administration.outcome in (*GIVEN, "not known")
        and dose.administration.given_dose_iu is None
    ]
    if unknown:
        yield tell(
            "Dose {numbers}: no amount is known, so the sum given may be more than is drawn.",
            numbers=joined(", ", unknown),
        )


def cycle_totals(
    desk: Desk, chart: PatientChart, cycle: CycleChart, own: dict[int, Decimal]
) -> tuple[CycleTotal, ...]:
    """The sums of every cycle of the course, and of the whole course below where it has several."""
    mine = [one for one in chart.cycles.values() if one.course == cycle.course]
    rows, given, planned = [], Decimal(0), []
    for one in mine:
        plan = own if one is cycle else planned_doses(desk, chart, one)[0]
        planned.append(sum(plan.values(), Decimal(0)) if plan else None)
        given += one.given_iu
        rows.append(_row(cycle_name(one), planned[-1], one.given_iu, one.doses.values()))
    if len(mine) > 1:
        known = [one for one in planned if one is not None]
        whole = sum(known, Decimal(0)) if len(known) == len(planned) else None
        every = [dose for one in mine for dose in one.doses.values()]
        rows.append(_row(tell("course {course}", course=cycle.course), whole, given, every))
    return tuple(rows)


def _row(
    name: str, planned: Decimal | None, given: Decimal, doses: Iterable[DoseRecords]
) -> CycleTotal:
    outcomes = [outcome_of(dose) for dose in doses]
    counted = [
        tell("{word} {count}", word=word, count=outcomes.count(code))
        for code, word in OUTCOME_WORDS.items()
        if code in outcomes
    ]
    still_open = outcomes.count(None)
    counted += [tell("without a record {count}", count=still_open)] if still_open else []
    return CycleTotal(
        name, tell("not known") if planned is None else write_dose(planned), write_dose(given),
        joined(", ", counted),
    )  # fmt: skip
