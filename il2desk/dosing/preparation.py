"""From the exact dose to the syringe: measurable volume, deviation, vials, left over."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.exact import (
    HUNDRED,
    fraction_of,
    half_up,
    minus,
    ratio,
    rounded_up,
    times,
    whole_parts,
)
from il2desk.dosing.findings import Finding, Refusal, Severity, refuse
from il2desk.dosing.parsing import NumberField
from il2desk.dosing.protocol import SyringeStep
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import (
    plain,
    write_dose,
    write_number,
    write_quantity,
    write_rounded,
)

# Dose arithmetic, section 3: the step where no syringe is chosen.
DEFAULT_STEP_ML = Decimal("0.01")
# Dose arithmetic, section 3: 5 percent unless the protocol is tighter.
WIDEST_TOLERANCE_PERCENT = Decimal(5)
# What arithmetic with all digits is sure to hold; the typed field is narrower.
_STEP = NumberField(tell("measure step"), "mL", Decimal("0.000001"), Decimal(1), 6)
VIAL_RULES = ("withdrawable", "content")
_NO_SYRINGE = Finding(
    "no-syringe",
    Severity.CAUTION,
    tell(
        "No syringe chosen: the volume is rounded to {default_step_ml}. Name the "
        "site's syringes in its copy of the protocol.",
        default_step_ml=write_quantity(DEFAULT_STEP_ML, "mL"),
    ),
)


class Prepared(NamedTuple):
    """What the syringe holds, from exact dose to vials. Volumes in mL, doses in units."""

    exact_volume_ml: Fraction
    step_ml: Decimal
    syringe: str | None
    volume_ml: Decimal
    dose_iu: Decimal
    deviation_percent: Fraction
    vials: int
    vial_rule: str
    left_over_ml: Fraction
    findings: tuple[Finding, ...]


def prepare(request: DoseRequest, exact_dose_iu: Decimal) -> Prepared | Refusal:
    """Lines D to H of the working; refuses a dose too small to measure."""
    strength = request.product.strength_iu_per_ml.value
    exact_volume = ratio(exact_dose_iu, strength)
    chosen = measure_step(exact_volume, request.measure_step_ml, request.protocol.site.syringes)
    if isinstance(chosen, Refusal):
        return chosen
    step, syringe, findings = chosen
    volume = half_up(exact_dose_iu, strength, step)
    dose = times(volume, strength)
    off = times(minus(dose, exact_dose_iu), HUNDRED)
    deviation = ratio(off, exact_dose_iu)
    tolerance = request.protocol.tolerance_percent
    if tolerance > WIDEST_TOLERANCE_PERCENT:
        return refuse(
            "tolerance",
            tell(
                "{id} allows a deviation over {widest_tolerance_percent}\u00a0percent. A protocol "
                "may only be tighter; correct the file.",
                id=request.protocol.id,
                widest_tolerance_percent=plain(WIDEST_TOLERANCE_PERCENT),
            ),
        )
    if off.copy_abs() > times(tolerance, exact_dose_iu):
        rounding = (step, deviation, tolerance)
        return too_small(
            write_dose(exact_dose_iu), exact_volume, rounding, request.protocol.site.syringes
        )
    rule = request.vial_rule or request.protocol.site.vial_rule or "withdrawable"
    if rule not in VIAL_RULES:
        return refuse(
            "vial-rule", tell("{rule} is no vial rule. Choose withdrawable or content.", rule=rule)
        )
    vials, left, caution = _vials(request, rule, exact_dose_iu, volume)
    found = findings + ((caution,) if caution is not None else ())
    return Prepared(exact_volume, step, syringe, volume, dose, deviation, vials, rule, left, found)


def measure_step(
    exact_volume: Fraction, asked_ml: Decimal | None, rows: tuple[SyringeStep, ...]
) -> tuple[Decimal, str | None, tuple[Finding, ...]] | Refusal:
    """Step in mL and syringe: as asked for, else by the site's syringe table, else 0.01 mL."""
    if asked_ml is not None:
        if not _STEP.takes(asked_ml):
            return refuse(
                "measure-step",
                "The measure step must be above 0\u00a0mL and at most 1\u00a0mL. Type it again.",
            )
        return asked_ml, None, ()
    for row in rows:
        if exact_volume <= row.up_to_ml:
            return row.step_ml, row.syringe, ()
    if rows:
        return refuse(
            "no-syringe-large-enough",
            tell(
                "{exact_volume} is more than the largest syringe of the site's table holds. "
                "Add a larger syringe to the site's copy of the protocol.",
                exact_volume=write_quantity(exact_volume, "mL"),
            ),
        )
    return DEFAULT_STEP_ML, None, (_NO_SYRINGE,)


def too_small(
    dose: str,
    volume: Fraction,
    off: tuple[Decimal, Fraction, Decimal],
    rows: tuple[SyringeStep, ...],
) -> Refusal:
    """Refused as too small to measure, naming the dilution, and a syringe, that would work.

    `off` is the step in mL with the deviation by it and the tolerance, both in percent. A step of
    twice the tolerated part of the volume rounds by at most the tolerance; so does this step once
    the dose fills a volume of at least step / (2 x tolerance). A syringe is named only with a step
    that there is: one of the site's table, or the 0.01 mL of the dose arithmetic.
    """
    step, deviation, tolerance = off
    finest = volume * 2 * Fraction(tolerance) / 100
    marks = {DEFAULT_STEP_ML, *(row.step_ml for row in rows)}
    fitting = [mark for mark in marks if mark <= finest]
    least = rounded_up(Fraction(step) * 50 / Fraction(tolerance), 2)
    factor = rounded_up(Fraction(least) / volume, 1)
    percent = write_quantity(write_rounded(deviation, 2), "percent")
    instead = tell("{least} or more", least=write_quantity(least, "mL"))
    if fitting:
        finest_mark = write_quantity(max(fitting), "mL")
        instead = tell("{least}, or use a syringe read to {mark}", least=instead, mark=finest_mark)
    return refuse(
        "too-small-to-measure",
        tell(
            "{dose} is {volume}; read to {step} it would be {percent} off, over the "
            "allowed {tolerance}. Dilute it first by the site's procedure, at least "
            "{factor} times, so that it fills {enough}.",
            dose=dose,
            volume=write_quantity(volume, "mL"),
            step=write_quantity(step, "mL"),
            percent=percent,
            tolerance=write_quantity(tolerance, "percent"),
            factor=write_number(factor),
            enough=instead,
        ),
    )


def _vials(
    request: DoseRequest, rule: str, dose: Decimal, volume: Decimal
) -> tuple[int, Fraction, Finding | None]:
    product = request.product
    withdrawable = product.withdrawable_ml.value
    if rule == "withdrawable":
        vials = whole_parts(volume, withdrawable)
        left_over = minus(times(Decimal(vials), withdrawable), volume)
        return vials, fraction_of(left_over), None
    content = product.content_iu.value
    vials = whole_parts(dose, content)
    held = ratio(times(Decimal(vials), content), product.strength_iu_per_ml.value)
    left = held - Fraction(volume)
    drawable = times(Decimal(vials), withdrawable)
    if volume <= drawable:
        return vials, left, None
    text = tell(
        "Counted by content, {vials} vials are enough, but only {drawable} can be "
        "withdrawn from them and {volume} are needed. Check before opening vials.",
        vials=vials,
        drawable=write_quantity(drawable, "mL"),
        volume=write_quantity(volume, "mL"),
    )
    return vials, left, Finding("more-than-withdrawable", Severity.CAUTION, text)
