"""Recording a weight: read exactly, asked about where it looks wrong, never taken silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from il2desk.desk.chart import PatientChart, chart_of
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk, new_id
from il2desk.desk.protocol_life import active_version, bundle_of
from il2desk.desk.roles import WEIGH
from il2desk.dosing import (
    WEIGHT_KG,
    Finding,
    Refusal,
    Severity,
    plain,
    refuse,
    tell,
    weight_questions,
    write_quantity,
)
from il2desk.records import Entry

WEIGHT_METHODS = ("standing scale", "bed scale", "other")
WEIGHT_PURPOSES = ("dosing", "daily")
_ADULT_RANGE = (Decimal(30), Decimal(250))


@dataclass(frozen=True, slots=True)
class WeightForm:
    """A weight in kg with its moment (aware), method, purpose, and the questions answered.

    The purpose is always said, never assumed: "dosing" sets the dose, "daily" does not. `answered`
    holds the codes of the questions that a person read and confirmed.
    """

    weight_kg: Decimal
    measured_at: datetime
    method: str
    purpose: str
    method_reason: str = ""
    answered: tuple[str, ...] = ()


def questions_about_weight(
    desk: Desk, subject: str, weight_kg: Decimal, purpose: str | None = None
) -> tuple[Finding, ...] | Refusal:
    """What must be asked about this weight (kg) before it is recorded; None: purpose not chosen."""
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    return questions_for(desk, chart, weight_kg, purpose)


def questions_for(
    desk: Desk, chart: PatientChart, weight_kg: Decimal, purpose: str | None = None
) -> tuple[Finding, ...]:
    """As `questions_about_weight`, by a chart that was read already; recording asks anew."""
    plausible = _ADULT_RANGE
    version = active_version(desk, chart.subject.protocol)
    if not isinstance(version, Refusal):
        bundle = bundle_of(desk, version.fingerprint)
        if not isinstance(bundle, Refusal):
            plausible = bundle.protocol.weight_range
    last = chart.last_weight
    asked = weight_questions(
        weight_kg, None if last is None else last.weight_kg, chart.subject.height_cm, plausible
    )
    return (*asked, *(_sets_the_dose(chart, weight_kg) if purpose == "dosing" else ()))


def _sets_the_dose(chart: PatientChart, weight_kg: Decimal) -> tuple[Finding, ...]:
    """What is asked of another dosing weight while a cycle runs: is it not the weight of the day."""
    cycle, dosing = chart.cycle, chart.dosing_weight
    if cycle is None or dosing is None or dosing.weight_kg == weight_kg or not cycle.running:
        return ()
    text = tell(
        "As dosing weight, {amount} sets every further dose of this cycle; until now {amount_2} did. A gain during a cycle may be fluid. Is it the new dosing weight, and not a daily weight?",
        amount=write_quantity(weight_kg, "kg"),
        amount_2=write_quantity(dosing.weight_kg, "kg"),
    )
    return (Finding("sets-the-dose", Severity.CAUTION, text),)


def _form_refusal(desk: Desk, form: WeightForm) -> Refusal | None:
    """What is wrong with the form itself, whatever the patient weighed before."""
    if form.measured_at > desk.clock.now() + timedelta(minutes=1):
        return refuse(
            "future", "The weight was measured in the future. Enter the time it was measured."
        )
    if form.purpose not in WEIGHT_PURPOSES:
        return refuse(
            "purpose", "Choose what the weight is for: dosing sets the dose, daily does not."
        )
    if form.method not in WEIGHT_METHODS:
        return refuse(
            "method",
            tell(
                "Choose how it was measured: {weight_methods}.",
                weight_methods=", ".join(WEIGHT_METHODS),
            ),
        )
    if form.method == "other" and not form.method_reason.strip():
        return refuse(
            "method-reason", "Enter how the weight was obtained, and why no scale was used."
        )
    weight = form.weight_kg
    if not weight.is_finite() or not WEIGHT_KG.minimum <= weight <= WEIGHT_KG.maximum:
        lowest, highest = plain(WEIGHT_KG.minimum), write_quantity(WEIGHT_KG.maximum, "kg")
        return refuse(
            "range",
            tell(
                "A dosing weight lies between {lowest} and {highest}. Type the weight again.",
                lowest=lowest,
                highest=highest,
            ),
        )
    return None


def record_weight(desk: Desk, subject: str, form: WeightForm, token: str) -> Entry | Refusal:
    """Store a weight. Unanswered questions are a refusal with code asked."""
    if (refusal := desk.not_allowed(WEIGH)) is not None:
        return refusal
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    if (stored := desk.stored_before(token, "weight-recorded", subject=subject)) is not None:
        return stored
    if (refusal := _form_refusal(desk, form)) is not None:
        return refusal
    asked = questions_for(desk, chart, form.weight_kg, form.purpose)
    open_questions = [finding for finding in asked if finding.code not in form.answered]
    if open_questions:
        return Refusal("asked", tuple(finding.text for finding in open_questions))
    body = {
        "weight": new_id(), "purpose": form.purpose, "weight_kg": str(form.weight_kg),
        "measured_at": utc_text(form.measured_at),
        "method": form.method if form.method != "other" else tell("other: {method_reason}", method_reason=form.method_reason.strip()),
        "answers": [{"code": finding.code, "text": finding.text} for finding in asked],
        "signatures": [],
    }  # fmt: skip
    return desk.append("weight-recorded", body, subject=subject, form_token=token)
