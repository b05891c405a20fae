"""Correcting a record: a new entry that names the old one, with a reason and two signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from il2desk.desk.administration_form import AdministrationForm
from il2desk.desk.chart import GIVEN
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.drug_volume import beyond_the_vials, is_volume, no_part
from il2desk.desk.marks import what_is_asked
from il2desk.desk.outcome_reasons import ADMINISTRATION_OUTCOMES, corrected_time_refusal
from il2desk.desk.place import DosePlace, Located, TwoSignatures, locate, locate_to_act
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import AdministrationRecord
from il2desk.desk.roles import CORRECT
from il2desk.dosing import (
    Refusal,
    plain,
    product_of,
    refuse,
    tell,
    write_dose,
    write_moment,
    write_quantity,
)
from il2desk.records import Entry

AMENDMENT_REASONS = (
    "typing error", "wrong patient", "wrong dose slot", "new information", "time corrected", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AmendmentForm:
    """The corrected values; None leaves a field as it is. Times aware, volume in mL.

    `in_error` marks the whole record as entered in error; its slot can be recorded anew.
    """

    reason: str
    given_at: datetime | None = None
    volume_ml: Decimal | None = None
    outcome: str | None = None
    note: str | None = None
    in_error: bool = False


def amend_administration(
    desk: Desk, place: DosePlace, form: AmendmentForm, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store the correction; the original stays in the journal and on every sheet."""
    at = locate_to_act(desk, place, CORRECT)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "administration-amended", **place.where())
    if stored is not None:
        return stored
    changes = review_amendment(desk, place, form)
    if isinstance(changes, Refusal):
        return changes
    if (refusal := signed.refusal(desk, CORRECT)) is not None:
        return refusal
    entry = "" if at.dose.administration is None else at.dose.administration.entry
    body: dict[str, object] = {
        "administration": entry, "changes": changes, "signatures": signed.body(),
    }  # fmt: skip
    if at.cycle.closed:
        body["after_closure"] = True
    return desk.append(
        "administration-amended", body, amends=entry, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


def review_amendment(
    desk: Desk, place: DosePlace, form: AmendmentForm
) -> list[dict[str, str | None]] | Refusal:
    """The changes a correction would make (old_text, new_text), or what is missing; stores nothing."""
    at = locate(desk, place)
    if isinstance(at, Refusal):
        return at
    record = at.dose.administration
    if record is None:
        return refuse("nothing", tell("Dose {number} has no record to amend.", number=place.number))
    refusal = _refusal(desk, record, form, form.reason)
    if refusal is not None:
        return refusal
    if form.volume_ml is not None:
        beyond = beyond_the_vials(desk, at.cycle, record.lots, form.volume_ml)
        if record.prepared_dose_iu is None:
            outcome = form.outcome or record.outcome
            beyond += no_part(desk, at, outcome, form.volume_ml)
        if beyond:
            return Refusal("volume", beyond)
    bundle = bundle_of(desk, at.cycle.fingerprint)
    if isinstance(bundle, Refusal) and form.volume_ml is not None:
        return bundle
    strength = None if isinstance(bundle, Refusal) else bundle.product.strength_iu_per_ml.value
    form = _with_outcome(record, form)
    changes = changes_of(desk, record, form, strength)
    if not changes:
        return refuse("unchanged", "Nothing differs from the record. Enter the corrected value.")
    return [*changes, *_new_marks(desk, at, record, form)]


def _new_marks(
    desk: Desk, at: Located, record: AdministrationRecord, form: AmendmentForm
) -> list[dict[str, str | None]]:
    """Marks that the corrected facts bring; an old mark is never taken away."""
    outcome = form.outcome or record.outcome
    if form.in_error or outcome not in GIVEN:
        return []
    facts = AdministrationForm(
        outcome, given_at=form.given_at or record.given_at, volume_ml=form.volume_ml or record.volume_ml,
        lots=record.lots, reason=form.reason, decided_by=record.decided_by,
    )  # fmt: skip
    old = record.against or ""
    added = [mark for mark in what_is_asked(desk, at, facts) if mark not in old]
    if not added:
        return []
    new = " ".join([*([old] if old else []), *added])
    return [_change("against", record.against, new, old or "none", new)]


def _refusal(
    desk: Desk, record: AdministrationRecord, form: AmendmentForm, reason: str
) -> Refusal | None:
    if not reason.strip():
        return refuse("reason", "Choose or enter the reason for the correction.")
    if form.in_error:
        return None
    if form.given_at is not None:
        wrong = corrected_time_refusal(desk, form.given_at, record.stopped_at)
        if wrong is not None:
            return wrong
        if (form.outcome or record.outcome) not in GIVEN:
            return refuse("outcome", "A dose that was not given has no time of giving.")
    return _outcome_refusal(record, form) or _volume_refusal(record, form)


def _outcome_refusal(record: AdministrationRecord, form: AmendmentForm) -> Refusal | None:
    """A change between given and not given, or of how much, is a new record or needs the volume."""
    if form.outcome is None or form.outcome == record.outcome:
        return None
    if form.outcome not in ADMINISTRATION_OUTCOMES:
        return refuse(
            "outcome", "Choose an outcome: Given, Part given, Held, Omitted or Not known."
        )
    if (form.outcome in GIVEN) != (record.outcome in GIVEN):
        return refuse("outcome", "Mark the record as entered in error, then record what happened.")
    if form.outcome in GIVEN and form.volume_ml is None:
        return refuse("volume", "Enter the volume of the drug that went in as well, in mL.")
    return None


def _volume_refusal(record: AdministrationRecord, form: AmendmentForm) -> Refusal | None:
    if form.volume_ml is None:
        return None
    if record.outcome not in GIVEN:
        return refuse("volume", "A dose that was not given has no volume.")
    if not is_volume(form.volume_ml):
        return refuse("volume", "Enter the volume of the drug that was given, in mL, above 0.")
    if record.prepared_dose_iu is None or record.given_dose_iu is None or record.volume_ml is None:
        return None
    outcome = form.outcome
    # Prepared volume = prepared dose / strength, and strength = given dose / given volume.
    whole = Fraction(record.prepared_dose_iu) * Fraction(record.volume_ml)
    asked = Fraction(form.volume_ml) * Fraction(record.given_dose_iu)
    if asked > whole:
        return refuse("volume", "That is more than was prepared. Check the syringe's volume again.")
    if form.outcome is not None and (outcome == "given") != (asked == whole):
        return refuse("volume", "Given means all that was prepared, part given less. Check both.")
    return None


def _with_outcome(record: AdministrationRecord, form: AmendmentForm) -> AmendmentForm:
    """The form with the outcome that its volume means: all that was prepared, or a part of it.

    Both people see the change of the word in the review before they sign.
    """
    known = record.prepared_dose_iu, record.given_dose_iu, record.volume_ml
    if form.volume_ml is None or form.outcome is not None or None in known:
        return form
    whole = Fraction(known[0] or 0) * Fraction(known[2] or 0)
    asked = Fraction(form.volume_ml) * Fraction(known[1] or 0)
    return replace(form, outcome="given" if asked == whole else "part given")


def changes_of(
    desk: Desk, record: AdministrationRecord, form: AmendmentForm, strength: Decimal | None
) -> list[dict[str, str | None]]:
    """What the correction changes, each with old and new as stored and as people read them.

    `strength` (international units per mL) is needed where the volume changes.
    """
    changes: list[dict[str, str | None]] = []
    if form.in_error:
        return [_change("in_error", "false", "true", "recorded", "entered in error")]
    # In UTC: a time in the hour that comes twice never equals one of another zone.
    given = None if form.given_at is None else form.given_at.astimezone(UTC)
    if given is not None and given != record.given_at:
        old = record.given_at
        changes.append(
            _change(
                "given_at",
                None if old is None else utc_text(old),
                utc_text(given),
                "none" if old is None else write_moment(desk.local(old)),
                write_moment(desk.local(given)),
            )
        )
    volume = form.volume_ml
    if volume is not None and strength is not None and volume != record.volume_ml:
        changes.extend(_volume_changes(record, volume, strength))
    for name, new, old_text in (
        ("outcome", form.outcome, record.outcome), ("note", form.note, record.note),
    ):  # fmt: skip
        if new is not None and new != old_text:
            changes.append(_change(name, old_text, new, old_text or "none", new or "none"))
    return changes


def _volume_changes(
    record: AdministrationRecord, volume: Decimal, strength: Decimal
) -> list[dict[str, str | None]]:
    old_ml, old_iu = record.volume_ml, record.given_dose_iu
    given = product_of(volume, strength)
    return [
        _change(
            "volume_ml", None if old_ml is None else plain(old_ml), plain(volume),
            "none" if old_ml is None else write_quantity(old_ml, "mL"), write_quantity(volume, "mL"),
        ),
        _change(
            "given_dose_iu", None if old_iu is None else plain(old_iu), plain(given),
            "none" if old_iu is None else write_dose(old_iu), write_dose(given),
        ),
    ]  # fmt: skip


def _change(
    name: str, old: str | None, new: str | None, old_text: str, new_text: str
) -> dict[str, str | None]:
    return {"field": name, "old": old, "new": new, "old_text": old_text, "new_text": new_text}
