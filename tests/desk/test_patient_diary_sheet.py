"""The patient diary from a journal: subcutaneous cycles only, each day's volume by the cycle sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import Lot, new_token
from il2desk.desk.companion_plan import derived_companion
from il2desk.desk.papers import (
    SheetRequest,
    prepare_cycle_sheet,
    prepare_sheet,
    record_print,
    sheets_of_cycle,
)

# Invented: a subcutaneous cycle with two levels by day, and interferon on some of them.
PLAN = """
[[regimen.levels]]
days = [1, 2, 3]
dose = { value = "250000", unit = "international units per kg", source = "practice" }

[[regimen.levels]]
days = [5, 6]
dose = { value = "70000", unit = "international units per kg", source = "practice" }

[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "3000000", unit = "international units", source = "practice" }
days = { value = [1, 7], source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }

[regimen.dilution]"""
DILUTED = """method = "window-volume"
source = "practice"
diluent = { value = "glucose 5 %", source = "practice" }
listed_ml = ["5", "10", "15", "20", "25", "50", "100", "250", "500"]
"""
ROUND_THE_CLOCK = """interval_h = { value = "8", source = "chi-2001" }
doses_per_cycle = { value = 15, source = "chi-2001" }
infusion_minutes = { value = "5", source = "practice" }
"""
CHANGES = (
    ('route = { value = "intravenous"', 'route = { value = "subcutaneous"'),
    ('form = { value = "bolus"', 'form = { value = "injection"'),
    (
        'dose = { value = "72000", unit = "international units per kg", source = "chi-2001" }\n',
        'level_by = "day"\n',
    ),
    (ROUND_THE_CLOCK, ""),
    (DILUTED, 'method = "undiluted"\nsource = "practice"\n'),
    ("\n[regimen.dilution]", PLAN),
)
MISSED = """
[facts.missed-dose]
label = "Missed dose"
value = "Skip it and go on with the next day."
source = "practice"

[site]
"""


@pytest.fixture
def begin(staffed, site_file, activate_file):
    """A patient of 70 kg with a subcutaneous cycle from Monday noon; half an hour before it."""

    def make(*more: tuple[str, str], left_out: int | None = None):
        changes = [one for at, one in enumerate(CHANGES) if at != left_out]
        activate_file(staffed, site_file(*changes, *more))
        staffed.register()
        staffed.made(staffed.weight("70"))
        staffed.made(staffed.order("17500000"))
        staffed.cycle = staffed.made(staffed.plan())
        staffed.at(minutes=-30)
        return staffed

    return make


@pytest.fixture
def home(begin):
    return begin()


def request(ward) -> SheetRequest:
    return SheetRequest("patient-diary", ward.subject, ward.cycle)


def diary(ward, paper=None):
    return ward.made(prepare_sheet(ward.desk, request(ward), paper))


def said(made) -> str:
    pages = PdfReader(BytesIO(made.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u00a0", " ")


def test_each_day_has_its_own_volume_and_the_days_between_have_none(home):
    text = said(diary(home))
    for fact in (
        "My injections – course 1, cycle 1", "BROWN, Ada (Ms)", "Place Ward 7",
        "Worked out for the weight 70 kg of 01-Mar-2026 15:55",
        "Mon 02-Mar-2026 day 1 aldesleukin at 12:00 0.97 mL 17.5 million international units",
        "the syringe holds 17.46 million international units",
        "Mon 02-Mar-2026 day 1 the same day interferon alfa-2b 0.3 mL 3 million international units",
        "Thu 05-Mar-2026 day 4 NO INJECTION none none",
        "Fri 06-Mar-2026 day 5 aldesleukin at 12:00 0.27 mL 4.9 million international units",
        "Sun 08-Mar-2026 day 7 interferon alfa-2b 0.3 mL 3 million international units",
        "Missed a dose, or not sure whether it was injected: call.",
    ):  # fmt: skip
        assert fact in text, fact


def test_volumes_are_those_of_the_cycle_sheet(home):
    sheet = said(home.made(prepare_cycle_sheet(home.desk, home.subject, home.cycle)))
    assert "0.97 mL" in sheet
    assert "0.27 mL" in sheet


def test_it_is_offered_for_subcutaneous_cycles_only(home):
    kinds = [one.request.kind for one in sheets_of_cycle(home.desk, home.subject, home.cycle)]
    assert "patient-diary" in kinds


def test_an_intravenous_cycle_has_no_diary(ward):
    kinds = [one.request.kind for one in sheets_of_cycle(ward.desk, ward.subject, ward.cycle)]
    assert "patient-diary" not in kinds
    answer = ward.refused("diary-route", prepare_sheet, ward.desk, request(ward))
    assert answer.text.startswith("The route of this cycle is intravenous. A patient diary is of")


def test_after_a_stop_there_is_no_diary(home):
    home.check(bleeding="frank")
    answer = home.refused("stop", prepare_sheet, home.desk, request(home))
    assert "Take the diary that is out there back." in answer.reasons[0]


def test_a_held_and_a_given_dose_are_no_injection_any_more(home):
    home.at(minutes=2)
    home.made(
        home.record(
            1,
            reason="given at home",
            decided_by="M. Sato",
            volume_ml=Decimal("0.97"),
            lots=(Lot("PR1234AB", "2026-12-31", 1),),
        )
    )
    home.cosigned(1)
    home.clock.moment = home.dose(2).planned - timedelta(minutes=20)
    home.check(2, bleeding="occult")
    text = said(diary(home))
    assert "aldesleukin at 12:00 nothing to inject Given" in text
    assert "aldesleukin at 12:00 nothing to inject ON HOLD: nothing until you are told" in text


def test_another_weight_makes_no_diary_until_the_order_says_its_dose(home):
    home.made(home.weight("68", answered=("sets-the-dose",)))
    home.refused("not-releasable", prepare_sheet, home.desk, request(home))


def test_a_weight_that_is_too_old_makes_no_diary(home):
    home.clock.moment += timedelta(days=8)
    home.refused("weight", prepare_sheet, home.desk, request(home))


def test_engines_that_differ_make_no_diary(home, monkeypatch):
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    home.refused("engines-differ", prepare_sheet, home.desk, request(home))


def test_a_companion_without_a_volume_makes_no_diary(home, monkeypatch):
    def without(*asked):
        return replace(derived_companion(*asked), volume=None)

    monkeypatch.setattr("il2desk.desk.patient_diary_days.derived_companion", without)
    answer = home.refused("companion-gap", prepare_sheet, home.desk, request(home))
    assert answer.reasons[0] == "interferon alfa-2b: no volume can be told to the patient."


def test_a_companion_by_another_route_is_named_and_not_scheduled(begin):
    route = (
        'interferon alfa-2b"\nroute = { value = "subcutaneous"',
        'interferon alfa-2b"\nroute = { value = "intravenous"',
    )
    text = said(diary(begin(route, ('"solution-25"', '"powder-18"'))))
    assert "Not in this diary: interferon alfa-2b (intravenous)." in text
    assert "NO INJECTION" in text
    assert "interferon alfa-2b 0." not in text


def test_what_the_protocol_says_of_a_missed_dose_is_printed_with_its_source(begin):
    text = said(diary(begin(("\n[site]\n", MISSED))))
    assert "Skip it and go on with the next day. (" in text
    assert "not sure whether" not in text


def test_the_same_facts_give_the_same_bytes_and_a_print_is_journalled(home):
    first = diary(home)
    home.clock.moment += timedelta(minutes=20)
    assert diary(home).pdf == first.pdf
    entry, _ = home.made(record_print(home.desk, first, "print", new_token()))
    assert (entry.body["sheet"], entry.body["copy"]) == ("patient-diary", 1)
    assert diary(home, "Letter").pdf != first.pdf


def test_a_patient_or_cycle_that_is_not_there(home):
    unknown = SheetRequest("patient-diary", home.subject, "0" * 32)
    assert prepare_sheet(home.desk, unknown).code == "cycle"
    assert prepare_sheet(home.desk, SheetRequest("patient-diary", "0" * 32, home.cycle)).code == (
        "unknown-patient"
    )


def test_a_diluted_dose_is_its_total_volume_and_a_released_one_as_it_was_released(begin):
    ward = begin(left_out=4)  # the dilution stays as in the practice protocol
    text = said(diary(ward))
    assert "aldesleukin at 12:00 25 mL 17.5 million international units" in text
    assert "0.97 mL" not in text
    ward.premedicate()
    ward.check()
    reading = ward.reading(volume_ml=Decimal("0.97"), total_volume_ml=Decimal(25))
    ward.made(ward.release(reading=reading))
    text = said(diary(ward))
    assert (
        "aldesleukin at 12:00 25 mL 17.5 million international units the syringe holds 17.46 million "
        "international units use before 0" in text
    )
    ward.made(ward.weight("68", answered=("sets-the-dose",)))
    ward.refused("not-releasable", prepare_sheet, ward.desk, request(ward))
