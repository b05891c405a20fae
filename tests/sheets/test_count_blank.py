"""The blank count sheet: cells to write in, no number of the books."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from examples_count_blank import examples, make_count

from il2desk.sheets import SheetRefused, ShelfLot, compose_count_blank, render
from il2desk.sheets.geometry import PAPERS, PEN_ROW
from il2desk.sheets.model import Table
from il2desk.sheets.pages import make_pages


def tables(model) -> list[Table]:
    return [
        block
        for section in model.sections
        for part in section.parts
        for block in part
        if isinstance(block, Table)
    ]


def test_every_lot_has_empty_cells_for_two_counts_and_there_are_spare_rows() -> None:
    _, shelf, returns, _ = tables(compose_count_blank(make_count()))
    titles = [column.title.words for column in shelf.columns]
    assert titles == [
        "Lot", "Expiry", "State", "First count, vials", "Second count, vials", "Remarks",
    ]  # fmt: skip
    assert [row[0][0].words for row in shelf.rows[:3]] == [
        "PR1234AB",
        "PR5678CD",
        "PR\u00a09012\u00a0EF",
    ]
    assert all(row[3:] == ((), (), ()) for row in shelf.rows)
    assert [row for row in shelf.rows if not any(row)] == [((),) * 6] * 3
    assert shelf.least_row >= PEN_ROW
    assert [row[1][0].words for row in returns.rows if row[0]] == ["PR1234AB"]


def test_a_returned_vial_says_of_which_trial_and_product_it_is() -> None:
    returns = tables(examples()["two products"])[-2]
    named = [[text.words for text in row[0]] for row in returns.rows if row[0]]
    assert [one[0] for one in named] == ["npc-bolus-site", "melanoma-bolus"]
    assert "single-dose vial" in named[0][1]
    assert "18\u00a0million" in named[1][1]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("count", range(1, 60))
def test_every_page_says_what_is_counted_when_and_by_whom(paper: str, count: int) -> None:
    lots = tuple(ShelfLot(f"PR{number:04}AB", "31-Dec-2026") for number in range(count))
    record = replace(make_count().records[0], lots=lots)
    other = replace(record, protocol="melanoma-bolus", lots=lots[: max(1, count // 2)])
    model = compose_count_blank(replace(make_count(), records=(record, other)))
    drawn = make_pages(model, PAPERS[paper].upright)
    begun = ""
    for page in drawn:
        words = [ink.words for ink in sorted(page.inks, key=lambda ink: (round(ink.y), ink.x))]
        assert words.count("Counted on") == 1
        assert words.count("Second count: initials") == 1
        lots_at = [at for at, one in enumerate(words) if one.startswith("PR")]
        heads = [at for at, one in enumerate(words) if one.startswith(("npc-", "melanoma-"))]
        if lots_at:
            assert heads[0] < lots_at[0]  # no lot stands below no name
            continued = any("(continued)" in one for one in words[heads[0] : heads[0] + 2])
            protocol = words[heads[0]].split(",")[0]
            assert continued == (protocol == begun)
            begun = words[heads[-1]].split(",")[0]
        tables_at = [at for at, one in enumerate(words) if one == "State"]
        for at, end in pairwise([*tables_at, len(words)]):  # none of nothing but nameless rows
            assert any(at < lot < end for lot in lots_at)
        signed = "Signatures" in words
        assert not signed or "Vials that patients returned, counted apart" in words


def test_quarantine_is_named_and_returns_are_counted_apart() -> None:
    said = [text.words for text in compose_count_blank(make_count()).texts()]
    assert said.count("▲ QUARANTINE") == 1
    assert said[said.index("▲ QUARANTINE") - 2] == "PR5678CD"
    assert "Vials that patients returned, counted apart" in said


def test_who_counts_and_the_witness_sign_with_a_pen() -> None:
    signed = tables(compose_count_blank(make_count()))[-1]
    assert [row[1][0].words for row in signed.rows] == ["first count", "second count, witness"]
    assert all(row[2:] == ((), (), ()) for row in signed.rows)


def test_a_place_that_is_kept_for_nothing_is_refused() -> None:
    with pytest.raises(SheetRefused, match="kept for no product"):
        compose_count_blank(replace(make_count(), records=()))


def test_one_place_then_another_then_the_first_again() -> None:
    first = render(compose_count_blank(make_count()))
    render(compose_count_blank(replace(make_count(), place="control")))
    assert render(compose_count_blank(make_count())) == first


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_lot_longer_than_a_line_is_printed_whole(paper: str) -> None:
    lot = "AB12 CD34 EF56 GH78 IJ90 KL12 MN34 OP56 QR78 ST90 UV12 WX34"
    record = replace(make_count().records[0], lots=(ShelfLot(lot, "31-Dec-2026"),))
    model = compose_count_blank(replace(make_count(), records=(record,)))
    drawn = make_pages(model, PAPERS[paper].upright)[0]
    shown = "".join(ink.words for ink in drawn.inks).replace(" ", "")
    assert lot.replace(" ", "") in shown
    assert "31-Dec-2026" in shown
