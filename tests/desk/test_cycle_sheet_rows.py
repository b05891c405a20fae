"""The dose rows of a cycle sheet: which volume, how many criteria, and who is still to sign."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    new_token,
    record_override,
)
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


@pytest.mark.parametrize("is_stopped", [False, True])
def test_the_counts_add_up_to_the_planned_doses_also_after_a_stop(ward, is_stopped: bool):
    ward.given(1)
    ward.clock.moment += timedelta(minutes=5)
    if is_stopped:
        ward.check(2, bleeding="frank")
    words = said(ward)
    (counts,) = [one for one in words if one.startswith("Given 1 ")]
    parts, planned = counts.split("\n")[0].rsplit(" \u00b7 of ", 1)
    numbers = [int(one) for one in re.findall(r" (\d+)(?: |$)", parts)]
    assert sum(numbers) == int(planned.removesuffix(" planned")) == 15
    assert ("Cancelled 14" in parts) is is_stopped
    assert words.count("Cancelled") == (14 if is_stopped else 0)


def test_a_dose_given_on_an_override_says_so_in_its_row(ward):
    ward.premedicate()
    ward.check(creatinine="2.6")
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(), form, signed, new_token()))
    assert "override, see Notes" not in said(ward)
    ward.made(ward.release())
    ward.clock.moment = ward.dose().planned
    ward.made(ward.record())
    words = said(ward)
    assert any(one.startswith("override, see Notes") for one in words)
    assert "Notes" in words
    assert any(one.startswith("Dose 1: release despite HOLD ordered") for one in words)
