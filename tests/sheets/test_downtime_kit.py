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

from il2desk.sheets import (
    SheetGap,
    SheetModel,
    SheetRefused,
    compose_downtime_kit,
    page_count,
    render,
)
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
    last = next(at for at, page in enumerate(found) if "Protocol: SITE" in page)
    assert last >= 3
    for page in found[1:last]:
        assert "Born 04-Mar-1961" in page
        assert "Trial No. NPC-0" in page
        assert "Known allergies" in page


def test_a_dose_stands_alone_on_its_line_and_large(kits: ModuleType) -> None:
    amounts = [one for one in blocks(kits.examples()["one dose"]) if isinstance(one, Amount)]
    assert [one.label.words for one in amounts] == ["DOSE", "Prepared"]
    assert {one.amount.role for one in amounts} == {Role.DOSE}
    assert [one.amount.words for one in amounts] == [
        kits.MEDICINE.exact_dose,
        kits.MEDICINE.prepared_dose,
    ]
    said = [text.words for text in amounts[0].below]
    assert said == ["dose 7", "for the dosing weight 68.4\u00a0kg of 10-Mar-2026 08:05 only"]


def test_a_held_dose_says_in_its_row_that_no_dose_is_printed(kits: ModuleType) -> None:
    text = " ".join(pages(kits.examples()["held and released"]))
    assert "NO DOSE IS PRINTED: The dose is on HOLD." in text
    assert "Checked again before each dose: the paper shows the state at 14:02." in text
    assert "GAP: Volume" in text


def test_what_happens_has_a_row_for_each_dose_and_one_more(kits: ModuleType) -> None:
    happened = pen_table(compose_downtime_kit(kits.facts(kits.held())), "Vials wasted")
    assert happened.least_row > PEN_ROW
    assert names(happened) == [
        "7 at 14:00\n12-Mar-2026\nHOLD 13:42", "8 at 22:00\n12-Mar-2026", "9 at 06:00\n13-Mar-2026",
        "10 at 14:00\n13-Mar-2026",
        "interferon alfa-2b, day 3\naldesleukin is on HOLD: ask the prescriber whether this goes on", "",
    ]  # fmt: skip


def pen_table(model: SheetModel, last: str) -> Table:
    tables = [one for one in blocks(model) if isinstance(one, Table)]
    (found,) = [one for one in tables if one.columns[-1].title.words == last]
    return found


def names(table: Table) -> list[str]:
    return [row[0][0].words if row[0] else "" for row in table.rows]


def column(table: Table, title: str) -> list[str]:
    at = [one.title.words for one in table.columns].index(title)
    return [" ".join(text.words for text in row[at]) for row in table.rows]


def test_what_was_given_is_of_the_total_and_never_of_the_drug(kits: ModuleType) -> None:
    happened = pen_table(compose_downtime_kit(kits.facts(kits.held())), "Vials wasted")
    total = "of 5\u00a0mL total"
    assert column(happened, "of mL TOTAL") == ["", total, total, total, "", ""]
    assert column(happened, "mL given") == [""] * 6


def test_the_preparation_is_recorded_with_both_volumes_printed(kits: ModuleType) -> None:
    made = pen_table(compose_downtime_kit(kits.facts(kits.held())), "Checked by")
    assert names(made)[0].endswith("HOLD 13:42")
    assert column(made, "DRUG to draw up") == ["", *["0.27\u00a0mL"] * 3]
    assert column(made, "TOTAL to make up") == ["", *["5\u00a0mL"] * 3]
    titles = " ".join(one.title.words for one in made.columns)
    for word in ("lot, expiry", "Reconstituted", "DRUG drawn", "Use before", "Prepared by"):
        assert word in titles
    assert made.least_row > PEN_ROW


def test_a_dose_that_is_withheld_without_a_hold_says_so_in_its_pen_rows(kits: ModuleType) -> None:
    first, *others = kits.patient().doses
    stopped = replace(first, no_dose=("Weigh first.",), drug_volume="", total_volume="")
    one = kits.patient(doses=4)
    one = replace(one, doses=(stopped, *others), amounts=(kits.amount(8, 10),))
    made = pen_table(compose_downtime_kit(kits.facts(one)), "Checked by")
    assert names(made)[0] == "7 at 14:00\n12-Mar-2026\nNO DOSE PRINTED"


def test_an_overdue_dose_asks_in_its_pen_rows_and_has_nothing_to_draw_up(kits: ModuleType) -> None:
    made = pen_table(kits.examples()["15 doses"], "Checked by")
    late = "OVERDUE: ask whether it was given"
    assert [name.split("\n")[-1] == late for name in names(made)] == [True] * 11 + [False] * 4
    assert column(made, "DRUG to draw up") == [*[""] * 11, *["0.27\u00a0mL"] * 4]
    (box, _) = [one for one in blocks(kits.examples()["15 doses"]) if isinstance(one, Amount)]
    assert box.below[0].words.replace("\u00a0", " ") == "doses 12 to 15"


def test_a_stop_says_so_in_its_pen_rows_and_above_the_premedication(kits: ModuleType) -> None:
    model = kits.examples()["stopped"]
    assert names(pen_table(model, "Checked by")) == ["7 at 14:00\n12-Mar-2026\nSTOP 13:42"]
    text = " ".join(pages(model))
    assert "Dose 7: STOP 13:42. No premedication for this dose without a new decision." in text
    assert "NO DOSE PRINTED" not in text


def test_a_dose_that_lies_prepared_is_not_printed_to_be_drawn_up_again(kits: ModuleType) -> None:
    model = compose_downtime_kit(kits.facts(kits.released()))
    made = pen_table(model, "Checked by")
    assert names(made)[0] == "7 at 14:00\n12-Mar-2026\nPREPARED 13:48"
    assert column(made, "DRUG to draw up") == ["", *["0.27\u00a0mL"] * 3]
    assert column(made, "TOTAL to make up") == ["", *["5\u00a0mL"] * 3]
    given = column(pen_table(model, "Vials wasted"), "of mL TOTAL")
    assert given == [*["of 5\u00a0mL total"] * 4, ""]


def test_a_box_that_names_a_withheld_dose_is_refused(kits: ModuleType) -> None:
    wrong = replace(kits.held(), amounts=(kits.amount(7, 10),))
    with pytest.raises(SheetRefused, match=r"NPC-014, dose 7: .* contradict"):
        compose_downtime_kit(kits.facts(wrong))


def test_a_dose_with_neither_box_nor_reason_is_refused(kits: ModuleType) -> None:
    wrong = replace(kits.patient(), amounts=(kits.amount(7, 9),))
    with pytest.raises(SheetRefused, match=r"dose 10: .* contradict"):
        compose_downtime_kit(kits.facts(wrong))


def test_a_box_that_names_a_dose_that_is_not_open_is_refused(kits: ModuleType) -> None:
    wrong = replace(kits.patient(), amounts=(kits.amount(6, 10),))
    with pytest.raises(SheetRefused, match="names dose 6, which is not open"):
        compose_downtime_kit(kits.facts(wrong))


def test_a_listed_dose_of_these_hours_without_a_page_is_refused(kits: ModuleType) -> None:
    listed = (kits.listed(kits.patient()),)
    with pytest.raises(SheetRefused, match=r"NPC-014 has a dose due 12-Mar-2026 14:00 .* no page"):
        compose_downtime_kit(kits.facts(listed=listed))


def test_route_and_duration_stand_with_the_drug_and_a_gap_by_its_name(kits: ModuleType) -> None:
    text = " ".join(pages(kits.examples()["one dose"]))
    gap = kits.patient(duration=SheetGap("Infusion time", ""))
    assert "\u00b7 GAP: Infusion time" in " ".join(pages(compose_downtime_kit(kits.facts(gap))))
    assert "aldesleukin \u00b7 intravenous \u00b7 over 5 minutes" in text


def test_the_premedication_says_amounts_and_what_is_blocked(kits: ModuleType) -> None:
    found = pages(kits.examples()["one dose"])
    (page,) = [page for page in found if "Premedication: high-dose-consensus" in page]
    assert "Before the dose" in page  # beside the rows in which it is written
    for fact in (
        "650 mg", "by mouth", "every 4 hours", "3.9 g", "BLOCKED: creatinine above 2 mg per dL",
        "acetaminophen: last given 12-Mar-2026 13:30, not again before 12-Mar-2026 17:30",
    ):  # fmt: skip
        assert fact in page, fact


def test_the_list_says_a_hold_and_a_long_name_is_in_one_piece(kits: ModuleType) -> None:
    first = pages(kits.examples()["held and released"])[0]
    assert "12-Mar-2026 14:00 HOLD 13:42 Dose 7: DUE 14:00; HOLD; to be skipped." in first
    assert "I received it on the ward" in first
    for paper in ("A4", "Letter"):
        named = pages(kits.examples()["long names"], paper)[0]
        assert "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, Maximiliana" in named


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


def test_a_day_of_four_doses_is_three_pages_a_patient(kits: ModuleType) -> None:
    one = kits.facts(kits.patient())
    two = kits.facts(kits.patient(), kits.patient(kits.CHINESE))
    for paper in ("A4", "Letter"):
        more = page_count(render(compose_downtime_kit(two), paper))
        assert more - page_count(render(compose_downtime_kit(one), paper)) == 3
