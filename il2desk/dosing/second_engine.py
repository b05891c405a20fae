"""The second engine: the dose of a request again, in whole numbers and exact fractions.

It shares no arithmetic with the first engine. Every decimal is taken apart into its digits; the
measure step is counted, not divided and rounded; the body surface is found by comparing squares
of whole numbers. Its answers are held against the first engine's before a dose may be prepared.
Rules and constants: dose arithmetic page, sections 1 to 4; everything clinical is in the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.product import Product
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan, Regimen
from il2desk.dosing.second_companions import SecondCompanion, second_companions
from il2desk.dosing.second_numbers import (
    UnansweredError,
    at_least_count,
    counted,
    exact,
    nearest_count,
    positive,
    require,
)
from il2desk.dosing.second_plan import per_unit, planned_on

WEIGHT_HUNDREDTHS = (200, 30_000)
"""Dosing weight, 2 to 300 kg, in hundredths of a kilogram (section 1)."""

HEIGHT_TENTHS = (400, 2_300)
"""Height, 40 to 230 cm, in tenths of a centimetre (section 1)."""

SURFACE_HUNDREDTHS = (15, 438)
"""Body surface in hundredths of a m2: what the limits of weight and height come to by Mosteller."""

WIDEST_TOLERANCE = Fraction(5)
"""Percent by which the prepared dose may differ; a protocol may be tighter (section 3, line G)."""

STEP_MILLIONTHS = (1, 1_000_000)
"""A measure step that is asked for, up to 1 mL, in millionths of a mL."""

ORDERED_HUNDREDTHS = (100, 99_999_999_900)
"""The ordered dose, 1 to 999,999,999, in hundredths of an international unit (section 1)."""

STEP_WITHOUT_SYRINGE = Fraction(1, 100)
"""Measure step in mL where no syringe is chosen (section 3, line E)."""


@dataclass(frozen=True, slots=True)
class SecondAnswer:
    """What the second engine found, all of it exact.

    Doses in international units, volumes in mL, surface in m2, concentration in mcg per mL,
    deviation in percent, rate in mL per hour. None where a value does not apply or is not known.
    """

    bsa_m2: Fraction | None
    exact_dose_iu: Fraction
    exact_volume_ml: Fraction
    measure_step_ml: Fraction
    prepared_volume_ml: Fraction
    prepared_dose_iu: Fraction
    deviation_percent: Fraction
    vials: int
    left_over_ml: Fraction
    bag_ml: Fraction | None
    total_volume_ml: Fraction | None
    concentration_mcg_per_ml: Fraction | None
    in_window: bool | None
    window_total_ml: tuple[Fraction, Fraction] | None
    infusion_minutes: Fraction | None
    rate_ml_per_h: Fraction | None
    companions: tuple[SecondCompanion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bag:
    """The dilution part of the answer."""

    bag_ml: Fraction | None = None
    total_ml: Fraction | None = None
    mcg_per_ml: Fraction | None = None
    in_window: bool | None = None
    window_ml: tuple[Fraction, Fraction] | None = None


def second_answer(request: DoseRequest) -> SecondAnswer | None:
    """The same dose in exact fractions, or None where the request cannot be answered."""
    try:
        return _answer(request)
    except UnansweredError:
        return None


def second_companions_of(request: DoseRequest) -> tuple[SecondCompanion, ...]:
    """The companion drugs of the request's day alone, where aldesleukin need not be planned on it.

    Empty where the request cannot be answered.
    """
    fitting = [one for one in request.protocol.regimens if one.arm == request.arm]
    try:
        require(answerable=len(fitting) == 1)
        return second_companions(request, fitting[0], _surface_known(request))
    except UnansweredError:
        return ()


def _answer(request: DoseRequest) -> SecondAnswer:
    regimen = _regimen(request)
    surface, units = _units(request, regimen.basis)
    exact_dose = _capped(request, per_unit(request, regimen) * units)
    strength = positive(request.product.strength_iu_per_ml.value)
    exact_volume = exact_dose / strength
    step = _measure_step(request, exact_volume)
    prepared = nearest_count(exact_volume / step) * step
    deviation = (prepared / exact_volume - 1) * 100
    tolerance = min(WIDEST_TOLERANCE, exact(request.protocol.tolerance_percent))
    require(answerable=-tolerance <= deviation <= tolerance)
    # A cap holds for what the syringe holds, too: rounding up must not pass it.
    require(answerable=prepared * strength == _capped(request, prepared * strength))
    vials, left_over = _vials(request, exact_dose, prepared)
    bag = _diluted(request.product, regimen.dilution, exact_dose, prepared)
    stated = regimen.infusion_minutes
    minutes = None if stated is None else positive(stated.value)
    return SecondAnswer(
        bsa_m2=surface,
        exact_dose_iu=exact_dose,
        exact_volume_ml=exact_volume,
        measure_step_ml=step,
        prepared_volume_ml=prepared,
        prepared_dose_iu=prepared * strength,
        deviation_percent=deviation,
        vials=vials,
        left_over_ml=left_over,
        bag_ml=bag.bag_ml,
        total_volume_ml=bag.total_ml,
        concentration_mcg_per_ml=bag.mcg_per_ml,
        in_window=bag.in_window,
        window_total_ml=bag.window_ml,
        infusion_minutes=minutes,
        rate_ml_per_h=bag.total_ml * 60 / minutes if minutes and bag.total_ml else None,
        companions=second_companions(request, regimen, _surface_known(request)),
    )


def _regimen(request: DoseRequest) -> Regimen:
    fitting = [one for one in request.protocol.regimens if one.arm == request.arm]
    require(answerable=len(fitting) == 1)
    regimen = fitting[0]
    open_gaps = [gap for gap in request.product.gaps if "dose" in gap.blocks]
    # The gap of one level ("levels.2") leaves the other levels of its sequence usable, and that of
    # a companion drug leaves aldesleukin usable.
    listed = request.protocol.gap_blocking("dose", request.arm)
    others = ("levels.", ".companions.")
    open_gaps.extend(gap for gap in listed if not any(one in gap.field for one in others))
    require(answerable=not open_gaps)
    for count in (request.cycle, request.day, request.month):
        require(answerable=count is None or count > 0)
    require(answerable=request.day is None or planned_on(regimen, request.day))
    return regimen


def _units(request: DoseRequest, basis: Basis) -> tuple[Fraction | None, Fraction]:
    """The surface in m2 (None where the dose does not go by it), and how many kg, m2 or ones."""
    if request.weight_kg is not None:
        counted(request.weight_kg, 100, WEIGHT_HUNDREDTHS)
    if request.height_cm is not None:
        counted(request.height_cm, 10, HEIGHT_TENTHS)
    if request.previous_weight_kg is not None:
        counted(request.previous_weight_kg, 100, WEIGHT_HUNDREDTHS)
    if request.ordered_dose_iu is not None:
        counted(request.ordered_dose_iu, 100, ORDERED_HUNDREDTHS)
    if basis is Basis.M2:
        surface = _surface(request)
        return surface, surface
    require(answerable=request.bsa_m2 is None)
    if basis is Basis.FLAT:
        return None, Fraction(1)
    return None, positive(request.weight_kg)


def _surface(request: DoseRequest) -> Fraction:
    """Mosteller's surface in m2, to the nearest hundredth, a tie upward, without any root.

    h hundredths are nearest to the root of cm x kg / 3600 when (2h - 1) squared is not above
    40,000 x cm x kg / 3600, and (2h + 1) squared is: both sides are squared and times 40,000.
    A surface that is given stands alone, without weight and height that might contradict it.
    """
    if request.bsa_m2 is not None:
        require(answerable=request.weight_kg is None and request.height_cm is None)
        return Fraction(counted(request.bsa_m2, 100, SURFACE_HUNDREDTHS), 100)
    kg_hundredths = counted(request.weight_kg, 100, WEIGHT_HUNDREDTHS)
    cm_tenths = counted(request.height_cm, 10, HEIGHT_TENTHS)
    hundredths = 0
    while (2 * hundredths + 1) ** 2 * 90 <= kg_hundredths * cm_tenths:
        hundredths += 1
    return Fraction(hundredths, 100)


def _surface_known(request: DoseRequest) -> Fraction | None:
    """The surface in m2 where it is given or can be worked out; a companion drug may go by it."""
    if request.bsa_m2 is None and (request.weight_kg is None or request.height_cm is None):
        return None
    return _surface(request)


def _capped(request: DoseRequest, dose: Fraction) -> Fraction:
    return min([dose, *(positive(cap.limit_iu) for cap in request.protocol.caps)])


def _measure_step(request: DoseRequest, volume: Fraction) -> Fraction:
    if request.measure_step_ml is not None:
        return Fraction(counted(request.measure_step_ml, 10**6, STEP_MILLIONTHS), 10**6)
    for row in request.protocol.site.syringes:
        if volume <= exact(row.up_to_ml):
            return positive(row.step_ml)
    require(answerable=not request.protocol.site.syringes)
    return STEP_WITHOUT_SYRINGE


def _vials(request: DoseRequest, dose: Fraction, prepared: Fraction) -> tuple[int, Fraction]:
    """Vials to open, and the mL left over in them."""
    product = request.product
    rule = request.vial_rule or request.protocol.site.vial_rule or "withdrawable"
    if rule == "withdrawable":
        per_vial = positive(product.withdrawable_ml.value)
        vials = at_least_count(prepared / per_vial)
        return vials, vials * per_vial - prepared
    require(answerable=rule == "content")
    content = positive(product.content_iu.value)
    vials = at_least_count(dose / content)
    return vials, vials * content / exact(product.strength_iu_per_ml.value) - prepared


def _diluted(product: Product, plan: DilutionPlan, dose: Fraction, prepared: Fraction) -> _Bag:
    if plan.method is DilutionMethod.UNDILUTED:
        return _Bag()
    mass_mcg = prepared * positive(product.strength_mg_per_ml.value) * 1000
    low, high = (positive(edge) for edge in product.window_mcg_per_ml.value)
    window = (mass_mcg / high, mass_mcg / low)
    bag, total = _volumes(product, plan, dose, prepared, window)
    if total is None and plan.method is DilutionMethod.INFUSION_BAG:
        return _Bag()  # no volume is stated, so no window is shown either
    if total is None:
        return _Bag(window_ml=window)
    require(answerable=total >= prepared)
    for most in (plan.most_ml, product.most_ml):
        require(answerable=most is None or (bag or total) <= positive(most.value))
    return _Bag(bag, total, mass_mcg / total, window[0] <= total <= window[1], window)


def _volumes(
    product: Product,
    plan: DilutionPlan,
    dose: Fraction,
    prepared: Fraction,
    window: tuple[Fraction, Fraction],
) -> tuple[Fraction | None, Fraction | None]:
    """Nominal bag and total volume in mL; both None where none is stated or none fits."""
    if plan.method is DilutionMethod.WINDOW_VOLUME:
        listed = [positive(volume) for volume in plan.listed_ml]
        return None, max((v for v in listed if window[0] <= v <= window[1]), default=None)
    if plan.method is DilutionMethod.DOSE_BANDED_BAG:
        bag = _banded_bag(product, dose)
    elif plan.bag_ml is None:
        require(answerable=plan.method is DilutionMethod.INFUSION_BAG)
        return None, None
    else:
        bag = positive(plan.bag_ml.value)
    return bag, bag + prepared if plan.added_to else bag


def _banded_bag(product: Product, dose: Fraction) -> Fraction:
    for band in product.bag_bands:
        if band.up_to_iu is None or dose <= exact(band.up_to_iu):
            return positive(band.bag_ml)
    raise UnansweredError
