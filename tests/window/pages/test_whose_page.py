"""The banner names the patient of the page, and says what is recorded of that patient now."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk import Registration, WeightForm, new_token, record_weight, register_subject
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
