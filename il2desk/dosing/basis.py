"""From weight or surface to the exact dose: lines A to C' of the working."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from il2desk.dosing.body import mosteller, weight_questions
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.exact import times
from il2desk.dosing.findings import Finding, Refusal, refuse
from il2desk.dosing.levels import Applied
from il2desk.dosing.parsing import DOSE_UNITS, HEIGHT_CM, SURFACE_M2, WEIGHT_KG, NumberField
from il2desk.dosing.regimen import Basis
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_number, write_quantity

_LAST_WEIGHT = replace(WEIGHT_KG, name=tell("last recorded weight"))
# Members of an enumeration are slow to look up on Python 3.11.
_M2, _FLAT = Basis.M2, Basis.FLAT
_ORDERED = replace(DOSE_UNITS, name=tell("ordered dose"), decimals=2)


class ExactDose(NamedTuple):
    """The exact dose in international units: before and after caps, with the factor (kg or m2)."""

    dose_iu: Decimal
    uncapped_iu: Decimal
    factor: Decimal | None
    surface_m2: Decimal | None
    findings: tuple[Finding, ...]


def exact_dose_of(request: DoseRequest, applied: Applied) -> ExactDose | Refusal:
    """Dose per unit of basis x kg or m2, lowered by the caps the protocol states."""
    for value, field in (
        (request.weight_kg, WEIGHT_KG),
        (request.height_cm, HEIGHT_CM),
        (request.bsa_m2, SURFACE_M2),
        (request.previous_weight_kg, _LAST_WEIGHT),
        (request.ordered_dose_iu, _ORDERED),
    ):
        if value is not None and not field.takes(value):
            return _not_taken(value, field)
    basis = applied.regimen.basis
    factor = _factor(request, basis)
    if isinstance(factor, Refusal):
        return factor
    per = applied.dose.value
    uncapped = per if factor is None else times(per, factor)
    dose = min([uncapped, *[cap.limit_iu for cap in request.protocol.caps]])
    findings: tuple[Finding, ...] = ()
    if request.weight_kg is not None:
        findings = weight_questions(
            request.weight_kg,
            request.previous_weight_kg,
            request.height_cm,
            request.protocol.weight_range,
        )
    return ExactDose(dose, uncapped, factor, factor if basis is _M2 else None, findings)


def _not_taken(value: Decimal, field: NumberField) -> Refusal:
    """Refused outside the field's range or decimals; what is no finite number is out of range."""
    if not value.is_finite() or not field.minimum <= value <= field.maximum:
        lowest, highest = write_number(field.minimum), write_quantity(field.maximum, field.unit)
        return refuse(
            "range",
            tell(
                "The {name} is outside {lowest} to {highest}. Enter it again.",
                name=field.name,
                lowest=lowest,
                highest=highest,
            ),
        )
    return refuse(
        "decimals",
        tell(
            "The {name} takes at most {decimals} decimal places.",
            name=field.name,
            decimals=field.decimals,
        ),
    )


def _factor(request: DoseRequest, basis: Basis) -> Decimal | Refusal | None:
    """What the dose is multiplied with: kg, m2, or nothing for a flat dose."""
    if basis is not _M2:
        if request.bsa_m2 is not None:
            return refuse(
                "surface", "This dose does not go by body surface area. Leave the surface out."
            )
        if basis is _FLAT:
            return None
        return request.weight_kg or refuse("weight", "Enter the dosing weight in kg.")
    if request.bsa_m2 is not None:
        if request.weight_kg is not None or request.height_cm is not None:
            return refuse(
                "surface", "Give either the body surface area, or weight and height, not both."
            )
        return request.bsa_m2
    if request.weight_kg is None or request.height_cm is None:
        return refuse(
            "surface", "This dose goes by body surface area. Enter weight in kg and height in cm."
        )
    return mosteller(request.height_cm, request.weight_kg)
