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
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import (
    NO_BREAK,
    write_number,
    write_quantity,
    write_rounded,
    write_units,
)

_RULES = tell("dose arithmetic, section 3")
_UNITS = "international units"
# What a line is called: told once, for a derivation tells some fifteen of them.
_WEIGHT, _SURFACE, _DOSE = tell("Dosing weight"), tell("Body surface area"), tell("Exact dose")
_LIMIT, _VOLUME, _PREPARED = tell("Limit"), tell("Exact volume"), tell("Prepared volume")
_HELD, _DEVIATION, _VIALS = tell("Prepared dose"), tell("Deviation"), tell("Vials")
_TOTAL, _REACHED, _WINDOW = tell("Total volume"), tell("Final concentration"), tell("Window")
_RATE, _ALBUMIN = tell("Rate"), tell("Albumin")
_MEASURED, _NO_SYRINGE = tell("measured, actual body weight"), tell("no syringe chosen")
_AS_ASKED, _ONE_VIAL, _ENTERED = tell("step as asked"), tell("1 vial"), tell("entered")
_MOSTELLER = tell("Mosteller; the source names no formula, so the formula is a site choice")


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
                _WEIGHT,
                write_quantity(request.weight_kg, "kg"),
                _MEASURED,
            )
        )
    if surface_m2 is not None:
        if request.height_cm is None or request.weight_kg is None:
            text, source = write_quantity(surface_m2, "m2"), _ENTERED
        else:
            text = tell(
                "square root of ({height_cm} x {weight_kg} / 3,600) = {surface_m2}",
                height_cm=write_number(request.height_cm),
                weight_kg=write_number(request.weight_kg),
                surface_m2=write_quantity(surface_m2, "m2"),
            )
            source = _MOSTELLER
        lines.append(Step("B", _SURFACE, text, source))
    return lines


def _dose_lines(request: DoseRequest, applied: Applied, exact: ExactDose, dose: str) -> list[Step]:
    """Lines C and C'. `dose` is the number of the exact dose, which the caps may have lowered."""
    derived = exact.uncapped_iu
    before_caps = write_quantity(dose if derived == exact.dose_iu else derived, _UNITS)
    if exact.factor is None:
        text = tell("flat dose {dose}", dose=before_caps)
    else:
        per = number_of(applied.dose)
        text = f"{per} x {write_number(exact.factor)} = {before_caps}"
    if applied.level is not None:
        text = tell("{level}: {dose}", level=applied.level, dose=text)
    lines = [Step("C", _DOSE, text, cited(applied.dose.source))]
    for cap in request.protocol.caps:
        limit = write_units(cap.limit_iu)
        if exact.dose_iu < cap.limit_iu < derived:
            said = tell("{name}, a lower limit applies, not {limit}", name=cap.name, limit=limit)
        elif cap.limit_iu == exact.dose_iu < derived:
            said = tell("{name}, lowered to {limit}", name=cap.name, limit=limit)
        else:
            said = tell("{name}, not reached: {limit}", name=cap.name, limit=limit)
        lines.append(Step("C'", _LIMIT, said, cap.source.cite()))
    if not request.protocol.caps:
        lines.append(protocol_words(request.protocol).no_cap)
    return lines


def _syringe_lines(request: DoseRequest, dose: str, volume: str, prepared: Prepared) -> list[Step]:
    """Lines D to H. `dose` and `volume` are the numbers of the exact dose and of the syringe."""
    known = product_words(request.product)
    drawn = write_quantity(volume, "mL")
    step = write_quantity(prepared.step_ml, "mL")
    syringe = prepared.syringe or _NO_SYRINGE
    if request.measure_step_ml is not None:
        syringe = _AS_ASKED
    vials = _ONE_VIAL if prepared.vials == 1 else tell("{count} vials", count=prepared.vials)
    left_over = write_quantity(prepared.left_over_ml, "mL")
    if prepared.vial_rule == "withdrawable":
        count = tell(
            "{drawn} / {withdrawable} withdrawable: {vials}, left over {left_over}",
            drawn=drawn,
            withdrawable=known.withdrawable,
            vials=vials,
            left_over=left_over,
        )
        source = known.withdrawable_source
    else:
        count = tell(
            "{dose} / {content} content: {vials}, left over {left_over}",
            dose=write_quantity(dose, _UNITS),
            content=known.content,
            vials=vials,
            left_over=left_over,
        )
        source = known.content_source
    return [
        Step(
            "D",
            _VOLUME,
            f"{dose} / {known.strength} = {write_quantity(prepared.exact_volume_ml, 'mL')}",
            known.strength_source,
        ),
        Step(
            "E",
            _PREPARED,
            tell(
                "{drawn}, to {step}, half up ({syringe})", drawn=drawn, step=step, syringe=syringe
            ),
            _RULES,
        ),
        Step(
            "F",
            _HELD,
            f"{volume} x {known.strength} = {write_units(prepared.dose_iu)}",
            known.strength_source,
        ),
        Step(
            "G",
            _DEVIATION,
            tell(
                "{deviation_percent} of the exact dose (at most {tolerance})",
                deviation_percent=write_quantity(
                    write_rounded(prepared.deviation_percent, 2), "percent"
                ),
                tolerance=protocol_words(request.protocol).tolerance,
            ),
            _RULES,
        ),
        Step("H", _VIALS, count, source),
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
        text = tell("undiluted: {volume} is injected", volume=write_quantity(volume, "mL"))
        return [Step("I", _TOTAL, text, source)]
    if dilution.total_volume_ml is None or dilution.final_concentration is None:
        return _no_volume(request, diluted, source, infusion)
    total = write_quantity(dilution.total_volume_ml, "mL")
    if dilution.bag_ml is not None and plan.added_to:
        made = tell(
            "{bag_ml} + {volume} = {total}, added to {diluent}; bag overfill not counted",
            bag_ml=write_number(dilution.bag_ml),
            volume=volume,
            total=total,
            diluent=dilution.diluent,
        )
    else:
        made = tell(
            "made up to {total} with {diluent}; bag overfill not counted",
            total=total,
            diluent=dilution.diluent,
        )
    known = product_words(request.product)
    mass = f"{volume} x {known.mg_per_ml}"
    total_source = source if plan.bag_ml is None else cited(plan.bag_ml.source)
    lines = [
        Step("I", _TOTAL, made, total_source),
        *_albumin_line(plan, dilution.bag_ml),
        Step(
            "J",
            _REACHED,
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
                _RATE,
                tell(
                    "{total} over {minutes} = {rate}",
                    total=total,
                    minutes=write_quantity(infusion.minutes, "minutes"),
                    rate=rate,
                ),
                cited(minutes.source),
            )
        )
    return lines


def _no_volume(
    request: DoseRequest, diluted: Diluted, source: str, infusion: Infusion | None
) -> list[Step]:
    """Lines I to L where no total volume is known: none listed fits, or none is stated."""
    if diluted.dilution.window_total_ml is not None:
        text = tell("no listed total volume fits the concentration window: cannot be released")
        return [
            Step("I", _TOTAL, text, source),
            _window_line(product_words(request.product), diluted),
        ]
    text = tell(
        "no volume of {diluent} is stated: a gap, cannot be released",
        diluent=diluted.dilution.diluent,
    )
    lines = [Step("I", _TOTAL, text, source)]
    if infusion is not None:
        over = tell(
            "over {minutes}; no rate without a total volume",
            minutes=write_quantity(infusion.minutes, "minutes"),
        )
        lines.append(Step("L", _RATE, over, source))
    return lines


def _albumin_line(plan: DilutionPlan, bag_ml: Decimal | None) -> list[Step]:
    """The albumin that goes into the diluent before aldesleukin does, in mg."""
    if plan.albumin_percent is None or bag_ml is None:
        return []
    percent, source = plan.albumin_percent.value, plan.albumin_percent.source.cite()
    amount = write_quantity(albumin_mg(percent, bag_ml), "mg")
    text = tell(
        "{bag_ml} x {percent} x 10 = {amount} human albumin, mixed in before aldesleukin",
        bag_ml=write_number(bag_ml),
        percent=write_number(percent),
        amount=amount,
    )
    return [Step("I", _ALBUMIN, text, source)]


def _window_line(known: ProductWords, diluted: Diluted) -> Step:
    inside = diluted.dilution.in_window
    window, volumes = known.window, diluted.inside
    if inside:
        text = tell(
            "inside; {window}, ends included; total volumes {volumes} are inside",
            window=window,
            volumes=volumes,
        )
    else:
        text = tell(
            "{window}, ends included; total volumes {volumes} are inside",
            window=window,
            volumes=volumes,
        )
    if inside is False:
        text = tell("OUTSIDE; {reach}", reach=text)
    return Step("K", _WINDOW, text, known.window_source)
