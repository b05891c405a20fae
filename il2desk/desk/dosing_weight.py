"""Whether the dosing weight still sets the dose: its age, the change since, and a decision to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from il2desk.desk.chart import CycleChart, PatientChart, Weight
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.place import DosePlace, TwoSignatures, locate_to_act
from il2desk.dosing import (
    AT_THE_LIMIT,
    Refusal,
    refuse,
    write_moment,
    write_quantity,
    write_rounded,
)
from il2desk.records import Entry


@dataclass(frozen=True, slots=True)
class KeepWeightForm:
    """Why the dosing weight stays, ordered by which prescriber, and how the order came."""

    reason: str
    prescriber: str
    way: str


def changed_weight(desk: Desk, chart: PatientChart, cycle: CycleChart) -> Weight | None:
    """The daily weight that reached the re-weigh limit and that nobody has decided about; or None.

    Without a stated limit none does. Compared unrounded with the dosing weight.
    """
    rules, dosing, last = site_rules(desk, cycle), chart.dosing_weight, chart.last_weight
    if rules.reweigh_percent is None or dosing is None or last is None or last is dosing:
        return None
    if last.measured_at <= dosing.measured_at or (dosing.entry, last.entry) in chart.kept_weights:
        return None
    change = abs(Fraction(last.weight_kg) / Fraction(dosing.weight_kg) - 1) * 100
    limit = Fraction(rules.reweigh_percent)
    reached = change > limit or (change == limit and rules.reweigh_counts_from == AT_THE_LIMIT)
    return last if reached else None


def weight_reasons(desk: Desk, chart: PatientChart, cycle: CycleChart) -> tuple[str, ...]:
    """Why nothing may be released on the dosing weight, one sentence each; empty where it stands."""
    dosing, rules = chart.dosing_weight, site_rules(desk, cycle)
    if dosing is None:
        return ()
    reasons: list[str] = []
    age = rules.dosing_weight_max_age_h
    if age is not None and desk.clock.now() - dosing.measured_at > timedelta(minutes=int(age * 60)):
        when = write_moment(desk.local(dosing.measured_at))
        reasons.append(
            f"The dosing weight was measured on {when}; the site allows {write_quantity(age, 'hours')}. "
            "Weigh the patient for dosing in step 1."
        )
    changed = changed_weight(desk, chart, cycle)
    if changed is not None:
        change = abs(Fraction(changed.weight_kg) / Fraction(dosing.weight_kg) - 1) * 100
        more = "more" if changed.weight_kg > dosing.weight_kg else "less"
        reasons.append(
            f"The last weight {write_quantity(changed.weight_kg, 'kg')} is "
            f"{write_quantity(write_rounded(change, 2), 'percent')} {more} than the dosing weight "
            f"{write_quantity(dosing.weight_kg, 'kg')}. A gain during a cycle may be fluid: record a new "
            "dosing weight in step 1, or the prescriber's order to keep the dosing weight."
        )
    return tuple(reasons)


def keep_dosing_weight(
    desk: Desk, place: DosePlace, form: KeepWeightForm, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store the order to keep the dosing weight despite the last weight, and for that weight only."""
    at = locate_to_act(desk, place)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "dosing-weight-kept", subject=place.subject)
    if stored is not None:
        return stored
    changed, dosing = changed_weight(desk, at.chart, at.cycle), at.chart.dosing_weight
    if changed is None or dosing is None:
        return refuse("no-change", "The last weight asks for no decision about the dosing weight.")
    for text, name in (
        (form.reason, "the reason"),
        (form.prescriber, "the prescriber's name"),
        (form.way, "how the order came"),
    ):
        if not text.strip():
            return refuse("keep-weight", f"Enter {name} for keeping the dosing weight.")
    if (refusal := signed.refusal(desk)) is not None:
        return refusal
    body = {
        "dosing_weight": dosing.entry, "last_weight": changed.entry, "reason": form.reason.strip(),
        "prescriber": form.prescriber.strip(), "way": form.way.strip(), "signatures": signed.body(),
    }  # fmt: skip
    return desk.append(
        "dosing-weight-kept", body, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip
