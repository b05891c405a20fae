"""The trial summary from a journal: counts that can be counted again by hand, trial numbers only."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import (
    DISCARD_MEANING,
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    discard_preparation,
    new_token,
    record_override,
    void_check,
)
from il2desk.desk.chart import chart_of
from il2desk.desk.papers import SheetRequest, prepare_sheet, record_print, sheets_of_site
from il2desk.desk.trial_checks import criterion_counts
from il2desk.desk.trial_counts import TrialPatient, of_words, totals_of

TRIAL = SheetRequest("trial-summary", of="npc-bolus-site")
DEFINITIONS = ('{ value = ["npc-2001"], source', '{ value = ["npc-2001", "who-1981"], source')


def summary(ward, paper=None):
    return ward.made(prepare_sheet(ward.desk, TRIAL, paper))


def said(made) -> str:
    pages = PdfReader(BytesIO(made.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u00a0", " ")


def another(ward, code: str = "NPC-002", **changes):
    """A second patient with a cycle two days later, of whom nothing is recorded."""
    ward.register(
        trial_code=code, family_name="Chan", given_name="Bea", born="05-Mar-1962",
        hospital_number="4712", initials="BC", bed="5", **changes,
    )  # fmt: skip
    ward.made(ward.weight("65"))
    ward.made(ward.order("4680000"))
    return ward.made(ward.plan(datetime.fromisoformat("2026-03-04T20:00")))


@pytest.fixture
def told(ward):
    """Doses given, part given, held and omitted; one preparation discarded; a second patient."""
    ward.given(1)
    ward.given(2, outcome="part given", volume_ml=Decimal("0.15"), reason="line lost")
    ward.at(hours=15.5)
    ward.check(3, bleeding="occult")
    ward.made(ward.record(3, "held", reason="occult blood", decided_by="M. Sato"))
    ward.cosigned(3)
    ward.at(hours=23.5)
    ward.prepared(4)
    release, signed = ward.dose(4).release.entry, ward.signed("pharmacist", DISCARD_MEANING)
    ward.made(
        discard_preparation(ward.desk, ward.place(4), release, "dropped", signed, new_token())
    )
    ward.made(ward.record(4, "omitted", reason="dropped", decided_by="M. Sato"))
    mine = ward.subject, ward.cycle
    another(ward)
    ward.subject, ward.cycle = mine
    return ward


def test_every_count_stands_with_its_denominator(told):
    text = said(summary(told))
    for fact in (
        "Patients registered count 2", "Patients with a cycle of patients registered 2 of 2 (100 percent)",
        "Patients with a dose of patients registered 1 of 2 (50 percent)", "Doses planned count 30",
        "Doses given of doses planned 1 of 30 (3.3 percent)",
        "Doses part given of doses planned 1 of 30 (3.3 percent)",
        "Doses held of doses planned 1 of 30 (3.3 percent)",
        "Doses omitted of doses planned 1 of 30 (3.3 percent)",
        "Doses not known of doses planned 0 of 30 (0 percent)",
        "Doses without a record of doses planned 26 of 30 (86.7 percent)",
        "7.74 million international units",  # 5.04 and 2.7
        "Cycles with a dose of cycles planned 1 of 2 (50 percent)",
        "Total, all 2 cycles 30 1 1 1 1 0 26 7.74 million international units",
        "Went in without a recorded amount of doses given and part given 0 of 2 (0 percent)",
        "GO 3 of 4 (75 percent) 1 of 1 (100 percent)", "HOLD 1 of 4 (25 percent)",
        "STOP 0 of 4 (0 percent)",
        "NPC-017 1, 1 02-Mar-2026 15 1 1 1 1 0 11 7.74 million international units open",
        "NPC-002 1, 1 04-Mar-2026 15 0 0 0 0 0 15 0 international units open",
    ):  # fmt: skip
        assert fact in text, fact


def test_a_sum_with_an_unknown_dose_says_at_least_on_every_page(told):
    told.at(hours=32)
    told.made(told.record(5, "not known", reason="no chart", decided_by="M. Sato"))
    text = said(summary(told))
    assert text.count("at least 7.74 million international units") == 3
    at = text.index("Cumulative dose given doses given and part given with an amount")
    assert "at least 7.74 million" in text[at : at + 120]


def test_outcomes_add_up_to_the_doses_planned(told):
    chart = told.made(chart_of(told.desk, told.subject))
    totals = totals_of((TrialPatient(chart, tuple(chart.cycles.values())),))
    of = "of doses planned"
    counts = [int(one.values[0].split("\u00a0")[0]) for one in totals if one.of == of]
    assert sum(counts) == 15
    (planned,) = [one for one in totals if one.label == "Doses planned"]
    assert planned.values == ("15",)


def test_no_patient_stands_there_by_name_or_birth(told):
    text = said(summary(told))
    for name in ("BROWN", "Brown", "Ada", "CHAN", "Chan", "04-Mar-1961", "4711"):
        assert name not in text, name


def test_what_must_be_read_stands_in_lists(told):
    told.made(told.amend(1, given_at=told.dose(1).planned + timedelta(minutes=9)))
    wrong = told.check(5, bleeding="frank").id
    told.made(void_check(told.desk, told.place(5), wrong, "other patient", told.two(), new_token()))
    made = summary(told)
    text = said(made)
    assert "Deviations and what waits: 3" in text
    assert "NPC-017 course 1, cycle 1, dose 1 Amended: given at" in text
    assert "NPC-017 course 1, cycle 1, dose 4 No second person" in text
    assert "NPC-017 course 1, cycle 1, dose 5 A check (STOP) was entered in error" in text
    assert "STOP 0 of 4 (0 percent)" in text  # a check entered in error counts nowhere
    assert "Discarded preparations: 1" in text
    assert "NPC-017 course 1, cycle 1, dose 4 0.28 mL, lot PR1234AB" in text
    assert made.composed.unsigned == ("NPC-017 dose 4",)
    assert "NOT VERIFIED" in text
    assert "Not verified: 1 record without a second person, listed under Deviations" in text


def test_every_record_that_waits_is_counted_also_two_of_one_cycle(told):
    told.at(hours=32)
    told.made(told.record(5, "omitted", reason="asleep", decided_by="M. Sato"))
    text = said(summary(told))
    assert "Not verified: 2 records without a second person" in text
    assert text.count("No second person") == 2


def test_a_record_in_error_counts_nowhere_and_is_told(told):
    told.made(told.amend(1, reason="wrong patient", in_error=True))
    text = said(summary(told))
    assert "A record (given) was entered in error" in text
    assert "wrong patient" in text
    assert "Doses given of doses planned 0 of 30 (0 percent)" in text
    assert "2.7 million international units" in text
    assert "7.74" not in text


def test_an_override_stands_with_reason_prescriber_and_both_signatures(ward):
    ward.check(1, bleeding="occult")
    form = OverrideForm("benefit outweighs", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(1), form, signed, new_token()))
    text = said(summary(ward))
    assert "Overrides of HOLD or CANNOT ASSESS: 1" in text
    assert "Override of HOLD" in text
    assert "benefit outweighs; ordered by M. Sato, by phone" in text
    assert "K. Brandt, A. Ruiz" in text


def test_a_stop_ends_the_cycle_and_names_its_criterion(ward):
    ward.check(1, bleeding="frank")
    text = said(summary(ward))
    assert "Cycles ended by a STOP of cycles planned 1 of 1 (100 percent)" in text
    assert "STOP: bleeding frank 1 of 1 (100 percent)" in text
    assert "STOP this cycle, 02-Mar-2026" in text


def test_a_check_that_meets_two_criteria_is_one_check_in_each(ward):
    ward.check(1, bleeding="occult", heart_rate="110")
    chart = ward.made(chart_of(ward.desk, ward.subject))
    rows = criterion_counts((TrialPatient(chart, tuple(chart.cycles.values())),))
    assert len(rows) == 2
    assert {row.checks for row in rows} == {of_words(1, 1)}


def test_companion_drugs_are_counted_of_what_is_planned(beside):
    beside.made(beside.record_companion(1))
    text = said(summary(beside))
    assert "interferon alfa-2b 3 1 of 3 0 of 3" in text
    assert "2 of 3 0 3 million international units" in text
    assert "course 1, cycle 1, interferon alfa-2b, day 1 No second person" in text


def test_definitions_that_the_protocol_names_are_rows_to_write_in(
    staffed, site_file, activate_file
):
    activate_file(staffed, site_file(DEFINITIONS))
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    text = said(summary(staffed))
    for fact in (
        "Toxicity: Toxicity as reported in the nasopharyngeal carcinoma study, version 2001",
        "weight gain against the cycle's baseline above 5 percent",
        "AST or ALT above 3 GAP: What the threefold AST or ALT is a multiple of",
        "Toxicity: Grades of the World Health Organization (Miller 1981), version 1981",
        "grade 4: below 6.5 g/dL", "grade 4: above 10 times the upper limit of normal",
        "Graded toxicities and responses are not recorded in the program.",
        "Write the number of patients under each grade, of those with a dose: 0.",
        "Write the number of patients who met it at least once, of those with a dose: 0.",
        "Protocol version 1, fingerprint ",
        "Evaluation, by the protocol: 5 to 6 weeks after the course",
    ):  # fmt: skip
        assert fact in text, fact


def test_it_is_offered_for_each_protocol_with_a_patient_and_is_the_same_again(told):
    offered = [
        one.request for one in sheets_of_site(told.desk) if one.request.kind == "trial-summary"
    ]
    assert offered == [TRIAL]
    first = summary(told)
    told.clock.moment += timedelta(days=90)
    assert summary(told).pdf == first.pdf
    told.made(record_print(told.desk, first, "print", new_token()))
    assert summary(told).sheet_id == first.sheet_id  # a print is no new fact
    told.cosigned(4)
    again = summary(told)
    assert again.sheet_id != first.sheet_id
    assert again.supersedes == first.sheet_id


def test_a_protocol_without_patients_has_no_summary(active):
    active.refused("nothing-to-print", prepare_sheet, active.desk, TRIAL)


def test_percentages_are_rounded_half_up_and_never_of_nothing():
    said = [
        of_words(*pair).replace("\u00a0", " ") for pair in ((0, 0), (1, 3), (1, 8), (1200, 1200))
    ]
    assert said == [
        "0 of 0", "1 of 3 (33.3 percent)", "1 of 8 (12.5 percent)",
        "1,200 of 1,200 (100 percent)",
    ]  # fmt: skip


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_both_papers(told, paper):
    assert summary(told, paper).paper == paper
