"""The dose of a companion drug: exact dose, volume and working, beside the dose of aldesleukin."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.body import mosteller
from il2desk.dosing.companion_product import PEN, Presentation
from il2desk.dosing.companion_values import CompanionDose, CompanionVolume, write_amount
from il2desk.dosing.companion_working import companion_working
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.exact import HUNDRED, half_up, product_of, ratio, sum_of, whole_parts
from il2desk.dosing.findings import Finding, Refusal, Severity, refuse
from il2desk.dosing.level_steps import StepUp, step_in_words
from il2desk.dosing.levels import PlannedDoseLevel, companion_on, dose_of_plan
from il2desk.dosing.preparation import measure_step, too_small
from il2desk.dosing.regimen import Basis, Companion, Regimen
from il2desk.dosing.sentence import joined, tell


def companion_doses(
    request: DoseRequest, regimen: Regimen, surface_m2: Decimal | None
) -> tuple[CompanionDose, ...]:
    """The companion drugs planned for the request, in the order of the protocol file.

    `surface_m2` is that of the dose of aldesleukin, None where that dose does not go by it.
    """
    if not regimen.companions:
        return ()
    surface = surface_m2
    if surface is None and request.weight_kg is not None and request.height_cm is not None:
        surface = mosteller(request.height_cm, request.weight_kg)
    return tuple(
        _companion(request, one, surface)
        for one in regimen.companions
        if companion_on(request, one)
    )


def _companion(
    request: DoseRequest, companion: Companion, surface_m2: Decimal | None
) -> CompanionDose:
    gaps = tuple(
        gap
        for gap in request.protocol.gap_blocking("dose", request.arm)
        if f".companions.{companion.id}." in gap.field
    )
    found = dose_of_plan(request, companion, companion.drug, gaps)
    if isinstance(found, Refusal):
        return _refused(companion, None, found)
    exact = _exact(request, companion, found, surface_m2)
    if isinstance(exact, Refusal):
        return _refused(companion, found.level, exact)
    dose, factor = exact
    volume, findings = _volume(request, companion, dose)
    findings = (*_step_finding(companion, found.step), *findings)
    working = companion_working(request, companion, found, (dose, factor), volume)
    return CompanionDose(companion, found.level, dose, volume, findings, working)


def _refused(companion: Companion, level: str | None, refusal: Refusal) -> CompanionDose:
    """No dose of the companion: aldesleukin may be shown, and neither may be released."""
    finding = Finding(
        f"companion-{refusal.code}",
        Severity.STOP,
        tell("{drug}: {refusal}", drug=companion.drug, refusal=refusal.text),
    )
    return CompanionDose(companion, level, None, None, (finding,), ())


def _exact(
    request: DoseRequest,
    companion: Companion,
    found: PlannedDoseLevel,
    surface_m2: Decimal | None,
) -> tuple[Decimal, Decimal | None] | Refusal:
    """The exact dose and the factor (kg or m2) it was multiplied with."""
    if companion.basis is Basis.FLAT:
        return found.dose.value, None
    factor = surface_m2 if companion.basis is Basis.M2 else request.weight_kg
    if factor is None:
        if companion.basis is Basis.M2:
            return refuse(
                "no-factor",
                "Its dose goes by body surface area. Enter weight in kg and height in cm.",
            )
        return refuse("no-factor", "Its dose goes by weight. Enter the dosing weight in kg.")
    return product_of(found.dose.value, factor), factor


def _step_finding(companion: Companion, step: StepUp | None) -> tuple[Finding, ...]:
    if step is None:
        return ()
    text = tell("{drug}: {step}", drug=companion.drug, step=step_in_words(step, companion.unit))
    return (Finding("companion-level-change", Severity.NOTE, text),)


def _volume(
    request: DoseRequest, companion: Companion, dose: Decimal
) -> tuple[CompanionVolume | None, tuple[Finding, ...]]:
    """The volume in the presentation that the site chose, or what is open about it."""
    chosen = _presentation(request, companion)
    if isinstance(chosen, Finding):
        return None, (chosen,)
    if chosen.kind == PEN:
        return _in_pen(companion, chosen, dose)
    return _in_syringe(request, companion, chosen, dose)


def _and_no(names: list[str]) -> str:
    """What is open, such as "product and no route"."""
    made = names[0]
    for name in names[1:]:
        made = tell("{open} and no {other}", open=made, other=name)
    return made


def _presentation(request: DoseRequest, companion: Companion) -> Presentation | Finding:
    product = next(
        (
            one
            for one in request.companion_products
            if companion.product is not None and one.id == companion.product.value
        ),
        None,
    )
    lacking = {
        tell("product"): product,
        tell("presentation"): companion.presentation,
        tell("route"): companion.route,
    }
    open_ = [name for name, value in lacking.items() if value is None]
    if product is None or companion.presentation is None or companion.route is None:
        text = tell(
            "{drug}: no {what} is named, so no volume is worked out. The site names it in "
            "its copy of the protocol.",
            drug=companion.drug,
            what=_and_no(open_),
        )
        return Finding("companion-no-presentation", Severity.CAUTION, text)
    chosen = product.presentation(companion.presentation.value)
    if chosen is None:
        text = tell(
            "{drug}: {name} has no presentation {presentation}. Correct the file.",
            drug=companion.drug,
            name=product.name,
            presentation=companion.presentation.value,
        )
        return Finding("companion-unknown-presentation", Severity.STOP, text)
    if companion.route.value not in chosen.routes.value:
        listed = joined(", ", chosen.routes.value)
        text = tell(
            "{drug}: {name} is for {listed} use, not {route}. Choose another presentation.",
            drug=companion.drug,
            name=chosen.name,
            listed=listed,
            route=companion.route.value,
        )
        return Finding("companion-route", Severity.STOP, text)
    return chosen


def _in_pen(
    companion: Companion, pen: Presentation, dose: Decimal
) -> tuple[CompanionVolume | None, tuple[Finding, ...]]:
    """A pen gives its own doses and no other."""
    if dose not in pen.pen_doses:
        listed = ", ".join(write_amount(one, companion.unit) for one in pen.pen_doses)
        text = tell(
            "{drug}: {amount} is no dose of the {name}. It gives {listed}. Take a vial and "
            "a syringe.",
            drug=companion.drug,
            amount=write_amount(dose, companion.unit),
            name=pen.name,
            listed=listed,
        )
        return None, (Finding("companion-no-pen-dose", Severity.STOP, text),)
    exact = ratio(dose, pen.strength_per_ml.value)
    return CompanionVolume(pen, exact, None, dose, Fraction(0), 1), ()


def _in_syringe(
    request: DoseRequest, companion: Companion, vial: Presentation, dose: Decimal
) -> tuple[CompanionVolume | None, tuple[Finding, ...]]:
    strength = vial.strength_per_ml.value
    exact = ratio(dose, strength)
    chosen = measure_step(exact, None, request.protocol.site.syringes)
    if isinstance(chosen, Refusal):
        return None, (_stop(companion, chosen),)
    step, _, cautions = chosen
    prepared = half_up(dose, strength, step)
    held = product_of(prepared, strength)
    deviation = ratio(product_of(sum_of(held, -dose), HUNDRED), dose)
    tolerance = request.protocol.tolerance_percent
    if abs(deviation) > tolerance:
        off, rows = (step, deviation, tolerance), request.protocol.site.syringes
        refusal = too_small(write_amount(dose, companion.unit), exact, off, rows)
        return None, (_stop(companion, refusal),)
    containers = None if vial.content is None else whole_parts(held, vial.content.value)
    findings = tuple(
        Finding(one.code, one.severity, f"{companion.drug}: {one.text}") for one in cautions
    )
    made = CompanionVolume(vial, exact, prepared, held, deviation, containers)
    return made, findings


def _stop(companion: Companion, refusal: Refusal) -> Finding:
    return Finding(
        f"companion-{refusal.code}",
        Severity.STOP,
        tell("{drug}: {refusal}", drug=companion.drug, refusal=refusal.text),
    )
