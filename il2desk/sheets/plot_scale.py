"""The scale of a panel: round steps that hold every value, worked out in exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from il2desk.sheets.plot import Panel

_STEPS = (Fraction(1), Fraction(2), Fraction(5))
_TICK_ROOM = 13  # points between two ticks: their numbers are 8 pt high
_LEAST_SHARE = Fraction(1, 50)  # of a value that never changes: what its scale covers


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` in steps of `step`, all multiples of it."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        """The numbers that stand at the left, from the lowest."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + at * self.step for at in range(count + 1))

    def share(self, value: Fraction) -> Fraction:
        """How far up a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def numbers_of(panel: Panel) -> tuple[Fraction, ...]:
    """Every number that the panel draws."""
    points = (Fraction(point.y) for point in panel.points)
    guides = (Fraction(guide.y) for guide in panel.guides)
    stairs = (Fraction(y) for one in panel.stairs for _, y in one.corners)
    zero = (Fraction(0),) if panel.from_zero else ()
    return (*points, *guides, *stairs, *zero)


def scale_of(panel: Panel) -> Scale:
    """The scale that holds all numbers of the panel with as many ticks as have room."""
    numbers = numbers_of(panel)
    low, high = min(numbers), max(numbers)
    span = max(high - low, abs(high) * _LEAST_SHARE) or Fraction(1)
    most = max(int(panel.high / _TICK_ROOM), 2)
    step = _round_step(span, most)
    while True:
        least, top = floor(low / step) * step, ceil(high / step) * step
        if least == top:
            least, top = least - step, top + step
        if panel.from_zero:
            least = min(least, Fraction(0)) if low < 0 else Fraction(0)
        if (top - least) / step < most:
            return Scale(Fraction(least), Fraction(top), step)
        step = _next(step)


def _round_step(span: Fraction, most: int) -> Fraction:
    """The smallest of 1, 2, 5 times a power of ten of which `most` cover the span."""
    wished, power = span / most, Fraction(1)
    while power > wished:
        power /= 10
    while power * 10 <= wished:
        power *= 10
    return next((one * power for one in _STEPS if one * power >= wished), power * 10)


def _next(step: Fraction) -> Fraction:
    power = Fraction(1)
    while power > step:
        power /= 10
    while power * 10 <= step:
        power *= 10
    lead = step / power
    return next((one * power for one in _STEPS if one > lead), power * 10)
