"""The answer of the dosing core: dose, dilution, infusion, companions, working."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.companion_values import CompanionDose
from il2desk.dosing.dose_request import DoseRequest, Step
from il2desk.dosing.findings import Finding, Source
from il2desk.dosing.regimen import DilutionMethod


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
    """Stated duration in minutes and the rate in mL per hour, None while no total volume is known."""

    minutes: Decimal
    rate_ml_per_h: Fraction | None


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
    companions: tuple[CompanionDose, ...] = ()

    @property
    def whole_working(self) -> tuple[Step, ...]:
        """The working of aldesleukin, then that of each companion drug."""
        return (*self.working, *(line for one in self.companions for line in one.working))

    @property
    def releasable(self) -> bool:
        """False while a finding forbids release (no listed volume fits, for one)."""
        return not any(finding.severity.value == "STOP" for finding in self.findings)
