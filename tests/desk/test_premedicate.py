"""The checklist: amounts, blocks, outcomes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from il2desk.desk import (
    DosePlace,
    ItemOutcome,
    clocks_for,
    items_for,
    new_token,
    open_mandatory,
    record_premedication,
    to_watch_for,
)


def items(ward):
    at = ward.located()
    return {made.item.id: made for made in ward.made(items_for(ward.desk, at.chart, at.cycle))}


def outcomes(ward, *found, token=None):
    return record_premedication(ward.desk, ward.place(), found, token or new_token())


def test_items_are_recorded_with_their_amounts(ward):
    ward.premedicate()
    done = ward.dose().premedication
    assert (done["antibiotic"].dose, done["antibiotic"].unit) == ("500", "mg")
    assert done["antipyretic"].outcome == "given"


def test_mandatory_items_stay_open_until_they_have_an_outcome(ward):
    at = ward.located()
    assert open_mandatory(ward.desk, at.chart, at.cycle, 1) == ("cephalexin", "acetaminophen")
    ward.made(outcomes(ward, ItemOutcome("antibiotic", "not given", "allergy")))
    at = ward.located()
    assert open_mandatory(ward.desk, at.chart, at.cycle, 1) == ("acetaminophen",)
    ward.made(outcomes(ward, ItemOutcome("antipyretic", "not applicable", "fever-free")))
    at = ward.located()
    assert open_mandatory(ward.desk, at.chart, at.cycle, 1) == ()


def test_outcomes_of_one_dose_are_not_those_of_another(ward):
    ward.premedicate(1)
    at = ward.located(2)
    assert len(open_mandatory(ward.desk, at.chart, at.cycle, 2)) == 2


def test_a_later_outcome_replaces_the_earlier_in_view_and_both_are_kept(ward):
    ward.made(outcomes(ward, ItemOutcome("antibiotic", "not given", "vomiting")))
    ward.made(outcomes(ward, ItemOutcome("antibiotic", "given", at=ward.desk.clock.now())))
    assert ward.dose().premedication["antibiotic"].outcome == "given"
    assert ward.kinds().count("premedication-recorded") == 2


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ((), "nothing"),
        ((ItemOutcome("aspirin", "given"),), "item"),
        ((ItemOutcome("antibiotic", "swallowed"),), "item"),
        ((ItemOutcome("antibiotic", "not given"),), "reason"),
        ((ItemOutcome("antibiotic", "not applicable", " "),), "reason"),
    ],
)
def test_what_is_no_outcome(ward, found, code):
    ward.refused(code, outcomes, ward, *found)


def test_nothing_was_given_tomorrow(ward):
    later = ward.desk.clock.now() + timedelta(minutes=1)
    ward.refused("future", outcomes, ward, ItemOutcome("antibiotic", "given", at=later))


def test_a_known_allergy_blocks_its_item(active):
    active.register(allergies_state="known allergies", allergies="Penicillin: rash in 1998")
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    assert items(active)["antibiotic"].blocked_by == ("penicillin or cephalosporin allergy",)
    assert items(active)["antipyretic"].blocked_by == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"allergies_state": "known allergies", "allergies": "latex"},
        {"allergies_state": "no known allergies", "allergies": "penicillin"},
        {"allergies_state": "allergies not recorded"},
    ],
)
def test_other_allergies_block_nothing_by_guess(active, changes):
    active.register(**changes)
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    assert items(active)["antibiotic"].blocked_by == ()


def test_a_second_press_records_once(ward):
    found = (ItemOutcome("antibiotic", "not given", "allergy"),)
    ward.once(lambda token: record_premedication(ward.desk, ward.place(), found, token))


def test_where_and_by_whom(ward):
    found = (ItemOutcome("antibiotic", "given"),)
    nowhere = DosePlace(ward.subject, ward.cycle, 99)
    ward.refused("unknown-dose", record_premedication, ward.desk, nowhere, found, new_token())
    ward.desk.person = None
    ward.refused("not-signed-in", outcomes, ward, *found)


def test_a_version_that_cannot_be_read_leaves_everything_open(ward):
    at = ward.located()
    at.cycle.fingerprint = "sha256:gone"
    assert items_for(ward.desk, at.chart, at.cycle).code == "unknown-version"
    assert open_mandatory(ward.desk, at.chart, at.cycle, 1)


def test_the_running_total_and_the_interval_come_from_the_record(ward):
    """The practice antipyretic over two doses of the cycle."""
    ward.premedicate(1)
    given = ward.desk.clock.now()
    ward.clock.moment = given + timedelta(hours=1)
    at = ward.located(2)
    found = ward.made(items_for(ward.desk, at.chart, at.cycle))
    clocks = clocks_for(ward.desk, at, found)
    item = next(made for made in found if made.item.id == "antipyretic")
    clock = clocks["antipyretic"]
    assert clock.total == item.amount
    assert clock.next_at == given + timedelta(hours=int(item.item.interval_h[0]))
    assert clock.blocked_by


def test_two_given_for_one_dose_both_count_and_one_without_a_time_leaves_no_total(ward):
    """A total that leaves out a tablet would let the next one through."""
    ward.premedicate(1)
    one = ward.desk.clock.now()
    ward.clock.moment = one + timedelta(hours=5)
    again = ItemOutcome("antipyretic", "given", at=ward.desk.clock.now())
    ward.made(outcomes(ward, again))
    at = ward.located(1)
    found = ward.made(items_for(ward.desk, at.chart, at.cycle))
    amount = next(made.amount for made in found if made.item.id == "antipyretic")
    assert clocks_for(ward.desk, at, found)["antipyretic"].total == 2 * amount
    ward.made(outcomes(ward, ItemOutcome("antipyretic", "given")))
    assert clocks_for(ward.desk, ward.located(1), found)["antipyretic"].total is None


def test_what_was_given_too_early_is_recorded_and_marked(ward):
    ward.premedicate(1)
    ward.clock.moment += timedelta(minutes=30)
    again = ItemOutcome("antipyretic", "given", at=ward.desk.clock.now())
    entry = ward.made(record_premedication(ward.desk, ward.place(2), (again,), new_token()))
    (outcome,) = entry.body["outcomes"]
    assert "interval" in outcome["against"][0]


def test_other_drugs_are_kept_matched_and_what_is_left_is_said(ward):
    ward.made(
        record_premedication(ward.desk, ward.place(), (), new_token(), "dexamethasone, herbal tea")
    )
    at = ward.located()
    assert at.chart.other_drugs == "dexamethasone, herbal tea"
    lines = to_watch_for(ward.desk, at.chart, at.cycle)
    assert "systemic steroids lower the effect" in lines[0]
    assert "read them: herbal tea" in lines[1]
    ward.refused("nothing", outcomes, ward)


def test_an_allergy_is_matched_by_the_names_of_its_class_and_the_rest_is_said(active):
    active.register(allergies_state="known allergies", allergies="Cefazolin, latex")
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    assert items(active)["antibiotic"].blocked_by == ("penicillin or cephalosporin allergy",)
    at = active.located()
    lines = to_watch_for(active.desk, at.chart, at.cycle)
    assert "ciprofloxacin or vancomycin instead" in lines[0]
    assert "read them: latex" in lines[1]
