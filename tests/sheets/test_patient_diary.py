"""The patient diary as composed: every day, volume beside its day, nothing to work out, plain words."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from il2desk.sheets import SheetModel, SheetRefused, compose_patient_diary, render
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Table


@pytest.fixture(scope="module")
def diaries() -> ModuleType:
    path = Path(__file__).with_name("examples_patient_diary.py")
    spec = importlib.util.spec_from_file_location("examples_patient_diary", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def text(model: SheetModel, paper: str = "A4") -> str:
    pages = pypdf.PdfReader(BytesIO(render(model, paper))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tables(model: SheetModel) -> list[Table]:
    blocks = [block for section in model.sections for part in section.parts for block in part]
    return [block for block in blocks if isinstance(block, Table)]


def test_every_day_has_a_line_with_its_volume_or_no_injection(diaries: ModuleType) -> None:
    calendar = tables(diaries.examples()["15 doses"])[0]
    assert len(calendar.rows) == 21
    said = [(row[1][0].words, row[2][0].words) for row in calendar.rows]
    assert said[0] == ("aldesleukin", "1\u00a0mL")
    assert said[5] == ("NO INJECTION", "none")
    assert said[9] == ("aldesleukin", "0.27\u00a0mL")
    assert {row[2][0].role for row in calendar.rows if row[2][0].words != "none"} == {Role.DOSE}


def test_dose_and_what_the_syringe_holds_stand_each_on_its_line(diaries: ModuleType) -> None:
    calendar = tables(diaries.examples()["held and given"])[0]
    dose, held = calendar.rows[-1][3]
    assert (dose.words, dose.role) == (diaries.LOW, Role.DOSE)
    assert held.words == "the syringe holds 4.86\u00a0million\u00a0international\u00a0units"


def test_two_drugs_of_a_day_both_name_the_day(diaries: ModuleType) -> None:
    calendar = tables(diaries.examples()["held and given"])[0]
    assert [row[0][0].words for row in calendar.rows[:2]] == ["Thu\u00a001-Mar-2026"] * 2
    assert calendar.rows[1][0][-1].words == "the same day"


def test_a_held_or_given_dose_shows_no_volume(diaries: ModuleType) -> None:
    calendar = tables(diaries.examples()["held and given"])[0]
    assert [row[2][0].words for row in (calendar.rows[0], calendar.rows[2])] == [
        "nothing to inject"
    ] * 2
    assert calendar.rows[2][3][0].words == "ON HOLD: nothing until you are told"


def test_a_row_for_each_injection_to_come_high_enough_for_a_pen(diaries: ModuleType) -> None:
    diary = tables(diaries.examples()["held and given"])[1]
    assert diary.least_row > PEN_ROW
    named = [row[0][0].words.replace("\u00a0", " ") for row in diary.rows if row[0]]
    assert named == [
        "Thu 01-Mar-2026\ninterferon alfa-2b", "Thu 04-Mar-2026\naldesleukin 12:00",
    ]  # fmt: skip
    assert all(cell == () for row in diary.rows for cell in row[1:])


def test_without_words_of_the_protocol_a_missed_dose_is_a_call(diaries: ModuleType) -> None:
    said = text(diaries.examples()["one dose"])
    assert "Missed a dose, or not sure whether it was injected: call." in said
    assert "Places to inject" not in said
    said = text(diaries.examples()["words of the protocol"])
    assert "Skip it and go on with the next day. (protocol, page 4)" in said
    assert "Places to inject, by the protocol: thigh; abdomen (protocol, page 4)" in said
    assert "Not in this diary: histamine (intravenous)." in said


def test_an_injection_without_volume_or_dose_is_refused(diaries: ModuleType) -> None:
    for gap in ({"volume": ""}, {"dose": ""}):
        broken = replace(diaries.INJECTION, **gap)
        with pytest.raises(SheetRefused, match="aldesleukin has no volume or no dose"):
            compose_patient_diary(diaries.facts(diaries.day(1, broken)))


def test_a_cycle_with_nothing_to_come_makes_no_diary(diaries: ModuleType) -> None:
    with pytest.raises(SheetRefused, match="No injection of this cycle is to come"):
        compose_patient_diary(diaries.facts(diaries.day(1, diaries.GIVEN), diaries.day(2)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_all_examples_render_upright_and_the_same_again(diaries: ModuleType, paper: str) -> None:
    for model in diaries.examples().values():
        pdf = render(model, paper)
        assert render(model, paper) == pdf
        size = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
        assert size.height > size.width
