"""What is known of a companion drug's dose: amount, volume, findings, working."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.companion_product import Presentation
from il2desk.dosing.dose_request import Step
from il2desk.dosing.findings import Finding, Severity
from il2desk.dosing.regimen import Companion
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_dose, write_quantity

INTERNATIONAL_UNITS = "international units"


@dataclass(frozen=True, slots=True)
class CompanionVolume:
    """What is drawn of a companion drug. Volumes in mL, `dose` in the unit of the companion.

    `prepared_ml` is None for a pen, which gives the dose itself.
    `containers` are the vials or pens it takes, None where the content is not sourced.
    """

    presentation: Presentation
    exact_ml: Fraction
    prepared_ml: Decimal | None
    dose: Decimal
    deviation_percent: Fraction
    containers: int | None


@dataclass(frozen=True, slots=True)
class CompanionDose:
    """The dose of one companion drug on the day of a request.

    `exact_dose` and `unit`: international units or mg; None where it cannot be worked out, which
    `findings` then says and forbids release. `volume` is None while no presentation is chosen.
    """

    companion: Companion
    level: str | None
    exact_dose: Decimal | None
    volume: CompanionVolume | None
    findings: tuple[Finding, ...]
    working: tuple[Step, ...]


def write_amount(value: Decimal, unit: str) -> str:
    """An amount of a companion drug with its unit in words."""
    return write_dose(value) if unit == INTERNATIONAL_UNITS else write_quantity(value, unit)


def volume_line(dose: CompanionDose) -> str:
    """The prepared volume with what it holds, in words; why there is none where there is none."""
    volume = dose.volume
    if volume is None:
        return next((one.text for one in dose.findings if one.severity is not Severity.NOTE), "")
    held = write_amount(volume.dose, dose.companion.unit)
    name = volume.presentation.name
    if volume.prepared_ml is None:
        return tell("{held} from one {name}", held=held, name=name)
    return tell(
        "prepared {held} in {prepared_ml} of {name}",
        held=held,
        prepared_ml=write_quantity(volume.prepared_ml, "mL"),
        name=name,
    )
