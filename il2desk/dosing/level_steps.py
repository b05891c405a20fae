"""The change from one dose level to the next, in words: what an escalation shows each month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.exact import HUNDRED, product_of, ratio, sum_of
from il2desk.dosing.regimen import Basis, DosePlan
from il2desk.dosing.sentence import tell, told
from il2desk.dosing.writing import write_dose, write_quantity, write_rounded

# Levels by day are one week's pattern, not an escalation.
_FOLLOWING = (tell("month"), tell("week"), tell("cycle"))
PER_BASIS = {Basis.KG: " per kg", Basis.M2: " per m2", Basis.FLAT: ""}
"""How a dose per unit of its basis reads after the amount."""


@dataclass(frozen=True, slots=True)
class StepUp:
    """The dose of a level and of the level before it, per unit of basis, with the level's names."""

    before: Decimal | None
    before_name: str
    dose: Decimal
    basis: Basis


def step_before(plan: DosePlan, count: int) -> StepUp | None:
    """The change at a level that follows another; None at the first and for levels by day."""
    if plan.level_by not in _FOLLOWING or count == 1:
        return None
    now = next((level for level in plan.levels if level.covers(count)), None)
    last = next((level for level in plan.levels if level.covers(count - 1)), None)
    if now is None or last is None or now.dose is None:
        return None
    before = None if last.dose is None else last.dose.value
    return StepUp(before, level_name(plan.level_by, count - 1), now.dose.value, plan.basis)


def level_name(unit: str, count: int) -> str:
    """A level as people name it: month 2."""
    return tell("{unit} {count}", unit=told(unit), count=count)


def step_in_words(step: StepUp, unit: str) -> str:
    """Say how the dose differs from that of the level before, with the percent of it.

    `unit` is "international units" or the unit of a companion drug's dose.
    """
    per = PER_BASIS[step.basis]
    if step.before is None:
        return tell(
            "The dose of {before_name} is not filled in, so no step is shown.",
            before_name=step.before_name,
        )
    if step.before == step.dose:
        return tell(
            "The same dose as in {before_name}: {amount}{per}.",
            before_name=step.before_name,
            amount=_amount(step.dose, unit),
            per=per,
        )
    difference = sum_of(step.dose, -step.before)
    percent = write_rounded(ratio(product_of(abs(difference), HUNDRED), step.before), 1)
    return (
        tell(
            "{now}{per}, {apart} more than in {last_level} ({last}{per}; {percent} more).",
            now=_amount(step.dose, unit),
            per=per,
            apart=_amount(abs(difference), unit),
            last_level=step.before_name,
            last=_amount(step.before, unit),
            percent=write_quantity(percent, "percent"),
        )
        if difference > 0
        else tell(
            "{now}{per}, {apart} less than in {last_level} ({last}{per}; {percent} less).",
            now=_amount(step.dose, unit),
            per=per,
            apart=_amount(abs(difference), unit),
            last_level=step.before_name,
            last=_amount(step.before, unit),
            percent=write_quantity(percent, "percent"),
        )
    )


def _amount(value: Decimal, unit: str) -> str:
    return write_dose(value) if unit == "international units" else write_quantity(value, unit)
