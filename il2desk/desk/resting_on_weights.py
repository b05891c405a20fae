"""Which weights a release and a check rest on, and what it means once one of them counts no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from il2desk.desk.baseline import baseline_of
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.weights import Weight, in_error
from il2desk.records import Entry

if TYPE_CHECKING:
    from il2desk.desk.chart import CycleChart, PatientChart


def fold_weight_in_error(chart: PatientChart, entry: Entry) -> None:
    """Take a weight out of those that count; it stays to be seen."""
    chart.weights_in_error += [
        in_error(weight, entry) for weight in chart.weights if weight.entry == entry.amends
    ]
    chart.weights = [weight for weight in chart.weights if weight.entry != entry.amends]


def rest_on_weights(
    chart: PatientChart, cycle: CycleChart, dose: DoseRecords, entry: Entry
) -> None:
    """Name the weights that a release or a check rests on: those in force when it was recorded."""
    if entry.kind == "release-recorded" and dose.release is not None:
        dose.release = replace(dose.release, rests_on=_entries(chart.dosing_weight))
    elif entry.kind == "assessment-recorded":
        baseline = baseline_of(cycle, chart.weights, chart.weights_in_error)
        rests_on = _entries(chart.dosing_weight, chart.last_weight, baseline)
        kilograms = None if chart.dosing_weight is None else chart.dosing_weight.weight_kg
        dose.checks[-1] = replace(dose.checks[-1], rests_on=rests_on, dosing_kg=kilograms)


def _entries(*weights: Weight | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(weight.entry for weight in weights if weight is not None))


def mark_changed(chart: PatientChart, cycle: CycleChart) -> None:
    """Say of every release of a dose that is still open which other dosing weight holds now."""
    weight = chart.dosing_weight
    for dose in cycle.doses.values():
        release = dose.release
        if release is None or weight is None or dose.administration is not None:
            continue
        if release.weight_kg not in (None, weight.weight_kg):
            dose.release = replace(release, weight_now_kg=weight.weight_kg)


def mark_corrected(chart: PatientChart, cycle: CycleChart) -> None:
    """Say of every release and check since when a weight that it rests on counts no more."""
    wrong = {one.weight.entry: one.at for one in chart.weights_in_error}
    if not wrong:
        return
    for dose in cycle.doses.values():
        if dose.release is not None:
            since = _first(wrong, dose.release.rests_on)
            dose.release = replace(dose.release, weight_corrected_at=since)
        dose.checks = [
            replace(check, weight_corrected_at=_first(wrong, check.rests_on))
            for check in dose.checks
        ]


def _first(wrong: Mapping[str, datetime], entries: tuple[str, ...]) -> datetime | None:
    return min((wrong[entry] for entry in entries if entry in wrong), default=None)
