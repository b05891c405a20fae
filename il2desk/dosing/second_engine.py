"""The second engine: the dose of a request again, in whole numbers and exact fractions.

It shares no arithmetic with the first engine. Every decimal is taken apart into its digits; the
measure step is counted, not divided and rounded; the body surface is found by comparing squares
of whole numbers. Its answers are held against the first engine's before a dose may be prepared.
Rules and constants: dose arithmetic page, sections 1 to 4; everything clinical is in the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.dose import DoseRequest
from il2desk.dosing.product import Product
from il2desk.dosing.protocol import Basis, DilutionMethod, DilutionPlan, Regimen

WEIGHT_HUNDREDTHS = (200, 30_000)
"""Dosing weight, 2 to 300 kg, in hundredths of a kilogram (section 1)."""

HEIGHT_TENTHS = (400, 2_300)
"""Height, 40 to 230 cm, in tenths of a centimetre (section 1)."""

SURFACE_HUNDREDTHS = (15, 438)
"""Body surface in hundredths of a m2: what the limits of weight and height come to by Mosteller."""

WIDEST_TOLERANCE = Fraction(5)
"""Percent by which the prepared dose may differ; a protocol may be tighter (section 3, line G)."""

STEP_WITHOUT_SYRINGE = Fraction(1, 100)
"""Measure step in mL where no syringe is chosen (section 3, line E)."""


@dataclass(frozen=True, slots=True)
class SecondAnswer:
    """What the second engine found, all of it exact.

    Doses in international units, volumes in mL, surface in m2, concentration in mcg per mL,
    deviation in percent, rate in mL per hour. None where a value does not apply; the infusion
    is None too where no total volume is known.
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


@dataclass(frozen=True, slots=True)
class _Bag:
    """The dilution part of the answer."""

    bag_ml: Fraction | None = None
    total_ml: Fraction | None = None
    mcg_per_ml: Fraction | None = None
    in_window: bool | None = None
    window_ml: tuple[Fraction, Fraction] | None = None


class _UnansweredError(Exception):
    """The request cannot be answered; it never leaves this module."""


def second_answer(request: DoseRequest) -> SecondAnswer | None:
    """The same dose in exact fractions, or None where the request cannot be answered."""
    try:
        return _answer(request)
    except _UnansweredError:
        return None


def _answer(request: DoseRequest) -> SecondAnswer:
    regimen = _regimen(request)
    surface, units = _units(request, regimen.basis)
    exact_dose = _capped(request, _per_unit(request, regimen) * units)
    strength = _positive(request.product.strength_iu_per_ml.value)
    exact_volume = exact_dose / strength
    step = _measure_step(request, exact_volume)
    prepared = _nearest_count(exact_volume / step) * step
    deviation = (prepared / exact_volume - 1) * 100
    tolerance = min(WIDEST_TOLERANCE, _exact(request.protocol.tolerance_percent))
    _require(answerable=-tolerance <= deviation <= tolerance)
    # A cap holds for what the syringe holds, too: rounding up must not pass it.
    _require(answerable=prepared * strength == _capped(request, prepared * strength))
    vials, left_over = _vials(request, exact_dose, prepared)
    bag = _diluted(request.product, regimen.dilution, exact_dose, prepared)
    minutes = _minutes(regimen, bag)
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
    )


def _require(*, answerable: bool) -> None:
    if not answerable:
        raise _UnansweredError


def _exact(value: Decimal | None) -> Fraction:
    """The number from its digits; a missing, infinite or undefined one cannot be answered."""
    if value is None:
        raise _UnansweredError
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise _UnansweredError
    whole = 0
    for digit in digits:
        whole = whole * 10 + digit
    whole = -whole if sign else whole
    return Fraction(whole * 10**exponent) if exponent >= 0 else Fraction(whole, 10**-exponent)


def _positive(value: Decimal | None) -> Fraction:
    number = _exact(value)
    _require(answerable=number > 0)
    return number


def _counted(value: Decimal | None, per_unit: int, limits: tuple[int, int]) -> int:
    """A reading as a whole number of its smallest marks, inside its limits, ends included."""
    marks = _exact(value) * per_unit
    _require(answerable=marks.denominator == 1 and limits[0] <= marks <= limits[1])
    return marks.numerator


def _nearest_count(quotient: Fraction) -> int:
    """The nearest whole number of a positive quotient, a tie away from zero."""
    return (2 * quotient.numerator + quotient.denominator) // (2 * quotient.denominator)


def _at_least_count(quotient: Fraction) -> int:
    return -(-quotient.numerator // quotient.denominator)


def _regimen(request: DoseRequest) -> Regimen:
    fitting = [one for one in request.protocol.regimens if one.arm == request.arm]
    _require(answerable=len(fitting) == 1)
    regimen = fitting[0]
    open_gaps = [gap for gap in request.product.gaps if "dose" in gap.blocks]
    # The gap of one level ("levels.2") leaves the other levels of its sequence usable.
    listed = request.protocol.gap_blocking("dose", request.arm)
    open_gaps.extend(gap for gap in listed if "levels." not in gap.field)
    _require(answerable=not open_gaps)
    for count in (request.cycle, request.day, request.month):
        _require(answerable=count is None or count > 0)
    _require(answerable=request.day is None or _planned_on(regimen, request.day))
    return regimen


def _planned_on(regimen: Regimen, day: int) -> bool:
    """Whether a dose can fall on the day; a cycle that starts late in the day ends a day later."""
    if regimen.days is not None:
        return day in regimen.days.value
    if regimen.interval_h is None or regimen.doses_per_cycle is None:
        return True
    hours = _positive(regimen.interval_h.value) * (regimen.doses_per_cycle.value - 1)
    return day <= _at_least_count(hours / 24) + 1


def _per_unit(request: DoseRequest, regimen: Regimen) -> Fraction:
    """International units per kg, per m2, or flat, from the one dose or the one fitting level."""
    if not regimen.levels:
        return _positive(regimen.dose.value if regimen.dose else None)
    week = None if request.day is None else (request.day + 6) // 7
    counts = {"week": week, "day": request.day, "month": request.month, "cycle": request.cycle}
    count = counts.get(regimen.level_by or "")
    if count is None or regimen.dose is not None:
        raise _UnansweredError
    fitting = [level.dose for level in regimen.levels if level.first <= count <= level.last]
    _require(answerable=len(fitting) == 1)
    return _positive(fitting[0].value if fitting[0] else None)


def _units(request: DoseRequest, basis: Basis) -> tuple[Fraction | None, Fraction]:
    """The surface in m2 (None where the dose does not go by it), and how many kg, m2 or ones."""
    if request.weight_kg is not None:
        _counted(request.weight_kg, 100, WEIGHT_HUNDREDTHS)
    if request.height_cm is not None:
        _counted(request.height_cm, 10, HEIGHT_TENTHS)
    if basis is Basis.M2:
        surface = _surface(request)
        return surface, surface
    _require(answerable=request.bsa_m2 is None)
    if basis is Basis.FLAT:
        return None, Fraction(1)
    return None, _positive(request.weight_kg)


def _surface(request: DoseRequest) -> Fraction:
    """Mosteller's surface in m2, to the nearest hundredth, a tie upward, without any root.

    h hundredths are nearest to the root of cm x kg / 3600 when (2h - 1) squared is not above
    40,000 x cm x kg / 3600, and (2h + 1) squared is: both sides are squared and times 40,000.
    A surface that is given stands alone, without weight and height that might contradict it.
    """
    if request.bsa_m2 is not None:
        _require(answerable=request.weight_kg is None and request.height_cm is None)
        return Fraction(_counted(request.bsa_m2, 100, SURFACE_HUNDREDTHS), 100)
    kg_hundredths = _counted(request.weight_kg, 100, WEIGHT_HUNDREDTHS)
    cm_tenths = _counted(request.height_cm, 10, HEIGHT_TENTHS)
    hundredths = 0
    while (2 * hundredths + 1) ** 2 * 90 <= kg_hundredths * cm_tenths:
        hundredths += 1
    return Fraction(hundredths, 100)


def _capped(request: DoseRequest, dose: Fraction) -> Fraction:
    return min([dose, *(_positive(cap.limit_iu) for cap in request.protocol.caps)])


def _measure_step(request: DoseRequest, volume: Fraction) -> Fraction:
    if request.measure_step_ml is not None:
        return _positive(request.measure_step_ml)
    for row in request.protocol.site.syringes:
        if volume <= _exact(row.up_to_ml):
            return _positive(row.step_ml)
    _require(answerable=not request.protocol.site.syringes)
    return STEP_WITHOUT_SYRINGE


def _vials(request: DoseRequest, dose: Fraction, prepared: Fraction) -> tuple[int, Fraction]:
    """Vials to open, and the mL left over in them."""
    product = request.product
    rule = request.vial_rule or request.protocol.site.vial_rule or "withdrawable"
    if rule == "withdrawable":
        per_vial = _positive(product.withdrawable_ml.value)
        vials = _at_least_count(prepared / per_vial)
        return vials, vials * per_vial - prepared
    _require(answerable=rule == "content")
    content = _positive(product.content_iu.value)
    vials = _at_least_count(dose / content)
    return vials, vials * content / _exact(product.strength_iu_per_ml.value) - prepared


def _diluted(product: Product, plan: DilutionPlan, dose: Fraction, prepared: Fraction) -> _Bag:
    if plan.method is DilutionMethod.UNDILUTED:
        return _Bag()
    mass_mcg = prepared * _positive(product.strength_mg_per_ml.value) * 1000
    low, high = (_positive(edge) for edge in product.window_mcg_per_ml.value)
    window = (mass_mcg / high, mass_mcg / low)
    bag, total = _volumes(product, plan, dose, prepared, window)
    if total is None:
        return _Bag(window_ml=window)
    _require(answerable=total >= prepared)
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
        listed = [_positive(volume) for volume in plan.listed_ml]
        return None, max((v for v in listed if window[0] <= v <= window[1]), default=None)
    if plan.method is DilutionMethod.DOSE_BANDED_BAG:
        bag = _banded_bag(product, dose)
    elif plan.bag_ml is None:
        _require(answerable=plan.method is DilutionMethod.INFUSION_BAG)
        return None, None
    else:
        bag = _positive(plan.bag_ml)
    return bag, bag + prepared if plan.added_to else bag


def _banded_bag(product: Product, dose: Fraction) -> Fraction:
    for band in product.bag_bands:
        if band.up_to_iu is None or dose <= _exact(band.up_to_iu):
            return _positive(band.bag_ml)
    raise _UnansweredError


def _minutes(regimen: Regimen, bag: _Bag) -> Fraction | None:
    if regimen.infusion_minutes is None or bag.total_ml is None:
        return None
    return _positive(regimen.infusion_minutes.value)
