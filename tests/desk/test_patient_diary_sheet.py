"""The patient diary from a journal: subcutaneous cycles only, each day's volume by the cycle sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    Lot,
    OverrideForm,
    new_token,
    record_override,
)
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
        "Mon 02-Mar-2026 day 1 aldesleukin at 12:00 0.97 mL 17.46 million international units prepared",
        "prepared, in 0.97 mL DOSE 17.5 million international units prescribed",
        "Mon 02-Mar-2026 day 1 the same day interferon alfa-2b time: ________ 0.3 mL 3 million",
        "from the multidose vial of 25 million international units: that is the whole vial, not the dose",
        "Thu 05-Mar-2026 day 4 NO INJECTION none none",
        "Fri 06-Mar-2026 day 5 aldesleukin at 12:00 0.27 mL 4.86 million international units prepared",
        "prepared, in 0.27 mL DOSE 4.9 million international units prescribed",
        "Sun 08-Mar-2026 day 7 interferon alfa-2b time: ________ 0.3 mL 3 million international units",
        "If you missed a dose: do not inject it later, call.",
        "Thu 05-Mar-2026 no injection",
        "aldesleukin: 3 injections of 0.97 mL, 2 injections of 0.27 mL, 02-Mar-2026 to 07-Mar-2026",
        "interferon alfa-2b: 2 injections of 0.3 mL, 02-Mar-2026 to 08-Mar-2026",
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
    assert (
        "interferon alfa-2b (intravenous) is not in this diary. Do not inject it yourself." in text
    )
    assert "NO INJECTION" in text
    assert "interferon alfa-2b 0." not in text


def test_what_the_protocol_says_of_a_missed_dose_is_printed_with_its_source(begin):
    text = said(diary(begin(("\n[site]\n", MISSED))))
    assert "If you missed a dose: Skip it and go on with the next day. (" in text
    assert "Not sure whether it was injected: do not inject, call." in text


def test_symptoms_sites_and_storage_come_from_data_or_are_gaps_by_name(begin):
    told = (
        '\n[facts.symptoms]\nlabel = "Symptoms to write down"\nvalue = "fever, chills"\n'
        'source = "practice"\n\n[facts.call]\nlabel = "Call at once"\nvalue = "chest pain"\n'
        'source = "practice"\n\n[site]\n'
    )
    text = said(diary(begin(("\n[site]\n", told))))
    assert "Call at once: chest pain (" in text
    assert "Write down: fever, chills (" in text
    assert "Keep interferon alfa-2b: 2 to 8 °C, do not freeze" in text
    assert "GAP: Where to inject" in text
    assert "Symptoms to write down;" not in text


def test_behind_a_hold_no_volume_is_told_until_a_check_says_go(home):
    home.check(bleeding="occult")
    held = said(diary(home))
    assert (
        "Mon 02-Mar-2026 day 1 DO NOT INJECT aldesleukin at 12:00 nothing to inject ON HOLD" in held
    )
    waits = "aldesleukin at 12:00 only after you are told to go on No volume is told now."
    assert held.count(waits) == 4
    assert "0.97" not in held
    assert "inject interferon alfa-2b only if this line says that it goes on:" in held
    only = 'only if the line "Goes on?" says that it goes on'
    assert held.count(f"time: ________ {only} 0.3 mL") == 2
    assert f"interferon alfa-2b: {only}" in held  # in its row for a pen
    assert f"interferon alfa-2b, {only}: 2 injections of 0.3 mL" in held
    assert "interferon alfa-2b: 2 injections" not in held
    home.at(minutes=5)
    home.made(home.record(1, "held", reason="bleeding", decided_by="M. Sato"))
    home.cosigned(1)
    # Recorded as held, and the next dose was not checked yet: the patient still waits.
    recorded = said(diary(home))
    assert recorded.count(waits) == 4
    assert "0.97" not in recorded
    home.clock.moment = home.dose(2).planned - timedelta(minutes=20)
    home.made(home.weight("70", purpose="daily"))
    home.check(2)
    assert home.dose(2).check.verdict == "GO"
    text = said(diary(home))
    assert "Tue 03-Mar-2026 day 2 aldesleukin at 12:00 0.97 mL" in text
    assert "told to go on" not in text


def test_an_override_of_a_hold_lets_the_days_behind_it_go(home):
    home.check(bleeding="occult")
    form = OverrideForm("no other way", "M. Sato", "by phone")
    signed = home.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    home.made(record_override(home.desk, home.place(), form, signed, new_token()))
    text = said(diary(home))
    assert "DO NOT INJECT" not in text
    assert "aldesleukin: 3 injections of 0.97 mL" in text


def test_a_check_that_could_not_assess_is_like_a_hold(home):
    home.check(platelets=None)
    text = said(diary(home))
    assert "DO NOT INJECT aldesleukin at 12:00 nothing to inject NOT ASSESSED" in text
    assert text.count("only after you are told to go on No volume is told now.") == 4
    assert "0.97" not in text
    home.check()
    assert "aldesleukin: 3 injections of 0.97 mL" in said(diary(home))


def test_a_check_that_could_not_assess_does_not_end_a_hold(home):
    home.check(bleeding="occult")
    home.clock.moment += timedelta(minutes=1)
    home.check(platelets=None)
    text = said(diary(home))
    assert "ON HOLD: nothing until you are told" in text
    assert "0.97" not in text


def test_a_pen_is_told_by_its_strength(begin):
    text = said(diary(begin(('"solution-25"', '"pen-15"'))))
    assert "1 pen dose 3 million international units" in text
    assert "from the pen of 15 million international units in each mL" in text


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
    assert (
        "aldesleukin at 12:00 25 mL 17.46 million international units prepared, in 0.97 mL; total 25 mL "
        "DOSE 17.5 million international units prescribed" in text
    )
    assert "aldesleukin: 3 injections of 25 mL" in text
    ward.premedicate()
    ward.check()
    reading = ward.reading(volume_ml=Decimal("0.97"), total_volume_ml=Decimal(25))
    ward.made(ward.release(reading=reading))
    text = said(diary(ward))
    assert (
        "aldesleukin at 12:00 25 mL 17.46 million international units prepared, in 0.97 mL; total 25 mL "
        "DOSE 17.5 million international units prescribed Use before 0" in text
    )
    ward.made(ward.weight("68", answered=("sets-the-dose",)))
    ward.refused("not-releasable", prepare_sheet, ward.desk, request(ward))


def test_a_day_gone_by_without_a_record_is_not_injected_any_more(home):
    """Nobody knows whether it was: a diary of day 5 must not ask for the doses of days 1 to 3."""
    home.at(hours=24 * 4)
    text = said(diary(home))
    for day in ("Mon 02-Mar-2026 day 1", "Tue 03-Mar-2026 day 2", "Wed 04-Mar-2026 day 3"):
        assert (
            f"{day} DO NOT INJECT aldesleukin at 12:00 nothing to inject Not recorded: do not inject, "
            "call." in text
        )
    assert "0.97 mL" not in text
    assert "aldesleukin: 2 injections of 0.27 mL, 06-Mar-2026 to 07-Mar-2026" in text
    assert "aldesleukin, not recorded, not to be injected: 3" in text
    assert "interferon alfa-2b: 1 injection of 0.3 mL, on 08-Mar-2026" in text
    assert "interferon alfa-2b, not recorded, not to be injected: 1" in text
    pen = text.split("What I did and how I felt")[1]
    assert pen.count("aldesleukin 12:00") == 2
    assert pen.count("aldesleukin: not recorded, do not inject, call") == 3


def test_a_dose_that_is_hours_late_stays_until_its_day_is_over(home):
    home.at(hours=11, minutes=55)  # by the clock of the site, not by that of Greenwich
    assert "aldesleukin: 3 injections of 0.97 mL" in said(diary(home))
    home.at(hours=12, minutes=1)
    assert "aldesleukin: 2 injections of 0.97 mL" in said(diary(home))


def test_a_diary_of_days_gone_by_only_is_not_made(begin):
    ward = begin()
    ward.at(hours=24 * 7)
    ward.made(ward.weight("70", answered=("sets-the-dose",)))
    answer = prepare_sheet(ward.desk, request(ward))
    assert answer.reasons[0] == "No injection of this cycle is to come."


def test_beyond_the_age_of_the_weight_no_volume_is_told(begin, monkeypatch):
    later = (PLAN.replace("days = [5, 6]", "days = [5, 12]"), PLAN)
    far = (later[1].strip(), later[0].strip())
    ward = begin(far)
    text = said(diary(ward))
    waits = "aldesleukin at 12:00 only after you were weighed No volume is told now. You get a new"
    assert f"Fri 13-Mar-2026 day 12 {waits}" in text
    assert "aldesleukin: 3 injections of 0.97 mL, 1 injection of 0.27 mL," in text
    assert "aldesleukin, without a volume, only after you were weighed: 1" in text
    assert "aldesleukin: only after you were weighed" in text.split("What I did")[1]
    assert "Sun 08-Mar-2026 day 7 interferon alfa-2b time: ________ 0.3 mL" in text  # not by weight


def test_a_companion_dose_by_weight_waits_for_a_newer_one_too(begin):
    by_weight = (
        'dose = { value = "3000000", unit = "international units", source',
        'dose = { value = "50000", unit = "international units per kg", source',
    )
    text = said(diary(begin(by_weight)))
    assert "day 7 interferon alfa-2b only after you were weighed" in text
    assert "interferon alfa-2b: 1 injection of" in text
