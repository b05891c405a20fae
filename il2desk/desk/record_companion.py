"""Recording what happened to a dose of a companion drug. What was really given can be recorded."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk.chart import GIVEN
from il2desk.desk.companion_form import CompanionForm, CompanionPlace, amount_field
from il2desk.desk.companion_marks import what_is_asked_of_companion, whole_amounts
from il2desk.desk.companion_place import CompanionLocated, locate_companion_to_act
from il2desk.desk.companion_plan import day_words
from il2desk.desk.delegation import GIVE, noted
from il2desk.desk.desk import Desk
from il2desk.desk.lots_taken import lots_refusal
from il2desk.desk.outcome_reasons import (
    is_late,
    marked_reasons,
    not_given_reasons,
    outcome_refusal,
    time_reasons,
    told,
)
from il2desk.desk.people import Signature
from il2desk.desk.place import first_refusal
from il2desk.desk.roles import RECORD
from il2desk.dosing import Refusal, plain, refuse, tell, write_moment, write_number
from il2desk.records import Entry


def record_companion(
    desk: Desk, place: CompanionPlace, form: CompanionForm, first: Signature, token: str
) -> Entry | Refusal:
    """Store what happened. It waits for a second person afterwards."""
    at = locate_companion_to_act(desk, place, RECORD)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "companion-recorded", **place.where())
    if stored is not None:
        return stored
    refusal = first_refusal(desk, first) or companion_form_refusal(desk, at, form)
    if refusal is not None:
        return refusal
    body = _body(desk, at, form) | {"signatures": [noted(desk, first, GIVE).body()]}
    return desk.append(
        "companion-recorded", body, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


def companion_form_refusal(desk: Desk, at: CompanionLocated, form: CompanionForm) -> Refusal | None:
    """What is still missing in the form, every point of it; None when it can be signed."""
    record = at.record
    if record is not None:
        return refuse(
            "recorded",
            tell(
                "{drug}, {day_words}, was recorded by {by} at {time}. Open that record to amend it.",
                drug=at.companion.drug,
                day_words=day_words(record.day),
                by=record.by,
                time=write_moment(desk.local(record.recorded_at)),
            ),
        )
    if (refusal := outcome_refusal(form)) is not None:
        return refusal
    given = form.outcome in GIVEN
    reasons = _given_reasons(desk, at, form) if given else not_given_reasons(form)
    reasons += marked_reasons(desk, form, what_is_asked_of_companion(desk, at, form))
    return Refusal("companion", tuple(reasons)) if reasons else None


def _given_reasons(desk: Desk, at: CompanionLocated, form: CompanionForm) -> list[str]:
    reasons = time_reasons(desk, form)
    if form.amount is None:
        reasons.append(tell("Enter the amount that was given, in {unit}.", unit=at.companion.unit))
    elif (wrong := amount_reason(form.amount, at.companion.unit)) is not None:
        reasons.append(wrong)
    if not form.route.strip():
        reasons.append(tell("Enter the route by which it was given."))
    if form.lots:
        lots = lots_refusal(form.lots)
        reasons.extend(() if lots is None else lots.reasons)
    if form.outcome == "part given" and not form.reason.strip():
        reasons.append(tell("Enter why only a part was given."))
    return reasons


def amount_reason(amount: Decimal, unit: str) -> str | None:
    """Why an amount cannot have been given as it stands, or None."""
    field = amount_field(unit)
    if field.takes(amount):
        return None
    least, most = write_number(field.minimum), write_number(field.maximum)
    places = (
        "no decimals"
        if not field.decimals
        else tell("at most {decimals} decimal places", decimals=field.decimals)
    )
    return tell(
        "Enter the amount that was given, {least} to {most} {unit}, with {places}.",
        least=least,
        most=most,
        unit=unit,
        places=places,
    )


def _body(desk: Desk, at: CompanionLocated, form: CompanionForm) -> dict[str, object]:
    marks = what_is_asked_of_companion(desk, at, form)
    given, whole = form.outcome in GIVEN, whole_amounts(at)
    planned = at.companion.route
    return {
        "companion": at.companion.id,
        "drug": at.companion.drug,
        "day": at.place.day,
        "day_date": at.date.isoformat(),
        "count": at.place.count,
        "planned": at.planned,
        "outcome": form.outcome,
        "given_at": told(form.given_at) if given else None,
        "approximate": form.approximate,
        "stopped_at": told(form.stopped_at) if given else None,
        "amount": plain(form.amount) if given and form.amount is not None else None,
        "unit": at.companion.unit,
        "derived_amount": plain(whole[0]) if whole else None,
        "derived_gap": at.derived.text if isinstance(at.derived, Refusal) else "",
        "route": form.route.strip() if given else "",
        "planned_route": "" if planned is None else planned.value,
        "injection_site": form.injection_site.strip() if given else "",
        "product": form.product.strip() if given else "",
        "lots": [lot.body() for lot in form.lots] if given else [],
        "reason": form.reason.strip(),
        "decided_by": form.decided_by.strip(),
        "note": form.note.strip(),
        "against": " ".join(marks) or None,
        "recorded_late": is_late(desk, form.given_at),
    }
