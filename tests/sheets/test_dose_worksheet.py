"""The dose worksheet: amounts apart and large, lines to write on, what must not be given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from every_example import PAPERS
from examples_dose_worksheet import WRONG_WEIGHT, make_worksheet
from fictional import cycles

from il2desk.sheets import compose_dose_worksheet, render
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Field, SheetModel


def lines_to_write_on(model: SheetModel) -> set[str]:
    parts = (part for section in model.sections for part in section.parts)
    blocks = (block for part in parts for block in part)
    return {block.label.words for block in blocks if isinstance(block, Field) and not block.values}


def test_dose_and_prepared_dose_stand_apart_and_the_volume_to_draw_is_largest() -> None:
    model = compose_dose_worksheet(make_worksheet(released=False))
    large = [text.words for text in model.texts() if text.role is Role.DOSE]
    assert large[:3] == [
        "4.9248\u00a0million\u00a0international\u00a0units",  # in the head of every page
        "4.9248\u00a0million\u00a0international\u00a0units",
        "4.86\u00a0million\u00a0international\u00a0units",
    ]
    assert [text.words for text in model.texts() if text.role is Role.DRAW] == ["0.27\u00a0mL"]
    assert Role.DRAW.style.size > Role.DOSE.style.size >= 14


def test_before_the_release_there_are_lines_to_write_on() -> None:
    model = compose_dose_worksheet(make_worksheet(released=False))
    assert {
        "Reconstituted at", "Use before", "Appearance, particles, as seen",
        "Labels printed", "Labels used", "Labels destroyed", "Deviations", "Container",
        "Glucose 5\u00a0%: lot, expiry", "Liquid in the vials: lot, expiry",
    } <= lines_to_write_on(model)  # fmt: skip
    assert model.watermark == ("NOT VERIFIED",)


def test_no_appearance_is_promised_that_no_source_states() -> None:
    said = " ".join(
        text.words for text in compose_dose_worksheet(make_worksheet(released=True)).texts()
    )
    assert "clear" not in said


def test_what_must_not_be_given_says_so_on_every_page_and_first() -> None:
    wrong = replace(make_worksheet(released=True), against=(WRONG_WEIGHT,))
    model = compose_dose_worksheet(wrong)
    assert model.watermark[0] == model.frame.marks[0].words == "DO NOT GIVE"
    first = model.sections[0].parts[0][1]
    assert first.texts[0].words.startswith("DO NOT GIVE: Released 12-Mar-2026 21:48")


@pytest.mark.parametrize("paper", PAPERS)
def test_patient_a_then_b_then_a_again_gives_the_same_bytes(paper: str) -> None:
    facts = make_worksheet(released=True)
    other = replace(facts, patient=cycles().long_name().patient)
    first = render(compose_dose_worksheet(facts), paper)
    assert render(compose_dose_worksheet(other), paper) != first
    assert render(compose_dose_worksheet(facts), paper) == first


def amounts(model: SheetModel) -> list[Amount]:
    blocks = (block for section in model.sections for part in section.parts for block in part)
    return [block for block in blocks if isinstance(block, Amount)]


def test_no_amount_of_what_must_not_be_given_stands_as_if_it_held() -> None:
    wrong = replace(make_worksheet(released=True), against=(WRONG_WEIGHT,))
    model = compose_dose_worksheet(wrong)
    boxes = amounts(model)
    assert {box.amount.words for box in boxes} == {"DO NOT GIVE"}
    assert all(text.struck for box in boxes for text in box.below)
    head = {pair.label.words: pair.value.words for line in model.frame.identity for pair in line}
    assert {head[label] for label in ("DOSE", "Draw up", "Total")} == {"DO NOT GIVE"}
    said = [text.words for text in model.texts()]
    assert "Preparation recipe \u2013 DO NOT GIVE" in said
    signed = said.index("Signatures")
    assert said[signed - 1] == next(one for one in said if one.startswith("DO NOT GIVE: "))


def test_every_page_carries_dose_volume_to_draw_and_total() -> None:
    model = compose_dose_worksheet(make_worksheet(released=False))
    head = {pair.label.words: pair.value.words for line in model.frame.identity for pair in line}
    assert (head["Draw up"], head["Total"]) == ("0.27\u00a0mL", "5\u00a0mL")
    assert head["DOSE"] == "4.9248\u00a0million\u00a0international\u00a0units"


def test_what_is_not_diluted_has_neither_container_nor_diluent() -> None:
    plain = replace(make_worksheet(released=False), total="", diluent="")
    lines = lines_to_write_on(compose_dose_worksheet(plain))
    assert "Liquid in the vials: lot, expiry" in lines
    assert "Container" not in lines


def test_a_container_that_a_source_names_is_printed_and_not_asked_for() -> None:
    named = replace(make_worksheet(released=False), container="bag of 50\u00a0mL")
    model = compose_dose_worksheet(named)
    assert "Container" not in lines_to_write_on(model)
    assert "bag of 50\u00a0mL" in [text.words for text in model.texts()]
