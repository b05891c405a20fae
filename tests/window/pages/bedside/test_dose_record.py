"""Step 5: what happened can always be recorded, is reviewed, and waits for a second person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest


def given_utc(bedside, number=1) -> str:
    return bedside.dose(number).administration.given_at.astimezone(UTC).strftime("%d %H:%M")


@pytest.fixture
def prepared(bedside):
    """Dose 1 is released; it is 14:14 and step 5 is open."""
    bedside.prepared()
    bedside.later(14)
    return bedside.open(5)


def test_given_by_keyboard_and_both_people(bedside, prepared, office, typing, review):
    before = bedside.count
    typing("{G}1412{Tab}y{Ctrl+Enter}")
    assert "Given today 12-Mar-2026 14:12" in review()
    assert "5.04 million international units" in review()
    said = review().split("\n")
    assert "Total volume 10 mL" in said
    assert "Whole amount: yes" in said
    assert "Planned 12-Mar-2026 14:00, 12 min late" in said
    assert any(line.startswith("Route ") and " over " in line for line in said)
    assert any(line.startswith("aldesleukin") for line in said)
    typing("1111{Ctrl+Enter}")
    assert bedside.count == before + 1
    assert office.page().title == "Today"
    typing("A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.count == before + 2
    record = bedside.dose().administration
    assert (record.by, record.cosigned_by) == ("K. Brandt", "A. Ruiz")
    assert given_utc(bedside) == "12 13:12"
    assert office.window.panel() is None


def test_later_leaves_it_waiting_for_a_second_person(bedside, prepared, office, typing):
    typing("{G}n{Tab}y{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    assert office.window.panel() is None
    assert bedside.dose().administration.cosigned_by is None
    assert given_utc(bedside) == "12 13:14"


def test_the_first_person_cannot_be_the_second(bedside, prepared, office, typing):
    typing("{G}n{Tab}y{Ctrl+Enter}1111{Ctrl+Enter}")
    before = bedside.count
    typing("K. Brandt{Tab}1111{Ctrl+Enter}")
    assert office.window.panel().refusal_text() == "The second person must be someone else."
    assert bedside.count == before


def test_nothing_is_chosen_and_plain_enter_records_nothing(bedside, prepared, office, typing):
    before = bedside.count
    assert prepared.entries.value().outcome == ""
    assert prepared.action().missing == ("Outcome",)
    typing("{Enter}{Enter}{Enter}")
    assert office.window.panel() is None
    assert bedside.count == before


def test_a_time_later_than_now_is_asked_about(bedside, prepared, typing):
    typing("{G}2350")
    moment = prepared.entries.start
    assert moment.yesterday.isVisible()
    assert "Yesterday Wed" in moment.time.question_text()
    assert prepared.entries.value().given_at is None
    typing("{Tab}{E}1410")
    assert prepared.entries.start.value().strftime("%d %H:%M") == "12 14:10"
    assert not moment.yesterday.isVisible()


def test_yesterday_is_taken_only_when_answered(prepared, typing):
    typing("{G}2350{Tab}y")
    assert prepared.entries.start.value().strftime("%d %H:%M") == "11 23:50"


def test_an_impossible_local_time_is_refused_with_two_ways_out(bedside, office, clock, typing):
    clock.moment = datetime(2026, 3, 29, 8, 0, tzinfo=UTC)  # clocks went forward at 02:00
    step = bedside.open(5)
    typing("{G}0230")
    assert step.entries.start.value() is None
    assert "did not exist" in step.entries.start.time.error_text()


def test_a_time_that_happened_twice_asks_which(bedside, clock, typing):
    clock.moment = datetime(2026, 10, 25, 8, 0, tzinfo=UTC)  # clocks went back at 03:00
    step = bedside.open(5)
    typing("{G}0230")
    start = step.entries.start
    assert start.which.isVisible()
    assert start.value() is None
    start.which.choose("0")
    assert start.value().astimezone(UTC).hour == 0
    start.which.choose("1")
    assert start.value().astimezone(UTC).hour == 1


def test_part_given_asks_volume_and_reason(bedside, prepared, office, typing, review):
    before = bedside.count
    typing("{G}n{Tab}n")
    assert prepared.entries.outcome.value() == "part given"
    assert prepared.entries.volume.isVisible()
    labels = [e.label_text() for e in prepared.entries.form.shown() if "Day" in e.label_text()]
    assert labels == ["Day it was stopped, if another", "Day it was started, if another"]
    prepared.entries.volume.focus_entry()
    typing("0.28")
    prepared.entries.reason.choose("Line or pump problem")
    typing("{Ctrl+Enter}")
    assert any("below that of the whole" in line for line in prepared.problems.sentences())
    assert bedside.count == before
    prepared.entries.volume.line.setText("0.15")
    typing("{Ctrl+Enter}")
    assert "0.15 mL" in review()
    typing("1111{Ctrl+Enter}")
    assert bedside.count == before + 1
    assert bedside.dose().administration.outcome == "part given"


def test_omitted_asks_reason_and_who_decided(bedside, prepared, typing):
    before = bedside.count
    typing("{O}1")
    assert prepared.action().missing == ("Decided by",)
    typing("{Ctrl+Enter}")
    assert bedside.count == before
    prepared.entries.decided_by.focus_entry()
    typing("M. Sato{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    record = bedside.dose().administration
    assert (record.outcome, record.decided_by) == ("omitted", "M. Sato")
    assert record.reason == "HOLD at the check before the dose"
    assert record.given_at is None


def test_not_known_asks_what_was_checked_in_words(bedside, prepared, typing):
    typing("{U}")
    assert not prepared.entries.decided_by.isVisible()
    prepared.entries.reason.choose("other")
    prepared.entries.other.focus_entry()
    typing("ward closed{Ctrl+Enter}1111{Ctrl+Enter}{Esc}")
    assert bedside.dose().administration.reason == "ward closed"


def test_a_dose_against_stop_without_release_can_be_recorded_and_is_marked(
    bedside, office, typing, review
):
    bedside.check(bleeding="frank", platelets="24000")
    bedside.later(30)
    step = bedside.open(5, number=2)
    typing("{G}n")
    assert any("against STOP" in line for line in step.marks.sentences())
    assert any("without a recorded release" in line for line in step.marks.sentences())
    missing = step.action().missing
    assert {"Reason", "Decided by", "Drug volume that went in, mL", "Lot 1"} == set(missing)
    step.entries.volume.focus_entry()
    typing("0.28{Enter}AB1234C7{Enter}30-Jun-2026{Enter}1")
    step.entries.reason.choose("Decided by the prescriber")
    step.entries.decided_by.focus_entry()
    before = bedside.count
    typing("M. Sato{Ctrl+Enter}")
    assert "This dose was given against STOP" in review()
    typing("1111{Ctrl+Enter}{Esc}")
    assert bedside.count == before + 1
    record = bedside.dose(2).administration
    assert "against STOP" in record.against
    assert record.lots[0].lot == "AB1234C7"


def test_a_late_entry_asks_the_reason(bedside, prepared, typing):
    typing("{G}1400{Tab}y")
    assert not prepared.entries.reason.isVisible()
    bedside.later(60)
    prepared.entries.note.focus_entry()
    typing("x")
    assert prepared.entries.reason.isVisible()
    assert prepared.action().missing == ("Reason",)


def test_a_recorded_number_leads_to_its_record(bedside, office, typing):
    bedside.later(10)
    bedside.given()
    step = bedside.open(5)
    assert step.action().sentence == "Dose 1 was recorded by K. Brandt at 14:20. Open that record?"
    before = bedside.count
    step.choose_outcome("given")
    assert not step.entries.isVisible()
    typing("{Ctrl+Enter}")
    assert office.page().title == "Records"
    assert bedside.count == before


def test_a_wrong_pin_stores_nothing_and_keeps_what_was_typed(bedside, prepared, office, typing):
    before = bedside.count
    typing("{G}n{Tab}y{Ctrl+Enter}0000{Ctrl+Enter}")
    assert "2 tries left" in office.window.panel().refusal_text()
    assert bedside.count == before
    typing("{Esc}")
    assert prepared.entries.start.time.typed() == "14:14"


def test_v_signs_as_second_person(bedside, office, typing):
    bedside.later(10)
    bedside.given()
    office.open("second", place=bedside.place())
    before = bedside.count
    typing("A. Ruiz{Tab}2222{Ctrl+Enter}")
    assert bedside.count == before + 1
    assert bedside.dose().administration.cosigned_by == "A. Ruiz"
    assert office.page().action().primary is None


def test_a_refusal_is_brought_into_view(bedside, office, window, qtbot):
    window.resize(1024, 640)
    step = bedside.open(5)
    step.entries.outcome.choose("part given")
    step.entries.volume.line.setText("6")
    step.entries.note.focus_entry()
    qtbot.waitUntil(lambda: not step.entries.note.visibleRegion().isEmpty())
    step.problems.refuse(("Something is wrong.",))
    qtbot.waitUntil(lambda: not step.problems.visibleRegion().isEmpty())
