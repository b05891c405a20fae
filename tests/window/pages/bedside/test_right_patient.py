"""A dose recorded for the wrong patient: struck there, and the way to the right one."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    AdministrationForm,
    CyclePlan,
    DosePlace,
    OrderForm,
    Registration,
    WeightForm,
    chart_of,
    new_token,
    plan_cycle,
    record_administration,
    record_weight,
    register_subject,
    sign,
    write_order,
)
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button

NOTE = "line flushed twice"
OTHER = Registration(
    trial_code="NPC-002", initials="BZ", born="09-May-1970", sex="male",
    allergies_state="no known allergies", protocol="npc-bolus-site", ward="7", bed="4",
    family_name="Zimmer", given_name="Bert", title="Mr", hospital_number="4712",
    height_cm=Decimal(180),
)  # fmt: skip


def made(answer):
    assert not isinstance(answer, Refusal), answer
    return answer


@pytest.fixture
def right(bedside, office) -> DosePlace:
    """Dose 1 of another patient, who really got it."""
    desk, now = office.desk, bedside.clock.moment
    subject = made(register_subject(desk, OTHER, new_token()))
    weight = WeightForm(Decimal(80), now - timedelta(hours=1), "bed scale", "dosing")
    made(record_weight(desk, subject, weight, new_token()))
    order = OrderForm("M. Sato", now, Decimal(5_760_000), "M. Sato", "M. Sato")
    made(write_order(desk, subject, order, new_token()))
    plan = CyclePlan(datetime.fromisoformat("2026-03-12T14:00"))
    cycle = made(plan_cycle(desk, subject, plan, new_token()))
    return DosePlace(subject, cycle, 1)


@pytest.fixture
def struck(bedside, right, office, typing):
    """Dose 1 was recorded for the wrong patient, with a note, and marked as entered in error."""
    bedside.prepared()
    bedside.later(10)
    form = AdministrationForm(
        "given", given_at=bedside.clock.moment - timedelta(minutes=5), note=NOTE
    )
    first = made(sign(office.desk, "1111", RECORD_FIRST))
    made(record_administration(office.desk, bedside.place(), form, first, new_token()))
    office.open("records", subject=bedside.subject)
    typing("{A}")
    office.page().editing.in_error.setChecked(True)
    office.page().editing.reason.choose("wrong patient")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.dose().administration is None
    return bedside


def note_of(office, place):
    office.open("dose", place=place, step=5)
    return office.page().step().entries.note


def test_the_way_to_the_right_patient_is_offered_and_only_the_note_is_copied(
    struck, right, office, typing
):
    panel = office.window.panel()
    words = [button.accessibleName() for button in panel.findChildren(Button)]
    assert words == ["Go back", "Find the right patient"]
    typing("{Ctrl+Enter}")
    assert office.page().title == "Find"
    typing("zim{Enter}")
    assert office.page().subject == right.subject
    assert note_of(office, right).typed() == NOTE
    assert "it was of another patient" in office.window.status.message()
    entries = office.page().step().entries
    others = [entry.typed() for entry in entries.form.entries() if entry is not entries.note]
    assert set(others) == {""}
    assert not entries.approximate.isChecked()


def test_the_note_is_copied_once_and_never_back_to_the_wrong_patient(struck, right, office, typing):
    typing("{Ctrl+Enter}")
    assert note_of(office, struck.place()).typed() == ""
    assert note_of(office, right).typed() == NOTE
    assert note_of(office, DosePlace(right.subject, right.cycle, 2)).typed() == ""


def test_go_back_copies_nothing_and_the_sentence_stays(struck, right, office, typing):
    assert "F3 finds the right patient" in office.window.status.message()
    typing("{Esc}")
    assert office.window.panel() is None
    assert office.page().title == "Records"
    assert note_of(office, right).typed() == ""


def test_somebody_else_who_signs_in_gets_no_note(struck, right, office, typing):
    typing("{Ctrl+Enter}")
    office.forget_trail()
    assert note_of(office, right).typed() == ""


def test_another_reason_offers_nothing(bedside, office, typing):
    bedside.given()
    office.open("records", subject=bedside.subject)
    typing("{A}")
    office.page().editing.in_error.setChecked(True)
    office.page().editing.reason.choose("wrong dose slot")
    typing("{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.dose().administration is None
    assert office.window.panel() is None


def test_the_wrong_patients_record_stays_struck(struck, office):
    chart = made(chart_of(office.desk, struck.subject))
    (wrong,) = chart.cycles[struck.cycle].doses[1].errors
    assert (wrong.note, wrong.in_error) == (NOTE, True)
    assert wrong.changes[-1].reason == "wrong patient"
