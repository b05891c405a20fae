"""How long the stock lasts: counted from planned doses, unknown where a need is unknown."""

from __future__ import annotations

from datetime import date, timedelta

from il2desk.desk import AMEND_FIRST, AMEND_SECOND, new_token, void_weight
from il2desk.desk.papers import SheetRequest, prepare_sheet, sheets_of_site
from il2desk.desk.run_out import run_outs
from il2desk.desk.stock import QUARANTINED

LATE = date(2027, 6, 30)


def only(keeper):
    found = run_outs(keeper.desk)
    assert len(found) == 1
    return found[0]


def levels(one) -> list[int]:
    return [int(vials) for _, vials in one.level]


def test_each_planned_dose_takes_its_vials_and_the_first_short_one_is_the_day(keeper):
    keeper.ward.made(keeper.receive(vials=4, expiry=LATE))
    one = only(keeper)
    assert levels(one) == [4, 3, 2, 1, 0]
    assert [need.vials for need in one.needs] == [1] * 15
    assert one.verdict.startswith("Runs out on Tue\u00a003-Mar-2026:")  # dose 5, 32 hours on
    assert one.needs[4].short
    assert one.needs[4].left == "1\u00a0vial missing" or one.needs[4].left == "1 vial missing"
    assert one.runs_out == one.needs[4].minutes


def test_enough_vials_suffice(keeper):
    keeper.ward.made(keeper.receive(vials=20, expiry=LATE))
    one = only(keeper)
    assert one.verdict == "Suffices for every planned dose."
    assert one.runs_out is None
    assert levels(one)[-1] == 5


def test_the_lot_that_expires_first_is_taken_first_and_what_is_left_of_it_ends(keeper):
    keeper.ward.made(keeper.receive("PR0000ZZ", 9, expiry=date(2026, 3, 3)))
    keeper.ward.made(keeper.receive("PR1111YY", 20, expiry=LATE))
    one = only(keeper)
    first = next(lot for lot in one.lots if lot.lot == "PR0000ZZ")
    # Doses at 12:00 and 20:00 on Monday, 04:00, 12:00 and 20:00 on Tuesday, its last day.
    assert first.left_over == 9 - 5
    assert first.ends is not None
    after = [vials for at, vials in one.level if at >= first.ends]
    assert after[0] == 20
    assert levels(one)[-1] == 10


def test_quarantined_vials_and_expired_ones_are_not_counted(keeper):
    keeper.ward.made(keeper.receive("PR1111YY", 20, expiry=LATE))
    keeper.ward.made(keeper.move(QUARANTINED, "PR1111YY", 0, reference=""))
    one = only(keeper)
    assert levels(one)[0] == 0
    assert "quarantined" in one.lots[0].state
    assert one.needs[0].short


def test_a_need_that_nobody_knows_is_said_and_nothing_is_taken_for_it(keeper):
    ward = keeper.ward
    ward.made(keeper.receive(vials=4, expiry=LATE))
    entry = next(e for e in ward.desk.journal.entries(kind="weight-recorded"))
    signed = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_weight(ward.desk, ward.subject, entry.id, "wrong patient", signed, new_token()))
    one = only(keeper)
    assert one.verdict.startswith("When the stock runs out is not known")
    assert all(need.vials == 0 and need.why for need in one.needs)
    assert levels(one) == [4]
    assert "15 planned doses have no known need" in " ".join(one.notes).replace("\u00a0", " ")


def test_a_released_dose_has_its_vials_already(keeper):
    ward = keeper.ward
    ward.made(keeper.receive(vials=4, expiry=date(2026, 12, 31)))
    ward.prepared(1)
    one = only(keeper)
    assert len(one.needs) == 14
    assert levels(one)[0] == 3


def test_a_released_dose_that_must_be_prepared_again_needs_its_vials_again(keeper):
    ward = keeper.ward
    ward.made(keeper.receive(vials=20, expiry=date(2026, 12, 31)))
    ward.prepared(1)
    assert len(only(keeper).needs) == 14
    ward.at(minutes=1)
    ward.made(ward.weight("73", answered=("sets-the-dose",)))
    assert ward.dose(1).standing_release is None
    assert len(only(keeper).needs) == 15


def test_an_overdue_dose_counts_as_needed_now_and_a_stopped_cycle_needs_nothing(keeper):
    ward = keeper.ward
    ward.made(keeper.receive(vials=4, expiry=LATE))
    ward.at(hours=9)
    told = " ".join(only(keeper).notes)
    assert "2 doses are past their time" in told.replace("\u00a0", " ")
    ward.check(1, bleeding="frank")
    assert only(keeper).needs == ()
    assert only(keeper).verdict == "No dose is planned that needs this product."


def test_the_sheet_is_offered_for_each_product_and_is_the_same_each_time(keeper):
    assert not any(one.request.kind == "stock-run-out" for one in sheets_of_site(keeper.desk))
    keeper.ward.made(keeper.receive(vials=4, expiry=LATE))
    offered = [one for one in sheets_of_site(keeper.desk) if one.request.kind == "stock-run-out"]
    assert len(offered) == 1
    made = keeper.ward.made(prepare_sheet(keeper.desk, offered[0].request))
    keeper.ward.clock.moment += timedelta(hours=1)
    assert keeper.ward.made(prepare_sheet(keeper.desk, offered[0].request)).pdf == made.pdf
    keeper.ward.refused(
        "record", prepare_sheet, keeper.desk, SheetRequest("stock-run-out", of="nothing")
    )
