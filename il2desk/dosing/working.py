"""The working, lines A to M, each with its numbers and its source (dose arithmetic, 2 to 4)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.basis import ExactDose
from il2desk.dosing.beyond_use import limits_of_use, open_limits
from il2desk.dosing.dilution import Diluted, albumin_mg
from il2desk.dosing.dose import Infusion
from il2desk.dosing.dose_request import DoseRequest, Step
from il2desk.dosing.exact import rounded_down, rounded_up
from il2desk.dosing.levels import Applied
from il2desk.dosing.preparation import Prepared
from il2desk.dosing.product import Product
from il2desk.dosing.regimen import DilutionMethod, DilutionPlan
from il2desk.dosing.writing import (
    NO_BREAK,
    plain,
    write_number,
    write_quantity,
    write_rounded,
    write_units,
)

_RULES = "dose arithmetic"


def working_of(
    request: DoseRequest,
    applied: Applied,
    exact: ExactDose,
    prepared: Prepared,
    diluted: Diluted,
    infusion: Infusion | None,
) -> tuple[Step, ...]:
    """All lines that apply, in order."""
    return (
        *_body_lines(request, exact.surface_m2),
        *_dose_lines(request, applied, exact),
        *_syringe_lines(request, exact.dose_iu, prepared),
        *_bag_lines(request, applied, prepared, diluted, infusion),
        _beyond_use(request.product, diluted.dilution.method),
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


def _dose_lines(request: DoseRequest, applied: Applied, exact: ExactDose) -> list[Step]:
    level = "" if applied.level is None else f"{applied.level}: "
    derived = exact.uncapped_iu
    if exact.factor is None:
        text = f"{level}flat dose {write_units(derived)}"
    else:
        per = write_number(applied.dose.value)
        text = f"{level}{per} x {write_number(exact.factor)} = {write_units(derived)}"
    lines = [Step("C", "Exact dose", text, applied.dose.source.cite())]
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
        lines.append(
            Step(
                "C'", "Limit", "no cap stated in any source; none applied", request.protocol.source
            )
        )
    return lines


def _syringe_lines(request: DoseRequest, exact: Decimal, prepared: Prepared) -> list[Step]:
    product = request.product
    strength = product.strength_iu_per_ml
    step = write_quantity(prepared.step_ml, "mL")
    syringe = prepared.syringe or "no syringe chosen"
    if request.measure_step_ml is not None:
        syringe = "step as asked"
    if prepared.vial_rule == "withdrawable":
        rule = product.withdrawable_ml
        count = f"{write_quantity(prepared.volume_ml, 'mL')} / {write_quantity(rule.value, 'mL')} withdrawable"
        source = rule.source.cite()
    else:
        count = f"{write_units(exact)} / {write_units(product.content_iu.value)} content"
        source = product.content_iu.source.cite()
    vials = "1 vial" if prepared.vials == 1 else f"{prepared.vials} vials"
    return [
        Step(
            "D",
            "Exact volume",
            f"{write_number(exact)} / {write_number(strength.value)} = "
            f"{write_quantity(prepared.exact_volume_ml, 'mL')}",
            strength.source.cite(),
        ),
        Step(
            "E",
            "Prepared volume",
            f"{write_quantity(prepared.volume_ml, 'mL')}, to {step}, half up ({syringe})",
            f"{_RULES}, section 3",
        ),
        Step(
            "F",
            "Prepared dose",
            f"{write_number(prepared.volume_ml)} x {write_number(strength.value)} = {write_units(prepared.dose_iu)}",
            strength.source.cite(),
        ),
        Step(
            "G",
            "Deviation",
            f"{write_quantity(write_rounded(prepared.deviation_percent, 2), 'percent')} of the exact dose "
            f"(at most {write_number(request.protocol.tolerance_percent)})",
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
    prepared: Prepared,
    diluted: Diluted,
    infusion: Infusion | None,
) -> list[Step]:
    dilution, plan, product = diluted.dilution, applied.regimen.dilution, request.product
    source = plan.source.cite()
    if dilution.method is DilutionMethod.UNDILUTED:
        text = f"undiluted: {write_quantity(prepared.volume_ml, 'mL')} is injected"
        return [Step("I", "Total volume", text, source)]
    window = dilution.window_total_ml
    if dilution.total_volume_ml is None or dilution.final_concentration is None or window is None:
        return _no_volume(request, diluted, source, infusion)
    total = write_quantity(dilution.total_volume_ml, "mL")
    if dilution.bag_ml is not None and plan.added_to:
        made = f"{write_number(dilution.bag_ml)} + {write_number(prepared.volume_ml)} = {total}, added to {dilution.diluent}"
    else:
        made = f"made up to {total} with {dilution.diluent}"
    mass = f"{write_number(prepared.volume_ml)} x {write_number(product.strength_mg_per_ml.value)}"
    total_source = source if plan.bag_ml is None else plan.bag_ml.source.cite()
    lines = [
        Step("I", "Total volume", f"{made}; bag overfill not counted", total_source),
        *_albumin_line(plan, dilution.bag_ml),
        Step(
            "J",
            "Final concentration",
            f"{mass}{NO_BREAK}mg / {total} = "
            f"{write_quantity(write_rounded(dilution.final_concentration, 1), 'mcg per mL')}",
            product.strength_mg_per_ml.source.cite(),
        ),
        _window_line(product, window, inside=dilution.in_window),
    ]
    minutes = applied.regimen.infusion_minutes
    if infusion is None or infusion.rate_ml_per_h is None or minutes is None:
        lines.append(
            Step("L", "Rate", "no duration stated: no rate, a gap", request.protocol.source)
        )
    else:
        rate = write_quantity(write_rounded(infusion.rate_ml_per_h, 1), "mL per h")
        lines.append(
            Step(
                "L",
                "Rate",
                f"{total} over {write_quantity(infusion.minutes, 'minutes')} = {rate}",
                minutes.source.cite(),
            )
        )
    return lines


def _no_volume(
    request: DoseRequest, diluted: Diluted, source: str, infusion: Infusion | None
) -> list[Step]:
    """Lines I to L where no total volume is known: none listed fits, or none is stated."""
    window = diluted.dilution.window_total_ml
    if window is not None:
        text = "no listed total volume fits the concentration window: cannot be released"
        return [
            Step("I", "Total volume", text, source),
            _window_line(request.product, window, inside=None),
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


def _window_line(
    product: Product, volumes: tuple[Fraction, Fraction], *, inside: bool | None
) -> Step:
    low, high = product.window_mcg_per_ml.value
    window = f"{write_number(low)} to {write_quantity(high, 'mcg per mL')}, ends included"
    word = "" if inside is None else ("inside; " if inside else "OUTSIDE; ")
    reach = (
        f"; total volumes {plain(rounded_up(volumes[0], 2))} to "
        f"{write_quantity(plain(rounded_down(volumes[1], 2)), 'mL')} are inside"
    )
    return Step("K", "Window", f"{word}{window}{reach}", product.window_mcg_per_ml.source.cite())


def _beyond_use(product: Product, method: DilutionMethod) -> Step:
    """Line M; a limit that is not filled in stands by name, and without any there is no label."""
    limits, gaps = limits_of_use(product, method), open_limits(product, method)
    parts = [
        f"{write_quantity(limit.hours, 'hours')} from {limit.counted_from}, {limit.storage}"
        for limit in limits
    ]
    said = [f"the earliest of: {'; '.join(parts)}"] if parts else []
    said += [f"not filled in, a gap: {gap.name}" for gap in gaps]
    if not parts:
        said.append("no use-before time is worked out, no label")
    sources = [limit.source.cite() for limit in limits] or [gap.fill_from for gap in gaps]
    return Step("M", "Beyond use", "; ".join(said), "; ".join(dict.fromkeys(sources)))
