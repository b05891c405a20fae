"""The companion drugs as the second engine finds them: exact fractions, and its own reading."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from il2desk.dosing.companion_product import PEN, Presentation
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.regimen import Basis, Companion, Regimen
from il2desk.dosing.second_numbers import (
    UnansweredError,
    at_least_count,
    exact,
    nearest_count,
    positive,
    require,
)
from il2desk.dosing.second_plan import per_unit, planned_on


@dataclass(frozen=True, slots=True)
class SecondCompanion:
    """A companion drug as the second engine finds it: volumes in mL, doses in the drug's unit.

    `containers` counts vials or pens, None where the content of one is not known.
    """

    exact_dose: Fraction | None = None
    exact_ml: Fraction | None = None
    prepared_ml: Fraction | None = None
    prepared_dose: Fraction | None = None
    deviation_percent: Fraction | None = None
    containers: int | None = None


def second_companions(
    request: DoseRequest, regimen: Regimen, surface_m2: Fraction | None
) -> tuple[SecondCompanion, ...]:
    """Every companion drug of the day; all None where its dose cannot be answered.

    `surface_m2` is None where it is not known.
    """
    return tuple(
        _one(request, companion, surface_m2)
        for companion in regimen.companions
        if request.day is None or planned_on(companion, request.day)
    )


def _one(
    request: DoseRequest, companion: Companion, surface_m2: Fraction | None
) -> SecondCompanion:
    try:
        dose = per_unit(request, companion) * _factor(request, companion, surface_m2)
    except UnansweredError:
        return SecondCompanion()
    try:
        return _drawn(request, companion, dose)
    except UnansweredError:
        return SecondCompanion(exact_dose=dose)


def _factor(request: DoseRequest, companion: Companion, surface_m2: Fraction | None) -> Fraction:
    """How many kg, m2 or ones the dose is multiplied with."""
    if companion.basis is Basis.FLAT:
        return Fraction(1)
    if companion.basis is Basis.KG:
        return positive(request.weight_kg)
    if surface_m2 is None:
        raise UnansweredError
    return surface_m2


def _drawn(request: DoseRequest, companion: Companion, dose: Fraction) -> SecondCompanion:
    """The volume in the chosen presentation."""
    shelf = _on_shelf(request, companion)
    strength = positive(shelf.strength_per_ml.value)
    volume = dose / strength
    if shelf.kind == PEN:
        require(answerable=dose in [exact(one) for one in shelf.pen_doses])
        return SecondCompanion(dose, volume, None, dose, Fraction(0), 1)
    step = _step(request, volume)
    prepared = nearest_count(volume / step) * step
    deviation = (prepared / volume - 1) * 100
    tolerance = exact(request.protocol.tolerance_percent)
    require(answerable=-tolerance <= deviation <= tolerance)
    held, one = prepared * strength, shelf.content
    containers = None if one is None else at_least_count(held / positive(one.value))
    return SecondCompanion(dose, volume, prepared, held, deviation, containers)


def _on_shelf(request: DoseRequest, companion: Companion) -> Presentation:
    """The presentation that the site chose, which must suit the route."""
    for product in request.companion_products:
        for shelf in product.presentations:
            named = companion.product is not None and companion.product.value == product.id
            if named and companion.presentation and companion.presentation.value == shelf.id:
                route = companion.route
                require(answerable=route is not None and route.value in shelf.routes.value)
                return shelf
    raise UnansweredError


def _step(request: DoseRequest, volume: Fraction) -> Fraction:
    """The measure step in mL of the site's syringe, or a hundredth where it has no table."""
    rows = request.protocol.site.syringes
    for row in rows:
        if volume <= exact(row.up_to_ml):
            return positive(row.step_ml)
    require(answerable=not rows)
    return Fraction(1, 100)
