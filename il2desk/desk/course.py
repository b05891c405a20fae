"""The course of a cycle: weights, findings and doses on one axis of time, read from the journal."""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.course_axis import Span, axis_of, span_of
from il2desk.desk.course_doses import (
    course_doses,
    course_total,
    cycle_totals,
    errors_said,
    moment_drawn,
    planned_doses,
)
from il2desk.desk.course_findings import finding_series
from il2desk.desk.course_weights import weight_series
from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.weight_gain import weights_of_cycle
from il2desk.dosing import Refusal, refuse
from il2desk.sheets import Course

_BEFORE = timedelta(days=3)
"""A baseline of so long before the first dose still has its point in the picture."""
_AFTER = timedelta(days=2)
"""So long after the last dose the picture goes on where something was measured."""


def course_of(desk: Desk, subject: str, cycle_id: str) -> Course | Refusal:
    """Everything that the picture of a cycle shows, or why there is none."""
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(cycle_id)
    if cycle is None:
        return refuse("unknown-cycle", "This cycle is not planned. Plan a cycle first.")
    return course_of_cycle(desk, chart, cycle)


def course_of_cycle(desk: Desk, chart: PatientChart, cycle: CycleChart) -> Course | Refusal:
    """The same of a chart that is at hand."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    rules = bundle.rule_sets.get(cycle.arm)
    span = course_span(desk, chart, cycle)
    planned, why = planned_doses(desk, chart, cycle)
    return Course(
        axis=axis_of(span),
        doses=course_doses(chart, cycle, span),
        series=(
            weight_series(desk, chart, cycle, span, bundle, rules),
            *finding_series(cycle, span, rules),
        ),
        total=course_total(cycle, span, planned, why),
        cycles=cycle_totals(desk, chart, cycle, planned),
        notes=tuple(errors_said(cycle)),
    )


def course_span(desk: Desk, chart: PatientChart, cycle: CycleChart) -> Span:
    """From the day of the baseline, or of the first dose, to the last day with a dose or a value."""
    doses = cycle.doses.values()
    moments = [moment_drawn(dose) for dose in doses] + [dose.planned for dose in doses]
    first, last = min(moments, default=cycle.begins), max(moments, default=cycle.begins)
    measured = [weight.measured_at for weight in weights_of_cycle(chart, cycle)]
    measured += [check.assessed_at for dose in doses for check in dose.checks]
    begin = min([first, *(one for one in measured if one >= first - _BEFORE)])
    end = max([last, *(one for one in measured if one <= last + _AFTER)])
    return span_of(desk, begin, end)
