"""From the exact dose to the syringe: measurable volume, deviation, vials, left over."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.dose import DoseRequest
from il2desk.dosing.exact import HUNDRED, half_up, product_of, ratio, sum_of, whole_parts
from il2desk.dosing.findings import Finding, Refusal, Severity, refuse
from il2desk.dosing.writing import NO_BREAK, plain, write_dose, write_quantity, write_rounded

# Dose arithmetic, section 3: the step where no syringe is chosen.
DEFAULT_STEP_ML = Decimal("0.01")
# Dose arithmetic, section 3: 5 percent unless the protocol is tighter.
WIDEST_TOLERANCE_PERCENT = Decimal(5)
VIAL_RULES = ("withdrawable", "content")


@dataclass(frozen=True, slots=True)
class Prepared:
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
    chosen = _step(request, exact_volume)
    if isinstance(chosen, Refusal):
        return chosen
    step, syringe, findings = chosen
    volume = half_up(exact_dose_iu, strength, step)
    dose = product_of(volume, strength)
    deviation = ratio(product_of(sum_of(dose, -exact_dose_iu), HUNDRED), exact_dose_iu)
    tolerance = request.protocol.tolerance_percent
    if tolerance > WIDEST_TOLERANCE_PERCENT:
        return refuse(
            "tolerance",
            f"{request.protocol.id} allows a deviation over {plain(WIDEST_TOLERANCE_PERCENT)}"
            f"{NO_BREAK}percent. A protocol may only be tighter; correct the file.",
        )
    if abs(deviation) > tolerance:
        return _too_small(exact_dose_iu, exact_volume, step, deviation, tolerance)
    rule = request.vial_rule or request.protocol.site.vial_rule or "withdrawable"
    if rule not in VIAL_RULES:
        return refuse("vial-rule", f"{rule} is no vial rule. Choose withdrawable or content.")
    vials, left, caution = _vials(request, rule, exact_dose_iu, volume)
    found = findings + ((caution,) if caution is not None else ())
    return Prepared(exact_volume, step, syringe, volume, dose, deviation, vials, rule, left, found)


def _step(
    request: DoseRequest, exact_volume: Fraction
) -> tuple[Decimal, str | None, tuple[Finding, ...]] | Refusal:
    """The measure step: named by the request, else by the site's syringe table, else 0.01 mL."""
    if request.measure_step_ml is not None:
        if request.measure_step_ml <= 0:
            return refuse("measure-step", "The measure step must be above 0 mL. Type it again.")
        return request.measure_step_ml, None, ()
    rows = request.protocol.site.syringes
    for row in rows:
        if exact_volume <= row.up_to_ml:
            return row.step_ml, row.syringe, ()
    if rows:
        return refuse(
            "no-syringe-large-enough",
            f"{write_quantity(exact_volume, 'mL')} is more than the largest syringe of the site's "
            "table holds. Add a larger syringe to the site's copy of the protocol.",
        )
    text = (
        f"No syringe chosen: the volume is rounded to {write_quantity(DEFAULT_STEP_ML, 'mL')}. "
        "Name the site's syringes in its copy of the protocol."
    )
    return DEFAULT_STEP_ML, None, (Finding("no-syringe", Severity.CAUTION, text),)


def _too_small(
    dose: Decimal, volume: Fraction, step: Decimal, deviation: Fraction, tolerance: Decimal
) -> Refusal:
    finest = volume * 2 * Fraction(tolerance) / 100
    return refuse(
        "too-small-to-measure",
        f"{write_dose(dose)} is {write_quantity(volume, 'mL')}; read to {write_quantity(step, 'mL')} it "
        f"would be {write_quantity(write_rounded(deviation, 2), 'percent')} off, over the allowed "
        f"{write_quantity(tolerance, 'percent')}. Dilute it first, or use a syringe read to "
        f"{write_quantity(write_rounded(finest, 4), 'mL')} or finer.",
    )


def _vials(
    request: DoseRequest, rule: str, dose: Decimal, volume: Decimal
) -> tuple[int, Fraction, Finding | None]:
    product = request.product
    withdrawable = product.withdrawable_ml.value
    if rule == "withdrawable":
        vials = whole_parts(volume, withdrawable)
        return vials, Fraction(sum_of(product_of(Decimal(vials), withdrawable), -volume)), None
    content = product.content_iu.value
    vials = whole_parts(dose, content)
    held = ratio(product_of(Decimal(vials), content), product.strength_iu_per_ml.value)
    left = held - Fraction(volume)
    drawable = product_of(Decimal(vials), withdrawable)
    if volume <= drawable:
        return vials, left, None
    text = (
        f"Counted by content, {vials} vials are enough, but only "
        f"{write_quantity(drawable, 'mL')} can be withdrawn from them and "
        f"{write_quantity(volume, 'mL')} are needed. Check before opening vials."
    )
    return vials, left, Finding("more-than-withdrawable", Severity.CAUTION, text)
