"""The premedication checklist on paper: boxes for every item and dose, totals to write, no box for a block."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from every_example import PAPERS
from examples_premedication import make_checklist, stopped
from fictional import cycles
from pypdf import PdfReader

from il2desk.sheets import PremedicationSheetFacts, SheetRefused, compose_premedication, render
from il2desk.sheets.geometry import PEN_ROW
from il2desk.sheets.model import Table

GIVEN = f"\u2610 given at {'_' * 9} by {'_' * 9}"
NOT_GIVEN = f"\u2610 not given, why {'_' * 16}"


def words(facts: PremedicationSheetFacts) -> list[str]:
    return [
        text.words.replace("\u00a0", " ").strip("\n")
        for text in compose_premedication(facts).texts()
    ]


def tables(facts: PremedicationSheetFacts) -> list[Table]:
    model = compose_premedication(facts)
    blocks = [block for section in model.sections for part in section.parts for block in part]
    found = [block for block in blocks if isinstance(block, Table)]
    return [one for one in found if one.columns[0].title.words == "Dose"]


def test_every_item_of_every_dose_has_boxes_and_a_blocked_one_none_for_given() -> None:
    said = words(make_checklist(given=0))
    assert said.count(GIVEN) == 2 * 15
    assert said.count(NOT_GIVEN) == 2 * 15
    assert said.count("\u2610 not given") == 15  # blocked: nothing to write, the list says why
    assert said.count("BLOCKED") == 15 + 2  # in the list and in the head of every page


def test_an_item_with_a_daily_maximum_has_a_line_for_its_total() -> None:
    said = words(make_checklist(given=0))
    assert said.count("24 hours with this one _______ of 3,900 mg") == 15
    assert not any("of 100 mg" in one for one in said)
    assert any("this one counted" in one for one in said)


def test_a_pen_has_seven_millimetres_above_every_line() -> None:
    (table,) = tables(make_checklist(given=0))
    written = [text for row in table.rows for cell in row for text in cell if "__" in text.words]
    assert written
    for text in written:
        assert text.words.startswith("\n")
        assert 2 * text.role.style.leading >= PEN_ROW


def test_the_head_of_a_table_says_amount_route_and_block() -> None:
    (table,) = tables(make_checklist(given=0))
    heads = [[text.words for text in one.below] for one in table.columns[2:]]
    assert heads == [
        ["650\u00a0mg, by mouth"], ["BLOCKED", "25\u00a0mg, by mouth"], ["10.26\u00a0mg, intravenous"],
    ]  # fmt: skip
    assert [text.struck for text in table.columns[3].below] == [False, True]
    pages = [
        page.extract_text().replace("\u00a0", " ")
        for page in PdfReader(
            BytesIO(render(compose_premedication(make_checklist(given=0)), "A4"))
        ).pages
    ]
    carrying = [page for page in pages if "given at" in page]
    assert len(carrying) > 1
    assert all("650 mg, by mouth" in page for page in carrying)


def test_every_cell_says_when_it_is_due_and_how_long_after_the_last() -> None:
    said = words(make_checklist(given=0))
    assert said.count("due 13:30, not within 4 hours of the last") == 5


def test_more_than_four_items_are_several_tables_that_say_which() -> None:
    facts = make_checklist(given=2, items=9)
    said = words(facts)
    for which in ("items 1 to 3 of 9", "items 4 to 6 of 9", "items 7 to 9 of 9"):
        assert f"At each dose: {which}" in said
    names = [one.title.words for table in tables(facts) for one in table.columns[2:]]
    assert len(set(names)) == 9
    for count in range(1, 10):
        found = tables(make_checklist(given=0, items=count))
        assert max(len(table.columns) for table in found) <= 2 + 4
        assert sum(len(table.columns) - 2 for table in found) == count


def test_what_was_recorded_stands_in_the_place_of_boxes_with_who_recorded_it() -> None:
    said = words(make_checklist(given=15))
    assert GIVEN not in said
    assert said.count("given 13:30") == 5 * 2
    assert said.count("recorded by A. Ruiz") == 3 * 15


def test_there_is_a_key_of_initials_and_it_stands_with_the_signatures() -> None:
    said = words(make_checklist(given=0))
    assert said.index("Everybody who wrote on this sheet") < said.index("Signatures")


def test_doses_that_a_stop_cancelled_have_no_boxes() -> None:
    said = words(stopped(make_checklist(given=10)))
    assert GIVEN not in said
    assert said.count("cancelled: STOP") == 5 * 3


def test_a_list_without_an_item_is_refused() -> None:
    with pytest.raises(SheetRefused, match="no premedication"):
        compose_premedication(replace(make_checklist(given=0), items=()))


@pytest.mark.parametrize("paper", PAPERS)
def test_patient_a_then_b_then_a_again_gives_the_same_bytes(paper: str) -> None:
    facts = make_checklist(given=4)
    other = replace(facts, patient=cycles().long_name().patient)
    first = render(compose_premedication(facts), paper)
    assert render(compose_premedication(other), paper) != first
    assert render(compose_premedication(facts), paper) == first
