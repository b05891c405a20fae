"""The planned doses of a companion drug: days of its own, derived amounts, states."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    companion_slots,
    companions_of,
    day_words,
    next_unplanned,
    today,
    whole_amounts,
)

INTERVAL = """
[regimen.companions.histamine]
drug = "histamine dihydrochloride"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "0.5", unit = "mg", source = "practice" }
interval_h = { value = "12", source = "practice" }
doses_per_cycle = { value = 5, source = "practice" }
product = { value = "histamine-dihydrochloride", source = "practice" }
presentation = { value = "vial", source = "practice" }

[regimen.dilution]"""


def slots(ward):
    at = ward.located()
    return companion_slots(ward.desk, at.chart, at.cycle)


def test_every_planned_dose_has_its_day_date_and_state(beside):
    found = [(slot.day, slot.date.isoformat(), slot.state, slot.word) for slot in slots(beside)]
    assert found == [
        (1, "2026-03-02", "due", "Due today"),
        (3, "2026-03-04", "scheduled", "Planned"),
        (8, "2026-03-09", "scheduled", "Planned"),
    ]
    beside.at(hours=24)
    assert [slot.state for slot in slots(beside)] == ["overdue", "scheduled", "scheduled"]
    assert slots(beside)[0].word == "Not recorded after its day"


def test_a_day_without_aldesleukin_has_its_derived_amount(beside):
    assert 8 not in {dose.day for dose in beside.located().cycle.doses.values()}
    at = beside.companion(8)
    assert at.derived.exact_dose == Decimal(3_000_000)
    assert at.derived.volume.prepared_ml == Decimal("0.3")
    assert whole_amounts(at) == (Decimal(3_000_000), Decimal(3_000_000))
    assert at.planned


def test_a_day_without_a_plan_says_so(beside):
    at = beside.companion(2)
    assert not at.planned
    assert at.derived.text == "No dose of interferon alfa-2b is planned on day 2."
    assert not beside.companion(1, 2).planned


def test_another_companion_or_cycle_is_unknown(beside):
    beside.cycle = "0" * 32
    beside.refused("unknown-companion", beside.record_companion)


def test_a_dose_by_an_interval_stands_on_its_days(staffed, site_file, activate_file):
    activate_file(staffed, site_file(("\n[regimen.dilution]", INTERVAL)))
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    found = slots(staffed)
    assert Counter(slot.day for slot in found) == {1: 1, 2: 2, 3: 2}  # noon, then every 12 hours
    assert [(slot.day, slot.count, slot.of_day) for slot in found][1:3] == [(2, 1, 2), (2, 2, 2)]


def test_after_a_stop_the_open_doses_are_the_prescribers(beside):
    beside.made(beside.record_companion())
    beside.at(hours=1)
    beside.check(bleeding="frank")
    words = [slot.word for slot in slots(beside)]
    assert words[0] == "Needs second person"
    assert words[1:] == ["STOPPED 02-Mar-2026: ask the prescriber"] * 2


def test_a_further_dose_takes_the_next_place_of_its_date(beside):
    (companion,) = companions_of(beside.desk, beside.located().cycle)
    day = datetime.fromisoformat("2026-03-02").date()

    def place(on):
        return next_unplanned(beside.desk, beside.located().cycle, companion, on)

    assert place(day) == (1, 2)
    assert place(day + timedelta(days=1)) == (2, 1)
    beside.made(beside.record_companion(2, reason="Decided by the prescriber"))
    assert place(day + timedelta(days=1)) == (2, 2)
    assert [(slot.day, slot.planned) for slot in slots(beside)][:2] == [(1, True), (2, False)]


def test_today_says_what_needs_somebody(beside):
    def note():
        (row,) = today(beside.desk)
        return row.note

    assert note() == "interferon alfa-2b, day 1: due today."
    beside.made(beside.record_companion())
    assert note() == "interferon alfa-2b, day 1: needs second person."
    beside.at(hours=24 * 8)
    assert note() == (
        "interferon alfa-2b, day 1: needs second person. "
        "interferon alfa-2b: 2 doses not recorded after their day."
    )


@pytest.mark.parametrize(("day", "words"), [
    (3, "day 3"), (1, "day 1"), (0, "1 day before day 1"), (-1, "2 days before day 1")])  # fmt: skip
def test_a_day_in_words(day, words):
    assert day_words(day) == words
