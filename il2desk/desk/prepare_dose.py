"""Deriving a dose with both engines, and the lock when they differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import bundle_of
from il2desk.dosing import (
    Dose,
    DoseRequest,
    Level,
    Refusal,
    Regimen,
    derive_dose,
    differences,
    refuse,
    regimen_of,
    second_answer,
)
from il2desk.protocols import Bundle, Problems


def derive_checked(request: DoseRequest) -> Dose | Refusal:
    """The dose of the request, derived by both engines; refused with code engines-differ."""
    dose = derive_dose(request)
    if isinstance(dose, Refusal):
        return dose
    second = second_answer(request)
    if second is None:
        return refuse(
            "engines-differ",
            "The second engine gives no answer for this dose. Nothing can be prepared or printed; "
            "use the paper procedure and report it.",
        )
    found = differences(dose, second)
    if found:
        return refuse(
            "engines-differ",
            *found,
            "The two engines differ. Nothing can be prepared or printed; use the paper procedure.",
        )
    return dose


def request_for(
    desk: Desk,
    chart: PatientChart,
    fingerprint: str,
    *,
    cycle: CycleChart | int | None = None,
    day: int | None = None,
    weight_kg: Decimal | None = None,
) -> DoseRequest | Refusal:
    """Everything the derivation of a patient's dose needs, gathered from the journal.

    `cycle` is a planned cycle, or the number of one that is not planned yet; where levels go by
    month, a cycle is a month. `weight_kg` (kg) stands for a weight typed and not yet recorded.
    """
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    recorded = chart.dosing_weight
    previous = None if recorded is None else recorded.weight_kg
    order = chart.orders.get(cycle.order_id) if isinstance(cycle, CycleChart) else None
    regimen = regimen_of(bundle.protocol, chart.subject.arm)
    if isinstance(regimen, Refusal):
        return regimen
    counted = cycle.number if isinstance(cycle, CycleChart) else cycle
    ordered = order is not None and order_speaks_of(regimen, day)
    return DoseRequest(
        protocol=bundle.protocol,
        product=bundle.product,
        arm=chart.subject.arm,
        cycle=counted,
        day=day,
        month=counted if goes_by_month(regimen) else None,
        weight_kg=previous if weight_kg is None else weight_kg,
        height_cm=chart.subject.height_cm,
        previous_weight_kg=previous,
        ordered_dose_iu=order.ordered_dose_iu if order is not None and ordered else None,
        at=desk.now(),
        companion_products=bundle.companion_products,
    )


def goes_by_month(regimen: Regimen) -> bool:
    """Whether a level of the arm, or of one of its companion drugs, goes by month."""
    return any(plan.level_by == "month" for plan in (regimen, *regimen.companions))


def first_day(regimen: Regimen) -> int:
    """The first day of a cycle with a dose."""
    return 1 if regimen.days is None else min(regimen.days.value)


def order_speaks_of(regimen: Regimen, day: int | None) -> bool:
    """Whether the order's one dose is that of a day: the first day's, and of days with the same.

    The doses of the other days are those of the protocol version that the order names.
    """
    if day is None or regimen.level_by not in ("day", "week"):
        return True
    return _level_on(regimen, day) is _level_on(regimen, first_day(regimen))


def _level_on(regimen: Regimen, day: int) -> Level | None:
    count = day if regimen.level_by == "day" else (day + 6) // 7
    return next((level for level in regimen.levels if level.covers(count)), None)


def derive_for(
    desk: Desk,
    chart: PatientChart,
    fingerprint: str,
    *,
    cycle: CycleChart | int | None = None,
    day: int | None = None,
    weight_kg: Decimal | None = None,
) -> Dose | Refusal:
    """The patient's dose by a protocol version, or why there is none."""
    request = request_for(desk, chart, fingerprint, cycle=cycle, day=day, weight_kg=weight_kg)
    if isinstance(request, Refusal):
        return request
    if request.weight_kg is None:
        return refuse("no-weight", "No dosing weight yet. W enters one.")
    dose = derive_checked(request)
    if isinstance(dose, Refusal) or not isinstance(cycle, CycleChart):
        return dose
    return _held_to_the_order(chart, cycle, dose)


def _held_to_the_order(chart: PatientChart, cycle: CycleChart, dose: Dose) -> Dose | Refusal:
    """The dose of a day that the order does not speak of, with what its first day says of the order.

    A weight that changes the first day's dose changes the others too: the order must be amended.
    """
    request, order = dose.request, chart.orders.get(cycle.order_id)
    regimen = regimen_of(request.protocol, request.arm)
    if order is None or isinstance(regimen, Refusal) or order_speaks_of(regimen, request.day):
        return dose
    asked = replace(request, day=first_day(regimen), ordered_dose_iu=order.ordered_dose_iu)
    first = derive_checked(asked)
    if isinstance(first, Refusal):
        return first
    differing = tuple(one for one in first.findings if one.code == "order-differs")
    return replace(dose, findings=(*differing, *dose.findings))


def catalogue_bundle(desk_or_catalogue: Desk, protocol: str | Path) -> Bundle | Refusal:
    """A protocol of the catalogue, or of a file, with every set it points at."""
    bundle = desk_or_catalogue.catalogue.bundle_for(protocol)
    if isinstance(bundle, Problems):
        return Refusal("protocol", bundle.sentences)
    return bundle
