"""Doses of a companion drug that the pen on the site's shelf cannot give."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import (
    PEN,
    Basis,
    Companion,
    CompanionProduct,
    Presentation,
    Protocol,
    tell,
    write_amount,
)
from il2desk.protocols.problems import Doubt


def pen_doubts(protocol: Protocol, products: tuple[CompanionProduct, ...]) -> tuple[Doubt, ...]:
    """Each dose, in the drug's unit, that is not among those of its pen, with its field."""
    found: list[Doubt] = []
    for regimen in protocol.regimens:
        prefix = "regimen" if regimen.arm is None else f"regimens.{regimen.arm}"
        for one in regimen.companions:
            pen = _pen(one, products)
            if pen is not None:
                found.extend(_doubts(one, pen, f"{prefix}.companions.{one.id}"))
    return tuple(found)


def _pen(companion: Companion, products: tuple[CompanionProduct, ...]) -> Presentation | None:
    """The pen that the site chose, or None."""
    if companion.product is None or companion.presentation is None:
        return None
    for product in products:
        shelf = product.presentation(companion.presentation.value)
        if product.id == companion.product.value and shelf is not None and shelf.kind == PEN:
            return shelf
    return None


def _doubts(companion: Companion, pen: Presentation, field: str) -> list[Doubt]:
    gives = ", ".join(write_amount(one, companion.unit) for one in pen.pen_doses)
    if companion.basis is not Basis.FLAT:
        text = tell(
            "Its dose goes by {value}, and the {name} gives only {gives}. Name a vial, which takes a syringe.",
            value=companion.basis.value,
            name=pen.name,
            gives=gives,
        )
        return [Doubt(f"{field}.presentation", text)]
    return [
        Doubt(
            where,
            tell(
                "{write_amount} is no dose of the {name}. It gives {gives}. Name a vial, which takes a syringe, or correct the dose.",
                write_amount=write_amount(dose, companion.unit),
                name=pen.name,
                gives=gives,
            ),
        )
        for where, dose in _doses(companion, field)
        if dose not in pen.pen_doses
    ]


def _doses(companion: Companion, field: str) -> list[tuple[str, Decimal]]:
    found = [] if companion.dose is None else [(f"{field}.dose", companion.dose.value)]
    found.extend(
        (f"{field}.levels.{level.first}.dose", level.dose.value)
        for level in companion.levels
        if level.dose is not None
    )
    return found
