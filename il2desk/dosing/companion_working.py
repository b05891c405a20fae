"""The working of a companion drug, lines C to H, each with its numbers and its source."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing.companion_values import CompanionVolume, write_amount
from il2desk.dosing.dose_request import DoseRequest, Step
from il2desk.dosing.levels import PlannedDoseLevel
from il2desk.dosing.regimen import Companion
from il2desk.dosing.writing import write_number, write_quantity, write_rounded

_RULES = "dose arithmetic, section 3"


def companion_working(
    request: DoseRequest,
    companion: Companion,
    found: PlannedDoseLevel,
    exact: tuple[Decimal, Decimal | None],
    volume: CompanionVolume | None,
) -> tuple[Step, ...]:
    """The lines that apply. `exact` is the exact dose with its factor in kg or m2 (None: flat)."""
    dose, factor = exact
    level = "" if found.level is None else f"{found.level}: "
    text = f"{level}flat dose {write_amount(dose, companion.unit)}"
    if factor is not None:
        text = (
            f"{level}{write_number(found.dose.value)} x {write_number(factor)} = "
            f"{write_amount(dose, companion.unit)}"
        )
    lines = [Step("C", f"{companion.drug}: exact dose", text, found.dose.source.cite())]
    if volume is not None:
        lines += _volume_lines(request, companion, dose, volume)
    return tuple(lines)


def _volume_lines(
    request: DoseRequest, companion: Companion, dose: Decimal, volume: CompanionVolume
) -> list[Step]:
    shelf = volume.presentation
    strength, drug = shelf.strength_per_ml, companion.drug
    source = strength.source.cite()
    divided = (
        f"{write_number(dose)} / {write_number(strength.value)} = "
        f"{write_quantity(volume.exact_ml, 'mL')} of {shelf.name}"
    )
    lines = [Step("D", f"{drug}: exact volume", divided, source)]
    if volume.prepared_ml is None:
        given = f"{write_amount(volume.dose, companion.unit)}, one of the doses of the pen"
        return [*lines, Step("E", f"{drug}: pen", given, source)]
    held = (
        f"{write_number(volume.prepared_ml)} x {write_number(strength.value)} = "
        f"{write_amount(volume.dose, companion.unit)}"
    )
    percent = write_quantity(write_rounded(volume.deviation_percent, 2), "percent")
    allowed = write_number(request.protocol.tolerance_percent)
    lines += [
        Step("E", f"{drug}: prepared volume", write_quantity(volume.prepared_ml, "mL"), _RULES),
        Step("F", f"{drug}: prepared dose", held, source),
        Step("G", f"{drug}: deviation", f"{percent} of the exact dose (at most {allowed})", _RULES),
    ]
    if shelf.content is not None:
        content = write_amount(shelf.content.value, companion.unit)
        text = f"{volume.containers} of {content}"
        lines.append(Step("H", f"{drug}: vials", text, shelf.content.source.cite()))
    return lines
