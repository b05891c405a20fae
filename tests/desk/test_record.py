"""Recording: what was really given can always be told, and what marks it stays with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    AdministrationForm,
    Lot,
    OverrideForm,
    new_token,
    record_administration,
    record_override,
    what_is_asked,
)
from il2desk.dosing import write_moment

BERLIN = ZoneInfo("Europe/Berlin")
LOTS = (Lot("PR1234AB", "2026-12-31"),)


def marks(ward, number=1, outcome="given", **changes):
    changes.setdefault("given_at", ward.desk.clock.now())
    return what_is_asked(ward.desk, ward.located(number), AdministrationForm(outcome, **changes))


def bare(ward, number=1, **changes):
    """A dose given with nothing prepared in the program."""
    usual = {
        "volume_ml": Decimal("0.28"), "lots": LOTS, "reason": "network down", "decided_by": "M. Sato",
    }  # fmt: skip
    return ward.record(number, **{**usual, **changes})


def test_a_released_dose_is_recorded_as_prepared(ward):
    ward.prepared()
    ward.at(minutes=2)
    assert marks(ward) == ()
    body = ward.made(ward.record()).body
    assert (body["given_dose_iu"], body["volume_ml"]) == ("5040000", "0.28")
    assert (body["prepared_dose_iu"], body["exact_dose_iu"]) == ("5040000", "5040000")
    assert body["given_at"] == "2026-03-02T11:02:00Z"
    assert body["lots"][0]["lot"] == "PR1234AB"
    assert (body["against"], body["recorded_late"]) == (None, False)
    assert len(body["signatures"]) == 1


def test_a_second_press_records_once(ward):
    ward.prepared()
    ward.at(minutes=2)
    form = AdministrationForm("given", given_at=ward.desk.clock.now())
    token, first = new_token(), ward.signed("pharmacist")
    entry = ward.made(record_administration(ward.desk, ward.place(), form, first, token))
    count = ward.count
    assert record_administration(ward.desk, ward.place(), form, first, token) == entry
    assert ward.count == count


def test_a_dose_number_is_recorded_once(ward):
    ward.given()
    answer = ward.refused("recorded", ward.record)
    assert "was recorded by K. Brandt at 02-Mar-2026 12:02" in answer.text


def test_who_may_record(ward):
    ward.sign_in("monitor")
    ward.refused("reading-only", ward.record, 1, "held", reason="r", decided_by="d")
    ward.sign_in("nurse")
    ward.refused("other-signature", ward.record, 1, "held", reason="r", decided_by="d")


def test_an_unknown_outcome_or_dose_is_refused(ward):
    ward.refused("outcome", ward.record, 1, "swallowed")
    ward.refused("unknown-dose", lambda: record_administration(
        ward.desk, type(ward.place())(ward.subject, ward.cycle, 16),
        AdministrationForm("held", reason="r", decided_by="d"), ward.signed("pharmacist"), new_token(),
    ))  # fmt: skip


# What is missing in the form


def test_a_given_dose_needs_its_time(ward):
    ward.prepared()
    answer = ward.refused("administration", ward.record, given_at=None)
    assert answer.reasons == ("Enter the time the dose was given.",)
    answer = ward.refused(
        "administration", ward.record, given_at=ward.desk.clock.now() + timedelta(minutes=1)
    )
    assert "is in the future" in answer.text


@pytest.mark.parametrize(
    ("minutes", "said"), [(-5, "stopped before it was started"), (30, "is in the future")]
)
def test_the_time_it_was_stopped(ward, minutes, said):
    ward.prepared()
    now = ward.at(minutes=2)
    stopped = now + timedelta(minutes=minutes)
    answer = ward.refused(
        "administration", ward.record, 1, "part given", given_at=now, stopped_at=stopped,
        volume_ml=Decimal("0.1"), reason="line lost",
    )  # fmt: skip
    assert said in answer.text


def test_the_hour_that_comes_twice_blocks_no_true_record(active):
    """Started 02:55 before the clocks went back, stopped 02:05 after: ten minutes later."""
    active.clock.moment = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan(datetime.fromisoformat("2026-10-25T02:30"), fold=0))
    planned = active.dose().planned
    assert planned == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    active.clock.moment = planned - timedelta(minutes=20)
    active.prepared()
    active.clock.moment = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    started = datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN, fold=0)
    stopped = datetime(2026, 10, 25, 2, 5, tzinfo=BERLIN, fold=1)
    body = active.made(
        active.record(
            1, "part given", given_at=started, stopped_at=stopped, volume_ml=Decimal("0.1"),
            reason="line lost",
        )
    ).body  # fmt: skip
    assert body["given_at"] == "2026-10-25T00:55:00Z"
    assert body["stopped_at"] == "2026-10-25T01:05:00Z"
    # And the other way round it is refused: 02:05 of the second hour is after 02:55 of the first.
    answer = active.refused(
        "administration", active.record, 2, given_at=stopped, stopped_at=started,
        volume_ml=Decimal("0.1"), lots=LOTS, reason="r", decided_by="d",
    )  # fmt: skip
    assert "stopped before" in answer.text


@pytest.mark.parametrize("volume", [None, "0", "-0.1", "0.28", "2.8", "NaN", "Infinity"])
def test_a_part_is_less_than_the_prepared_volume(ward, volume):
    ward.prepared()
    amount = None if volume is None else Decimal(volume)
    ward.refused(
        "administration", ward.record, 1, "part given", volume_ml=amount, reason="line lost"
    )


def test_a_part_needs_a_reason_and_counts_by_its_volume(ward):
    ward.prepared()
    ward.at(minutes=2)
    answer = ward.refused("administration", ward.record, 1, "part given", volume_ml=Decimal("0.15"))
    assert answer.reasons == ("Enter why only a part was given.",)
    body = ward.made(
        ward.record(1, "part given", volume_ml=Decimal("0.15"), reason="line lost")
    ).body
    assert (body["given_dose_iu"], body["prepared_dose_iu"]) == ("2700000", "5040000")
    assert ward.located().cycle.given_iu == Decimal(2700000)


def test_given_means_all_of_it(ward):
    """A smaller volume beside Given must not be dropped without a word."""
    ward.prepared()
    ward.at(minutes=2)
    answer = ward.refused("administration", ward.record, volume_ml=Decimal("0.15"))
    assert "Choose Part given" in answer.text
    ward.made(ward.record(volume_ml=Decimal("0.28")))


@pytest.mark.parametrize(
    ("outcome", "lacking", "said"),
    [
        ("held", {"decided_by": "M. Sato"}, "Enter the reason."),
        ("held", {"reason": "fever"}, "Enter who decided it."),
        ("omitted", {"reason": "refused", "decided_by": " "}, "Enter who decided it."),
        ("not known", {}, "Enter what was checked."),
    ],
)
def test_a_dose_that_was_not_given_says_why(ward, outcome, lacking, said):
    answer = ward.refused("administration", ward.record, 1, outcome, **lacking)
    assert said in answer.reasons


@pytest.mark.parametrize("outcome", ["held", "omitted", "not known"])
def test_a_dose_that_was_not_given_has_no_volume_and_no_time(ward, outcome):
    now = ward.at(minutes=5)
    entry = ward.made(
        ward.record(
            1, outcome, given_at=now, stopped_at=now, volume_ml=Decimal("0.28"), reason="fever",
            decided_by="M. Sato",
        )
    )  # fmt: skip
    body = entry.body
    assert (body["given_at"], body["stopped_at"], body["volume_ml"]) == (None, None, None)
    assert body["given_dose_iu"] is None
    assert ward.located().cycle.given_iu == 0


def test_a_late_record_says_why(ward):
    ward.prepared()
    given = ward.at(minutes=2)
    ward.at(minutes=33)
    answer = ward.refused("administration", ward.record, given_at=given)
    assert "over 30 minutes after the start" in answer.text
    body = ward.made(ward.record(given_at=given, reason="emergency next door")).body
    assert body["recorded_late"] is True


# Nothing that was given can be kept from being told


@pytest.mark.parametrize("verdict", ["none", "HOLD", "CANNOT ASSESS", "STOP"])
def test_a_dose_given_against_a_verdict_is_recorded_and_marked(ward, verdict):
    changed = {
        "HOLD": {"creatinine": "2.7"}, "CANNOT ASSESS": {"platelets": None},
        "STOP": {"bleeding": "frank"},
    }  # fmt: skip
    if verdict != "none":
        ward.check(**changed[verdict])
    ward.at(minutes=5)
    word = "no check" if verdict == "none" else verdict
    found = marks(ward)
    assert found[0] == "This dose was given without a recorded release."
    assert f"given against {word}" in found[1]
    before = ward.count
    missing = ward.record(volume_ml=Decimal("0.28"), lots=LOTS)
    assert missing.code == "administration"
    assert "Enter the prescriber who decided to give it." in missing.reasons
    assert ward.count == before
    body = ward.made(bare(ward)).body
    assert f"given against {word}" in body["against"]
    assert (body["given_dose_iu"], body["prepared_dose_iu"]) == ("5040000", None)


def test_without_a_release_volume_and_lots_are_asked_for(ward):
    answer = ward.refused("administration", ward.record, reason="r", decided_by="d")
    said = "Enter the volume of the drug that was given, before dilution, in mL, above 0."
    assert said in answer.reasons
    assert "Enter lot and expiry of every vial." in answer.reasons
    for volume in ("0", "-1", "NaN", "2001"):
        ward.refused("administration", bare, ward, volume_ml=Decimal(volume))
    answer = ward.refused("administration", bare, ward, lots=(Lot("PR1234AB", "soon"),))
    assert "Enter the expiry of lot PR1234AB as a date, as in 12-Mar-2026." in answer.reasons


def test_a_check_after_the_dose_does_not_make_it_right(ward):
    """Given against HOLD at noon; GO at one: the record still says HOLD."""
    ward.check(creatinine="2.7")
    given = ward.at(minutes=0)
    ward.at(minutes=20)
    ward.check()
    assert "given against HOLD" in marks(ward, given_at=given)[1]
    body = ward.made(bare(ward, given_at=given)).body
    assert "given against HOLD" in body["against"]


def test_a_check_that_comes_after_is_no_check_before(ward):
    given = ward.at(minutes=0)
    ward.at(minutes=20)
    ward.check()
    assert "given against no check" in marks(ward, given_at=given)[1]


def test_a_late_record_does_not_age_the_check(ward):
    """The check was good when the dose was given; recording it three hours later changes nothing."""
    ward.check()
    given = ward.at(minutes=0)
    ward.at(hours=3)
    assert marks(ward, given_at=given) == ("This dose was given without a recorded release.",)


def test_a_check_that_was_too_old_when_the_dose_was_given(ward):
    ward.check()
    ward.at(hours=2)
    assert "given against CANNOT ASSESS: the check was valid" in marks(ward)[1]


def test_a_dose_before_its_release_is_marked(ward):
    """Released afterwards is not released: a gate that was walked around stays visible."""
    given = ward.at(minutes=-30)
    ward.at(minutes=0)
    ward.prepared()
    found = marks(ward, given_at=given)
    assert found[0] == "This dose was given before its release of 02-Mar-2026 12:00."
    assert "given against no check" in found[1]
    ward.refused("administration", ward.record, given_at=given)
    body = ward.made(ward.record(given_at=given, reason="r", decided_by="M. Sato")).body
    assert "before its release" in body["against"]


def test_a_time_is_typed_to_the_minute(ward):
    """Released at 12:00:40 and given at 12:00 as typed is not given before its release."""
    now = ward.at(minutes=0)
    ward.clock.moment = now + timedelta(seconds=40)
    ward.prepared()
    assert marks(ward, given_at=now) == ()


@pytest.mark.parametrize(
    ("changed", "word"), [({"creatinine": "2.7"}, "HOLD"), ({"bleeding": "frank"}, "STOP")]
)
def test_a_verdict_between_release_and_dose_is_marked(ward, changed, word):
    ward.prepared()
    ward.at(minutes=-5)
    ward.check(**changed)
    ward.at(minutes=0)
    assert f"given against {word}" in marks(ward)[0]
    ward.at(minutes=10)
    ward.check()  # and a GO afterwards takes nothing back
    assert f"given against {word}" in marks(ward, given_at=ward.at(minutes=0))[0]


def test_a_go_between_release_and_dose_is_no_mark(ward):
    ward.prepared()
    ward.at(minutes=-5)
    ward.check()
    ward.at(minutes=0)
    assert marks(ward) == ()


def test_an_override_before_the_dose_counts_and_one_after_does_not(ward):
    ward.prepared()
    ward.at(minutes=-5)
    ward.check(creatinine="2.7")
    given = ward.at(minutes=0)
    ward.at(minutes=10)
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(), form, signed, new_token()))
    assert "given against HOLD" in marks(ward, given_at=given)[0]
    assert marks(ward, given_at=ward.at(minutes=11)) == ()


def test_a_stop_of_another_dose_marks_every_dose_after_it(ward):
    ward.given(1)
    ward.at(hours=7)
    ward.check(2, bleeding="frank")
    ward.at(hours=7, minutes=30)
    assert "given against STOP of 02-Mar-2026 19:00" in " ".join(marks(ward, 3))
    # The dose before it was given in time.
    assert not any("STOP" in mark for mark in marks(ward, 1, given_at=ward.at(minutes=2)))


def test_an_expired_lot_that_was_given_is_told(ward):
    ward.check()
    ward.at(minutes=1)
    old = (Lot("PR1234AB", "2026-02-28"),)
    assert "Lot PR1234AB expired on 28-Feb-2026. It was given." in marks(ward, lots=old)
    ward.made(bare(ward, lots=old))


def test_a_lot_is_judged_on_the_day_it_was_given(ward):
    """Good on Monday, recorded on Tuesday: it had not expired."""
    ward.check()
    given = ward.at(minutes=1)
    ward.at(hours=24)
    lots = (Lot("PR1234AB", "2026-03-02"),)
    assert not any("expired" in mark for mark in marks(ward, given_at=given, lots=lots))


def test_two_doses_too_close_are_marked(ward):
    ward.given(1)
    ward.at(hours=5, minutes=59)
    assert any(
        mark.startswith("Last dose 5\u00a0h 57\u00a0min before") or "Last dose" in mark
        for mark in marks(ward, 2)
    )
    ward.at(hours=6, minutes=2)
    assert not any("Last dose" in mark for mark in marks(ward, 2))


def test_two_doses_too_close_are_marked_in_whatever_order_they_are_told(ward):
    ward.given(1)
    ward.given(2)
    at_once = marks(ward, 3, given_at=ward.dose(1).administration.given_at)
    assert any("Last dose" in mark for mark in at_once)
    between = marks(ward, 3, given_at=ward.dose(2).administration.given_at - timedelta(hours=1))
    assert any("Dose 2 was given" in mark and "later" in mark for mark in between)


def test_an_earlier_dose_without_an_outcome_is_named(ward):
    ward.clock.moment = ward.dose(2).planned
    assert "Dose 1 has no outcome yet." in marks(ward, 2)


def test_no_mark_for_a_dose_that_was_not_given(ward):
    assert marks(ward, 3, "held") == ()


def test_nothing_is_said_of_intervals_where_the_time_is_not_entered(ward):
    ward.given(1)
    form = AdministrationForm("given")
    found = what_is_asked(ward.desk, ward.located(2), form)
    assert not any("Last dose" in mark for mark in found)


def test_more_drug_than_the_vials_hold_cannot_have_gone_in(ward):
    """The 10 mL of a bag typed for the volume of the drug would be 180 million units."""
    ward.at(minutes=2)
    said = ward.refused("administration", bare, ward, volume_ml=Decimal(10)).text
    said = said.replace("\u00a0", " ")
    assert "10 mL of the drug would be 180 million international units" in said
    assert "1 vial holds 22 million international units" in said
    two = (Lot("PR1234AB", "2026-12-31", 2),)
    ward.refused("administration", bare, ward, volume_ml=Decimal("2.45"), lots=two)
    ward.made(bare(ward, volume_ml=Decimal("2.44"), lots=two))  # just what two vials hold
    ward.refused("volume", ward.amend, volume_ml=Decimal(10))


def test_the_mark_of_a_hold_tells_its_moment_and_not_what_was_to_be_done(ward):
    ward.check(1, bleeding="occult")
    checked = write_moment(ward.desk.local(ward.dose().check.assessed_at))
    ward.at(minutes=2)
    body = ward.made(bare(ward)).body
    assert f"This dose was given against HOLD of {checked}." in body["against"]
    assert "Record it as Held" not in body["against"]


def test_a_part_that_nobody_released_is_less_than_the_whole(ward):
    """1 mL of a bag of 10 mL is 0.028 mL of the drug, not 18 million units."""
    ward.at(minutes=2)
    part = {"outcome": "part given", "lots": (Lot("PR1234AB", "2026-12-31", 1),)}
    for volume in ("1", "0.28"):
        refused = ward.refused("administration", bare, ward, **part, volume_ml=Decimal(volume))
        assert "The whole derived dose is 0.28 mL of the drug" in refused.text.replace(
            "\u00a0", " "
        )
    ward.made(bare(ward, **part, volume_ml=Decimal("0.028")))
    ward.refused("volume", ward.amend, volume_ml=Decimal("0.28"), outcome="part given")


def test_a_part_of_a_bag_is_refused_with_what_was_released(ward):
    ward.prepared()
    ward.at(minutes=2)
    refused = ward.refused("administration", ward.record, 1, "part given", volume_ml=Decimal(6),
                           reason="line out", stopped_at=ward.desk.clock.now())  # fmt: skip
    release = ward.dose().release
    said = refused.text.replace("\u00a0", " ")
    assert f"Released: 0.28 mL of the drug, made up to {release.total_volume_ml} mL." in said
