"""The form of one movement: large vials, footnotes, struck errors, lines for the other side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples_stock_form import make_count, make_receipt, make_transfer

from il2desk.sheets import SheetRefused, compose_stock_form, render
from il2desk.sheets.geometry import PAPERS, Role
from il2desk.sheets.model import Amount, Field
from il2desk.sheets.pages import make_pages


def blocks(model, kind):
    return [
        block
        for section in model.sections
        for part in section.parts
        for block in part
        if isinstance(block, kind)
    ]


def test_the_vials_stand_large_with_lot_and_expiry_and_the_dagger_of_the_correction() -> None:
    amount = blocks(compose_stock_form(make_receipt()), Amount)[0]
    assert (amount.label.words, amount.amount.role) == ("Vials", Role.DOSE)
    assert amount.amount.words == "6\u00a0vials\u00a0†a"
    assert [text.words for text in amount.below] == ["Lot\u00a0PR1234AB", "Expiry 31-Dec-2026"]


def test_a_correction_is_told_with_old_and_new_value_who_when_and_why() -> None:
    said = [
        text.words.replace("\u00a0", " ") for text in compose_stock_form(make_receipt()).texts()
    ]
    assert (
        "†a  vials: was 5, now 6. K. Brandt and A. Ruiz, 03-Mar-2026 09:15. Reason: one vial lay "
        "under the leaflet"
    ) in said


def test_the_other_side_has_lines_to_write_on() -> None:
    blank = [
        one.label.words
        for one in blocks(compose_stock_form(make_transfer()), Field)
        if not one.values
    ]
    assert blank == ["Vials received", "Condition, temperature", "Remarks"]
    assert [
        one.label.words for one in blocks(compose_stock_form(make_count()), Field) if not one.values
    ] == ["Second count, vials", "Explanation"]
    settled = replace(make_transfer(), to_write=())
    assert all(one.values for one in blocks(compose_stock_form(settled), Field))


def test_what_was_entered_in_error_is_struck_and_says_so_in_the_title() -> None:
    model = compose_stock_form(replace(make_receipt(), in_error=True))
    assert model.frame.title.words == "Receipt of vials – ENTERED IN ERROR"
    assert [text.words for text in model.texts() if text.struck] == ["6\u00a0vials\u00a0†a"]


@pytest.mark.parametrize(("fact", "named"), [("vials", "number of vials"), ("lot", "lot number")])
def test_a_missing_fact_is_refused_by_its_name(fact: str, named: str) -> None:
    with pytest.raises(SheetRefused, match=named):
        compose_stock_form(replace(make_receipt(), **{fact: " "}))


def test_one_form_then_another_then_the_first_again() -> None:
    first = render(compose_stock_form(make_receipt()))
    render(compose_stock_form(make_transfer()))
    assert render(compose_stock_form(make_receipt())) == first


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_lot_longer_than_a_line_is_printed_whole(paper: str) -> None:
    lot = "AB12 CD34 EF56 GH78 IJ90 KL12 MN34 OP56 QR78 ST90 UV12 WX34"
    model = compose_stock_form(replace(make_receipt(), lot=f"{lot} {lot}"))
    drawn = make_pages(model, PAPERS[paper].upright)[0]
    shown = "".join(ink.words for ink in drawn.inks).replace("\u00a0", "").replace(" ", "")
    assert f"Lot{lot}{lot}".replace(" ", "") in shown


def test_what_the_large_number_is_stands_beside_it() -> None:
    amount = blocks(compose_stock_form(make_count()), Amount)[0]
    assert (amount.label.words, amount.amount.words) == ("Counted", "3\u00a0vials")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("count", range(0, 60, 3))
def test_every_page_of_a_form_says_which_vials_are_signed_for(paper: str, count: int) -> None:
    notes = tuple(f"A sentence of some length that fills a line, number {n}." for n in range(count))
    model = compose_stock_form(replace(make_receipt(), notes=notes))
    drawn = make_pages(model, PAPERS[paper].upright)
    for number, page in enumerate(drawn):
        told = [ink for ink in page.inks if ink.words.startswith("Receipt of vials: 6\u00a0vials")]
        assert len(told) == (1 if number else 0)
    assert any(ink.words == "Signatures" for ink in drawn[-1].inks)
