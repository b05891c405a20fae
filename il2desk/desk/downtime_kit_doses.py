"""The doses of a downtime kit: each with its DOSE, or every reason why none is printed."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.desk.after_restore import not_complete_since_restore
from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.desk_at import desk_at
from il2desk.desk.dose_state import SlotState, near, site_rules
from il2desk.desk.dosing_weight import too_old_reason, weight_reasons
from il2desk.desk.downtime_kit_marks import late_mark, withheld_mark
from il2desk.desk.gates import dose_of, may_prepare, skipped_after_hold, wrong_preparation
from il2desk.desk.hold_rule import hold_words, is_held
from il2desk.desk.place import Located
from il2desk.desk.records_of_a_dose import DoseRecords, ReleaseRecord
from il2desk.desk.sheet_rows import doses_in_words, lot_text
from il2desk.desk.stock_lines import vials_words
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    DilutionMethod,
    Dose,
    Refusal,
    Severity,
    joined,
    tell,
    write_clock,
    write_dose,
    write_moment,
    write_offset,
    write_quantity,
    write_weekday,
)
from il2desk.sheets import KitAmount, KitDose

_AMOUNT = "international"
_ORDER_DIFFERS = tell(
    "The order does not say the dose that is derived now. The prescriber must "
    "amend the order first."
)
_UNSAID = tell("A finding speaks against this dose. Step 4 of the program says which.")
_AMOUNT_STEPS = ("I", "L")
"""Lines of the working that say the total volume and the rate."""


def dose_to_print(
    desk: Desk, chart: PatientChart, cycle: CycleChart, slot: SlotState
) -> Dose | tuple[str, ...]:
    """The dose to print for a slot, or every reason why none is printed: an overdue one prints none."""
    made = _by_the_gates(desk, chart, cycle, slot)
    late = late_mark(desk, slot)
    if not late:
        return made
    asked = tell("{late}. The program has no record of it.", late=late)
    return (asked,) if isinstance(made, Dose) else (asked, *made)


def _by_the_gates(
    desk: Desk, chart: PatientChart, cycle: CycleChart, slot: SlotState
) -> Dose | tuple[str, ...]:
    dose = cycle.doses[slot.number]
    if missing := not_complete_since_restore(desk, chart.subject.id):
        return (missing,)
    if wrong := wrong_preparation(desk, Located(chart, cycle, dose)):
        return (wrong,)
    if is_held(dose):
        held = hold_words(site_rules(desk, cycle))
        return tuple(part for part in (tell("The dose is on HOLD."), held) if part)
    if skipped := skipped_after_hold(desk, cycle, dose):
        return tuple(skipped)
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
    said = tuple(_UNSAID if _AMOUNT in reason else reason for reason in dict.fromkeys(reasons))
    return said or (_UNSAID,)  # never a row without a DOSE and without a reason


def open_dose(
    desk: Desk,
    chart: PatientChart,
    cycle: CycleChart,
    slot: SlotState,
    made: Dose | tuple[str, ...],
) -> KitDose:
    """The row of a dose: planned time, state, what must be known, and why no DOSE is printed."""
    local = desk.local(slot.due)
    state = joined("; ", (part for part in (slot.word, slot.detail, slot.hold) if part))
    return KitDose(
        number=str(slot.number), planned_day=write_weekday(local.date()),
        planned_time=f"{write_clock(local)} {write_offset(local)}", state=state,
        sentences=tuple(_sentences(desk, chart, cycle, slot, made)),
        no_dose=made if isinstance(made, tuple) else (), hold=withheld_mark(desk, chart, cycle, slot.number),
        late=late_mark(desk, slot),
        released=_ready(desk, cycle.doses[slot.number], made),
        **_volumes(cycle.doses[slot.number], made),
    )  # fmt: skip


def _ready(desk: Desk, dose: DoseRecords, made: Dose | tuple[str, ...]) -> str:
    """Said of a preparation that lies ready, so that nobody makes it twice."""
    if dose.release is None or not isinstance(made, Dose):
        return ""
    return tell("PREPARED {moment}", moment=near(desk, dose.release.at))


def _volumes(dose: DoseRecords, made: Dose | tuple[str, ...]) -> dict[str, str]:
    """The drug to be drawn up and the whole once diluted, in mL; nothing where no DOSE is printed."""
    if not isinstance(made, Dose):
        return {}
    drug, total, release = made.prepared_volume_ml, made.dilution.total_volume_ml, dose.release
    if release is not None:
        drug, total = release.prepared_volume_ml, release.total_volume_ml
    if total is None and made.dilution.method is DilutionMethod.UNDILUTED:
        total = drug  # what is injected is the drug alone
    return {
        "drug_volume": write_quantity(drug, "mL"),
        "total_volume": "" if total is None else write_quantity(total, "mL"),
    }


def _sentences(
    desk: Desk,
    chart: PatientChart,
    cycle: CycleChart,
    slot: SlotState,
    made: Dose | tuple[str, ...],
) -> Iterable[str]:
    dose = cycle.doses[slot.number]
    if slot.moved:
        yield tell(
            "Planned first for {moment}, {moved}.",
            moment=write_moment(desk.local(dose.planned)),
            moved=slot.moved,
        )
    at = Located(chart, cycle, dose)
    lies_ready = dose.standing_release is not None and not wrong_preparation(desk, at)
    if dose.release is not None and (
        isinstance(made, Dose) or (lies_ready and late_mark(desk, slot))
    ):
        yield _released(desk, cycle, dose, dose.release)
    elif isinstance(made, Dose):
        then = max(slot.due, desk.clock.now())
        if old := too_old_reason(desk_at(desk, then), chart, cycle):
            yield tell("WEIGH FIRST. By the planned time the weight is too old. {old}", old=old)
    check = dose.check
    if check is not None:
        when = write_moment(desk.local(check.assessed_at))
        until = check.valid_until
        said = check.sentence
        yield (
            tell("Check of {when}: {said}", when=when, said=said)
            if until is None
            else tell(
                "Check of {when}, valid to {until}: {said}",
                when=when,
                until=write_moment(desk.local(until)),
                said=said,
            )
        )
    if dose.override is not None:
        yield tell(
            "Override ordered by {prescriber}: {reason}",
            prescriber=dose.override.prescriber,
            reason=dose.override.reason,
        )


def _released(desk: Desk, cycle: CycleChart, dose: DoseRecords, release: ReleaseRecord) -> str:
    last = use_before(desk, cycle, release)
    lots = ", ".join(lot_text(lot) for lot in release.lots)
    what = tell(
        "{volume}, lot {lots}",
        volume=write_quantity(release.prepared_volume_ml, "mL"),
        lots=lots,
    )
    if last is not None:
        until = write_moment(desk.local(last))
        what = tell("{what}; use before {until}", what=what, until=until)
    return tell(
        "A preparation was released {moment} by {by}, checked by {checked_by}: {what}. "
        "Do not prepare dose {number} again while it is there.",
        moment=write_moment(desk.local(release.at)),
        by=release.by,
        checked_by=release.checked_by,
        what=what,
        number=dose.number,
    )


def amounts_of(cycle: CycleChart, made: dict[int, Dose | tuple[str, ...]]) -> tuple[KitAmount, ...]:
    """What is to be prepared, once for all doses that are alike; a released dose as it was released."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, dose in made.items():
        if isinstance(dose, Dose):
            groups.setdefault(_written(cycle.doses[number], dose), []).append(number)
    return tuple(
        KitAmount(
            doses_in_words(numbers), tuple(map(str, numbers)), exact, prepared, volume, tuple(lines)
        )
        for (exact, prepared, volume, *lines), numbers in groups.items()
    )


def _written(records: DoseRecords, dose: Dose) -> tuple[str, ...]:
    """Exact dose, prepared dose, its volume, then lines about vials, syringe, dilution and rate."""
    exact, release = write_dose(dose.exact_dose_iu), records.release
    if release is not None:
        total = release.total_volume_ml
        lines = (
            ()
            if total is None
            else (
                tell(
                    "in all {total} {diluent}",
                    total=write_quantity(total, "mL"),
                    diluent=release.diluent,
                ),
            )
        )
        return (
            exact, write_dose(release.prepared_dose_iu),
            write_quantity(release.prepared_volume_ml, "mL"), tell("as released"), *lines,
        )  # fmt: skip
    steps = (
        tell("{label}: {text}", label=one.label, text=one.text)
        for one in dose.working
        if one.letter in _AMOUNT_STEPS
    )
    return (
        exact, write_dose(dose.prepared_dose_iu), write_quantity(dose.prepared_volume_ml, "mL"),
        joined(", ", (vials_words(dose.vials), dose.syringe or tell("no syringe chosen"))), *steps,
    )  # fmt: skip
