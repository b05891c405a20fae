"""The accountability log on paper: one record at one place, every line, nothing of another."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from keeper import SATELLITE

from il2desk.desk import Lot, new_token
from il2desk.desk.papers import (
    SheetRequest,
    prepare_sheet,
    read_sheet_code,
    record_print,
    sheets_of_site,
)
from il2desk.desk.stock import (
    ARRIVED,
    CONTROL,
    DESTROYED,
    EXCURSION,
    LIFTED,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    WASTED,
    StockRecord,
)
from il2desk.desk.stock_sheet_scope import of_record, record_of
from il2desk.sheets.model import Heading, Table

STANDS, KEPT_APART = 10, 11
LINE, DATE, INITIALS, TRIAL, DOSE, WHAT, LOT, MOVED, BALANCE, LOT_BALANCE, BY = range(11)


def sheet_of(keeper, place=CONTROL, record=None):
    request = SheetRequest("stock-log", of=of_record(record or keeper.record, place))
    return keeper.ward.made(prepare_sheet(keeper.desk, request))


def model_of(keeper, place=CONTROL, record=None):
    return sheet_of(keeper, place, record).composed.model


def tables(model) -> list[Table]:
    return [
        block
        for section in model.sections
        for part in section.parts
        for block in part
        if isinstance(block, Table)
    ]


def rows(keeper, place=CONTROL, record=None) -> list[list[str]]:
    """The cells of every line, lines of a cell joined by a bar."""
    found = tables(model_of(keeper, place, record))[0].rows
    return [
        ["|".join(text.words for text in cell).replace("\u00a0", " ") for cell in row]
        for row in found
    ]


def said(keeper, place=CONTROL) -> list[str]:
    return [text.words.replace("\u00a0", " ") for text in model_of(keeper, place).texts()]


@pytest.mark.parametrize("seed", [4, 99])
def test_the_running_balance_is_that_of_a_naive_recount(keeper, seed: int):
    keeper.walk(seed, 60)
    for place in (CONTROL, SATELLITE):
        balance, lots = 0, dict.fromkeys((one.lot for one in keeper.books.stocks.values()), 0)
        shown = rows(keeper, place)
        for number, row in enumerate(shown, start=1):
            words = row[MOVED].split(" ")
            change = 0 if words == ["0"] else int(words[1]) * (1 if words[0] == "in" else -1)
            balance += change
            lot = row[LOT].split("|")[0]
            lots[lot] += change
            assert row[LINE] == str(number)
            assert row[BALANCE] == str(balance)
            assert row[LOT_BALANCE] == str(lots[lot])
        assert balance == keeper.books.balance(keeper.record, place)
        assert tables(model_of(keeper, place))[1].rows[-1][STANDS][0].words == str(balance)


@pytest.mark.parametrize("seed", [4, 99])
def test_what_moved_each_lot_adds_up_to_its_balance(keeper, seed: int):
    keeper.walk(seed, 60)
    for place in (CONTROL, SATELLITE):
        rows_at_end = tables(model_of(keeper, place))[1].rows
        sums = [[_number(cell[0].words) for cell in row[1:STANDS]] for row in rows_at_end]
        for row, moved in zip(rows_at_end, sums, strict=True):
            assert sum(moved) == int(row[STANDS][0].words)
        assert sums[-1] == [sum(column) for column in zip(*sums[:-1], strict=True)]
        assert any(sums[-1])


def _number(moved: str) -> int:
    """In 6, out 2 or 0 as a number."""
    words = moved.replace("\u00a0", " ").split(" ")
    return 0 if words == ["0"] else int(words[1]) * (1 if words[0] == "in" else -1)


@pytest.mark.parametrize("seed", [4, 99])
def test_what_a_page_brings_forward_is_what_stands_above_it(keeper, seed: int):
    keeper.walk(seed, 60)
    table = tables(model_of(keeper))[0]
    into = out = 0
    for at, row in enumerate(table.rows):
        told = table.forward[at].words
        assert told == ("" if not at else (
            f"Brought forward from line {at}: in {into}, out {out}, balance {into - out}"
        ))  # fmt: skip
        moved = _number(row[MOVED][0].words)
        into, out = into + max(moved, 0), out - min(moved, 0)


def test_a_dose_taken_back_has_no_amount_in_the_line_that_takes_it_back(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    ward.at(minutes=5)
    more = {"volume_ml": Decimal("0.28"), "decided_by": "M. Sato", "reason": "in an emergency"}
    ward.made(ward.record(lots=(Lot("PR1234AB", "2026-12-31", 1),), **more))
    assert rows(keeper)[1][DOSE].startswith("given 5.04 million international units|")
    ward.made(ward.amend(in_error=True, reason="wrong patient"))
    assert rows(keeper)[2][DOSE] == "course 1, cycle 1, dose 1"


def test_nobody_signs_a_page_without_the_balance(keeper):
    keeper.ward.made(keeper.receive())
    last = model_of(keeper).sections[-1]
    titles = [block.title.words for block in last.parts[0] if isinstance(block, Heading)]
    assert last.together
    assert (titles[0], titles[-1]) == ("How the record stands", "Signatures")
    signed = tables(model_of(keeper))[-1].rows
    words = signed[0][0][0].words.replace("\u00a0", " ")
    assert words == "I checked this record against the shelf: balance 10 vials"
    assert [row[1][0].words for row in signed] == ["pharmacist", "investigator", "monitor"]


def test_an_open_difference_stands_in_what_the_pharmacist_signs(keeper):
    keeper.ward.made(keeper.receive(vials=12))
    keeper.ward.made(keeper.count(11))
    signed = tables(model_of(keeper))[-1].rows
    assert signed[0][0][0].words.replace("\u00a0", " ") == (
        "I checked this record against the shelf: record 12 vials, shelf ____ vials; "
        "a difference is open"
    )


def states(keeper) -> dict[str, str]:
    """What is said of each lot, by lot."""
    rows_at_end = tables(model_of(keeper))[1].rows[:-1]
    return {row[0][0].words: row[0][-1].words for row in rows_at_end}


def test_a_receipt_that_was_taken_back_or_was_of_another_lot_is_not_called_missing(keeper):
    wrong = keeper.ward.made(keeper.receive("PR9999ZZ", 4))
    other = keeper.ward.made(keeper.receive("PR7777YY", 3))
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.correct(wrong.id, "another trial", in_error=True))
    keeper.ward.made(keeper.correct(other.id, "misread", lot="PR8888XX"))
    said = states(keeper)
    assert said["PR9999ZZ"] == "its receipt was taken back"
    assert said["PR7777YY"] == "its receipt was corrected to another lot"
    assert not any("no receipt" in words for words in said.values())


def test_a_dispensed_line_names_the_patient_by_initials_and_trial_number_never_by_name(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.given(1)
    row = rows(keeper)[1]
    assert row[DATE] == "02-Mar-2026"
    assert (row[INITIALS], row[TRIAL]) == ("AB", "NPC-017")
    assert row[DOSE] == "5.04 million international units|course 1, cycle 1, dose 1"
    assert row[WHAT].startswith("dispensed\nleft over ")
    assert row[LOT] == "PR1234AB|31-Dec-2026"
    assert (row[MOVED], row[BALANCE], row[LOT_BALANCE]) == ("out 1", "9", "9")
    assert row[BY] == "K. Brandt|and A. Ruiz"
    whole = " ".join(said(keeper)).casefold()
    assert "brown" not in whole
    assert "4711" not in whole


def test_the_header_says_which_record_of_what(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, vials=4, transfer=sent.id))
    control, satellite = said(keeper), said(keeper, SATELLITE)
    assert "☑ Control record    ☐ Satellite record" in control
    assert "☐ Control record    ☑ Satellite record" in satellite
    assert {"npc-bolus-site, version 1", "aldesleukin", "Ward 7", keeper.record.product} <= set(
        control
    )
    assert SATELLITE in satellite
    assert control.count("Investigator") == 1


def test_a_record_holds_no_line_of_another_place_or_product(keeper):
    keeper.ward.made(keeper.receive("AAAA1111"))
    keeper.ward.made(keeper.receive("BBBB2222", 7))
    other = StockRecord(keeper.record.protocol, "Another product, 1 mg")
    body = keeper.desk.journal.entries(kind="stock-received")[0].body
    changed = {**body, "product": other.product, "lot": "OTHER-77", "vials": 3}
    changed["signatures"] = [dict(one) for one in body["signatures"]]
    changed["serials"] = []
    keeper.desk.append("stock-received", changed)
    sent = keeper.ward.made(keeper.move(SENT, "BBBB2222", 2, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, "BBBB2222", 2, transfer=sent.id))
    mine, there, others = rows(keeper), rows(keeper, SATELLITE), rows(keeper, record=other)
    assert [row[LOT].split("|")[0] for row in mine] == ["AAAA1111", "BBBB2222", "BBBB2222"]
    assert [row[LOT].split("|")[0] for row in there] == ["BBBB2222"]
    assert [row[LOT].split("|")[0] for row in others] == ["OTHER-77"]
    assert not any("OTHER-77" in one or "Another product" in one for one in said(keeper))
    assert not any("AAAA1111" in one for one in said(keeper, SATELLITE))


def test_two_spellings_of_a_lot_are_one_lot(keeper):
    keeper.ward.made(keeper.receive("PR1234AB", 5))
    keeper.ward.made(keeper.receive("pr 1234ab", 4, reference="SHIP-2"))
    shown = rows(keeper)
    assert [row[LOT_BALANCE] for row in shown] == ["5", "9"]
    lots = tables(model_of(keeper))[1].rows
    assert [row[0][0].words for row in lots] == ["PR1234AB", "Whole record"]
    assert lots[0][STANDS][0].words == "9"


def test_a_corrected_line_is_struck_and_says_where_by_whom_and_when(keeper):
    receipt = keeper.ward.made(keeper.receive(vials=10))
    keeper.ward.made(keeper.correct(receipt.id, vials=9))
    model = model_of(keeper)
    old, new = tables(model)[0].rows
    assert all(text.struck for text in (*old[DATE], *old[LOT], *old[MOVED], old[WHAT][0]))
    assert old[MOVED][0].words == "in\u00a010"
    assert old[WHAT][1].words == "corrected in line 2, 02-Mar-2026, K.\u00a0Brandt and A.\u00a0Ruiz"
    assert not old[WHAT][1].struck
    assert not any(text.struck for cell in new for text in cell)
    words = [text.words.replace("\u00a0", " ") for text in new[WHAT]]
    assert words == ["correction of line 1: vials 10, now 9\nReason: typing error"]
    assert (new[MOVED][0].words, new[BALANCE][0].words) == ("out\u00a01", "9")


def test_a_line_corrected_twice_strikes_the_first_correction_too(keeper):
    receipt = keeper.ward.made(keeper.receive(vials=10))
    keeper.ward.made(keeper.correct(receipt.id, vials=9))
    keeper.ward.made(keeper.correct(receipt.id, vials=11))
    shown = rows(keeper)
    assert [row[MOVED] for row in shown] == ["in 10", "out 1", "in 2"]
    assert "corrected in line 3" in shown[0][WHAT]
    assert "corrected in line 3" in shown[1][WHAT]
    assert shown[2][WHAT].startswith("correction of line 1: vials 9, now 11")


def test_a_corrected_lot_takes_two_lines_and_a_line_taken_back_says_so(keeper):
    receipt = keeper.ward.made(keeper.receive("WRONG-11", 6))
    keeper.ward.made(keeper.correct(receipt.id, lot="RIGHT-22"))
    keeper.ward.made(keeper.correct(receipt.id, in_error=True))
    shown = rows(keeper)
    assert [(row[LOT].split("|")[0], row[MOVED], row[BALANCE]) for row in shown] == [
        ("WRONG-11", "in 6", "6"), ("WRONG-11", "out 6", "0"), ("RIGHT-22", "in 6", "6"),
        ("RIGHT-22", "out 6", "0"),
    ]  # fmt: skip
    assert "corrected in line 4" in shown[0][WHAT]
    assert "taken back, entered in error" in shown[3][WHAT]


def test_quarantine_and_patient_returns_stand_in_it_and_never_in_the_balance(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    ward.made(keeper.move(QUARANTINED, reason="the carton is wet"))
    ward.made(keeper.move(LIFTED))
    ward.made(keeper.move(EXCURSION, reason="12 degrees for a night"))
    ward.made(keeper.move(PATIENT_RETURN, vials=2, reason="cycle ended"))
    ward.made(keeper.move(DESTROYED, vials=1, from_returns=True))
    shown = rows(keeper)
    assert [row[MOVED] for row in shown] == ["in 10", "0", "0", "0", "0", "0"]
    assert {row[BALANCE] for row in shown} == {"10"}
    assert shown[1][WHAT] == "QUARANTINED, the whole lot\nReason: the carton is wet"
    assert shown[4][WHAT].startswith("returned by patient: 2 vials, kept apart")
    assert (shown[4][INITIALS], shown[4][TRIAL]) == ("AB", "NPC-017")
    assert shown[5][WHAT].startswith("destroyed: 1 vial that patients returned")
    lot = tables(model_of(keeper))[1].rows[0]
    assert [lot[at][0].words for at in (STANDS, KEPT_APART)] == ["10", "1"]
    assert "QUARANTINED" in lot[0][2].words


def test_open_differences_and_transfers_on_the_way_close_the_log(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.count(9))
    assert any("counted 9 vials" in one and "1 fewer than the books" in one for one in said(keeper))
    keeper.ward.made(keeper.move(SENT, vials=2, to=SATELLITE))
    assert any(one.startswith("▲ On the way: 2 vials of lot PR1234AB") for one in said(keeper))
    assert "counted 9 vials on the shelf, the books held 10\n" not in said(keeper)


def test_equal_facts_give_equal_bytes_and_a_new_line_another_sheet(keeper):
    keeper.ward.made(keeper.receive())
    first = sheet_of(keeper)
    assert sheet_of(keeper).pdf == first.pdf
    keeper.ward.made(keeper.move(WASTED))
    later = sheet_of(keeper)
    assert later.sheet_id != first.sheet_id
    assert later.pdf != first.pdf


def test_every_record_and_place_is_offered_and_its_name_is_read_back(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.made(keeper.move(SENT, vials=2, to=SATELLITE))
    offered = [one for one in sheets_of_site(keeper.desk) if one.request.kind == "stock-log"]
    assert [record_of(one.request.of) for one in offered] == [(keeper.record, CONTROL)]
    assert keeper.record.product in offered[0].what
    assert json.loads(of_record(keeper.record, "  WARD  7 ")) == [
        keeper.record.protocol, keeper.record.product, "ward 7",
    ]  # fmt: skip


def test_what_is_no_record_is_refused_in_a_sentence(keeper):
    for of in ("", "nothing", "[1, 2, 3]", '["a", "b"]', of_record(StockRecord("x", "y"), CONTROL)):
        answer = prepare_sheet(keeper.desk, SheetRequest("stock-log", of=of))
        assert answer.code == "record"
        assert "Choose a record" in answer.reasons[0]


def test_of_a_dose_from_two_lots_only_the_corrected_line_is_struck(keeper):
    for lot in ("AAAA1111", "BBBB2222"):
        keeper.ward.made(keeper.receive(lot))
    lots = (Lot("AAAA1111", "2026-12-31", 1), Lot("BBBB2222", "2026-12-31", 2))
    release = keeper.dispense(lots)
    keeper.ward.made(keeper.correct(release.id, line=1, vials=1))
    shown = tables(model_of(keeper))[0].rows
    assert [row[WHAT][0].struck for row in shown] == [False, False, False, True, False]
    assert [row[MOVED][0].words for row in shown[2:]] == ["out\u00a01", "out\u00a02", "in\u00a01"]
    words = [text.words.replace("\u00a0", " ") for text in shown[4][WHAT]]
    assert words[0].startswith("correction of line 4: vials 2, now 1")
    assert shown[4][TRIAL][0].words == "NPC-017"
    amounts = [row[DOSE][0].words.replace("\u00a0", " ") for row in shown[2:]]
    assert amounts == ["5.04 million international units", *["amount as in line 3"] * 2]


def test_a_dose_entered_in_error_takes_its_line_back(keeper):
    ward = keeper.ward
    ward.made(keeper.receive())
    ward.at(minutes=5)
    more = {"volume_ml": Decimal("0.28"), "decided_by": "M. Sato", "reason": "in an emergency"}
    ward.made(ward.record(lots=(Lot("PR1234AB", "2026-12-31", 1),), **more))
    ward.made(ward.amend(in_error=True, reason="wrong patient"))
    shown = rows(keeper)
    assert shown[1][WHAT].startswith("dispensed, without a recorded release")
    assert "corrected in line 3" in shown[1][WHAT]
    assert shown[2][WHAT].startswith("correction of line 2: the whole line taken back")
    assert [row[BALANCE] for row in shown] == ["10", "9", "10"]


def test_the_code_of_a_log_says_old_paper_once_vials_moved(keeper):
    keeper.ward.made(keeper.receive())
    sheet = sheet_of(keeper)
    keeper.ward.made(record_print(keeper.desk, sheet, "print", new_token()))
    code = sheet.composed.model.frame.code
    assert not keeper.ward.made(read_sheet_code(keeper.desk, code)).changed
    keeper.ward.made(keeper.move(WASTED))
    assert keeper.ward.made(read_sheet_code(keeper.desk, code)).changed
