"""The facts of a label: a preparation that two people released, and that may still be given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from il2desk.desk.cycle_sheet_facts import patient_facts
from il2desk.desk.desk import Desk
from il2desk.desk.gates import wrong_preparation
from il2desk.desk.place import DosePlace, Located, locate
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords, ReleaseRecord
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.sheet_rows import lot_text
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    NO_BREAK,
    DilutionMethod,
    Refusal,
    limits_of_use,
    refuse,
    write_dose,
    write_moment,
    write_quantity,
)
from il2desk.protocols import Bundle
from il2desk.sheets import LABEL_FORM, LabelFacts, Marks, compose_label


def make_label(
    desk: Desk, request: SheetRequest, call: SheetCall, *, small: bool
) -> Composed | Refusal:
    """The labels of the request's dose; refused where nothing stands released that may be given."""
    at = locate(desk, DosePlace(request.subject or "", request.cycle or "", request.dose or 0))
    if isinstance(at, Refusal):
        return at
    release = at.dose.release
    if release is None:
        return refuse(
            "no-release",
            f"Dose {at.dose.number} is not released. A label is printed of what two people released.",
        )
    if at.dose.administration is not None:
        return refuse(
            "recorded",
            f"Dose {at.dose.number} has an outcome. No label is printed for it any more.",
        )
    if against := wrong_preparation(desk, at):
        return refuse("wrong-preparation", against)
    bundle = bundle_of(desk, at.cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    last = use_before(desk, at.cycle, release)
    if last is None:
        return refuse(
            "beyond-use",
            "No source states how long this preparation may be kept. No label is printed without it.",
        )
    facts = _facts(desk, at, release, bundle, (call, write_moment(desk.local(last))))
    return Composed(compose_label(facts, small=small))


# Characters of GS1's set 82, at most 20 (GS1 General Specifications, application identifier 10).
_GS1_LOT = re.compile(r"[A-Za-z0-9!\"%&'()*+,\-./:;<=>?_]{1,20}")

make_large_label = partial(make_label, small=False)
make_small_label = partial(make_label, small=True)


def _facts(
    desk: Desk, at: Located, release: ReleaseRecord, bundle: Bundle, call: tuple[SheetCall, str]
) -> LabelFacts:
    """What the release says, and nothing that was worked out again."""
    chart, cycle, dose, told = at.chart, at.cycle, at.dose, release.dose
    exact = Decimal(told["exact_dose_iu"])
    total = release.total_volume_ml
    made = DilutionMethod(told["dilution"]["method"])
    limits = limits_of_use(bundle.product, made)
    shortest = min(limits, key=lambda limit: limit.hours)
    return LabelFacts(
        issue=call[0].issue(desk, *LABEL_FORM), marks=Marks(practice=desk.practice),
        patient=patient_facts(chart.subject, desk.local(call[0].issued_at).date()),
        fingerprint=short_print(cycle.fingerprint),
        cycle=f"course {cycle.course}, cycle {cycle.number}",
        dose=f"dose {dose.number} of {len(cycle.doses)}, planned {write_moment(desk.local(dose.due))}",
        number=f"dose {dose.number} of {len(cycle.doses)}", trial=cycle.protocol,
        drug=told["drug"], prepared_dose=write_dose(release.prepared_dose_iu),
        prepared_volume=write_quantity(release.prepared_volume_ml, "mL"),
        total="" if total is None else write_quantity(total, "mL"), diluent=release.diluent,
        prescribed_dose="" if exact == release.prepared_dose_iu else write_dose(exact),
        route=told["route"], rate=_rate(told), use_before=call[1], storage=shortest.storage,
        lots=", ".join(lot_text(lot) for lot in release.lots), made_by=release.by,
        checked_by=release.checked_by, product_code=_product_code(release),
    )  # fmt: skip


def _rate(told: Mapping[str, Any]) -> str:
    """Duration and rate as released; empty for an injection."""
    infusion = told["infusion"]
    if infusion is None:
        return ""
    over = f"over {write_quantity(Decimal(infusion['minutes']), 'minutes')}"
    rate = infusion["rate_ml_per_h"]
    if rate is None:
        return over
    return f"{over}, {write_quantity(Decimal(rate), 'mL')}{NO_BREAK}per{NO_BREAK}hour"


def _product_code(release: ReleaseRecord) -> str:
    """The vial's own GS1 code, where one lot was scanned; several lots have no one code."""
    if len(release.lots) != 1 or not release.lots[0].gtin:
        return ""
    lot = release.lots[0]
    if not _GS1_LOT.fullmatch(lot.lot):
        return ""  # such a lot was not printed in a GS1 code
    expiry = date.fromisoformat(lot.expiry)
    return f"(01){lot.gtin}(17){expiry:%y%m%d}(10){lot.lot}"


def may_be_labelled(dose: DoseRecords) -> bool:
    """Whether a preparation of the dose stands released and has no outcome yet."""
    return dose.standing_release is not None and dose.administration is None
