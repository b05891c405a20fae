"""Recording what happened to a dose. What was really given can always be recorded."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk.administration_form import AdministrationForm
from il2desk.desk.chart import GIVEN
from il2desk.desk.delegation import GIVE, noted
from il2desk.desk.desk import Desk
from il2desk.desk.drug_volume import (
    beyond_the_vials,
    given_dose_iu,
    holds_words,
    is_volume,
    no_part,
)
from il2desk.desk.gates import dose_of
from il2desk.desk.lots_taken import lots_refusal
from il2desk.desk.marks import what_is_asked
from il2desk.desk.outcome_reasons import (
    is_late,
    marked_reasons,
    not_given_reasons,
    outcome_refusal,
    time_reasons,
    told,
)
from il2desk.desk.people import Signature
from il2desk.desk.place import (
    DosePlace,
    Located,
    first_refusal,
    locate_to_act,
)
from il2desk.desk.records_of_a_dose import DoseRecords, Lot
from il2desk.desk.roles import RECORD
from il2desk.desk.stock_gates import shelf_of
from il2desk.dosing import (
    Refusal,
    plain,
    refuse,
    tell,
    write_moment,
    write_quantity,
)
from il2desk.records import Entry


def record_administration(
    desk: Desk, place: DosePlace, form: AdministrationForm, first: Signature, token: str
) -> Entry | Refusal:
    """Store what happened. It waits for a second person afterwards."""
    at = locate_to_act(desk, place, RECORD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "administration-recorded", **place.where())
    if stored is not None:
        return stored
    refusal = first_refusal(desk, first) or form_refusal(desk, at, form)
    if refusal is not None:
        return refusal
    body = _body(desk, at, form)
    body["signatures"] = [noted(desk, first, GIVE).body()]
    return desk.append(
        "administration-recorded", body, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


def form_refusal(desk: Desk, at: Located, form: AdministrationForm) -> Refusal | None:
    """What is still missing in the form, every point of it; None when it can be signed."""
    dose = at.dose
    if dose.administration is not None:
        record = dose.administration
        return refuse(
            "recorded",
            tell(
                "Dose {number} was recorded by {by} at {time}. Open that record to amend it.",
                number=dose.number,
                by=record.by,
                time=write_moment(desk.local(record.recorded_at)),
            ),
        )
    if (refusal := outcome_refusal(form)) is not None:
        return refusal
    given = form.outcome in GIVEN
    reasons = _given_reasons(desk, at, form) if given else not_given_reasons(form)
    reasons += marked_reasons(desk, form, what_is_asked(desk, at, form))
    return Refusal("administration", tuple(reasons)) if reasons else None


def _given_reasons(desk: Desk, at: Located, form: AdministrationForm) -> list[str]:
    reasons, dose = time_reasons(desk, form), at.dose
    if dose.release is None:
        reasons += _unreleased_reasons(desk, at, form)
    elif form.outcome == "given":
        if form.volume_ml not in (None, dose.release.prepared_volume_ml):
            prepared = write_quantity(dose.release.prepared_volume_ml, "mL")
            reasons.append(
                tell(
                    "Given means all of {prepared}. Choose Part given where less went in.",
                    prepared=prepared,
                )
            )
    elif form.volume_ml is None:
        reasons.append(tell("Enter the volume of the drug that went in, before dilution, in mL."))
    elif not is_volume(form.volume_ml) or (form.volume_ml >= dose.release.prepared_volume_ml):
        reasons.append(
            tell(
                "Released: {holds_words}. The part that went in is entered as volume of the drug: above 0 and below that of the whole.",
                holds_words=holds_words(dose.release),
            )
        )
    if form.outcome == "part given" and not form.reason.strip():
        reasons.append(tell("Enter why only a part was given."))
    return reasons


def _unreleased_reasons(desk: Desk, at: Located, form: AdministrationForm) -> list[str]:
    reasons: list[str] = []
    lots = lots_refusal(form.lots)
    if form.volume_ml is None or not is_volume(form.volume_ml):
        reasons.append(
            tell("Enter the volume of the drug that was given, before dilution, in mL, above 0.")
        )
    elif lots is None:
        reasons += beyond_the_vials(desk, at.cycle, form.lots, form.volume_ml)
        reasons += no_part(desk, at, form.outcome, form.volume_ml)
    return [*reasons, *(() if lots is None else lots.reasons)]


def _body(desk: Desk, at: Located, form: AdministrationForm) -> dict[str, object]:
    dose = at.dose
    marks = what_is_asked(desk, at, form)
    given = form.outcome in GIVEN
    volume = _volume(dose, form) if given else None
    given_iu = given_dose_iu(desk, at.cycle, volume)
    release = dose.release
    lots = form.lots or (release.lots if release is not None and given else ())
    return {
        "outcome": form.outcome,
        "given_at": told(form.given_at) if given else None,
        "approximate": form.approximate,
        "stopped_at": told(form.stopped_at) if given else None,
        "prepared_dose_iu": None if release is None else plain(release.prepared_dose_iu),
        "given_dose_iu": None if given_iu is None else plain(given_iu),
        "exact_dose_iu": _exact(desk, at),
        "volume_ml": None if volume is None else plain(volume),
        "lots": [lot.body() for lot in lots],
        **_taken(desk, at, lots),
        "reason": form.reason.strip(),
        "decided_by": form.decided_by.strip(),
        "note": form.note.strip(),
        "against": " ".join(marks) or None,
        "recorded_late": is_late(desk, form.given_at),
    }


def _taken(desk: Desk, at: Located, lots: tuple[Lot, ...]) -> dict[str, object]:
    """Which stock a dose without a release was taken from; a release took its own vials."""
    shelf = shelf_of(desk, at.cycle.fingerprint) if lots and at.dose.release is None else None
    return {} if shelf is None else {"taken_from": shelf.body()}


def _volume(dose: DoseRecords, form: AdministrationForm) -> Decimal | None:
    """The volume in mL that went in: all of the release, or what was entered."""
    if form.outcome == "given" and dose.release is not None:
        return dose.release.prepared_volume_ml
    return form.volume_ml


def _exact(desk: Desk, at: Located) -> str | None:
    """The exact dose that was released, or the one derived now where nothing was."""
    if at.dose.release is not None:
        return str(at.dose.release.dose["exact_dose_iu"])
    derived = dose_of(desk, at.chart, at.cycle, at.dose.number)
    return None if isinstance(derived, Refusal) else plain(derived.exact_dose_iu)
