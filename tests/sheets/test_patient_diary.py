"""The patient diary as composed: every day, volume beside its day, nothing to work out, plain words."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from il2desk.sheets import SheetModel, SheetRefused, compose_patient_diary, render
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Field, Table, Text


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


def words(cell: Iterable[Text]) -> list[str]:
    return [one.words.replace("\u00a0", " ") for one in cell]


def test_every_day_has_a_line_with_its_volume_or_no_injection(diaries: ModuleType) -> None:
    calendar = tables(diaries.examples()["15 doses"])[0]
    assert len(calendar.rows) == 21
    said = [(row[1][0].words, row[2][0].words) for row in calendar.rows]
    assert said[0] == ("aldesleukin", "0.95\u00a0mL")
    assert said[5] == ("NO INJECTION", "none")
    assert said[9] == ("aldesleukin", "0.27\u00a0mL")
    assert {row[2][0].role for row in calendar.rows if row[2][0].words != "none"} == {Role.DOSE}


def test_a_rounded_dose_leads_with_what_the_label_says_and_names_the_dose_below(
    diaries: ModuleType,
) -> None:
    cell = tables(diaries.examples()["15 doses"])[0].rows[9][3]
    assert words(cell) == [
        "4.86 million international units", "prepared, in 0.27 mL",
        "DOSE 4.9248 million international units prescribed",
    ]  # fmt: skip
    assert [one.role for one in cell] == [Role.DOSE, Role.BODY, Role.BODY]
    said = text(diaries.examples()["15 doses"])
    assert (
        "compare your name, the name of the medicine and the volume with the label of the syringe. If "
        "one is not the same, or you were told otherwise: do not inject, call." in said
    )


def test_a_dose_that_is_not_rounded_prints_once(diaries: ModuleType) -> None:
    cell = tables(diaries.examples()["15 doses"])[0].rows[0][3]
    assert words(cell) == ["17.1 million international units", "prepared, in 0.95 mL"]


def test_a_diluted_dose_tells_what_was_drawn_and_a_released_one_its_end(
    diaries: ModuleType,
) -> None:
    diluted = tables(diaries.examples()["diluted"])[0].rows[0]
    assert words(diluted[2]) == ["25 mL"]
    assert words(diluted[3])[1] == "prepared, in 0.95 mL; total 25 mL"
    released = tables(diaries.examples()["released"])[0].rows[0]
    assert words(released[3])[-1] == "Use before 17-Mar-2026 09:10"


def test_a_vial_is_named_by_its_content_in_full_and_a_time_that_is_not_planned_is_a_line(
    diaries: ModuleType,
) -> None:
    row = tables(diaries.examples()["words of the protocol"])[0].rows[1]
    assert words(row[1]) == ["interferon alfa-2b", "time: ________"]
    assert words(row[3])[-1] == (
        "from the multidose vial of 25 million international units: that is the whole vial, not the "
        "dose"
    )


def test_two_drugs_of_a_day_both_name_the_day(diaries: ModuleType) -> None:
    calendar = tables(diaries.examples()["held and given"])[0]
    assert [row[0][0].words for row in calendar.rows[:2]] == ["Mon\u00a016-Mar-2026"] * 2
    assert calendar.rows[1][0][-1].words == "the same day"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_injections_of_a_day_are_never_on_two_pages(diaries: ModuleType, paper: str) -> None:
    for lead in range(8):  # wherever the first page ends
        days = (*(diaries.day(n) for n in range(1, lead + 1)),)
        rest = (diaries.day(n, diaries.LOWER, diaries.INTERFERON) for n in range(lead + 1, 29))
        model = compose_patient_diary(diaries.facts(*days, *rest))
        pages = pypdf.PdfReader(BytesIO(render(model, paper))).pages
        for page in pages:
            said = page.extract_text()
            assert said.count("prescribed") == said.count("multidose vial")  # the calendar
            own = [line.strip() for line in said.splitlines()]
            assert own.count("aldesleukin 12:00") == own.count("interferon alfa-2b")  # for a pen


def test_no_volume_stands_behind_a_hold(diaries: ModuleType) -> None:
    for name, why in (("held and given", "ON HOLD"), ("not assessed", "NOT ASSESSED")):
        calendar = tables(diaries.examples()[name])[0]
        rows = [[" ".join(words(cell)) for cell in row] for row in calendar.rows]
        held = [row[1:] for row in rows if row[1].endswith("aldesleukin at 12:00")]
        assert held[0] == ["aldesleukin at 12:00", "nothing to inject", "Given"]
        assert held[1] == [
            "DO NOT INJECT aldesleukin at 12:00", "nothing to inject",
            f"{why}: nothing until you are told",
        ]  # fmt: skip
        waits = "only after you are told to go on"
        assert [row[1] for row in held[2:]] == [waits] * 2
        assert "aldesleukin: only after you are told to go on" in text(diaries.examples()[name])


def test_another_drug_goes_on_in_a_hold_only_where_a_hand_says_so(diaries: ModuleType) -> None:
    said = text(diaries.examples()["held and given"])
    assert (
        "Do not inject aldesleukin until you are told to go on. You then get a new diary;" in said
    )
    assert "inject interferon alfa-2b only if this line says that it goes on:" in said
    assert "Goes on? Who says so, date" in said


def test_in_a_hold_the_row_and_the_total_of_another_drug_repeat_the_condition(
    diaries: ModuleType,
) -> None:
    """Read alone, a row with a volume or a plain total would say to inject."""
    model, only = (
        diaries.examples()["held and given"],
        'only if the line "Goes on?" says that it goes on',
    )
    (row,) = [
        row
        for row in tables(model)[0].rows
        if words(row[1]) == ["interferon alfa-2b", "time: ________"]
    ]
    assert words(row[2]) == [only, "0.3 mL"]
    said = text(model)
    assert f"interferon alfa-2b, {only}: 1 injection of 0.3 mL, on 18-Mar-2026" in said
    assert "interferon alfa-2b: 1 injection" not in said
    assert "Goes on?" not in text(diaries.examples()["40 lines"])


def test_a_day_gone_by_and_a_day_beyond_the_weight_have_no_volume(diaries: ModuleType) -> None:
    model = diaries.examples()["days gone by"]
    rows = [[" ".join(words(cell)) for cell in row[1:]] for row in tables(model)[0].rows]
    late = ["nothing to inject", "Not recorded: do not inject, call."]
    assert rows[:3] == [
        ["DO NOT INJECT aldesleukin at 12:00", *late], ["DO NOT INJECT interferon alfa-2b", *late],
        ["DO NOT INJECT aldesleukin at 12:00", *late],
    ]  # fmt: skip
    assert rows[6][:2] == ["aldesleukin at 12:00", "only after you were weighed"]
    said = text(model)
    assert "aldesleukin: 1 injection of 0.95 mL, on 18-Mar-2026" in said
    assert "aldesleukin, not recorded, not to be injected: 2" in said
    assert "aldesleukin, without a volume, only after you were weighed: 1" in said
    only = diaries.facts(diaries.day(1, diaries.UNWEIGHED))
    assert "only after you were weighed" in text(compose_patient_diary(only))


def test_where_everything_is_on_hold_the_older_paper_is_replaced_all_the_same(
    diaries: ModuleType,
) -> None:
    held = diaries.facts(
        diaries.day(1, diaries.FORBIDDEN), diaries.day(2, diaries.WAITING),
        on_hold="aldesleukin", storage=(),
    )  # fmt: skip
    said = text(compose_patient_diary(held))
    assert "0.95" not in said
    assert "aldesleukin, without a volume, not to be injected: 2" in said


def test_a_row_for_every_open_injection_and_every_other_day(diaries: ModuleType) -> None:
    diary = tables(diaries.examples()["held and given"])[1]
    assert diary.least_row > PEN_ROW
    named = [row[0][0].words.replace("\u00a0", " ") for row in diary.rows if row[0]]
    assert named == [
        "Mon 16-Mar-2026\nnothing more to inject", "Tue 17-Mar-2026\nno injection",
        "Wed 18-Mar-2026\naldesleukin: DO NOT INJECT",
        'Wed 18-Mar-2026\ninterferon alfa-2b: only if the line "Goes on?" says that it goes on',
        "Thu 19-Mar-2026\naldesleukin: only after you are told to go on",
        "Fri 20-Mar-2026\naldesleukin: only after you are told to go on",
    ]  # fmt: skip
    assert all(cell == () for row in diary.rows for cell in row[1:])
    assert words([column.title for column in diary.columns])[:2] == [
        "Day and medicine", "Time, or why not",
    ]  # fmt: skip


def test_without_words_of_the_protocol_a_missed_dose_is_a_call(diaries: ModuleType) -> None:
    said = text(diaries.examples()["one dose"])
    assert "If you missed a dose: do not inject it later, call." in said
    assert "Not sure whether it was injected: do not inject, call." in said
    assert "Places to inject" not in said


def test_the_protocols_words_say_what_they_are_of(diaries: ModuleType) -> None:
    said = text(diaries.examples()["words of the protocol"])
    for fact in (
        "If you missed a dose: Skip it and go on with the next day. (protocol, page 4)",
        "Not sure whether it was injected: do not inject, call.",
        "Call at once: breathlessness, chest pain, fainting (protocol, page 5)",
        "Write down: fever, chills, weakness, nausea, redness where you injected (protocol, page 5)",
        "Places to inject, by the protocol: thigh; abdomen (protocol, page 4)",
        "Not where you injected last time; write left or right.",
        "Keep aldesleukin: reconstituted solution at 2 to 8 °C (Summary",
        "histamine (intravenous) is not in this diary. Do not inject it yourself.",
    ):
        assert fact in said, fact
    assert "GAP" not in said


def test_what_no_source_says_is_a_gap_with_a_line_for_a_pen(diaries: ModuleType) -> None:
    model = diaries.examples()["diluted"]
    said = text(model)
    assert (
        "GAP: Call at once for; Symptoms to write down; Where to inject; How to keep aldesleukin."
        in said
    )
    assert "Not where you injected last time" not in said
    assert "histamine (oral) is not in this diary. Ask how you get it." in said
    blocks = [block for section in model.sections for part in section.parts for block in part]
    lines = {block.label.words for block in blocks if isinstance(block, Field) and not block.values}
    assert {
        "Telephone, by day", "Telephone, at night", "Call at once for", "Symptoms to write down",
        "Where to inject", "How to keep aldesleukin",
    } <= lines  # fmt: skip


def test_who_filled_in_who_wrote_and_who_reviewed_sign_below_the_control_total(
    diaries: ModuleType,
) -> None:
    model = diaries.examples()["40 lines"]
    last = pypdf.PdfReader(BytesIO(render(model, "A4"))).pages[-1].extract_text()
    said = " ".join(last.split())
    total = (
        "aldesleukin: 7 injections of 0.95 mL, 13 injections of 0.27 mL, 16-Mar-2026 to 10-Apr-2026 "
        "interferon alfa-2b: 20 injections of 0.3 mL, 16-Mar-2026 to 10-Apr-2026 Signatures"
    )
    for fact in (
        total, "I filled in both telephone numbers and every gap, and explained this diary",
        "These entries are mine", "It was returned to me on this date, and I reviewed the entries",
    ):  # fmt: skip
        assert fact in said, fact


def test_what_waits_for_a_second_person_is_not_handed_out(diaries: ModuleType) -> None:
    said = text(diaries.examples()["marked"])
    assert "NOT VERIFIED. Do not hand out. A second person has not signed: dose 1." in said
    assert "Do not hand out" not in text(diaries.examples()["one dose"])


def test_nobody_lies_in_a_bed_at_home(diaries: ModuleType) -> None:
    labels = [
        pair.label.words for line in diaries.examples()["one dose"].frame.identity for pair in line
    ]
    assert {"Ward", "Bed"}.isdisjoint(labels)
    assert {"Born", "Hospital No.", "Trial No.", "Initials"} <= set(labels)


def test_days_out_of_order_are_refused(diaries: ModuleType) -> None:
    for wrong in ((1, 1), (2, 1)):
        days = [diaries.day(number, diaries.INJECTION) for number in wrong]
        with pytest.raises(SheetRefused, match="stands after"):
            compose_patient_diary(diaries.facts(*days))


def test_an_injection_without_volume_or_dose_is_refused(diaries: ModuleType) -> None:
    for gap in ({"volume": ""}, {"dose": ""}, {"prepared": ""}):
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
