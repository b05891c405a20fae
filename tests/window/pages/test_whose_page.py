"""The banner names the patient of the page, and says what is recorded of that patient now."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk import (
    Check,
    DosePlace,
    Registration,
    Replayed,
    WeightForm,
    chart_of,
    new_token,
    record_weight,
    register_subject,
    take_soundness,
)
from il2desk.dosing import Refusal
from il2desk.window.routes import OF_A_PATIENT

OTHER = Registration(
    trial_code="RCC-099", initials="OO", born="19-Sep-1970", sex="male",
    allergies_state="known allergies", allergies="penicillin", protocol="npc-bolus-site",
    ward="7", bed="9", family_name="Other", given_name="Otto", title="Mr", hospital_number="9900",
)  # fmt: skip


def said(office) -> str:
    """The whole banner, as it is read aloud."""
    return office.window.banner().accessibleName().replace("\u00a0", " ")


def test_another_patients_page_has_the_banner_of_that_patient(office, site_copy_desk, planned):
    other = register_subject(site_copy_desk, OTHER, new_token())
    assert isinstance(other, str)
    office.open("board", subject=planned)
    first = said(office)
    assert "LÖWENSTEIN, Maria" in first
    for route in OF_A_PATIENT:
        office.open(route, subject=other)
        for fact in ("OTHER, Otto (Mr)", "RCC-099", "9900", "19-Sep-1970"):
            assert fact in said(office), route
        assert "LÖWENSTEIN" not in said(office), route
        office.back()
        assert said(office) == first, route


def test_a_new_dosing_weight_stands_in_the_banner_as_soon_as_it_is_stored(
    office, site_copy_desk, planned
):
    office.open("board", subject=planned)
    assert "71.3 kg" not in said(office)
    form = WeightForm(Decimal("71.3"), site_copy_desk.clock.now(), "bed scale", "dosing")
    record_weight(site_copy_desk, planned, form, new_token())
    office.stored()
    assert "71.3 kg" in said(office)


def test_an_unsound_program_shows_no_dose(office, site_copy_desk, planned):
    found = Check("reference cases", False, "npc-bolus: 1 of 31 cases differs")
    form = WeightForm(Decimal(70), site_copy_desk.clock.now(), "bed scale", "dosing")
    assert not isinstance(record_weight(site_copy_desk, planned, form, new_token()), Refusal)
    office.open("board", subject=planned)
    assert "million international units" in said(office)
    take_soundness(site_copy_desk, Replayed((found,), (), (), Decimal(1)))
    office.show_banner()
    assert "million international units" not in said(office)
    cycle = chart_of(site_copy_desk, planned).cycle.id
    office.open("dose", place=DosePlace(planned, cycle, 1), step=1)
    step = office.page().step()
    assert isinstance(step._shown, Refusal)
    assert "not sound" in step._shown.text


def test_a_list_put_aside_for_another_person_takes_no_banner_away(
    office, site_copy_desk, planned, qtbot
):
    office.open("today")
    aside = office.page()
    qtbot.waitUntil(lambda: bool(aside.table().rows()))
    work = office.put_aside(None)
    assert work.page is aside
    office.open("board", subject=planned)
    office.last_chosen = "somebody else"
    shown = said(office)
    assert not aside._timer.isActive()
    aside.read_anew()  # whatever asks it
    qtbot.wait(50)
    assert said(office) == shown
    assert office.last_chosen == "somebody else"
    office.clear()
    office.bring_back(work)
    qtbot.waitUntil(lambda: bool(aside.table().rows()))
    assert aside._timer.isActive()
