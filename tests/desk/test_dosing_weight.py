"""The dosing weight against later weights: the re-weigh limit, its age, and the order to keep it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import (
    KEEP_FIRST,
    KEEP_SECOND,
    KeepWeightForm,
    TwoSignatures,
    changed_weight,
    first_open_step,
    keep_dosing_weight,
    new_token,
    today,
    weight_reasons,
)

FORM = KeepWeightForm("fluid, oedema", "M. Sato", "by phone")


def ready(ward: Any, daily: str) -> Any:
    """Premedication and check recorded; then the patient is weighed."""
    ward.premedicate()
    ward.made(ward.weight(daily, purpose="daily", answered=("weight-jump",)))
    ward.check()
    return ward


def keep(ward: Any, form: KeepWeightForm = FORM, signed: TwoSignatures | None = None) -> Any:
    both = signed or ward.two(KEEP_FIRST, KEEP_SECOND)
    return keep_dosing_weight(ward.desk, ward.place(), form, both, new_token())


@pytest.mark.parametrize(
    ("daily", "blocked"),
    # 10 percent of 70 kg, counted from the limit itself.
    [("76.99", False), ("77", True), ("77.01", True), ("63", True), ("63.01", False)],
)
def test_a_change_that_reaches_the_limit_blocks_the_release(
    ward: Any, daily: str, *, blocked: bool
) -> None:
    ready(ward, daily)
    if not blocked:
        ward.made(ward.release())
        return
    answer = ward.refused("weight", ward.release)
    (row,) = today(ward.desk)
    assert (row.steps.weight, first_open_step(row.steps)) == ("weigh", 1)
    assert ("may be fluid" in answer.text) is (Decimal(daily) > 70)
    assert "the dosing weight 70" in answer.text.replace("\u00a0", " ")


def test_where_only_above_counts_the_limit_itself_is_free(
    staffed: Any, site_file: Callable[..., Path], activate_file: Callable[[Any, Path], str]
) -> None:
    activate_file(staffed, site_file(('value = "at the limit"', 'value = "above the limit"')))
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    staffed.at(minutes=-30)
    ready(staffed, "77")
    staffed.made(staffed.release())


def test_what_was_given_is_recorded_whatever_is_blocked(ward: Any) -> None:
    ready(ward, "80")
    ward.refused("weight", ward.release)
    ward.at(minutes=1)
    lots = ward.release_form().lots
    entry = ward.made(ward.record(volume_ml=Decimal("0.28"), lots=lots, reason="given already"))
    assert entry.body["outcome"] == "given"


def test_the_order_to_keep_the_weight_opens_the_release_and_keeps_the_dose(ward: Any) -> None:
    ready(ward, "80")
    before = ward.derived().exact_dose_iu
    entry = ward.made(keep(ward))
    assert entry.body["prescriber"] == "M. Sato"
    assert len(entry.body["signatures"]) == 2
    ward.made(ward.release())
    assert ward.derived().exact_dose_iu == before


def test_the_next_change_asks_again(ward: Any) -> None:
    ready(ward, "80")
    ward.made(keep(ward))
    ward.at(minutes=-10)
    ward.made(ward.weight("81", purpose="daily"))
    at = ward.located()
    assert changed_weight(ward.desk, at.chart, at.cycle) is not None
    assert weight_reasons(ward.desk, at.chart, at.cycle)


def test_a_new_dosing_weight_ends_the_question(ward: Any) -> None:
    ready(ward, "80")
    ward.at(minutes=-20)
    ward.made(ward.weight("80", answered=("weight-jump",)))
    at = ward.located()
    assert weight_reasons(ward.desk, at.chart, at.cycle) == ()


@pytest.mark.parametrize("lacking", ["reason", "prescriber", "way"])
def test_the_order_needs_reason_prescriber_and_way(ward: Any, lacking: str) -> None:
    ready(ward, "80")
    values = {"reason": "fluid", "prescriber": "M. Sato", "way": "by phone"} | {lacking: " "}
    ward.refused("keep-weight", keep, ward, KeepWeightForm(**values))


def test_the_order_needs_two_people_and_a_change(ward: Any) -> None:
    ready(ward, "80")
    same = TwoSignatures(ward.signed("pharmacist", KEEP_FIRST), ward.signed("pharmacist"))
    ward.refused("same-person", keep, ward, FORM, same)
    ward.made(keep(ward))
    ward.refused("no-change", keep, ward)


def test_a_dosing_weight_of_another_week_releases_nothing(ward: Any) -> None:
    """The practice rules keep a dosing weight for 168 hours."""
    ward.at(hours=168)
    at = ward.located()
    (reason,) = weight_reasons(ward.desk, at.chart, at.cycle)
    assert "Weigh the patient for dosing" in reason
    ward.at(hours=120)
    assert weight_reasons(ward.desk, at.chart, at.cycle) == ()


def test_a_daily_weight_never_sets_a_dose(ward: Any) -> None:
    before = ward.derived()
    ward.made(ward.weight("74", purpose="daily"))
    assert ward.derived().exact_dose_iu == before.exact_dose_iu
