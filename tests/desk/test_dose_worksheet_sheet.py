"""The dose worksheet: everything computed before the release, the record of it afterwards."""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk.papers import SheetRequest, prepare_sheet

ANSWERED = ("weight-jump", "sets-the-dose", "body-mass-index", "tenfold", "pounds")


def asked(ward, number=1):
    return prepare_sheet(
        ward.desk, SheetRequest("dose-worksheet", ward.subject, ward.cycle, number)
    )


def words(ward, number=1) -> list[str]:
    sheet = ward.made(asked(ward, number))
    return [text.words.replace("\u00a0", " ") for text in sheet.composed.model.texts()]


def test_before_the_release_it_is_a_form_that_is_not_verified_and_asks_for_the_check(ward):
    sheet = ward.made(asked(ward))
    assert not sheet.verified
    said = words(ward)
    assert said.count("5.04 million international units") == 2
    assert "0.28 mL" in said
    assert "NOT VERIFIED" in said
    assert any(one.startswith("CHECK: no check is recorded.") for one in said)
    ward.premedicate()
    ward.check()
    assert not any(one.startswith("CHECK:") for one in words(ward))


def test_after_the_release_it_is_the_record_with_lots_times_and_signatures(ward):
    ward.prepared()
    release = ward.dose().release
    sheet = ward.made(asked(ward))
    assert sheet.verified
    said = words(ward)
    assert release.lots[0].lot in said
    assert "31-Dec-2026" in said
    assert said.count("signed in the journal") == 2
    assert {release.by, release.checked_by} <= set(said)
    assert not any("NOT VERIFIED" in one for one in said)


def test_a_weight_that_changed_after_the_release_is_told_and_the_numbers_stay_those_released(ward):
    ward.prepared()
    ward.clock.moment += timedelta(minutes=10)
    ward.made(ward.weight("71.5", answered=ANSWERED))
    said = words(ward)
    assert any(one.startswith("DO NOT GIVE:") for one in said)
    assert said.count("5.04 million international units") == 2


def test_a_stop_refuses_the_form(ward):
    ward.premedicate()
    ward.check(bleeding="frank")
    assert asked(ward).code == "stop"


def test_a_dose_with_an_outcome_and_no_release_has_none(ward):
    ward.clock.moment = ward.dose().planned
    ward.made(ward.record(1, "omitted", reason="r", decided_by="d"))
    assert asked(ward).code == "recorded"
