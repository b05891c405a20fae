"""The lock between the two engines: every number of a dose, compared exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.companion_values import CompanionDose
from il2desk.dosing.dose import Dose
from il2desk.dosing.second_companions import SecondCompanion
from il2desk.dosing.second_engine import SecondAnswer
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_number, write_quantity

Number = Decimal | Fraction | int
"""What either engine may answer with; a Decimal that is not finite agrees with nothing."""


def differences(dose: Dose, second: SecondAnswer) -> tuple[str, ...]:
    """A sentence for each number in which the two engines differ; empty when they agree.

    The values are compared unrounded: a difference in the last digit is a difference.
    """
    sentences = [
        _sentence(name, unit, first, other)
        for name, unit, first, other in (
            *_pairs(dose, second),
            *_companion_pairs(dose.companions, second.companions),
        )
        if not _agree(first, other)
    ]
    if dose.dilution.in_window is not second.in_window:
        sentences.append(
            tell(
                "The two engines differ in whether the final concentration is inside the "
                "window. Nothing can be prepared or printed from this dose."
            )
        )
    if len(dose.companions) != len(second.companions):
        sentences.append(_OTHER_DRUGS)
    return tuple(sentences)


def companion_differences(
    first: tuple[CompanionDose, ...], second: tuple[SecondCompanion, ...]
) -> tuple[str, ...]:
    """As `differences`, for the companion drugs of a day on which aldesleukin need not be planned."""
    if len(first) != len(second):
        return (_OTHER_DRUGS,)
    return tuple(
        _sentence(name, unit, one, other)
        for name, unit, one, other in _companion_pairs(first, second)
        if not _agree(one, other)
    )


_OTHER_DRUGS = tell(
    "The two engines differ in which companion drugs are planned. Nothing can be "
    "prepared or printed from this dose."
)

Pair = tuple[str, str, Number | None, Number | None]


def _companion_pairs(
    doses: tuple[CompanionDose, ...], second: tuple[SecondCompanion, ...]
) -> tuple[Pair, ...]:
    """The same numbers for each companion drug."""
    pairs: list[Pair] = []
    for first, other in zip(doses, second, strict=False):
        name, unit, volume = first.companion.drug, first.companion.unit, first.volume
        exact, prepared, held, deviation, containers = (
            (None, None, None, None, None)
            if volume is None
            else (
                volume.exact_ml, volume.prepared_ml, volume.dose, volume.deviation_percent,
                volume.containers,
            )
        )  # fmt: skip
        pairs += [
            (tell("dose of {name}", name=name), unit, first.exact_dose, other.exact_dose),
            (tell("exact volume of {name}", name=name), "mL", exact, other.exact_ml),
            (tell("prepared volume of {name}", name=name), "mL", prepared, other.prepared_ml),
            (tell("prepared dose of {name}", name=name), unit, held, other.prepared_dose),
            (tell("deviation of {name}", name=name), "percent", deviation, other.deviation_percent),
            (
                tell("number of vials or pens of {name}", name=name),
                "pieces",
                containers,
                other.containers,
            ),
        ]
    return tuple(pairs)


def _pairs(dose: Dose, second: SecondAnswer) -> tuple[Pair, ...]:
    """Name, unit, first engine's number, second engine's number."""
    dilution, infusion = dose.dilution, dose.infusion
    least, most = dilution.window_total_ml or (None, None)
    second_least, second_most = second.window_total_ml or (None, None)
    minutes = infusion.minutes if infusion else None
    rate = infusion.rate_ml_per_h if infusion else None
    units = "international units"
    return (
        (tell("body surface area"), "m2", dose.bsa_m2, second.bsa_m2),
        (tell("exact dose"), units, dose.exact_dose_iu, second.exact_dose_iu),
        (tell("exact volume"), "mL", dose.exact_volume_ml, second.exact_volume_ml),
        (tell("measure step"), "mL", dose.measure_step_ml, second.measure_step_ml),
        (tell("prepared volume"), "mL", dose.prepared_volume_ml, second.prepared_volume_ml),
        (tell("prepared dose"), units, dose.prepared_dose_iu, second.prepared_dose_iu),
        (tell("deviation"), "percent", dose.deviation_percent, second.deviation_percent),
        (tell("number of vials"), "vials", dose.vials, second.vials),
        (tell("volume left over"), "mL", dose.left_over_ml, second.left_over_ml),
        (tell("bag"), "mL", dilution.bag_ml, second.bag_ml),
        (tell("total volume"), "mL", dilution.total_volume_ml, second.total_volume_ml),
        (
            tell("final concentration"),
            "mcg per mL",
            dilution.final_concentration,
            second.concentration_mcg_per_ml,
        ),
        (tell("least total volume inside the window"), "mL", least, second_least),
        (tell("greatest total volume inside the window"), "mL", most, second_most),
        (tell("duration of the infusion"), "minutes", minutes, second.infusion_minutes),
        (tell("rate"), "mL per h", rate, second.rate_ml_per_h),
    )


def _agree(first: Number | None, other: Number | None) -> bool:
    if first is None or other is None:
        return first is other
    if isinstance(first, Decimal) and not first.is_finite():
        return False
    return Fraction(first) == Fraction(other)


def _sentence(name: str, unit: str, first: Number | None, other: Number | None) -> str:
    return tell(
        "The two engines differ in the {name}: the first has {first}, the second "
        "{second}. Nothing can be prepared or printed from this dose.",
        name=name,
        first=_shown(first, unit),
        second=_shown(other, unit),
    )


def _shown(value: Number | None, unit: str) -> str:
    """The value with all it has: a value with no finite decimal as a division, never cut off."""
    if value is None:
        return tell("none")
    if isinstance(value, Decimal) and not value.is_finite():
        return tell("a number that is not finite")
    written = write_number(value)
    if written.endswith("..."):
        exact = Fraction(value)
        written = tell(
            "{numerator} divided by {denominator}",
            numerator=exact.numerator,
            denominator=exact.denominator,
        )
    return write_quantity(written, unit)
