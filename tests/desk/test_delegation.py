"""The delegation log: its lines, and what a missing line does to a release and to a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from il2desk.desk import (
    RECORD_FIRST,
    RECORD_SECOND,
    access,
    check_release_form,
    cosign,
    delegation,
    new_token,
    record_companion,
)
from il2desk.desk.delegation import DUTIES, GIVE, PREPARE, VERIFY
from il2desk.desk.sheet_rows import reason_of

MARCH = date(2026, 3, 1)
ALL = tuple(DUTIES)


def give_duty(ward, role, duties=ALL, **changes):
    form = delegation.DelegationForm(ward.team[role].id, duties, "Dr  Weiss", MARCH)
    signed = ward.signed("pharmacist", "I entered it")
    return delegation.delegate_duties(ward.desk, replace(form, **changes), signed, new_token())


def end(ward, entry, last, reason="left the study"):
    signed = ward.signed("pharmacist", "I entered it")
    return delegation.end_delegation(ward.desk, entry, last, reason, signed, new_token())


def test_a_line_says_who_what_by_whom_from_when_to_when(staffed):
    staffed.made(give_duty(staffed, "nurse", (GIVE, "assess"), ends=date(2026, 6, 30)))
    (line,) = delegation.delegations(staffed.desk)
    assert (line.name, line.role, line.investigator) == ("A. Ruiz", "nurse", "Dr Weiss")
    assert line.duties == ("assess", GIVE)  # in the order of the list
    assert (line.begins, line.ends, line.entered_by) == (MARCH, date(2026, 6, 30), "K. Brandt")
    assert line.covers(GIVE, MARCH)
    assert line.covers(GIVE, date(2026, 6, 30))
    assert not line.covers(GIVE, date(2026, 7, 1))
    assert not line.covers(GIVE, date(2026, 2, 28))
    assert not line.covers(PREPARE, MARCH)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"duties": ()}, "duties"),
        ({"duties": ("cooking",)}, "duties"),
        ({"investigator": " "}, "investigator"),
        ({"ends": date(2026, 2, 1)}, "ends"),
        ({"who": "nobody"}, "person"),
    ],
)
def test_what_is_no_line(staffed, changes, code):
    assert give_duty(staffed, "nurse", **changes).code == code
    assert delegation.delegations(staffed.desk) == ()


def test_a_monitor_and_somebody_who_left_get_no_duty(staffed):
    assert give_duty(staffed, "monitor").code == "person"
    signed = staffed.signed("pharmacist")
    nurse = staffed.team["nurse"].id
    staffed.made(access.end_access(staffed.desk, nurse, MARCH, "moved", signed, new_token()))
    assert give_duty(staffed, "nurse").code == "left"


def test_the_log_is_kept_by_those_who_may_with_their_own_signature(staffed):
    staffed.sign_in("nurse")
    assert give_duty(staffed, "nurse").code == "role"
    staffed.sign_in("prescriber")
    assert give_duty(staffed, "nurse").code == "other-signature"
    staffed.sign_in("pharmacist")
    signed = staffed.signed("pharmacist")
    form = delegation.DelegationForm(staffed.team["nurse"].id, (GIVE,), "Dr Weiss", MARCH)
    entry = staffed.once(
        lambda token: delegation.delegate_duties(staffed.desk, form, signed, token)
    )
    staffed.once(
        lambda token: delegation.end_delegation(
            staffed.desk, entry.id, MARCH, "moved", signed, token
        )
    )


def test_a_delegation_ends_with_a_day_and_a_reason(staffed):
    entry = staffed.made(give_duty(staffed, "nurse"))
    assert end(staffed, "no such line", MARCH).code == "delegation"
    assert end(staffed, entry.id, date(2026, 2, 28)).code == "last"
    assert end(staffed, entry.id, MARCH, " ").code == "reason"
    staffed.sign_in("nurse")
    assert end(staffed, entry.id, MARCH).code == "role"
    staffed.sign_in("pharmacist")
    staffed.made(end(staffed, entry.id, date(2026, 3, 5)))
    (line,) = delegation.delegations(staffed.desk)
    assert (line.ends, line.ended_because) == (date(2026, 3, 5), "left the study")
    assert end(staffed, entry.id, MARCH).code == "delegation"


def test_a_site_without_a_log_is_asked_for_nothing(ward):
    ward.prepared()
    assert delegation.giving_not_delegated(ward.desk) == ()
    ward.at(minutes=2)
    ward.made(ward.record())
    ward.cosigned()
    assert ward.dose().administration.notes == ()


def test_a_release_needs_both_duties_where_a_log_is_kept(ward):
    ward.premedicate()
    ward.check()
    ward.made(give_duty(ward, "pharmacist", (GIVE,)))
    at = ward.located()
    answer = ward.refused(
        "not-delegated", check_release_form, ward.desk, at.chart, at.cycle, 1, ward.release_form()
    )
    both = ward.refused("not-delegated", ward.release)
    assert both.reasons[0] in answer.reasons
    (first,) = answer.reasons
    assert first.startswith(
        "K. Brandt has no delegation for preparing and releasing doses on 02-Mar-2026"
    )
    assert both.reasons[1].startswith("A. Ruiz has no delegation for checking preparations")
    ward.made(give_duty(ward, "pharmacist", (PREPARE,)))
    assert len(ward.refused("not-delegated", ward.release).reasons) == 1
    verify = ward.made(give_duty(ward, "nurse", (VERIFY,)))
    ward.made(end(ward, verify.id, date(2026, 3, 1)))
    ward.refused("not-delegated", ward.release)  # it ended yesterday
    ward.made(give_duty(ward, "nurse", (VERIFY,)))
    ward.made(ward.release())


def test_what_was_given_is_recorded_with_a_note_and_never_barred(ward):
    ward.prepared()
    ward.made(give_duty(ward, "prescriber"))
    said = (
        "K. Brandt has no delegation for giving and recording doses on 02-Mar-2026 in the "
        "delegation log."
    )
    assert delegation.giving_not_delegated(ward.desk) == (said,)
    ward.at(minutes=2)
    entry = ward.made(ward.record())
    assert entry.body["signatures"][0]["note"] == said
    ward.cosigned()
    notes = ward.dose().administration.notes
    assert notes == (said, said.replace("K. Brandt", "A. Ruiz"))
    assert said in reason_of(ward.dose().administration)


def test_with_the_duty_there_is_no_note(ward):
    ward.prepared()
    ward.made(give_duty(ward, "pharmacist", (GIVE,)))
    ward.made(give_duty(ward, "nurse", (GIVE,)))
    ward.at(minutes=2)
    ward.made(ward.record())
    second = ward.signed("nurse", RECORD_SECOND)
    entry = ward.made(cosign(ward.desk, ward.place(), second, new_token()))
    assert "note" not in entry.body["signatures"][0]
    assert ward.dose().administration.notes == ()


def test_the_day_is_the_day_of_the_site(ward):
    ward.made(give_duty(ward, "pharmacist", (GIVE,), ends=date(2026, 3, 2)))
    ward.at(hours=11, minutes=59)  # 23:59 in Berlin
    assert delegation.giving_not_delegated(ward.desk) == ()
    ward.clock.moment += timedelta(minutes=1)
    assert delegation.giving_not_delegated(ward.desk) != ()


def test_a_companion_dose_carries_the_note_too(beside):
    beside.made(give_duty(beside, "nurse", (GIVE,)))
    form, signed = beside.companion_form(), beside.signed("pharmacist", RECORD_FIRST)
    beside.made(record_companion(beside.desk, beside.companion_place(), form, signed, new_token()))
    (note,) = beside.companion().record.notes
    assert note.startswith("K. Brandt has no delegation for giving and recording doses")
