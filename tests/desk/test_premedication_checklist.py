"""The premedication checklist on paper: the patient's amounts, and what was given so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import ItemOutcome, items_for, new_token, record_premedication
from il2desk.desk.papers import SheetRequest, prepare_sheet, sheets_of_cycle


def words(ward) -> list[str]:
    sheet = ward.made(
        prepare_sheet(ward.desk, SheetRequest("premedication", ward.subject, ward.cycle))
    )
    return [text.words.replace("\u00a0", " ") for text in sheet.composed.model.texts()]


def give(ward, number, *outcomes):
    ward.made(record_premedication(ward.desk, ward.place(number), outcomes, new_token()))


def test_amounts_are_the_patient_s_and_every_dose_has_a_row(ward):
    said = words(ward)
    assert "500 mg" in said
    assert "acetaminophen" in said
    assert [number for number in range(1, 16) if str(number) not in said] == []
    assert not any(one.startswith("given") for one in said)


def test_what_was_given_stands_with_its_time_and_running_total(ward):
    at = ward.desk.clock.now()
    give(ward, 1, ItemOutcome("antipyretic", "given", at=at))
    said = words(ward)
    row = next(index for index, one in enumerate(said) if one.startswith("given "))
    assert said[row + 1 : row + 4] == [
        "650 mg", "24 hours with this one: 650 mg of 2,600 mg", "recorded by K. Brandt",
    ]  # fmt: skip
    ward.clock.moment += timedelta(hours=1)
    give(ward, 2, ItemOutcome("antipyretic", "given", at=ward.desk.clock.now()))
    assert "24 hours with this one: 1,300 mg of 2,600 mg" in words(ward)


def test_over_the_daily_maximum_is_said_in_words(ward):
    for number in range(1, 6):
        ward.clock.moment += timedelta(hours=1)
        give(ward, number, ItemOutcome("antipyretic", "given", at=ward.desk.clock.now()))
    assert "\u25b2 OVER, 24 hours with this one: 3,250 mg of 2,600 mg" in words(ward)


def test_what_was_not_given_says_why(ward):
    give(ward, 1, ItemOutcome("antibiotic", "not given", "already given by the ward"))
    said = words(ward)
    assert "already given by the ward" in said[said.index("not given") :]


def test_it_is_offered_with_the_cycle(ward):
    offered = sheets_of_cycle(ward.desk, ward.subject, ward.cycle)
    assert "premedication" in [one.request.kind for one in offered]


def boxes(ward) -> int:
    return sum(one.startswith("\n\u2610 given") for one in words(ward))


def test_an_open_dose_has_boxes_and_a_recorded_one_none(ward):
    assert boxes(ward) == 2 * 15
    ward.at(minutes=5)
    ward.made(ward.record(1, "omitted", reason="fever", decided_by="M. Sato"))
    assert boxes(ward) == 2 * 14
    assert words(ward).count("not recorded") == 2


def test_doses_that_a_stop_cancelled_have_no_boxes(ward):
    ward.check(bleeding="frank")
    assert boxes(ward) == 0
    assert words(ward).count("cancelled: STOP") == 2 * 15


def test_an_allergy_leaves_no_box_for_given(active):
    active.register(allergies_state="known allergies", allergies="penicillin (rash)")
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    said = words(active)
    assert said.count("\n\u2610 not given") == 15
    assert said.count("BLOCKED") == 15 + 2  # and in the list, and in the head of every page
    assert boxes(active) == 15
    assert any(one.startswith("BLOCKED: ") and "penicillin" in one for one in said)


def test_an_amount_without_a_time_gives_no_total(ward):
    give(ward, 1, ItemOutcome("antipyretic", "given"))
    said = words(ward)
    assert "given, time not recorded" in said
    assert "24 hours: not known" in said


def test_the_clock_changes_nothing(ward):
    give(ward, 1, ItemOutcome("antipyretic", "given", at=ward.desk.clock.now()))
    request = SheetRequest("premedication", ward.subject, ward.cycle)
    first = ward.made(prepare_sheet(ward.desk, request)).pdf
    ward.clock.moment += timedelta(days=3)
    assert ward.made(prepare_sheet(ward.desk, request)).pdf == first


def test_the_interval_of_the_source_stands_in_every_open_cell(ward):
    """Doses of the drug come every 8 hours, the antibiotic every 12: a box alone would invite it."""
    said = words(ward)
    assert sum("not within 12 hours of the last" in one for one in said) == 15
    assert sum("not within 6 hours of the last" in one for one in said) == 15


def test_an_item_is_due_at_its_minutes_before_the_dose_where_the_source_says_so(ward):
    """After the first one the interval of the source counts, not the next dose of aldesleukin."""
    said = words(ward)
    assert said.count("due 11:30, not within 12 hours of the last") == 1
    assert said.count("due 11:30, not within 6 hours of the last") == 1
    assert not any(one.startswith("due 19:30") for one in said)


@pytest.mark.parametrize("how", ["each dose", "every dose"])
def test_an_item_before_each_dose_is_due_before_each(ward, monkeypatch, how):
    made = ward.made(checklist_of(ward))
    each = tuple(
        replace(one, item=replace(one.item, timing=f"30 minutes before {how}")) for one in made
    )
    monkeypatch.setattr("il2desk.desk.premedication_checklist.items_for", lambda *_: each)
    said = words(ward)
    assert sum(one.startswith("due 19:30, ") for one in said) == 2 * 5
    assert sum(one.startswith("due 11:30, ") for one in said) == 2 * 5


def checklist_of(ward):
    at = ward.located()
    return items_for(ward.desk, at.chart, at.cycle)


def test_a_maximum_in_grams_is_written_in_the_unit_of_the_amount(ward, monkeypatch):
    """Tablets are added up in mg: 650 mg of 3.9 g asks for a sum in the head."""
    made = ward.made(checklist_of(ward))
    grams = tuple(
        replace(one, item=replace(one.item, daily_max=Decimal("3.9"), daily_max_unit="g"))
        for one in made
    )
    monkeypatch.setattr("il2desk.desk.premedication_checklist.items_for", lambda *_: grams)
    give(ward, 1, ItemOutcome("antipyretic", "given", at=ward.desk.clock.now()))
    said = words(ward)
    assert "24 hours with this one: 650 mg of 3,900 mg" in said
    assert any(one.endswith("_ of 3,900 mg") for one in said)
