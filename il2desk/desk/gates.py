"""What may be done with a dose: the gates. They block doing, never recording what happened."""

from __future__ import annotations

from datetime import date, datetime

from il2desk.desk.after_restore import not_complete_since_restore
from il2desk.desk.chart import GIVEN, CycleChart, PatientChart
from il2desk.desk.check_moved import moved_since
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import earliest, site_rules
from il2desk.desk.dosing_weight import weight_reasons
from il2desk.desk.hold_rule import last_moment_after_hold
from il2desk.desk.place import Located
from il2desk.desk.premedicate import open_mandatory
from il2desk.desk.prepare_dose import derive_for
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords, Lot, ReleaseRecord
from il2desk.desk.soundness import not_sound
from il2desk.desk.stock_gates import shelf_of, stock_reasons, withdrawn_since
from il2desk.desk.stock_lines import CONTROL
from il2desk.desk.stock_scan import scanned_refusal
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    FINDING_CODES,
    Dose,
    Refusal,
    refuse,
    write_date,
    write_moment,
    write_quantity,
)

DISCARD_IT = "discard it (in the program: step 4 of the dose)"
"""What becomes of a wrong preparation, for whoever reads it on paper too."""
LOT_TAIL = 4
"""The second person reads at least this many of the last characters of a lot number."""


def dose_of(desk: Desk, chart: PatientChart, cycle: CycleChart, number: int) -> Dose | Refusal:
    """The dose derived for a slot by the version that its cycle stays on."""
    return derive_for(desk, chart, cycle.fingerprint, cycle=cycle, day=cycle.doses[number].day)


def may_prepare(desk: Desk, chart: PatientChart, cycle: CycleChart, number: int) -> Dose | Refusal:
    """The dose to prepare, or why preparing is blocked: STOP, recorded already, order, engines."""
    unsound = not_sound(desk)
    if unsound is not None:
        return unsound
    dose = cycle.doses[number]
    if dose.administration is not None:
        return refuse(
            "recorded", f"Dose {number} is recorded already. Open the record to amend it."
        )
    check = chart.stop_by(cycle)
    if check is not None:
        return refuse(
            "stop",
            f"Preparation is blocked: STOP {check.scope} at {write_moment(desk.local(check.assessed_at))}. "
            "Recording a dose that was given stays possible in step 5.",
        )
    derived = dose_of(desk, chart, cycle, number)
    if isinstance(derived, Refusal):
        return derived
    stops = [finding.text for finding in derived.findings if finding.severity.value == "STOP"]
    if stops:
        return Refusal("not-releasable", tuple(stops))
    return derived


def wrong_preparation(desk: Desk, at: Located, *, aged: bool = True) -> str:
    """Why a preparation that was released must not be given; empty where nothing speaks against it.

    Its weight was entered in error or is the dosing weight no more, its time of use is over, or a
    check after the release said HOLD or STOP. What was given of it can be recorded all the same.
    Without `aged` the clock is not asked: what is left stands in the journal.
    """
    dose, release = at.dose, at.dose.release
    if release is None:
        return ""
    if not release.stands and release.weight_kg is not None:
        now = release.weight_now_kg
        because = (
            "that weight was entered in error"
            if now is None
            else f"the dosing weight is {write_quantity(now, 'kg')} now"
        )
        return (
            f"Released {write_moment(desk.local(release.at))} for "
            f"{write_quantity(release.weight_kg, 'kg')}: {because}. Do not give "
            f"this preparation; {DISCARD_IT} and release the dose anew."
        )
    if dose.administration is not None:
        return ""
    if missing := not_complete_since_restore(desk, at.chart.subject.id):
        return missing
    if withdrawn := withdrawn_since(desk, release.taken_from, release.lots):
        return (
            f"{withdrawn} Do not give this preparation; {DISCARD_IT}, then release the dose anew."
        )
    if any(one.outcome in GIVEN and one.recorded_at >= release.at for one in dose.errors):
        return (
            "A record that this preparation was given was entered in error. Give it only if it lies "
            f"before you, whole and labelled for this patient; else {DISCARD_IT}."
        )
    last = use_before(desk, at.cycle, release) if aged else None
    if last is not None and desk.clock.now() > last:
        return (
            f"It was to be used before {write_moment(desk.local(last))}. Do not give this preparation; "
            f"{DISCARD_IT}, then release the dose anew."
        )
    against = _against(at)
    if against is None or against.assessed_at <= release.at:
        return _not_assessed(desk, dose, release)
    when = write_moment(desk.local(against.assessed_at))
    return f"{against.verdict} at {when}, after the release. Do not give this preparation."


def _not_assessed(desk: Desk, dose: DoseRecords, release: ReleaseRecord) -> str:
    """Why the check no longer carries a release: it was taken back, or a later one could not assess."""
    check = dose.check
    if check is None:
        return (
            "The check that this preparation was released on was entered in error. Check again before "
            "you give it."
        )
    later = check.verdict == "CANNOT ASSESS" and check.assessed_at > release.at
    if not later or overridden(dose, check):
        return ""
    when = write_moment(desk.local(check.assessed_at))
    return (
        f"CANNOT ASSESS at {when}, after the release. Check again before you give this preparation."
    )


def speaks_against(at: Located) -> str:
    """STOP or HOLD that speaks against giving a dose without an outcome; empty where nothing does."""
    against = _against(at)
    return "" if against is None or at.dose.administration is not None else against.verdict


def _against(at: Located) -> CheckRecord | None:
    """The STOP of the cycle, or the dose's own check, where it says STOP or HOLD and is not overridden."""
    against = at.chart.stop_by(at.cycle) or at.dose.check
    if against is None or against.verdict not in ("STOP", "HOLD"):
        return None
    return None if overridden(at.dose, against) else against


def check_stands(desk: Desk, dose: DoseRecords, at: datetime | None = None) -> Refusal | None:
    """Whether the latest check, or an override of it, allows release right now.

    With a moment `at`: whether it did then. What was recorded afterwards does not count.
    """
    moment = desk.clock.now() if at is None else at
    check = dose.check if at is None else dose.check_by(at)
    if check is None:
        return refuse(
            "no-check", "CANNOT ASSESS: no check before this dose is recorded. Record step 3 first."
        )
    if check.verdict == "STOP":
        return refuse("stop", f"Preparation is blocked. {check.sentence}")
    corrected = check.weight_corrected_at
    if corrected is not None and corrected <= moment:
        return refuse(
            "weight-corrected",
            "CANNOT ASSESS: a weight that the check rests on was entered in error. Check again "
            "before release.",
        )
    if check.assessed_at > moment:
        return refuse(
            "clock",
            "The check lies in the future of this computer's clock. Set the clock right, then "
            "check again.",
        )
    if check.valid_until is None:
        return refuse(
            "validity", "The protocol names no validity of a check. The site must fill it in."
        )
    if moment > check.valid_until:
        until = write_moment(desk.local(check.valid_until))
        because = ""
        if check.valid_by:
            name = FINDING_CODES[check.valid_by].name
            because = f" The {name} of that check is too old now."
        return refuse(
            "check-too-old",
            f"CANNOT ASSESS: the check was valid to {until}.{because} Check again before release.",
        )
    if check.verdict == "GO":
        return None
    if overridden(dose, check, at):
        return None
    return refuse(
        "verdict",
        f"{check.sentence} Release needs an override that the protocol allows, with reason, "
        "named prescriber and second person.",
    )


def overridden(dose: DoseRecords, check: CheckRecord, at: datetime | None = None) -> bool:
    """Whether an override of this check is recorded, and was by the moment `at`."""
    override = dose.override
    if override is None or override.check != check.entry:
        return False
    return at is None or override.at <= at


def may_release(
    desk: Desk,
    chart: PatientChart,
    cycle: CycleChart,
    number: int,
    lots: tuple[Lot, ...],
    *,
    taken_from: str = CONTROL,
) -> Dose | Refusal:
    """The dose to release, or every reason against it. `taken_from` is the place of the stock."""
    derived = may_prepare(desk, chart, cycle, number)
    if isinstance(derived, Refusal):
        return derived
    dose = cycle.doses[number]
    standing = check_stands(desk, dose)
    open_items = open_mandatory(desk, chart, cycle, number)
    against = {
        "restored": tuple(filter(None, (not_complete_since_restore(desk, chart.subject.id),))),
        "check" if standing is None else standing.code: ()
        if standing is None
        else standing.reasons,
        "check-moved": () if dose.check is None else moved_since(desk, chart, cycle, dose.check),
        "premedication": (
            f"Mandatory premedication has no outcome: {', '.join(open_items)}. Record step 2 first.",
        )
        if open_items
        else (),
        "weight": weight_reasons(desk, chart, cycle),
        "lot-expired": tuple(expired_lots(desk, lots)),
        "stock": _stock(desk, cycle, lots, taken_from),
        "too-early": tuple(_too_early(desk, cycle, dose)),
        "hold-skips": tuple(skipped_after_hold(desk, cycle, dose)),
        "released": tuple(_released(dose)),
    }
    codes = [code for code, reasons in against.items() if reasons]
    if not codes:
        return derived
    return Refusal(codes[0], tuple(reason for reasons in against.values() for reason in reasons))


def _released(dose: DoseRecords) -> list[str]:
    """A preparation that nobody discarded: a second one for the same dose would be two doses."""
    if dose.release is None or dose.administration is not None:
        return []
    text = (
        f"Dose {dose.number} is released already. Where that preparation is not given, discard it in "
        "step 4; then release the dose anew."
    )
    return [text]


def _stock(
    desk: Desk, cycle: CycleChart, lots: tuple[Lot, ...], taken_from: str
) -> tuple[str, ...]:
    """Why the stock that is kept does not give these lots; what had expired is said already."""
    said = expired_lots(desk, lots)
    reasons = stock_reasons(shelf_of(desk, cycle.fingerprint, taken_from), lots)
    return tuple(reason for reason in reasons if reason not in said)


def _too_early(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> list[str]:
    """Refused where the dose is due, or may be given, only after the check has run out."""
    least, check = earliest(cycle, dose, site_rules(desk, cycle)), dose.check
    if check is None or check.valid_until is None:
        return []
    if least > dose.due and least > check.valid_until:
        when = write_moment(desk.local(least))
        return [
            (
                f"By the minimum interval this dose is due at {when} at the earliest; the check would be too "
                "old by then. Check again nearer to that time."
            )
        ]
    if dose.due <= check.valid_until:
        return []
    due, until = write_moment(desk.local(dose.due)), write_moment(desk.local(check.valid_until))
    return [
        (
            f"Dose {dose.number} is due at {due}, and its check is valid to {until} only. Open the dose "
            "that is due now, or check again nearer to that time."
        )
    ]


def skipped_after_hold(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> list[str]:
    """Refused once the time is over to which the protocol lets a held dose be given."""
    last = last_moment_after_hold(dose, site_rules(desk, cycle))
    if last is None or desk.clock.now() <= last:
        return []
    until = write_moment(desk.local(last))
    return [
        (
            f"Dose {dose.number} was on HOLD, and by this protocol it could be given to {until} at "
            "the latest. Record it as Held."
        )
    ]


def expired_lots(desk: Desk, lots: tuple[Lot, ...], on: date | None = None) -> list[str]:
    """A sentence for every lot that had expired on a day (today by default), or has no expiry."""
    day = on or desk.now().date()
    found: list[str] = []
    for lot in lots:
        expiry = expiry_of(lot)
        if expiry is None:
            found.append(f"The expiry of lot {lot.lot} is no date. Enter it as 12-Mar-2026.")
        elif expiry < day:
            found.append(f"Lot {lot.lot} expired on {write_date(expiry)}. It cannot be taken.")
    return found


def expiry_of(lot: Lot) -> date | None:
    """The last day of a lot, or None where the text is no date."""
    try:
        return date.fromisoformat(lot.expiry)
    except ValueError:
        return None


def lots_refusal(lots: tuple[Lot, ...]) -> Refusal | None:
    """Refused where a lot number, an expiry or the vials taken are missing."""
    if not lots:
        return refuse("lot", "Enter lot and expiry of every vial.")
    for lot in lots:
        if (refusal := scanned_refusal(lot.lot)) is not None:
            return refusal
        if len(lot.lot.strip()) < LOT_TAIL or lot.vials < 1:
            return refuse(
                "lot",
                "Enter the whole lot number, at least 4 characters, and the vials taken of it.",
            )
        if expiry_of(lot) is None:
            return refuse(
                "lot-expiry", f"Enter the expiry of lot {lot.lot} as a date, as in 12-Mar-2026."
            )
    return None


def may_override(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> str | Refusal:
    """Who may order a dose despite HOLD or CANNOT ASSESS, or why no override is possible."""
    check = dose.check
    if dose.administration is not None:
        return refuse("recorded", f"Dose {dose.number} is recorded already. No override is needed.")
    if check is None:
        return refuse("no-check", "Record the check before the dose first.")
    if check.verdict == "STOP":
        return refuse(
            "stop", "STOP has no override. Recording a dose that was given stays possible."
        )
    if check.verdict == "GO":
        return refuse("go", "The verdict is GO. No override is needed.")
    allowed = site_rules(desk, cycle).override_by
    if allowed is None:
        return refuse("no-override", "This protocol allows no override of HOLD or CANNOT ASSESS.")
    return allowed


def open_before(cycle: CycleChart, number: int) -> int | None:
    """The number of an earlier dose whose time is past and that has no outcome, or None."""
    now_due: datetime = cycle.doses[number].due
    for dose in cycle.doses.values():
        if dose.number < number and dose.administration is None and dose.due < now_due:
            return dose.number
    return None
