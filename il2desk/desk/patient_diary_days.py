"""The days of a patient diary: each injection with its volume and DOSE, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.companion_plan import CompanionSlot, companion_slots, day_one, derived_companion
from il2desk.desk.desk import Desk
from il2desk.desk.gates import may_prepare, skipped_after_hold, wrong_preparation
from il2desk.desk.hold_rule import is_held
from il2desk.desk.place import Located
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    DilutionMethod,
    Dose,
    Refusal,
    refuse,
    write_amount,
    write_clock,
    write_dose,
    write_moment,
    write_quantity,
    write_weekday,
)
from il2desk.sheets import DiaryDay, DiaryDose

SUBCUTANEOUS = "subcutaneous"
_STATES = {
    "given": "Given", "part given": "Part given", "held": "Held", "omitted": "Omitted",
    "not known": "Not known",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    desk: Desk
    chart: PatientChart
    cycle: CycleChart
    drug: str


def diary_days(
    desk: Desk, chart: PatientChart, cycle: CycleChart, drug: str
) -> tuple[DiaryDay, ...] | Refusal:
    """Every day from day 1 to the last with a dose, on the dates on which doses are due."""
    by_date: dict[date, list[DiaryDose]] = {}
    place = _Place(desk, chart, cycle, drug)
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
        DiaryDay(_day_words((on - begin).days + 1), write_weekday(on), tuple(by_date.get(on, ())))
        for on in dates
    )


def _day_words(day: int) -> str:
    return f"day {day}" if day >= 1 else "before day 1"


def _dose(place: _Place, records: DoseRecords) -> DiaryDose | Refusal:
    """One dose of the protocol's drug: its volume and DOSE, or what became of it."""
    desk, drug = place.desk, place.drug
    time = write_clock(desk.local(records.due))
    record = records.administration
    if record is not None:
        return DiaryDose(drug, time, "", "", state=_STATES[record.outcome])
    if is_held(records):
        return DiaryDose(drug, time, "", "", state="ON HOLD: nothing until you are told")
    if skipped_after_hold(desk, place.cycle, records):
        return DiaryDose(drug, time, "", "", state="HELD: do not inject this one")
    made = may_prepare(desk, place.chart, place.cycle, records.number)
    if isinstance(made, Refusal):
        return made
    release = records.release
    if release is not None and not release.stands:
        return refuse(
            "released",
            f"Dose {records.number} was released for another weight. Discard it in step 4, then print.",
        )
    at = Located(place.chart, place.cycle, records)
    if release is not None and (against := wrong_preparation(desk, at)):
        return refuse("wrong-preparation", against)
    if release is not None:
        last = use_before(desk, place.cycle, release)
        until = "" if last is None else f"use before {write_moment(desk.local(last))}"
        total = release.total_volume_ml
        volume = release.prepared_volume_ml if total is None else total
        prepared = release.prepared_dose_iu
        return DiaryDose(
            drug, time, write_quantity(volume, "mL"), write_dose(made.exact_dose_iu),
            "" if prepared == made.exact_dose_iu else write_dose(prepared), until,
        )  # fmt: skip
    return _derived(drug, time, made, records.number)


def _derived(drug: str, time: str, made: Dose, number: int) -> DiaryDose | Refusal:
    volume = made.prepared_volume_ml
    if made.dilution.method is not DilutionMethod.UNDILUTED:
        total = made.dilution.total_volume_ml
        if total is None:
            return refuse(
                "diary-volume",
                f"Dose {number} is diluted, and its total volume is not settled. Settle it in the "
                "protocol, then print.",
            )
        volume = total
    same = made.prepared_dose_iu == made.exact_dose_iu
    return DiaryDose(
        drug, time, write_quantity(volume, "mL"), write_dose(made.exact_dose_iu),
        "" if same else write_dose(made.prepared_dose_iu),
    )  # fmt: skip


def _companion(place: _Place, slot: CompanionSlot) -> DiaryDose | Refusal:
    """One dose of a subcutaneous companion drug, or why the diary cannot tell its volume."""
    drug = slot.companion.drug
    if slot.record is not None:
        return DiaryDose(drug, "", "", "", state=_STATES[slot.record.outcome])
    made = derived_companion(place.desk, place.chart, place.cycle, slot.companion, slot.day)
    if isinstance(made, Refusal):
        return made
    held = made.volume
    if made.exact_dose is None or held is None:
        why = tuple(one.text for one in made.findings) or ("Its volume is not worked out.",)
        return Refusal("companion-gap", (f"{drug}: no volume can be told to the patient.", *why))
    unit = slot.companion.unit
    name = held.presentation.name
    volume = (
        "1\u00a0pen dose" if held.prepared_ml is None else write_quantity(held.prepared_ml, "mL")
    )
    prepared = "" if held.dose == made.exact_dose else write_amount(held.dose, unit)
    return DiaryDose(drug, "", volume, write_amount(made.exact_dose, unit), prepared, f"of {name}")
