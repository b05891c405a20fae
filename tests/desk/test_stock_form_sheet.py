"""The form of one movement from a real journal: what it is, what is recorded, who signs."""

from __future__ import annotations

from datetime import date

import pytest
from keeper import SATELLITE

from il2desk.desk import new_token
from il2desk.desk.papers import SheetRequest, prepare_sheet, sheets_of_site
from il2desk.desk.stock import (
    ARRIVED,
    CORRECT_FIRST,
    COUNT_STOCK,
    DESTROY_SECOND,
    DESTROYED,
    DIFFERENCE_FIRST,
    EXCURSION,
    LIFTED,
    MOVE_STOCK,
    MOVES,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    RECEIVE_STOCK,
    SENT,
    TO_SPONSOR,
    WASTED,
    move_meaning,
    move_stock,
    set_low_mark,
)


def sheet_of(keeper, entry):
    return keeper.ward.made(prepare_sheet(keeper.desk, SheetRequest("stock-form", of=entry.id)))


def said(keeper, entry) -> list[str]:
    model = sheet_of(keeper, entry).composed.model
    return [text.words.replace("\u00a0", " ") for text in model.texts()]


def value(words: list[str], label: str) -> str:
    return words[words.index(label) + 1]


def test_a_receipt_says_all_of_its_line_and_waits_for_a_second_person(keeper):
    entry = keeper.ward.made(keeper.receive(vials=6, serials=("S1", "S2"), gtin="04150000000017"))
    words = said(keeper, entry)
    assert words[0] == "Receipt of vials"
    assert value(words, "Vials") == "6 vials"
    assert {"Lot PR1234AB", "Expiry 31-Dec-2026"} <= set(words)
    assert value(words, "Shipment") == "SHIP-PR1234AB"
    assert value(words, "Received from") == "Sponsor depot"
    assert value(words, "Serial numbers") == "S1, S2"
    assert value(words, "Received on") == "02-Mar-2026"
    assert {"Vials shipped", "Temperature logger: No., lowest, highest"} <= set(words)
    at = words.index(RECEIVE_STOCK)
    assert words[at : at + 4] == [RECEIVE_STOCK, "pharmacist", "K. Brandt", "signed in the journal"]
    assert "second person" in words


def test_a_count_that_differs_keeps_the_books_back_until_two_people_signed_it(keeper):
    keeper.ward.made(keeper.receive(vials=6))
    count = keeper.ward.made(keeper.count(4))
    words = said(keeper, count)
    assert words[0] == "Physical count of a lot"
    assert value(words, "Counted") == "4 vials"
    assert value(words, "The books held").startswith("not printed before")
    assert value(words, "Settled") == "no settlement of this count is recorded"
    assert not any("6" in one.split() or "fewer" in one for one in words)
    at = words.index("The count differs from the books")
    assert words[at + 1 : at + 3] == ["Second count, vials", "Explanation"]
    assert "F9, S settles the difference" in words[at + 3]
    assert "I counted these vials myself and wrote the number that I found above" in words
    open_form = sheet_of(keeper, count)
    keeper.ward.made(keeper.settle(count.id))
    words = said(keeper, count)
    assert (value(words, "The books held"), value(words, "Counted")) == ("6 vials", "4 vials")
    assert value(words, "Difference") == "2 vials fewer than the books held"
    assert value(words, "Settled").startswith("2 vials fewer than the books held, 02-Mar-2026")
    assert value(words, "Explained by") == "one vial was found broken"
    assert not {"witness", "Explanation"} & set(words)
    assert words.count("signed in the journal") == 3
    assert COUNT_STOCK in words
    assert sheet_of(keeper, count).sheet_id != open_form.sheet_id


def test_a_count_that_agrees_says_so_and_waits_for_its_witness(keeper):
    keeper.ward.made(keeper.receive(vials=6))
    words = said(keeper, keeper.ward.made(keeper.count(6)))
    assert (value(words, "The books held"), value(words, "Difference")) == ("6 vials", "none")
    assert {"I counted these vials myself and found the number written here", "witness"} <= set(
        words
    )
    assert "Explanation" not in words


@pytest.mark.parametrize("by", ["another count", "a correction"])
def test_a_difference_that_is_closed_otherwise_asks_for_no_explanation(keeper, by: str):
    receipt = keeper.ward.made(keeper.receive(vials=6))
    count = keeper.ward.made(keeper.count(5))
    before = sheet_of(keeper, count)
    if by == "another count":
        keeper.ward.made(keeper.count(6))
    else:
        keeper.ward.made(keeper.correct(receipt.id, vials=5))
    words = said(keeper, count)
    assert value(words, "Settled").startswith("not open any more")
    assert "Explanation" not in words
    assert sheet_of(keeper, count).sheet_id != before.sheet_id


def test_a_settlement_that_was_taken_back_says_so_beside_its_signatures(keeper):
    keeper.ward.made(keeper.receive(vials=6))
    count = keeper.ward.made(keeper.count(5))
    settled = keeper.ward.made(keeper.settle(count.id))
    keeper.ward.made(keeper.correct(settled.id, in_error=True))
    words = said(keeper, count)
    assert f"{DIFFERENCE_FIRST} (▲ taken back by correction a)" in words
    assert any(one.startswith("†a  the settlement: was recorded") for one in words)


def test_a_patient_s_return_names_initials_and_trial_number_alone(keeper):
    keeper.ward.made(keeper.receive())
    words = said(keeper, keeper.ward.made(keeper.move(PATIENT_RETURN, vials=2)))
    assert words[0] == "Return of vials by a patient"
    assert (value(words, "Patient's initials"), value(words, "Trial number")) == ("AB", "NPC-017")
    assert "brown" not in " ".join(words).casefold()


def test_return_to_the_sponsor_and_destruction_name_authority_and_whose_vials(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    ward.made(keeper.move(PATIENT_RETURN, vials=2))
    back = said(keeper, ward.made(keeper.move(TO_SPONSOR, vials=1, from_returns=True)))
    assert back[0] == "Return of vials to the sponsor"
    assert value(back, "Return number or authorised by") == "LETTER-7"
    assert value(back, "Taken from") == "vials that patients returned"
    assert "Vials taken over" in back
    gone = said(keeper, ward.made(keeper.move(DESTROYED, vials=3)))
    assert gone[0] == "Destruction of vials"
    assert (value(gone, "Authorised by"), value(gone, "Taken from")) == ("LETTER-7", "the stock")
    assert DESTROY_SECOND in gone
    assert gone.count("signed in the journal") == 2
    assert {"Method and place", "Certificate or consignment No."} <= set(gone)
    assert "Returned by (trial No.)" in back
    assert "Returned by (trial No.)" not in gone


def test_a_transfer_waits_for_the_receiving_place_until_it_arrived(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    sent = ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    words = said(keeper, sent)
    assert words[0] == "Transfer of vials to another place"
    assert value(words, "Approval number") == "LETTER-7"
    assert value(words, "Arrived") == "no arrival is recorded"
    assert {"The receiving place writes", "Vials received", "receiving place"} <= set(words)
    arrived = ward.made(keeper.move(ARRIVED, vials=3, transfer=sent.id))
    words = said(keeper, sent)
    assert value(words, "Arrived") == "3 vials of lot PR1234AB, 02-Mar-2026"
    assert "Vials received" not in words
    assert {move_meaning(SENT), move_meaning(ARRIVED)} <= set(words)
    there = said(keeper, arrived)
    assert there[0] == "Arrival of transferred vials"
    assert (value(there, "Place"), value(there, "Sent from")) == (SATELLITE, "control")
    assert value(there, "Sent") == "4 vials of lot PR1234AB, 02-Mar-2026"
    ward.made(keeper.correct(arrived.id, in_error=True))
    assert value(said(keeper, sent), "Arrived") == "no arrival is recorded"
    assert said(keeper, arrived)[0] == "Arrival of transferred vials – ENTERED IN ERROR"


def test_a_transfer_to_another_site_has_lines_for_that_site(keeper):
    keeper.ward.made(keeper.receive())
    words = said(keeper, keeper.ward.made(keeper.move(OUTSIDE, vials=2, to="Site 12")))
    assert words[0] == "Transfer of vials to another site"
    assert value(words, "Given to") == "Site 12"
    assert {"The other site writes", "other site"} <= set(words)


def test_corrections_are_footnotes_and_the_form_is_another_sheet(keeper):
    entry = keeper.ward.made(keeper.receive(vials=6))
    first = sheet_of(keeper, entry)
    keeper.ward.made(keeper.correct(entry.id, vials=7))
    keeper.ward.made(keeper.correct(entry.id, "wrong carton", expiry=date(2027, 1, 31)))
    words = said(keeper, entry)
    assert value(words, "Vials") == "7 vials †a"
    assert "Expiry 31-Jan-2027 †b" in words
    notes = [one for one in words if one.startswith("†")]
    assert notes[0].startswith("†a  vials: was 6, now 7. K. Brandt and A. Ruiz, 02-Mar-2026")
    assert notes[1].endswith("Reason: wrong carton")
    assert sheet_of(keeper, entry).sheet_id != first.sheet_id
    signed = f"{RECEIVE_STOCK} (signed on 6 vials, expiry 31-Dec-2026, before correction a b)"
    corrected = [f"{CORRECT_FIRST} (correction {letter})" for letter in "ab"]
    assert {signed, *corrected} <= set(words)
    assert words.count("signed in the journal") == 5
    assert RECEIVE_STOCK not in words


def test_an_entry_taken_back_is_struck_and_asks_for_no_signature(keeper):
    entry = keeper.ward.made(keeper.receive(vials=6))
    keeper.ward.made(keeper.correct(entry.id, in_error=True))
    words = said(keeper, entry)
    assert words[0] == "Receipt of vials – ENTERED IN ERROR"
    texts = list(sheet_of(keeper, entry).composed.model.texts())
    assert [text.words for text in texts if text.struck] == ["6\u00a0vials\u00a0†a"]
    assert "second person" not in words
    assert f"{RECEIVE_STOCK} (▲ taken back by correction a)" in words
    assert "Vials shipped" not in words


def test_an_expiry_corrected_on_another_receipt_of_the_lot_is_told(keeper):
    first = keeper.ward.made(keeper.receive(vials=6))
    second = keeper.ward.made(keeper.receive(vials=4, reference="SHIP-2"))
    before = sheet_of(keeper, first)
    keeper.ward.made(keeper.correct(second.id, expiry=date(2027, 1, 31)))
    assert "▲ The books hold 31-Jan-2027 as the expiry of this lot now." in said(keeper, first)
    assert sheet_of(keeper, first).sheet_id != before.sheet_id


def test_another_movement_leaves_a_form_as_it_is(keeper):
    entry = keeper.ward.made(keeper.receive(vials=6))
    first = sheet_of(keeper, entry)
    keeper.ward.made(keeper.receive("LOT-5555", 6))
    keeper.ward.made(keeper.move(WASTED))
    again = sheet_of(keeper, entry)
    assert (again.sheet_id, again.pdf) == (first.sheet_id, first.pdf)


def test_the_latest_forty_are_offered_newest_first_in_words(keeper):
    for number in range(42):
        keeper.ward.made(keeper.receive(f"LOT-{number:04}", 2))
    keeper.ward.made(keeper.count(2, "LOT-0001"))
    keeper.ward.made(set_low_mark(keeper.desk, keeper.record, 4, keeper.signed(), new_token()))
    offered = [one for one in sheets_of_site(keeper.desk) if one.request.kind == "stock-form"]
    assert len(offered) == 40
    assert offered[0].what.startswith("02-Mar-2026: counted, 2 vials of lot LOT-0001")
    assert offered[1].what == (
        "02-Mar-2026: received, 2 vials of lot LOT-0041, control, npc-bolus-site"
    )
    assert "LOT-0003" in offered[-1].what


def test_what_has_no_form_is_refused_or_has_nothing_to_print(keeper):
    receipt = keeper.ward.made(keeper.receive())
    entry = keeper.ward.made(keeper.correct(receipt.id, vials=9))
    for of in (entry.id, "", "0" * 32):
        answer = prepare_sheet(keeper.desk, SheetRequest("stock-form", of=of))
        assert answer.code == "nothing-to-print"


@pytest.mark.parametrize(
    ("move", "title", "number", "pen"),
    [
        (WASTED, "Waste of vials", ("Vials", "1 vial"), "Method and place"),
        (QUARANTINED, "Quarantine of a lot", ("In the books", "10 vials"), "Vials put apart"),
        (
            EXCURSION, "Temperature excursion of a lot", ("In the books", "10 vials"),
            "Lowest, highest temperature",
        ),
        (LIFTED, "End of the quarantine of a lot", ("In the books", "10 vials"), ""),
    ],
)  # fmt: skip
def test_waste_and_quarantine_have_the_same_form(keeper, move: str, title: str, number, pen: str):
    keeper.ward.made(keeper.receive())
    if move == LIFTED:
        keeper.ward.made(keeper.move(QUARANTINED))
    words = said(keeper, keeper.ward.made(keeper.move(move)))
    assert words[0] == title
    assert value(words, number[0]) == number[1]
    assert move_meaning(move) in words
    assert "second person" in words
    assert value(words, "Reason") == "as told by the sponsor"
    assert not pen or pen in words


def test_what_was_signed_with_the_older_meaning_is_printed_as_it_was_signed(keeper):
    keeper.ward.made(keeper.receive())
    form = keeper.form(PATIENT_RETURN, vials=1)
    old = keeper.ward.made(move_stock(keeper.desk, form, keeper.signed(MOVE_STOCK), new_token()))
    assert MOVE_STOCK in said(keeper, old)
    new = said(keeper, keeper.ward.made(keeper.move(PATIENT_RETURN)))
    assert MOVE_STOCK not in new
    assert "I took these vials back from the patient and put them apart" in new


def test_each_kind_of_movement_has_a_meaning_of_its_own():
    meanings = {move_meaning(move) for move in MOVES if move != DESTROYED}
    assert len(meanings) == len(MOVES) - 1
    assert MOVE_STOCK not in meanings


def test_a_newer_protocol_version_leaves_the_form_of_an_older_movement_as_it_is(
    keeper, site_file, activate_file
):
    entry = keeper.ward.made(keeper.receive())
    before = sheet_of(keeper, entry).composed.model
    assert "npc-bolus-site, version 1" in said(keeper, entry)
    activate_file(keeper.ward, site_file(('version = "1"', 'version = "2"')))
    newer = said(keeper, keeper.ward.made(keeper.receive("LOT-5555")))
    assert "npc-bolus-site, version 2" in newer
    assert sheet_of(keeper, entry).composed.model.frame == before.frame


@pytest.mark.parametrize("seed", [7, 21])
def test_every_movement_of_a_long_walk_has_a_form(keeper, seed: int):
    keeper.walk(seed, 60)
    offered = [one for one in sheets_of_site(keeper.desk) if one.request.kind == "stock-form"]
    assert len(offered) > 20
    for one in offered:
        keeper.ward.made(prepare_sheet(keeper.desk, one.request))
