"""The clock of one premedication item: when it is due, when again, and its running 24 hour total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.exact import ceil_of, product_of, sum_of
from il2desk.dosing.premedication import ChecklistItem
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_clock, write_date, write_quantity

DAY = timedelta(hours=24)
"""The window of a daily maximum: what was given less than 24 hours ago counts, 24 hours ago not."""

_IN_MG = {"mg": Decimal(1), "g": Decimal(1000), "mcg": Decimal("0.001")}


@dataclass(frozen=True, slots=True)
class GivenBefore:
    """One earlier dose of the item: amount in `unit`, None where none was recorded; `at` is aware."""

    amount: Decimal | None
    unit: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemClock:
    """What time says about an item. Totals in `unit`, the unit of the daily maximum (or the item's).

    `due_at` is the planned time less its minutes before; `next_at` the earliest further dose by
    the shortest interval; `total` what was given in the last 24 hours, `with_this` that and this
    dose; None where an amount is unknown. `blocked_by` says why it is not to be given now.
    """

    due_at: datetime | None
    next_at: datetime | None
    total: Decimal | None
    with_this: Decimal | None
    unit: str | None
    blocked_by: tuple[str, ...]


def clock_of(
    made: ChecklistItem, given: tuple[GivenBefore, ...], planned: datetime, at: datetime
) -> ItemClock:
    """The item's clock at the moment `at`, before a dose of aldesleukin planned for `planned`.

    Moments are aware and in the zone in which they are to be read. What lies after `at` is not
    counted.
    """
    item = made.item
    before = tuple(one for one in given if one.at <= at)
    due = None if item.before_min is None else planned - timedelta(minutes=item.before_min)
    last = max((one.at for one in before), default=None)
    following = None
    blocked: list[str] = []
    if last is not None and item.interval_h is not None:
        shortest, _ = item.interval_h
        # To the next whole minute: never before the interval is over.
        following = last + timedelta(minutes=ceil_of(Fraction(shortest) * 60))
        if at < following:
            when = following.astimezone(planned.tzinfo)
            blocked.append(
                tell(
                    "its interval of {shortest} ends at {clock} on {date}",
                    shortest=write_quantity(shortest, "hours"),
                    clock=write_clock(when),
                    date=write_date(when.date()),
                )
            )
    unit = item.daily_max_unit or item.unit
    total = _total(tuple(one for one in before if at - one.at < DAY), unit)
    own = in_unit(made.amount, item.unit, unit)
    with_this = None if total is None or own is None else sum_of(total, own)
    written = unit or ""
    blocked.extend(_over(item.daily_max, with_this, written))
    if item.daily_max is not None and total is None:
        limit = write_quantity(item.daily_max, written)
        blocked.append(
            tell(
                "the amount or time of a dose in the last 24 hours is not known, so the daily "
                "maximum of {limit} cannot be checked",
                limit=limit,
            )
        )
    return ItemClock(due, following, total, with_this, unit, tuple(blocked))


def _over(most: Decimal | None, with_this: Decimal | None, unit: str) -> list[str]:
    """Exactly the daily maximum is allowed; above it is not."""
    if most is None or with_this is None or with_this <= most:
        return []
    shown, limit = write_quantity(with_this, unit), write_quantity(most, unit)
    return [
        tell(
            "with it {shown} would be given in 24 hours, over the daily maximum of {limit}",
            shown=shown,
            limit=limit,
        )
    ]


def _total(given: tuple[GivenBefore, ...], unit: str | None) -> Decimal | None:
    """The sum in the unit; None where one amount is not known in it."""
    amounts = [in_unit(one.amount, one.unit, unit) for one in given]
    if any(amount is None for amount in amounts):
        return None
    return sum_of(*(amount for amount in amounts if amount is not None))


def in_unit(amount: Decimal | None, unit: str | None, wanted: str | None) -> Decimal | None:
    """The amount in another unit of mass, exactly; None for other units."""
    if amount is None or not amount.is_finite() or unit is None:
        return None
    if unit == wanted:
        return amount
    if unit not in _IN_MG or wanted not in _IN_MG:
        return None
    factor = Fraction(_IN_MG[unit]) / Fraction(_IN_MG[wanted])
    if factor.denominator == 1:
        return product_of(amount, Decimal(factor.numerator))
    return product_of(amount, Decimal(1).scaleb(-len(str(factor.denominator)) + 1))
