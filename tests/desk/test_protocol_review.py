"""The statuses of a version: submitted, sent back, activated, superseded, withdrawn; and tampering."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    WITHDRAW_FIRST,
    WITHDRAW_SECOND,
    SetClock,
    TwoSignatures,
    activate,
    active_version,
    bring_in,
    bundle_of,
    chart_of,
    derive_for,
    new_token,
    open_desk,
    open_desk_to_read,
    send_back,
    slot_states,
    submit_for_review,
    verification_answer,
    verify_installation,
    versions,
    withdraw,
    withdrawal_of,
)
from il2desk.dosing import Refusal
from il2desk.records import JournalFault

OTHER_DOSE = (
    'dose = { value = "72000", unit = "international units per kg", source = "chi-2001" }',
    'dose = { value = "70000", unit = "international units per kg", source = "practice" }',
)
SECOND = ('version = "1"', 'version = "2"')
STATUSES = ("draft", "under review", "active", "superseded", "withdrawn")


def leaving(ward):
    return ward.two(WITHDRAW_FIRST, WITHDRAW_SECOND)


def at_status(ward, site_file, status):
    """A version of the site's copy in this status; its fingerprint."""
    version = ward.made(bring_in(ward.desk, site_file(folder="at"), new_token()))
    print_ = version.fingerprint
    if status != "draft":
        ward.made(submit_for_review(ward.desk, print_, new_token()))
    if status in ("active", "superseded"):
        signed = ward.two(ACTIVATE_FIRST, ACTIVATE_SECOND)
        ward.made(activate(ward.desk, print_, signed, new_token()))
    if status == "superseded":
        newer = ward.made(bring_in(ward.desk, site_file(SECOND, folder="newer"), new_token()))
        ward.made(submit_for_review(ward.desk, newer.fingerprint, new_token()))
        signed = ward.two(ACTIVATE_FIRST, ACTIVATE_SECOND)
        ward.made(activate(ward.desk, newer.fingerprint, signed, new_token()))
    if status == "withdrawn":
        ward.made(withdraw(ward.desk, print_, "wrong document", leaving(ward), new_token()))
    found = next(one for one in versions(ward.desk) if one.fingerprint == print_)
    assert found.status == status
    return print_


@pytest.mark.parametrize("status", STATUSES)
def test_every_act_is_possible_in_its_statuses_only(staffed, site_file, status):
    print_ = at_status(staffed, site_file, status)
    two = staffed.two(ACTIVATE_FIRST, ACTIVATE_SECOND)
    tried = {
        "submitted": (submit_for_review, (print_,), ("draft",), "not-a-draft"),
        "sent back": (send_back, (print_, "page 3"), ("under review",), "not-under-review"),
        "activated": (activate, (print_, two), ("under review",), "not-under-review"),
        "withdrawn": (
            withdraw, (print_, "amended", leaving(staffed)),
            ("under review", "active", "superseded"), "not-withdrawable",
        ),
    }  # fmt: skip
    for act, args, allowed, code in tried.values():
        if status not in allowed:
            staffed.refused(code, act, staffed.desk, *args, new_token())


def test_a_version_goes_to_review_and_back_and_to_review_again(staffed, site_file):
    print_ = at_status(staffed, site_file, "under review")
    staffed.refused("reason", send_back, staffed.desk, print_, "  ", new_token())
    back = staffed.once(lambda token: send_back(staffed.desk, print_, "Table 1 misread", token))
    assert (back.status, back.reason) == ("draft", "Table 1 misread.")
    again = staffed.once(lambda token: submit_for_review(staffed.desk, print_, token))
    assert (again.status, again.reason) == ("under review", "")


def test_withdrawing_takes_two_people_and_a_reason(staffed, site_file):
    print_ = at_status(staffed, site_file, "active")
    one = staffed.signed("pharmacist", WITHDRAW_FIRST)
    same = TwoSignatures(one, one)
    staffed.refused("same-person", withdraw, staffed.desk, print_, "why", same, new_token())
    signed = leaving(staffed)
    staffed.refused("reason", withdraw, staffed.desk, print_, " ", signed, new_token())
    gone = staffed.once(lambda token: withdraw(staffed.desk, print_, "recalled", signed, token))
    assert (gone.status, gone.reason) == ("withdrawn", "recalled.")
    entry = staffed.desk.journal.entries(kind="protocol-withdrawn")[0]
    assert {one["name"] for one in entry.body["signatures"]} == {"K. Brandt", "A. Ruiz"}
    staffed.sign_in("monitor")
    for act, args in (
        (withdraw, ("why", signed)), (send_back, ("why",)), (submit_for_review, ()),
    ):  # fmt: skip
        staffed.refused("reading-only", act, staffed.desk, print_, *args, new_token())


def test_an_unknown_version_is_refused_by_every_act(staffed):
    gone = "sha256:gone"
    staffed.refused("unknown-version", submit_for_review, staffed.desk, gone, new_token())
    staffed.refused("unknown-version", send_back, staffed.desk, gone, "why", new_token())
    staffed.refused(
        "unknown-version", withdraw, staffed.desk, gone, "why", leaving(staffed), new_token()
    )


def test_a_withdrawn_version_plans_no_new_cycle_and_its_cycles_go_on(ward):
    print_ = ward.located().cycle.fingerprint
    ward.made(withdraw(ward.desk, print_, "the sponsor closed it", leaving(ward), new_token()))
    answer = active_version(ward.desk, "npc-bolus-site")
    assert answer.code == "withdrawn"
    assert "the sponsor closed it." in answer.text
    ward.refused("withdrawn", ward.plan, datetime.fromisoformat("2026-03-20T08:00"))
    ward.refused("withdrawn", ward.order)
    words = withdrawal_of(ward.desk, print_)
    assert "version 1 was withdrawn on 02-Mar-2026: the sponsor closed it." in words
    assert "This cycle stays on it" in words
    ward.given(1)  # what was planned is prepared, released, given and recorded as before
    assert ward.located(2).cycle.fingerprint == print_


def test_nothing_comes_back_to_life_when_the_active_version_is_withdrawn(
    ward, site_file, activate_file
):
    old = ward.located().cycle.fingerprint
    new = activate_file(ward, site_file(SECOND, OTHER_DOSE, folder="b"))
    ward.made(withdraw(ward.desk, new, "typing error", leaving(ward), new_token()))
    assert [one.status for one in versions(ward.desk)] == ["superseded", "withdrawn"]
    assert active_version(ward.desk, "npc-bolus-site").code == "withdrawn"
    assert withdrawal_of(ward.desk, old) == ""
    third = activate_file(ward, site_file(('version = "1"', 'version = "3"'), folder="c"))
    assert ward.made(active_version(ward.desk, "npc-bolus-site")).fingerprint == third


def test_a_withdrawn_version_number_stands_for_its_text_for_ever(staffed, site_file):
    at_status(staffed, site_file, "withdrawn")
    staffed.refused(
        "version-frozen", bring_in, staffed.desk, site_file(OTHER_DOSE, folder="b"), new_token()
    )


def test_a_version_is_not_activated_before_the_day_it_is_effective_from(staffed, site_file):
    day = (staffed.desk.now() + timedelta(days=2)).date()
    path = site_file(('drug = "aldesleukin"', f'drug = "aldesleukin"\neffective = "{day}"'))
    version = staffed.made(bring_in(staffed.desk, path, new_token()))
    staffed.made(submit_for_review(staffed.desk, version.fingerprint, new_token()))

    def try_it():
        signed = staffed.two(ACTIVATE_FIRST, ACTIVATE_SECOND)
        return activate(staffed.desk, version.fingerprint, signed, new_token())

    answer = try_it()
    assert answer.code == "activation-blocked"
    assert "is effective from 03-Mar-2026" in answer.text
    staffed.clock.moment += timedelta(days=2)
    assert staffed.made(try_it()).status == "active"


def test_a_planned_cycle_is_derived_by_its_own_version_and_the_next_by_the_new_one(
    ward, site_file, activate_file
):
    """Planned on version 1; version 2 lowers the dose and is activated; cycle 2 is planned on it."""
    first = ward.cycle
    new = activate_file(ward, site_file(SECOND, OTHER_DOSE, folder="b"))
    assert ward.derived(1).exact_dose_iu == Decimal(5040000)
    ward.given(1)
    ward.made(ward.order("4900000"))
    ward.cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    assert ward.located(1).cycle.fingerprint == new
    assert ward.located(1).cycle.version == "2"
    assert ward.derived(1).exact_dose_iu == Decimal(4900000)
    ward.cycle = first
    assert ward.located(2).cycle.version == "1"
    assert ward.derived(2).exact_dose_iu == Decimal(5040000)
    assert ward.dose(1).release.prepared_dose_iu == Decimal(5040000)


def tampered(ward, change):
    """The closed journal of the ward with the stored protocol rewritten behind the program's back."""
    path = ward.desk.journal.path
    ward.desk.close()
    with closing(sqlite3.connect(path)) as other:
        guards = other.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            other.execute(f'DROP TRIGGER "{name}"')
        rows = other.execute(
            "SELECT sequence, body FROM entry WHERE kind = 'protocol-brought-in'"
        ).fetchall()
        for sequence, body in rows:
            stored = json.loads(body)
            change(stored)
            text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            other.execute("UPDATE entry SET body = ? WHERE sequence = ?", (text, sequence))
        for _, sql in guards:
            other.execute(sql)
        other.commit()
    return path


def journal_is_whole(path):
    checks = verification_answer(verify_installation(path))["checks"]
    return next(check["ok"] for check in checks if check["name"] == "journal")


def _dose(body):
    body["text"] = body["text"].replace('"72000"', '"720000"')


def _part(body):
    name = "rulesets/jitc-2014"
    changed = body["parts"][name].replace('from = "100", to = "130"', 'from = "130", to = "160"')
    assert changed != body["parts"][name]
    body["parts"][name] = changed


def _swap(body):
    body["parts"]["rulesets/jitc-2014"] = body["parts"]["premedication/npc-2001-site"]


def _gone(body):
    del body["parts"]["products/proleukin-us"]


@pytest.mark.parametrize("change", [_dose, _part, _swap, _gone])
def test_a_stored_protocol_that_was_rewritten_gives_no_dose(ward, change):
    """Neither to who opens the journal for work, nor to who only reads it."""
    cycle, clock = ward.cycle, SetClock(ward.clock.moment)
    path = tampered(ward, change)
    with pytest.raises(JournalFault, match="was changed outside the program"):
        open_desk(path, clock=clock, create=False, owner="tests")
    with closing(open_desk_to_read(path, clock=clock)) as desk:
        chart = chart_of(desk, ward.subject)
        print_ = chart.cycles[cycle].fingerprint
        assert bundle_of(desk, print_).code in ("fingerprint", "protocol-unreadable")
        answer = derive_for(desk, chart, print_, cycle=chart.cycles[cycle])
        assert isinstance(answer, Refusal)
        assert len(slot_states(desk, chart.cycles[cycle])) == 15  # the record stays readable


def test_text_and_fingerprint_rewritten_together_break_the_chain(ward):
    from il2desk.protocols import fingerprint_of  # noqa: PLC0415 - what a forger would call

    def both(body):
        _dose(body)
        body["fingerprint"] = fingerprint_of(body["text"], body["parts"])

    assert journal_is_whole(ward.desk.journal.path)
    assert not journal_is_whole(tampered(ward, both))
