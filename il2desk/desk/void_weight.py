"""Marking a weight as entered in error, by two people; the weight stays in the journal."""

from __future__ import annotations

from dataclasses import replace

from il2desk.desk.chart import PatientChart, chart_of
from il2desk.desk.desk import Desk
from il2desk.desk.place import TwoSignatures
from il2desk.desk.roles import CORRECT
from il2desk.desk.weights import Weight
from il2desk.dosing import Refusal, refuse, tell, write_moment, write_quantity
from il2desk.records import Entry


def without_weight(desk: Desk, chart: PatientChart, weight: Weight) -> tuple[str, ...]:
    """What follows once the weight counts no more, in sentences that both people sign for."""
    left = [one for one in chart.weights if one.entry != weight.entry]
    then = replace(chart, weights=left).dosing_weight
    said: list[str] = []
    if weight.purpose == "dosing":
        if then is None:
            said.append(
                tell("No dosing weight is left: nothing is prepared until one is recorded.")
            )
        else:
            said.append(
                tell(
                    "The dosing weight is then {amount}, measured {time}.",
                    amount=write_quantity(then.weight_kg, "kg"),
                    time=write_moment(desk.local(then.measured_at)),
                )
            )
    for cycle in chart.cycles.values():
        if cycle.baseline is not None and cycle.baseline.entry == weight.entry:
            said.append(
                tell(
                    "It is the baseline of cycle {number} of course {course}. Record the right weight for dosing with the same date and time; without it no weight gain is known.",
                    number=cycle.number,
                    course=cycle.course,
                )
            )
        for dose in cycle.doses.values():
            release = dose.release
            if release is not None and weight.entry in release.rests_on:
                said.append(_released(dose.number, recorded=dose.administration is not None))
    return tuple(said)


def _released(number: int, *, recorded: bool) -> str:
    if recorded:
        return tell(
            "Dose {number} was released on it; its record stays and is marked.", number=number
        )
    return tell(
        "Dose {number} was released on it: do not give that preparation, release it anew.",
        number=number,
    )


def void_weight(
    desk: Desk, subject: str, weight: str, reason: str, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Mark a weight (by its entry) as entered in error: it sets no dose, no baseline, no question."""
    if (refusal := desk.not_allowed(CORRECT)) is not None:
        return refusal
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    if (
        stored := desk.stored_before(token, "weight-entered-in-error", subject=subject)
    ) is not None:
        return stored
    if (refusal := signed.refusal(desk, CORRECT)) is not None:
        return refusal
    if not reason.strip():
        return refuse("reason", "Enter why the weight was entered in error.")
    if any(one.weight.entry == weight for one in chart.weights_in_error):
        return refuse("weight", "This weight is marked as entered in error already.")
    if all(one.entry != weight for one in chart.weights):
        return refuse("weight", "This weight is not one of this patient. Open the records again.")
    return desk.append(
        "weight-entered-in-error", {"weight": weight, "signatures": signed.body()},
        subject=subject, amends=weight, reason=reason.strip(), form_token=token,
    )  # fmt: skip
