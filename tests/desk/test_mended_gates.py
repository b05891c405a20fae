"""Gates and sheet words that keep a dose from being drawn too early, or a paper from misleading."""

from __future__ import annotations

from datetime import timedelta

from il2desk.desk import add_staff, new_token
from il2desk.desk.chart import chart_of
from il2desk.desk.cycle_sheet_facts import SheetCall, cycle_facts
from il2desk.desk.gates import check_stands, may_release
from il2desk.dosing import Refusal


def facts_of(desk, subject):
    chart = chart_of(desk, subject)
    call = SheetCall("CYC-T", "1", "ab" * 6, desk.clock.now(), "K. Brandt", "")
    facts = cycle_facts(desk, chart, chart.cycle, call)
    assert not isinstance(facts, Refusal), facts
    return facts


def test_a_check_in_the_future_of_the_clock_does_not_stand(ward):
    ward.premedicate()
    ward.check()
    ward.clock.moment -= timedelta(days=2)
    refusal = check_stands(ward.desk, ward.dose())
    assert isinstance(refusal, Refusal)
    assert refusal.code == "clock"


def test_people_are_added_by_a_pharmacist_or_an_administrator(ward):
    ward.sign_in("nurse")
    before = ward.count
    answer = add_staff(ward.desk, "G. Host", "prescriber", "9999", new_token())
    assert isinstance(answer, Refusal)
    assert answer.code == "role"
    assert ward.count == before


def test_an_order_that_differs_stands_on_the_sheet(ward):
    ward.made(ward.weight("72"))
    changes = facts_of(ward.desk, ward.subject).order.changes
    assert "ORDER DIFFERS" in changes
    assert "5.184" in changes


def test_a_stopped_cycle_prints_its_open_rows_as_cancelled(ward):
    ward.check(bleeding="frank")
    facts = facts_of(ward.desk, ward.subject)
    rows = {row.number: row for row in facts.doses}
    assert rows[15].decision == "Cancelled"
    assert rows[15].reason.startswith("STOPPED this cycle")
    assert "STOPPED" in facts.schedule.cycle


def test_blocked_stands_only_where_an_allergy_blocks(ward):
    rows = facts_of(ward.desk, ward.subject).premedication
    assert [row.blocked for row in rows if row.blocked] == []
    assert any("Not given if" in row.condition for row in rows)


def test_a_dose_is_not_released_while_the_minimum_interval_outlasts_the_check(ward):
    ward.prepared(1)
    late = ward.dose(2).planned - timedelta(minutes=20)  # dose 1 went in hours after its time
    ward.clock.moment = late
    ward.made(ward.record(1, reason="given late", decided_by="M. Sato"))
    ward.made(ward.weight("70.1", purpose="daily"))
    ward.premedicate(2)
    ward.check(2)
    at = ward.located(2)
    answer = may_release(ward.desk, at.chart, at.cycle, 2, ward.release_form().lots)
    assert isinstance(answer, Refusal)
    assert "minimum interval" in answer.text
