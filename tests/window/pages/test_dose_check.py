from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from il2desk.desk import (
    Desk,
    DosePlace,
    SetClock,
    WeightForm,
    chart_of,
    locate,
    new_token,
    record_check,
    record_weight,
)
from il2desk.dosing import Refusal
from il2desk.window.office import Office
from il2desk.window.pages.dose import DosePage
from il2desk.window.pages.dose_check import CheckStep
from il2desk.window.pages.records_check import check_lines
from il2desk.window.pages.tick import TickBox
from il2desk.window.tables import Cell

Typing = Callable[[str], None]
NUMBERS = {"heart_rate": "88", "oxygen_l_min": "0", "urine_8h": "420", "bicarbonate": "23"}
UNITS = {"creatinine": "1{}1.1", "platelets": "2{}160", "bilirubin": "1{}0.8"}
WORDS = {"rhythm": "1", "bleeding": "1", "infection": "1", "skin": "1", "ecg_ischaemia": "n"}


@pytest.fixture
def step(office: Office, site_copy_desk: Desk, planned: str) -> CheckStep:
    """The check of dose 1 of a patient who weighs 70 kg."""
    desk = site_copy_desk
    form = WeightForm(Decimal(70), desk.clock.now() - timedelta(minutes=30), "bed scale", "dosing")
    record_weight(desk, planned, form, new_token())
    chart = chart_of(desk, planned)
    office.open("dose", place=DosePlace(planned, chart.cycle.id, 1), step=3)
    page = office.page()
    assert isinstance(page, DosePage)
    found = page.step()
    assert isinstance(found, CheckStep)
    return found


def _fill(step: CheckStep, typing: Typing, measured: str = "n", **other: str) -> None:
    """Type a clean check, all measured now or at a time; `other` replaces values."""
    step.when.time.focus_entry()
    typing(measured)
    for code, value in {**NUMBERS, **WORDS, **other}.items():
        step.row(code).focus_value()
        typing(value)
    for code, keys in UNITS.items():
        unit, value = keys.split("{}")
        step.row(code).focus_value()
        typing(value)
        typing("{Enter}")  # to the unit, which comes after the value
        typing(unit)
    step.row("neuro").focus_value()
    typing("n")
    step.when.date.focus_entry()


def _checks(desk: Desk, subject: str) -> list[str]:
    chart = chart_of(desk, subject)
    at = locate(desk, DosePlace(subject, chart.cycle.id, 1))
    return [check.verdict for check in at.dose.checks]


def test_an_empty_check_cannot_be_assessed_and_has_nothing_to_record(
    step: CheckStep, typing: Typing, desk: Desk
) -> None:
    count = desk.journal.count()
    assert step.strip.verdict() == "CANNOT ASSESS"
    assert step.row("skin").result() == "? missing"
    assert step.row("intubated").result() == "not assessed"
    typing("{Ctrl+Enter}")
    assert desk.journal.count() == count


def test_a_clean_check_is_go_and_is_recorded(
    step: CheckStep, typing: Typing, desk: Desk, planned: str
) -> None:
    _fill(step, typing)
    assert step.strip.verdict() == "GO"
    assert step.action().missing == ()
    typing("{Ctrl+Enter}")
    assert _checks(desk, planned) == ["GO"]
    assert step.strip.verdict() == "GO"  # now of the record
    assert step.action().primary == "On to prepare"
    assert all(row.raw() is None for row in step.rows())


@pytest.mark.parametrize(
    ("measured", "ends"),
    [
        # A check is kept for 2 hours, and so is a heart rate.
        ("n", "valid to 12-Mar-2026 16:00."),
        ("1340{Enter}t", "valid to 12-Mar-2026 15:40; then heart rate at dosing is too old."),
    ],
)
def test_the_strip_says_when_the_check_ends_and_by_which_value(
    step: CheckStep, typing: Typing, measured: str, ends: str
) -> None:
    _fill(step, typing, measured)
    assert f"Once recorded, {ends}" in _said(step)
    typing("{Ctrl+Enter}")
    assert f"V{ends[1:]}" in _said(step)  # now of the record


def _said(step: CheckStep) -> str:
    return step.strip._source.text().replace("\u00a0", " ")


def test_one_value_outside_is_hold_and_taking_it_away_is_not_go(
    step: CheckStep, typing: Typing
) -> None:
    _fill(step, typing, heart_rate="124")
    assert step.strip.verdict() == "HOLD"
    assert step.row("heart_rate").result() == "▲ HOLD"
    row = step.row("heart_rate")
    row.focus_value()
    typing("{Backspace}{Backspace}{Backspace}")
    step.when.date.focus_entry()
    assert step.strip.verdict() == "CANNOT ASSESS"


def test_the_verdict_goes_with_the_first_key_of_a_change(step: CheckStep, typing: Typing) -> None:
    _fill(step, typing)
    step.row("heart_rate").focus_value()
    typing("1")
    assert step.strip.verdict() is None
    assert step.row("skin").result() == ""


def test_stop_shows_while_rows_are_missing_and_is_recorded(
    step: CheckStep, typing: Typing, desk: Desk, planned: str
) -> None:
    step.when.time.focus_entry()
    typing("n")
    step.row("bleeding").focus_value()
    typing("3")
    assert step.strip.verdict() == "STOP"
    typing("{Ctrl+Enter}")
    assert _checks(desk, planned) == ["STOP"]


@pytest.mark.parametrize(
    ("other", "verdict"), [({"bleeding": "3"}, "STOP"), ({"heart_rate": "124"}, "HOLD")]
)
def test_stop_and_hold_do_not_invite_to_prepare(
    step: CheckStep, typing: Typing, planned: str, other: dict[str, str], verdict: str
) -> None:
    _fill(step, typing, **other)
    typing("{Ctrl+Enter}")
    assert _checks(step.office.desk, planned) == [verdict]
    said = step.action()
    assert said.primary == "Record the outcome"
    assert said.sentence.startswith(verdict)
    override = "An override is recorded in step 4, Alt+4." in said.sentence
    assert override is (verdict == "HOLD")
    page = step.page
    typing("{Alt+4}")
    assert page.step().number == 4  # not barred: what may be done there, step 4 says
    page.show_step(3)
    typing("{Ctrl+Enter}")
    assert page.step().number == 5
    assert page.step().entries.value().outcome == ""  # nothing is chosen for anybody


def test_after_go_the_way_on_is_to_prepare(step: CheckStep, typing: Typing) -> None:
    _fill(step, typing)
    typing("{Ctrl+Enter}{Ctrl+Enter}")
    assert step.page.step().number == 4


def test_a_value_outside_its_range_stays_and_names_the_other_unit(
    step: CheckStep, typing: Typing, desk: Desk
) -> None:
    count = desk.journal.count()
    _fill(step, typing)
    row = step.row("creatinine")
    row.value_entry.clear_entry()
    row.focus_value()
    typing("124")
    step.when.date.focus_entry()
    assert "Is it 124 micromol/L?" in row.value_entry.error_text()
    assert row.value_entry.typed() == "124"
    assert step.strip.verdict() == "CANNOT ASSESS"
    assert "creatinine" in step.action().missing
    typing("{Ctrl+Enter}")
    assert desk.journal.count() == count


def test_the_unit_is_chosen_by_the_person(step: CheckStep, typing: Typing) -> None:
    step.when.time.focus_entry()
    typing("n")
    row = step.row("creatinine")
    row.value_entry.focus_entry()
    typing("124")
    step.when.date.focus_entry()
    assert row.value_entry.error_text() == "Choose the unit of the value."
    assert row.unit is not None
    row.unit.focus_entry()
    typing("2")
    assert row.code_used() == "creatinine_umol"
    assert row.result() == "✓ within"


def test_a_value_without_its_time_is_missing_it(
    step: CheckStep, typing: Typing, desk: Desk
) -> None:
    count = desk.journal.count()
    step.row("heart_rate").focus_value()
    typing("88{Enter}")
    assert "when the values were measured" in step.action().missing
    typing("{Ctrl+Enter}")
    assert desk.journal.count() == count
    assert step.when.time.line.hasFocus()


def test_a_value_that_is_too_old_is_never_go(step: CheckStep, typing: Typing) -> None:
    _fill(step, typing)
    row = step.row("heart_rate")
    row.time.focus_entry()
    typing("1130")
    step.when.date.focus_entry()
    assert step.strip.verdict() == "CANNOT ASSESS"
    assert row.result() == "too old"


def test_a_value_without_a_time_is_not_called_too_old(step: CheckStep, typing: Typing) -> None:
    step.row("heart_rate").focus_value()
    typing("88{Enter}")
    assert step.row("heart_rate").result() == "time not recorded"
    step._fill_table()
    results = {
        row.cells[0]: row.cells[4].text for row in step.table().rows() if row.cells[2] != "no value"
    }
    assert results["heart rate at dosing"] == "time not recorded"
    assert step.strip.verdict() == "CANNOT ASSESS"
    step.when.time.focus_entry()
    typing("n")
    step.when.date.focus_entry()
    assert step.row("heart_rate").result() == "✓ within"


def test_a_recorded_value_without_a_time_is_told_as_that(
    step: CheckStep, desk: Desk, typing: Typing
) -> None:
    entry = record_check(desk, step.place, {"heart_rate": "88"}, {}, new_token())
    assert not isinstance(entry, Refusal)
    step.page.refresh()
    step._fill_table()
    assert "time not recorded" in step.recorded_text()
    assert "too old" not in step.recorded_text()
    assert "too old" not in {row.cells[4].text for row in step.table().rows()}


def test_a_row_measured_in_the_future_is_refused_beside_its_time(
    step: CheckStep, typing: Typing
) -> None:
    _fill(step, typing)
    row = step.row("heart_rate")
    row.time.focus_entry()
    typing("1500")
    step.when.date.focus_entry()
    assert "in the future" in row.time.error_text()
    assert step.strip.verdict() == "CANNOT ASSESS"


def test_none_of_these_is_an_answer_and_blank_is_not(step: CheckStep, typing: Typing) -> None:
    row = step.row("neuro")
    assert row.raw() is None
    row.focus_value()
    typing("n")
    assert row.raw() == ()
    typing("1")
    assert row.raw() == ("vivid_dreams",)
    typing("n")
    assert row.raw() == ()
    typing("n")
    assert row.raw() is None


def test_what_is_not_judged_is_never_shown_as_within(step: CheckStep, typing: Typing) -> None:
    _fill(step, typing)
    assert step.row("neuro").result() == "✓ within"
    row = step.row("neuro")
    row.focus_value()
    typing("9")
    assert row.raw() == ("coma_or_psychosis_over_48h",)
    step.when.date.focus_entry()
    assert step.strip.verdict() == "CANNOT ASSESS"
    assert row.result() == "? not judged"
    typing("{Ctrl+Enter}")
    told = step.recorded_text().split("\n")
    (line,) = [line for line in told if line.startswith("Neurological state: coma")]
    assert line.endswith("? not judged")


def test_a_row_nobody_answered_says_so_whatever_its_criterion_says(
    step: CheckStep, typing: Typing
) -> None:
    _fill(step, typing)
    assert step.row("bleeding").result() == "✓ within"
    assert step.row("stool_occult_test").result() == "not assessed"
    step.row("bleeding").focus_value()
    typing("2")
    step.when.date.focus_entry()
    assert step.row("bleeding").result() == "▲ HOLD"
    assert step.row("stool_occult_test").result() == "not assessed"


def test_an_answer_none_and_no_answer_are_told_apart_beside_a_go(
    step: CheckStep, typing: Typing, qtbot: QtBot
) -> None:
    _fill(step, typing)
    assert step.strip.verdict() == "GO"
    assert "Not required and not assessed: 18 of 39 rows." in step.strip.accessibleName()
    qtbot.waitUntil(lambda: bool(step.table().rows()))
    rows = {
        (row.cells[2], row.cells[4].text)
        for row in step.table().rows()
        if row.id in {"infection", "enzymes"} and isinstance(row.cells[4], Cell)
    }
    assert rows == {("none", "not met"), ("no value", "not assessed")}
    results = {row.cells[4].text for row in step.table().rows() if isinstance(row.cells[4], Cell)}
    assert results == {"not met", "not assessed"}


def test_a_number_that_the_set_does_not_judge_is_named_in_strip_table_and_record(
    office: Office, step: CheckStep, planned: str, qtbot: QtBot
) -> None:
    desk = office.desk
    normal = {
        "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0",
        "neuro": (), "creatinine": "1.1", "urine_8h": "420", "platelets": "160000",
        "bilirubin": "0.8", "bicarbonate": "23", "bleeding": "none", "infection": "none",
        "skin": "intact", "temperature": "40.5",
    }  # fmt: skip
    at = dict.fromkeys(normal, desk.clock.now())
    place = DosePlace(planned, chart_of(desk, planned).cycle.id, 1)
    entry = record_check(desk, place, normal, at, new_token())
    assert not isinstance(entry, Refusal)
    office.stored(entry)
    said = step.strip.accessibleName().replace("\u00a0", " ")
    assert step.strip.verdict() == "GO"
    assert "Not judged by this set: temperature 40.5 °C. Judge it by protocol." in said
    (fever,) = [line for line in step.recorded_text().split("\n") if "emperature" in line]
    assert fever.replace("\u00a0", " ").startswith("Temperature: 40.5 °C")
    assert fever.endswith("not judged")
    qtbot.waitUntil(lambda: bool(step.table().rows()))
    (row,) = [row for row in step.table().rows() if row.id == "temperature"]
    assert [cell.text if isinstance(cell, Cell) else cell for cell in row.cells] == [
        "temperature", "no limit in this set", "40.5\u00a0°C", "not judged", "not judged", "",
    ]  # fmt: skip
    lines = check_lines(desk, 1, locate(desk, place).dose.check, voided=False)
    assert "No limit in this rule set, to be judged by protocol: temperature 40.5\u00a0°C" in lines


def test_delete_makes_a_choice_not_assessed_again(step: CheckStep, typing: Typing) -> None:
    row = step.row("intubated")
    row.focus_value()
    typing("n")
    assert row.raw() is False
    typing("{Delete}")
    assert row.raw() is None


def test_enter_goes_to_the_next_value(step: CheckStep, typing: Typing) -> None:
    step.row("urine_8h").focus_value()
    typing("420{Enter}")
    assert step.row("platelets").value_entry.line is step.window().focusWidget()


def test_values_typed_one_after_the_other_stay_in_their_rows(
    step: CheckStep, typing: Typing
) -> None:
    """Value, Enter, unit, Enter: the next value stands in the next row, never under this one."""
    step.row("creatinine").focus_value()
    typing("1.1{Enter}1{Enter}600{Enter}")
    assert step.row("creatinine").raw() == "1.1"
    assert step.row("creatinine").code_used() == "creatinine"
    assert step.row("urine_8h").raw() == "600"
    assert step.row("platelets").value_entry.line is step.window().focusWidget()


def test_enter_after_a_choice_goes_to_the_next_row(step: CheckStep, typing: Typing) -> None:
    step.row("rhythm").focus_value()
    typing("1{Enter}n{Enter}0{Enter}")
    assert step.row("rhythm").raw() == "sinus"
    assert step.row("ecg_ischaemia").raw() is False
    assert step.row("oxygen_l_min").raw() == "0"


def test_a_recorded_check_that_is_too_old_cannot_assess(
    step: CheckStep, typing: Typing, clock: SetClock, office: Office
) -> None:
    _fill(step, typing)
    typing("{Ctrl+Enter}")
    clock.moment += timedelta(hours=3)
    page = office.page()
    assert page is not None
    page.refresh()
    assert step.strip.verdict() == "CANNOT ASSESS"
    action = page.action()
    assert action.sentence.startswith("CANNOT ASSESS")
    assert "GO" not in action.sentence
    assert action.primary == "New check"
    typing("{Ctrl+Enter}")
    assert page.step() is step
    assert step.when.time.line.hasFocus()


def test_limits_per_kg_show_their_arithmetic_and_the_supplied_values(step: CheckStep) -> None:
    assert "STOP this cycle" in step.row("heart_rate").limits()
    assert "doses held this cycle 0" in step.supplied_text()


def test_a_recorded_check_can_be_read_again_value_by_value(
    step: CheckStep, typing: Typing, office: Office, planned: str
) -> None:
    _fill(step, typing, heart_rate="124")
    typing("{Ctrl+Enter}")
    place = DosePlace(planned, chart_of(office.desk, planned).cycle.id, 1)
    office.open("today")
    office.open("dose", place=place, step=3)
    again = office.page().step()
    said = again.recorded_text().replace("\u00a0", " ").split("\n")
    assert said[0] == (
        "Recorded check: HOLD, recorded 12-Mar-2026 14:00 by K. Brandt, valid to 12-Mar-2026 16:00"
    )
    rate = next(line for line in said if line.startswith("Heart rate at dosing: "))
    assert "124 " in rate
    assert "measured 12-Mar-2026 14:00" in rate
    assert rate.endswith("▲ HOLD")
    creatinine = next(line for line in said if line.startswith("Creatinine: "))
    assert "1.1 mg/dL" in creatinine
    assert creatinine.endswith("within")
    # What led to the verdict is read first, and every row says what its limits trigger.
    assert said[1] == rate
    assert re.search(r"124 per min   HOLD if \S.*   measured", rate)
    assert re.search(r"1\.1 mg/dL   HOLD if \S.*   measured", creatinine)
    assert any(line.startswith("Neurological state: none") for line in said)
    strip = again.strip.accessibleName()
    assert "1 outside limits: heart rate" in strip
    assert "criteria met" not in strip
    assert office.page().action().sentence.startswith("HOLD: 1 criterion outside its limit.")
    assert "Held doses so far in this cycle: 0." in strip
    assert again.row("heart_rate").raw() is None
    assert not again._values.visibleRegion().isEmpty()
    assert again._area.hasFocus()
    again._fill_table()
    assert any(row.cells[4].text == "▲ met" for row in again.table().rows())
    # Another check is one press away: its rows stand below the recorded one.
    again.again.click()
    assert again.when.time.line.hasFocus()
    assert not again._anew.visibleRegion().isEmpty()


def test_a_stop_says_how_many_criteria_and_how_many_values_are_missing(
    step: CheckStep, typing: Typing
) -> None:
    step.when.time.focus_entry()
    typing("n")
    step.row("bleeding").focus_value()
    typing("3")
    said = step.strip.accessibleName()
    assert "1 outside limits: bleeding" in said
    assert re.search(r"12 of [0-9]+ required values are missing or too old\.", said)


def test_the_edge_of_every_tick_box_is_seen(step: CheckStep) -> None:
    boxes = step.row("neuro").findChildren(QCheckBox)
    assert boxes
    assert all(isinstance(box, TickBox) for box in boxes)
    assert _edge_contrast(boxes[-1]) >= 3
    option = step.row("skin").value_entry.findChildren(QAbstractButton)[-1]
    assert _edge_contrast(option) >= 3


def _edge_contrast(box: QWidget) -> float:
    """Of the first pixels from the left at half height: the edge against what is beside it."""
    picture = box.grab().toImage()
    line = [picture.pixelColor(x, picture.height() // 2) for x in range(8)]
    light = [_luminance(colour) for colour in line]
    return (max(light) + 0.05) / (min(light) + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_no_verdict_stands_while_a_field_is_typed_in_and_nothing_moves(
    step: CheckStep, typing: Typing, qtbot: QtBot
) -> None:
    """The old word goes at the first key; the place of the verdict stays for the next one."""
    _fill(step, typing)
    assert step.strip.verdict() == "GO"
    qtbot.wait(20)
    high, below = step.strip.height(), step.row("heart_rate").y()
    step.row("heart_rate").time.line.setFocus()
    typing("13")
    qtbot.wait(20)
    assert step.strip.verdict() is None
    assert step.strip.waits()
    words = [label.text() for label in step.strip.findChildren(QLabel) if label.isVisible()]
    assert words[0] == "Not computed"
    assert "GO" not in " ".join(words)
    assert (step.strip.height(), step.row("heart_rate").y()) == (high, below)
    typing("30{Tab}")
    assert step.strip.verdict() == "GO"
    assert not step.strip.waits()


def test_a_wrong_time_is_said_across_the_row_and_not_in_its_narrow_column(
    step: CheckStep, typing: Typing, qtbot: QtBot
) -> None:
    row = step.row("heart_rate")
    row.focus_value()
    typing("88")
    row.time.line.setFocus()
    typing("8300{Tab}")
    assert row.time.error_text() == row.wrong_moment() != ""
    said = next(one for one in row.findChildren(QLabel) if one.text() == row.wrong_moment())
    qtbot.waitUntil(lambda: said.isVisible() and said.width() > 400)
    assert said.height() < 2 * said.fontMetrics().height()
    row.time.line.setFocus()
    row.time.clear_entry()
    assert row.wrong_moment() == ""


def test_words_without_a_limit_are_named(step: CheckStep) -> None:
    """A choice that nothing is said of would look forgotten, or harmless."""
    told = [row for row in step.rows() if "No limit here for: " in row.limits()]
    assert told
    for row in told:
        free = row.limits().split("No limit here for: ")[1].split(", ")
        before = row.limits().split("No limit here for: ")[0]
        assert free
        assert not any(
            re.search(rf"(?:: |, ){re.escape(word)}(?:,|;|\n|$)", before) for word in free
        )


def test_no_validity_is_promised_under_cannot_assess(step: CheckStep, typing: Typing) -> None:
    step.when.time.focus_entry()
    typing("n")
    step.row("heart_rate").focus_value()
    typing("88{Tab}")
    assert step.strip.verdict() == "CANNOT ASSESS"
    said = step.strip.accessibleName()
    assert "Not recorded yet." in said
    assert "Once recorded" not in said


def test_a_go_says_to_when_it_would_be_valid(step: CheckStep, typing: Typing) -> None:
    _fill(step, typing)
    assert step.strip.verdict() == "GO"
    assert "Once recorded, valid to" in step.strip.accessibleName()


def test_the_heading_of_the_recorded_check_keeps_clear_of_the_focus_ring(
    step: CheckStep, typing: Typing
) -> None:
    _fill(step, typing)
    typing("{Ctrl+Enter}")
    area = step._area
    assert area.hasFocus()
    edge = step._recorded.mapTo(area, step._recorded.rect().topLeft())
    assert edge.x() >= 4
    assert edge.y() >= 4
