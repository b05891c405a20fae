"""Recording what happened to a dose. What was really given can always be recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from il2desk.desk.administration_form import AdministrationForm
from il2desk.desk.chart import GIVEN, CycleChart
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.gates import (
    dose_of,
    lots_refusal,
)
from il2desk.desk.marks import what_is_asked
from il2desk.desk.people import Signature
from il2desk.desk.place import (
    DosePlace,
    Located,
    first_refusal,
    locate_to_act,
    second_refusal,
)
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import (
    VOLUME_ML,
    Refusal,
    plain,
    product_of,
    refuse,
    write_moment,
    write_quantity,
)
from il2desk.records import Entry

ADMINISTRATION_OUTCOMES = ("given", "part given", "held", "omitted", "not known")
_LATE = timedelta(minutes=30)


def record_administration(
    desk: Desk, place: DosePlace, form: AdministrationForm, first: Signature, token: str
) -> Entry | Refusal:
    """Store what happened. It waits for a second person afterwards."""
    at = locate_to_act(desk, place)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "administration-recorded", **place.where())
    if stored is not None:
        return stored
    refusal = first_refusal(desk, first) or form_refusal(desk, at, form)
    if refusal is not None:
        return refusal
    body = _body(desk, at, form)
    body["signatures"] = [first.body()]
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
            f"Dose {dose.number} was recorded by {record.by} at "
            f"{write_moment(desk.local(record.recorded_at))}. Open that record to amend it.",
        )
    if form.outcome not in ADMINISTRATION_OUTCOMES:
        return refuse(
            "outcome", "Choose an outcome: Given, Part given, Held, Omitted or Not known."
        )
    reasons = (
        _given_reasons(desk, dose, form) if form.outcome in GIVEN else _not_given_reasons(form)
    )
    marks = what_is_asked(desk, at, form)
    if marks and not form.reason.strip():
        reasons.append(f"{' '.join(marks)} Enter the reason.")
    against = any("against" in mark for mark in marks)
    if against and not form.decided_by.strip():
        reasons.append("Enter the prescriber who decided to give it.")
    if _is_late(desk, form) and not form.reason.strip() and not marks:
        reasons.append(
            "It is recorded over 30 minutes after the start. Enter the reason for the late entry."
        )
    return Refusal("administration", tuple(reasons)) if reasons else None


def _given_reasons(desk: Desk, dose: DoseRecords, form: AdministrationForm) -> list[str]:
    reasons = _time_reasons(desk, form)
    if dose.release is None:
        if form.volume_ml is None or not is_volume(form.volume_ml):
            reasons.append("Enter the volume that was given, in mL, above 0.")
        lots = lots_refusal(form.lots)
        reasons.extend(() if lots is None else lots.reasons)
    elif form.outcome == "given":
        if form.volume_ml not in (None, dose.release.prepared_volume_ml):
            prepared = write_quantity(dose.release.prepared_volume_ml, "mL")
            reasons.append(f"Given means all of {prepared}. Choose Part given where less went in.")
    elif form.volume_ml is None:
        reasons.append("Enter the volume that went in, in mL of the prepared volume.")
    elif not is_volume(form.volume_ml) or (form.volume_ml >= dose.release.prepared_volume_ml):
        reasons.append("The volume of a part must be above 0 and below the prepared volume.")
    if form.outcome == "part given" and not form.reason.strip():
        reasons.append("Enter why only a part was given.")
    return reasons


def _time_reasons(desk: Desk, form: AdministrationForm) -> list[str]:
    now = desk.clock.now()
    if form.given_at is None:
        return ["Enter the time the dose was started."]
    # In UTC: two times of one zone compare by their clocks, also in the hour that comes twice.
    given = form.given_at.astimezone(UTC)
    stopped = None if form.stopped_at is None else form.stopped_at.astimezone(UTC)
    if given > now:
        return [
            (
                f"{write_moment(desk.local(form.given_at))} is in the future (now "
                f"{write_moment(desk.local(now))}). Enter the time the dose was given."
            )
        ]
    if stopped is not None and stopped < given:
        return ["It was stopped before it was started. Check both times."]
    if stopped is not None and stopped > now:
        return ["The time it was stopped is in the future. Check both times."]
    return []


def _not_given_reasons(form: AdministrationForm) -> list[str]:
    reasons: list[str] = []
    if not form.reason.strip():
        asked = "what was checked" if form.outcome == "not known" else "the reason"
        reasons.append(f"Enter {asked}.")
    if form.outcome in ("held", "omitted") and not form.decided_by.strip():
        reasons.append("Enter who decided it.")
    return reasons


def is_volume(volume_ml: Decimal) -> bool:
    """Whether something can have gone in: a finite volume above 0, at most the field's largest."""
    return volume_ml.is_finite() and 0 < volume_ml <= VOLUME_ML.maximum


def _is_late(desk: Desk, form: AdministrationForm) -> bool:
    return form.given_at is not None and desk.clock.now() - form.given_at > _LATE


def _body(desk: Desk, at: Located, form: AdministrationForm) -> dict[str, object]:
    dose = at.dose
    marks = what_is_asked(desk, at, form)
    given = form.outcome in GIVEN
    volume = _volume(dose, form) if given else None
    given_iu = _given_units(desk, at.cycle, volume)
    release = dose.release
    lots = form.lots or (release.lots if release is not None and given else ())
    return {
        "outcome": form.outcome,
        "given_at": _utc(form.given_at) if given else None,
        "approximate": form.approximate,
        "stopped_at": _utc(form.stopped_at) if given else None,
        "prepared_dose_iu": None if release is None else plain(release.prepared_dose_iu),
        "given_dose_iu": None if given_iu is None else plain(given_iu),
        "exact_dose_iu": _exact(desk, at),
        "volume_ml": None if volume is None else plain(volume),
        "lots": [lot.body() for lot in lots],
        "reason": form.reason.strip(),
        "decided_by": form.decided_by.strip(),
        "note": form.note.strip(),
        "against": " ".join(marks) or None,
        "recorded_late": _is_late(desk, form),
    }


def _volume(dose: DoseRecords, form: AdministrationForm) -> Decimal | None:
    """The volume in mL that went in: all of the release, or what was entered."""
    if form.outcome == "given" and dose.release is not None:
        return dose.release.prepared_volume_ml
    return form.volume_ml


def _given_units(desk: Desk, cycle: CycleChart, volume: Decimal | None) -> Decimal | None:
    """Volume x reconstituted strength, in international units."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if volume is None or isinstance(bundle, Refusal):
        return None
    return product_of(volume, bundle.product.strength_iu_per_ml.value)


def _exact(desk: Desk, at: Located) -> str | None:
    """The exact dose that was released, or the one derived now where nothing was."""
    if at.dose.release is not None:
        return str(at.dose.release.dose["exact_dose_iu"])
    derived = dose_of(desk, at.chart, at.cycle, at.dose.number)
    return None if isinstance(derived, Refusal) else plain(derived.exact_dose_iu)


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else utc_text(moment)


def cosign(desk: Desk, place: DosePlace, second: Signature, token: str) -> Entry | Refusal:
    """The second person's signature under a recorded administration; never the first person's."""
    at = locate_to_act(desk, place)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "administration-cosigned", **place.where())
    if stored is not None:
        return stored
    record = at.dose.administration
    if record is None:
        return refuse("nothing", f"Dose {place.number} has no record to sign yet.")
    if record.cosigned_by is not None:
        return refuse("signed", f"Dose {place.number} was signed by {record.cosigned_by} already.")
    if second.staff == record.by_id:
        return refuse("same-person", "The second person must be someone else.")
    if (refusal := second_refusal(second)) is not None:
        return refusal
    body = {"administration": record.entry, "signatures": [second.body()]}
    return desk.append("administration-cosigned", body, form_token=token, **place.where())
