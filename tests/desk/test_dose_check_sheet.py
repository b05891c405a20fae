"""The pre-dose check on paper: what was judged and stored, and the form where nothing is."""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    new_token,
    record_override,
    void_check,
)
from il2desk.desk.papers import SheetRequest, prepare_sheet


def words(ward, number=1) -> list[str]:
    request = SheetRequest("dose-check", ward.subject, ward.cycle, number)
    sheet = ward.made(prepare_sheet(ward.desk, request))
    return [text.words.replace("\u00a0", " ") for text in sheet.composed.model.texts()]


def test_without_a_check_it_is_a_form_with_every_limit_and_no_verdict(ward):
    said = words(ward)
    assert "☐ GO   ☐ HOLD   ☐ STOP   ☐ CANNOT ASSESS" in said
    row = said.index("heart rate at dosing")
    assert said[row + 1 : row + 6] == [
        "required",
        "100 to 130 per min",
        "above 130 per min",
        "_______ per min",
        "☐ within  ☐ HOLD  ☐ STOP",
    ]
    assert said.count("creatinine") == 1
    assert "STOP this cycle if" in said
    assert said[said.index("Drug") + 1] == "aldesleukin"
    assert any(one.startswith("dose 1 of 15, planned ") for one in said)
    assert not any(one in said for one in ("within", "GO", "not assessed"))


def test_a_recorded_check_prints_values_times_results_and_who(ward):
    ward.premedicate()
    ward.check(creatinine="2.6")
    said = words(ward)
    row = said.index("2.5 or more and below 3 mg/dL")
    assert said[row - 1] == "creatinine"
    assert said[row + 1 : row + 3] == ["HOLD", "2.6 mg/dL"]
    assert said[row + 4] == "▲ HOLD"
    assert "HOLD" in said
    assert any(one.startswith("STOP 0, HOLD 1; required") for one in said)
    check = ward.dose().check
    assert any(one.endswith(f"by {check.by}") for one in said)
    assert "signed in the journal" in said


def test_a_check_entered_in_error_is_told_and_its_verdict_is_not_the_sheet_s(ward):
    ward.premedicate()
    ward.check(creatinine="2.6")
    wrong = ward.dose().check.entry
    ward.clock.moment += timedelta(minutes=1)
    ward.made(void_check(ward.desk, ward.place(), wrong, "other patient", ward.two(), new_token()))
    said = words(ward)
    assert "☐ GO   ☐ HOLD   ☐ STOP   ☐ CANNOT ASSESS" in said
    assert any(one.startswith("HOLD ") and one.endswith("ENTERED IN ERROR") for one in said)


def test_a_dose_that_is_not_planned_is_refused(ward):
    request = SheetRequest("dose-check", ward.subject, ward.cycle, 99)
    assert prepare_sheet(ward.desk, request).code == "dose"


def test_an_override_stands_beside_the_verdict_and_with_its_reason_below(ward):
    ward.premedicate()
    ward.check(creatinine="2.6")
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(), form, signed, new_token()))
    said = words(ward)
    at = said.index("HOLD \u2013 OVERRIDDEN")
    assert said[at + 1].startswith("Overridden 02-Mar-2026 ")
    assert said[at + 1].endswith("ordered by M. Sato (by phone), signed by K. Brandt and A. Ruiz")
    assert any(one.startswith("OVERRIDDEN ") and "tumour at the airway" in one for one in said)


def test_both_signers_of_an_override_stand_in_the_signature_table(ward):
    ward.premedicate()
    ward.check(creatinine="2.6")
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(), form, signed, new_token()))
    said = words(ward)
    for meaning, one in zip((OVERRIDE_FIRST, OVERRIDE_SECOND), signed.body(), strict=True):
        at = said.index(meaning)
        assert said[at + 1 : at + 4] == [one["role"], one["name"], "signed in the journal"]


def test_what_nobody_assessed_is_counted_and_half_a_criterion_is_not_plainly_within(ward):
    ward.premedicate()
    ward.check()
    said = words(ward)
    results = [one["result"] for one in ward.dose().check.criteria]
    count = results.count("not assessed")
    assert count > 1
    assert f"{count} criteria not assessed" in said[said.index("Not judged") + 1]
    half = [
        row for row in ward.dose().check.criteria
        if row["result"] == "not met" and ": not assessed" in row["value"]
    ]  # fmt: skip
    assert half
    for row in half:
        at = said.index(row["value"])
        name = row["value"].split("; ")[-1].removesuffix(": not assessed")
        assert said[at + 2] == f"within; {name} not assessed"


def test_under_a_stop_no_check_says_go_alone_and_no_form_is_made(ward):
    ward.premedicate()
    ward.check()
    ward.clock.moment += timedelta(minutes=5)
    ward.check(2, bleeding="frank")
    said = words(ward)
    assert any(
        one.startswith("STOP this cycle, ") and "whatever this check says" in one for one in said
    )
    request = SheetRequest("dose-check", ward.subject, ward.cycle, 3)
    assert prepare_sheet(ward.desk, request).code == "stop"
