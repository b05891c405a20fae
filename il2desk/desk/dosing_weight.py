"""Whether the dosing weight still sets the dose: its age, the change since, and a decision to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.place import DosePlace, TwoSignatures, locate_to_act
from il2desk.desk.roles import KEEP_WEIGHT
from il2desk.desk.weights import KeptWeight, Weight, gain_percent
from il2desk.dosing import (
    ABOVE_THE_LIMIT,
    Refusal,
    refuse,
    tell,
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


def kept_despite(chart: PatientChart) -> KeptWeight | None:
    """The order to keep the dosing weight in force despite the last weight, or None."""
    dosing, last = chart.dosing_weight, chart.last_weight
    if dosing is None or last is None:
        return None
    pair = (dosing.entry, last.entry)
    return next((one for one in chart.kept_weights if (one.dosing, one.last) == pair), None)


def changed_weight(desk: Desk, chart: PatientChart, cycle: CycleChart) -> Weight | None:
    """The daily weight that reached the re-weigh limit and that nobody has decided about; or None.

    Without a stated limit none does. Compared unrounded with the dosing weight; the limit itself
    is free only where the site says that it is.
    """
    rules, dosing, last = site_rules(desk, cycle), chart.dosing_weight, chart.last_weight
    if rules.reweigh_percent is None or dosing is None or last is None or last is dosing:
        return None
    if last.measured_at <= dosing.measured_at or kept_despite(chart) is not None:
        return None
    change, limit = abs(gain_percent(last, dosing)), Fraction(rules.reweigh_percent)
    reached = change > limit or (change == limit and rules.reweigh_counts_from != ABOVE_THE_LIMIT)
    return last if reached else None


def too_old_reason(desk: Desk, chart: PatientChart, cycle: CycleChart) -> str:
    """Why the dosing weight is too old to release on; empty where it is not, or no age is stated."""
    dosing, age = chart.dosing_weight, site_rules(desk, cycle).dosing_weight_max_age_h
    if dosing is None or age is None:
        return ""
    if desk.clock.now() - dosing.measured_at <= timedelta(minutes=int(age * 60)):
        return ""
    when = write_moment(desk.local(dosing.measured_at))
    return tell(
        "The dosing weight was measured on {when}; the site allows {age}. Weigh the "
        "patient for dosing in step 1.",
        when=when,
        age=write_quantity(age, "hours"),
    )


def changed_reason(desk: Desk, chart: PatientChart, cycle: CycleChart) -> str:
    """How far the last weight is from the dosing weight, and what a person decides; or empty."""
    changed, dosing = changed_weight(desk, chart, cycle), chart.dosing_weight
    if changed is None or dosing is None:
        return ""
    change = gain_percent(changed, dosing)
    percent = write_quantity(write_rounded(abs(change), 2), "percent")
    last, now = write_quantity(changed.weight_kg, "kg"), write_quantity(dosing.weight_kg, "kg")
    if change > 0:
        return tell(
            "The last weight {last} is {percent} more than the dosing weight {now}. A gain during a "
            "cycle may be fluid, and the protocol decides whether it counts: record a new dosing "
            "weight, or the prescriber's order to keep the dosing weight, in step 1.",
            last=last,
            percent=percent,
            now=now,
        )
    return tell(
        "The last weight {last} is {percent} less than the dosing weight {now}. Record a new dosing "
        "weight, or the prescriber's order to keep the dosing weight, in step 1.",
        last=last,
        percent=percent,
        now=now,
    )


def weight_reasons(desk: Desk, chart: PatientChart, cycle: CycleChart) -> tuple[str, ...]:
    """Why nothing may be released on the dosing weight, one sentence each; empty where it stands."""
    found = (too_old_reason(desk, chart, cycle), changed_reason(desk, chart, cycle))
    return tuple(reason for reason in found if reason)


def keep_dosing_weight(
    desk: Desk, place: DosePlace, form: KeepWeightForm, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store the order to keep the dosing weight despite the last weight, and for that weight only."""
    at = locate_to_act(desk, place, KEEP_WEIGHT)
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
            return refuse(
                "keep-weight", tell("Enter {name} for keeping the dosing weight.", name=name)
            )
    if (refusal := signed.refusal(desk, KEEP_WEIGHT)) is not None:
        return refusal
    body = {
        "dosing_weight": dosing.entry, "last_weight": changed.entry, "reason": form.reason.strip(),
        "prescriber": form.prescriber.strip(), "way": form.way.strip(), "signatures": signed.body(),
    }  # fmt: skip
    return desk.append(
        "dosing-weight-kept", body, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip
