"""The dose rows of a cycle sheet: which volume, how many criteria, and who is still to sign."""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk.papers import prepare_cycle_sheet
from il2desk.desk.sheet_rows import counts_of, doses_in_words


def said(ward) -> list[str]:
    sheet = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle))
    return [text.words.replace("\u00a0", " ") for text in sheet.composed.model.texts()]


def test_a_record_that_waits_says_not_verified_in_its_own_row(ward):
    ward.prepared()
    ward.clock.moment = ward.dose().planned
    ward.made(ward.record())
    marks = said(ward).count("NOT VERIFIED")
    ward.cosigned()
    assert (marks, said(ward).count("NOT VERIFIED")) == (2, 0)  # the head of the sheet, and the row


def test_a_row_counts_hold_and_stop_by_their_names_and_what_is_missing(ward):
    ward.premedicate()
    ward.check(creatinine="2.6", urine_8h="120", platelets=None)
    assert counts_of(ward.dose().check) == "13 of 14 assessed, 2 HOLD, 0 STOP, 1 missing"
    ward.clock.moment += timedelta(minutes=5)
    ward.check()
    assert counts_of(ward.dose().check) == "14 of 14 assessed"


def test_the_sheet_says_which_millilitres_are_the_drug(ward):
    words = said(ward)
    assert "in 10 mL total (0.28 mL of drug made up in glucose 5 %)" in words
    assert "Drug volume before any dilution, dose given" in words


def test_a_run_of_doses_is_never_parted():
    assert doses_in_words([1, 2, 3, 5]) == "doses 1\u00a0to\u00a03, 5"
