"""The change from one level to the next, in words, and where there is none to tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from il2desk.dosing.findings import Evidence, Source, Sourced
from il2desk.dosing.level_steps import StepUp, step_before, step_in_words
from il2desk.dosing.regimen import Basis, Level

HERE = Source("a test", "", Evidence.HAND)
UNITS = "international units"


def level(first, last, dose):
    return Level(first, last, None if dose is None else Sourced(Decimal(dose), HERE))


def said(step, unit=UNITS):
    return step_in_words(step, unit).replace("\u00a0", " ")


@pytest.fixture
def plan(make_regimen):
    """Months 1 to 2 at 1 million, month 3 at 1.5 million, month 4 a gap, month 5 at 1 million."""

    def made(unit="month", basis=Basis.M2):
        levels = (
            level(1, 2, "1000000"),
            level(3, 3, "1500000"),
            level(4, 4, None),
            level(5, 5, "1000000"),
        )
        return make_regimen(basis=basis, level_by=unit, levels=levels)

    return made


def test_up_down_and_the_same_in_words():
    up = StepUp(Decimal(1_000_000), "month 2", Decimal(1_500_000), Basis.M2)
    assert said(up) == (
        "1.5 million international units per m2, 500,000 international units more than in month 2 "
        "(1 million international units per m2; 50 percent more)."
    )
    down = StepUp(Decimal(3_000_000), "cycle 1", Decimal(1_000_000), Basis.KG)
    assert said(down) == (
        "1 million international units per kg, 2 million international units less than in cycle 1 "
        "(3 million international units per kg; 66.7 percent less)."
    )
    same = StepUp(Decimal(1_000_000), "month 1", Decimal(1_000_000), Basis.FLAT)
    assert said(same) == "The same dose as in month 1: 1 million international units."


def test_a_drug_in_milligrams_is_said_in_milligrams():
    step = StepUp(Decimal("0.5"), "week 1", Decimal(1), Basis.FLAT)
    assert said(step, "mg") == "1 mg, 0.5 mg more than in week 1 (0.5 mg; 100 percent more)."


def test_a_level_before_that_is_a_gap_shows_no_step(plan):
    step = step_before(plan(), 5)
    assert (step.before, step.before_name) == (None, "month 4")
    assert said(step) == "The dose of month 4 is not filled in, so no step is shown."


@pytest.mark.parametrize("unit", ["month", "week", "cycle"])
def test_levels_that_follow_each_other_have_steps(plan, unit):
    step = step_before(plan(unit), 3)
    assert (step.before, step.before_name, step.dose) == (1_000_000, f"{unit} 2", 1_500_000)
    assert step_before(plan(unit), 2).before == 1_000_000


def test_no_step_by_day_at_the_first_at_a_gap_or_past_the_levels(plan):
    assert step_before(plan("day"), 3) is None
    assert step_before(plan(), 1) is None
    assert step_before(plan(), 4) is None
    assert step_before(plan(), 6) is None
    assert step_before(plan(), 7) is None


def test_a_level_after_a_hole_has_no_step(make_regimen):
    holed = make_regimen(level_by="month", levels=(level(1, 1, "1"), level(3, 3, "2")))
    assert step_before(holed, 3) is None


def test_one_dose_has_no_steps(make_regimen):
    assert step_before(make_regimen("72000"), 2) is None
