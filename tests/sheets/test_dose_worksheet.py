"""The dose worksheet: amounts apart and large, lines to write on, what must not be given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from every_example import PAPERS
from examples_dose_worksheet import WRONG_WEIGHT, make_worksheet
from fictional import cycles

from il2desk.sheets import compose_dose_worksheet, render
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Field, SheetModel


def lines_to_write_on(model: SheetModel) -> set[str]:
    parts = (part for section in model.sections for part in section.parts)
    blocks = (block for part in parts for block in part)
    return {block.label.words for block in blocks if isinstance(block, Field) and not block.values}


def test_dose_and_prepared_dose_stand_apart_and_the_volume_to_draw_is_largest() -> None:
    model = compose_dose_worksheet(make_worksheet(released=False))
    large = [text.words for text in model.texts() if text.role is Role.DOSE]
    assert large[:2] == [
        "4.9248\u00a0million\u00a0international\u00a0units",
        "4.86\u00a0million\u00a0international\u00a0units",
    ]
    assert [text.words for text in model.texts() if text.role is Role.DRAW] == ["0.27\u00a0mL"]
    assert Role.DRAW.style.size > Role.DOSE.style.size >= 14


def test_before_the_release_there_are_lines_to_write_on() -> None:
    model = compose_dose_worksheet(make_worksheet(released=False))
    assert {
        "Reconstituted at", "Use before", "Appearance, particles, as seen",
        "Labels printed, used, destroyed", "Deviations",
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
    assert first.texts[0].words.startswith("DO NOT GIVE: Released 12-Mar-2026 13:41")


@pytest.mark.parametrize("paper", PAPERS)
def test_patient_a_then_b_then_a_again_gives_the_same_bytes(paper: str) -> None:
    facts = make_worksheet(released=True)
    other = replace(facts, patient=cycles().long_name().patient)
    first = render(compose_dose_worksheet(facts), paper)
    assert render(compose_dose_worksheet(other), paper) != first
    assert render(compose_dose_worksheet(facts), paper) == first
