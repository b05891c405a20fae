"""The baseline weight of a cycle: the dosing weight in force at planning, or the first one after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from il2desk.desk.weights import Weight, WeightInError

if TYPE_CHECKING:
    from il2desk.desk.chart import CycleChart


def baseline_of(
    cycle: CycleChart, weights: Sequence[Weight], in_error: Sequence[WeightInError]
) -> Weight | None:
    """The cycle's baseline, or None where none is known; it is never guessed.

    A weight recorded later for the same moment is a correction, and the baseline follows it. Where
    the baseline was entered in error, the dosing weight of the same moment takes its place, or the
    first one measured after it and before the first dose of the cycle. Where a cycle was planned
    without a weight, none that was measured after its first dose becomes the baseline.
    """
    dosing = [weight for weight in weights if weight.purpose == "dosing"]
    wrong = next((one.weight for one in in_error if one.weight.entry == cycle.baseline_entry), None)
    if wrong is not None:
        return _at(dosing, wrong.measured_at) or _before_first_dose(cycle, dosing, wrong)
    if cycle.baseline_entry is not None:
        named = [weight for weight in dosing if weight.entry == cycle.baseline_entry]
    else:
        first = cycle.first_given_at
        dosing = [one for one in dosing if first is None or one.measured_at <= first]
        later = [weight for weight in dosing if weight.measured_at >= cycle.planned_at]
        named = sorted(later or dosing, key=lambda weight: weight.measured_at)[:1]
    return _at(dosing, named[0].measured_at) if named else None


def _at(dosing: Sequence[Weight], moment: datetime) -> Weight | None:
    """The dosing weight of a moment; of several the one recorded last."""
    same = [weight for weight in dosing if weight.measured_at == moment]
    return same[-1] if same else None


def _before_first_dose(cycle: CycleChart, dosing: Sequence[Weight], wrong: Weight) -> Weight | None:
    first = cycle.first_given_at
    after = [
        weight
        for weight in dosing
        if weight.measured_at > wrong.measured_at and (first is None or weight.measured_at <= first)
    ]
    return min(after, key=lambda weight: weight.measured_at, default=None)
