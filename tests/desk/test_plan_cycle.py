"""Planning a cycle: active version, order, clocks that change, rest, course."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from il2desk.desk import CyclePlan, active_version, new_token, plan_cycle, preview_cycle
from il2desk.dosing import Refusal

START = datetime.fromisoformat("2026-03-02T12:00")


@pytest.fixture
def ordered(active):
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    return active


def test_fifteen_doses_eight_hours_apart(ordered):
    ordered.cycle = ordered.made(ordered.plan())
    doses = list(ordered.located().cycle.doses.values())
    assert [dose.number for dose in doses] == list(range(1, 16))
    assert doses[0].planned == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    assert {b.planned - a.planned for a, b in pairwise(doses)} == {timedelta(hours=8)}
    cycle = ordered.located().cycle
    assert (cycle.zone, cycle.policy, cycle.course, cycle.number) == (
        "Europe/Berlin", "elapsed", 1, 1,
    )  # fmt: skip
    assert cycle.baseline_kg == Decimal(70)


def test_a_preview_is_what_will_be_planned_and_stores_nothing(ordered):
    before = ordered.count
    schedule = ordered.made(preview_cycle(ordered.desk, ordered.subject, START))
    assert ordered.count == before
    ordered.cycle = ordered.made(ordered.plan())
    assert [dose.planned for dose in ordered.located().cycle.doses.values()] == [
        dose.utc for dose in schedule.doses
    ]


def test_clocks_that_go_forward_keep_eight_hours(ordered):
    ordered.cycle = ordered.made(ordered.plan(datetime.fromisoformat("2026-03-28T12:00")))
    doses = list(ordered.located().cycle.doses.values())
    assert {b.planned - a.planned for a, b in pairwise(doses)} == {timedelta(hours=8)}
    local = [ordered.desk.local(dose.planned).strftime("%H:%M%z") for dose in doses[:3]]
    assert local == ["12:00+0100", "20:00+0100", "05:00+0200"]
    assert "29-Mar-2026" in ordered.located().cycle.clock_change
    entry = ordered.desk.journal.entries(kind="cycle-planned")[0]
    assert entry.body["doses"][2]["local"] == "2026-03-29T05:00+02:00"


def test_a_local_time_that_is_not_there_or_twice(ordered):
    answer = ordered.refused("gap", ordered.plan, datetime.fromisoformat("2026-03-29T02:30"))
    assert "Choose 01:30 or 03:30" in answer.text
    twice = datetime.fromisoformat("2026-10-25T02:30")
    ordered.refused("fold", ordered.plan, twice)
    ordered.cycle = ordered.made(ordered.plan(twice, fold=1))
    assert ordered.dose().planned == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert ordered.located().cycle.start_local == "2026-10-25T02:30"


def test_a_real_journal_plans_from_no_specimen(active):
    """The patient was registered when a version was active; a specimen gives no cycle."""
    active.register()
    entry = active.desk.journal.entries(kind="subject-registered")[0]
    body = {**entry.body, "subject": "b" * 32, "protocol": "npc-bolus", "trial_code": "X"}
    active.desk.append("subject-registered", body, subject="b" * 32)
    active.subject = "b" * 32
    answer = active.refused("specimen", active.plan)
    assert "is a specimen" in answer.text
    assert "Missing in it" in answer.text
    assert preview_cycle(active.desk, "b" * 32, START).code == "specimen"


def test_without_an_order_or_a_patient(active):
    active.register()
    active.refused("no-order", active.plan)
    assert preview_cycle(active.desk, "0" * 32, START).code == "unknown-patient"
    active.subject = "0" * 32
    active.refused("unknown-patient", active.plan)
    active.sign_in("monitor")
    active.refused("reading-only", active.plan)


def test_an_order_that_differs_from_the_weight_of_today(ordered):
    ordered.made(ordered.weight("72"))
    ordered.refused("order-differs", ordered.plan)


def test_a_second_press_plans_once(ordered):
    plan = CyclePlan(START)
    ordered.once(lambda token: plan_cycle(ordered.desk, ordered.subject, plan, token))


def test_the_rest_between_cycles(ward):
    """The last dose is planned for 7 March, 04:00; the source gives 7 days."""
    answer = ward.refused("rest", ward.plan, datetime.fromisoformat("2026-03-13T08:00"))
    assert "7 days between cycles" in answer.text
    early = ward.made(
        ward.plan(datetime.fromisoformat("2026-03-13T08:00"), early_reason="transfer")
    )
    entry = ward.desk.journal.entries(kind="cycle-planned")[-1]
    assert (entry.cycle, entry.reason) == (early, "transfer")


def test_no_rest_is_none_and_still_no_overlap(active, site_file, activate_file):
    """The last dose is planned for 7 March, 04:00: without a rest the next cycle may follow it."""
    file = site_file(
        ("rest_days = { value = 7", 'rest_days = { value = "none"'),
        ('version = "1"', 'version = "2"'),
    )
    activate_file(active, file)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.refused("overlap", active.plan, datetime.fromisoformat("2026-03-07T03:00"))
    active.made(active.plan(datetime.fromisoformat("2026-03-07T12:00")))


def test_a_cycle_inside_another_is_asked_about(ward):
    answer = ward.refused("overlap", ward.plan, datetime.fromisoformat("2026-03-05T08:00"))
    assert "07-Mar-2026" in answer.text


def test_a_cycle_before_another_is_asked_about(ward):
    """The cycle planned last is not always the one that ends last."""
    ward.made(ward.plan(datetime.fromisoformat("2026-04-20T08:00")))
    ward.refused("overlap", ward.plan, datetime.fromisoformat("2026-04-01T08:00"), course=2)


def test_a_course_has_as_many_cycles_as_its_source_gives(ward):
    second = ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    answer = ward.refused("course", ward.plan, datetime.fromisoformat("2026-05-20T08:00"))
    assert "has 2 cycles already" in answer.text
    ward.refused("course", ward.plan, datetime.fromisoformat("2026-05-20T08:00"), course=0)
    third = ward.made(ward.plan(datetime.fromisoformat("2026-05-20T08:00"), course=2))
    cycles = ward.located().chart.cycles
    assert (cycles[second].course, cycles[second].number) == (1, 2)
    assert (cycles[third].course, cycles[third].number) == (2, 1)


def test_after_a_stop_of_the_cycle_the_next_may_be_planned(ward):
    ward.check(bleeding="frank")
    assert not isinstance(ward.plan(datetime.fromisoformat("2026-03-20T08:00")), Refusal)


def test_the_cycle_holds_the_version_it_was_planned_from(ordered):
    version = ordered.made(active_version(ordered.desk, "npc-bolus-site"))
    ordered.cycle = ordered.made(ordered.plan())
    entry = ordered.desk.journal.entries(kind="cycle-planned")[0]
    assert entry.protocol_fingerprint == entry.body["fingerprint"] == version.fingerprint
    assert new_token() != new_token()
