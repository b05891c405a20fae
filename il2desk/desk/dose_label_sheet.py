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
from il2desk.desk.for_paper import for_paper
from il2desk.desk.gates import dose_of, wrong_preparation
from il2desk.desk.place import DosePlace, Located, locate
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords, Lot, ReleaseRecord
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_names import cycle_name, dose_name
from il2desk.desk.sheet_request import (
    Composed,
    SheetCall,
    SheetRequest,
    newest_of_patient,
    or_of_everybody,
)
from il2desk.desk.sheet_rows import lot_text
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_lines import StockRecord, lot_key
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    DilutionMethod,
    Product,
    Refusal,
    joined,
    limits_of_use,
    open_limits,
    refuse,
    tell,
    write_dose,
    write_moment,
    write_quantity,
)
from il2desk.protocols import Bundle
from il2desk.records import Entry
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
            tell(
                "Dose {number} is not released. A label is printed of what two people released.",
                number=at.dose.number,
            ),
        )
    if at.dose.administration is not None:
        return refuse(
            "recorded",
            tell(
                "Dose {number} has an outcome. No label is printed for it any more.",
                number=at.dose.number,
            ),
        )
    if against := wrong_preparation(desk, at):
        return refuse("wrong-preparation", against)
    derived = dose_of(desk, at.chart, at.cycle, at.dose.number)
    if isinstance(derived, Refusal) and derived.code == "engines-differ":
        return derived
    bundle = bundle_of(desk, at.cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    if (blocked := _open_gaps(bundle, at, release)) is not None:
        return blocked
    last = use_before(desk, at.cycle, release)
    if last is None:
        return refuse(
            "beyond-use",
            "No source states how long this preparation may be kept. No label is printed without it.",
        )
    facts = _facts(desk, at, release, bundle, (call, write_moment(desk.local(last))))
    return Composed(compose_label(for_paper(facts), small=small))


def newest_of_label(desk: Desk, request: SheetRequest) -> Entry | None:
    """The release that the label is made of: what else is recorded later makes no label old.

    Only a change of the site does, whose zone stands in its times, and a restore.
    Once there is none, or the dose has an outcome, the newest entry of the patient.
    """
    at = locate(desk, DosePlace(request.subject or "", request.cycle or "", request.dose or 0))
    if isinstance(at, Refusal) or at.dose.release is None or at.dose.administration is not None:
        return newest_of_patient(desk, request)
    released = desk.journal.entry(at.dose.release.entry)
    return None if released is None else or_of_everybody(desk, released)


def _open_gaps(bundle: Bundle, at: Located, release: ReleaseRecord) -> Refusal | None:
    """Refused while a gap that blocks the label is open, such as how long a state of it may be kept."""
    gaps = (
        *open_limits(bundle.product, _method(release)),
        *bundle.protocol.gap_blocking("label", at.cycle.arm),
    )
    if not gaps:
        return None
    return Refusal(
        "label-gap",
        tuple(tell("No label is printed. {sentence}", sentence=gap.sentence()) for gap in gaps),
    )


def _method(release: ReleaseRecord) -> DilutionMethod:
    return DilutionMethod(release.dose["dilution"]["method"])


def _storage(product: Product, release: ReleaseRecord) -> str:
    """How it is kept in the state in which it was released: that of the vial says nothing of a bag."""
    method = _method(release)
    state = "reconstituted" if method is DilutionMethod.UNDILUTED else "diluted"
    limits = limits_of_use(product, method)
    return joined("; ", (limit.storage for limit in limits if limit.state == state))


# Characters of GS1's set 82, at most 20 (GS1 General Specifications, application identifier 10).
_GS1_LOT = re.compile(r"[A-Za-z0-9!\"%&'*+,\-./:;<=>?_]{1,20}")

make_large_label = partial(make_label, small=False)
make_small_label = partial(make_label, small=True)


def _facts(
    desk: Desk, at: Located, release: ReleaseRecord, bundle: Bundle, call: tuple[SheetCall, str]
) -> LabelFacts:
    """What the release says, and nothing that was worked out again."""
    chart, cycle, dose, told = at.chart, at.cycle, at.dose, release.dose
    exact, site = Decimal(told["exact_dose_iu"]), desk.site
    total = release.total_volume_ml
    return LabelFacts(
        issue=call[0].issue(desk, *LABEL_FORM),
        marks=Marks(practice=desk.practice),
        patient=patient_facts(chart.subject, desk.local(call[0].issued_at).date()),
        fingerprint=short_print(cycle.fingerprint),
        cycle=cycle_name(cycle),
        dose=dose_name(desk, cycle, dose),
        number=tell("dose {number} of {doses}", number=dose.number, doses=len(cycle.doses)),
        trial=cycle.protocol,
        drug=told["drug"],
        prepared_dose=write_dose(release.prepared_dose_iu),
        prepared_volume=write_quantity(release.prepared_volume_ml, "mL"),
        total="" if total is None else write_quantity(total, "mL"),
        diluent=release.diluent,
        prescribed_dose="" if exact == release.prepared_dose_iu else write_dose(exact),
        route=told["route"],
        rate=_rate(told),
        use_before=call[1],
        storage=_storage(bundle.product, release),
        lots=", ".join(lot_text(lot) for lot in release.lots),
        made_by=release.by,
        checked_by=release.checked_by,
        product_code=_product_code(desk, release),
        caution="" if site is None else site.caution,
    )


def _rate(told: Mapping[str, Any]) -> str:
    """Duration and rate as released; empty for an injection."""
    infusion = told["infusion"]
    if infusion is None:
        return ""
    over = tell("over {minutes}", minutes=write_quantity(Decimal(infusion["minutes"]), "minutes"))
    rate = infusion["rate_ml_per_h"]
    if rate is None:
        return over
    return tell(
        "{over}, {rate}\u00a0per\u00a0hour", over=over, rate=write_quantity(Decimal(rate), "mL")
    )


def _product_code(desk: Desk, release: ReleaseRecord) -> str:
    """The GS1 code of the one lot used; none where several were, or its product is not known."""
    if len(release.lots) != 1:
        return ""
    (lot,) = release.lots
    gtin = _gtin(desk, release, lot)
    if not gtin or not _GS1_LOT.fullmatch(lot.lot):
        return ""  # such a lot was not printed in a GS1 code
    expiry = date.fromisoformat(lot.expiry)
    return f"(01){gtin}(17){expiry:%y%m%d}(10){lot.lot}"


def _gtin(desk: Desk, release: ReleaseRecord, lot: Lot) -> str:
    """The product code that the scanned vial and the receipt of its lot agree on, or the one known."""
    found = {lot.gtin} if lot.gtin else set()
    taken = release.taken_from
    if taken is not None:
        record = StockRecord(taken["protocol"], taken["product"])
        received = stock_books(desk).gtins.get((record, lot_key(lot.lot)))
        found |= {received} if received else set()
    return found.pop() if len(found) == 1 else ""


def may_be_labelled(dose: DoseRecords) -> bool:
    """Whether a preparation of the dose stands released and has no outcome yet."""
    return dose.standing_release is not None and dose.administration is None
