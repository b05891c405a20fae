"""How a dose is prepared, as facts to show: vials, reconstitution, volume, dilution, time of use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from il2desk.desk import Desk, Located, Lot, ReleaseRecord, bundle_of
from il2desk.desk.stock import NOT_KEPT, Shelf, proposed_lots, vials_words
from il2desk.dosing import (
    NO_BREAK,
    BeyondUse,
    Dilution,
    DilutionMethod,
    Dose,
    Product,
    Refusal,
    kept_together,
    limits_of_use,
    open_limits,
    plain,
    rounded_down,
    rounded_up,
    volume_line,
    write_amount,
    write_date,
    write_dose,
    write_moment,
    write_number,
    write_quantity,
    write_rounded,
)
from il2desk.window.pages.facts_grid import Fact
from il2desk.window.spoken import spoken_all
from il2desk.words import say

_SECONDS = 3600
_DILUTION = "dilution"


def preparation_facts(dose: Dose, ready: datetime | None) -> tuple[Fact, ...]:
    """What to take, do and draw, in the order of the work.

    `ready` is the time of reconstitution as entered (local), from which times of use are counted.
    """
    product = dose.request.product
    drawn = write_quantity(dose.prepared_volume_ml, "mL")
    return (
        Fact(say("Product"), kept_together(product.printed_as)),
        Fact(say("Take"), _vials(dose)),
        Fact(say("Reconstitute"), _reconstitution(product)),
        Fact(say("Draw"), drawn, large=True),
        Fact(say("that is"), write_dose(dose.prepared_dose_iu)),
        *_dilution(dose),
        *_infusion(dose),
        *_use_before(product, dose.dilution.method, ready),
        *_companions(dose),
    )


def _companions(dose: Dose) -> tuple[Fact, ...]:
    """Each companion drug of the day with its dose, volume and route."""
    facts: list[Fact] = []
    for one in dose.companions:
        exact = say("no dose")
        if one.exact_dose is not None:
            exact = write_amount(one.exact_dose, one.companion.unit)
        route = say("route open") if one.companion.route is None else one.companion.route.value
        words = say(
            "DOSE {dose}, {route}; {volume}", dose=exact, route=route, volume=volume_line(one)
        )
        facts.append(Fact(say("Beside it, {drug}", drug=one.companion.drug), kept_together(words)))
    return tuple(facts)


def preparation_notes(dose: Dose) -> tuple[str, ...]:
    """The findings about the dose, then the labelled technique."""
    infused = dose.dilution.method is not DilutionMethod.UNDILUTED
    technique = (one.value for one in dose.request.product.technique_for(infused=infused))
    return tuple(
        kept_together(text) for text in (*(found.text for found in dose.findings), *technique)
    )


def outside_window(dose: Dose) -> bool:
    """Whether the recipe's final concentration lies outside the window."""
    return dose.dilution.in_window is False


def window_words(dilution: Dilution) -> str:
    """The total volumes inside the window, rounded inward to 2 decimals; empty where there are none."""
    window = dilution.window_total_ml
    if window is None:
        return ""
    low, high = plain(rounded_up(window[0], 2)), plain(rounded_down(window[1], 2))
    return say("{low} to {high}", low=low, high=write_quantity(high, "mL"))


def release_facts(desk: Desk, release: ReleaseRecord) -> tuple[Fact, ...]:
    """What two people released, as it is in the journal."""
    total = release.total_volume_ml
    facts = [
        Fact(say("Released"), say(
            "{when} by {first}, checked by {second}", when=write_moment(desk.local(release.at)),
            first=release.by, second=release.checked_by,
        )),
        Fact(say("Prepared dose"), write_dose(release.prepared_dose_iu)),
        Fact(say("Volume"), write_quantity(release.prepared_volume_ml, "mL"), large=True),
        Fact(say("Diluent"), release.diluent),
    ]  # fmt: skip
    if total is not None:
        facts.append(Fact(say("Total volume"), write_quantity(total, "mL")))
    if release.volume_choice:
        facts.append(Fact(say("Chosen because"), release.volume_choice))
    facts.append(Fact(say("Lots"), lots_words(release.lots)))
    if release.reconstituted_at is not None:
        facts.append(Fact(say("Reconstituted"), write_moment(desk.local(release.reconstituted_at))))
    return tuple(facts)


def use_facts(desk: Desk, at: Located) -> tuple[Fact, ...]:
    """How a released dose is given and until when: as it was released, from the journal."""
    release = at.dose.release
    if release is None:
        return ()
    kept_dose = release.dose
    facts = []
    reached = (kept_dose.get("dilution") or {}).get("final_concentration_mcg_per_ml")
    if reached is not None:
        facts.append(Fact(say("Concentration"), write_quantity(reached, "mcg per mL")))
    facts.append(Fact(say("Give"), given_words(kept_dose)))
    bundle = bundle_of(desk, at.cycle.fingerprint)
    if isinstance(bundle, Refusal):
        facts.append(Fact(say("Use before"), bundle.text))
        return tuple(facts)
    ready = release.reconstituted_at
    when = None if ready is None else desk.local(ready)
    made = DilutionMethod(kept_dose["dilution"]["method"])
    facts.extend(_use_before(bundle.product, made, when))
    return tuple(facts)


def given_words(kept_dose: Mapping[str, Any]) -> str:
    """Route, duration and rate of a dose as the journal keeps it."""
    route, infusion = kept_dose.get("route") or "", kept_dose.get("infusion")
    if infusion is None:
        return say("{route}", route=route)
    if infusion["rate_ml_per_h"] is None:
        over = write_quantity(infusion["minutes"], "minutes")
        return say("{route} over {over}, no rate", route=route, over=over)
    return say(
        "{route} over {over}, {rate}",
        route=route,
        over=write_quantity(infusion["minutes"], "minutes"),
        rate=write_quantity(infusion["rate_ml_per_h"], "mL per hour"),
    )


def use_before(dose: Dose, ready: datetime) -> tuple[Fact, ...]:
    """The limits of use, counted from the reconstitution (local time), and those not stated."""
    return _use_before(dose.request.product, dose.dilution.method, ready)


def lots_words(lots: tuple[Lot, ...]) -> str:
    """Lots with expiry and vials in one line; empty text where there are none."""
    return spoken_all(
        (
            say(
                "{lot}, expiry {expiry}, {vials}",
                lot=lot.lot,
                expiry=write_date(date.fromisoformat(lot.expiry)),
                vials=_count(lot.vials),
            )
            for lot in lots
        ),
        "; ",
    )


def _count(vials: int) -> str:
    return say("1 vial") if vials == 1 else say("{count} vials", count=vials)


def _vials(dose: Dose) -> str:
    product = dose.request.product
    each = write_quantity(product.withdrawable_ml.value, "mL")
    left = write_quantity(write_rounded(dose.left_over_ml, 2), "mL")
    return say(
        "{count}, earliest expiry first; {each} can be withdrawn from each, {left} is left over",
        count=_count(dose.vials),
        each=each,
        left=left,
    )


def _reconstitution(product: Product) -> str:
    return say(
        "each vial with {volume} {diluent}: {strength} per mL",
        volume=write_quantity(product.reconstitution_ml.value, "mL"),
        diluent=product.reconstitution_diluent.value,
        strength=write_dose(product.strength_iu_per_ml.value),
    )


def _dilution(dose: Dose) -> tuple[Fact, ...]:
    dilution = dose.dilution
    total = dilution.total_volume_ml
    if dilution.diluent is None or total is None:
        return (Fact(say("Dilute"), say("not at all: the dose is given undiluted")),)
    if dilution.bag_ml is None:
        how = say("with {diluent} to the total volume", diluent=dilution.diluent)
    else:
        bag = write_quantity(dilution.bag_ml, "mL")
        how = say("in {bag} of {diluent}", bag=bag, diluent=dilution.diluent)
    facts = [
        Fact(say("Dilute"), how),
        Fact(say("Total volume"), write_quantity(total, "mL"), large=True),
    ]
    if dilution.final_concentration is not None:
        reached = write_quantity(write_rounded(dilution.final_concentration, 1), "mcg per mL")
        low, high = dose.request.product.window_mcg_per_ml.value
        facts.append(Fact(say("Concentration"), say(
            "{reached}, window {low} to {high}; total volumes inside: {volumes}",
            reached=reached, low=write_number(low), high=write_quantity(high, "mcg per mL"),
            volumes=window_words(dilution),
        )))  # fmt: skip
    return tuple(facts)


def _infusion(dose: Dose) -> tuple[Fact, ...]:
    if dose.infusion is None:
        return ()
    over = write_quantity(dose.infusion.minutes, "minutes")
    rate = say("no rate: the total volume is a gap")
    if dose.infusion.rate_ml_per_h is not None:
        rate = write_quantity(write_rounded(dose.infusion.rate_ml_per_h, 1), "mL per hour")
    return (
        Fact(
            say("Give"), say("{route} over {over}, {rate}", route=dose.route, over=over, rate=rate)
        ),
    )


def _use_before(
    product: Product, method: DilutionMethod, ready: datetime | None
) -> tuple[Fact, ...]:
    limits = limits_of_use(product, method)
    facts = [Fact(say("Use before"), _limit(limit, ready)) for limit in limits]
    facts.extend(
        Fact(say("Not stated"), say("{name}. See {where}.", name=gap.name, where=gap.fill_from))
        for gap in open_limits(product, method)
    )
    return tuple(facts)


def _limit(limit: BeyondUse, ready: datetime | None) -> str:
    """The limit in hours, and the moment where its start is known or cannot be earlier."""
    hours = write_quantity(limit.hours, "hours")
    storage = limit.storage.replace(" °C", f"{NO_BREAK}°C")
    text = say(
        "{hours} from {start}: {storage}",
        hours=hours,
        start=limit.counted_from,
        storage=storage,
    )
    if ready is None:
        return text
    until = write_moment(ready + timedelta(seconds=int(limit.hours * _SECONDS)))
    if limit.counted_from == _DILUTION:
        return say("{until}, where diluted at once. {line}", until=until, line=text)
    return say("{until}. {line}", until=until, line=text)


def shelf_words(shelf: Shelf | None, vials: int) -> str:
    """The vials to take from the shelf, first expiry first, or that stock is not kept here."""
    if shelf is None:
        return NOT_KEPT
    lots = proposed_lots(shelf, vials)
    if not lots:
        return say("No vial can be taken at {place}. F9 shows the stock.", place=shelf.place)
    taken = spoken_all((say("{vials} of lot {lot}, expiry {day}", vials=vials_words(lot.vials), lot=lot.lot,
            day=write_date(date.fromisoformat(lot.expiry)))
        for lot in lots), ", ")  # fmt: skip
    return say("First expiry first, at {place}: {lots}", place=shelf.place, lots=taken)
