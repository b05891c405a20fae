"""One patient of a downtime kit: the open doses of the next 24 hours, each with its DOSE or why none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from il2desk.desk.after_restore import not_complete_since_restore
from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.companion_plan import companion_slots, day_words, derived_companion
from il2desk.desk.cycle_sheet_facts import count_facts, patient_facts, weight_facts
from il2desk.desk.desk import Desk
from il2desk.desk.desk_at import desk_at
from il2desk.desk.dose_state import SlotState, site_rules, slot_states
from il2desk.desk.dosing_weight import too_old_reason, weight_reasons
from il2desk.desk.gates import dose_of, may_prepare, wrong_preparation
from il2desk.desk.hold_rule import hold_words, is_held
from il2desk.desk.place import Located
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords, ReleaseRecord
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_rows import doses_in_words, lot_text
from il2desk.desk.use_before import use_before
from il2desk.desk.worklist import left_behind
from il2desk.dosing import (
    Dose,
    Refusal,
    Severity,
    volume_line,
    write_amount,
    write_clock,
    write_dose,
    write_moment,
    write_offset,
    write_quantity,
    write_weekday,
)
from il2desk.sheets import (
    KitAmount,
    KitCompanion,
    KitDose,
    KitPatient,
    SheetGap,
    Shown,
)

_AMOUNT = "international"
_ORDER_DIFFERS = "The order does not say the dose that is derived now. The prescriber must amend the order first."
_UNSAID = "A finding speaks against this dose. Step 4 of the program says which."
_AMOUNT_STEPS = ("I", "L")
"""Lines of the working that say the total volume and the rate."""


def kit_patient(desk: Desk, chart: PatientChart, until: datetime) -> KitPatient | None:
    """The patient's open doses up to a moment; None where there is none. The desk's clock is the state's."""
    cycle = chart.cycle_at(desk.clock.now())
    if cycle is None:
        return None
    slots = tuple(
        slot
        for slot in slot_states(desk, cycle)
        if cycle.doses[slot.number].administration is None
        and slot.state != "cancelled"
        and slot.due <= until
    )
    companions = tuple(_companions(desk, chart, cycle, until))
    if not slots and not companions:
        return None
    bundle = bundle_of(desk, cycle.fingerprint)
    title = cycle.protocol if isinstance(bundle, Refusal) else bundle.protocol.title
    drug = "aldesleukin" if isinstance(bundle, Refusal) else bundle.protocol.drug
    made = {slot.number: _made(desk, chart, cycle, slot) for slot in slots}
    return KitPatient(
        patient=patient_facts(chart.subject, desk.now().date()),
        protocol=f"{title}, version {cycle.version}",
        cycle=_cycle_words(cycle), fingerprint=short_print(cycle.fingerprint), drug=drug,
        weight=_weight(desk, chart), minimum_interval=minimum_interval(desk, cycle),
        last_given=_last_given(desk, chart), counts=_counts(cycle),
        doses=tuple(_dose(desk, chart, cycle, slot, made[slot.number]) for slot in slots),
        amounts=_amounts(cycle, made), companions=companions,
        notes=left_behind(desk, chart, cycle),
    )  # fmt: skip


def minimum_interval(desk: Desk, cycle: CycleChart) -> Shown:
    """The least time between two doses in words, or the gap."""
    least = site_rules(desk, cycle).minimum_interval_h
    if least is None:
        return SheetGap("Minimum interval", "No minimum interval is stated: none is enforced.")
    return f"at least {write_quantity(least, 'hours')} between doses"


def _cycle_words(cycle: CycleChart) -> str:
    arm = f", arm {cycle.arm}" if cycle.arm else ""
    return f"course {cycle.course}, cycle {cycle.number}{arm}"


def _weight(desk: Desk, chart: PatientChart) -> str:
    facts = weight_facts(desk, chart, Refusal("none", ("no dose",)))
    return f"{facts.dosing_weight} of {facts.date}" if facts.dosing_weight else ""


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
        return "No dose is recorded as given"
    at, cycle, dose = max(found, key=lambda one: one[0])
    return (
        f"Last dose given: {write_moment(desk.local(at))} (dose {dose.number} of cycle "
        f"{cycle.number}, course {cycle.course})"
    )


def _counts(cycle: CycleChart) -> str:
    counts = count_facts(cycle)
    return f"In this cycle: {counts.given} given, {counts.part_given} part given, {counts.held} held, {counts.omitted} omitted, {counts.not_known} not known"


def _made(
    desk: Desk, chart: PatientChart, cycle: CycleChart, slot: SlotState
) -> Dose | tuple[str, ...]:
    """The dose to print for a slot, or every reason why none is printed."""
    dose = cycle.doses[slot.number]
    if missing := not_complete_since_restore(desk, chart.subject.id):
        return (missing,)
    if wrong := wrong_preparation(desk, Located(chart, cycle, dose)):
        return (wrong,)
    if is_held(dose):
        held = hold_words(site_rules(desk, cycle))
        return tuple(part for part in ("The dose is on HOLD.", held) if part)
    derived = may_prepare(desk, chart, cycle, slot.number)
    if isinstance(derived, Refusal):
        return _against(desk, chart, cycle, slot.number, derived)
    if dose.standing_release is None and (against := weight_reasons(desk, chart, cycle)):
        return against
    return derived


def _against(
    desk: Desk, chart: PatientChart, cycle: CycleChart, number: int, refusal: Refusal
) -> tuple[str, ...]:
    """Why no dose is printed, without the amounts that differ: on paper one would be taken for it."""
    reasons = refusal.reasons[-1:] if refusal.code == "engines-differ" else refusal.reasons
    derived = dose_of(desk, chart, cycle, number)
    if isinstance(derived, Dose):
        stops = [one for one in derived.findings if one.severity is Severity.STOP]
        if refusal.code == "not-releasable":
            reasons = tuple(
                _ORDER_DIFFERS if one.code == "order-differs" else one.text for one in stops
            )
    return tuple(_UNSAID if _AMOUNT in reason else reason for reason in dict.fromkeys(reasons))


def _dose(
    desk: Desk,
    chart: PatientChart,
    cycle: CycleChart,
    slot: SlotState,
    made: Dose | tuple[str, ...],
) -> KitDose:
    local = desk.local(slot.due)
    state = "; ".join(part for part in (slot.word, slot.detail, slot.hold) if part)
    return KitDose(
        number=str(slot.number), planned_day=write_weekday(local.date()),
        planned_time=f"{write_clock(local)} {write_offset(local)}", state=state,
        sentences=tuple(_sentences(desk, chart, cycle, slot, made)),
        no_dose=made if isinstance(made, tuple) else (),
    )  # fmt: skip


def _sentences(
    desk: Desk,
    chart: PatientChart,
    cycle: CycleChart,
    slot: SlotState,
    made: Dose | tuple[str, ...],
) -> Iterable[str]:
    dose = cycle.doses[slot.number]
    if slot.moved:
        yield f"Planned first for {write_moment(desk.local(dose.planned))}, {slot.moved}."
    if dose.release is not None and isinstance(made, Dose):
        yield _released(desk, cycle, dose, dose.release)
    elif isinstance(made, Dose):
        then = max(slot.due, desk.clock.now())
        if old := too_old_reason(desk_at(desk, then), chart, cycle):
            yield f"WEIGH FIRST. By the planned time the weight is too old. {old}"
    check = dose.check
    if check is not None:
        when = write_moment(desk.local(check.assessed_at))
        until = check.valid_until
        valid = "" if until is None else f", valid to {write_moment(desk.local(until))}"
        yield f"Check of {when}{valid}: {check.sentence}"
    if dose.override is not None:
        yield f"Override ordered by {dose.override.prescriber}: {dose.override.reason}"


def _released(desk: Desk, cycle: CycleChart, dose: DoseRecords, release: ReleaseRecord) -> str:
    last = use_before(desk, cycle, release)
    until = "" if last is None else f"; use before {write_moment(desk.local(last))}"
    lots = ", ".join(lot_text(lot) for lot in release.lots)
    return (
        f"A preparation was released {write_moment(desk.local(release.at))} by {release.by}, checked "
        f"by {release.checked_by}: {write_quantity(release.prepared_volume_ml, 'mL')}, lot "
        f"{lots}{until}. Do not prepare dose {dose.number} again while it is there."
    )


def _amounts(cycle: CycleChart, made: dict[int, Dose | tuple[str, ...]]) -> tuple[KitAmount, ...]:
    """What is to be prepared, once for all doses that are alike; a released dose as it was released."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, dose in made.items():
        if isinstance(dose, Dose):
            groups.setdefault(_written(cycle.doses[number], dose), []).append(number)
    return tuple(
        KitAmount(doses_in_words(numbers), exact, prepared, volume, tuple(lines))
        for (exact, prepared, volume, *lines), numbers in groups.items()
    )


def _written(records: DoseRecords, dose: Dose) -> tuple[str, ...]:
    """Exact dose, prepared dose, its volume, then lines about vials, syringe, dilution and rate."""
    exact, release = write_dose(dose.exact_dose_iu), records.release
    if release is not None:
        total = release.total_volume_ml
        lines = (
            () if total is None else (f"in all {write_quantity(total, 'mL')} {release.diluent}",)
        )
        return (
            exact, write_dose(release.prepared_dose_iu),
            write_quantity(release.prepared_volume_ml, "mL"), "as released", *lines,
        )  # fmt: skip
    vials = "1 vial" if dose.vials == 1 else f"{dose.vials} vials"
    steps = (f"{one.label}: {one.text}" for one in dose.working if one.letter in _AMOUNT_STEPS)
    return (
        exact, write_dose(dose.prepared_dose_iu), write_quantity(dose.prepared_volume_ml, "mL"),
        f"{vials}, {dose.syringe or 'no syringe chosen'}", *steps,
    )  # fmt: skip


def _companions(
    desk: Desk, chart: PatientChart, cycle: CycleChart, until: datetime
) -> Iterable[KitCompanion]:
    """The planned doses of companion drugs without a record, to the day on which the kit ends."""
    last = desk.local(until).date()
    for slot in companion_slots(desk, chart, cycle):
        if slot.record is not None or slot.date > last or slot.state == "cancelled":
            continue
        made = derived_companion(desk, chart, cycle, slot.companion, slot.day)
        amount: Shown = SheetGap(f"Dose of {slot.companion.drug}", "")
        volume: Shown = amount
        if not isinstance(made, Refusal) and made.exact_dose is not None:
            amount = write_amount(made.exact_dose, slot.companion.unit)
            volume = volume_line(made)
        often = f", dose {slot.count}" if slot.of_day > 1 else ""
        route = slot.companion.route
        yield KitCompanion(
            drug=slot.companion.drug, day=f"{day_words(slot.day)}{often}",
            date=write_weekday(slot.date), amount=amount, volume=volume,
            route=SheetGap("Route", "") if route is None else route.value, state=slot.word,
        )  # fmt: skip
