"""The question and the answer of the dosing core: request, dose, dilution, working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.findings import Finding, Source
from il2desk.dosing.product import Product
from il2desk.dosing.protocol import DilutionMethod, Protocol


@dataclass(frozen=True, slots=True)
class DoseRequest:
    """Everything one derivation needs; nothing is looked up on the way.

    Weight in kg, height in cm, surface in m2, step and volumes in mL. `bsa_m2` replaces weight
    and height where only the surface is known. `vial_rule` is "withdrawable" or "content".
    `previous_weight_kg` is the last recorded dosing weight, for the questions. `ordered_dose_iu`
    is the prescriber's dose in international units. `at` is the time of asking, with its zone.
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


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: letter A to M, what it is, the numbers, and the source."""

    letter: str
    label: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Dilution:
    """How the prepared volume is diluted. Volumes in mL, concentration in mcg per mL.

    `window_total_ml` are the least and greatest total volumes inside the window (exact). None
    where a value does not apply or no listed volume fits.
    """

    method: DilutionMethod
    diluent: str | None
    bag_ml: Decimal | None
    total_volume_ml: Decimal | None
    final_concentration: Fraction | None
    in_window: bool | None
    window_total_ml: tuple[Fraction, Fraction] | None


@dataclass(frozen=True, slots=True)
class Infusion:
    """Stated duration in minutes and the rate in mL per hour that follows from it."""

    minutes: Decimal
    rate_ml_per_h: Fraction


@dataclass(frozen=True, slots=True)
class Dose:
    """One derived dose. Doses in international units, volumes in mL; fractions are exact."""

    request: DoseRequest
    level: str | None
    route: str
    bsa_m2: Decimal | None
    exact_dose_iu: Decimal
    exact_volume_ml: Fraction
    measure_step_ml: Decimal
    syringe: str | None
    prepared_volume_ml: Decimal
    prepared_dose_iu: Decimal
    deviation_percent: Fraction
    vials: int
    vial_rule: str
    left_over_ml: Fraction
    dilution: Dilution
    infusion: Infusion | None
    doses_per_cycle: int | None
    interval_h: Decimal | None
    findings: tuple[Finding, ...]
    working: tuple[Step, ...]
    basis_source: Source

    @property
    def releasable(self) -> bool:
        """False while a finding forbids release (no listed volume fits, for one)."""
        return not any(finding.severity.value == "STOP" for finding in self.findings)
