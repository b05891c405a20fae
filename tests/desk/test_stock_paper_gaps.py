"""What the papers of the stock must say by themselves: a restore, a discarded dose, a short transfer."""

from __future__ import annotations

from keeper import SATELLITE
from test_stock_form_sheet import said as form_of
from test_stock_log_sheet import WHAT, rows, said, sheet_of

from il2desk.desk import DISCARD_MEANING, Lot, discard_preparation, new_token
from il2desk.desk.papers import SheetRequest, prepare_sheet
from il2desk.desk.stock import ARRIVED, CONTROL, SENT, WASTED

RESTORED = "▲ The journal was restored from a backup on 02-Mar-2026."


def restore(keeper):
    body = {"backup": "b.sqlite", "signatures": []}
    return keeper.desk.append("journal-restored", body, reason="the disk failed")


def discard(keeper, reason="bag leaked"):
    ward = keeper.ward
    signature = ward.signed("pharmacist", DISCARD_MEANING)
    release = ward.dose().release.entry
    return ward.made(
        discard_preparation(ward.desk, ward.place(), release, reason, signature, new_token())
    )


def shelf(keeper, place=CONTROL):
    sheet = keeper.ward.made(prepare_sheet(keeper.desk, SheetRequest("count-blank", of=place)))
    return sheet, [one.words.replace("\u00a0", " ") for one in sheet.composed.model.texts()]


def restored_words(words):
    return [one for one in words if one.startswith("▲ The journal was restored")]


def test_a_log_says_that_lines_may_be_missing_until_its_lots_were_counted_after_a_restore(keeper):
    keeper.ward.made(keeper.receive("AAAA1111"))
    keeper.ward.made(keeper.receive("BBBB2222", 7))
    before = sheet_of(keeper)
    assert restored_words(said(keeper)) == []
    restore(keeper)
    assert sheet_of(keeper).sheet_id != before.sheet_id
    (told,) = restored_words(said(keeper))
    assert told == (
        f"{RESTORED} Receipts, corrections and other movements after that backup may be missing on "
        "this sheet. Not counted since: lot AAAA1111, lot BBBB2222."
    )
    keeper.ward.made(keeper.count(10, "AAAA1111"))
    assert restored_words(said(keeper))[0].endswith("Not counted since: lot BBBB2222.")
    keeper.ward.made(keeper.count(7, "BBBB2222"))
    assert restored_words(said(keeper)) == []


def test_a_log_names_no_lot_of_another_place_after_a_restore(keeper):
    keeper.ward.made(keeper.receive("AAAA1111"))
    keeper.ward.made(keeper.receive("BBBB2222", 2))
    sent = keeper.ward.made(keeper.move(SENT, "BBBB2222", 2, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, "BBBB2222", 2, transfer=sent.id))
    restore(keeper)
    assert restored_words(said(keeper))[0].endswith("Not counted since: lot AAAA1111.")
    assert restored_words(said(keeper, SATELLITE))[0].endswith("Not counted since: lot BBBB2222.")
    keeper.ward.made(keeper.count(10, "AAAA1111"))
    # A receipt that was lost could be of any place: it is said while anything waits.
    assert restored_words(said(keeper))[0].endswith("may be missing on this sheet.")


def test_a_count_sheet_says_it_too_and_asks_for_lots_that_are_not_named(keeper):
    keeper.ward.made(keeper.receive("AAAA1111"))
    before, words = shelf(keeper)
    assert restored_words(words) == []
    restore(keeper)
    after, words = shelf(keeper)
    assert after.sheet_id != before.sheet_id
    assert len(restored_words(words)) == 1
    assert "Write a lot that is not named here, with its expiry, into an empty row." in words


def test_a_form_of_before_a_restore_says_it_and_one_of_after_does_not(keeper):
    old = keeper.ward.made(keeper.receive("AAAA1111"))
    request = SheetRequest("stock-form", of=old.id)
    before = keeper.ward.made(prepare_sheet(keeper.desk, request))
    restore(keeper)
    waiting = keeper.ward.made(prepare_sheet(keeper.desk, request))
    assert waiting.sheet_id != before.sheet_id
    assert len(restored_words(form_of(keeper, old))) == 1
    new = keeper.ward.made(keeper.receive("BBBB2222"))
    assert restored_words(form_of(keeper, new)) == []
    keeper.ward.made(keeper.count(10, "AAAA1111"))
    assert restored_words(form_of(keeper, old)) == []
    again = keeper.ward.made(prepare_sheet(keeper.desk, request))
    assert (again.sheet_id, again.pdf) == (before.sheet_id, before.pdf)


def test_a_discarded_preparation_says_so_on_its_line_and_the_next_one_does_not(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.prepared()
    before = sheet_of(keeper)
    gone = discard(keeper)
    assert sheet_of(keeper).sheet_id != before.sheet_id
    keeper.ward.made(keeper.ward.release())
    first, second = rows(keeper)[1:]
    assert first[WHAT].startswith("dispensed\n")
    assert "▲ preparation discarded 02-Mar-2026, K. Brandt: bag leaked" in first[WHAT]
    assert "discarded" not in second[WHAT]
    assert gone.body["release"] != keeper.ward.dose().release.entry


def test_what_became_of_a_dose_stands_on_the_preparation_that_it_became_of(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.prepared()
    discard(keeper)
    keeper.ward.made(keeper.ward.release())
    keeper.ward.made(keeper.ward.record(outcome="omitted", reason="fever", decided_by="M. Sato"))
    first, second = rows(keeper)[1:]
    assert "the dose: omitted" not in first[WHAT]
    assert "the dose: omitted" in second[WHAT]


def test_an_arrival_carries_the_approval_number_of_its_transfer(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, vials=4, transfer=sent.id))
    assert rows(keeper, SATELLITE)[0][WHAT].startswith("arrived from control, approval LETTER-7")


def test_the_forms_of_a_transfer_say_that_less_arrived_than_was_sent(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    arrived = keeper.ward.made(keeper.move(ARRIVED, vials=3, transfer=sent.id))
    told = "▲ 4 vials of lot PR1234AB were sent, 3 vials of lot PR1234AB arrived."
    assert told in form_of(keeper, sent)
    assert told in form_of(keeper, arrived)
    keeper.ward.made(keeper.correct(arrived.id, vials=4))
    for entry in (sent, arrived):
        assert not any("were sent" in one for one in form_of(keeper, entry))


def test_both_logs_end_with_a_transfer_that_did_not_all_arrive_until_it_is_put_right(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    arrived = keeper.ward.made(keeper.move(ARRIVED, vials=3, transfer=sent.id))
    told = (
        "▲ Sent: 4 vials of lot PR1234AB, from control to Ward 7 fridge on 02-Mar-2026, approval "
        "LETTER-7. Arrived: 3 vials of lot PR1234AB."
    )
    assert told in said(keeper)
    assert told in said(keeper, SATELLITE)
    keeper.ward.made(keeper.correct(arrived.id, vials=4))
    for place in (CONTROL, SATELLITE):
        assert "No transfer is on the way." in said(keeper, place)
        assert told not in said(keeper, place)


def test_one_log_then_another_then_the_first_again(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, vials=4, transfer=sent.id))
    first = sheet_of(keeper).pdf
    assert sheet_of(keeper, SATELLITE).pdf != first
    assert sheet_of(keeper).pdf == first


def test_lots_whose_spellings_differ_in_case_and_spaces_leave_one_log(keeper):
    keeper.ward.made(keeper.receive("AB 12", 5))
    keeper.ward.made(keeper.move(WASTED, "ab12", 1))
    keeper.dispense((Lot("Ab 1 2", "2026-12-31", 2),))
    assert [row[9] for row in rows(keeper)] == ["5", "4", "2"]
