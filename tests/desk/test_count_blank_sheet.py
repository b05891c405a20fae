"""The blank count sheet from a real journal: which lots lie there, and never how many."""

from __future__ import annotations

from keeper import SATELLITE

from il2desk.desk.papers import SheetRequest, prepare_sheet, sheets_of_site
from il2desk.desk.stock import ARRIVED, CONTROL, PATIENT_RETURN, QUARANTINED, SENT, WASTED


def body_of(keeper, place=CONTROL) -> list[str]:
    """The words between head and foot."""
    sheet = keeper.ward.made(prepare_sheet(keeper.desk, SheetRequest("count-blank", of=place)))
    model = sheet.composed.model
    framed = {
        model.frame.title, *model.frame.foot, *(one for line in model.frame.identity for pair in line
                                                for one in (pair.label, pair.value)),
    }  # fmt: skip
    return [one.words.replace("\u00a0", " ") for one in model.texts() if one not in framed]


def test_it_holds_no_balance_and_nothing_that_tells_one(keeper):
    ward = keeper.ward
    ward.made(keeper.receive("LOT-AAAA", 137))
    ward.made(keeper.receive("LOT-BBBB", 58))
    ward.made(keeper.move(QUARANTINED, "LOT-BBBB", reason="58 vials were warm"))
    ward.made(keeper.move(PATIENT_RETURN, "LOT-AAAA", 46))
    ward.made(keeper.count(136, "LOT-AAAA"))
    said = " ".join(body_of(keeper))
    assert "LOT-AAAA" in said
    assert "▲ QUARANTINE" in said
    for number in ("137", "136", "58", "46", "195"):
        assert number not in said


def test_a_lot_that_is_used_up_and_one_of_another_place_are_not_named(keeper):
    ward = keeper.ward
    ward.made(keeper.receive("LOT-USED", 2))
    ward.made(keeper.move(WASTED, "LOT-USED", 2))
    ward.made(keeper.receive("LOT-HERE", 5))
    ward.made(keeper.receive("LOT-GONE", 5))
    sent = ward.made(keeper.move(SENT, "LOT-GONE", 5, to=SATELLITE))
    ward.made(keeper.move(ARRIVED, "LOT-GONE", 5, transfer=sent.id))
    assert {one for one in body_of(keeper) if one.startswith("LOT-")} == {"LOT-HERE"}
    assert {one for one in body_of(keeper, SATELLITE) if one.startswith("LOT-")} == {"LOT-GONE"}


def test_every_place_is_offered_once_however_it_is_spelled(keeper):
    keeper.ward.made(keeper.receive())
    sent = keeper.ward.made(keeper.move(SENT, vials=2, to=SATELLITE))
    keeper.ward.made(keeper.move(ARRIVED, vials=2, transfer=sent.id))
    again = keeper.ward.made(keeper.move(SENT, vials=1, to=" ward 7  FRIDGE "))
    keeper.ward.made(keeper.move(ARRIVED, vials=1, transfer=again.id))
    offered = [one for one in sheets_of_site(keeper.desk) if one.request.kind == "count-blank"]
    assert [one.what for one in offered] == [CONTROL, SATELLITE]
    assert body_of(keeper, SATELLITE) == body_of(keeper, offered[1].request.of)


def test_a_place_without_stock_is_refused(keeper):
    keeper.ward.made(keeper.receive())
    for place in ("", "Nowhere"):
        answer = prepare_sheet(keeper.desk, SheetRequest("count-blank", of=place))
        assert answer.code == "place"
