"""The premedication checklist on paper: boxes for every item and dose, totals to write, no box for a block."""

from __future__ import annotations

from dataclasses import replace

import pytest
from every_example import PAPERS
from examples_premedication import make_checklist, stopped
from fictional import cycles

from il2desk.sheets import PremedicationSheetFacts, SheetRefused, compose_premedication, render

BOXES = "\u2610\u00a0given  \u2610\u00a0not\u00a0given"


def words(facts: PremedicationSheetFacts) -> list[str]:
    return [text.words for text in compose_premedication(facts).texts()]


def test_every_item_of_every_dose_has_boxes_and_a_blocked_one_none_for_given() -> None:
    said = words(make_checklist(given=0))
    assert said.count(BOXES) == 2 * 15
    assert said.count("BLOCKED  \u2610\u00a0not\u00a0given") == 15


def test_an_item_with_a_daily_maximum_has_a_line_for_its_total() -> None:
    said = words(make_checklist(given=0))
    assert sum("24\u00a0hours _____ of\u00a03.9\u00a0g" in one for one in said) == 15


def test_every_cell_has_a_line_for_time_and_initials() -> None:
    said = words(make_checklist(given=0))
    line = "_" * 7
    assert sum(f"at\u00a0{line}\u00a0by\u00a0{line}" in one for one in said) == 3 * 15


def test_what_was_recorded_stands_in_the_place_of_boxes() -> None:
    said = words(make_checklist(given=15))
    assert BOXES not in said
    assert said.count("given 13:30") == 15


def test_doses_that_a_stop_cancelled_have_no_boxes() -> None:
    said = words(stopped(make_checklist(given=10)))
    assert BOXES not in said
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
