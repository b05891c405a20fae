"""The working of a companion drug, lines C to H, each with its numbers and its source."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing.companion_values import CompanionVolume, write_amount
from il2desk.dosing.dose_request import DoseRequest, Step
from il2desk.dosing.levels import PlannedDoseLevel
from il2desk.dosing.regimen import Companion
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_number, write_quantity, write_rounded

_RULES = tell("dose arithmetic, section 3")


def companion_working(
    request: DoseRequest,
    companion: Companion,
    found: PlannedDoseLevel,
    exact: tuple[Decimal, Decimal | None],
    volume: CompanionVolume | None,
) -> tuple[Step, ...]:
    """The lines that apply. `exact` is the exact dose with its factor in kg or m2 (None: flat)."""
    dose, factor = exact
    text = tell("flat dose {amount}", amount=write_amount(dose, companion.unit))
    if factor is not None:
        text = (
            f"{write_number(found.dose.value)} x {write_number(factor)} = "
            f"{write_amount(dose, companion.unit)}"
        )
    if found.level is not None:
        text = tell("{level}: {dose}", level=found.level, dose=text)
    lines = [
        Step("C", tell("{drug}: exact dose", drug=companion.drug), text, found.dose.source.cite())
    ]
    if volume is not None:
        lines += _volume_lines(request, companion, dose, volume)
    return tuple(lines)


def _volume_lines(
    request: DoseRequest, companion: Companion, dose: Decimal, volume: CompanionVolume
) -> list[Step]:
    shelf = volume.presentation
    strength, drug = shelf.strength_per_ml, companion.drug
    source = strength.source.cite()
    divided = tell(
        "{dose} / {strength} = {exact_ml} of {name}",
        dose=write_number(dose),
        strength=write_number(strength.value),
        exact_ml=write_quantity(volume.exact_ml, "mL"),
        name=shelf.name,
    )
    lines = [Step("D", tell("{drug}: exact volume", drug=drug), divided, source)]
    if volume.prepared_ml is None:
        given = tell(
            "{amount}, one of the doses of the pen",
            amount=write_amount(volume.dose, companion.unit),
        )
        return [*lines, Step("E", tell("{drug}: pen", drug=drug), given, source)]
    held = (
        f"{write_number(volume.prepared_ml)} x {write_number(strength.value)} = "
        f"{write_amount(volume.dose, companion.unit)}"
    )
    percent = write_quantity(write_rounded(volume.deviation_percent, 2), "percent")
    allowed = write_number(request.protocol.tolerance_percent)
    lines += [
        Step(
            "E",
            tell("{drug}: prepared volume", drug=drug),
            write_quantity(volume.prepared_ml, "mL"),
            _RULES,
        ),
        Step("F", tell("{drug}: prepared dose", drug=drug), held, source),
        Step(
            "G",
            tell("{drug}: deviation", drug=drug),
            tell(
                "{percent} of the exact dose (at most {allowed})", percent=percent, allowed=allowed
            ),
            _RULES,
        ),
    ]
    if shelf.content is not None:
        content = write_amount(shelf.content.value, companion.unit)
        text = tell("{containers} of {content}", containers=volume.containers, content=content)
        lines.append(Step("H", tell("{drug}: vials", drug=drug), text, shelf.content.source.cite()))
    return lines
