"""The practice trial: a journal of its own, marked for ever, with four patients in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    PRACTICE_PEOPLE,
    JournalFault,
    OrderForm,
    SetClock,
    chart_of,
    new_token,
    open_desk,
    open_practice,
    sign_in,
    subjects,
    write_order,
)
from il2desk.desk.course import course_of


def charts(desk):
    return {one.trial_code: chart_of(desk, one.id) for one in subjects(desk)}


def test_four_patients_in_the_middle_of_their_treatment(practice):
    found = charts(practice)
    assert set(found) == {"PRA-001", "PRA-002", "PRA-003", "PRA-004"}
    outcomes = {
        dose.number: dose.administration.outcome
        for dose in found["PRA-004"].cycle.doses.values()
        if dose.administration is not None
    }
    assert len(outcomes) == 15
    assert (outcomes[6], outcomes[9], outcomes[13]) == ("held", "part given", "omitted")
    assert found["PRA-004"].cycle.doses[12].administration.changes
    assert found["PRA-003"].cycle.stopped.number == 4
    waiting = found["PRA-002"].cycle.doses[4].administration
    assert waiting.cosigned_by is None
    assert found["PRA-002"].cycle.doses[5].check.verdict == "HOLD"
    assert found["PRA-001"].cycle.doses[4].administration is None


def test_the_finished_course_has_every_series_and_passes_the_studys_line(practice):
    chart = charts(practice)["PRA-004"]
    course = course_of(practice, chart.subject.id, chart.cycle.id)
    weights, *findings = course.series
    (line,) = [one for one in weights.lines if "Oncology 2001;60:110-115" in one.source]
    assert line.number == chart.cycle.baseline.weight_kg * Decimal("1.05")
    assert max(one.number for one in weights.values) > line.number
    assert [len(one.values) for one in findings] == [14, 14, 14]
    assert chart.cycle.doses[6].check.verdict == "HOLD"
    given = [dose for dose in chart.cycle.doses.values() if dose.check and dose.number != 6]
    assert {dose.check.verdict for dose in given} == {"GO"}


def test_it_is_whole_marked_and_nobody_is_signed_in(practice):
    assert practice.practice
    assert practice.person is None
    assert practice.journal.check().ok
    for name, _, pin in PRACTICE_PEOPLE:
        assert sign_in(practice, name, pin).name == name


def test_nothing_in_it_happened_in_the_future(practice, monday):
    for entry in practice.journal.entries():
        assert entry.at <= monday
    for chart in charts(practice).values():
        for dose in chart.cycle.doses.values():
            if dose.administration is not None and dose.administration.given_at is not None:
                assert dose.administration.given_at <= dose.administration.recorded_at


@pytest.mark.timeout(300)
def test_opening_again_begins_anew_and_touches_no_real_journal(
    practice_file, stages, tmp_path, monday
):
    path = tmp_path / "practice.sqlite"
    shutil.copy(practice_file, path)
    before = path.read_bytes()
    desk = open_practice(path, clock=SetClock(monday + timedelta(days=1)))
    try:
        assert len(subjects(desk)) == 4
        with pytest.raises(JournalFault):
            open_practice(path, clock=SetClock(monday))  # it is open in a window
    finally:
        desk.close()
    assert path.read_bytes() != before
    real = tmp_path / "journal.sqlite"
    shutil.copy(stages["planned"], real)
    kept = real.read_bytes()
    with pytest.raises(JournalFault):
        open_practice(real, clock=SetClock(monday))
    assert real.read_bytes() == kept


def test_a_practice_journal_stays_marked_wherever_it_lies(practice_file, tmp_path, monday):
    path = tmp_path / "journal.sqlite"
    shutil.copy(practice_file, path)
    desk = open_desk(path, clock=SetClock(monday), practice=False)
    try:
        assert desk.practice
    finally:
        desk.close()


def test_its_people_work_by_the_same_gates(practice, monday):
    sign_in(practice, "K. Brandt", "1111")
    subject = charts(practice)["PRA-001"].subject.id
    form = OrderForm("M. Sato", monday, Decimal(5040000), "M. Sato", "M. Sato")
    answer = write_order(
        practice, subject, replace(form, ordered_dose_iu=Decimal(5039999)), new_token()
    )
    assert answer.code == "order-differs"
