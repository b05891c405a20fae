"""The working, lines A to M, each with its numbers and its source (dose arithmetic, 2 to 4)."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing.basis import ExactDose
from il2desk.dosing.dilution import Diluted, albumin_mg
from il2desk.dosing.dose import Infusion
from il2desk.dosing.dose_request import DoseRequest, Step
from il2desk.dosing.known_words import (
    ProductWords,
    cited,
    number_of,
    product_words,
    protocol_words,
)
from il2desk.dosing.levels import Applied
from il2desk.dosing.preparation import Prepared
from il2desk.dosing.regimen import DilutionMethod, DilutionPlan
from il2desk.dosing.writing import (
    NO_BREAK,
    write_number,
    write_quantity,
    write_rounded,
    write_units,
)

_RULES = "dose arithmetic"
_UNITS = "international units"


def working_of(
    request: DoseRequest,
    applied: Applied,
    exact: ExactDose,
    prepared: Prepared,
    diluted: Diluted,
    infusion: Infusion | None,
) -> tuple[Step, ...]:
    """All lines that apply, in order."""
    dose, volume = write_number(exact.dose_iu), write_number(prepared.volume_ml)
    return (
        *_body_lines(request, exact.surface_m2),
        *_dose_lines(request, applied, exact, dose),
        *_syringe_lines(request, dose, volume, prepared),
        *_bag_lines(request, applied, volume, diluted, infusion),
        product_words(request.product).beyond_use[diluted.dilution.method],
    )


def _body_lines(request: DoseRequest, surface_m2: Decimal | None) -> list[Step]:
    lines: list[Step] = []
    if request.weight_kg is not None:
        lines.append(
            Step(
                "A",
                "Dosing weight",
                write_quantity(request.weight_kg, "kg"),
                "measured, actual body weight",
            )
        )
    if surface_m2 is not None:
        if request.height_cm is None or request.weight_kg is None:
            text, source = write_quantity(surface_m2, "m2"), "entered"
        else:
            text = (
                f"square root of ({write_number(request.height_cm)} x {write_number(request.weight_kg)}"
                f" / 3,600) = {write_quantity(surface_m2, 'm2')}"
            )
            source = "Mosteller; the source names no formula, so the formula is a site choice"
        lines.append(Step("B", "Body surface area", text, source))
    return lines


def _dose_lines(request: DoseRequest, applied: Applied, exact: ExactDose, dose: str) -> list[Step]:
    """Lines C and C'. `dose` is the number of the exact dose, which the caps may have lowered."""
    level = "" if applied.level is None else f"{applied.level}: "
    derived = exact.uncapped_iu
    before_caps = write_quantity(dose if derived == exact.dose_iu else derived, _UNITS)
    if exact.factor is None:
        text = f"{level}flat dose {before_caps}"
    else:
        per = number_of(applied.dose)
        text = f"{level}{per} x {write_number(exact.factor)} = {before_caps}"
    lines = [Step("C", "Exact dose", text, cited(applied.dose.source))]
    for cap in request.protocol.caps:
        shown = "lowered to" if cap.limit_iu == exact.dose_iu < derived else "not reached:"
        if exact.dose_iu < cap.limit_iu < derived:
            shown = "a lower limit applies, not"
        lines.append(
            Step(
                "C'", "Limit", f"{cap.name}, {shown} {write_units(cap.limit_iu)}", cap.source.cite()
            )
        )
    if not request.protocol.caps:
        lines.append(protocol_words(request.protocol).no_cap)
    return lines


def _syringe_lines(request: DoseRequest, dose: str, volume: str, prepared: Prepared) -> list[Step]:
    """Lines D to H. `dose` and `volume` are the numbers of the exact dose and of the syringe."""
    known = product_words(request.product)
    drawn = write_quantity(volume, "mL")
    step = write_quantity(prepared.step_ml, "mL")
    syringe = prepared.syringe or "no syringe chosen"
    if request.measure_step_ml is not None:
        syringe = "step as asked"
    if prepared.vial_rule == "withdrawable":
        count = f"{drawn} / {known.withdrawable} withdrawable"
        source = known.withdrawable_source
    else:
        count = f"{write_quantity(dose, _UNITS)} / {known.content} content"
        source = known.content_source
    vials = "1 vial" if prepared.vials == 1 else f"{prepared.vials} vials"
    return [
        Step(
            "D",
            "Exact volume",
            f"{dose} / {known.strength} = {write_quantity(prepared.exact_volume_ml, 'mL')}",
            known.strength_source,
        ),
        Step(
            "E",
            "Prepared volume",
            f"{drawn}, to {step}, half up ({syringe})",
            f"{_RULES}, section 3",
        ),
        Step(
            "F",
            "Prepared dose",
            f"{volume} x {known.strength} = {write_units(prepared.dose_iu)}",
            known.strength_source,
        ),
        Step(
            "G",
            "Deviation",
            f"{write_quantity(write_rounded(prepared.deviation_percent, 2), 'percent')} of the exact dose "
            f"(at most {protocol_words(request.protocol).tolerance})",
            f"{_RULES}, section 3",
        ),
        Step(
            "H",
            "Vials",
            f"{count}: {vials}, left over {write_quantity(prepared.left_over_ml, 'mL')}",
            source,
        ),
    ]


def _bag_lines(
    request: DoseRequest,
    applied: Applied,
    volume: str,
    diluted: Diluted,
    infusion: Infusion | None,
) -> list[Step]:
    """Lines I to L. `volume` is the number of the syringe's mL."""
    dilution, plan = diluted.dilution, applied.regimen.dilution
    source = cited(plan.source)
    if dilution.method is DilutionMethod.UNDILUTED:
        text = f"undiluted: {write_quantity(volume, 'mL')} is injected"
        return [Step("I", "Total volume", text, source)]
    if dilution.total_volume_ml is None or dilution.final_concentration is None:
        return _no_volume(request, diluted, source, infusion)
    total = write_quantity(dilution.total_volume_ml, "mL")
    if dilution.bag_ml is not None and plan.added_to:
        made = f"{write_number(dilution.bag_ml)} + {volume} = {total}, added to {dilution.diluent}"
    else:
        made = f"made up to {total} with {dilution.diluent}"
    known = product_words(request.product)
    mass = f"{volume} x {known.mg_per_ml}"
    total_source = source if plan.bag_ml is None else cited(plan.bag_ml.source)
    lines = [
        Step("I", "Total volume", f"{made}; bag overfill not counted", total_source),
        *_albumin_line(plan, dilution.bag_ml),
        Step(
            "J",
            "Final concentration",
            f"{mass}{NO_BREAK}mg / {total} = "
            f"{write_quantity(write_rounded(dilution.final_concentration, 1), 'mcg per mL')}",
            known.mass_source,
        ),
        _window_line(known, diluted),
    ]
    minutes = applied.regimen.infusion_minutes
    if infusion is None or infusion.rate_ml_per_h is None or minutes is None:
        lines.append(protocol_words(request.protocol).no_rate)
    else:
        rate = write_quantity(write_rounded(infusion.rate_ml_per_h, 1), "mL per h")
        lines.append(
            Step(
                "L",
                "Rate",
                f"{total} over {write_quantity(infusion.minutes, 'minutes')} = {rate}",
                cited(minutes.source),
            )
        )
    return lines


def _no_volume(
    request: DoseRequest, diluted: Diluted, source: str, infusion: Infusion | None
) -> list[Step]:
    """Lines I to L where no total volume is known: none listed fits, or none is stated."""
    if diluted.dilution.window_total_ml is not None:
        text = "no listed total volume fits the concentration window: cannot be released"
        return [
            Step("I", "Total volume", text, source),
            _window_line(product_words(request.product), diluted),
        ]
    text = f"no volume of {diluted.dilution.diluent} is stated: a gap, cannot be released"
    lines = [Step("I", "Total volume", text, source)]
    if infusion is not None:
        over = f"over {write_quantity(infusion.minutes, 'minutes')}; no rate without a total volume"
        lines.append(Step("L", "Rate", over, source))
    return lines


def _albumin_line(plan: DilutionPlan, bag_ml: Decimal | None) -> list[Step]:
    """The albumin that goes into the diluent before aldesleukin does, in mg."""
    if plan.albumin_percent is None or bag_ml is None:
        return []
    percent, source = plan.albumin_percent.value, plan.albumin_percent.source.cite()
    amount = write_quantity(albumin_mg(percent, bag_ml), "mg")
    text = (
        f"{write_number(bag_ml)} x {write_number(percent)} x 10 = {amount} human albumin, mixed in "
        "before aldesleukin"
    )
    return [Step("I", "Albumin", text, source)]


def _window_line(known: ProductWords, diluted: Diluted) -> Step:
    inside = diluted.dilution.in_window
    window = f"{known.window}, ends included"
    word = "" if inside is None else ("inside; " if inside else "OUTSIDE; ")
    reach = f"; total volumes {diluted.inside} are inside"
    return Step("K", "Window", f"{word}{window}{reach}", known.window_source)
