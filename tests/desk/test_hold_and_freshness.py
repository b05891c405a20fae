"""What HOLD means by protocol, and a check that outlives none of its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    blockers,
    bring_in,
    bundle_of,
    check_end,
    delay_dose,
    earlier_holds,
    may_delay,
    new_token,
    record_check,
    record_override,
    rule_set_for,
    slot_states,
    unsettled_before,
)

SKIPS = 'hold_means = { value = "skip the slot", source = "practice" }'
DELAYS = (
    'hold_means = { value = "delay", source = "practice" }\n'
    'hold_delay_max_h = { value = "3", source = "practice" }'
)
LATER = datetime.fromisoformat("2026-03-02T14:30")
THREE = datetime.fromisoformat("2026-03-02T15:00")


@pytest.fixture
def on(
    staffed: Any, site_file: Callable[..., Path], activate_file: Callable[[Any, Path], str]
) -> Callable[..., Any]:
    def make(*changes: tuple[str, str]) -> Any:
        activate_file(staffed, site_file(*changes))
        staffed.register()
        staffed.made(staffed.weight("70"))
        staffed.made(staffed.order())
        staffed.cycle = staffed.made(staffed.plan())
        staffed.at(minutes=-30)
        return staffed

    return make


@pytest.fixture
def skips(on: Callable[..., Any]) -> Any:
    return on()


@pytest.fixture
def delays(on: Callable[..., Any]) -> Any:
    return on((SKIPS, DELAYS))


def delay(ward: Any, when: datetime) -> Any:
    return delay_dose(ward.desk, ward.place(), when, "creatinine", new_token())


def override(ward: Any) -> Any:
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    return record_override(ward.desk, ward.place(), form, signed, new_token())


def slot(ward: Any) -> Any:
    return slot_states(ward.desk, ward.located().cycle)[0]


# The slot is skipped


def test_where_hold_skips_a_held_dose_is_not_delayed(skips: Any) -> None:
    ward = skips
    sentence = ward.check(creatinine="2.7").body["sentence"]
    assert "By this protocol a dose on HOLD is skipped, not delayed." in sentence
    answer = ward.refused("hold-skips", delay, ward, LATER)
    assert "Record it as Held" in answer.text
    assert (slot(ward).detail, slot(ward).hold) == ("HOLD", "to be skipped")
    ward.made(ward.record(1, "held", reason="creatinine", decided_by="M. Sato"))


def test_where_hold_skips_a_dose_without_hold_may_still_be_late(skips: Any) -> None:
    skips.check()
    assert may_delay(skips.desk, skips.located()) is None
    skips.made(delay(skips, LATER))


def test_cannot_assess_is_no_hold(skips: Any) -> None:
    skips.check(platelets=None)
    skips.made(delay(skips, LATER))


def test_a_hold_stands_until_a_go_ends_it(skips: Any) -> None:
    """A later check with a value missing is less knowledge: it frees no held dose."""
    ward = skips
    ward.check(creatinine="2.7")
    ward.at(minutes=-20)
    assert ward.check(platelets=None).body["verdict"] == "CANNOT ASSESS"
    ward.refused("hold-skips", delay, ward, LATER)
    assert (slot(ward).detail, slot(ward).hold) == ("CANNOT ASSESS", "to be skipped")
    ward.at(minutes=-10)
    ward.check()
    ward.made(delay(ward, LATER))


def test_a_skipped_dose_is_not_made_up_by_a_go_hours_later(skips: Any) -> None:
    """GO within the slot gives it; after the slot (60 minutes) the dose stays skipped."""
    ward = skips
    ward.check(creatinine="2.7")
    ward.premedicate()
    ward.at(minutes=55)
    ward.check()
    ward.made(ward.release())
    ward.at(minutes=61)
    ward.check()
    answer = ward.refused("hold-skips", ward.release)
    assert "could be given to 02-Mar-2026 13:00 at the latest" in answer.text
    # What was given all the same is recorded.
    ward.made(ward.record())


def test_a_hold_that_was_overridden_or_never_was_skips_nothing(skips: Any) -> None:
    ward = skips
    ward.premedicate()
    ward.check(creatinine="2.7")
    ward.made(override(ward))
    assert (slot(ward).detail, slot(ward).hold) == ("HOLD", "")
    ward.at(minutes=80)
    ward.made(ward.release())
    ward.made(delay(ward, LATER))


def test_a_hold_entered_in_error_skips_nothing(skips: Any) -> None:
    from il2desk.desk import void_check  # noqa: PLC0415 - the act under test elsewhere

    ward = skips
    wrong = ward.check(creatinine="2.7").id
    ward.at(minutes=70)
    ward.check()
    ward.premedicate()
    ward.refused("hold-skips", ward.release)
    ward.made(void_check(ward.desk, ward.place(), wrong, "typing", ward.two(), new_token()))
    ward.made(ward.release())


# The dose is delayed


def test_where_hold_delays_it_delays_by_the_stated_hours_at_most(delays: Any) -> None:
    ward = delays
    sentence = ward.check(creatinine="2.7").body["sentence"].replace("\u00a0", " ")
    assert "a dose on HOLD may be delayed by 3 hours at most" in sentence
    assert (slot(ward).detail, slot(ward).hold) == ("HOLD", "to 15:00 at most")
    answer = ward.refused("hold-delay", delay, ward, THREE + timedelta(minutes=1))
    assert "02-Mar-2026 15:00" in answer.text
    ward.made(delay(ward, THREE))


def test_two_delays_add_up_to_no_more(delays: Any) -> None:
    ward = delays
    ward.check(creatinine="2.7")
    ward.made(delay(ward, LATER))
    ward.refused("hold-delay", delay, ward, THREE + timedelta(minutes=1))
    ward.made(delay(ward, THREE))
    answer = ward.refused("hold-delay", delay, ward, THREE + timedelta(minutes=5))
    assert "could be delayed to 02-Mar-2026 15:00 at the latest" in answer.text


def test_after_the_last_moment_nothing_is_delayed_and_nothing_made_up(delays: Any) -> None:
    ward = delays
    ward.check(creatinine="2.7")
    ward.at(hours=3)
    ward.refused("hold-delay", delay, ward, datetime.fromisoformat("2026-03-02T16:00"))
    ward.check()
    ward.premedicate()
    ward.made(ward.release())
    ward.at(hours=3, minutes=1)
    ward.check()
    ward.refused("hold-skips", ward.release)


def test_hours_that_are_open_keep_a_copy_from_being_activated(
    staffed: Any, site_file: Callable[..., Path]
) -> None:
    opens = DELAYS.partition("\n")[0]
    version = staffed.made(bring_in(staffed.desk, site_file((SKIPS, opens)), new_token()))
    (sentence,) = blockers(staffed.desk, version.fingerprint)
    assert sentence.startswith("The hours by which a dose on HOLD may be delayed at most is not")


@pytest.mark.parametrize(
    "changed",
    [
        (SKIPS, SKIPS + '\nhold_delay_max_h = { value = "3", source = "practice" }'),
        ("[site]\n", '[site]\nopen = ["hold_delay_max_h"]\n'),
    ],
)
def test_hours_without_a_hold_that_delays_are_a_problem(
    staffed: Any, site_file: Callable[..., Path], changed: tuple[str, str]
) -> None:
    answer = staffed.refused(
        "protocol-file", bring_in, staffed.desk, site_file(changed), new_token()
    )
    assert 'it belongs to hold_means = "delay"' in answer.text


# How long a check is valid


def checked(ward: Any, code: str, hours: float, others: int = 10) -> Any:
    """A check with all values normal and ten minutes old, one of them older."""
    now = ward.desk.clock.now()
    measured = dict.fromkeys(ward.normal, now - timedelta(minutes=others))
    measured[code] = now - timedelta(hours=hours)
    ends = check_end(ward.desk, ward.located(), ward.normal, measured)
    entry = ward.made(record_check(ward.desk, ward.place(), ward.normal, measured, new_token()))
    assert ends == (ward.dose().check.valid_until, entry.body["valid_by"])
    return entry


def test_a_check_ends_when_its_first_required_value_is_too_old(skips: Any) -> None:
    """The practice rules keep a rhythm for so many hours; the check itself is valid for two."""
    ward = skips
    age = float(dict(_ages(ward))["rhythm"])
    entry = checked(ward, "rhythm", age - 1)
    assert entry.body["valid_by"] == "rhythm"
    end = ward.desk.clock.now() + timedelta(hours=1)
    assert ward.dose().check.valid_until == end.replace(second=0, microsecond=0)
    ward.premedicate()
    ward.clock.moment = end + timedelta(minutes=1)
    answer = ward.refused("check-too-old", ward.release)
    assert "heart rhythm" in answer.text


def test_a_check_of_fresh_values_is_valid_as_long_as_the_site_says(skips: Any) -> None:
    entry = checked(skips, "rhythm", 0, others=0)
    assert entry.body["valid_by"] == ""
    assert skips.dose().check.valid_until == skips.desk.clock.now() + timedelta(hours=2)


def test_a_value_in_another_unit_ends_the_check_of_its_code(skips: Any) -> None:
    """Creatinine keeps for 24 hours, in whichever unit it was typed."""
    now = skips.desk.clock.now()
    raw = {code: value for code, value in skips.normal.items() if code != "creatinine"}
    raw["creatinine_umol"] = "97"
    measured = {**dict.fromkeys(raw, now), "creatinine_umol": now - timedelta(hours=23)}
    end = check_end(skips.desk, skips.located(), raw, measured)
    assert end == (now + timedelta(hours=1), "creatinine")


def test_a_value_that_is_not_required_ends_nothing(skips: Any) -> None:
    """The set judges a heart sound of nobody: rales are shown, and no age is asked of them."""
    now = skips.desk.clock.now()
    raw = {**skips.normal, "rales": "none"}
    measured = {**dict.fromkeys(raw, now), "rales": now - timedelta(days=3)}
    assert check_end(skips.desk, skips.located(), raw, measured)[1] == ""


def test_a_value_too_old_at_the_check_leaves_room_for_an_override(skips: Any) -> None:
    """It makes the verdict CANNOT ASSESS; were it to end the check as well, no order could count."""
    ward = skips
    ward.premedicate()
    entry = checked(ward, "rhythm", 5)
    assert (entry.body["verdict"], tuple(entry.body["missing"])) == ("CANNOT ASSESS", ("rhythm",))
    assert ward.dose().check.valid_until > ward.desk.clock.now()
    ward.refused("verdict", ward.release)
    ward.made(override(ward))
    ward.made(ward.release())


def _ages(ward: Any) -> Any:
    return ward.made(bundle_of(ward.desk, ward.located().cycle.fingerprint)).protocol.site.max_age_h


COUNTS = (
    ('value = "jitc-2014"', 'value = "springerplus-2015"'),
    ('"rulesets/jitc-2014"', '"rulesets/springerplus-2015"'),
    ('skin = "24"', 'skin = "24"\nvasopressor_needed = "8"\ndoses_held = "24"'),
)


def test_a_dose_on_hold_that_nobody_recorded_leaves_the_count_of_held_doses_open(on):
    ward = on(*COUNTS)
    normal = {"vasopressor_needed": False, "bilirubin": None, "bicarbonate": None}
    ward.check(1, **normal, creatinine="2.6")
    assert ward.dose(1).check.verdict == "HOLD"  # its own HOLD does not keep it from a next check
    ward.check(1, **normal)
    assert ward.dose(1).check.verdict == "GO"
    ward.check(1, **normal, creatinine="2.6")
    assert unsettled_before(ward.desk, ward.located(1)) == ()
    assert unsettled_before(ward.desk, ward.located(2)) == (1,)
    ward.check(2, **normal)
    assert ward.dose(2).check.verdict == "CANNOT ASSESS"
    assert ward.dose(2).check.missing == ("doses_held",)
    ward.at(minutes=5)
    ward.made(ward.record(1, "held", reason="creatinine", decided_by="M. Sato"))
    assert unsettled_before(ward.desk, ward.located(2)) == ()
    ward.check(2, **normal)
    assert ward.dose(2).check.verdict == "GO"


def test_a_set_that_does_not_count_held_doses_asks_for_no_record_of_them(skips):
    skips.check(1, creatinine="2.6")
    assert unsettled_before(skips.desk, skips.located(2)) == (1,)
    skips.check(2)
    check = skips.dose(2).check
    assert (check.verdict, check.missing) == ("GO", ())


def test_the_check_recorded_last_is_the_latest_whatever_the_clock_said(skips: Any) -> None:
    """Two checks of one minute, or a clock that was set back between them."""
    ward = skips
    ward.check(1)
    ward.check(1, creatinine="2.7")
    held = ward.dose(1).check.held_by
    assert held
    rules = rule_set_for(ward.desk, ward.located(1).cycle)
    ending = tuple(replace(one, until=one.conditions[:1]) for one in rules.criteria)
    that_ends = replace(rules, criteria=ending)
    assert earlier_holds(ward.located(1).cycle, that_ends) == held
    ward.at(minutes=-45)  # set back: what was recorded last is still the latest
    ward.check(1)
    assert earlier_holds(ward.located(1).cycle, that_ends) == ()
