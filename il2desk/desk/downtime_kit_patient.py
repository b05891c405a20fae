"""One patient of a downtime kit: the open doses of the next 24 hours, each with its DOSE or why none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from il2desk.desk.after_restore import not_complete_since_restore
from il2desk.desk.chart import CycleChart, PatientChart, Subject
from il2desk.desk.code_words import shown
from il2desk.desk.companion_plan import companion_slots, day_words, derived_companion
from il2desk.desk.cycle_sheet_facts import count_facts, patient_facts, weight_facts
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import SlotState, site_rules, slot_states
from il2desk.desk.dosing_weight import weight_reasons
from il2desk.desk.downtime_kit_doses import amounts_of, dose_to_print, open_dose
from il2desk.desk.downtime_kit_marks import (
    ASK_WHETHER_GIVEN,
    companion_mark,
    premedication_withheld,
)
from il2desk.desk.downtime_kit_premedication import kit_premedication
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.sheet_facts import duration_of, short_print
from il2desk.desk.sheet_names import cycle_name, version_name
from il2desk.desk.worklist import left_behind
from il2desk.dosing import (
    Refusal,
    joined,
    regimen_of,
    tell,
    volume_line,
    write_amount,
    write_moment,
    write_quantity,
    write_weekday,
)
from il2desk.protocols import Bundle
from il2desk.sheets import (
    KitCompanion,
    KitPatient,
    Patient,
    SheetGap,
    Shown,
    can_show,
)

_UNREADABLE = tell("NOT KNOWN: the protocol version cannot be read")


def cycles_in_kit(desk: Desk, chart: PatientChart, until: datetime) -> tuple[CycleChart, ...]:
    """The cycle to act on, and every other with an open dose from now up to a moment, by their begin."""
    now = desk.clock.now()
    acting = chart.cycle_at(now)
    found = [
        cycle
        for cycle in chart.cycles.values()
        if cycle is acting or any(now < slot.due <= until for slot in open_slots(desk, cycle))
    ]
    return tuple(sorted(found, key=lambda cycle: cycle.begins))


def open_slots(desk: Desk, cycle: CycleChart) -> tuple[SlotState, ...]:
    """The doses of a cycle without an outcome that no STOP cancelled, with the time that holds."""
    return tuple(
        slot
        for slot in slot_states(desk, cycle)
        if cycle.doses[slot.number].administration is None and slot.state != "cancelled"
    )


def kit_patients(desk: Desk, chart: PatientChart, until: datetime) -> tuple[KitPatient, ...]:
    """The patient's open doses up to a moment, cycle by cycle. The desk's clock is the state's."""
    made = (_of_cycle(desk, chart, one, until) for one in cycles_in_kit(desk, chart, until))
    return tuple(one for one in made if one is not None)


def kit_identity(subject: Subject, on: date) -> Patient:
    """The identity block. A name that no font shows must not keep the kit from everybody else."""
    patient = patient_facts(subject, on)
    if all(can_show(name) for name in (patient.family_name, patient.given_name, patient.title)):
        return patient
    return replace(
        patient, family_name=subject.initials or subject.trial_code, title="",
        given_name=tell("NAME NOT SHOWN: no font on board has its letters"),
    )  # fmt: skip


def _of_cycle(
    desk: Desk, chart: PatientChart, cycle: CycleChart, until: datetime
) -> KitPatient | None:
    slots = tuple(slot for slot in open_slots(desk, cycle) if slot.due <= until)
    bundle = bundle_of(desk, cycle.fingerprint)
    title = cycle.protocol if isinstance(bundle, Refusal) else bundle.protocol.title
    drug = _UNREADABLE if isinstance(bundle, Refusal) else bundle.protocol.drug
    companions = tuple(_companions(desk, chart, cycle, drug, until))
    if not slots and not companions:
        return None
    route, duration = _way(bundle, cycle)
    set_name, items, said = kit_premedication(desk, chart, cycle)
    made = {slot.number: dose_to_print(desk, chart, cycle, slot) for slot in slots}
    return KitPatient(
        patient=kit_identity(chart.subject, desk.now().date()),
        protocol=version_name(title, cycle.version),
        cycle=_cycle_words(cycle), fingerprint=short_print(cycle.fingerprint), drug=drug,
        route=route, duration=duration,
        weight=_weight(desk, chart), minimum_interval=minimum_interval(desk, cycle),
        last_given=_last_given(desk, chart), counts=_counts(cycle),
        doses=tuple(open_dose(desk, chart, cycle, slot, made[slot.number]) for slot in slots),
        amounts=amounts_of(cycle, made), companions=companions,
        notes=left_behind(desk, chart, cycle), premedication_set=set_name, premedication=items,
        premedication_said=said,
        premedication_withheld=tuple(premedication_withheld(desk, chart, cycle, slots)),
    )  # fmt: skip


def _way(bundle: Bundle | Refusal, cycle: CycleChart) -> tuple[Shown, Shown]:
    """Route and duration of the drug by the protocol version that the cycle stays on, or the gaps."""
    regimen = bundle if isinstance(bundle, Refusal) else regimen_of(bundle.protocol, cycle.arm)
    if isinstance(regimen, Refusal):
        return SheetGap(tell("Route"), _UNREADABLE), SheetGap(tell("Infusion time"), _UNREADABLE)
    return shown(regimen.route.value), duration_of(regimen)


def minimum_interval(desk: Desk, cycle: CycleChart) -> Shown:
    """The least time between two doses in words, or the gap."""
    least = site_rules(desk, cycle).minimum_interval_h
    if least is None:
        return SheetGap(
            tell("Minimum interval"), tell("No minimum interval is stated: none is enforced.")
        )
    return tell("at least {least} between doses", least=write_quantity(least, "hours"))


def _cycle_words(cycle: CycleChart) -> str:
    words = cycle_name(cycle)
    return tell("{cycle}, arm {arm}", cycle=words, arm=cycle.arm) if cycle.arm else words


def _weight(desk: Desk, chart: PatientChart) -> str:
    facts = weight_facts(desk, chart, Refusal("none", (tell("no dose"),)))
    return (
        tell("{dosing_weight} of {date}", dosing_weight=facts.dosing_weight, date=facts.date)
        if facts.dosing_weight
        else ""
    )


def _last_given(desk: Desk, chart: PatientChart) -> str:
    """The dose that went in last, of any cycle: the minimum interval counts from it."""
    found = [
        (record.given_at, cycle, dose)
        for cycle in chart.cycles.values()
        if (dose := cycle.last_given) is not None
        and (record := dose.administration) is not None
        and record.given_at is not None
    ]
    if not found:
        return tell("No dose is recorded as given")
    at, cycle, dose = max(found, key=lambda one: one[0])
    return tell(
        "Last dose given: {moment} (dose {number} of cycle {cycle}, course {course})",
        moment=write_moment(desk.local(at)),
        number=dose.number,
        cycle=cycle.number,
        course=cycle.course,
    )


def _counts(cycle: CycleChart) -> str:
    counts = count_facts(cycle)
    return tell(
        "In this cycle: {given} given, {part_given} part given, {held} held, {omitted} "
        "omitted, {not_known} not known",
        given=counts.given,
        part_given=counts.part_given,
        held=counts.held,
        omitted=counts.omitted,
        not_known=counts.not_known,
    )


def _companions(
    desk: Desk, chart: PatientChart, cycle: CycleChart, drug: str, until: datetime
) -> Iterable[KitCompanion]:
    """The planned doses of companion drugs without a record, to the day on which the kit ends."""
    last = desk.local(until).date()
    missing = not_complete_since_restore(desk, chart.subject.id)
    against = (missing,) if missing else weight_reasons(desk, chart, cycle)
    for slot in companion_slots(desk, chart, cycle):
        if slot.record is not None or slot.date > last or slot.state == "cancelled":
            continue
        made = derived_companion(desk, chart, cycle, slot.companion, slot.day)
        amount: Shown = SheetGap(tell("Dose of {drug}", drug=slot.companion.drug), "")
        volume: Shown = amount
        mark = companion_mark(cycle, slot, drug)
        if mark == ASK_WHETHER_GIVEN:
            amount, volume = tell("NO DOSE PRINTED"), tell("nothing to prepare")
        elif not against and not isinstance(made, Refusal) and made.exact_dose is not None:
            amount = write_amount(made.exact_dose, slot.companion.unit)
            volume = volume_line(made)
        day = day_words(slot.day)
        if slot.of_day > 1:
            day = tell("{day}, dose {count}", day=day, count=slot.count)
        route = slot.companion.route
        yield KitCompanion(
            drug=slot.companion.drug,
            day=day,
            date=write_weekday(slot.date),
            amount=amount,
            volume=volume,
            route=SheetGap(tell("Route"), "") if route is None else route.value,
            state=joined("; ", (slot.word, *against)),
            mark=mark,
        )
