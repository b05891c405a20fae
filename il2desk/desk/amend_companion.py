"""Correcting the record of a companion dose: old and new stay side by side, signed by two people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from il2desk.desk.chart import GIVEN
from il2desk.desk.clock import utc_text
from il2desk.desk.companion_form import CompanionAmendment, CompanionForm, CompanionPlace
from il2desk.desk.companion_marks import what_is_asked_of_companion
from il2desk.desk.companion_place import (
    CompanionLocated,
    locate_companion,
    locate_companion_to_act,
)
from il2desk.desk.companion_records import CompanionRecord
from il2desk.desk.desk import Desk
from il2desk.desk.outcome_reasons import ADMINISTRATION_OUTCOMES, corrected_time_refusal
from il2desk.desk.place import TwoSignatures
from il2desk.desk.record_companion import amount_reason
from il2desk.desk.roles import CORRECT
from il2desk.dosing import Refusal, plain, refuse, tell, write_amount, write_moment
from il2desk.records import Entry

ChangeText = dict[str, str | None]


def amend_companion(
    desk: Desk, place: CompanionPlace, form: CompanionAmendment, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store the correction; the original stays in the journal and on every sheet."""
    at = locate_companion_to_act(desk, place, CORRECT)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "companion-amended", **place.where())
    if stored is not None:
        return stored
    changes = review_companion_amendment(desk, place, form)
    if isinstance(changes, Refusal):
        return changes
    if (refusal := signed.refusal(desk, CORRECT)) is not None:
        return refusal
    entry = "" if at.record is None else at.record.entry
    body: dict[str, object] = {
        "record": entry, "changes": changes, "signatures": signed.body(),
    }  # fmt: skip
    if at.cycle.closed:
        body["after_closure"] = True
    return desk.append(
        "companion-amended", body, amends=entry, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


def review_companion_amendment(
    desk: Desk, place: CompanionPlace, form: CompanionAmendment
) -> list[ChangeText] | Refusal:
    """The changes a correction would make (old_text, new_text), or what is missing; stores nothing."""
    at = locate_companion(desk, place)
    if isinstance(at, Refusal):
        return at
    record = at.record
    if record is None:
        return refuse(
            "nothing", tell("This dose of {drug} has no record to amend.", drug=at.companion.drug)
        )
    refusal = _refusal(desk, record, form)
    if refusal is not None:
        return refusal
    if form.in_error:
        return [_change("in_error", "false", "true", "recorded", "entered in error")]
    changes = _changes(desk, record, form)
    if not changes:
        return refuse("unchanged", "Nothing differs from the record. Enter the corrected value.")
    return [*changes, *_new_marks(desk, at, record, form)]


def _refusal(desk: Desk, record: CompanionRecord, form: CompanionAmendment) -> Refusal | None:
    if not form.reason.strip():
        return refuse("reason", "Choose or enter the reason for the correction.")
    if form.in_error:
        return None
    outcome = form.outcome or record.outcome
    if outcome not in ADMINISTRATION_OUTCOMES:
        return refuse(
            "outcome", "Choose an outcome: Given, Part given, Held, Omitted or Not known."
        )
    if (outcome in GIVEN) != (record.outcome in GIVEN):
        return refuse("outcome", "Mark the record as entered in error, then record what happened.")
    if outcome not in GIVEN and (form.given_at, form.amount, form.product) != (None, None, None):
        return refuse("outcome", "A dose that was not given has no time, amount or product.")
    if (late := corrected_time_refusal(desk, form.given_at, record.stopped_at)) is not None:
        return late
    wrong = None if form.amount is None else amount_reason(form.amount, record.unit)
    return None if wrong is None else refuse("amount", wrong)


def _changes(desk: Desk, record: CompanionRecord, form: CompanionAmendment) -> list[ChangeText]:
    """What the correction changes, each with old and new as stored and as people read them."""
    changes: list[ChangeText] = []
    given = None if form.given_at is None else form.given_at.astimezone(UTC)
    if given is not None and given != record.given_at:
        old = record.given_at
        changes.append(
            _change(
                "given_at", None if old is None else utc_text(old), utc_text(given),
                _moment(desk, old), _moment(desk, given),
            )
        )  # fmt: skip
    amount, before = form.amount, record.amount
    if amount is not None and amount != before:
        changes.append(
            _change(
                "amount", None if before is None else plain(before), plain(amount),
                "none" if before is None else write_amount(before, record.unit),
                write_amount(amount, record.unit),
            )
        )  # fmt: skip
    for name, new, was in (
        ("outcome", form.outcome, record.outcome), ("product", form.product, record.product),
        ("note", form.note, record.note),
    ):  # fmt: skip
        if new is not None and new != was:
            changes.append(_change(name, was, new, was or "none", new or "none"))
    return changes


def _new_marks(
    desk: Desk, at: CompanionLocated, record: CompanionRecord, form: CompanionAmendment
) -> list[ChangeText]:
    """Marks that the corrected facts bring; an old mark is never taken away."""
    outcome = form.outcome or record.outcome
    if outcome not in GIVEN:
        return []
    recorded = CompanionForm(
        record.outcome, given_at=record.given_at, amount=record.amount, route=record.route,
        lots=record.lots,
    )  # fmt: skip
    facts = replace(
        recorded,
        outcome=outcome,
        given_at=form.given_at or record.given_at,
        amount=form.amount or record.amount,
    )
    old = record.against or ""
    # A weight that came later changes what is derived now: that is no mark of this correction.
    known = what_is_asked_of_companion(desk, at, recorded)
    added = [
        mark
        for mark in what_is_asked_of_companion(desk, at, facts)
        if mark not in old and mark not in known
    ]
    if not added:
        return []
    new = " ".join([*([old] if old else []), *added])
    return [_change("against", record.against, new, old or "none", new)]


def _moment(desk: Desk, moment: datetime | None) -> str:
    return "none" if moment is None else write_moment(desk.local(moment))


def _change(
    name: str, old: str | None, new: str | None, old_text: str, new_text: str
) -> ChangeText:
    return {"field": name, "old": old, "new": new, "old_text": old_text, "new_text": new_text}
