"""The gain of weight in a cycle against its baseline: latest and highest, unrounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.weights import ON_PURPOSE, Weight, gain_percent, latest_of


@dataclass(frozen=True, slots=True)
class WeightGain:
    """A cycle's baseline, its latest and its highest weight; gains in percent of the baseline.

    Both gains are exact and below 0 for a loss.
    """

    baseline: Weight
    latest: Weight
    highest: Weight
    latest_percent: Fraction
    highest_percent: Fraction


def weight_gain_of(chart: PatientChart, cycle: CycleChart) -> WeightGain | None:
    """The gain of one cycle for reports, of its own weights only; None without a baseline.

    A cycle's weights begin with its baseline and end where the next cycle's begin.
    """
    baseline = cycle.baseline
    if baseline is None:
        return None
    own = weights_of_cycle(chart, cycle)
    latest = latest_of(sorted(own, key=lambda weight: weight.recorded_at), ON_PURPOSE)
    highest = max(own, key=lambda weight: weight.weight_kg)
    if latest is None:
        return None
    return WeightGain(
        baseline, latest, highest, gain_percent(latest, baseline), gain_percent(highest, baseline)
    )


def weights_of_cycle(chart: PatientChart, cycle: CycleChart) -> list[Weight]:
    """A cycle's own weights: its baseline where it is known, then every one up to the next cycle's."""
    begin = _begin(chart, cycle)
    later = [_begin(chart, other) for other in chart.cycles.values() if other is not cycle]
    end = min((moment for moment in later if moment > begin), default=None)
    own = [] if cycle.baseline is None else [cycle.baseline]
    own += [
        weight
        for weight in chart.weights
        if weight.measured_at >= begin
        and weight is not cycle.baseline
        and (end is None or weight.measured_at < end)
    ]
    return own


def _begin(chart: PatientChart, cycle: CycleChart) -> datetime:
    """From when weights are of this cycle: its baseline, or its first dose where that is older.

    A baseline taken over from an earlier cycle must not bring that cycle's weights with it.
    """
    first = min(dose.planned for dose in cycle.doses.values())
    before = [
        dose.due
        for other in chart.cycles.values()
        for dose in other.doses.values()
        if other is not cycle and dose.planned < first
    ]
    if cycle.baseline is None or (before and cycle.baseline.measured_at <= max(before)):
        return first
    return cycle.baseline.measured_at
