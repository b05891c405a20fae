"""What lists and board say of a recorded dose that waits, of a HOLD, and of a stopped cycle."""

from __future__ import annotations

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    AdministrationForm,
    chart_of,
    new_token,
    record_administration,
    record_meaning,
    sign,
    slot_states,
)
from il2desk.window.pages.board_facts import board_of
from il2desk.window.pages.delay import DelayPanel


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def status_of(office) -> str:
    office.open("today")
    return plain(office.page().table().rows()[0].cells[3].text)


def treatment_of(office) -> str:
    office.open("find")
    office.page().typed.line.setText("NPC")
    office.page().refresh()
    return office.page().table.rows()[0].cells[5]


@pytest.fixture
def earlier_waits(bedside):
    """Dose 1 was given and waits for a second person; dose 2 is overdue."""
    bedside.given()
    bedside.later(10 * 60)
    return bedside


def test_v_signs_the_earlier_dose_that_waits_and_the_row_names_it(earlier_waits, office, typing):
    assert "OVERDUE" in status_of(office)
    assert "Needs second person: dose 1" in status_of(office)
    assert "1 Needs second person" in plain(office.page().header().counts)
    typing("v")
    assert office.page().title == "Second person: dose 1"
    assert office.window.panel() is not None
    typing("A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert earlier_waits.dose(1).administration.cosigned_by == "A. Ruiz"
    assert "Needs second person" not in status_of(office)


def test_v_with_nothing_waiting_says_so_and_stays(bedside, office, typing):
    office.open("today")
    typing("v")
    assert office.page().title == "Today"
    assert "Nothing of this patient waits" in office.window.status.message()


def test_today_shows_a_hold_with_its_time(bedside, office):
    bedside.check(platelets="40000")
    assert bedside.dose().check.verdict == "HOLD"
    assert "HOLD 14:00" in status_of(office)
    assert "to be skipped" in status_of(office)


def test_the_board_names_value_and_limit_of_a_hold(bedside, office):
    bedside.check(platelets="40000")
    check = bedside.dose().check
    (met,) = [row for row in check.criteria if row["result"] == "met"]
    office.open("board", subject=bedside.subject)
    said = plain(office.page().panel_text())
    assert "1 criterion outside its limit" in said
    assert f"platelets {plain(met['value'])}: HOLD if {plain(met['limit'])}" in said
    assert ", limit" not in said
    cycle = chart_of(office.desk, bedside.subject).cycle
    slots = board_of(office.desk, cycle, slot_states(office.desk, cycle)).slots
    assert "HOLD 14:00" in plain(slots[0].detail)


@pytest.fixture
def stopped(bedside):
    """The check before dose 1 said STOP."""
    bedside.check(rhythm="sustained_ventricular_tachycardia")
    assert bedside.dose().check.verdict == "STOP"
    return bedside


def test_a_dose_of_a_stopped_cycle_is_not_delayed(stopped, office, typing):
    office.open("board", subject=stopped.subject, number=5)
    before = stopped.count
    assert "delay" not in office.page()._panel.offered()
    typing("d")
    assert not isinstance(office.window.panel(), DelayPanel)
    assert "cannot be delayed. The cycle was stopped" in office.window.status.message()
    assert stopped.count == before


def test_find_says_how_far_the_treatment_is(bedside, office):
    assert treatment_of(office) == "cycle 1 planned, no dose recorded"
    bedside.given()
    assert treatment_of(office) == "cycle 1, on treatment"


def test_find_says_that_a_cycle_was_stopped(stopped, office):
    scope = stopped.dose().check.scope
    assert treatment_of(office) == f"cycle 1 stopped {scope}"


def test_find_says_that_a_cycle_is_finished(bedside, office):
    bedside.later(6 * 24 * 60)
    form = AdministrationForm("omitted", reason="Patient refused", decided_by="M. Sato")
    for number in range(1, 16):
        first = sign(office.desk, "1111", RECORD_FIRST)
        record_administration(office.desk, bedside.place(number), form, first, new_token())
    assert treatment_of(office) == "cycle 1 finished"


@pytest.mark.parametrize(
    ("outcome", "first_says", "second_says"),
    [
        ("held", "was held and not given", "was held and not given"),
        ("omitted", "was omitted and not given", "was omitted and not given"),
        ("not known", "it is not known", "it is not known what became of"),
    ],
)
def test_nobody_signs_that_they_saw_what_was_not_given(
    bedside, office, typing, outcome, first_says, second_says
):
    meaning = record_meaning(outcome)
    assert first_says in meaning
    form = AdministrationForm(outcome, reason="line closed", decided_by="M. Sato")
    first = sign(office.desk, "1111", meaning)
    record_administration(office.desk, bedside.place(), form, first, new_token())
    office.open("records", subject=bedside.subject)
    typing("{V}")
    shown = office.window.panel().request().meaning
    assert second_says in shown
    assert "saw" not in shown
    typing("A. Ruiz{Tab}2222{Ctrl+Enter}")
    (entry,) = office.desk.journal.entries(kind="administration-cosigned")
    assert entry.body["signatures"][0]["meaning"] == shown


def test_the_first_signature_says_what_was_chosen(bedside, office, typing):
    bedside.check()
    step = bedside.open(5)
    step.entries.choose("held")
    form = AdministrationForm("held", reason="line closed", decided_by="M. Sato")
    step._ask_first(step.located, form)
    assert office.window.panel().request().meaning == record_meaning("held")
