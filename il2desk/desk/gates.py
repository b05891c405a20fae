"""What may be done with a dose: the gates. They block doing, never recording what happened."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk.after_restore import not_complete_since_restore
from il2desk.desk.chart import GIVEN, CycleChart, PatientChart
from il2desk.desk.check_moved import moved_since
from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import earliest, site_rules
from il2desk.desk.dosing_weight import weight_reasons
from il2desk.desk.hold_rule import last_moment_after_hold
from il2desk.desk.lots_taken import expired_lots
from il2desk.desk.place import Located
from il2desk.desk.premedicate import open_mandatory
from il2desk.desk.prepare_dose import derive_for
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords, Lot, ReleaseRecord
from il2desk.desk.soundness import not_sound
from il2desk.desk.stock_gates import shelf_of, stock_reasons, withdrawn_since
from il2desk.desk.stock_lines import CONTROL
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    FINDING_CODES,
    Dose,
    Refusal,
    joined,
    refuse,
    tell,
    write_moment,
    write_quantity,
)

DISCARD_IT = tell("discard it (in the program: step 4 of the dose)")
"""What becomes of a wrong preparation, for whoever reads it on paper too."""


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
            "recorded",
            tell("Dose {number} is recorded already. Open the record to amend it.", number=number),
        )
    check = chart.stop_by(cycle)
    if check is not None:
        return refuse(
            "stop",
            tell(
                "Preparation is blocked: STOP {scope} at {moment}. Recording a dose that was "
                "given stays possible in step 5.",
                scope=shown(check.scope or ""),
                moment=write_moment(desk.local(check.assessed_at)),
            ),
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
            tell("that weight was entered in error")
            if now is None
            else tell("the dosing weight is {now} now", now=write_quantity(now, "kg"))
        )
        return tell(
            "Released {moment} for {weight_kg}: {because}. Do not give this preparation; "
            "{discard_it} and release the dose anew.",
            moment=write_moment(desk.local(release.at)),
            weight_kg=write_quantity(release.weight_kg, "kg"),
            because=because,
            discard_it=DISCARD_IT,
        )
    if dose.administration is not None:
        return ""
    if missing := not_complete_since_restore(desk, at.chart.subject.id):
        return missing
    if withdrawn := withdrawn_since(desk, release.taken_from, release.lots):
        return tell(
            "{withdrawn} Do not give this preparation; {discard_it}, then release the dose anew.",
            withdrawn=withdrawn,
            discard_it=DISCARD_IT,
        )
    if any(one.outcome in GIVEN and one.recorded_at >= release.at for one in dose.errors):
        return tell(
            "A record that this preparation was given was entered in error. Give it only "
            "if it lies before you, whole and labelled for this patient; else {discard_it}.",
            discard_it=DISCARD_IT,
        )
    last = use_before(desk, at.cycle, release) if aged else None
    if last is not None and desk.clock.now() > last:
        return tell(
            "It was to be used before {moment}. Do not give this preparation; "
            "{discard_it}, then release the dose anew.",
            moment=write_moment(desk.local(last)),
            discard_it=DISCARD_IT,
        )
    against = _against(at)
    if against is None or against.assessed_at <= release.at:
        return _not_assessed(desk, dose, release)
    when = write_moment(desk.local(against.assessed_at))
    return tell(
        "{verdict} at {when}, after the release. Do not give this preparation.",
        verdict=against.verdict,
        when=when,
    )


def _not_assessed(desk: Desk, dose: DoseRecords, release: ReleaseRecord) -> str:
    """Why the check no longer carries a release: it was taken back, or a later one could not assess."""
    check = dose.check
    if check is None:
        return tell(
            "The check that this preparation was released on was entered in error. Check "
            "again before you give it."
        )
    later = check.verdict == "CANNOT ASSESS" and check.assessed_at > release.at
    if not later or overridden(dose, check):
        return ""
    when = write_moment(desk.local(check.assessed_at))
    return tell(
        "CANNOT ASSESS at {when}, after the release. Check again before you give this preparation.",
        when=when,
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
        return refuse("stop", tell("Preparation is blocked. {sentence}", sentence=check.sentence))
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
        parts = [tell("CANNOT ASSESS: the check was valid to {until}.", until=until)]
        if check.valid_by:
            name = FINDING_CODES[check.valid_by].name
            parts.append(tell("The {name} of that check is too old now.", name=name))
        parts.append(tell("Check again before release."))
        return refuse("check-too-old", joined(" ", parts))
    if check.verdict == "GO":
        return None
    if overridden(dose, check, at):
        return None
    return refuse(
        "verdict",
        tell(
            "{sentence} Release needs an override that the protocol allows, with reason, "
            "named prescriber and second person.",
            sentence=check.sentence,
        ),
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
            tell(
                "Mandatory premedication has no outcome: {open_items}. Record step 2 first.",
                open_items=joined(", ", open_items),
            ),
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
    text = tell(
        "Dose {number} is released already. Where that preparation is not given, "
        "discard it in step 4; then release the dose anew.",
        number=dose.number,
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
                tell(
                    "By the minimum interval this dose is due at {when} at the earliest; the check "
                    "would be too old by then. Check again nearer to that time.",
                    when=when,
                )
            )
        ]
    if dose.due <= check.valid_until:
        return []
    due, until = write_moment(desk.local(dose.due)), write_moment(desk.local(check.valid_until))
    return [
        (
            tell(
                "Dose {number} is due at {due}, and its check is valid to {until} only. Open "
                "the dose that is due now, or check again nearer to that time.",
                number=dose.number,
                due=due,
                until=until,
            )
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
            tell(
                "Dose {number} was on HOLD, and by this protocol it could be given to {until} "
                "at the latest. Record it as Held.",
                number=dose.number,
                until=until,
            )
        )
    ]


def may_override(desk: Desk, cycle: CycleChart, dose: DoseRecords) -> str | Refusal:
    """Who may order a dose despite HOLD or CANNOT ASSESS, or why no override is possible."""
    check = dose.check
    if dose.administration is not None:
        return refuse(
            "recorded",
            tell("Dose {number} is recorded already. No override is needed.", number=dose.number),
        )
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
