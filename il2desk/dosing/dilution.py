"""From the syringe to the bag: total volume, final concentration, window, rate (section 4)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from il2desk.dosing.dose import Dilution, Infusion
from il2desk.dosing.exact import half_up, product_of, ratio, rounded_down, rounded_up, sum_of, times
from il2desk.dosing.findings import Finding, Refusal, Severity, Sourced, refuse
from il2desk.dosing.known_words import product_words
from il2desk.dosing.product import Product
from il2desk.dosing.regimen import DilutionMethod, DilutionPlan
from il2desk.dosing.sentence import joined, tell
from il2desk.dosing.writing import plain, write_dose, write_quantity, write_rounded

_MCG_PER_MG = Decimal(1000)
_MINUTES_PER_HOUR = Decimal(60)
_MG_PER_ML_AT_1_PERCENT = Decimal(10)
_UNIT = "mcg per mL"
_TENTH = Decimal("0.1")
# Members of an enumeration are slow to look up on Python 3.11.
_UNDILUTED, _WINDOW_VOLUME = DilutionMethod.UNDILUTED, DilutionMethod.WINDOW_VOLUME
_NOTE = Severity.NOTE
_BELOW, _ABOVE = tell("below"), tell("above")


class Diluted(NamedTuple):
    """The dilution, what must be said about it, and which total volumes would be inside."""

    dilution: Dilution
    findings: tuple[Finding, ...]
    inside: str = ""


def dilute(
    plan: DilutionPlan, product: Product, exact_dose_iu: Decimal, prepared_ml: Decimal
) -> Diluted | Refusal:
    """Lines I to K of the working, by the protocol's method."""
    if plan.method is _UNDILUTED:
        return Diluted(Dilution(plan.method, None, None, None, None, None, None), ())
    made = _made(plan, product, exact_dose_iu, prepared_ml)
    return made if isinstance(made, Refusal) else _over_most(plan, product, made) or made


def most_stated(plan: DilutionPlan, product: Product) -> Sourced[Decimal] | None:
    """The least of the limits (mL of diluent) that the protocol and the label state; None for none."""
    own, label = plan.most_ml, product.most_ml
    if own is None or label is None:
        return label if own is None else own
    return own if own.value <= label.value else label


def _over_most(plan: DilutionPlan, product: Product, made: Diluted) -> Refusal | None:
    """Refused where the bag, or a volume made up to, is more than a document allows."""
    most, found = most_stated(plan, product), made.dilution
    volume = found.total_volume_ml if found.bag_ml is None else found.bag_ml
    if most is None or volume is None or volume <= most.value:
        return None
    return refuse(
        "bag",
        tell(
            "{volume} is more than the {most} that {source} allows. Choose a smaller volume.",
            volume=write_quantity(volume, "mL"),
            most=write_quantity(most.value, "mL"),
            source=most.source.cite(),
        ),
    )


def _made(
    plan: DilutionPlan, product: Product, exact_dose_iu: Decimal, prepared_ml: Decimal
) -> Diluted | Refusal:
    diluent = (plan.diluent or product.bag_diluent).value
    if plan.method is _WINDOW_VOLUME:
        return _window_volume(plan, product, exact_dose_iu, prepared_ml, diluent)
    if plan.method is DilutionMethod.DOSE_BANDED_BAG:
        bag = banded_bag(product, exact_dose_iu)
    else:
        bag = None if plan.bag_ml is None else plan.bag_ml.value
    if bag is None and plan.method is DilutionMethod.INFUSION_BAG:
        # The infusion's volume is a gap of its own: the dose stands, the volumes stay open.
        text = tell(
            "No volume of the infusion is stated. It cannot be released: the site names "
            "the volume in its copy of the protocol."
        )
        open_volume = Finding("no-infusion-volume", Severity.STOP, text)
        return Diluted(Dilution(plan.method, diluent, None, None, None, None, None), (open_volume,))
    if bag is None:
        return refuse("bag", "The protocol names no bag for this dose. The site must fill it in.")
    total = sum_of(bag, prepared_ml) if plan.added_to else bag
    if total < prepared_ml:
        return refuse("bag", "The prepared volume does not fit into the bag. Choose a larger bag.")
    mass = _mass_mcg(product, prepared_ml)
    return _judged(plan.method, product, mass, diluent, bag, total)


def banded_bag(product: Product, exact_dose_iu: Decimal) -> Decimal | None:
    """The labelled bag in mL for an exact dose, or None where the label names none."""
    for band in product.bag_bands:
        if band.up_to_iu is None or exact_dose_iu <= band.up_to_iu:
            return band.bag_ml
    return None


def concentration(product: Product, prepared_ml: Decimal, total_ml: Decimal) -> Fraction:
    """Prepared volume x labelled mg per mL / total volume, in mcg per mL."""
    return ratio(_mass_mcg(product, prepared_ml), total_ml)


def infuse(minutes: Decimal | None, total_ml: Decimal | None) -> Infusion | None:
    """Line L: the stated duration, with the rate in mL per hour where a total volume is known."""
    if minutes is None:
        return None
    if total_ml is None:
        return Infusion(minutes, None)
    return Infusion(minutes, ratio(times(total_ml, _MINUTES_PER_HOUR), minutes))


def albumin_mg(percent: Decimal, bag_ml: Decimal) -> Decimal:
    """Human albumin in mg for a bag of `bag_ml` mL; 1 percent is 1 g in 100 mL, 10 mg per mL."""
    return product_of(percent, bag_ml, _MG_PER_ML_AT_1_PERCENT)


def _mass_mcg(product: Product, prepared_ml: Decimal) -> Decimal:
    return times(times(prepared_ml, product.strength_mg_per_ml.value), _MCG_PER_MG)


def _window(product: Product, mass_mcg: Decimal) -> tuple[Fraction, Fraction]:
    """The least and the greatest total volume in mL inside the window."""
    low, high = product.window_mcg_per_ml.value
    return ratio(mass_mcg, high), ratio(mass_mcg, low)


def _fits(product: Product, mass_mcg: Decimal, total_ml: Decimal) -> bool:
    """Whether a total volume lies in the window, ends included, compared without dividing."""
    low, high = product.window_mcg_per_ml.value
    return times(low, total_ml) <= mass_mcg <= times(high, total_ml)


def _inside(window: tuple[Fraction, Fraction]) -> str:
    """The total volumes inside the window, rounded inward to 2 decimals."""
    least, greatest = plain(rounded_up(window[0], 2)), plain(rounded_down(window[1], 2))
    return tell("{least} to {greatest}", least=least, greatest=write_quantity(greatest, "mL"))


def _judged(
    method: DilutionMethod,
    product: Product,
    mass: Decimal,
    diluent: str,
    bag: Decimal | None,
    total: Decimal,
) -> Diluted:
    """The dilution of a mass in mcg to a total volume in mL, against the window."""
    window = _window(product, mass)
    reached = ratio(mass, total)
    fits = _fits(product, mass, total)
    dilution = Dilution(method, diluent, bag, total, reached, fits, window)
    inside = _inside(window)
    if fits:
        return Diluted(dilution, (), inside)
    low = total > window[1]
    parts = [
        tell(
            "The final concentration {reached} is {side} the window {window}. Total "
            "volumes of {inside} would be inside.",
            reached=write_quantity(write_rounded(reached, 1), _UNIT),
            side=_BELOW if low else _ABOVE,
            window=product_words(product).window,
            inside=inside,
        )
    ]
    if low:
        route = product.low_concentration_route
        parts.append(tell("Or: {route}, {source}.", route=route.value, source=route.source.cite()))
    parts.append(tell("The pharmacist chooses, with a reason."))
    text = joined(" ", parts)
    return Diluted(dilution, (Finding("outside-window", Severity.CAUTION, text),), inside)


def _window_volume(
    plan: DilutionPlan, product: Product, exact_dose_iu: Decimal, prepared_ml: Decimal, diluent: str
) -> Diluted:
    """The largest listed total volume inside the window; none fits: null volumes, no release."""
    mass = _mass_mcg(product, prepared_ml)
    low, high = product.window_mcg_per_ml.value
    fitting = [one for one in plan.listed_ml if times(low, one) <= mass <= times(high, one)]
    if not fitting:
        window = _window(product, mass)
        inside = _inside(window)
        dilution = Dilution(plan.method, diluent, None, None, None, None, window)
        text = tell(
            "No listed total volume lies between {inside}, where the concentration window "
            "is met. It cannot be released: the site must name a total volume or a further "
            "dilution.",
            inside=inside,
        )
        return Diluted(dilution, (Finding("no-listed-volume", Severity.STOP, text),), inside)
    judged = _judged(plan.method, product, mass, diluent, None, max(fitting))
    why = _why_no_bag(product, exact_dose_iu, (prepared_ml, mass), judged.inside)
    return Diluted(judged.dilution, judged.findings + why, judged.inside)


def _why_no_bag(
    product: Product, exact_dose_iu: Decimal, prepared: tuple[Decimal, Decimal], inside: str
) -> tuple[Finding, ...]:
    """Why the labelled bag is not offered, with its numbers; `prepared` in mL and in mcg."""
    bag = banded_bag(product, exact_dose_iu)
    if bag is None:
        return ()
    volume, mass = prepared
    total = sum_of(bag, volume)
    if _fits(product, mass, total):
        return ()
    side = _BELOW if mass < times(product.window_mcg_per_ml.value[0], total) else _ABOVE
    text = tell(
        "The labelled {bag} bag is not offered: {dose} in it would be {reached}, "
        "{side} the window {window}. Total volumes inside the window: {inside}.",
        bag=write_quantity(bag, "mL"),
        dose=write_dose(exact_dose_iu),
        reached=write_quantity(half_up(mass, total, _TENTH), _UNIT),
        side=side,
        window=product_words(product).window,
        inside=inside,
    )
    return (Finding("labelled-bag-outside-window", _NOTE, text),)
