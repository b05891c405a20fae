"""The ledger of stock: balances equal a naive recount, and what must not happen is refused."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from keeper import EXPIRY, SATELLITE, recount

from il2desk.desk import Lot, locate, new_token, open_desk_to_read
from il2desk.desk.stock import (
    ARRIVED,
    DESTROYED,
    EXCURSION,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    TO_SPONSOR,
    WASTED,
    CountForm,
    StockCorrection,
    count_stock,
    open_transfers,
    receive_stock,
    record_excursion,
    review_stock_correction,
    set_low_mark,
    settle_difference,
    stock_books,
    whose,
)
from il2desk.dosing import Refusal


def balances_hold(keeper) -> None:
    """Every running balance, and what is left of each lot, by a recount that knows no ledger."""
    books, entries = keeper.books, keeper.desk.journal.entries()
    kept = {(of.lot, of.place): one.balance for of, one in books.stocks.items()}
    naive = recount(entries)
    assert {at: n for at, n in kept.items() if n} == {at: n for at, n in naive.items() if n}
    running: Counter[object] = Counter()
    lots: Counter[object] = Counter()
    for line in books.lines:
        running[line.of.record, line.of.place] += line.change
        lots[line.of] += line.change
        assert line.balance == running[line.of.record, line.of.place]
        assert line.lot_balance == lots[line.of] >= 0


@pytest.mark.parametrize("seed", [1, 7, 1492])
def test_a_hundred_random_lines_balance_as_a_naive_recount(keeper, seed: int):
    keeper.walk(seed, 100)
    balances_hold(keeper)
    books = keeper.books
    words = {line.what for line in books.lines}
    assert {"received", "dispensed", SENT, ARRIVED, PATIENT_RETURN} <= words
    assert any(line.corrects for line in books.lines)
    assert len(books.lines) >= 100
    assert keeper.refused.total() >= 50
    assert len(keeper.refused) >= 12


@pytest.mark.prove
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(5000, 5040))
def test_many_random_ledgers_balance_as_a_naive_recount(keeper, seed: int):
    keeper.walk(seed, 100)
    balances_hold(keeper)


def test_books_that_grew_are_the_books_read_anew(keeper):
    keeper.walk(8, 60)
    grown = keeper.books
    assert keeper.books is grown  # nothing is read again while the journal stands still
    keeper.desk.stock = None
    fresh = keeper.books
    assert fresh is not grown
    assert fresh == grown
    reader = open_desk_to_read(keeper.desk.journal.path, clock=keeper.ward.clock)
    try:
        assert stock_books(reader) == grown
        keeper.ward.made(keeper.receive("LOT-NEXT"))
        assert stock_books(reader).lines == keeper.books.lines
        assert stock_books(reader).lines[-1].lot == "LOT-NEXT"
    finally:
        reader.close()


def test_lines_are_numbered_within_their_record_and_place(keeper):
    keeper.walk(3, 60)
    for place in keeper.books.places():
        mine = [line.number for line in keeper.books.lines if line.place == place]
        assert mine == list(range(1, len(mine) + 1))


def test_a_receipt_is_stored_once_and_stands_in_the_books(keeper):
    keeper.ward.made(keeper.receive(vials=12))
    stock = keeper.stock()
    assert (stock.balance, stock.usable, stock.expiry) == (12, 12, "2026-12-31")
    (line,) = keeper.books.lines
    assert (line.what, line.change, line.balance, line.by) == ("received", 12, 12, "K. Brandt")
    assert line.reference == "SHIP-PR1234AB"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lot": "AB1"}, "whole lot number"),
        ({"vials": 0}, "1 to 999"),
        ({"supplier": " "}, "who sent"),
        ({"reference": ""}, "number of the shipment"),
        ({"temperature": "cold"}, "temperature on arrival"),
        ({"condition": ""}, "what condition"),
        ({"serials": ("S1", "S1")}, "scanned twice"),
        (
            {"vials": 1, "serials": ("S1", "S2")},
            "2 serial numbers were scanned, and the number of vials is 1",
        ),
    ],
)
def test_a_receipt_without_its_facts_is_refused(keeper, changes: dict, words: str):
    refusal = keeper.ward.refused("receipt", keeper.receive, **{"lot": "PR1234AB", **changes})
    assert words in refusal.text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"temperature": "out of range"}, "temperature on arrival out of range"),
        ({"temperature": "not recorded"}, "temperature on arrival not recorded"),
        ({"condition": "damaged"}, "arrived damaged"),
    ],
)
def test_what_did_not_arrive_well_lies_in_quarantine(keeper, changes: dict, why: str):
    keeper.ward.made(keeper.receive(**changes))
    assert keeper.stock().quarantined == why
    assert (keeper.stock().balance, keeper.stock().usable) == (10, 0)


def test_one_serial_number_is_received_once(keeper):
    keeper.ward.made(keeper.receive(serials=("S1", "S2")))
    again = {"reference": "SHIP-2", "serials": ("S2",)}
    assert "received already" in keeper.ward.refused("serial", keeper.receive, **again).text


@pytest.mark.parametrize("role", ["nurse", "prescriber", "monitor"])
def test_only_who_keeps_stock_moves_it(keeper, role: str):
    keeper.ward.made(keeper.receive())
    keeper.ward.sign_in(role)
    code = "reading-only" if role == "monitor" else "role"
    keeper.ward.refused(code, keeper.receive, "LOT-2222")
    keeper.ward.refused(code, keeper.move, WASTED)
    keeper.ward.refused(code, keeper.count, 3)
    keeper.ward.refused(code, keeper.settle, "0" * 32)
    keeper.ward.refused(code, keeper.correct, "0" * 32)
    keeper.ward.refused(
        code, record_excursion, keeper.desk, "control", keeper.today, "fridge", keeper.signed(),
        new_token(),
    )  # fmt: skip
    keeper.ward.refused(
        code, set_low_mark, keeper.desk, keeper.record, 4, keeper.signed(), new_token()
    )


def test_a_signature_of_somebody_else_moves_nothing(keeper):
    keeper.ward.made(keeper.receive())
    form = CountForm(keeper.record, "PR1234AB", "control", 3)
    other = keeper.ward.signed("nurse")
    keeper.ward.refused("other-signature", count_stock, keeper.desk, form, other, new_token())


def test_what_a_patient_returns_never_comes_back_into_stock(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.move(PATIENT_RETURN, vials=2))
    assert (keeper.stock().balance, keeper.stock().usable, keeper.stock().returned) == (10, 10, 2)
    keeper.ward.refused("balance", keeper.move, DESTROYED, vials=3, from_returns=True)
    for move in (WASTED, SENT, OUTSIDE, PATIENT_RETURN):
        assert (
            "never go back into stock"
            in keeper.ward.refused("move", keeper.move, move, from_returns=True, to="Ward").text
        )
    keeper.ward.made(keeper.move(TO_SPONSOR, vials=1, from_returns=True))
    keeper.ward.made(keeper.move(DESTROYED, vials=1, from_returns=True))
    assert (keeper.stock().balance, keeper.stock().returned) == (10, 0)


def test_a_return_names_its_patient(keeper):
    keeper.ward.made(keeper.receive())
    refusal = keeper.ward.refused("move", keeper.move, PATIENT_RETURN, subject="nobody")
    assert "Choose the patient" in refusal.text
    entry = keeper.ward.made(keeper.move(PATIENT_RETURN))
    assert entry.subject == keeper.ward.subject


def test_quarantine_holds_a_lot_until_it_is_lifted(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.refused("not-quarantined", keeper.move, LIFTED)
    keeper.ward.made(keeper.move(QUARANTINED, reason="sponsor's letter of 1 March"))
    assert keeper.stock().usable == 0
    refusal = keeper.ward.refused("quarantined", keeper.move, SENT, to=SATELLITE)
    assert "sponsor's letter of 1 March" in refusal.text
    keeper.ward.made(keeper.move(WASTED, vials=1))
    keeper.ward.made(keeper.move(LIFTED))
    assert keeper.stock().usable == 9


def test_an_excursion_puts_every_lot_of_the_place_into_quarantine(keeper):
    keeper.ward.made(keeper.receive("LOT-1111"))
    keeper.ward.made(keeper.receive("LOT-2222"))
    keeper.ward.made(keeper.move(SENT, "LOT-2222", 3, to=SATELLITE))
    (line,) = open_transfers(keeper.books)
    keeper.ward.made(keeper.move(ARRIVED, "LOT-2222", 3, transfer=line.entry))
    token, why = new_token(), "11.4 degrees from 02:10 to 05:30"
    args = (keeper.desk, "Control", keeper.today, why, keeper.signed())
    entries = keeper.ward.made(record_excursion(*args, token))
    assert [entry.body["move"] for entry in entries] == [EXCURSION, EXCURSION]
    count = keeper.ward.count
    keeper.ward.made(record_excursion(*args, token))
    assert keeper.ward.count == count
    assert keeper.stock("LOT-1111").quarantined == keeper.stock("LOT-2222").quarantined == why
    assert keeper.stock("LOT-2222", SATELLITE).usable == 3
    keeper.ward.refused(
        "no-stock", record_excursion, keeper.desk, "Nowhere", keeper.today, why, keeper.signed(),
        new_token(),
    )  # fmt: skip


def test_a_transfer_leaves_one_place_and_arrives_at_the_other(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    assert keeper.stock().balance == 6
    assert keeper.books.stock(keeper.record, "PR1234AB", SATELLITE) is None
    refusal = keeper.ward.refused(
        "transfer", keeper.move, ARRIVED, "OTHER-LOT", 4, transfer=sent.id
    )
    assert "PR1234AB was sent" in refusal.text
    keeper.ward.made(keeper.move(ARRIVED, vials=3, transfer=sent.id))
    satellite = keeper.stock(place="ward 7  FRIDGE")
    assert (satellite.balance, satellite.expiry, satellite.place) == (3, "2026-12-31", SATELLITE)
    assert keeper.books.lines[-1].marks == ("not what was sent",)
    keeper.ward.refused("transfer", keeper.move, ARRIVED, vials=1, transfer=sent.id)
    keeper.ward.refused("arrived", keeper.correct, sent.id, in_error=True)


def test_an_expired_lot_goes_to_no_satellite_but_back_and_away(keeper):
    keeper.ward.made(keeper.receive(expiry=keeper.today + timedelta(days=1)))
    keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    (line,) = open_transfers(keeper.books)
    keeper.ward.made(keeper.move(ARRIVED, vials=4, transfer=line.entry))
    keeper.ward.clock.moment += timedelta(days=3)
    keeper.ward.refused("lot-expired", keeper.move, SENT, to=SATELLITE)
    keeper.ward.made(keeper.move(SENT, vials=4, place=SATELLITE, to="control"))
    keeper.ward.made(keeper.move(TO_SPONSOR, vials=6))


def test_a_count_is_stored_whatever_the_books_hold(keeper):
    keeper.ward.made(keeper.receive())
    entry = keeper.ward.made(keeper.count(9))
    assert (entry.body["vials"], "balance" in entry.body) == (9, False)
    count = keeper.stock().open_count
    assert (count.counted, count.difference, count.by) == (9, -1, "K. Brandt")
    # What was not found cannot be taken either.
    assert (keeper.stock().balance, keeper.stock().usable) == (10, 9)
    keeper.ward.refused("balance", keeper.move, WASTED, vials=10)
    keeper.ward.made(keeper.count(10))
    assert keeper.stock().open_count is None


def test_a_difference_is_a_line_that_two_people_sign(keeper):
    keeper.ward.made(keeper.receive())
    entry = keeper.ward.made(keeper.count(8))
    keeper.ward.refused("reason", keeper.settle, entry.id, " ")
    alone = keeper.ward.two()
    alone = type(alone)(alone.first, alone.first)
    keeper.ward.refused(
        "same-person", settle_difference, keeper.desk, entry.id, "lost", alone, new_token()
    )
    keeper.ward.made(keeper.settle(entry.id))
    line = keeper.books.lines[-1]
    assert (line.what, line.change, line.balance) == ("count difference", -2, 8)
    assert (line.by, line.checked_by) == ("K. Brandt", "A. Ruiz")
    keeper.ward.refused("settled", keeper.settle, entry.id)


def test_only_the_latest_count_is_settled(keeper):
    keeper.ward.made(keeper.receive())
    first = keeper.ward.made(keeper.count(8))
    second = keeper.ward.made(keeper.count(9))
    keeper.ward.refused("settled", keeper.settle, first.id)
    keeper.ward.made(keeper.settle(second.id))
    assert keeper.stock().balance == 9


def test_a_corrected_receipt_explains_a_count(keeper):
    received = keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.count(9))
    keeper.ward.made(keeper.correct(received.id, vials=9))
    assert keeper.stock().open_count is None
    assert keeper.stock().usable == 9


def test_vials_without_a_receipt_are_counted_found_and_marked(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.refused("lot-expiry", keeper.count, 2, "FOUND-77")
    entry = keeper.ward.made(keeper.count(2, "FOUND-77", expiry=EXPIRY))
    keeper.ward.made(keeper.settle(entry.id, "behind the drawer"))
    assert keeper.books.lines[-1].marks == ("found without a receipt",)
    assert keeper.stock("FOUND-77").received is False
    keeper.ward.made(keeper.move(WASTED, "FOUND-77", 2))


def test_a_count_names_the_expiry_that_the_books_know(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.refused("lot-expiry", keeper.count, 2, expiry=date(2027, 1, 31))
    keeper.ward.refused("count", keeper.count, -1)
    keeper.ward.refused("lot", keeper.count, 1, "AB")


def test_a_correction_is_a_line_of_its_own_and_the_old_one_stays(keeper):
    received = keeper.ward.made(keeper.receive())
    keeper.ward.refused("unchanged", keeper.correct, received.id, vials=10)
    keeper.ward.refused("reason", keeper.correct, received.id, " ", vials=9)
    keeper.ward.refused("no-line", keeper.correct, "0" * 32, vials=9)
    keeper.ward.made(keeper.correct(received.id, vials=12))
    old, new = keeper.books.lines
    assert (old.change, old.vials, new.change, new.vials) == (10, 10, 2, 12)
    assert new.corrects == received.id
    assert (new.reason, new.checked_by) == ("typing error", "A. Ruiz")


def test_a_corrected_lot_moves_its_vials_its_quarantine_and_its_expiry(keeper):
    received = keeper.ward.made(keeper.receive("LOT-1112", temperature="out of range"))
    keeper.ward.made(keeper.correct(received.id, lot="LOT-1111", expiry=date(2027, 1, 31)))
    wrong, right = keeper.stock("LOT-1112"), keeper.stock("lot-1111")
    assert (wrong.balance, wrong.received, wrong.quarantined) == (0, False, "")
    assert (right.balance, right.expiry) == (10, "2027-01-31")
    assert right.quarantined == "temperature on arrival out of range"


def test_a_line_in_error_is_taken_back_as_a_whole(keeper):
    keeper.ward.made(keeper.receive())
    wasted = keeper.ward.made(keeper.move(WASTED, vials=3))
    flagged = keeper.ward.made(keeper.move(QUARANTINED))
    keeper.ward.refused("void-only", keeper.correct, flagged.id, vials=3)
    keeper.ward.made(keeper.correct(flagged.id, in_error=True))
    keeper.ward.made(keeper.correct(wasted.id, in_error=True))
    assert (keeper.stock().balance, keeper.stock().usable) == (10, 10)
    keeper.ward.refused("in-error", keeper.correct, wasted.id, in_error=True)


def test_a_correction_says_what_the_books_then_hold(keeper):
    received = keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.move(WASTED, vials=8))
    form = StockCorrection(received.id, "typing error", vials=5)
    found = review_stock_correction(keeper.desk, form)
    assert found.follows == ("The books then hold -3 vials of lot PR1234AB at control. Count it.",)
    keeper.ward.made(keeper.correct(received.id, vials=5))
    assert (keeper.stock().balance, keeper.stock().usable) == (-3, 0)


def test_a_dispensing_is_corrected_here_and_in_the_record_of_its_dose(keeper):
    keeper.ward.made(keeper.receive("PR1234AB"))
    keeper.ward.made(keeper.receive("PR5678CD"))
    ward = keeper.ward
    ward.given(1)
    release = ward.dose().release.entry
    assert keeper.stock().balance == 9
    keeper.ward.refused("dispensed", keeper.correct, release, in_error=True)
    keeper.ward.made(keeper.correct(release, "lot of the other carton", lot="PR5678CD"))
    assert (keeper.stock().balance, keeper.stock("PR5678CD").balance) == (10, 9)
    dose = ward.made(locate(keeper.desk, ward.place())).dose
    assert [lot.lot for lot in dose.release.lots] == ["PR5678CD"]
    assert [lot.lot for lot in dose.administration.lots] == ["PR5678CD"]
    (change,) = dose.administration.changes
    assert (change.field, change.reason) == ("lots", "lot of the other carton")
    assert (change.by, change.checked_by) == ("K. Brandt", "A. Ruiz")


def test_nothing_moves_for_a_protocol_that_is_not_here(keeper):
    other = type(keeper.record)("other-trial", keeper.record.product)
    keeper.ward.refused("record", keeper.receive, record=other)
    form = CountForm(other, "PR1234AB", "control", 3)
    keeper.ward.refused("record", count_stock, keeper.desk, form, keeper.signed(), new_token())
    keeper.ward.refused("record", set_low_mark, keeper.desk, other, 4, keeper.signed(), new_token())


def test_the_low_mark_is_the_sites_own_number(keeper):
    assert keeper.books.low_marks == {}
    for vials in (4, 6):
        set_low_mark(keeper.desk, keeper.record, vials, keeper.signed(), new_token())
    assert keeper.books.low_marks == {keeper.record: 6}
    keeper.ward.refused(
        "count", set_low_mark, keeper.desk, keeper.record, 0, keeper.signed(), new_token()
    )


def test_a_second_press_stores_nothing_twice(keeper):
    ward = keeper.ward
    ward.once(lambda token: receive_stock(keeper.desk, keeper.receipt(), keeper.signed(), token))
    assert isinstance(keeper.receive(), Refusal)
    assert keeper.stock().balance == 10
    assert Lot("A", "B").body() == {"lot": "A", "expiry": "B", "vials": 1}


def test_what_was_prepared_and_not_given_says_so(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    ward.premedicate()
    ward.check()
    release = ward.made(ward.release())
    ward.clock.moment = ward.dose().planned + timedelta(minutes=2)
    told = lambda: whose(keeper.desk, tuple(keeper.books.lines))[release.id]  # noqa: E731
    assert told() == "NPC-017, course 1 cycle 1 dose 1"
    ward.made(ward.record(outcome="omitted", reason="fever", decided_by="M. Sato"))
    assert told() == "NPC-017, course 1 cycle 1 dose 1, omitted"
    ward.made(ward.amend(outcome="held"))
    assert told().endswith("held")
    ward.made(ward.amend(in_error=True, reason="wrong patient"))
    assert told() == "NPC-017, course 1 cycle 1 dose 1"
    assert keeper.stock().balance == 9  # the vial was opened, whatever the record says


def test_a_receipt_that_was_taken_back_begins_nothing(keeper):
    first = keeper.ward.made(keeper.receive(received_on=keeper.today - timedelta(days=9)))
    keeper.ward.made(keeper.receive(reference="SHIP-2"))
    assert keeper.stock().since == (keeper.today - timedelta(days=9)).isoformat()
    keeper.ward.made(keeper.correct(first.id, in_error=True))
    assert keeper.stock().since == keeper.today.isoformat()
    early = {"on": keeper.today - timedelta(days=2)}
    keeper.ward.refused("before-receipt", keeper.move, WASTED, **early)
