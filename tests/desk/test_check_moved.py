"""A GO that was true when it was said releases nothing once what it rested on has changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    KEEP_FIRST,
    KEEP_SECOND,
    KeepWeightForm,
    Lot,
    OrderForm,
    amend_order,
    keep_dosing_weight,
    may_release,
    new_token,
    slot_states,
    steps_of,
    unsettled_before,
    void_weight,
    wrong_preparation,
)
from il2desk.dosing import Refusal

LOTS = (Lot("PR1234AB", "2026-12-31", 1),)
ANSWERED = ("weight-jump", "sets-the-dose", "body-mass-index", "tenfold", "pounds")
SET = 'rule_set = { value = "jitc-2014"'
PARTS = '["rulesets/jitc-2014"]'
AGES = 'weight_gain_percent = "24"'


def rules(name: str) -> tuple[tuple[str, str], ...]:
    return (
        (SET, SET.replace("jitc-2014", name)), (PARTS, PARTS.replace("jitc-2014", name)),
        (AGES, 'weight_gain_percent = "400"\nvasopressor_needed = "24"'),
    )  # fmt: skip


@pytest.fixture
def under(staffed: Any, site_file: Any, activate_file: Any) -> Any:
    """A patient planned under another rule set."""

    def made(*changes: tuple[str, str]) -> Any:
        activate_file(staffed, site_file(*changes))
        staffed.register()
        staffed.made(staffed.weight("70"))
        staffed.made(staffed.order())
        staffed.cycle = staffed.made(staffed.plan())
        staffed.at(minutes=-30)
        return staffed

    return made


def later(ward: Any, minutes: int = 10) -> None:
    ward.clock.moment += timedelta(minutes=minutes)


def just_now(ward: Any) -> datetime:
    return ward.desk.clock.now() - timedelta(minutes=1)


def gate(ward: Any, number: int = 1) -> Any:
    at = ward.located(number)
    return may_release(ward.desk, at.chart, at.cycle, number, LOTS)


# A check and what came after it


def test_a_weight_gain_after_the_check_asks_for_another_check(ward: Any) -> None:
    ward.premedicate()
    ward.check()
    later(ward)
    ward.made(ward.weight("84", purpose="daily", answered=ANSWERED, measured_at=just_now(ward)))
    form = KeepWeightForm("fluid", "M. Sato", "in person")
    both = ward.two(KEEP_FIRST, KEEP_SECOND)
    ward.made(keep_dosing_weight(ward.desk, ward.place(), form, both, new_token()))
    refusal = ward.refused("check-moved", ward.release)
    assert "Since the check, weight gain against the cycle's baseline changed" in refusal.text
    at = ward.located()
    assert steps_of(ward.desk, at.chart, at.cycle, 1).check == "again"
    ward.check()
    assert ward.dose().check.verdict == "HOLD"


def test_a_dose_recorded_as_held_after_the_check_asks_for_another_check(under: Any) -> None:
    ward = under(*rules("springerplus-2015"))
    for number in (1, 2):
        ward.clock.moment = ward.dose(number).planned
        ward.made(ward.record(number, "held", reason="pressure", decided_by="M. Sato"))
    ward.clock.moment = ward.dose(3).planned - timedelta(minutes=30)
    ward.premedicate(4)
    ward.check(4, vasopressor_needed=False)
    ward.made(ward.record(3, "held", reason="pressure", decided_by="M. Sato"))
    refusal = gate(ward, 4)
    assert isinstance(refusal, Refusal)
    assert "Since the check, doses held this cycle changed" in refusal.text
    ward.check(4, vasopressor_needed=False)
    assert ward.dose(4).check.verdict == "STOP"


def test_an_earlier_dose_past_its_time_leaves_the_count_of_held_doses_open(under: Any) -> None:
    ward = under(*rules("springerplus-2015"))
    ward.clock.moment = ward.dose(2).planned - timedelta(minutes=30)
    assert unsettled_before(ward.desk, ward.located(2)) == (1,)
    ward.check(2, vasopressor_needed=False)
    assert ward.dose(2).check.verdict == "CANNOT ASSESS"
    ward.made(ward.record(1, "omitted", reason="discharged for a day", decided_by="M. Sato"))
    ward.check(2, vasopressor_needed=False)
    assert ward.dose(2).check.verdict == "GO"


def test_another_dosing_weight_after_the_check_asks_for_another_check(under: Any) -> None:
    """A limit per kg was judged with the weight of that moment: 282 mL are enough at 70 kg only."""
    ward = under(*rules("til-2024"))
    ward.premedicate()
    ward.check(vasopressor_needed=False, urine_8h="282")
    assert ward.dose().check.verdict == "GO"
    later(ward)
    ward.made(ward.weight("71", answered=ANSWERED, measured_at=just_now(ward)))
    order = ward.located().chart.order
    form = OrderForm("M. Sato", ward.desk.clock.now(), Decimal(5_112_000), reason="new weight")
    ward.made(amend_order(ward.desk, ward.subject, order.id, form, new_token()))
    refusal = gate(ward)
    assert isinstance(refusal, Refusal)
    assert "made with the dosing weight 70\u00a0kg; it is 71\u00a0kg now" in refusal.text
    ward.check(vasopressor_needed=False, urine_8h="282")
    assert ward.dose().check.verdict == "HOLD"


def test_where_nothing_changed_the_check_releases(ward: Any) -> None:
    ward.premedicate()
    ward.check()
    later(ward)
    ward.made(ward.weight("70", purpose="daily", measured_at=just_now(ward)))
    ward.made(ward.release())


# A preparation and what came after it


def test_a_preparation_for_another_dosing_weight_is_not_given(ward: Any) -> None:
    ward.prepared()
    later(ward)
    ward.made(ward.weight("50", answered=ANSWERED))
    said = wrong_preparation(ward.desk, ward.located()).replace("\u00a0", " ")
    assert "for 70 kg: the dosing weight is 50 kg now. Do not give this preparation" in said
    at = ward.located()
    assert slot_states(ward.desk, at.cycle)[0].note == "weight changed since"
    assert steps_of(ward.desk, at.chart, at.cycle, 1).prepare == "-"
    assert ward.dose().standing_release is None
    ward.refused("administration", ward.record)
    ward.made(ward.record(reason="it was given already"))
    assert slot_states(ward.desk, ward.located().cycle)[0].note == ""


@pytest.mark.parametrize(("changed", "word"), [("2.7", "HOLD"), ("3.1", "STOP")])
def test_a_verdict_after_the_release_speaks_against_the_preparation(
    ward: Any, changed: str, word: str
) -> None:
    ward.prepared()
    assert wrong_preparation(ward.desk, ward.located()) == ""
    later(ward)
    ward.check(creatinine=changed)
    said = wrong_preparation(ward.desk, ward.located())
    assert said.startswith(f"{word} at ")
    assert said.endswith("after the release. Do not give this preparation.")
    ward.check()
    assert (wrong_preparation(ward.desk, ward.located()) == "") is (word == "HOLD")


def test_a_check_serves_no_dose_that_is_due_after_it(ward: Any) -> None:
    ward.premedicate(15)
    ward.check(15)
    refusal = ward.refused("too-early", ward.release, 15)
    assert "Dose 15 is due at" in refusal.text
    assert "Open the dose that is due now" in refusal.text


# The baseline


def test_a_weight_after_the_first_dose_is_no_baseline(active: Any) -> None:
    """Planned without a weight; the only one is void: the gain is not known, and nothing says GO."""
    ward = active
    ward.register()
    ward.made(ward.order())
    ward.cycle = ward.made(ward.plan())
    ward.at(minutes=-40)
    entry = ward.made(ward.weight("70", answered=ANSWERED))
    ward.at(minutes=-30)
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    ward.cosigned()
    ward.clock.moment = ward.dose(2).planned - timedelta(minutes=40)
    both = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_weight(ward.desk, ward.subject, entry.id, "slip", both, new_token()))
    ward.made(ward.weight("84", answered=ANSWERED))
    assert ward.located().cycle.baseline_kg is None
    later(ward, 5)
    ward.premedicate(2)
    ward.check(2)
    assert ward.dose(2).check.verdict == "CANNOT ASSESS"
    assert "weight_gain_percent" in ward.dose(2).check.missing
