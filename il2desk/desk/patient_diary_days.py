"""The days of a patient diary: each injection with its volume and DOSE, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.code_words import OUTCOME_WORDS
from il2desk.desk.companion_plan import CompanionSlot, companion_slots, day_one, derived_companion
from il2desk.desk.desk import Desk
from il2desk.desk.gates import may_prepare, wrong_preparation
from il2desk.desk.patient_diary_clock import (
    after_weighing,
    gone_by,
    not_recorded,
    weighed_first,
)
from il2desk.desk.patient_diary_holds import forbidden_because, goes_on_later
from il2desk.desk.place import Located
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    PEN,
    Basis,
    CompanionVolume,
    DilutionMethod,
    Dose,
    Refusal,
    refuse,
    tell,
    write_amount,
    write_clock,
    write_dose,
    write_moment,
    write_quantity,
)
from il2desk.sheets import DiaryDay, DiaryDose, DiaryTurn

SUBCUTANEOUS = "subcutaneous"
_MULTIDOSE = "multidose vial"
"""In the name of a presentation that holds several doses."""


@dataclass(frozen=True, slots=True)
class _Place:
    desk: Desk
    chart: PatientChart
    cycle: CycleChart
    drug: str
    waits: bool


def diary_days(
    desk: Desk, chart: PatientChart, cycle: CycleChart, drug: str
) -> tuple[DiaryDay, ...] | Refusal:
    """Every day from day 1 to the last with a dose, on the dates on which doses are due."""
    by_date: dict[date, list[DiaryDose]] = {}
    place = _Place(desk, chart, cycle, drug, goes_on_later(cycle))
    for records in cycle.doses.values():
        dose = _dose(place, records)
        if isinstance(dose, Refusal):
            return dose
        by_date.setdefault(desk.local(records.due).date(), []).append(dose)
    for slot in companion_slots(desk, chart, cycle):
        route = slot.companion.route
        if route is not None and route.value == SUBCUTANEOUS:
            companion = _companion(place, slot)
            if isinstance(companion, Refusal):
                return companion
            by_date.setdefault(slot.date, []).append(companion)
    first = min(day_one(desk, cycle), *by_date)
    count = (max(by_date) - first).days + 1
    dates = (first + timedelta(days=at) for at in range(count))
    begin = day_one(desk, cycle)
    return tuple(
        DiaryDay(_day_words((on - begin).days + 1), on, tuple(by_date.get(on, ()))) for on in dates
    )


def _day_words(day: int) -> str:
    return tell("day {day}", day=day) if day >= 1 else "before day 1"


def _dose(place: _Place, records: DoseRecords) -> DiaryDose | Refusal:
    """One dose of the protocol's drug: its volume and what it holds, or why there is none."""
    desk, drug = place.desk, place.drug
    time = write_clock(desk.local(records.due))
    record = records.administration
    if record is not None:
        return DiaryDose(drug, time, turn=DiaryTurn.RECORDED, state=OUTCOME_WORDS[record.outcome])
    if because := forbidden_because(desk, place.cycle, records):
        return DiaryDose(drug, time, turn=DiaryTurn.FORBIDDEN, state=because)
    if gone_by(desk, desk.local(records.due).date()):
        return not_recorded(drug, time)
    if place.waits:
        words = tell("No volume is told now. You get a new diary with it.")
        return DiaryDose(drug, time, turn=DiaryTurn.WAITING, state=words)
    made = may_prepare(desk, place.chart, place.cycle, records.number)
    if isinstance(made, Refusal):
        return made
    release = records.release
    if release is None and weighed_first(desk, place.chart, place.cycle, records.due):
        return after_weighing(drug, time)
    if release is not None and not release.stands:
        return refuse(
            "released",
            tell(
                "Dose {number} was released for another weight. Discard it in step 4, then print.",
                number=records.number,
            ),
        )
    at = Located(place.chart, place.cycle, records)
    if release is not None and (against := wrong_preparation(desk, at)):
        return refuse("wrong-preparation", against)
    if release is not None:
        last = use_before(desk, place.cycle, release)
        return _told(
            DiaryDose(
                drug, time, dose=write_dose(made.exact_dose_iu),
                prepared=write_dose(release.prepared_dose_iu),
                until="" if last is None else write_moment(desk.local(last)),
            ),
            (release.prepared_volume_ml, release.total_volume_ml),
        )  # fmt: skip
    return _derived(DiaryDose(drug, time), made, records.number)


def _derived(dose: DiaryDose, made: Dose, number: int) -> DiaryDose | Refusal:
    diluted = made.dilution.method is not DilutionMethod.UNDILUTED
    total = made.dilution.total_volume_ml if diluted else None
    if diluted and total is None:
        return refuse(
            "diary-volume",
            tell(
                "Dose {number} is diluted, and its total volume is not settled. Settle it in the "
                "protocol, then print.",
                number=number,
            ),
        )
    exact, prepared = write_dose(made.exact_dose_iu), write_dose(made.prepared_dose_iu)
    return _told(replace(dose, dose=exact, prepared=prepared), (made.prepared_volume_ml, total))


def _told(dose: DiaryDose, volumes: tuple[Decimal, Decimal | None]) -> DiaryDose:
    """The dose with its volume (mL): the total one of a diluted dose, with what was drawn for it."""
    drawn, total = volumes
    if total is None:
        return replace(dose, volume=write_quantity(drawn, "mL"))
    return replace(dose, volume=write_quantity(total, "mL"), drawn=write_quantity(drawn, "mL"))


def _companion(place: _Place, slot: CompanionSlot) -> DiaryDose | Refusal:
    """One dose of a subcutaneous companion drug, or why the diary cannot tell its volume."""
    drug = slot.companion.drug
    if slot.record is not None:
        return DiaryDose(
            drug, "", turn=DiaryTurn.RECORDED, state=OUTCOME_WORDS[slot.record.outcome]
        )
    if gone_by(place.desk, slot.date):
        return not_recorded(drug, "")
    by_weight = slot.companion.basis is not Basis.FLAT
    if by_weight and weighed_first(place.desk, place.chart, place.cycle, slot.date):
        return after_weighing(drug, "")
    made = derived_companion(place.desk, place.chart, place.cycle, slot.companion, slot.day)
    if isinstance(made, Refusal):
        return made
    held = made.volume
    if made.exact_dose is None or held is None:
        why = tuple(one.text for one in made.findings) or (tell("Its volume is not worked out."),)
        none = tell("{drug}: no volume can be told to the patient.", drug=drug)
        return Refusal("companion-gap", (none, *why))
    unit = slot.companion.unit
    volume = (
        tell("1\u00a0pen dose")
        if held.prepared_ml is None
        else write_quantity(held.prepared_ml, "mL")
    )
    return DiaryDose(
        drug, "", volume, write_amount(made.exact_dose, unit), write_amount(held.dose, unit),
        product=_drawn_from(held, unit),
    )  # fmt: skip


def _drawn_from(held: CompanionVolume, unit: str) -> str:
    """The vial or pen, so that nobody takes its content or its strength for the dose."""
    shelf = held.presentation
    if shelf.content is None:
        strength = write_amount(shelf.strength_per_ml.value, unit)
        kind = tell("pen") if shelf.kind == PEN else tell("vial")
        return tell("from the {kind} of {strength} in each mL", kind=kind, strength=strength)
    content = write_amount(shelf.content.value, unit)
    many = _MULTIDOSE in shelf.name.casefold()
    kind = tell("multidose vial") if many else tell("vial")
    return tell(
        "from the {kind} of {content}: that is the whole vial, not the dose",
        kind=kind,
        content=content,
    )
