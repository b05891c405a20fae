"""The dose worksheet: everything computed before the release, the record of it afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    DISCARD_MEANING,
    Lot,
    discard_preparation,
    new_token,
    void_weight,
)
from il2desk.desk import dose_worksheet_sheet as sheets
from il2desk.desk.papers import SheetRequest, prepare_cycle_sheet, prepare_sheet
from il2desk.desk.released_preparation import released_working
from il2desk.dosing import Refusal

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
    assert said.count("5.04 million international units") == 3  # one in the head of every page
    assert "0.28 mL" in said
    assert "made up with glucose 5 %" in said
    assert "1 vial, counted by the withdrawable rule" in said
    assert {"Container", "Glucose 5 %: lot, expiry"} <= set(said)
    assert "NOT VERIFIED" in said
    assert any(one.startswith("CHECK: no check is recorded.") for one in said)
    ward.premedicate()
    ward.check()
    assert not any(one.startswith("CHECK: no check") for one in words(ward))


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


def voided(ward) -> None:
    (weight,) = ward.located().chart.weights
    both = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_weight(ward.desk, ward.subject, weight.entry, "slip", both, new_token()))


def test_the_form_is_the_derivation_of_the_cycle_sheet_line_by_line(ward):
    cycle = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle)).composed.model
    working = [
        text.words.replace("\u00a0", " ")
        for text in cycle.texts()
        if text.field.startswith("working, line")
    ]
    assert working
    assert set(working) <= set(words(ward))


def test_a_weight_in_error_a_hold_and_a_withdrawn_lot_say_do_not_give(ward):
    ward.prepared()
    ward.clock.moment += timedelta(minutes=10)
    ward.check(creatinine="2.7")
    assert any(one.startswith("DO NOT GIVE: HOLD at 02-Mar-2026 11:40") for one in words(ward))
    voided(ward)
    said = words(ward)
    # The mark of every page, three in the head of every page, four in the boxes of the amounts.
    assert said.count("DO NOT GIVE") == 1 + 3 + 4
    assert sum(one.startswith("DO NOT GIVE: ") for one in said) == 2  # once more at the signatures
    assert any("that weight was entered in error" in one for one in said)


def test_the_clock_changes_nothing(ward):
    ward.prepared()
    first = ward.made(asked(ward)).pdf
    ward.clock.moment += timedelta(days=9)
    assert ward.made(asked(ward)).pdf == first


def test_a_discarded_preparation_leaves_the_sheet_and_is_told(ward):
    ward.prepared()
    signed = ward.signed("pharmacist", DISCARD_MEANING)
    entry = ward.dose().release.entry
    ward.made(discard_preparation(ward.desk, ward.place(), entry, "dropped", signed, new_token()))
    said = words(ward)
    assert "PR1234AB" not in said
    assert "NOT VERIFIED" in said
    assert any("was discarded" in one and "dropped" in one for one in said)


def test_engines_that_differ_print_nothing_before_and_after_the_release(ward, monkeypatch):
    ward.prepared()
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    ward.refused("engines-differ", asked, ward)
    ward.refused("engines-differ", asked, ward, 2)


def test_another_derivation_than_what_stands_released_prints_nothing(ward, monkeypatch):
    ward.prepared()
    derived = sheets.dose_of
    moved = {"prepared_volume_ml": Decimal("0.3")}
    monkeypatch.setattr(sheets, "dose_of", lambda *of: replace(derived(*of), **moved))
    assert (
        "discard it (in the program: step 4 of the dose)"
        in ward.refused("differs", asked, ward).text
    )


def test_the_reasons_of_a_release_are_its_deviations(ward):
    ward.premedicate()
    ward.check()
    lots = tuple(Lot(name, "2026-12-31", 1) for name in ("PR1234AB", "PR5678CD"))
    form = ward.release_form(lots=lots, vials_reason="first vial broken")
    ward.made(ward.release(form=form, reading=ward.reading(lots=("34AB", "78CD"))))
    assert "more vials than required: first vial broken" in words(ward)


def test_a_total_volume_that_was_chosen_replaces_the_lines_of_the_recipe(ward):
    ward.prepared()
    release = ward.dose().release
    other = replace(release, volume_choice="no bag", total_volume_ml=Decimal(25))
    rows = {row.letter: row.text for row in released_working(other)}
    assert rows["I"].startswith("replaced by the total of 25\u00a0mL: made up to 10 mL")
    assert not rows["H"].startswith("replaced")
    same = replace(release, volume_choice="outside the window")
    assert not any(row.text.startswith("replaced") for row in released_working(same))


def test_a_dose_that_is_recorded_says_so_on_every_page(ward):
    ward.prepared()
    ward.clock.moment = ward.dose().planned
    ward.made(ward.record())
    sheet = ward.made(asked(ward))
    assert sheet.composed.model.watermark[0] == "ALREADY RECORDED: GIVEN"
    assert "ALREADY RECORDED: GIVEN" in [mark.words for mark in sheet.composed.model.frame.marks]


def test_a_weight_that_the_release_would_refuse_refuses_the_form(ward):
    ward.premedicate()
    ward.check()
    ward.clock.moment += timedelta(minutes=10)
    ward.made(ward.weight("60", purpose="daily", answered=ANSWERED))
    assert isinstance(ward.release(), Refusal)
    assert asked(ward).code == "weight"


def test_the_check_stands_with_its_end(ward):
    ward.premedicate()
    ward.check()
    (said,) = [one for one in words(ward) if one.startswith("CHECK: GO of ")]
    assert ", valid to " in said


def test_a_record_that_waits_for_a_second_person_is_not_verified(ward):
    ward.prepared()
    ward.clock.moment = ward.dose().planned
    ward.made(ward.record())
    assert not ward.made(asked(ward)).verified
    ward.cosigned()
    assert ward.made(asked(ward)).verified
