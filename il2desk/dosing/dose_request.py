"""The question of the dosing core, and the line in which its answer is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from il2desk.dosing.companion_product import CompanionProduct
from il2desk.dosing.product import Product
from il2desk.dosing.protocol import Protocol


@dataclass(frozen=True, slots=True)
class DoseRequest:
    """Everything one derivation needs; nothing is looked up on the way.

    Weight in kg, height in cm, surface in m2, step and volumes in mL. `bsa_m2` replaces weight
    and height where only the surface is known. `vial_rule` is "withdrawable" or "content".
    `previous_weight_kg` is the last recorded dosing weight, for the questions. `ordered_dose_iu`
    is the prescriber's dose in international units. `at` is the time of asking, with its zone.
    `companion_products` are those that the companion drugs of the protocol name.
    """

    protocol: Protocol
    product: Product
    arm: str | None = None
    cycle: int | None = None
    day: int | None = None
    month: int | None = None
    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    bsa_m2: Decimal | None = None
    measure_step_ml: Decimal | None = None
    vial_rule: str | None = None
    previous_weight_kg: Decimal | None = None
    ordered_dose_iu: Decimal | None = None
    at: datetime | None = None
    companion_products: tuple[CompanionProduct, ...] = ()


class Step(NamedTuple):
    """One line of the working: letter A to M, what it is, the numbers, and the source."""

    letter: str
    label: str
    text: str
    source: str
