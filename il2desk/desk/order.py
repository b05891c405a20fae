"""The prescriber's order, and its amendment. The order must say the dose that is derived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from il2desk.desk.chart import Order, PatientChart, chart_of
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk, new_id
from il2desk.desk.people import Signature, signed_alone
from il2desk.desk.place import first_refusal
from il2desk.desk.prepare_dose import derive_for, first_day
from il2desk.desk.protocol_life import active_version, bundle_of
from il2desk.desk.roles import ORDER
from il2desk.dosing import DOSE_UNITS, Refusal, refuse, regimen_of, tell, write_dose


@dataclass(frozen=True, slots=True)
class OrderForm:
    """What is entered for an order: prescriber, when (aware), ordered dose in international units,.

    and who confirmed consent and eligibility. `cycle` and `month` name the level, where the
    protocol has levels.
    """

    prescriber: str
    ordered_at: datetime
    ordered_dose_iu: Decimal
    consent_confirmed_by: str = ""
    eligibility_confirmed_by: str = ""
    reason: str = ""


def write_order(
    desk: Desk, subject: str, form: OrderForm, token: str, signed: Signature | None = None
) -> str | Refusal:
    """Store the order and return its id. Refused where a weight is known and the doses differ."""
    chart = _ready(desk, subject, form, signed)
    if isinstance(chart, Refusal):
        return chart
    if (stored := desk.stored_before(token, "order-written", subject=subject)) is not None:
        return str(stored.body["order"])
    for who, what in (
        (form.consent_confirmed_by, "consent"), (form.eligibility_confirmed_by, "eligibility"),
    ):  # fmt: skip
        if not who.strip():
            return refuse(what, tell("Enter who confirmed the {what} of this patient.", what=what))
    version = active_version(desk, chart.subject.protocol)
    if isinstance(version, Refusal):
        return version
    refusal = order_differs(desk, chart, version.fingerprint, form.ordered_dose_iu)
    if refusal is not None:
        return refusal
    order = new_id()
    body = {
        "order": order, "prescriber": form.prescriber.strip(), "ordered_at": utc_text(form.ordered_at),
        "ordered_dose_iu": str(form.ordered_dose_iu), "protocol": version.protocol,
        "version": version.version, "fingerprint": version.fingerprint, "arm": chart.subject.arm,
        "consent_confirmed_by": form.consent_confirmed_by.strip(),
        "eligibility_confirmed_by": form.eligibility_confirmed_by.strip(), **signed_alone(signed),
    }  # fmt: skip
    desk.append(
        "order-written", body, subject=subject, form_token=token,
        protocol_fingerprint=version.fingerprint,
    )  # fmt: skip
    return order


def amend_order(
    desk: Desk,
    subject: str,
    order: str,
    form: OrderForm,
    token: str,
    signed: Signature | None = None,
) -> str | Refusal:
    """Store the prescriber's amendment of an order; the old order stays in the journal."""
    chart = _ready(desk, subject, form, signed)
    if isinstance(chart, Refusal):
        return chart
    if desk.stored_before(token, "order-amended", subject=subject) is not None:
        return order
    old = chart.orders.get(order)
    if old is None:
        return refuse("order", "This order is not the patient's. Open the patient again.")
    if not form.reason.strip():
        return refuse("reason", "Enter why the prescriber amended the order.")
    planned = [cycle.number for cycle in chart.cycles.values() if cycle.order_id == order]
    number = planned[-1] if planned else next_number(chart)
    refusal = order_differs(desk, chart, old.fingerprint, form.ordered_dose_iu, number)
    if refusal is not None:
        return refusal
    body = {
        "order": order, "prescriber": form.prescriber.strip(), "ordered_at": utc_text(form.ordered_at),
        "ordered_dose_iu": str(form.ordered_dose_iu), "changes": _changes(old, form),
        **signed_alone(signed),
    }  # fmt: skip
    desk.append(
        "order-amended", body, subject=subject, amends=old.entry, reason=form.reason.strip(), form_token=token,
        protocol_fingerprint=old.fingerprint,
    )  # fmt: skip
    return order


def _changes(old: Order, form: OrderForm) -> list[dict[str, str]]:
    """What the amendment changes, field by field, as it was and as it is."""
    pairs = (
        ("prescriber", old.prescriber, form.prescriber.strip()),
        ("ordered_at", old.ordered_at, utc_text(form.ordered_at)),
        ("ordered_dose_iu", str(old.ordered_dose_iu), str(form.ordered_dose_iu)),
    )
    same_dose = old.ordered_dose_iu == form.ordered_dose_iu  # however the number was written
    return [
        {"field": name, "old": was, "new": now}
        for name, was, now in pairs
        if was != now and not (name == "ordered_dose_iu" and same_dose)
    ]


def _ready(
    desk: Desk, subject: str, form: OrderForm, signed: Signature | None
) -> PatientChart | Refusal:
    if (refusal := desk.not_allowed(ORDER)) is not None:
        return refusal
    if signed is not None and (refusal := first_refusal(desk, signed)) is not None:
        return refusal
    if not form.prescriber.strip():
        return refuse("prescriber", "Enter the name of the prescriber.")
    if form.ordered_at > desk.clock.now():
        return refuse("future", "The order lies in the future. Enter when it was written.")
    dose = form.ordered_dose_iu
    if not dose.is_finite() or not DOSE_UNITS.minimum <= dose <= DOSE_UNITS.maximum:
        return refuse("dose", "Enter the ordered dose in international units, in full digits.")
    return chart_of(desk, subject)


def next_number(chart: PatientChart) -> int:
    """The number that the next cycle has in the patient's present course."""
    last = chart.cycle
    return 1 if last is None else last.number + 1


def order_differs(
    desk: Desk,
    chart: PatientChart,
    fingerprint: str,
    ordered_dose_iu: Decimal,
    number: int | None = None,
) -> Refusal | None:
    """Why the order cannot stand beside the derived exact dose; None where no weight is known.

    The order says the dose of the first day of a cycle: the patient's next, or that of `number`.
    """
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    if chart.dosing_weight is None:
        return None
    regimen = regimen_of(bundle.protocol, chart.subject.arm)
    if isinstance(regimen, Refusal):
        return regimen
    most = bundle.protocol.course_cycles
    counted = number or next_number(chart)
    if number is None and most is not None and counted > most.value:
        counted = 1  # the course is full: the next cycle begins another
    dose = derive_for(desk, chart, fingerprint, day=first_day(regimen), cycle=counted)
    if isinstance(dose, Refusal):
        return dose if dose.code == "engines-differ" else None
    if dose.exact_dose_iu == ordered_dose_iu:
        return None
    return refuse(
        "order-differs",
        tell(
            "The order says {dose}; the derived exact dose is {dose_2}. The prescriber must amend the order, or the weight be checked.",
            dose=write_dose(ordered_dose_iu),
            dose_2=write_dose(dose.exact_dose_iu),
        ),
    )
