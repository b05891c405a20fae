"""A preparation that is given to nobody: discarded by name and reason, its vials taken, the dose open again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    DISCARD_MEANING,
    Lot,
    OrderForm,
    amend_order,
    discard_preparation,
    may_discard,
    may_release,
    new_token,
    wrong_preparation,
)
from il2desk.desk.stock import pre_audit


@pytest.fixture
def kept(keeper):
    keeper.ward.made(keeper.receive())
    keeper.ward.prepared()
    return keeper


def discard(ward, reason="bag leaked", *, release=None, role="pharmacist", token=None):
    found = release or ward.dose().release.entry
    signature = ward.signed(role, DISCARD_MEANING)
    return discard_preparation(
        ward.desk, ward.place(), found, reason, signature, token or new_token()
    )


def test_the_dose_is_prepared_anew_and_both_preparations_take_vials(kept):
    ward = kept.ward
    assert kept.stock().balance == 9
    first = ward.dose().release
    ward.refused("released", ward.release)
    ward.made(discard(ward))
    (gone,) = ward.dose().discarded
    assert (gone.release, gone.by, gone.reason) == (first, "K. Brandt", "bag leaked")
    assert ward.dose().release is None
    second = ward.made(ward.release())
    assert ward.dose().release.entry == second.id != first.entry
    assert kept.stock().balance == 8
    ward.made(ward.record())
    assert "dose-without-line" not in [one.rule for one in pre_audit(kept.desk).findings]


def test_a_second_press_discards_once(kept):
    token, release = new_token(), kept.ward.dose().release.entry
    first = kept.ward.made(discard(kept.ward, release=release, token=token))
    assert discard(kept.ward, release=release, token=token) == first


def test_it_is_refused_without_a_reason_a_preparation_or_the_right_one(kept):
    ward = kept.ward
    release = ward.dose().release.entry
    ward.refused("reason", discard, ward, "  ")
    ward.refused("reason", discard, ward, "x" * 501)
    ward.refused("changed", discard, ward, release="0" * 32)
    ward.refused("other-signature", discard, ward, role="nurse")
    ward.made(ward.record())
    ward.refused("recorded", discard, ward, release=release)


def test_nothing_is_discarded_that_was_never_released(ward):
    ward.refused("no-release", may_discard, ward.located())


def test_a_monitor_discards_nothing(kept):
    kept.ward.sign_in("monitor")
    kept.ward.refused("reading-only", discard, kept.ward, role="monitor")


def test_a_dose_given_after_all_asks_why_and_takes_its_vials_anew(kept):
    ward = kept.ward
    ward.made(discard(ward))
    lots = (Lot("PR1234AB", "2026-12-31", 1),)
    refused = ward.refused("administration", ward.record, lots=lots)
    assert "without a recorded release" in refused.text
    entry = ward.made(
        ward.record(
            lots=lots, volume_ml=Decimal("0.28"), reason="another bag was made in haste",
            decided_by="M. Sato",
        )
    )  # fmt: skip
    assert "taken_from" in entry.body
    assert kept.stock().balance == 8


def test_a_preparation_past_its_time_is_not_given(ward):
    ward.prepared()
    assert wrong_preparation(ward.desk, ward.located()) == ""
    ward.clock.moment += timedelta(hours=49)
    assert "It was to be used before" in wrong_preparation(ward.desk, ward.located())
    assert "discard it (in the program: step 4 of the dose)" in wrong_preparation(
        ward.desk, ward.located()
    )


def test_the_table_of_how_things_stand_forgets_the_release(kept):
    kept.ward.made(discard(kept.ward))
    assert kept.desk.journal.check().ok
    rows = kept.desk.journal._database.execute(
        "SELECT released_utc, prepared_by, released_lots FROM dose_now WHERE dose_number = 1"
    ).fetchall()
    assert rows == [(None, None, None)]


def test_anybody_can_read_it_in_the_view(kept):
    kept.ward.made(discard(kept.ward))
    with closing(sqlite3.connect(kept.desk.journal.path)) as any_tool:
        rows = any_tool.execute(
            "SELECT trial_code, dose_number, reason, signed_by FROM discarded_preparations"
        ).fetchall()
    assert rows == [("NPC-017", 1, "bag leaked", "K. Brandt")]


def test_a_preparation_whose_record_was_entered_in_error_is_looked_for_first(ward):
    ward.prepared()
    ward.made(ward.record())
    ward.made(ward.amend(in_error=True))
    assert wrong_preparation(ward.desk, ward.located()).startswith(
        "A record that this preparation was given was entered in error."
    )
    ward.made(discard(ward, "it was given to another patient, see there"))
    assert wrong_preparation(ward.desk, ward.located()) == ""


def test_a_corrected_lot_of_the_discarded_one_leaves_the_one_that_stands(kept):
    ward = kept.ward
    ward.made(kept.receive("PR9999ZZ"))
    first = ward.dose().release.entry
    ward.made(discard(ward))
    ward.made(ward.release())
    ward.made(kept.correct(first, lot="PR9999ZZ"))
    assert [lot.lot for lot in ward.dose().release.lots] == ["PR1234AB"]
    assert [lot.lot for lot in ward.dose().discarded[0].release.lots] == ["PR9999ZZ"]
    rows = kept.desk.journal._database.execute(
        "SELECT released_lots FROM dose_now WHERE dose_number = 1"
    )
    assert rows.fetchall() == [("PR1234AB",)]
    assert kept.desk.journal.check().ok


def test_another_weight_asks_to_discard_before_the_dose_is_released_anew(kept):
    """Else two preparations of one dose would lie about, and nobody would be asked for the first."""
    ward = kept.ward
    first = ward.dose().release.entry
    ward.made(ward.weight("70.5", answered=("sets-the-dose",)))
    assert ward.dose().standing_release is None
    order = ward.located().chart.order.id
    amended = OrderForm("M. Sato", ward.clock.moment, Decimal(5076000), reason="new weight")
    ward.made(amend_order(ward.desk, ward.subject, order, amended, new_token()))
    at = ward.located()
    refused = may_release(ward.desk, at.chart, at.cycle, 1, (Lot("PR1234AB", "2026-12-31", 1),))
    assert "is released already" in refused.text
    ward.made(discard(ward, "another weight", release=first))
    at = ward.located()
    after = may_release(ward.desk, at.chart, at.cycle, 1, (Lot("PR1234AB", "2026-12-31", 1),))
    assert "is released already" not in getattr(after, "text", "")


def test_a_discard_of_the_wrong_dose_is_put_right_in_the_books_by_two_people(kept):
    ward = kept.ward
    first = ward.dose().release.entry
    ward.refused("dispensed", kept.correct, first, in_error=True)
    ward.made(discard(ward))
    ward.made(
        ward.record(
            lots=(Lot("PR1234AB", "2026-12-31", 1),), volume_ml=Decimal("0.28"),
            reason="it was given; the discard was meant for dose 2", decided_by="M. Sato",
        )
    )  # fmt: skip
    assert kept.stock().balance == 8
    ward.made(kept.correct(first, "the one vial was taken once", in_error=True))
    assert kept.stock().balance == 9
