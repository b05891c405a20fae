"""Body surface by Mosteller, exactly, and what is asked about a weight."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing.body import _integer_root, mosteller, weight_questions
from il2desk.dosing.findings import Severity

ADULTS = (Decimal(30), Decimal(250))


def nearest_hundredths(cm: Decimal, kg: Decimal) -> int:
    """By definition: n is nearest when (2n - 1)^2 / 40,000 <= cm x kg / 3600 < (2n + 1)^2 / 40,000."""
    tenths, hundredths = int(cm * 10), int(kg * 100)
    n = 0
    while (2 * n + 1) ** 2 * 90 <= tenths * hundredths:
        n += 1
    return n


@given(st.integers(400, 2300), st.integers(200, 30000))
def test_the_surface_is_the_nearest_hundredth(cm, kg):
    height, weight = Decimal(cm) / 10, Decimal(kg) / 100
    assert mosteller(height, weight) * 100 == nearest_hundredths(height, weight)


def test_the_surface_at_its_ties():
    """A tie: cm x kg x 1,000 = 90 (2n + 1)^2 in tenths of cm and hundredths of kg, and one less."""
    found = 0
    for n in range(60, 260):
        square = (2 * n + 1) ** 2 * 90
        for tenths in range(900, 2300, 9):
            if square % tenths == 0 and 200 <= square // tenths <= 30000:
                height, weight = Decimal(tenths) / 10, Decimal(square // tenths) / 100
                assert mosteller(height, weight) * 100 == n + 1
                assert mosteller(height, weight - Decimal("0.01")) * 100 == n
                found += 1
    assert found > 100


def test_the_smallest_and_the_largest_surface():
    assert mosteller(Decimal(40), Decimal(2)) == Decimal("0.15")
    assert mosteller(Decimal(230), Decimal(300)) == Decimal("4.38")


@pytest.mark.parametrize("product", range(12))
def test_surfaces_of_almost_nothing(product):
    """Whole numbers from 0: 40,000 / 3600 x product has the roots 0, 3, 4, 5, 6, 7, 8, ..."""
    expected = [0, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 6][product]
    assert mosteller(Decimal(1), Decimal(product)) * 100 == expected


@pytest.mark.parametrize(("product", "hundredths"), [("3564.08", 99), ("3564.09", 100)])
def test_a_surface_just_below_its_tie(product, hundredths):
    """A tie lies at cm x kg = 0.09 x 199 x 199 = 3564.09."""
    assert mosteller(Decimal(1), Decimal(product)) * 100 == hundredths


def test_the_root_of_a_large_number_is_whole_to_the_last_digit():
    root = 10**20 + 1
    for number, expected in ((root * root, root), (root * root - 1, root - 1)):
        found = _integer_root(number)
        assert (found, type(found)) == (expected, int)


def test_the_body_mass_index_is_told_to_the_tenth():
    said = asked("299.94", cm="100", plausible=(Decimal(2), Decimal(300)))["body-mass-index"]
    assert "a body mass index of 299.9." in said


def asked(kg: str, last: str | None = None, cm: str | None = None, plausible=ADULTS):
    given_last, given_cm = (None if one is None else Decimal(one) for one in (last, cm))
    found = weight_questions(Decimal(kg), given_last, given_cm, plausible)
    assert all(one.severity is Severity.CAUTION for one in found)
    return {one.code: one.text.replace("\u00a0", " ") for one in found}


def test_nothing_is_asked_about_an_ordinary_weight():
    assert asked("70") == asked("70", "70", "175") == {}
    assert asked("70", "0") == {}


def test_a_jump_either_way_is_told_in_full():
    assert asked("80.1", "70") == {
        "weight-jump": "80.1 kg is 10.1 kg more (14.4 percent) than the last recorded 70 kg. Read "
        "the scale slip again."
    }
    assert asked("60.05", "70") == {
        "weight-jump": "60.05 kg is 9.95 kg less (14.2 percent) than the last recorded 70 kg. Read "
        "the scale slip again."
    }
    assert asked("77.5", "70.4")["weight-jump"].startswith("77.5 kg is 7.1 kg more (10.1 percent)")
    assert asked("2.2", "1", plausible=(Decimal(1), Decimal(3)))["weight-jump"].startswith(
        "2.2 kg is 1.2 kg more"
    )
    assert asked("1.5", "1", plausible=(Decimal(1), Decimal(3)))["weight-jump"].startswith(
        "1.5 kg is 0.5 kg more"
    )


@pytest.mark.parametrize("edge", ["2.138462", "2.270738", "0.439992", "0.467208"])
def test_the_ratio_of_pounds_holds_to_its_ends(edge):
    """2.2046 and 0.4536, each with 3 percent to either side, ends included."""
    wide = (Decimal(0), Decimal(1000))
    middle = Decimal("2.2046") if Decimal(edge) > 1 else Decimal("0.4536")
    outward = Decimal("0.000001") if Decimal(edge) > middle else Decimal("-0.000001")
    assert "pounds" in asked(edge, "1", plausible=wide)
    assert "pounds" not in asked(str(Decimal(edge) + outward), "1", plausible=wide)


def test_pounds_are_asked_about_in_words():
    assert asked("154.32", "70")["pounds"] == (
        "154.32 kg against 70 kg is the ratio of pounds to kilograms. Were pounds entered as "
        "kilograms?"
    )


def test_height_and_weight_that_do_not_go_together():
    assert asked("100", cm="90", plausible=(Decimal(2), Decimal(300))) == {
        "body-mass-index": "Height 90 cm and weight 100 kg give a body mass index of 123.5. Read "
        "both again.",
        "tenfold": "Height 90 cm and weight 100 kg do not fit; 10 kg would. Was the decimal mark "
        "misplaced?",
    }


def test_a_weight_that_is_not_plausible():
    assert asked("29.99") == {
        "weight-outside-plausible-range": "29.99 kg is outside the protocol's plausible range 30 "
        "to 250 kg. Read the scale slip again."
    }
    assert asked("30") == asked("250") == {}
    assert "weight-outside-plausible-range" in asked("250.01")


def test_a_tenfold_weight_is_asked_about_in_words():
    wide = (Decimal(0), Decimal(1000))
    assert asked("700", "70", plausible=wide)["tenfold"] == (
        "700 kg against the last recorded 70 kg is the tenfold, or the tenth. Was the decimal mark "
        "misplaced?"
    )
    assert asked("7", "70", plausible=wide)["tenfold"].startswith("7 kg against the last recorded")
