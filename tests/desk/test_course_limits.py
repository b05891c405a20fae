"""Which end of a range is drawn: the one where nothing else begins."""

from __future__ import annotations

from decimal import Decimal

import pytest

from il2desk.desk.course_limits import ends_of
from il2desk.dosing import Bounds

D = Decimal
BELOW_80, FROM_80_BELOW_90 = Bounds(below=D(80)), Bounds(from_=D(80), below=D(90))
FROM_100_TO_130, ABOVE_130 = Bounds(from_=D(100), to=D(130)), Bounds(above=D(130))


@pytest.mark.parametrize(
    ("bounds", "others", "ends"),
    [
        # a falling value: HOLD from 80 and below 90, STOP below 80
        (FROM_80_BELOW_90, (BELOW_80,), (Bounds(below=D(90)),)),
        (BELOW_80, (FROM_80_BELOW_90,), (BELOW_80,)),
        # a rising one: HOLD 100 to 130, STOP above 130
        (FROM_100_TO_130, (ABOVE_130,), (Bounds(from_=D(100)),)),
        (ABOVE_130, (FROM_100_TO_130,), (ABOVE_130,)),
        # nothing shares an end: both are drawn
        (FROM_100_TO_130, (), (Bounds(from_=D(100)), Bounds(to=D(130)))),
    ],
)
def test_the_end_that_is_drawn(bounds, others, ends) -> None:
    assert ends_of(bounds, (bounds, *others)) == ends
