"""Releasing a preparation: two people, the second blind, and every gate asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from il2desk.desk.answers import dose_answer
from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.clock import utc_text
from il2desk.desk.delegation import preparing_not_delegated, release_not_delegated
from il2desk.desk.desk import Desk, new_token
from il2desk.desk.gates import may_release
from il2desk.desk.lots_taken import LOT_TAIL, lots_refusal
from il2desk.desk.place import DosePlace, TwoSignatures, locate_to_act
from il2desk.desk.records_of_a_dose import Lot
from il2desk.desk.roles import RELEASE
from il2desk.desk.stock_gates import out_of_order, shelf_of
from il2desk.desk.stock_lines import CONTROL
from il2desk.dosing import (
    DilutionMethod,
    Dose,
    Infusion,
    Refusal,
    concentration,
    limits_of_use,
    most_stated,
    open_limits,
    plain,
    ratio,
    refuse,
    regimen_of,
    tell,
    write_moment,
    write_quantity,
)
from il2desk.records import Entry

READ_FROM = {
    "weight": "scale slip",
    "volume": "syringe",
    "lot": "vial",
    "trial number": "label",
    "diluent": "diluent container",
    "total volume": "bag or syringe",
}


@dataclass(frozen=True, slots=True)
class ReleaseForm:
    """What the first person enters: lots with expiry and vials, when reconstituted (aware).

    `total_volume_ml` and `choice_reason` serve a dose outside the concentration window, where the
    pharmacist chooses the total volume, with a reason. Where stock is kept, `taken_from` is the
    place of the vials, and `lot_reason` why a lot is taken that does not expire first.
    `vials_reason` says why more vials were taken than are needed.
    """

    lots: tuple[Lot, ...]
    reconstituted_at: datetime
    total_volume_ml: Decimal | None = None
    choice_reason: str = ""
    taken_from: str = CONTROL
    lot_reason: str = ""
    vials_reason: str = ""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second person reads from the sources, blind. kg and mL; None where none applies."""

    weight_kg: Decimal | None
    volume_ml: Decimal
    lots: tuple[str, ...]
    trial_number: str
    diluent: str | None
    total_volume_ml: Decimal | None


def check_release_form(
    desk: Desk, chart: PatientChart, cycle: CycleChart, number: int, form: ReleaseForm
) -> Dose | Refusal:
    """The dose to release by what the first person entered, or every reason against it."""
    if (refusal := desk.not_allowed(RELEASE) or preparing_not_delegated(desk)) is not None:
        return refusal
    shape = lots_refusal(form.lots)
    if shape is not None:
        return shape
    dose = may_release(desk, chart, cycle, number, form.lots, taken_from=form.taken_from)
    if isinstance(dose, Refusal):
        return dose
    if form.reconstituted_at > desk.clock.now():
        return refuse("future", "Reconstitution lies in the future. Enter the time it was done.")
    if (refusal := _beyond_use(desk, dose, form)) is not None:
        return refusal
    taken = sum(lot.vials for lot in form.lots)
    if taken < dose.vials:
        return refuse(
            "vials",
            tell(
                "{vials} vials are needed, {taken} entered. Enter the lot of every vial.",
                vials=dose.vials,
                taken=taken,
            ),
        )
    if taken > dose.vials and not form.vials_reason.strip():
        needed = "1 vial is" if dose.vials == 1 else tell("{vials} vials are", vials=dose.vials)
        return refuse(
            "vials",
            tell(
                "{needed} needed, {taken} entered. Correct the number, or enter why more were taken.",
                needed=needed,
                taken=taken,
            ),
        )
    return _order_refusal(desk, cycle, form) or _total_refusal(dose, form) or dose


def _order_refusal(desk: Desk, cycle: CycleChart, form: ReleaseForm) -> Refusal | None:
    """First expiry first: another lot is taken with a reason only."""
    passed = out_of_order(shelf_of(desk, cycle.fingerprint, form.taken_from), form.lots)
    return refuse("lot-order", passed) if passed and not form.lot_reason.strip() else None


def _beyond_use(desk: Desk, dose: Dose, form: ReleaseForm) -> Refusal | None:
    """Refused once every labelled limit from reconstitution is over, and where no limit is stated.

    Where the only limits are those of the diluted solution, they are counted from reconstitution:
    no source lets a vial wait longer before it is diluted.
    """
    product, method = dose.request.product, dose.dilution.method
    limits = limits_of_use(product, method)
    hours = [limit.hours for limit in limits if limit.counted_from == "reconstitution"]
    most = max(hours, default=min((limit.hours for limit in limits), default=None))
    if most is None:
        gaps = "; ".join(gap.name for gap in open_limits(product, method))
        return refuse(
            "beyond-use",
            tell(
                "No source states how long this preparation may be kept. {gaps}: fill it in, in the site's copy of the product, and bring in a new version.",
                gaps=gaps,
            ),
        )
    last = form.reconstituted_at.astimezone(UTC) + timedelta(minutes=int(most * 60))
    if desk.clock.now() <= last:
        return None
    return refuse(
        "beyond-use",
        tell(
            "Reconstituted vials could be used to {time}. Prepare new ones.",
            time=write_moment(desk.local(last)),
        ),
    )


def _total_refusal(dose: Dose, form: ReleaseForm) -> Refusal | None:
    """A total volume may be chosen only where the recipe is outside the window, with a reason."""
    dilution = dose.dilution
    if dilution.method is DilutionMethod.UNDILUTED:
        if form.total_volume_ml is None:
            return None
        return refuse("total-volume", "This dose is not diluted. It has no total volume.")
    if dilution.in_window:
        if form.total_volume_ml not in (None, dilution.total_volume_ml):
            return refuse(
                "total-volume", "The recipe is inside the window. Its total volume is not changed."
            )
        return None
    if not form.choice_reason.strip():
        return refuse(
            "outside-window",
            "The final concentration is outside the window. Choose a total volume and enter the reason.",
        )
    window = dilution.window_total_ml
    chosen = form.total_volume_ml
    if chosen is None or chosen == dilution.total_volume_ml:
        return None
    if (refusal := _impossible(dose, chosen)) is not None:
        return refusal
    if window is None:
        return None
    if not window[0] <= chosen <= window[1]:
        return refuse(
            "total-volume",
            tell(
                "{amount} is outside the window too. Choose a volume inside it.",
                amount=write_quantity(chosen, "mL"),
            ),
        )
    return None


def _impossible(dose: Dose, chosen: Decimal) -> Refusal | None:
    """Refused where a chosen total volume cannot hold the dose, or more diluent than is allowed."""
    if not chosen.is_finite() or chosen < dose.prepared_volume_ml:
        return refuse(
            "total-volume",
            tell(
                "The prepared {amount} does not fit into it. Choose a larger total volume.",
                amount=write_quantity(dose.prepared_volume_ml, "mL"),
            ),
        )
    regimen = regimen_of(dose.request.protocol, dose.request.arm)
    if isinstance(regimen, Refusal):
        return regimen
    most = most_stated(regimen.dilution, dose.request.product)
    added = dose.prepared_volume_ml if regimen.dilution.added_to else 0
    if most is None or chosen - added <= most.value:
        return None
    return refuse(
        "total-volume",
        tell(
            "{amount} holds more than the {amount_2} of diluent that {cite} allows. Choose a smaller total volume.",
            amount=write_quantity(chosen, "mL"),
            amount_2=write_quantity(most.value, "mL"),
            cite=most.source.cite(),
        ),
    )


def total_of(dose: Dose, form: ReleaseForm) -> Decimal | None:
    """The total volume in mL that is prepared: the recipe's, or the one chosen with a reason."""
    return (
        form.total_volume_ml if form.total_volume_ml is not None else dose.dilution.total_volume_ml
    )


def differing(
    chart: PatientChart, dose: Dose, form: ReleaseForm, reading: SecondReading
) -> tuple[str, ...]:
    """The names of the fields in which the blind reading differs; no value is named."""
    lots = sorted(lot.lot.strip().casefold() for lot in form.lots)
    read = [text.strip().casefold() for text in reading.lots if text.strip()]
    lots_agree = (
        len(read) == len(lots)
        and all(len(text) >= LOT_TAIL and any(lot.endswith(text) for lot in lots) for text in read)
        and all(any(lot.endswith(text) for text in read) for lot in lots)
    )
    checks = {
        "weight": reading.weight_kg == dose.request.weight_kg,
        "volume": reading.volume_ml == dose.prepared_volume_ml,
        "lot": lots_agree,
        "trial number": reading.trial_number.strip().casefold()
        == chart.subject.trial_code.casefold(),
        "diluent": (reading.diluent or "") == (dose.dilution.diluent or ""),
        "total volume": reading.total_volume_ml == total_of(dose, form),
    }
    return tuple(name for name, agree in checks.items() if not agree)


def record_release(
    desk: Desk,
    place: DosePlace,
    form: ReleaseForm,
    reading: SecondReading,
    signed: TwoSignatures,
    token: str,
) -> Entry | Refusal:
    """Derive again, ask every gate again, compare the blind reading, store the release.

    A difference is recorded by its field names only and refused with code differs.
    """
    at = locate_to_act(desk, place, RELEASE)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "release-recorded", **place.where())
    if stored is not None:
        return stored
    refusal = signed.refusal(desk, RELEASE) or release_not_delegated(desk, signed)
    if refusal is not None:
        return refusal
    dose = check_release_form(desk, at.chart, at.cycle, place.number, form)
    if isinstance(dose, Refusal):
        return dose
    fingerprint = at.cycle.fingerprint
    fields = differing(at.chart, dose, form, reading)
    if fields:
        desk.append(
            "second-check-differed", {"fields": list(fields), "second": signed.second.staff},
            form_token=new_token(), protocol_fingerprint=fingerprint, **place.where(),
        )  # fmt: skip
        return Refusal("differs", tuple(_differs(name) for name in fields))
    return desk.append(
        "release-recorded", _body(dose, form, signed) | _taken(desk, fingerprint, form), form_token=token,
        protocol_fingerprint=fingerprint, **place.where(),
    )  # fmt: skip


def _differs(name: str) -> str:
    return tell(
        "{name} differs. Read the {read_from} again. The other entry is not shown.",
        name=name.capitalize(),
        read_from=READ_FROM[name],
    )


def _as_chosen(dose: Dose, total: Decimal | None) -> Dose:
    """The dose with concentration and rate in the total volume that was really prepared."""
    if total is None or total == dose.dilution.total_volume_ml:
        return dose
    product, window = dose.request.product, dose.dilution.window_total_ml
    dilution = replace(
        dose.dilution,
        total_volume_ml=total,
        final_concentration=concentration(product, dose.prepared_volume_ml, total),
        in_window=window is not None and window[0] <= total <= window[1],
    )
    minutes = None if dose.infusion is None else dose.infusion.minutes
    rate = None if minutes is None else Infusion(minutes, ratio(total * 60, minutes))
    return replace(dose, dilution=dilution, infusion=rate)


def _taken(desk: Desk, fingerprint: str, form: ReleaseForm) -> dict[str, object]:
    """Which stock the vials were taken from; nothing where stock is not kept in this journal."""
    shelf = shelf_of(desk, fingerprint, form.taken_from)
    if shelf is None:
        return {}
    return {"taken_from": shelf.body(), "lot_choice": form.lot_reason.strip() or None}


def _body(derived: Dose, form: ReleaseForm, signed: TwoSignatures) -> dict[str, object]:
    total = total_of(derived, form)
    dose = _as_chosen(derived, total)
    weight = dose.request.weight_kg
    height = dose.request.height_cm
    return {
        "dose": dose_answer(dose) | {"height_cm": None if height is None else plain(height)},
        "weight_kg": None if weight is None else plain(weight),
        "prepared_volume_ml": plain(dose.prepared_volume_ml),
        "lots": [lot.body() for lot in form.lots],
        "diluent": dose.dilution.diluent or "undiluted",
        "total_volume_ml": None if total is None else plain(total),
        "reconstituted_at": utc_text(form.reconstituted_at),
        "volume_choice": form.choice_reason.strip() or None,
        "vials_reason": form.vials_reason.strip() or None,
        "agreed": list(READ_FROM),
        "signatures": signed.body(),
    }
