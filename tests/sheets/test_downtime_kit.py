"""The downtime kit as composed: the age of the paper, whose page it is, DOSE or why none, room to write."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdf
import pytest

from il2desk.sheets import SheetModel, SheetRefused, compose_downtime_kit, page_count, render
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Amount, Table


@pytest.fixture(scope="module")
def kits() -> ModuleType:
    path = Path(__file__).with_name("examples_downtime_kit.py")
    spec = importlib.util.spec_from_file_location("examples_downtime_kit", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pages(model: SheetModel, paper: str = "A4") -> list[str]:
    reader = pypdf.PdfReader(BytesIO(render(model, paper)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def blocks(model: SheetModel) -> Iterator[Any]:
    for section in model.sections:
        for part in section.parts:
            yield from part


def test_every_page_says_its_moment_and_its_end_in_large_type(kits: ModuleType) -> None:
    model = kits.examples()["held and released"]
    for page in pages(model):
        assert "The state at 12-Mar-2026 14:02 (+01:00)" in page
        assert "NOT TO BE USED AFTER 13-Mar-2026 14:02 (+01:00)" in page
    assert {pair.value.role for pair in model.frame.identity[0]} == {Role.TITLE}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["15 doses", "five-line allergy", "long names", "chinese name"])
def test_every_page_of_a_patient_says_who_it_is(kits: ModuleType, name: str, paper: str) -> None:
    """A page that came loose from the pile must not be taken for another patient's."""
    model = kits.examples()[name]
    found = pages(model, paper)
    last = next(at for at, page in enumerate(found) if "Protocol: npc-bolus" in page)
    assert last >= 3
    for page in found[1:last]:
        assert "Born 04-Mar-1961" in page
        assert "Trial No. NPC-0" in page
        assert "Known allergies" in page


def test_a_dose_stands_alone_on_its_line_and_large(kits: ModuleType) -> None:
    amounts = [one for one in blocks(kits.examples()["one dose"]) if isinstance(one, Amount)]
    assert [one.label.words for one in amounts] == ["DOSE", "Prepared"]
    assert {one.amount.role for one in amounts} == {Role.DOSE}
    assert [one.amount.words for one in amounts] == [kits.DOSE, kits.DOSE]
    said = [text.words for text in amounts[0].below]
    assert said == ["dose 1", "for the dosing weight 70\u00a0kg of 10-Mar-2026 08:00 only"]


def test_a_held_dose_says_in_its_row_that_no_dose_is_printed(kits: ModuleType) -> None:
    text = " ".join(pages(kits.examples()["held and released"]))
    assert "NO DOSE IS PRINTED: The dose is on HOLD." in text
    assert "Checked again before each dose: the paper shows the state at 14:02." in text
    assert "GAP: Volume" in text


def test_what_happens_has_a_row_for_each_dose_and_one_more(kits: ModuleType) -> None:
    tables = [one for one in blocks(kits.examples()["held and released"]) if isinstance(one, Table)]
    (happened,) = [one for one in tables if one.columns[-1].title.words == "Vials wasted"]
    assert happened.least_row > PEN_ROW
    begun = [row[0][0].words if row[0] else "" for row in happened.rows]
    assert begun == ["1\n14:00", "2\n22:00", "interferon alfa-2b, day 3", ""]
    assert all(cell == () for row in happened.rows for cell in row[1:])


def test_a_patient_with_nothing_due_is_listed_and_has_no_page(kits: ModuleType) -> None:
    found = pages(kits.examples()["nothing due"])
    assert "LÖWENSTEIN, Maria (Ms)" in found[0]
    assert not [page for page in found if "Vials wasted" in page]


def test_nobody_on_treatment_makes_no_kit(kits: ModuleType) -> None:
    with pytest.raises(SheetRefused, match="Nobody is on treatment"):
        compose_downtime_kit(kits.facts())


def test_a_patient_without_birth_date_is_refused_by_name(kits: ModuleType) -> None:
    nameless = kits.patient(replace(kits.PATIENT, born=""))
    with pytest.raises(SheetRefused, match="date of birth"):
        compose_downtime_kit(kits.facts(nameless))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_then_b_then_a_again(kits: ModuleType, paper: str) -> None:
    first = render(kits.examples()["one dose"], paper)
    other = render(kits.examples()["40 lines"], paper)
    assert render(kits.examples()["one dose"], paper) == first != other


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_any_number_of_open_doses_finds_its_pages(kits: ModuleType, paper: str) -> None:
    for count in (4, 5, 6, 7, 8, 9, 30):
        allergic = kits.patient(kits.ALLERGIC, doses=count)
        assert page_count(render(compose_downtime_kit(kits.facts(allergic)), paper)) >= 5


def test_a_day_of_three_doses_is_two_pages_a_patient(kits: ModuleType) -> None:
    one = kits.facts(kits.patient())
    two = kits.facts(kits.patient(), kits.patient(kits.CHINESE))
    for paper in ("A4", "Letter"):
        more = page_count(render(compose_downtime_kit(two), paper))
        assert more - page_count(render(compose_downtime_kit(one), paper)) == 2
