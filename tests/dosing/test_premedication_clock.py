"""The clock of a premedication item: due, next, the rolling total, what blocks it now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing import (
    ChecklistItem,
    Evidence,
    GivenBefore,
    PremedicationItem,
    PremedicationSet,
    Source,
    checklist,
    clock_of,
)

HERE = Source("Invented for this test", "page 1", Evidence.SITE)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def item(**changes: object) -> PremedicationItem:
    usual: dict[str, object] = {
        "id": "acetaminophen", "name": "acetaminophen", "dose": Decimal(975), "dose_per_kg": None,
        "unit": "mg", "route": "oral", "timing": "every 6 hours", "before_min": 30,
        "interval_h": (Decimal(6), Decimal(6)), "daily_max": Decimal(3900), "daily_max_unit": "mg",
        "given_if": None, "blocked_if": (), "mandatory": True, "note": "", "source": HERE,
    }  # fmt: skip
    return PremedicationItem(**{**usual, **changes})  # type: ignore[arg-type]


def made(**changes: object) -> ChecklistItem:
    found = item(**changes)
    return ChecklistItem(found, found.dose, "", ())


def before(*hours: float, amount: str | None = "975", unit: str = "mg") -> tuple[GivenBefore, ...]:
    mass = None if amount is None else Decimal(amount)
    return tuple(GivenBefore(mass, unit, NOON - timedelta(hours=ago)) for ago in hours)


def test_it_is_due_so_many_minutes_before_the_dose():
    clock = clock_of(made(), (), NOON, NOON)
    assert clock.due_at == NOON - timedelta(minutes=30)
    assert (clock.next_at, clock.total, clock.with_this) == (None, 0, 975)
    assert clock.blocked_by == ()
    assert clock_of(made(before_min=None), (), NOON, NOON).due_at is None


def test_975_mg_every_6_hours_come_to_3900_a_day_which_is_the_limit_and_allowed():
    """P23 of the clinical facts."""
    clock = clock_of(made(), before(6, 12, 18), NOON, NOON)
    assert (clock.total, clock.with_this) == (2925, 3900)
    assert clock.blocked_by == ()


def test_one_milligram_more_than_the_daily_maximum_is_blocked():
    given_before = (*before(6, 12), *before(18, amount="976"))
    (why,) = clock_of(made(), given_before, NOON, NOON).blocked_by
    assert "3,901\u00a0mg" in why
    assert "3,900\u00a0mg" in why


def test_what_was_given_24_hours_ago_counts_no_more():
    assert clock_of(made(), before(6, 12, 18, 24), NOON, NOON).total == 2925
    assert clock_of(made(), before(6, 12, 18, 23.99), NOON, NOON).total == 3900
    assert clock_of(made(), before(6, 12, 18, 23.99), NOON, NOON).blocked_by != ()


@pytest.mark.parametrize(("ago", "blocked"), [(5.9, True), (6, False), (6.1, False)])
def test_the_interval_is_over_at_its_end(ago: float, *, blocked: bool):
    clock = clock_of(made(), before(ago), NOON, NOON)
    assert clock.next_at == NOON - timedelta(hours=ago) + timedelta(hours=6)
    assert bool(clock.blocked_by) is blocked
    if blocked:
        assert "12:06 on 02-Mar-2026" in clock.blocked_by[0]


def test_the_shortest_interval_counts_and_its_end_is_said_in_the_zone_of_the_plan():
    """Also on the day after, and a fraction of a minute is waited for, not given away."""
    seoul = timezone(timedelta(hours=9))
    late = datetime(2026, 3, 2, 23, 30, tzinfo=seoul)
    once = (GivenBefore(Decimal(650), "mg", late.astimezone(UTC)),)
    four = made(interval_h=(Decimal(4), Decimal(6)))
    clock = clock_of(four, once, late + timedelta(hours=3), late + timedelta(hours=3))
    assert clock.next_at == late + timedelta(hours=4)
    assert clock.blocked_by == ("its interval of 4\u00a0hours ends at 03:30 on 03-Mar-2026",)
    third = made(interval_h=(Decimal("0.33"), Decimal(6)))
    assert clock_of(third, once, late, late).next_at == late + timedelta(minutes=20)


def test_an_amount_that_is_no_number_is_not_known_and_never_counted():
    for amount in ("NaN", "sNaN", "Infinity", "-Infinity"):
        clock = clock_of(made(), before(12, amount=amount), NOON, NOON)
        assert (clock.total, clock.with_this) == (None, None)
        (said,) = clock.blocked_by
        assert said == (
            "the amount or time of a dose in the last 24 hours is not known, so the daily maximum of "
            "3,900\u00a0mg cannot be checked"
        )


def test_an_amount_without_a_unit_is_not_known():
    bare = made(unit=None, daily_max_unit=None, daily_max=Decimal(4))
    clock = clock_of(bare, (GivenBefore(Decimal(2), None, NOON),), NOON, NOON)
    assert (clock.total, clock.with_this, clock.unit) == (None, None, None)
    assert clock.blocked_by[-1].endswith("the daily maximum of 4\u00a0 cannot be checked")
    assert clock_of(made(), (GivenBefore(Decimal(2), None, NOON),), NOON, NOON).total is None
    known = (GivenBefore(Decimal(2), "mg", NOON),)
    assert clock_of(bare, known, NOON, NOON).total is None
    assert clock_of(made(unit="tablets"), known, NOON, NOON).with_this is None


def test_what_is_blocked_is_said_word_for_word():
    given_before = (*before(6, 12), *before(18, amount="976"))
    assert clock_of(made(), given_before, NOON, NOON).blocked_by == (
        "with it 3,901\u00a0mg would be given in 24 hours, over the daily maximum of 3,900\u00a0mg",
    )


@given(
    st.lists(st.tuples(st.integers(0, 60 * 30), st.none() | st.integers(1, 2000)), max_size=8),
    st.integers(-3, 3),
)
def test_above_the_daily_maximum_an_item_is_always_blocked_and_at_it_never(doses, beside):
    """The maximum lies at the total with this dose, or a few mg beside it."""
    earlier = tuple(
        GivenBefore(
            None if amount is None else Decimal(amount), "mg", NOON - timedelta(minutes=ago)
        )
        for ago, amount in doses
    )
    last_day = [amount for ago, amount in doses if ago < 24 * 60]
    total = 975 + sum(amount for amount in last_day if amount is not None)
    item = made(daily_max=Decimal(total + beside), interval_h=None)
    clock = clock_of(item, earlier, NOON, NOON)
    if None in last_day:
        assert clock.blocked_by[0].endswith("cannot be checked")
    else:
        assert bool(clock.blocked_by) is (beside < 0)


def test_grams_and_milligrams_add_up_exactly():
    gram = made(daily_max=Decimal(3), daily_max_unit="g", interval_h=None)
    clock = clock_of(gram, before(6, 12, 18), NOON, NOON)
    assert (clock.total, clock.with_this, clock.unit) == (Decimal("2.925"), Decimal("3.9"), "g")
    assert "over the daily maximum of 3\u00a0g" in clock.blocked_by[0]
    mixed = clock_of(made(), (*before(6), *before(12, amount="0.5", unit="g")), NOON, NOON)
    assert mixed.total == 1475


def test_an_unknown_amount_makes_no_total_and_no_daily_maximum_is_taken_as_kept():
    clock = clock_of(made(), before(12, amount=None), NOON, NOON)
    assert (clock.total, clock.with_this) == (None, None)
    (said,) = clock.blocked_by
    assert said.endswith("the daily maximum of 3,900\u00a0mg cannot be checked")
    assert clock_of(made(daily_max=None), before(12, amount=None), NOON, NOON).blocked_by == ()
    tablets = clock_of(made(), before(12, amount="2", unit="tablets"), NOON, NOON)
    assert tablets.total is None


@given(
    st.lists(st.tuples(st.integers(0, 60 * 60), st.integers(1, 2000)), max_size=12),
)
def test_the_total_is_what_was_given_in_the_last_24_hours_and_nothing_else(doses):
    earlier = tuple(
        GivenBefore(Decimal(amount), "mg", NOON - timedelta(minutes=ago)) for ago, amount in doses
    )
    expected = sum(amount for ago, amount in doses if ago < 24 * 60)
    assert clock_of(made(), earlier, NOON, NOON).total == expected
    later = tuple(GivenBefore(one.amount, "mg", NOON + timedelta(minutes=1)) for one in earlier)
    assert clock_of(made(), (*earlier, *later), NOON, NOON).total == expected


def listed(**changes: object) -> ChecklistItem:
    found = PremedicationSet("s", "s", "1", "site", (item(**changes),), (), (), HERE, "")
    answer = checklist(found, Decimal(70))
    assert isinstance(answer, tuple)
    return answer[0]


PER_KG = {"dose": None, "dose_per_kg": Decimal("0.15"), "name": "ondansetron"}


def test_ondansetron_for_70_kg():
    """H48 of the clinical facts: never rounded or lowered unless the set says so."""
    assert listed(**PER_KG).amount == Decimal("10.5")


def test_a_rounding_step_is_used_half_up_and_said():
    found = listed(**PER_KG, rounding=Decimal(1))
    assert found.amount == 11
    assert "rounded half up to 1: 11" in found.working


def test_a_single_maximum_is_never_clamped_to():
    found = listed(**PER_KG, single_max=Decimal(8))
    assert found.amount is None
    assert found.blocked_by == ("10.5 mg is over the single maximum of 8",)
    assert listed(**PER_KG, single_max=Decimal("10.5")).amount == Decimal("10.5")
