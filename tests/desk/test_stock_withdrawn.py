"""Vials that turn out bad after they were taken, quarantines side by side, and books put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from keeper import EXPIRY, SATELLITE, Keeper

from il2desk.desk import Lot, may_release, new_token, wrong_preparation
from il2desk.desk.stock import (
    ARRIVED,
    DESTROYED,
    LIFTED,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    open_transfers,
    pre_audit,
    record_excursion,
    shelf_of,
)
from il2desk.dosing import Refusal

HERE = Lot("PR1234AB", "2026-12-31", 1)


@pytest.fixture
def kept(keeper: Keeper) -> Keeper:
    """Ten vials received; dose 1 is premedicated and checked."""
    keeper.ward.premedicate()
    keeper.ward.check()
    keeper.ward.made(keeper.receive())
    return keeper


def gate(keeper: Keeper, *lots: Lot) -> str:
    """Why these lots cannot be taken; empty where they can."""
    at = keeper.ward.located()
    found = may_release(keeper.desk, at.chart, at.cycle, 1, lots or (HERE,))
    return found.text if isinstance(found, Refusal) else ""


def audited(keeper: Keeper) -> list[str]:
    return [one.rule for one in pre_audit(keeper.desk).findings]


def test_a_recalled_lot_is_not_given_and_a_dose_of_it_is_marked(kept):
    ward = kept.ward
    ward.made(ward.release())
    assert wrong_preparation(kept.desk, ward.located()) == ""
    ward.made(kept.move(QUARANTINED, reason="recall: glass particles"))
    assert wrong_preparation(kept.desk, ward.located()) == (
        "Lot PR1234AB is in quarantine: recall: glass particles. Do not give this preparation; "
        "discard it (in the program: step 4 of the dose), then release the dose anew."
    )
    given = ward.at(minutes=2)
    ward.refused("administration", ward.record, given_at=given)
    entry = ward.made(
        ward.record(given_at=given, reason="given before the call", decided_by="M. Sato")
    )
    assert "Lot PR1234AB is in quarantine" in entry.body["against"]


def test_an_excursion_of_an_earlier_day_is_found_beside_the_doses_taken_since(kept):
    before = kept.today
    kept.ward.clock.moment += timedelta(days=1)
    kept.dispense((HERE,))
    assert "quarantined" not in audited(kept)
    kept.ward.made(
        record_excursion(kept.desk, "control", before, "fridge alarm", kept.signed(), new_token())
    )
    assert "quarantined" in audited(kept)


def test_two_quarantines_are_both_told(kept):
    kept.ward.made(kept.move(QUARANTINED, reason="warm on arrival"))
    kept.ward.made(kept.move(QUARANTINED, reason="recall"))
    assert kept.stock().quarantined == "warm on arrival; recall"
    kept.ward.made(kept.move(LIFTED, reason="both letters"))
    assert kept.stock().quarantined == ""


def test_vials_on_the_way_are_not_usable_where_the_lot_was_withdrawn(kept):
    kept.ward.made(kept.move(SENT, vials=3, to=SATELLITE))
    kept.ward.made(kept.move(QUARANTINED, reason="recall"))
    (line,) = open_transfers(kept.books)
    kept.ward.made(kept.move(ARRIVED, line.lot, 3, transfer=line.entry))
    assert kept.stock(place=SATELLITE).quarantined == "recall"
    assert kept.stock(place=SATELLITE).usable == 0


def test_more_than_was_sent_does_not_arrive(kept):
    kept.ward.made(kept.move(SENT, vials=2, to=SATELLITE))
    (line,) = open_transfers(kept.books)
    kept.ward.refused("transfer", kept.move, ARRIVED, line.lot, 500, transfer=line.entry)


def test_an_excursion_leaves_out_what_came_later_and_takes_what_was_there(kept):
    yesterday = kept.today
    kept.ward.clock.moment += timedelta(days=1)
    kept.ward.made(kept.receive("LATER111", 4))
    entries = kept.ward.made(
        record_excursion(
            kept.desk, "control", yesterday, "fridge alarm", kept.signed(), new_token()
        )
    )
    assert [entry.body["lot"] for entry in entries] == ["PR1234AB"]
    assert kept.stock().quarantined == "fridge alarm"
    assert kept.stock("LATER111").quarantined == ""


def test_a_corrected_expiry_stands_whatever_is_corrected_afterwards(kept):
    first = kept.books.lines[0].entry
    second = kept.ward.made(kept.receive(vials=5, reference="SHIP-2")).id
    kept.ward.made(kept.correct(second, expiry=date(2026, 1, 31)))
    expired = Lot("PR1234AB", "2026-01-31", 1)
    assert "expired on 31-Jan-2026" in gate(kept, expired)
    kept.ward.made(kept.correct(first, vials=9))
    assert kept.stock().expiry == "2026-01-31"
    assert "expires on 31-Jan-2026 by the books" in gate(kept)


def test_a_lot_is_not_corrected_into_one_of_another_expiry(kept):
    other = kept.ward.made(kept.receive("GOOD2222", 4, expiry=date(2028, 6, 30))).id
    kept.ward.refused("lot-expiry", kept.correct, other, lot="PR1234AB")
    kept.ward.made(kept.correct(other, lot="PR1234AB", expiry=EXPIRY))
    assert (kept.stock().balance, kept.stock().expiry) == (14, EXPIRY.isoformat())


def test_a_receipt_that_was_taken_back_is_received_anew_with_its_right_expiry(kept):
    wrong = kept.ward.made(
        kept.receive("NEWLOT11", 2, expiry=date(2027, 12, 31), serials=("A1", "A2"))
    ).id
    kept.ward.made(kept.correct(wrong, in_error=True))
    right = {"expiry": date(2026, 11, 30), "serials": ("A1", "A2"), "reference": "SHIP-N"}
    kept.ward.made(kept.receive("NEWLOT11", 2, **right))
    assert kept.stock("NEWLOT11").expiry == "2026-11-30"


def test_taking_back_the_only_receipt_after_a_release_does_not_open_the_gates(kept):
    receipt = kept.books.lines[0].entry
    kept.ward.made(kept.ward.release())
    kept.ward.made(kept.correct(receipt, in_error=True))
    assert shelf_of(kept.desk, kept.ward.located().cycle.fingerprint) is not None
    assert "has no receipt" in gate(kept, Lot("ANYLOT99", "2026-12-31", 1))


def test_a_receipt_in_error_on_a_site_that_keeps_no_stock_binds_nothing(kept):
    kept.ward.made(kept.correct(kept.books.lines[0].entry, in_error=True))
    assert shelf_of(kept.desk, kept.ward.located().cycle.fingerprint) is None


def test_every_row_of_a_lot_is_judged(kept):
    wrong = Lot("PR1234AB", "2029-05-31", 1)
    assert "31-May-2029 is entered" in gate(kept, wrong, HERE)
    assert "31-May-2029 is entered" in gate(kept, HERE, wrong)


def test_scanned_vials_and_their_number_agree(kept):
    three = Lot("PR1234AB", "2026-12-31", 1, ("A1", "A2", "A3"))
    assert "3 vials of lot PR1234AB were scanned, and their number is 1" in gate(kept, three)
    twice = Lot("PR1234AB", "2026-12-31", 2, ("A1", "a1"))
    assert "taken already" in gate(kept, twice)


def test_a_count_is_not_settled_after_vials_moved(kept):
    count = kept.ward.made(kept.count(15)).id
    kept.ward.made(kept.receive(vials=5, reference="SHIP-2"))
    kept.ward.refused("moved", kept.settle, count)
    kept.ward.made(kept.count(15))
    assert (kept.stock().balance, kept.stock().open_count) == (15, None)


def test_returned_vials_are_never_fewer_than_none(kept):
    returned = kept.ward.made(kept.move(PATIENT_RETURN, vials=2)).id
    kept.ward.made(kept.move(DESTROYED, vials=2, from_returns=True))
    kept.ward.refused("returned", kept.correct, returned, in_error=True)
    assert kept.stock().returned == 0


def test_another_product_code_than_before_arrives_in_quarantine(keeper):
    first, other = "00361703220264", "00361703220271"
    keeper.ward.made(keeper.receive(gtin=first))
    keeper.ward.made(keeper.receive("CD9999EF", gtin=first))
    assert keeper.stock("CD9999EF").quarantined == ""
    entry = keeper.ward.made(keeper.receive("EF7777GH", gtin=other))
    assert other in entry.body["quarantined"]
    keeper.ward.made(keeper.receive("GH5555JK"))
    assert keeper.stock("GH5555JK").quarantined == ""


def test_a_code_that_waits_in_quarantine_proves_no_other_lot(keeper):
    first, other = "00361703220264", "00361703220271"
    keeper.ward.made(keeper.receive(gtin=first))
    keeper.ward.made(keeper.receive("EF7777GH", gtin=other))
    again = keeper.ward.made(keeper.receive("GH5555JK", gtin=other))
    assert other in again.body["quarantined"]
    same = keeper.ward.made(keeper.receive(gtin=other, reference="SHIP-9"))
    assert other in same.body["quarantined"]
    assert set(keeper.books.gtins.values()) == {first, other}
    assert keeper.books.gtins[keeper.record, "PR1234AB"] == first


def test_a_known_code_stays_known_while_its_lot_is_in_quarantine_for_another_reason(keeper):
    first, other = "00361703220264", "00361703220271"
    keeper.ward.made(keeper.receive(gtin=first))
    keeper.ward.made(keeper.move(QUARANTINED, reason="fridge alarm"))
    entry = keeper.ward.made(keeper.receive("EF7777GH", gtin=other))
    assert other in entry.body["quarantined"]


def test_a_code_follows_the_corrected_number_of_its_lot(keeper):
    first, other = "00361703220264", "00361703220271"
    entry = keeper.ward.made(keeper.receive(gtin=first))
    keeper.ward.made(keeper.correct(entry.id, lot="PR1234AC"))
    assert list(keeper.books.gtins.values()) == [first]
    assert other in keeper.ward.made(keeper.receive("EF7777GH", gtin=other)).body["quarantined"]
