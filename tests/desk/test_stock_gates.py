"""A release and the shelf: received, in date, not quarantined, enough, first expiry first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from keeper import EXPIRY, SATELLITE, Keeper

from il2desk.desk import Lot, check_release_form, may_release
from il2desk.desk.stock import (
    ARRIVED,
    NOT_KEPT,
    QUARANTINED,
    SENT,
    WASTED,
    StockRecord,
    open_transfers,
    places_with_stock,
    proposed_lots,
    shelf_of,
)
from il2desk.dosing import Refusal

HERE = Lot("PR1234AB", "2026-12-31", 1)


@pytest.fixture
def ready(keeper: Keeper) -> Keeper:
    """Dose 1 is premedicated and checked; only what is taken is open."""
    keeper.ward.premedicate()
    keeper.ward.check()
    return keeper


def fingerprint(keeper: Keeper) -> str:
    return str(keeper.ward.located().cycle.fingerprint)


def checked(keeper: Keeper, *lots: Lot, **changes: object) -> object:
    form = keeper.ward.release_form(lots=lots or (HERE,), **changes)
    at = keeper.ward.located()
    return check_release_form(keeper.desk, at.chart, at.cycle, 1, form)


def sentence(keeper: Keeper, code: str, *lots: Lot, **changes: object) -> str:
    answer = checked(keeper, *lots, **changes)
    assert isinstance(answer, Refusal), answer
    assert answer.code == code, answer.reasons
    return answer.text


def test_without_a_receipt_stock_is_not_kept_and_a_typed_lot_is_released(ready):
    assert shelf_of(ready.desk, fingerprint(ready)) is None
    assert "is not kept in this journal" in NOT_KEPT
    ready.ward.made(ready.ward.release())
    assert ready.books.lines == []
    # What was taken before the first receipt is no line of the books that begin with it.
    ready.ward.made(ready.receive())
    assert (ready.stock().balance, ready.books.before) == (10, 1)


def test_a_release_is_a_line_by_itself(ready):
    ready.ward.made(ready.receive())
    entry = ready.ward.made(ready.ward.release())
    line = ready.books.lines[-1]
    assert (line.what, line.change, line.balance) == ("dispensed", -1, 9)
    assert (line.entry, line.dose_number, line.subject) == (entry.id, 1, ready.ward.subject)
    assert Decimal(line.left_over_ml) == Decimal("0.92")
    assert (line.by, line.checked_by) == ("K. Brandt", "A. Ruiz")
    ready.ward.clock.moment = ready.ward.dose().planned + timedelta(minutes=2)
    ready.ward.made(ready.ward.record())
    assert ready.stock().balance == 9


def test_a_lot_is_received_before_it_is_dispensed(ready):
    ready.ward.made(ready.receive())
    assert "has no receipt" in sentence(ready, "stock", Lot("PR9999ZZ", "2026-12-31", 1))


def test_more_than_the_books_hold_is_not_dispensed(ready):
    ready.ward.made(ready.receive(vials=2))
    ready.ward.made(ready.move(WASTED))
    two = Lot("PR1234AB", "2026-12-31", 2)
    assert "1 vial of lot PR1234AB can be taken" in sentence(ready, "stock", two)
    # One lot in two rows is one lot.
    assert "entered: 2" in sentence(ready, "stock", HERE, Lot("pr 1234ab", "2026-12-31", 1))
    assert not isinstance(checked(ready, HERE), Refusal)


def test_what_a_count_did_not_find_is_not_dispensed(ready):
    ready.ward.made(ready.receive(vials=1))
    ready.ward.made(ready.count(0))
    at = ready.ward.located()
    nothing = may_release(ready.desk, at.chart, at.cycle, 1, ())
    assert isinstance(nothing, Refusal)
    assert "No vial of Proleukin" in nothing.text
    assert "0 vials of lot PR1234AB can be taken" in sentence(ready, "stock")


def test_a_quarantined_lot_is_not_dispensed(ready):
    ready.ward.made(ready.receive())
    ready.ward.made(ready.move(QUARANTINED, reason="letter 12"))
    assert "is in quarantine: letter 12" in sentence(ready, "stock")


def test_an_expired_lot_is_not_dispensed_by_the_books_either(ready):
    gone = ready.today - timedelta(days=1)
    ready.ward.made(ready.receive(expiry=gone))
    said = sentence(ready, "lot-expired", Lot("PR1234AB", gone.isoformat(), 1))
    assert said.count("expired on") == 1
    # The vial says otherwise than the books: neither is believed.
    assert "expires on 01-Mar-2026 by the books" in sentence(ready, "stock")


def test_a_lot_of_another_protocol_is_not_dispensed(ready):
    ready.ward.made(ready.receive())
    record = StockRecord("other-trial", ready.record.product)
    body = ready.desk.journal.entries(kind="stock-received")[0].body
    ready.desk.append("stock-received", {**body, "protocol": "other-trial", "lot": "OT5555OT"})
    assert ready.books.stock(record, "OT5555OT", "control") is not None
    other = sentence(ready, "stock", Lot("OT5555OT", "2026-12-31", 1))
    assert "was received for other-trial, not for npc-bolus-site" in other


def test_first_expiry_first_and_another_lot_with_a_reason(ready):
    later = date(2027, 6, 30)
    ready.ward.made(ready.receive("PR5678CD", expiry=later))
    ready.ward.made(ready.receive(vials=1))
    shelf = shelf_of(ready.desk, fingerprint(ready))
    assert proposed_lots(shelf, 3) == (HERE, Lot("PR5678CD", "2027-06-30", 2))
    other = Lot("PR5678CD", "2027-06-30", 1)
    assert "PR1234AB expires first, on 31-Dec-2026" in sentence(ready, "lot-order", other)
    assert not isinstance(checked(ready, HERE, other, vials_reason="one broke"), Refusal)
    form = ready.ward.release_form(lots=(other,), lot_reason="the carton at the front was frozen")
    entry = ready.ward.made(
        ready.ward.release(form=form, reading=ready.ward.reading(lots=("78CD",)))
    )
    assert entry.body["lot_choice"] == "the carton at the front was frozen"
    assert ready.stock("PR5678CD").balance == 9


def test_an_expired_or_quarantined_lot_is_never_the_first_to_take(ready):
    ready.ward.made(ready.receive("LOT-GONE", expiry=ready.today - timedelta(days=2)))
    ready.ward.made(ready.receive("LOT-HELD", expiry=ready.today + timedelta(days=3)))
    ready.ward.made(ready.move(QUARANTINED, "LOT-HELD"))
    ready.ward.made(ready.receive())
    assert proposed_lots(shelf_of(ready.desk, fingerprint(ready)), 1) == (HERE,)
    assert not isinstance(checked(ready, HERE), Refusal)


def test_vials_of_a_satellite_are_taken_from_there(ready):
    ready.ward.made(ready.receive(vials=4))
    ready.ward.made(ready.move(SENT, vials=4, to=SATELLITE))
    # On the way they lie nowhere.
    assert places_with_stock(ready.desk, fingerprint(ready)) == ()
    (line,) = open_transfers(ready.books)
    ready.ward.made(ready.move(ARRIVED, vials=4, transfer=line.entry))
    assert places_with_stock(ready.desk, fingerprint(ready)) == (SATELLITE,)
    assert "0 vials" in sentence(ready, "stock")
    assert "lies at Ward 7 fridge, not at Theatre" in sentence(ready, "stock", taken_from="Theatre")
    entry = ready.ward.made(ready.ward.release(form=ready.ward.release_form(taken_from=SATELLITE)))
    assert entry.body["taken_from"]["place"] == SATELLITE
    assert ready.stock(place=SATELLITE).balance == 3


def test_a_serial_number_is_taken_once(ready):
    ready.ward.made(ready.receive())
    twice = Lot("PR1234AB", "2026-12-31", 2, ("S1", "S1"))
    assert "serial number S1 of lot PR1234AB was taken already" in sentence(ready, "stock", twice)
    scanned = Lot("PR1234AB", "2026-12-31", 1, ("S1",))
    entry = ready.ward.made(ready.ward.release(form=ready.ward.release_form(lots=(scanned,))))
    assert entry.body["lots"][0]["serials"] == ("S1",)
    assert ready.ward.dose().release.lots == (scanned,)
    ready.ward.premedicate(2)
    ready.ward.check(2)
    at = ready.ward.located(2)
    again = may_release(ready.desk, at.chart, at.cycle, 2, (scanned,))
    assert "was taken already" in again.text


def test_a_code_of_another_product_is_not_taken_for_the_lot(ready):
    ready.ward.made(ready.receive(gtin="00361703220264"))
    wrong = Lot("PR1234AB", "2026-12-31", 1, (), "04006381333931")
    assert "names another product" in sentence(ready, "stock", wrong)


def test_a_typed_lot_is_held_to_the_product_codes_of_the_other_lots(ready):
    ready.ward.made(ready.receive())
    scanned = Lot("PR1234AB", "2026-12-31", 1, (), "04006381333931")
    assert not isinstance(checked(ready, scanned), Refusal)  # the books know no code at all
    ready.ward.made(ready.receive("CD9999EF", gtin="00361703220264"))
    assert "any that was received" in sentence(ready, "stock", scanned)


def test_a_dose_given_from_vials_without_a_receipt_is_recorded_and_marked(keeper):
    ward = keeper.ward
    ward.made(keeper.receive(vials=1))
    ward.at(minutes=5)
    more = {"volume_ml": Decimal("0.28"), "decided_by": "M. Sato", "reason": "unit in an emergency"}
    entry = ward.made(ward.record(lots=(Lot("EM7777EM", "2026-12-31", 1),), **more))
    assert "Lot EM7777EM has no receipt at control." in entry.body["against"]
    line = keeper.books.lines[-1]
    assert (line.lot, line.change, line.lot_balance) == ("EM7777EM", -1, -1)
    assert "no receipt of this lot is recorded here" in line.marks
    ward.made(ward.amend(in_error=True, reason="wrong patient"))
    assert keeper.stock("EM7777EM").balance == 0
    assert keeper.books.lines[-1].corrects == entry.id
    two = (Lot("PR1234AB", "2026-12-31", 2),)
    entry = ward.made(ward.record(lots=two, **more))
    assert "The books hold fewer vials of lot PR1234AB" in entry.body["against"]
    assert keeper.books.lines[-1].marks == ("the books hold fewer vials",)


def test_a_dose_given_out_of_quarantine_is_recorded_and_marked(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.move(QUARANTINED))
    keeper.ward.at(minutes=5)
    more = {"volume_ml": Decimal("0.28"), "decided_by": "M. Sato", "reason": "in an emergency"}
    entry = keeper.ward.made(keeper.ward.record(lots=(HERE,), **more))
    assert "Lot PR1234AB was in quarantine." in entry.body["against"]
    assert keeper.books.lines[-1].marks == ("the lot was in quarantine",)
    assert keeper.stock().expiry == EXPIRY.isoformat()
